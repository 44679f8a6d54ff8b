"""What can be wrong with what was typed about a person. Numbers are never repeated in full."""

from typing import ClassVar

from jiahe.basis.problem import N_, Problem


class NameMissing(Problem):
    """A person without a name."""

    code = "registry.name_missing"
    what = N_("The name is missing.")
    why = N_("Everybody is registered under a name; a new-born without one may be entered under the family name.")
    now = N_("Write the name as it stands on the document.")
    field = "name"


class NameTooLong(Problem):
    """More characters than any name has."""

    code = "registry.name_too_long"
    what = N_("The name is longer than {longest} characters.")
    why = N_("So long a text is most likely not a name.")
    now = N_("Write only the name; other things have fields of their own.")
    field = "name"


class NameHasControlCharacters(Problem):
    """Something invisible in a name."""

    code = "registry.name_has_control_characters"
    what = N_("The name has invisible characters in it.")
    why = N_("They often come with text copied from elsewhere, and the name could not be found again.")
    now = N_("Type the name by hand.")
    field = "name"


class FifteenDigitIdentity(Problem):
    """An identity number of the form before 1999."""

    code = "registry.fifteen_digit_identity"
    what = N_("An identity number of 15 digits is not taken.")
    why = N_(
        "It is of the form before 1999, has no check digit and does not say the century; it is invalid since 2013."
    )
    now = N_("Take the number of 18 places from the present card or the household booklet, or leave it empty.")
    field = "identity_number"


class IdentityMalformed(Problem):
    """Not 18 places, or other signs than digits."""

    code = "registry.identity_malformed"
    what = N_("{number} is not an identity number: it has {length} places.")
    why = N_("A resident identity number has 17 digits and a last place that is a digit or X.")
    now = N_("Compare it with the card, place by place.")
    field = "identity_number"


class WrongCheckDigit(Problem):
    """The last place does not fit the others."""

    code = "registry.wrong_check_digit"
    what = N_("The last place of {number} does not fit the other 17.")
    why = N_("At least one place is wrong, or two have changed places: the last one is computed from the others.")
    now = N_("Compare it with the card, place by place.")
    field = "identity_number"


class ImpossibleDate(Problem):
    """The number holds a day that never was."""

    code = "registry.impossible_date"
    what = N_("The birth date within {number} is no day of the calendar.")
    why = N_("Places 7 to 14 are the birth date.")
    now = N_("Compare these places with the card.")
    field = "identity_number"


class FutureDate(Problem):
    """Something is said to have happened after today."""

    code = "registry.future_date"
    what = N_("{on} lies in the future.")
    why = N_("Only what has happened is recorded. Today is {today}.")
    now = N_("Check the year and the month.")
    field = "on"


class FutureBirth(FutureDate):
    """A birth date after today."""

    field = "birth_on"


class FutureSince(FutureDate):
    """Resident from a day after today."""

    field = "since"


class FutureBirthInIdentity(Problem):
    """A number with a right check digit whose birth date is yet to come."""

    code = "registry.future_birth_in_identity"
    what = N_("The birth date within {number} lies in the future.")
    why = N_("Places 7 to 14 are the birth date. Today is {today}.")
    now = N_("Compare these places with the card.")
    field = "identity_number"


class TooLongAgo(Problem):
    """A day more than 130 years ago, most likely a slip."""

    code = "registry.too_long_ago"
    what = N_("{on} is more than 130 years ago.")
    why = N_("Nobody in this register is so old; the year is most likely a slip.")
    now = N_("Check the year.")
    field = "birth_on"


class IdentityDiffersFromBirth(Problem):
    """The number says another birth date or sex than the form."""

    code = "registry.identity_differs_from_birth"
    what = N_("{number} was issued for another birth date or sex than you entered.")
    why = N_("Places 7 to 14 are the birth date; the 17th is odd for men and even for women.")
    now = N_("Compare number, birth date and sex with the card. If the card itself is wrong, leave the number empty.")
    field = "identity_number"


class IdentityTaken(Problem):
    """The number belongs to somebody already registered, here or elsewhere."""

    code = "registry.identity_taken"
    status = 409
    what = N_("Somebody is already registered with this identity number.")
    why = N_("A number belongs to one person, and each person is registered once, wherever he lives.")
    now = N_(
        "Search by the number. If nothing is found, the record is kept elsewhere: if he moved here, record the move in."
    )
    field = "identity_number"


