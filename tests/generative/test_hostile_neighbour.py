"""A neighbour whose certificate holds says whatever can be said, and seals whatever can be sealed: nobody dies of it.

He signs all as he should. What is in it is honest, out of bounds, or nonsense. What the tables cannot take is kept
apart, and all others are heard as before.
"""

import types
import typing
from collections.abc import Iterator, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from jiahe.basis.ids import new_id
from jiahe.journal import facts, receiving, seal
from jiahe.journal.values import Sealed
from jiahe.network import flow, status
from jiahe.network import messages as m
from tests.generative.network import SETTINGS
from tests.lib.authors import START
from tests.lib.examples import examples
from tests.lib.houses import House, build, fresh
from tests.lib.links import CITY, COUNTY, NORTH, SOUTH, VILLAGE, Net, joined, people, register

AREAS = (CITY, COUNTY, NORTH, SOUTH)
EDGES = [-(1 << 63), (1 << 62) - 1, 1 << 62, (1 << 63) - 1, 1 << 63, (1 << 64) - 1]
NUMBERS = st.integers(-2, 40) | st.sampled_from(EDGES)
WORDS = st.one_of(
    st.sampled_from(
        ["", *AREAS, VILLAGE, "2026-11", "2026-11-26", "2026-13-45", "day", "residents", "x\x00", "9" * 90]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
BYTES = st.sampled_from([b"", bytes(32), bytes(64)]) | st.binary(max_size=80)
SEALED = st.builds(Sealed, BYTES, st.none() | BYTES, st.none() | BYTES, BYTES, BYTES)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    int: NUMBERS,
    str: WORDS,
    bytes: BYTES,
    bool: st.booleans(),
    date: st.dates() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    datetime: st.datetimes(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    UUID: st.integers(0, 5).map(lambda n: UUID(int=n)),
    type(None): st.none(),
}


@pytest.fixture(scope="module")
def levels(django_db_setup, django_db_blocker) -> Iterator[dict[str, House]]:
    """A county, two townships of it and the city above, strangers still."""
    with django_db_blocker.unblock(), build(AREAS, strangers=True) as built:
        yield dict(zip(AREAS, built, strict=True))


class Beside(dict[Any, st.SearchStrategy[Any]]):
    """What may stand in fields of these types instead; too long to be shown."""

    def __repr__(self) -> str:
        return "..."


def values(kind: Any, more: Beside) -> st.SearchStrategy[Any]:
    """Whatever a field of this type may hold."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if kind in more:
        return more[kind]
    if origin is Annotated:
        return values(parts[0], more)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(values(part, more) for part in parts))
    if origin is tuple and parts[1:] == (Ellipsis,):
        return st.lists(values(parts[0], more), max_size=4).map(tuple)
    if origin is tuple:
        return st.tuples(*(values(part, more) for part in parts))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if is_dataclass(kind):
        return filled(kind, more)
    return PLAIN[kind]


@st.composite
def filled(draw: st.DrawFn, sort: Any, more: Beside) -> Any:
    """A message or a fact with anything in it that its own rules allow."""
    hints = typing.get_type_hints(sort, include_extras=True)
    names = sort.__dataclass_fields__ if is_dataclass(sort) else sort.__struct_fields__
    held = {name: draw(values(hints[name], more)) for name in names}
    try:
        return sort(**held)
    except ValueError:
        reject()


def honest(levels: dict[str, House]) -> tuple[Net, list[Sealed]]:
    """Three people are registered in the north and known to all who should; and these entries."""
    net = joined(levels)
    for number in range(1, 4):
        register(levels[NORTH], number)
    net.settle()
    with levels[NORTH].inside():
        return net, receiving.give(levels[NORTH].wiring.origin, 0)


def test_whatever_a_neighbour_says_nobody_dies_of_it(levels):
    with fresh(list(levels.values())):
        net, entries = honest(levels)
        names = st.sampled_from([house.wiring.origin for house in levels.values()])
        more = Beside({Sealed: st.sampled_from(entries) | SEALED, str: WORDS | names})
        anything = st.one_of(*(filled(sort, more) for sort in typing.get_args(m.ANY)))

        @settings(SETTINGS, max_examples=examples(150))
        @given(st.integers(0, 2), st.booleans(), st.lists(anything, min_size=1, max_size=3))
        def says(place: int, up: bool, said: list[m.Message]) -> None:
            hear(net, place, up, said)

        says()
        all_is_well(net)


def test_whatever_a_node_seals_of_its_own_area_nobody_dies_of_it(levels):
    with fresh(list(levels.values())):
        net, _ = honest(levels)
        anything = st.sampled_from(sorted(facts.KINDS)).flatmap(
            lambda kind: st.tuples(st.just(kind), filled(facts.KINDS[kind].cls, Beside()))
        )

        @settings(SETTINGS, max_examples=examples(150))
        @given(st.lists(anything, min_size=1, max_size=4), PLAIN[UUID], st.sampled_from(["", "1" * 90, "a\x00"]))
        def seals(said: list[tuple[str, Any]], about: UUID, odd: str) -> None:
            hear(net, 1, True, [m.Entries(tuple(sealed(net, said, about, odd)))])

        seals()
        all_is_well(net)


def sealed(net: Net, said: Sequence[tuple[str, Any]], about: UUID, odd: str) -> Iterator[Sealed]:
    """Facts as the north seals them, whether it could have recorded them or not, each the next the county waits for."""
    north = net.houses[NORTH].wiring
    with net.houses[COUNTY].inside():
        reached = flow.held_of(north.origin)
    for number, (kind, fact) in enumerate(said, reached + 1):
        header = seal.Header(
            about=about, area=VILLAGE + odd, at_ms=1_767_600_660_000, clock=(1 << 57) + number, id=new_id(START),
            kind=kind, officer="o" + odd, origin=north.origin, origin_seq=number, post="p", voids=None,
        )  # fmt: skip
        raw, content, salt = facts.encode(header), facts.encode((fact, odd)), bytes(16)
        commitment = seal.commit(salt, content)
        yield Sealed(raw, salt, content, commitment, seal.sign(north.key, seal.leaf_of(raw, commitment)))


def hear(net: Net, place: int, up: bool, said: Sequence[m.Message]) -> None:
    """One end of a line hears this from the other, and goes on talking."""
    line = net.lines[place]
    speaker, hearer = (line.lower, line.upper) if up else (line.upper, line.lower)
    net.tick += 30
    for message in said:
        try:
            raw = m.write(message, sender=speaker.wiring.origin, to=hearer.wiring.origin, key=speaker.wiring.key)
        except OverflowError:
            continue
        with hearer.inside(), transaction.atomic():
            line.ends[not up].heard([raw], net.now())
            line.ends[not up].due(net.now())
            status.neighbours(at=net.now().at)


def all_is_well(net: Net) -> None:
    """Every journal is sound, and another township is heard as before."""
    assert net.findings() == []
    register(net.houses[SOUTH], 9, f"{SOUTH}001")
    for line in net.lines:
        line.begin_anew()
    net.settle(60)
    assert UUID(int=9) in people(net.houses[COUNTY])
