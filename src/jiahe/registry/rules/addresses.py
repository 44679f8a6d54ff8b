"""Addresses as they are searched: written one way, so that 東關 3號 and 东关３号 are one."""

from jiahe.registry.rules.keys import asked_name


def address_key(address: str) -> str:
    """The key of an address, read from its beginning.

    >>> address_key("東關 3 號"), address_key("东关３号")
    ('东关3号', '东关3号')
    """
    return asked_name(address)
