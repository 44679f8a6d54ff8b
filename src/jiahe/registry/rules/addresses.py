"""Addresses as they are searched: written one way, so that 東關 3號 and 东关３号 are one."""

import re

from jiahe.registry.rules.keys import asked_name


def address_key(address: str) -> str:
    """The key of an address, read from its beginning; numbers are filled up, so that 9 sorts before 10.

    >>> address_key("東關 3 號"), address_key("东关３号"), address_key("一组12号")
    ('东关0003号', '东关0003号', '一组0012号')
    """
    return re.sub(r"\d+", lambda found: found[0].zfill(4), asked_name(address))
