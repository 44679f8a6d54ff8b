"""The right to know and to be forgotten; who looked into a record, and why."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from jiahe.journal.fsck import findings
from jiahe.registry import actions, problems, queries
from jiahe.registry.definitions import FOLDER, rules
from jiahe.registry.facts import Purpose
from jiahe.registry.models import Person
from tests.rooms.registry.small_county import AT, CLERK, HEBEI, TODAY, enter, scope_of

pytestmark = pytest.mark.usefixtures("county")
BY = {"by": CLERK, "at": AT}
RULES = rules(FOLDER)


def test_the_house_says_what_must_be_kept_and_why() -> None:
    assert {rule.id for rule in RULES} == {"access_log", "cases", "residents"}
    assert all(rule.basis and rule.reason.en and rule.reason.zh_hant for rule in RULES)


def test_a_resident_cannot_be_erased_yet() -> None:
    who = enter("王明")
    (held,) = queries.kept(scope_of(), who, RULES, on=TODAY)
    assert held.rule is not None
    assert (held.rule.id, held.until) == ("residents", date.max)
    with pytest.raises(problems.NothingToErase):
        actions.erase_person(person=who, ground="PIPL 47", rules=RULES, **BY)


def test_who_left_two_years_ago_is_forgotten_but_for_who_looked() -> None:
    who = enter("王明", phone="13800000001")
    actions.register_move_out(person=who, on=date(2024, 1, 1), destination="郑州", **BY)
    actions.open_record(person=who, purpose=Purpose.SERVICE, **BY)
    held = queries.kept(scope_of(), who, RULES, on=TODAY)
    assert [each.rule.id if each.rule else "" for each in held] == ["access_log", "", ""]
    actions.erase_person(person=who, ground="PIPL 47", rules=RULES, **BY)
    assert not Person.objects.exists()
    assert queries.search(scope_of(), "王明") == []
    with pytest.raises(problems.PersonUnknown):
        queries.person(scope_of(), who)


def test_who_left_last_year_is_told_until_when_he_is_kept() -> None:
    who = enter("王明")
    actions.register_move_out(person=who, on=date(2026, 1, 1), destination="郑州", **BY)
    assert {each.until for each in queries.kept(scope_of(), who, RULES, on=TODAY)} == {date(2028, 1, 1)}


def test_everything_held_can_be_taken_away_as_a_file() -> None:
    who = enter("王明", phone="13800000001")
    actions.open_record(person=who, purpose=Purpose.OTHER, reason="asked by phone", **BY)
    actions.add_phone(person=who, number="13800000002", whose="son", **BY)
    told = json.dumps(queries.everything(scope_of(), who), ensure_ascii=False)
    for word in ("王明", "13800000001", "13800000002", "son", "asked by phone", HEBEI, "registry.PersonRegistered@2"):
        assert word in told


def test_opening_outside_a_care_relation_needs_words_and_is_shown_to_a_supervisor() -> None:
    who = enter("王明")
    with pytest.raises(problems.ReasonMissing):
        actions.open_record(person=who, purpose=Purpose.SERVICE, outside=True, **BY)
    actions.open_record(person=who, purpose=Purpose.SERVICE, reason="complaint 12", outside=True, **BY)
    (opening,) = queries.openings(scope_of("411723"), queries.opened_outside(scope_of("411723")))
    assert (opening.person, opening.reason, opening.outside) == (who, "complaint 12", True)
    assert not queries.opened_outside(scope_of("411723103")).exists()
    assert [each.reason for each in queries.opened_by(scope_of(), who)] == ["complaint 12"]


def test_a_record_stays_open_for_three_hours() -> None:
    who = enter("王明")
    actions.open_record(person=who, purpose=Purpose.SERVICE, **BY)
    late = AT + timedelta(hours=3, minutes=1)
    assert [queries.may_look(scope_of(), who, at=at) for at in (AT, late)] == [True, False]
    assert not queries.may_look(scope_of(officer="somebody else"), who, at=AT)


def test_an_erased_person_leaves_a_journal_that_is_whole() -> None:
    who = enter("王明")
    actions.register_death(person=who, on=date(2023, 1, 1), **BY)
    actions.erase_person(person=who, ground="PIPL 47", rules=RULES, **BY)
    assert list(findings()) == []
