"""One box: a name in any script, its pinyin or initials, numbers, a day of birth, and two of them together.

Every key is a b-tree that is read from where the text begins; no answer needs more than a few pages of it. Beginnings
and endings of numbers are searched only by those who see such numbers in full, or trying them would tell the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, QuerySet
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from jiahe.basis.areas import lies_in, within
from jiahe.basis.privacy import Privacy
from jiahe.places.facts import Level
from jiahe.places.queries import find as find_areas
from jiahe.places.rules import level_of
from jiahe.registry.models import Household, Person, PersonDocument, PersonName, PersonPhone
from jiahe.registry.problems import PersonUnknown
from jiahe.registry.queries.people import PersonRow, described, people
from jiahe.registry.rules import identity
from jiahe.registry.rules.addresses import address_key
from jiahe.registry.rules.asked import SHORTEST_ENDING, Asked, Born, begins_a_number, born_in, taken_apart
from jiahe.registry.rules.keys import asked_name, asked_pinyin
from jiahe.registry.rules.names import is_han
from jiahe.staff.scope import Scope

_LONGEST_INITIALS = 4
_FULL_PHONE = 7
_MOST_OTHER_NAMES = 1_000
_MOST_PLACES = 8
_SHORTEST_AREA = 6
_MOST_HOUSEHOLDS = 100
_SHORTEST_ADDRESS = 2
_LAST = "\U0010ffff"
_TABLE = Person._meta.db_table
_HOMES = f"""
    WITH RECURSIVE homes(home) AS (
        SELECT min(home) FROM {_TABLE} WHERE home >= %s AND home < %s
        UNION ALL
        SELECT (SELECT min(home) FROM {_TABLE} WHERE home > homes.home AND home < %s)
        FROM homes WHERE homes.home IS NOT NULL
    )
    SELECT home FROM homes WHERE home IS NOT NULL
"""  # noqa: S608 - a name of ours


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


class _Beside(Func):
    """A column that is compared but never chosen as the way in. SQLite keeps no statistics and would guess wrongly
    between two indexes; the plus sign takes one of them away. PostgreSQL reads both columns of the other anyway."""

    template, arity = "%(expressions)s", 1

    def as_sqlite(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


@dataclass(frozen=True, slots=True)
class _Where:
    """Area codes from `low` up to, not including, `high`; `homes` are those in use, if they are few enough to be read
    one by one."""

    low: str
    high: str
    homes: tuple[str, ...] = ()

    def first(self) -> QuerySet[Person]:
        """Who is kept there, by an index that begins with the home or has it after an exact key."""
        return Person.objects.filter(home__gte=self.low, home__lt=self.high)

    def beside(self) -> QuerySet[Person]:
        """Who is kept there, by an index of something else."""
        home = _Beside(F("home"))
        return Person.objects.filter(GreaterThanOrEqual(home, self.low), LessThan(home, self.high))


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

    Tells the id and nothing else. Raises PersonUnknown.
    """
    compact = identity.compact(number)
    row = Person.objects.filter(identity_tail=compact[::-1], name_key=asked_name(name)).first() if compact else None
    if row is None:
        raise PersonUnknown()
    return row.id


def _instead_of_merged(whys: dict[UUID, Why]) -> dict[UUID, Why]:
    """In place of each record that was merged into another, that one; its former record is his other name."""
    while into := dict(Person.objects.filter(id__in=whys, merged_into__isnull=False).values_list("id", "merged_into")):
        instead: dict[UUID, Why] = {}
        for who, why in whys.items():
            instead.setdefault(into.get(who, who), Why.OTHER_NAME if who in into else why)
        whys = instead
    return whys


def _answers(scope: Scope, text: str, limit: int) -> Iterator[tuple[Why, Iterable[UUID]]]:
    where = _where(*scope.range, narrow=_is_narrow(scope.area))
    asked = taken_apart(text)
    if asked and not asked.place:
        yield from _together(scope, where, asked, limit)
        return
    yield from _by_numbers(scope, where, text, limit)
    for why, rows in _by_name(where, text):
        yield why, _ids(rows, limit)
    if asked:
        yield from _together(scope, where, asked, limit)
    yield Why.OTHER_NAME, _by_other_names(where, text, limit)
    yield Why.ADDRESS, _ids(_at_address(scope, where, text).order_by("household", "birth_on"), limit)


def _by_numbers(scope: Scope, where: _Where, text: str, limit: int) -> Iterator[tuple[Why, Iterable[UUID]]]:
    born = born_in(text) if scope.sees(Privacy.PERSONAL) and len(text) >= len("20000101") else None
    if born:
        yield Why.BIRTH_DATE, _ids(_born(where, born).order_by("birth_on", "home", "name_key"), limit)
    number = identity.compact(text)
    if len(number) < SHORTEST_ENDING or not number.isascii() or not any(sign.isdigit() for sign in number):
        return
    yield Why.IDENTITY, _ids(_by_identity(scope, where, number), limit)
    yield Why.IDENTITY, _bearers(PersonDocument, where, number[::-1], scope.sees(Privacy.IDENTITY), limit)
    if number.removeprefix("+").isdigit():
        yield Why.PHONE, _ids(_by_phone(scope, where, number), limit)
        yield Why.PHONE, _bearers(PersonPhone, where, _phone_tail(number), scope.sees(Privacy.CONTACT), limit)
    if begins_a_number(number) and scope.sees(Privacy.IDENTITY):
        started = {"identity_number__gte": number, "identity_number__lt": number + _LAST}
        rows = where.beside().filter(identity_tail__isnull=False, **started)  # the first is the index's condition
        yield Why.IDENTITY, _ids(rows.order_by("identity_number"), limit)


