"""One box: a name in any script, its pinyin or initials, numbers, a day of birth, and two of them together.

Every key is a b-tree that is read from where the text begins; no answer needs more than a few pages of it. Beginnings
and endings of numbers are searched only by those who see such numbers in full, or trying them would tell the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from jiahe.basis.areas import lies_in, within
from jiahe.basis.privacy import Privacy
from jiahe.places.queries import find as find_areas
from jiahe.places.rules import level_of
from jiahe.registry.models import Person, PersonDocument, PersonPhone
from jiahe.registry.problems import CardUnknown
from jiahe.registry.queries.people import PersonRow, described, people
from jiahe.registry.queries.ways import (
    Where,
    at_address,
    bearers,
    beginning,
    begins_beside,
    born_within,
    by_beginning_of_identity,
    by_identity,
    by_other_names,
    by_phone,
    phone_tail,
    reach,
    taken,
)
from jiahe.registry.rules import identity
from jiahe.registry.rules.asked import SHORTEST_ENDING, Asked, begins_a_number, born_in, taken_apart
from jiahe.registry.rules.keys import asked_name, asked_pinyin
from jiahe.registry.rules.names import is_han
from jiahe.staff.scope import Scope

_LONGEST_INITIALS = 12
_MOST_PLACES = 8
_SHORTEST_AREA = 6


class Why(StrEnum):
    """Which key a text was found by."""

    NAME = "name"
    GIVEN_NAME = "given_name"
    PINYIN = "pinyin"
    INITIALS = "initials"
    OTHER_NAME = "other_name"
    IDENTITY = "identity"
    PHONE = "phone"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    NAME_AND_BIRTH_DATE = "name_and_birth_date"
    NAME_AND_PLACE = "name_and_place"
    NAME_AND_NUMBER = "name_and_number"
    NAME_AND_ADDRESS = "name_and_address"


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody found, and by which key."""

    person: PersonRow
    why: Why


def search(scope: Scope, text: str, *, limit: int = 20) -> list[Found]:
    """Those within the scope whom the text fits, the best first: whole keys before beginnings, names before pinyin.

    Nothing for a text that is too short to mean anybody.
    """
    whys: dict[UUID, Why] = {}
    for why, ids in _answers(scope, text.strip(), limit):
        for who in ids:
            whys.setdefault(who, why)
        if len(whys) >= limit:
            break
    whys = _instead_of_merged(whys)
    wanted = list(whys)[:limit]
    rows = {row.id: row for row in described(scope, people(scope).filter(id__in=wanted))} if wanted else {}
    return [Found(rows[who], whys[who]) for who in wanted if who in rows]


def mover(scope: Scope, *, number: str, name: str) -> UUID:
    """Who has come with an identity card, wherever his record is kept: number and name must both be his, in full.

    Tells the id and nothing else. Raises CardUnknown.
    """
    compact = identity.compact(number)
    row = Person.objects.filter(identity_tail=compact[::-1], name_key=asked_name(name)).first() if compact else None
    if row is None:
        raise CardUnknown()
    return row.id


def _instead_of_merged(whys: dict[UUID, Why]) -> dict[UUID, Why]:
    """In place of each record that was merged into another, that one; its former record is his other name."""
    while merged := Person.objects.filter(id__in=whys, merged_into__isnull=False).values_list("id", "merged_into"):
        into = {who: kept for who, kept in merged if kept is not None}
        instead: dict[UUID, Why] = {}
        for who, why in whys.items():
            instead.setdefault(into.get(who, who), Why.OTHER_NAME if who in into else why)
        whys = instead
    return whys


def _answers(scope: Scope, text: str, limit: int) -> Iterator[tuple[Why, Iterable[UUID]]]:
    where = reach(*scope.range, scope.area)
    asked = taken_apart(text)
    if asked and not asked.place:
        yield from _together(scope, where, asked, limit)
        return
    yield from _by_numbers(scope, where, text, limit)
    for why, rows in _by_name(where, text):
        yield why, taken(rows, limit)
    if asked:
        yield from _together(scope, where, asked, limit)
    yield Why.OTHER_NAME, by_other_names(where, {column: key for column, (key, _) in _keys(text).items()}, limit)
    yield Why.ADDRESS, taken(at_address(scope, where, text).order_by("household", "birth_on"), limit)


