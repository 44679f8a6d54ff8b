"""What can be wrong with a life event."""

from jiahe.basis.problem import N_, Problem
from jiahe.registry.problems.entry import Asks


class EventBeforeBirth(Problem):
    """An event earlier than the person's birth."""

    code = "registry.event_before_birth"
    what = N_("{on} is before the day of birth, {birth_on}.")
    why = N_("Nothing happens to a person before birth.")
    now = N_("Check the day; if the birth date is wrong, correct it first.")
    field = "on"


class EventAfterDeath(Problem):
    """An event later than the person's death."""

    code = "registry.event_after_death"
    what = N_("{on} is after the day of death, {died_on}.")
    why = N_("Nobody moves after death.")
    now = N_("Check the day; if the death was recorded in error, cancel it first.")
    field = "on"


class AlreadyDead(Problem):
    """A second death."""

    code = "registry.already_dead"
    status = 409
    what = N_("The death on {died_on} is already recorded.")
    why = N_("A person dies once.")
    now = N_("If that day is wrong, cancel the earlier entry and record the right one.")


class NotResident(Problem):
    """Moving out of where one does not live."""

    code = "registry.not_resident"
    status = 409
    what = N_("The person does not live here on {on}.")
    why = N_("Only who lives in an area can move out of it.")
    now = N_("Look at the history: the move may be recorded already, or a move in is missing.")
    field = "on"


class AlreadyResident(Problem):
    """Moving in where one lives."""

    code = "registry.already_resident"
    status = 409
    what = N_("The person already lives in this area on {on}.")
    why = N_("A move leads to another area; moving house within a village changes only the address.")
    now = N_("Look at the history: the move may be recorded already.")
    field = "on"


class EventUnknown(Problem):
    """No such life event, or it does not stand any more."""

    code = "registry.event_unknown"
    status = 404
    what = N_("There is no such life event.")
    why = N_("It was cancelled already, or it is of a person your post does not cover.")
    now = N_("Open the person's record again and look at the history.")


class ChildHasHistory(Problem):
    """A birth whose child has a life of its own in the register."""

    code = "registry.child_has_history"
    status = 409
    what = N_("This birth cannot be cancelled: other events of this person are recorded.")
    why = N_("Cancelling a birth takes the person out of the register.")
    now = N_("Cancel those events first, or correct what is wrong about the person.")


class AlreadyMarried(Problem):
    """A second marriage while the first stands."""

    code = "registry.already_married"
    status = 409
    what = N_("{name} is married since {since}.")
    why = N_("By the register that marriage has not ended on this day.")
    now = N_("If it ended, record the divorce or the death first; if it never was, cancel that event.")
    field = "on"


class NotMarried(Problem):
    """A divorce without a marriage."""

    code = "registry.not_married"
    status = 409
    what = N_("The person is not married on {on}.")
    why = N_("Only a marriage that stands can end by divorce.")
    now = N_("Look at the history: the marriage may be missing, or the divorce recorded already.")
    field = "on"


class SpouseMissing(Problem):
    """A marriage with nobody."""

    code = "registry.spouse_missing"
    what = N_("It is not said who the spouse is.")
    why = N_("A marriage has two people; one who is not registered is named in words.")
    now = N_("Look for the spouse by name, or write the name.")
    field = "spouse_text"


class NotOneself(Problem):
    """The other person is the person."""

    code = "registry.not_oneself"
    what = N_("The other person is the same person.")
    why = N_("Nobody marries, adopts, guards or is merged with themselves.")
    now = N_("Choose another person.")


class TooYoungToMarry(Asks, Problem):
    """Below the age at which marriages are registered."""

    code = "registry.too_young_to_marry"
    what = N_("{name} was {age} years old on {on}.")
    why = N_("Marriages are registered from 22 years for men and 20 for women (Civil Code, article 1047).")
    now = N_("Check the day and the birth date; confirm if the marriage was registered so, for instance abroad.")
    field = "on"


class ParentsMissing(Problem):
    """An adoption by nobody."""

    code = "registry.parents_missing"
    what = N_("It is not said who adopts.")
    why = N_("An adoption names one or two adoptive parents who are registered.")
    now = N_("Look for them by name and choose them.")
