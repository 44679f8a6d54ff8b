"""Area codes are paths: the code of an area begins with the code of the area it lies in."""

_PAST_ALL = "~"  # sorts after every letter, digit and dot in byte order


def within(code: str) -> tuple[str, str]:
    """The half-open range [low, high) of all codes that begin with `code`, in byte order.

    >>> low, high = within("411723")
    >>> low <= "411723101001" < high, low <= "411724" < high
    (True, False)
    """
    return code, code + _PAST_ALL


def lies_in(code: str, container: str) -> bool:
    """Whether area `code` is `container` or lies in it; everything lies in the empty code.

    >>> lies_in("411723101", "411723"), lies_in("411723", "411723101")
    (True, False)
    """
    return code.startswith(container)