def _by_numbers(scope: Scope, where: Where, text: str, limit: int) -> Iterator[tuple[Why, Iterable[UUID]]]:
    born = born_in(text)
    if born and born.first == born.last:
        yield Why.BIRTH_DATE, taken(born_within(scope, where, born).order_by("home", "name_key"), limit)
    number = identity.compact(text)
    if len(number) < SHORTEST_ENDING or not number.isascii() or not any(sign.isdigit() for sign in number):
        return
    yield Why.IDENTITY, taken(by_identity(scope, where, number), limit)
    yield Why.IDENTITY, bearers(PersonDocument, where, number[::-1], scope.sees(Privacy.IDENTITY), limit)
    if number.removeprefix("+").isdigit():
        yield Why.PHONE, taken(by_phone(scope, where, number), limit)
        yield Why.PHONE, bearers(PersonPhone, where, phone_tail(number), scope.sees(Privacy.CONTACT), limit)
    if begins_a_number(number):
        yield Why.IDENTITY, taken(by_beginning_of_identity(scope, where, number), limit)


def _together(scope: Scope, where: Where, asked: Asked, limit: int) -> Iterator[tuple[Why, Iterable[UUID]]]:
    """A name and something that narrows it. The narrower of the two is the way in, the other is compared."""
    for area in _areas_meant(scope, asked):
        low, high = within(area)
        inside = reach(max(low, where.low), min(high, where.high), area)
        for _, rows in _by_name(inside, asked.name):
            yield Why.NAME_AND_PLACE, taken(rows, limit)
    if asked.place:
        at = at_address(scope, where, asked.place)
        yield Why.NAME_AND_ADDRESS, taken(at.filter(_named(asked.name)), limit)
    ways: list[tuple[Why, QuerySet[Person]]] = []
    if asked.born:
        ways.append((Why.NAME_AND_BIRTH_DATE, born_within(scope, where, asked.born)))
    if asked.number:
        ways.append((Why.NAME_AND_NUMBER, by_phone(scope, where, asked.number)))
        ways.append((Why.NAME_AND_NUMBER, by_identity(scope, where, asked.number)))
    for why, rows in ways:
        yield why, taken(rows.filter(_named(asked.name)), limit)


def _named(name: str) -> Q:
    """That any key of a person begins as this name's, compared on the way."""
    any_key = Q(pk__in=[])
    for column, (key, _) in _keys(name).items():
        any_key |= begins_beside(column, key)
    return any_key


def _areas_meant(scope: Scope, asked: Asked) -> list[str]:
    """The areas in the scope, or around it, that a place or number means."""
    if asked.place:
        return [row.code for row in find_areas(asked.place, within=scope.area, on=scope.on, limit=_MOST_PLACES)]
    related = scope.covers(asked.number) or lies_in(scope.area, asked.number)
    return [asked.number] if related and len(asked.number) >= _SHORTEST_AREA and level_of(asked.number) else []


def _keys(text: str) -> dict[str, tuple[str, Why]]:
    """For each key column that a text may be the beginning of: the key, and what it is called. Empty if of none."""
    if is_han(text) or not text.isascii():
        name = asked_name(text)
        written = {"name_key": (name, Why.NAME), "given_key": (name, Why.GIVEN_NAME)}
        spoken = {"pinyin": (asked_pinyin(text), Why.PINYIN)} if not is_han(text) else {}
        return written | spoken if name else {}
    letters = asked_pinyin(text)
    if not letters or not any(sign.isalpha() for sign in text):
        return {}
    if len(letters) == 1:  # who has this initial has pinyin that begins with it, and that is found sooner
        return {"pinyin": (letters, Why.INITIALS)}
    short = {"initials": (letters, Why.INITIALS)} if len(letters) <= _LONGEST_INITIALS else {}
    return {"pinyin": (letters, Why.PINYIN), **short, "given_key": (letters, Why.GIVEN_NAME)}


def _by_name(where: Where, text: str) -> Iterator[tuple[Why, QuerySet[Person]]]:
    keys = _keys(text)
    for column, (key, why) in keys.items():
        yield why, where.first().filter(**{column: key}).order_by("home")
    for column, (key, why) in keys.items():
        yield why, beginning(where, column, key)