class PhoneMalformed(Problem):
    """Not a telephone number."""

    code = "registry.phone_malformed"
    what = N_("This is not a telephone number.")
    why = N_("A number has 5 to 15 digits; one from abroad begins with +.")
    now = N_("Write the digits only, or leave the field empty.")
    field = "phone"


class SinceBeforeBirth(Problem):
    """Resident before birth."""

    code = "registry.since_before_birth"
    what = N_("Nobody lives anywhere before {birth_on}, the day of birth.")
    why = N_("The day of residence is earlier.")
    now = N_("Take the day of birth for those who have always lived here.")
    field = "since"


class AreaTooWide(Problem):
    """A residence larger than a township."""

    code = "registry.area_too_wide"
    what = N_("{name} is too large to be a residence.")
    why = N_("People are registered in a village or community, or at least in a township.")
    now = N_("Choose the village or community.")
    field = "area"


class Asks:
    """A mark on a Problem: not impossible, but most likely wrong: asked back once, taken when confirmed."""

    code: ClassVar[str]
    sure: ClassVar[str] = N_("It is right all the same.")


class ParentUnlikely(Asks, Problem):
    """A mother or father of an age at which few have children."""

    code = "registry.parent_unlikely"
    what = N_("By the register, the parent chosen was {age} years old on {birth_on}.")
    why = N_("Mothers are nearly always between 10 and 60 years old, fathers between 12 and 90.")
    now = N_("Choose another person, correct the dates, or confirm that it is right.")
    field = "mother"


class ParentImpossible(Problem):
    """A parent younger than the child, dead long before, the child itself, or a man as the mother."""

    code = "registry.parent_impossible"
    what = N_("The person chosen cannot be a parent of somebody born on {birth_on}.")
    why = N_("By the register that person was not born, had died, is the child itself, or is of the other sex.")
    now = N_("Choose another person, correct that record first, or leave the field empty.")
    field = "mother"


class ChildUnlikely(Asks, Problem):
    """A corrected birth date by which somebody had a child at an age at which few have children; which child is not
    said, for its record may be kept elsewhere."""

    code = "registry.child_unlikely"
    what = N_("By this birth date, the person had a child at an age at which few have children.")
    why = N_("Mothers are nearly always between 10 and 60 years old, fathers between 12 and 90.")
    now = N_("Check the date, or confirm that it is right.")
    field = "birth_on"


class ChildImpossible(Problem):
    """A corrected birth date after that of a child; which child is not said, for its record may be kept elsewhere."""

    code = "registry.child_impossible"
    status = 409
    what = N_("This birth date contradicts the record of a child.")
    why = N_("By the register this person is a parent of somebody who was born before.")
    now = N_("Check the date. If the child's record is wrong, correct that one first.")
    field = "birth_on"


class CircularParents(Problem):
    """Somebody among his own ancestors."""

    code = "registry.circular_parents"
    status = 409
    what = N_("The person chosen is a child or grandchild of this person.")
    why = N_("Nobody can be among their own ancestors.")
    now = N_("Look at both records: one of the parents is wrong.")
    field = "mother"


class LikelyDouble(Asks, Problem):
    """Somebody much like this is registered already."""

    code = "registry.likely_double"
    status = 409
    what = N_("Somebody much like this is registered already: {count}.")
    why = N_("Everybody is registered once; two records of one person fall apart and are counted twice.")
    now = N_("Compare with those shown. Open the record if it is the same person; confirm if it is none of them.")
    sure = N_("It is none of these: register a new person.")


class DocumentHeld(Problem):
    """The same document twice with one person."""

    code = "registry.document_held"
    status = 409
    what = N_("This is recorded already.")
    why = N_("The record holds the same name, number or phone.")
    now = N_("Look at the record again; nothing needs to be done.")


class NumberMissing(Problem):
    """A document without its number."""

    code = "registry.number_missing"
    what = N_("The number is missing.")
    why = N_("A document or phone is recorded by its number.")
    now = N_("Write the number, or go back to the record.")
    field = "number"


class LanguageUnknown(Problem):
    """Not a language tag."""

    code = "registry.language_unknown"
    what = N_("{text} is no language tag.")
    why = N_("Languages are written as in BCP 47: zh, zh-Hant, ug, en.")
    now = N_("Choose one of those offered.")
    field = "language"
