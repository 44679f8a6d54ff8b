"""What can be wrong with a row, said to whoever can correct it."""

from jiahe.basis.problem import N_, Problem


class SexUnreadable(Problem):
    """A cell that says no sex."""

    code = "exchange.sex_unreadable"
    what = N_("“{text}” is no sex that is known here.")
    why = N_("Read are 男, 女, male, female, M, F, and 1, 2, 0, 9 of GB/T 2261.1.")
    now = N_("Write one of these.")
    field = "sex"


class SexMissing(Problem):
    """Nothing says the sex."""

    code = "exchange.sex_missing"
    what = N_("The sex is missing.")
    why = N_("It stands neither in the row nor in an identity number.")
    now = N_("Write 男, 女, or 9 for “not stated”.")
    field = "sex"


class BirthMissing(Problem):
    """Nothing says the birth date."""

    code = "exchange.birth_missing"
    what = N_("The birth date is missing.")
    why = N_("It stands neither in the row nor in an identity number.")
    now = N_("Write it as 1990-01-02.")
    field = "birth_on"


class DateUnreadable(Problem):
    """A cell that is no day."""

    code = "exchange.date_unreadable"
    what = N_("“{text}” is no day of the calendar.")
    why = N_("Read are 1990-01-02, 1990/1/2, 1990.1.2, 1990年1月2日, 19900102 and dates of spreadsheet programs.")
    now = N_("Write year, month and day.")


class NumberLostPlaces(Problem):
    """A long number that the spreadsheet has rounded."""

    code = "exchange.number_lost_places"
    what = N_("The number was rounded by the spreadsheet program; its last places are lost.")
    why = N_("Such programs keep 15 places of a number, and an identity number has 18.")
    now = N_("Format the column as text, then type the number again from the card.")
    field = "identity_number"


class AreaUnreadable(Problem):
    """A cell that names no area here."""

    code = "exchange.area_unreadable"
    what = N_("“{text}” is no village, community or township of your area.")
    why = N_("Read are codes, official names and short names in any of the three languages.")
    now = N_("Write the name as it stands in the list of areas, or its code.")
    field = "area"


class AreaAmbiguous(Problem):
    """A name that several areas have."""

    code = "exchange.area_ambiguous"
    what = N_("“{text}” is the name of several areas: {several}.")
    why = N_("Nobody could tell which is meant.")
    now = N_("Write the township before it, or the code.")
    field = "area"


class AreaMissing(Problem):
    """No residence, and none for all."""

    code = "exchange.area_missing"
    what = N_("Where the person lives is missing.")
    why = N_("It stands neither in the row nor was it said for all rows.")
    now = N_("Write it, or choose an area for rows that do not say.")
    field = "area"


class SinceMissing(Problem):
    """No day of residence, and none for all."""

    code = "exchange.since_missing"
    what = N_("Since when the person lives there is missing.")
    why = N_("It stands neither in the row nor was it said for all rows.")
    now = N_("Write the day, or choose one for rows that do not say.")
    field = "since"


class TwiceInFile(Problem):
    """The same person in two rows."""

    code = "exchange.twice_in_file"
    what = N_("This is the same person as in row {row}.")
    why = N_("The two rows have the same identity number, or say the same in everything.")
    now = N_("Delete one of the two rows.")


class MotherNotFound(Problem):
    """Nobody here has the mother's number."""

    code = "exchange.mother_not_found"
    what = N_("Nobody in your area or in this file has the mother's identity number.")
    why = N_("A mother is named by a number that the register knows, or that stands in an accepted row of this file.")
    now = N_("Compare the number with her card, register her first, or leave it empty.")
    field = "mother"


class DocumentUnreadable(Problem):
    """A cell that names no kind of document."""

    code = "exchange.document_unreadable"
    what = N_("“{text}” is no kind of document that is known here.")
    why = N_(
        "Read are resident identity card, residence permit, passport, birth certificate and other, in three languages."
    )
    now = N_("Write one of these, or leave it empty for an identity card.")
    field = "document"
