"""Households: how they form, change and end, and who belongs to them on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from jiahe.basis.problem import Problem
from jiahe.registry import actions, problems, queries
from jiahe.registry.facts import Member, Relation, Sex
from jiahe.registry.models import Household, Person
from tests.rooms.registry.small_county import AT, CLERK, HEBEI, JINZHUANG, LONGWANG, TODAY, YANGBU, enter, scope_of

pytestmark = pytest.mark.usefixtures("county")
BY = {"by": CLERK, "at": AT}
BEGAN = date(2020, 1, 1)


def form(*members: tuple[UUID, Relation], area: str = HEBEI, on: date = BEGAN) -> UUID:
    """A household, and its id."""
    told = [Member(who, relation) for who, relation in members]
    return actions.form_household(on=on, area=area, address="东关 3 号", members=told, **BY).fact.household


def members(household: UUID) -> dict[str, str]:
    """Names and relations of those who belong to it now."""
    return {row.name: relation.value for row, relation in queries.members(scope_of(), [household])[household]}


def couple() -> tuple[UUID, UUID, UUID]:
    """王明 and 李芳 in a household."""
    ming, fang = enter("王明"), enter("李芳", sex=Sex.FEMALE)
    return form((ming, Relation.HEAD), (fang, Relation.SPOUSE)), ming, fang


def test_a_household_has_its_head_first() -> None:
    household, *_ = couple()
    assert members(household) == {"王明": "head", "李芳": "spouse"}
    assert list(members(household)) == ["王明", "李芳"]


@pytest.mark.parametrize(
    ("relations", "problem"),
    [
        ([Relation.SPOUSE, Relation.CHILD], problems.HeadMissing),
        ([Relation.HEAD, Relation.HEAD], problems.TwoHeads),
        ([], problems.MembersMissing),
    ],
)
def test_a_household_needs_one_head(relations: list[Relation], problem: type[Problem]) -> None:
    people = [enter("王明"), enter("李芳", sex=Sex.FEMALE)]
    with pytest.raises(problem):
        form(*zip(people, relations, strict=False))


def test_nobody_joins_a_household_of_a_village_he_does_not_live_in() -> None:
    household, *_ = couple()
    far = enter("孙远", area=LONGWANG)
    with pytest.raises(problems.MemberElsewhere):
        actions.settle_members(household=household, on=TODAY, members=[Member(far, Relation.OTHER)], **BY)


def test_one_household_at_a_time() -> None:
    first, _, fang = couple()
    second = form((fang, Relation.HEAD), on=date(2022, 1, 1))
    assert (members(first), members(second)) == ({"王明": "head"}, {"李芳": "head"})
    former = [each for each in queries.members_ever(scope_of(), first) if each.to_on]
    assert [(each.person.name, each.from_on, each.to_on) for each in former] == [("李芳", BEGAN, date(2022, 1, 1))]


def test_a_birth_makes_the_child_a_member_of_its_mothers_household() -> None:
    household, _, fang = couple()
    actions.register_birth(name="王宝", sex=Sex.MALE, on=date(2026, 11, 1), area=HEBEI, mother=fang, **BY)
    assert members(household) == {"王明": "head", "李芳": "spouse", "王宝": "child"}


def test_who_moves_away_or_dies_belongs_to_it_no_more() -> None:
    household, ming, fang = couple()
    actions.register_move_out(person=fang, on=date(2026, 5, 1), destination="郑州", **BY)
    assert members(household) == {"王明": "head"}
    actions.register_death(person=ming, on=date(2026, 6, 1), **BY)
    assert members(household) == {}
    assert not queries.households(scope_of()).filter(id=household).exists()


def test_a_household_whose_head_died_is_told_to_its_worker() -> None:
    household, ming, _ = couple()
    actions.register_death(person=ming, on=date(2026, 6, 1), **BY)
    assert [row.id for row in queries.headless(scope_of(HEBEI))] == [household]
    assert not queries.headless(scope_of(LONGWANG)).exists()


def test_a_household_moves_and_its_members_with_it() -> None:
    household, ming, _ = couple()
    actions.move_household(household=household, on=date(2026, 5, 1), area=LONGWANG, address="西街 1 号", **BY)
    assert members(household) == {"王明": "head", "李芳": "spouse"}
    assert queries.person(scope_of(), ming).area == LONGWANG
    assert queries.household(scope_of(LONGWANG), household).address == "西街 1 号"
    with pytest.raises(problems.HouseholdUnknown):
        queries.household(scope_of(HEBEI), household)


def test_moving_house_in_the_village_is_no_life_event() -> None:
    household, ming, _ = couple()
    actions.move_household(household=household, on=date(2026, 5, 1), area=HEBEI, address="西街 1 号", **BY)
    assert queries.life_events(scope_of(), ming) == []
    with pytest.raises(problems.NothingMoved):
        actions.move_household(household=household, on=TODAY, area=HEBEI, address="西街 1 号", **BY)


def test_a_split_leaves_both_with_a_head() -> None:
    household, ming, fang = couple()
    with pytest.raises(problems.HeadMissing):
        actions.split_household(
            household=household, on=TODAY, address="新 1 号", members=[Member(ming, Relation.HEAD)], **BY
        )
    new, *_ = actions.split_household(
        household=household,
        on=TODAY,
        address="新 1 号",
        members=[Member(ming, Relation.HEAD)],
        left=[Member(fang, Relation.HEAD)],
        **BY,
    )
    assert (members(new.fact.household), members(household)) == ({"王明": "head"}, {"李芳": "head"})
    assert queries.household(scope_of(), new.fact.household).parted_from == household


def test_two_households_become_one() -> None:
    household, *_ = couple()
    mother = enter("李母", sex=Sex.FEMALE, birth_on=date(1955, 1, 1))
    other = form((mother, Relation.HEAD))
    told = [Member(mother, Relation.PARENT_IN_LAW)]
    actions.merge_households(household=household, other=other, on=TODAY, members=told, **BY)
    assert members(household) == {"王明": "head", "李芳": "spouse", "李母": "parent_in_law"}
    assert members(other) == {}
    with pytest.raises(problems.SameHousehold):
        actions.merge_households(household=household, other=household, on=TODAY, members=told, **BY)


def test_only_the_latest_change_can_be_cancelled() -> None:
    household, _, fang = couple()
    formed = Household.objects.get(id=household).entry
    left = actions.leave_household(household=household, on=TODAY, people=[fang], **BY)
    with pytest.raises(problems.ChangeNotLast):
        actions.cancel_household_change(entry=formed, reason="mistake", **BY)
    with pytest.raises(problems.ReasonMissing):
        actions.cancel_household_change(entry=left.id, reason=" ", **BY)
    actions.cancel_household_change(entry=left.id, reason="she did not leave", **BY)
    assert members(household) == {"王明": "head", "李芳": "spouse"}


def test_what_lies_in_the_future_is_not_recorded() -> None:
    with pytest.raises(problems.HouseholdFuture):
        form((enter("王明"), Relation.HEAD), on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(("area", "seen"), [(HEBEI, True), (YANGBU, True), (JINZHUANG, False), (LONGWANG, False)])
def test_a_household_is_seen_where_it_is(area: str, seen: bool) -> None:
    household, *_ = couple()
    scope = scope_of(area)
    assert queries.households(scope).filter(id=household).exists() == seen
    assert bool(queries.members(scope, [household])[household]) == seen


def test_who_may_not_reach_people_sees_no_address(county: Any) -> None:
    household, *_ = couple()
    from jiahe.basis.privacy import Privacy

    assert "东关" not in queries.household(scope_of("411723", Privacy.PERSONAL), household).address


def test_the_row_of_a_member_is_what_the_rules_tell() -> None:
    household, ming, fang = couple()
    assert Person.objects.filter(household=household).count() == 2
    actions.leave_household(household=household, on=date(2026, 1, 1), people=[fang], **BY)
    assert [spell.to_on for spell in queries.spells_of(Person.objects.get(id=fang))] == [date(2026, 1, 1)]
    assert Person.objects.get(id=ming).relation == "head"
