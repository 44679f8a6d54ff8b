"""What can stand in the way of forming and changing households."""

from jiahe.basis.problem import N_, Problem


class HouseholdUnknown(Problem):
    """No such household, or not within the asker's scope: the two are told alike."""

    code = "registry.household_unknown"
    status = 404
    what = N_("There is no such household in your area.")
    why = N_("It does not exist, or it is in an area your post does not cover.")
    now = N_("Look for it by its address or one of its members.")


class HeadMissing(Problem):
    """Nobody is the head."""

    code = "registry.head_missing"
    what = N_("The household would have no head.")
    why = N_("One member stands for the household; what the others are is said in relation to that member.")
    now = N_("Say who is the head.")


class TwoHeads(Problem):
    """More than one head."""

    code = "registry.two_heads"
    what = N_("The household would have more than one head.")
    why = N_("One member stands for the household; what the others are is said in relation to that member.")
    now = N_("Choose one of them, and say what the other is to that one.")


class MembersMissing(Problem):
    """A household of nobody."""

    code = "registry.members_missing"
    what = N_("Nobody is chosen.")
    why = N_("A household consists of people.")
    now = N_("Choose at least one person.")


class MemberElsewhere(Problem):
    """Somebody who lives in another area."""

    code = "registry.member_elsewhere"
    status = 409
    what = N_("{name} does not live in the area of the household on {on}.")
    why = N_("Members of a household live in one place.")
    now = N_("Record the move of that person first, then add to the household.")


class NotMember(Problem):
    """Somebody who does not belong to the household."""

    code = "registry.not_member"
    status = 409
    what = N_("Somebody chosen does not belong to this household any more.")
    why = N_("It was changed since you opened the page.")
    now = N_("Open the household again.")


class NothingMoved(Problem):
    """The address is as it was."""

    code = "registry.nothing_moved"
    what = N_("The household is there already.")
    why = N_("Area and address are as they were.")
    now = N_("Change what is different, or go back.")


class HouseholdFuture(Problem):
    """A change after today."""

    code = "registry.household_future"
    what = N_("{on} lies in the future.")
    why = N_("Only what has happened is recorded. Today is {today}.")
    now = N_("Check the year and the month.")
    field = "on"


class ChangeNotLast(Problem):
    """A change on which others were built."""

    code = "registry.change_not_last"
    status = 409
    what = N_("This change cannot be cancelled: others came after it.")
    why = N_("What came later would no longer make sense.")
    now = N_("Cancel the later changes of this household first.")


class SameHousehold(Problem):
    """A household merged with itself."""

    code = "registry.same_household"
    what = N_("It is the same household.")
    why = N_("Two different households are put together.")
    now = N_("Choose another one.")
