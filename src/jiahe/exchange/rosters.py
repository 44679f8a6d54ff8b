"""A list of people as its columns, in the reader's words, masked as the scope demands."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.basis.problem import N_
from jiahe.exchange.columns import Column, words
from jiahe.places import queries as places
from jiahe.registry.facts import Sex
from jiahe.registry.queries import PersonRow, described, people
from jiahe.staff.scope import Scope

MOST = 5_000
"""People in one list."""
_PORTION = 1_000
_SEXES = {Sex.FEMALE: N_("female"), Sex.MALE: N_("male"), Sex.UNKNOWN: N_("not known"), Sex.UNSTATED: N_("not stated")}


class RosterColumn(StrEnum):
    """What a roster may tell of each; nothing of health or reproduction is among it."""

    NAME = "name"
    SEX = "sex"
    BIRTH_ON = "birth_on"
    AREA = "area"
    NUMBER = "number"
    PHONE = "phone"


def heading(column: RosterColumn) -> str:
    """What a column is called in the reader's language, as an import would recognise it."""
    return words().headings[Column(column.value)].in_language(get_language() or "en")


def count(scope: Scope, area: str) -> int:
    """How many live in the area and in the scope."""
    return people(scope, area).filter(area__isnull=False).count()


def rows(scope: Scope, area: str, columns: Sequence[RosterColumn], *, on: date) -> Iterator[list[str]]:
    """Those who live in the area and in the scope, by area and name; a portion at a time."""
    found = people(scope, area).filter(area__isnull=False).order_by("home", "pinyin", "id")
    language = get_language() or "en"
    names = {row.code: row.name.in_language(language) for row in places.areas(within=scope.area, on=on)}
    tell: dict[RosterColumn, Callable[[PersonRow], str]] = {
        RosterColumn.NAME: lambda row: row.name,
        RosterColumn.SEX: lambda row: _(_SEXES[row.sex]),
        RosterColumn.BIRTH_ON: lambda row: row.birth_on.isoformat() if row.birth_on else "",
        RosterColumn.AREA: lambda row: names.get(row.home, row.home),
        RosterColumn.NUMBER: lambda row: row.identity_number,
        RosterColumn.PHONE: lambda row: row.phone,
    }
    for start in range(0, MOST, _PORTION):
        portion = described(scope, found[start : start + _PORTION])
        yield from ([tell[column](row) for column in columns] for row in portion)
        if len(portion) < _PORTION:
            return
