# SPDX-License-Identifier: AGPL-3.0-or-later
"""People for measurements: those of the demo's generator, who are all different and whose numbers check.

Import only once Django is set up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.lib.homes import UNTIL
from jiahe.basis.languages import Text
from jiahe.basis.privacy import Privacy
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.node.demo import parameters
from jiahe.node.demo.drafts import registered
from jiahe.node.demo.identity import check_digit
from jiahe.node.demo.people import Person as Somebody
from jiahe.node.demo.population import county
from jiahe.node.demo.villages import Village
from jiahe.places.definitions import read_area_list
from jiahe.places.facts import Level
from jiahe.places.rules import level_of
from jiahe.registry.facts import Name, NameKind, PersonRegistered
from jiahe.registry.models import Person
from jiahe.registry.projections import person_registered
from jiahe.staff.definitions import Role
from jiahe.staff.rules import Daily, Holding
from jiahe.staff.scope import Acting, founding
from jiahe.staff.session import acting

AT = datetime(2026, 1, 5, 1, tzinfo=UTC)
SINCE = UNTIL.replace(year=UNTIL.year - 3)
SEED = 77
NOWHERE = "419999"


def author() -> Author:
    """Somebody who may record everything."""
    return founding("", AT)


def reader(officer: UUID, limit: int = 1_000_000_000) -> Acting:
    """Somebody who may see so many rows of people in a day."""
    words = Text("reader", "reader", "reader")
    fields = frozenset(Privacy)
    role = Role("reader", words, words, frozenset(), True, (), frozenset(), fields, Daily(limit, 0))
    made = acting(Holding(officer, "", uuid4(), "reader", "4117", words, deputising=False), {"reader": role})
    assert made is not None
    return made


def crowd(size: int) -> list[Somebody]:
    """`size` people whom the demo county does not have."""
    return list(stream(size))


def stream(size: int) -> Iterator[Somebody]:
    """The crowd one by one, village after village, in little memory."""
    content = settings.JIAHE.content
    areas = read_area_list(content / "areas", settings.JIAHE.area).areas
    villages = [Village(each.code, each.official) for each in areas if level_of(each.code) is Level.VILLAGE]
    lives = county(parameters.read(content / "demo"), villages, people=size, since=SINCE, until=UNTIL, seed=SEED)
    return map(_renumbered, islice((person for life in lives for person in life.people), size))


def _renumbered(person: Somebody) -> Somebody:
    """With a number of an area that is none; the demo county's people have the others."""
    if person.number is None:
        return person
    first_17 = NOWHERE + person.number[6:17]
    return person._replace(number=first_17 + check_digit(first_17))


def drafts(crowd: list[Somebody], by: Author) -> list[Draft]:
    """Their registrations, not yet recorded."""
    return [registered(person, by=by, at=timezone.localtime(AT), since=SINCE) for person in crowd]


def settle(people: Iterable[Somebody], *, portion: int = 5_000) -> None:
    """These people straight into the register's tables, by the projection that writes registrations, without a journal:
    for measurements of reading, in a fifth of the time. Every 25th person also has an alias. Then statistics are
    brought up to date, as PostgreSQL itself does within minutes of such a load."""
    by, rest, number = author(), iter(people), 0
    while some := list(islice(rest, portion)):
        entries = [_recorded(draft, number + place) for place, draft in enumerate(drafts(some, by), 1)]
        number += len(some)
        with transaction.atomic():
            person_registered(entries)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")


def _recorded(draft: Draft, number: int) -> Recorded:
    fact = draft.fact if number % 25 else _with_alias(draft.fact, number)
    head = (number, uuid4(), "bench", number, number, 0, "registry.PersonRegistered@2", draft.area)
    return Recorded(*head, officer="", post="", about=draft.about, why="", voids=None, fact=fact)


def _with_alias(fact: PersonRegistered, number: int) -> PersonRegistered:
    given = fact.name.given[::-1] + "阿"
    alias = Name(NameKind.ALIAS, "王" + given, "王", given)
    return replace(fact, names=(*fact.names, alias))


def rows(size: int) -> Iterator[dict[str, Any]]:
    """The columns of `size` rows of the register's table, each copied from a registered person under a new id."""
    known = list(Person.objects.order_by("id").values()[:1_000])
    for number in range(size):
        yield {**known[number % len(known)], "id": uuid4(), "entry": uuid4()}
