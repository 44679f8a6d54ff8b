"""What can be wrong with an area or facility, and what to do then."""

from __future__ import annotations

from jiahe.basis.problem import N_, Problem


class UnknownArea(Problem):
    """No area ever bore this code."""

    code = "places.unknown_area"
    status = 404
    what = N_("There is no area with the code {area}.")
    why = N_("The code is not in the list of areas, and no area has been opened with it.")
    now = N_("Look for the area by name in the list of areas, or check the code digit by digit.")
    field = "area"


class AreaClosed(Problem):
    """The area is no more on that day."""

    code = "places.area_closed"
    what = N_("{name} ({area}) does not exist on {on}.")
    why = N_("The area was closed on {closed_on}.")
    now = N_("Choose the area that took its place, or a day before it was closed.")
    field = "area"


class AreaNotYetOpen(Problem):
    """The area does not exist yet on that day."""

    code = "places.area_not_yet_open"
    what = N_("{name} ({area}) does not exist yet on {on}.")
    why = N_("The area begins on {opened_on}.")
    now = N_("Choose the area that was there before, or a later day.")
    field = "area"


class CodeMalformed(Problem):
    """The text cannot be an area code."""

    code = "places.code_malformed"
    what = N_("{area} is not an area code.")
    why = N_("An area code has 2, 4, 6, 9 or 12 digits: province, city, county, township, village.")
    now = N_("Copy the code from the official list.")
    field = "code"


class CountryCodeUnknown(Problem):
    """The first two digits name no province."""

    code = "places.country_code_unknown"
    what = N_("{area} belongs to no province.")
    why = N_("The first two digits must be those of a province in the national standard GB/T 2260.")
    now = N_("Check the first two digits of the code.")
    field = "code"


class CodeTaken(Problem):
    """A code names one area for ever."""

    code = "places.code_taken"
    what = N_("The code {area} is already that of {name}.")
    why = N_("A code names one area for its whole life and is not given again, so that old records stay clear.")
    now = N_("Take the next free code.")
    field = "code"


class NotInsideParent(Problem):
    """The code does not lie directly in the area it shall lie in."""

    code = "places.not_inside_parent"
    what = N_("The code {area} does not lie directly in {parent}.")
    why = N_("The code of an area begins with the code of the area it lies in, and is one level longer.")
    now = N_("Give a code that begins with {parent}, one level down.")
    field = "code"


class NameMissing(Problem):
    """An area or facility needs a Chinese name."""

    code = "places.name_missing"
    what = N_("The name is missing or cannot be used.")
    why = N_("A name has 1 to 100 characters and no control characters.")
    now = N_("Write the name as in the official order.")
    field = "official"


class AreasInside(Problem):
    """An area with areas in it cannot end."""

    code = "places.areas_inside"
    what = N_("{name} cannot end on {on}: {count} areas still lie in it.")
    why = N_("An area must not be left without the area it lies in.")
    now = N_("Move or close the areas inside first.")


class FacilitiesInside(Problem):
    """An area with facilities in it cannot end without a successor."""

    code = "places.facilities_inside"
    what = N_("{name} cannot be closed on {on}: {count} facilities still work in it.")
    why = N_("A facility must lie in an area that exists.")
    now = N_("Close the facilities first, or merge the area into another: its facilities then go along.")


class AlreadyClosed(Problem):
    """It has ended already, or its end is known."""

    code = "places.already_closed"
    what = N_("{name} is closed from {closed_on} on.")
    why = N_("An end was recorded already.")
    now = N_("If that day is wrong, correct the earlier entry in the history instead.")


class ChangedLater(Problem):
    """Something is recorded for a later day, which this change would leave behind."""

    code = "places.changed_later"
    what = N_("{name} has changes recorded for days after {on}.")
    why = N_("An area cannot end before something that is to happen to it.")
    now = N_("Cancel the later entry in the history first, or choose a later day.")
    field = "on"


class BuiltUpon(Problem):
    """Other entries rest on the one to be cancelled."""

    code = "places.built_upon"
    status = 409
    what = N_("This entry cannot be cancelled: later entries rest on it.")
    why = N_("The area or facility it opened has areas or facilities in it, or was changed since.")
    now = N_("Cancel those entries first, the newest first.")


class TooFewAreas(Problem):
    """A split or merger needs at least two different areas."""

    code = "places.too_few_areas"
    what = N_("Two different areas are needed.")
    why = N_("A merger joins at least two areas; a split leaves at least two.")
    now = N_("Name at least two areas, each once.")
    field = "codes"


class NothingBelow(Problem):
    """Villages are the lowest level."""

    code = "places.nothing_below"
    status = 404
    what = N_("No area can be opened inside {name}.")
    why = N_("It is of the lowest level.")
    now = N_("Open the area in a township instead.")


class LevelsDiffer(Problem):
    """Areas of different levels cannot be redrawn into each other."""

    code = "places.levels_differ"
    what = N_("{area} is not of the same level as {other}.")
    why = N_("A village can only become a village, a township only a township.")
    now = N_("Give codes of the same length.")
    field = "code"


class UnknownFacility(Problem):
    """No such facility."""

    code = "places.unknown_facility"
    status = 404
    what = N_("There is no such facility.")
    why = N_("The address of the page may be old or incomplete.")
    now = N_("Look for the facility in the list of its area.")


class FacilityNotOpen(Problem):
    """The facility does not work on that day."""

    code = "places.facility_not_open"
    what = N_("{name} does not work on {on}.")
    why = N_("It is open from {opened_on} up to its closing.")
    now = N_("Choose another day or another facility.")
    field = "on"


class TooFarAhead(Problem):
    """The day lies more than a year in the future, most likely a slip."""

    code = "places.too_far_ahead"
    what = N_("{on} is more than a year away.")
    why = N_("Orders on areas are recorded when they are issued; a day so far ahead is most likely a slip.")
    now = N_("Check the year.")
    field = "on"