def _together(scope: Scope, where: _Where, asked: Asked, limit: int) -> Iterator[tuple[Why, Iterable[UUID]]]:
    """A name and something that narrows it. The narrower of the two is the way in, the other is compared."""
    for area in _areas_meant(scope, asked):
        low, high = within(area)
        inside = _where(max(low, where.low), min(high, where.high), narrow=_is_narrow(area))
        for _, rows in _by_name(inside, asked.name):
            yield Why.NAME_AND_PLACE, _ids(rows, limit)
    if asked.place:
        at = _at_address(scope, where, asked.place)
        for column, (key, _) in _keys(asked.name).items():
            yield Why.NAME_AND_ADDRESS, _ids(at.filter(*_begins_beside(column, key)).order_by(column), limit)
    ways: dict[Why, list[QuerySet[Person]]] = {}
    if asked.born and scope.sees(Privacy.PERSONAL):
        ways[Why.NAME_AND_BIRTH_DATE] = [_born(where, asked.born)]
    if asked.number:
        numbers = [_by_phone(scope, where, asked.number), _by_identity(scope, where, asked.number)]
        ways[Why.NAME_AND_NUMBER] = numbers
    for why, ways_in in ways.items():
        for way in ways_in:
            for column, (key, _) in _keys(asked.name).items():
                yield why, _ids(way.filter(*_begins_beside(column, key)).order_by(column), limit)


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


def _by_name(where: _Where, text: str) -> Iterator[tuple[Why, QuerySet[Person]]]:
    keys = _keys(text)
    for column, (key, why) in keys.items():
        yield why, where.first().filter(**{column: key}).order_by("home")
    for column, (key, why) in keys.items():
        yield why, _beginning(where, column, key)


def _beginning(where: _Where, column: str, key: str) -> QuerySet[Person]:
    longer = {f"{column}__gt": key, f"{column}__lt": key + _LAST}
    if where.homes and column in ("name_key", "pinyin"):
        return Person.objects.filter(home__in=where.homes, **longer).order_by(column)
    return where.beside().filter(**longer).order_by(column)


def _by_other_names(where: _Where, text: str, limit: int) -> list[UUID]:
    found: list[UUID] = []
    for column, (key, _) in _keys(text).items():
        rows = PersonName.objects.filter(**{f"{column}__gte": key, f"{column}__lt": key + _LAST}).order_by(column)
        bearers = list(rows.values_list("person", flat=True)[:_MOST_OTHER_NAMES])
        found += _ids(where.beside().filter(id__in=bearers), limit) if bearers else []
    return found


def _by_identity(scope: Scope, where: _Where, number: str) -> QuerySet[Person]:
    tail = number[::-1]
    if scope.sees(Privacy.IDENTITY):
        return where.beside().filter(identity_tail__gte=tail, identity_tail__lt=tail + _LAST)
    return where.beside().filter(identity_tail=tail)


def _by_phone(scope: Scope, where: _Where, number: str) -> QuerySet[Person]:
    tail = _phone_tail(number)
    if scope.sees(Privacy.CONTACT):
        return where.beside().filter(phone_tail__gte=tail, phone_tail__lt=tail + _LAST)
    return where.beside().filter(phone_tail=tail) if len(tail) >= _FULL_PHONE else Person.objects.none()


def _phone_tail(number: str) -> str:
    return (identity.phone(number) or number)[::-1]


def _bearers(
    table: type[PersonDocument] | type[PersonPhone], where: _Where, tail: str, endings: bool, limit: int
) -> list[UUID]:
    """Who has such a number beside his main one; by its ending only for whom such numbers are shown in full."""
    if not endings and len(tail) < _FULL_PHONE:
        return []
    key = {"tail__gte": tail, "tail__lt": tail + _LAST} if endings else {"tail": tail}
    bearers = list(table.objects.filter(**key).values_list("person", flat=True)[:_MOST_OTHER_NAMES])
    return _ids(where.beside().filter(id__in=bearers), limit) if bearers else []


def _at_address(scope: Scope, where: _Where, text: str) -> QuerySet[Person]:
    """The members of the households whose address begins so; nobody, for whom addresses are not shown."""
    key = address_key(text)
    if not scope.sees(Privacy.CONTACT) or len(key) < _SHORTEST_ADDRESS or not any(sign.isalpha() for sign in key):
        return Person.objects.none()
    houses = Household.objects.filter(
        address_key__gte=key, address_key__lt=key + _LAST, home__gte=where.low, home__lt=where.high
    )
    ids = list(houses.order_by("address_key").values_list("id", flat=True)[:_MOST_HOUSEHOLDS])
    return where.beside().filter(household__in=ids) if ids else Person.objects.none()


def _born(where: _Where, born: Born) -> QuerySet[Person]:
    return where.beside().filter(birth_on__gte=born.first, birth_on__lte=born.last)


def _begins_beside(column: str, key: str) -> tuple[GreaterThanOrEqual, LessThan]:
    return GreaterThanOrEqual(_Beside(F(column)), key), LessThan(_Beside(F(column)), key + _LAST)


def _is_narrow(area: str) -> bool:
    return level_of(area) in (Level.TOWNSHIP, Level.VILLAGE)


def _where(low: str, high: str, *, narrow: bool) -> _Where:
    """The range, with its homes if it is a township or less: each costs one step down the b-tree."""
    if not narrow:
        return _Where(low, high)
    with connection.cursor() as cursor:
        cursor.execute(_HOMES, [low, high, high])
        return _Where(low, high, tuple(home for (home,) in cursor.fetchall()))


def _ids(rows: QuerySet[Person], limit: int) -> list[UUID]:
    return list(rows.values_list("id", flat=True)[:limit])
