"""What can stand in the way of a figure."""

from __future__ import annotations

from jiahe.basis.problem import N_, Problem


class OutsideScope(Problem):
    """Figures of this area are not for this post."""

    code = "indicators.outside_scope"
    status = 404
    what = N_("There are no figures to show for this area.")
    why = N_("Either there is no such area, or it lies outside the area of your post.")
    now = N_("Go back to the board of your own area.")


class OnlyTheWhole(Problem):
    """A node below tells the sums of a whole area; of what lies in it nothing is known here."""

    code = "indicators.only_the_whole"
    status = 404
    what = N_("Of this area alone nothing is known here.")
    why = N_("It lies in an area that tells this node only what it comes to as a whole.")
    now = N_("Look at the whole, or ask there for the figures of its parts.")


class UnknownPeriod(Problem):
    """The period in the address cannot be read."""

    code = "indicators.unknown_period"
    status = 404
    what = N_("There is no period “{period}”.")
    why = N_("A period is written as a month (2026-11), a quarter (2026-Q4), a year (2026) or a day (2026-11-23).")
    now = N_("Choose a month, a quarter or a year on the board.")
