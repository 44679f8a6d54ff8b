"""What can stand in the way of registering people and what happens to them. Numbers are never repeated in full."""

from jiahe.basis.problem import N_, Problem


class PersonUnknown(Problem):
    """No such person, or not within the asker's scope: the two are told alike."""

    code = "registry.person_unknown"
    status = 404
    what = N_("There is no such person in your area.")
    why = N_("The record does not exist, or it is kept in an area your post does not cover.")
    now = N_(
        "Search again by name or number. If the person has moved to you, record the move in with the identity card."
    )


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


class AreaTooWide(Problem):
    """A residence larger than a township."""

    code = "registry.area_too_wide"
    what = N_("{name} is too large to be a residence.")
    why = N_("People are registered in a village or community, or at least in a township.")
    now = N_("Choose the village or community.")
    field = "area"


class MotherImpossible(Problem):
    """A mother of an age no mother has, or the child itself, or a man."""

    code = "registry.mother_impossible"
    what = N_("The person chosen as the mother cannot be the mother of somebody born on {birth_on}.")
    why = N_("By the register she was under 10 or over 65 years old then, had died before, or is a man.")
    now = N_("Choose another person, correct her record first, or leave the mother empty.")
    field = "mother"


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


class EventUnknown(Problem):
    """No such life event, or it does not stand any more."""

    code = "registry.event_unknown"
    status = 404
    what = N_("There is no such life event.")
    why = N_("It was cancelled already, or it is of a person your post does not cover.")
    now = N_("Open the person's record again and look at the history.")


class ReasonMissing(Problem):
    """A reason in words is needed here."""

    code = "registry.reason_missing"
    what = N_("A reason is needed.")
    why = N_("It stays in the history, for those who ask later why this was done.")
    now = N_("Write it in a few words.")
    field = "reason"


class ChildHasHistory(Problem):
    """A birth whose child has a life of its own in the register."""

    code = "registry.child_has_history"
    status = 409
    what = N_("This birth cannot be cancelled: other events of this person are recorded.")
    why = N_("Cancelling a birth takes the person out of the register.")
    now = N_("Cancel those events first, or correct what is wrong about the person.")
