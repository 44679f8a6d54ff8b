"""Who may admit whom, told from names alone."""

from jiahe.basis.areas import lies_in


def may_admit(issuer_area: str, area: str) -> bool:
    """Whether a node of `issuer_area` may admit one of `area`: only one whose area is wider. Nobody renews himself.

    >>> may_admit("411723", "411723101"), may_admit("411723101", "411723101"), may_admit("411723102", "411723101")
    (True, False, False)
    """
    return issuer_area != area and lies_in(area, issuer_area)
