"""One box: a name in any script, its pinyin or initials, an identity number, a phone. Each answer says why it is one.

Every key is a b-tree that is read from where the text begins; no answer needs more than a few pages of it. Endings of
numbers are searched only by those who see such numbers in full, or trying endings would tell them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from jiahe.basis.privacy import Privacy
from jiahe.registry.models import Person, PersonName
from jiahe.registry.problems import PersonUnknown
from jiahe.registry.queries.people import PersonRow, described, people
from jiahe.registry.rules import identity
from jiahe.registry.rules.keys import asked_name, asked_pinyin
from jiahe.registry.rules.names import is_han, normal
from jiahe.staff.scope import Scope

_SHORTEST_ENDING = 4
_FULL_PHONE = 7
_LAST = "\U0010ffff"


class Why(StrEnum):
    """Which key a text was found by."""

    NAME = "name"
    GIVEN_NAME = "given_name"
    PINYIN = "pinyin"
    INITIALS = "initials"
    OTHER_NAME = "other_name"
    IDENTITY = "identity"
    PHONE = "phone"


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
    wanted = list(whys)[:limit]
    rows = {row.id: row for row in described(scope, people(scope).filter(id__in=wanted))}
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


def _answers(scope: Scope, text: str, limit: int) -> Iterator[tuple[Why, list[UUID]]]:
    number = identity.compact(text)
    if len(number) >= _SHORTEST_ENDING and any(sign.isdigit() for sign in number) and number.isascii():
        yield Why.IDENTITY, _by_identity(scope, number, limit)
        if number.removeprefix("+").isdigit():
            yield Why.PHONE, _by_phone(scope, number, limit)
    if is_han(text) or not text.isascii():
        yield from _by_names(scope, asked_name(text), {"name_key": Why.NAME, "given_key": Why.GIVEN_NAME}, limit)
    if not is_han(text) and any(sign.isalpha() for sign in text):
        letters = asked_pinyin(text)
        if len(letters) > 1:
            keys = {"initials": Why.INITIALS} if len(letters) <= _SHORTEST_ENDING else {}
            yield from _by_names(scope, letters, {"pinyin": Why.PINYIN, **keys, "given_key": Why.GIVEN_NAME}, limit)
        elif normal(text):
            yield from _by_names(scope, letters, {"initials": Why.INITIALS}, limit)


def _by_names(scope: Scope, key: str, columns: dict[str, Why], limit: int) -> Iterator[tuple[Why, list[UUID]]]:
    if not key:
        return
    for column, why in columns.items():
        yield why, _ids(people(scope).filter(**{column: key}).order_by("home"), limit)
    for column, why in columns.items():
        longer = people(scope).filter(**{f"{column}__gt": key, f"{column}__lt": key + _LAST})
        yield why, _ids(longer.order_by(column), limit)
    any_key = Q()
    for column in columns:
        any_key |= Q(**{f"{column}__gte": key, f"{column}__lt": key + _LAST})
    others = PersonName.objects.filter(any_key).values("person")
    yield Why.OTHER_NAME, _ids(people(scope).filter(id__in=others), limit)


def _by_identity(scope: Scope, number: str, limit: int) -> list[UUID]:
    tail = number[::-1]
    if scope.sees(Privacy.IDENTITY):
        return _ids(people(scope).filter(identity_tail__gte=tail, identity_tail__lt=tail + _LAST), limit)
    return _ids(people(scope).filter(identity_tail=tail), limit)


def _by_phone(scope: Scope, number: str, limit: int) -> list[UUID]:
    digits = identity.phone(number)
    tail = (digits or number)[::-1]
    if scope.sees(Privacy.CONTACT):
        return _ids(people(scope).filter(phone_tail__gte=tail, phone_tail__lt=tail + _LAST), limit)
    return _ids(people(scope).filter(phone_tail=tail), limit) if len(tail) >= _FULL_PHONE else []


def _ids(rows: QuerySet[Person], limit: int) -> list[UUID]:
    return list(rows.values_list("id", flat=True)[:limit])
