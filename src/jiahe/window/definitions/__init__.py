"""Services and days as data: reads content/services/ and content/calendar/, refuses what would fail an applicant.

A file of `content/services/` is one version of one service, called as its id and version. Its steps form a graph: each
outcome of a step leads to the next step or to an end. Without the outcomes that are counted (`times`) the graph has no
circle, and each step has an outcome that is not counted. So every case ends, whatever is decided in it.
"""

from functools import cache

from jiahe.staff.definitions import roles
from jiahe.staff.scope import matches
from jiahe.window.definitions.days import FOLDER as DAYS
from jiahe.window.definitions.days import calendar
from jiahe.window.definitions.reading import FOLDER, Services, gather, load, parse
from jiahe.window.definitions.shapes import End, Service, Step
from jiahe.window.rules.calendar import Calendar

COMPLAINT = "complaint"
"""The service that anybody may ask for from anywhere, without a name: somebody else looks at how he was served."""

__all__ = [
    "COMPLAINT",
    "FOLDER",
    "End",
    "Service",
    "Services",
    "Step",
    "days",
    "gather",
    "load",
    "parse",
    "receivers",
    "services",
]


@cache
def services() -> Services:
    """All services of `content/services/`. Raises Refused."""
    return load(FOLDER, roles=roles(FOLDER.parent / "roles"))


@cache
def receivers() -> tuple[str, ...]:
    """The roles that receive and accept cases, by what they may record."""
    known = roles(FOLDER.parent / "roles").values()
    return tuple(role.id for role in known if any(matches(each, "window.CaseAccepted") for each in role.records))


def days() -> Calendar:
    """The calendar of this house: the statutory one with all of `content/calendar/`. Raises Refused."""
    return calendar(DAYS)
