"""S-02: a record is seen if and only if it is kept in the scope (a household if it is there), in lists, counts,
searches and beside other records alike.

The oracle knows no table: it is told what was entered and says in plain words where each record is kept. On both
databases. Two things are told by where they happened, not by where the record is now: life events, and openings.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from jiahe.basis.privacy import Privacy
from tests.generative.neighbours import SCOPES, SETTINGS, SINCE, VILLAGES, Told, pairs, people, scopes, villages
from tests.generative.settling import at, enter

pytestmark = pytest.mark.django_db


@SETTINGS
@given(people=people, merges=pairs, alike=pairs, carried=villages, asked=scopes)
def test_seen_if_and_only_if_kept_in_the_scope(people, merges, alike, carried, asked) -> None:
    from django.db import transaction

    from tests.rooms.registry.small_county import scope_of

    with transaction.atomic():
        told = enter(people, merges, alike, carried)
        for area, fields in asked:
            scope, seen = scope_of(area, *fields), told.visible(area)
            lists_agree(scope, told, seen)
            households_agree(scope, told, seen)
            records_agree(scope, told, seen)
            searches_agree(scope, told, seen)
            counts_agree(scope, told, seen)
        transaction.set_rollback(True)


def lists_agree(scope: Any, told: Told, seen: set[UUID]) -> None:
    """People, rosters, conflicts, pairs, openings, events: who is in them, and how many."""
    from jiahe.registry import queries

    rows = queries.people(scope)
    assert {row.id for row in queries.described(scope, rows)} == seen
    assert rows.count() == len(seen)
    for village in (*VILLAGES, "411723"):
        inside = {who for who in seen if told.people[who].home.startswith(village)}
        assert set(queries.people(scope, village).values_list("id", flat=True)) == inside
        here = {who for who in inside if told.people[who].here}
        found = queries.people_where(scope, village, state="here", born=None)
        assert set(found.values_list("id", flat=True)) == here
        housed = {who for house in told.houses.values() for who in house.now}
        alone = queries.people_where(scope, village, state="alone", born=None)
        assert set(alone.values_list("id", flat=True)) == here - housed
    assert {each.person for each in queries.conflicts(scope)} == seen & set(told.conflicts)
    both = {frozenset(pair) for pair in told.pairs if set(pair) <= seen}
    assert {frozenset((p.left.id, p.right.id)) for p in queries.described_pairs(scope, queries.pairs(scope))} == both
    assert queries.pairs(scope).count() == len(both)
    opened = queries.openings(scope, queries.opened_outside(scope))
    expected = sorted((who, home) for who, home in told.openings if home.startswith(scope.area))
    assert sorted((each.person, each.home) for each in opened) == expected
    happened = sorted((who, area) for who, area in told.events if area.startswith(scope.area))
    assert sorted(queries.events(scope).values_list("person", "area")) == happened
    assert not queries.to_reassign(scope, on=date(2026, 11, 23)).exists()


def households_agree(scope: Any, told: Told, seen: set[UUID]) -> None:
    """Households and who belongs to them."""
    from jiahe.registry import problems, queries

    here = {id_ for id_, house in told.houses.items() if house.home.startswith(scope.area)}
    lived_in = {id_ for id_ in here if told.houses[id_].now}
    assert {row.id for row in queries.described_households(scope, queries.households(scope))} == lived_in
    assert queries.households(scope).count() == len(lived_in)
    without = {id_ for id_ in lived_in if told.houses[id_].head not in told.houses[id_].now}
    assert set(queries.headless(scope).values_list("id", flat=True)) == without
    members = queries.members(scope, list(told.houses))
    for id_, house in told.houses.items():
        assert {row.id for row, _ in members.get(id_, [])} == set(house.now) & seen
        if id_ not in here:
            for ask in (queries.household, queries.members_ever, queries.household_history):
                with pytest.raises(problems.HouseholdUnknown):
                    ask(scope, id_)
        else:
            assert {each.person.id for each in queries.members_ever(scope, id_)} == set(house.ever) & seen


def records_agree(scope: Any, told: Told, seen: set[UUID]) -> None:
    """One record and what stands beside it; of another there is none, whatever is asked."""
    from jiahe.registry import problems, queries
    from jiahe.registry.definitions import FOLDER, rules

    on, kept = date(2026, 11, 23), rules(FOLDER)
    asks: tuple[Callable[[UUID], object], ...] = (
        lambda who: queries.person(scope, who),
        lambda who: queries.particulars(scope, who),
        lambda who: queries.family(scope, who, on=on),
        lambda who: queries.household_of(scope, who),
        lambda who: queries.life_events(scope, who),
        lambda who: queries.person_history(scope, who),
        lambda who: queries.opened_by(scope, who),
        lambda who: queries.everything(scope, who),
        lambda who: queries.editable(scope, who),
        lambda who: queries.merges_of(scope, who),
        lambda who: queries.kept(scope, who, kept, on=on),
        lambda who: queries.may_look(scope, who, at=at()),
    )
    for who, known in told.people.items():
        if who not in seen:
            for ask in asks:
                with pytest.raises(problems.PersonUnknown):
                    ask(who)
            continue
        family = queries.family(scope, who, on=on)
        records = {who} | {one for one, other in told.people.items() if other.merged == who}
        children = {one for one in seen if told.people[one].mother in records}
        assert {row.id for row in family.children} == children
        personal = scope.sees(Privacy.PERSONAL)
        assert (family.mother.id if family.mother else None) == (known.mother if known.mother in seen else None)
        row = queries.person(scope, who)
        assert row.home == known.home
        assert row.mother == (known.mother if personal else None)
        house = queries.household_of(scope, who)
        assert house is None or house.home.startswith(scope.area)


def searches_agree(scope: Any, told: Told, seen: set[UUID]) -> None:
    """Search, and likely doubles of a newcomer."""
    from jiahe.registry import queries
    from jiahe.registry.facts import Sex
    from jiahe.registry.rules.newcomers import Newcomer

    for place, (who, known) in enumerate(told.people.items()):
        name, *others = (text for texts in known.values.values() for text in texts)
        # whoever is outside is looked for by all that is his; who is inside by something else of his each
        for text in others[place % len(others) :][:1] if who in seen else others:
            assert {each.person.id for each in queries.search(scope, text, limit=50)} <= seen, text
        found = {each.person.id for each in queries.search(scope, name, limit=50)}
        assert found <= seen, name
        assert (who in found) == (who in seen)
        newcomer = Newcomer(name, Sex.FEMALE, date(1990, 1, 1), VILLAGES[0], SINCE)
        (answer,) = queries.judge_people(scope, [newcomer], at=at())
        assert {each.person.id for each in answer or ()} <= seen


def counts_agree(scope: Any, told: Told, seen: set[UUID]) -> None:
    """The board's residents are those who live there; of elsewhere there is no figure."""
    from jiahe.indicators import queries as figures
    from jiahe.indicators.problems import OutsideScope

    on = date(2026, 11, 23)
    for area in SCOPES:
        if not area.startswith(scope.area):
            with pytest.raises(OutsideScope):
                figures.residents(scope, area, on)
            continue
        living = sum(told.people[who].here and told.people[who].home.startswith(area) for who in seen)
        assert figures.residents(scope, area, on) == living
        assert sum(figures.residents_by_age(scope, area, on).values()) == living
