"""Ways into the table of people, each by one b-tree; what else is asked is compared on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, Q, QuerySet
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from jiahe.basis.privacy import Privacy
from jiahe.places.facts import Level
from jiahe.places.rules import level_of
from jiahe.registry.models import Household, Person, PersonDocument, PersonName, PersonPhone
from jiahe.registry.rules import identity
from jiahe.registry.rules.addresses import address_key
from jiahe.registry.rules.asked import Born
from jiahe.staff.scope import Scope

_FULL_PHONE = 7
_MOST_OTHER_NAMES = 1_000
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


class _Beside(Func):
    """A column that is compared but never chosen as the way in. SQLite keeps no statistics and would guess wrongly
    between two indexes; the plus sign takes one of them away. PostgreSQL reads both columns of the other anyway."""

    template, arity = "%(expressions)s", 1

    def as_sqlite(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


@dataclass(frozen=True, slots=True)
class Where:
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


def beginning(where: Where, column: str, key: str) -> QuerySet[Person]:
    """Whose key in this column begins so and is longer, in the order of the keys."""
    longer = {f"{column}__gt": key, f"{column}__lt": key + _LAST}
    if where.homes and column in ("name_key", "pinyin"):
        return Person.objects.filter(home__in=where.homes, **longer).order_by(column)
    return where.beside().filter(**longer).order_by(column)


def by_other_names(where: Where, keys: Mapping[str, str], limit: int) -> list[UUID]:
    """Who bears another name of which one of these keys (by column) is the beginning."""
    found: list[UUID] = []
    for column, key in keys.items():
        rows = PersonName.objects.filter(**{f"{column}__gte": key, f"{column}__lt": key + _LAST}).order_by(column)
        bearers = list(rows.values_list("person", flat=True)[:_MOST_OTHER_NAMES])
        found += taken(where.beside().filter(id__in=bearers), limit) if bearers else []
    return found


def by_identity(scope: Scope, where: Where, number: str) -> QuerySet[Person]:
    """Whose number it is or, for whom numbers are shown in full, ends so."""
    tail = number[::-1]
    if scope.sees(Privacy.IDENTITY):
        return where.beside().filter(identity_tail__gte=tail, identity_tail__lt=tail + _LAST)
    return where.beside().filter(identity_tail=tail)


def by_beginning_of_identity(scope: Scope, where: Where, number: str) -> QuerySet[Person]:
    """Whose number begins so; nobody, for whom numbers are not shown in full."""
    if not scope.sees(Privacy.IDENTITY):
        return Person.objects.none()
    begins = where.beside().filter(identity_number__gte=number, identity_number__lt=number + _LAST)
    return begins.filter(identity_tail__isnull=False).order_by("identity_number")  # the condition of its index


def by_phone(scope: Scope, where: Where, number: str) -> QuerySet[Person]:
    """Whose phone it is or, for whom phones are shown in full, ends so."""
    tail = phone_tail(number)
    if scope.sees(Privacy.CONTACT):
        return where.beside().filter(phone_tail__gte=tail, phone_tail__lt=tail + _LAST)
    return where.beside().filter(phone_tail=tail) if len(tail) >= _FULL_PHONE else Person.objects.none()


def phone_tail(number: str) -> str:
    """A phone read backwards, as it is kept."""
    return (identity.phone(number) or number)[::-1]


def bearers(
    table: type[PersonDocument] | type[PersonPhone], where: Where, tail: str, endings: bool, limit: int
) -> list[UUID]:
    """Who has such a number beside his main one; by its ending only for whom such numbers are shown in full."""
    if not endings and len(tail) < _FULL_PHONE:
        return []
    key = {"tail__gte": tail, "tail__lt": tail + _LAST} if endings else {"tail": tail}
    found = list(table.objects.filter(**key).values_list("person", flat=True)[:_MOST_OTHER_NAMES])
    return taken(where.beside().filter(id__in=found), limit) if found else []


def at_address(scope: Scope, where: Where, text: str) -> QuerySet[Person]:
    """The members of the households whose address begins so; nobody, for whom addresses are not shown."""
    key = address_key(text)
    if not scope.sees(Privacy.CONTACT) or len(key) < _SHORTEST_ADDRESS or not any(sign.isalpha() for sign in key):
        return Person.objects.none()
    begins = Household.objects.filter(address_key__gte=key, address_key__lt=key + _LAST)
    inside = begins.filter(home__gte=where.low, home__lt=where.high).order_by("address_key")
    houses = list(inside.values_list("id", flat=True)[:_MOST_HOUSEHOLDS])
    return where.beside().filter(household__in=houses) if houses else Person.objects.none()


def born_within(scope: Scope, where: Where, born: Born) -> QuerySet[Person]:
    """Who was born then; nobody, for whom birth dates are hidden."""
    if not scope.sees(Privacy.PERSONAL):
        return Person.objects.none()
    return where.beside().filter(birth_on__gte=born.first, birth_on__lte=born.last)


def begins_beside(column: str, key: str) -> Q:
    """That the key in this column begins so, compared on another way in."""
    return Q(GreaterThanOrEqual(_Beside(F(column)), key)) & Q(LessThan(_Beside(F(column)), key + _LAST))


def reach(low: str, high: str, area: str) -> Where:
    """The range within `area`, with its homes if that is a township or less: each costs one step down the b-tree."""
    if level_of(area) not in (Level.TOWNSHIP, Level.VILLAGE):
        return Where(low, high)
    with connection.cursor() as cursor:
        cursor.execute(_HOMES, [low, high, high])
        return Where(low, high, tuple(home for (home,) in cursor.fetchall()))


def taken(rows: QuerySet[Person], limit: int) -> list[UUID]:
    """The ids of the first of these."""
    return list(rows.values_list("id", flat=True)[:limit])
