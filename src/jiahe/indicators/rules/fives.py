"""How numbers go up that tell people so finely apart that one of them may be one person.

A node that hears sums only is told such a number by the month and in fives; what is left over goes up together, under
UNTOLD in place of the last part of the stratum. So nothing is lost from a sum, and no number below five is told of a
year of birth or of a place moved from. Rounding to a base of five: Hundepool et al., Statistical Disclosure Control
(2012), section 5.5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

UNTOLD = "untold"
"""The last part of a stratum under which stands what is told of no other."""
BASE = 5


def in_fives(n: int) -> int:
    """The multiple of five next to `n` towards nothing.

    >>> in_fives(14), in_fives(4), in_fives(-7)
    (10, 0, -5)
    """
    return n - n % BASE if n >= 0 else n + -n % BASE


def untold(stratum: str) -> str:
    """The stratum with its last part untold.

    >>> untold("female.1987"), untold("411723101")
    ('female.untold', 'untold')
    """
    head, dot, _ = stratum.rpartition(".")
    return f"{head}{dot}{UNTOLD}"


def apart(numbers: Mapping[str, int]) -> Counter[str]:
    """Numbers by stratum in fives, and what is left over.

    >>> dict(apart({"female.1986": 12, "female.1987": 4, "male.1987": 5}))
    {'female.1986': 10, 'female.untold': 6, 'female.1987': 0, 'male.1987': 5, 'male.untold': 0}
    """
    told: Counter[str] = Counter()
    for stratum, n in numbers.items():
        whole = in_fives(n)
        told[stratum] += whole
        told[untold(stratum)] += n - whole
    return told
