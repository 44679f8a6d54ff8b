"""What can stand in the way of finding, correcting, merging and erasing records."""

from jiahe.basis.problem import N_, Problem
from jiahe.registry.problems.entry import Asks


class PersonUnknown(Problem):
    """No such person, or not within the asker's scope: the two are told alike."""

    code = "registry.person_unknown"
    status = 404
    what = N_("There is no such person in your area.")
    why = N_("The record does not exist, or it is kept in an area your post does not cover.")
    now = N_(
        "Search again by name or number. If the person has moved to you, record the move in with the identity card."
    )


class CardUnknown(PersonUnknown):
    """Who has come with a card is not known at this node, which need not hold all records of its county."""

    code = "registry.card_unknown"
    what = N_("Nobody with this number and this name is known here.")
    why = N_("One of the two is not as on the card, or the record is kept in an area of which this node holds nothing.")
    now = N_(
        "Compare both with the card. If they are right, ask the county to record the move: all records are there."
        " If it has none either, register the person."
    )


class ChangedMeanwhile(Problem):
    """Somebody else changed the same field since the editor opened it."""

    code = "registry.changed_meanwhile"
    status = 409
    what = N_(
        "Somebody changed this while you were writing: it was “{seen}”, it is now “{present}”, you wrote “{wrote}”."
    )
    why = N_("Nothing of yours was saved, so that no work is lost without anybody knowing.")
    now = N_("Compare the two. To save yours all the same, send the form again; otherwise take the present value.")


class NothingChanged(Problem):
    """A correction that corrects nothing."""

    code = "registry.nothing_changed"
    what = N_("Nothing was changed.")
    why = N_("All fields are as they were.")
    now = N_("Change what is wrong, or go back to the record.")


class ReasonMissing(Problem):
    """A reason in words is needed here."""

    code = "registry.reason_missing"
    what = N_("A reason is needed.")
    why = N_("It stays in the history, for those who ask later why this was done.")
    now = N_("Write it in a few words.")
    field = "reason"


class AlreadyMerged(Problem):
    """A record that is kept under another one."""

    code = "registry.already_merged"
    status = 409
    what = N_("One of the two is merged with another record already.")
    why = N_("Somebody merged it since you opened the page.")
    now = N_("Open the list of likely doubles again.")


class DifferentNumbers(Asks, Problem):
    """Two records with two valid numbers of one kind."""

    code = "registry.different_numbers"
    status = 409
    what = N_("The two have different identity numbers.")
    why = N_("One person has one such number for life; two numbers are nearly always two people.")
    now = N_("Look at both cards. Confirm only if one of the numbers is known to be wrong.")
    sure = N_("One of the numbers is wrong: it is one person.")


class MaybeTwins(Asks, Problem):
    """Same day, same mother, another name."""

    code = "registry.maybe_twins"
    status = 409
    what = N_("They may be twins: born on the same day to the same mother, with different names.")
    why = N_("Twins are the most frequent wrong merge there is.")
    now = N_("Ask the family. Confirm only if there was one child.")
    sure = N_("There was one child: it is one person.")


class NotMerged(Problem):
    """Nothing to undo."""

    code = "registry.not_merged"
    status = 404
    what = N_("There is no such merge.")
    why = N_("It was undone already, or it is of a record your post does not cover.")
    now = N_("Open the record again and look at the history.")


class MergeErased(Problem):
    """One of the two was erased since."""

    code = "registry.merge_erased"
    status = 409
    what = N_("This merge cannot be undone any more.")
    why = N_("What was recorded about one of the two has been erased for good, so it cannot be brought back.")
    now = N_("If there are two people, register the other one anew.")


class PeopleHaveHistory(Problem):
    """Registrations that cannot be taken back together, for more has happened to some since."""

    code = "registry.people_have_history"
    status = 409
    what = N_("{count} of these people have a history of their own since.")
    why = N_("Taking their registration back would take them out of the register with all that was recorded since.")
    now = N_("Look at those shown; take back the others, or cancel what was recorded since first.")


class NothingToErase(Problem):
    """All that is held must be kept still."""

    code = "registry.nothing_to_erase"
    status = 409
    what = N_("Nothing of this record may be erased yet.")
    why = N_("For each part of it a rule says until when it must be kept.")
    now = N_("Show the person the list with the reasons. Erase when the time has come.")


class ParticularUnknown(Problem):
    """No such added name, document or phone."""

    code = "registry.particular_unknown"
    status = 404
    what = N_("There is no such entry.")
    why = N_("It was taken back already, or it is of a person your post does not cover.")
    now = N_("Open the record again.")


class ConflictUnknown(Problem):
    """No such open conflict."""

    code = "registry.conflict_unknown"
    status = 404
    what = N_("There is nothing to decide here any more.")
    why = N_("Somebody decided it since you opened the page.")
    now = N_("Open the list again.")
