"""What can stand in the way of a step of an import, or of an export."""

from jiahe.basis.problem import N_, Problem


class ImportUnknown(Problem):
    """No such import, or not within the asker's scope."""

    code = "exchange.import_unknown"
    status = 404
    what = N_("There is no such import in your area.")
    why = N_("It does not exist, or it is of an area your post does not cover.")
    now = N_("Go back to the list of imports.")


class ContentsDeleted(Problem):
    """What the rows said was deleted."""

    code = "exchange.contents_deleted"
    status = 409
    what = N_("The contents of this import were deleted.")
    why = N_("They are kept for 30 days at most, and nobody's data longer than needed.")
    now = N_("Bring the file again if it is still needed.")


class NotThatStep(Problem):
    """A step that is not the next one."""

    code = "exchange.not_that_step"
    status = 409
    what = N_("This import is at another step now.")
    why = N_("Somebody has gone on with it meanwhile, in another window or another browser.")
    now = N_("Look at the import as it is now.")


class NameColumnMissing(Problem):
    """No column holds the name."""

    code = "exchange.name_column_missing"
    what = N_("No column is the full name.")
    why = N_("Everybody is registered under a name.")
    now = N_("Say which column holds the full name.")


class FieldTwice(Problem):
    """Two columns for one thing."""

    code = "exchange.field_twice"
    what = N_("Two columns are said to hold the same thing: {first} and {second}.")
    why = N_("Nobody could tell which of them holds.")
    now = N_("Choose “not taken” for one of them.")


class BirthColumnMissing(Problem):
    """No column holds the birth date, nor a number that tells it."""

    code = "exchange.birth_column_missing"
    what = N_("No column is the birth date, and none the identity number, which would tell it.")
    why = N_("Nobody is registered without a birth date.")
    now = N_("Say which column holds it.")


class NothingToTake(Problem):
    """No row is accepted."""

    code = "exchange.nothing_to_take"
    what = N_("There is no row to take over.")
    why = N_("Each was refused, is likely a double, or is registered already.")
    now = N_("Download the report, correct the rows and bring the file again.")


class NothingToUndo(Problem):
    """Nobody was registered by it."""

    code = "exchange.nothing_to_undo"
    status = 409
    what = N_("There is nothing to undo.")
    why = N_("This import has registered nobody, or it was undone already.")
    now = N_("Look at the import as it is now.")


class RosterTooLong(Problem):
    """More people than are exported at once."""

    code = "exchange.roster_too_long"
    what = N_("There are {count} people; at most {most} are exported at once.")
    why = N_("A list of so many people is a danger to all of them.")
    now = N_("Choose a smaller area.")
    field = "area"


class NoColumns(Problem):
    """A list with no column."""

    code = "exchange.no_columns"
    what = N_("No column was chosen.")
    why = N_("A list without columns says nothing.")
    now = N_("Choose at least one.")
    field = "columns"


class NobodyOfThatName(Problem):
    """A user name without a post that registers people."""

    code = "exchange.nobody_of_that_name"
    what = N_("Nobody of that user name may register people there.")
    why = N_("There is no such account, or none of its posts registers people in this area today.")
    now = N_("Check the user name and the area.")
