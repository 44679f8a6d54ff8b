# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many examples a generated test tries: of two databases that are run at the same time, the second tries half.

What a rule or a projection does wrong shows on the first; the second is to show what is the database's own.
"""

second = False
"""Whether this is the second of two; said before the tests are read."""


def examples(count: int) -> int:
    """So many, or half of them."""
    return (count + 1) // 2 if second else count
