# SPDX-License-Identifier: AGPL-3.0-or-later
"""The services this county starts with: which, by when, by whom, and what they never ask."""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.staff.definitions import roles
from jiahe.window.definitions import FOLDER, End, Service, load
from jiahe.window.definitions.days import FOLDER as DAYS
from jiahe.window.definitions.days import calendar
from jiahe.window.definitions.shapes import Handling, Source
from jiahe.window.rules.calendar import Adjustment, statutory
from jiahe.window.rules.clock import terms
from jiahe.window.rules.walking import open_outcomes, stands

ROLES = roles(FOLDER.parent / "roles")
SERVICES = load(FOLDER, roles=ROLES)
TODAY = date(2026, 11, 26)


def service(id_: str) -> Service:
    """The version in force today."""
    return SERVICES.one(id_, TODAY)


def test_the_eight() -> None:
    promised = {each.id: each.limit.promised if each.limit else 0 for each in SERVICES.on(TODAY)}
    assert promised == {
        "birth_certificate": 10,
        "birth_registration": 0,
        "childcare_subsidy": 25,
        "complaint": 15,
        "contraceptive_supplies": 0,
        "prepregnancy_examination": 0,
        "rural_reward": 40,
        "special_support": 30,
    }


@pytest.mark.parametrize("each", SERVICES.versions, ids=lambda each: each.id)
def test_each_says_all_it_must(each: Service) -> None:
    assert each.basis
    assert all(basis.link.startswith("https://") for basis in each.basis)
    assert each.fee == 0
    assert each.title.zh_hans
    assert each.remedy.en
    ends = {outcome.end for step in each.steps for outcome in step.outcomes if outcome.end}
    assert End.GRANTED in ends
    if each.item_type.value == "05":
        assert End.REFUSED in ends, "a benefit may be refused, and then with a remedy"


def test_who_takes_in_a_benefit_does_not_decide_it() -> None:
    for each in SERVICES.versions:
        if each.handling is Handling.WITHIN_LIMIT and each.opens:
            deciding = {step.role for step in each.steps if any(outcome.end for outcome in step.outcomes)}
            assert deciding == {"county_manager"}
            assert each.steps[0].role not in deciding


def test_what_is_offered_freely_asks_for_nothing() -> None:
    supplies = service("contraceptive_supplies")
    assert supplies.documents == ()
    assert supplies.applicants.en == "Anyone who asks."
    assert End.REFUSED not in {outcome.end for step in supplies.steps for outcome in step.outcomes}


def test_a_notice_never_says_more_than_it_must() -> None:
    shown = {
        field.value for each in SERVICES.versions for step in each.steps if step.notice for field in step.notice.shows
    }
    assert shown == {"masked_name", "village", "programme", "year"}
    assert not [step for step in service("special_support").steps if step.notice]


def test_documents_are_asked_once_and_what_is_held_is_not() -> None:
    subsidy = service("childcare_subsidy")
    asked = [document.id for document in subsidy.documents if document.source is Source.APPLICANT]
    assert asked == ["identity_card", "guardianship_proof", "bank_account"]


def test_the_terms_of_a_case_and_of_a_step() -> None:
    subsidy = service("childcare_subsidy")
    assert (terms(subsidy).days, dict(terms(subsidy).stops), terms(subsidy).extension) == (25, {"supplement": 10}, 5)
    assert terms(subsidy, subsidy.step("recheck")).days == 3
    assert terms(service("birth_registration")).days == 0


def test_a_case_is_sent_back_once_and_never_again() -> None:
    subsidy = service("childcare_subsidy")
    way = ["meets", "no_objection", "sent_back", "answered"]
    assert [outcome.id for outcome in open_outcomes(subsidy, way[:2])] == ["granted", "refused", "sent_back"]
    assert [outcome.id for outcome in open_outcomes(subsidy, way)] == ["granted", "refused"]
    assert stands(subsidy, [*way, "granted"]) is End.GRANTED
    assert open_outcomes(subsidy, [*way, "granted"]) == ()


@pytest.mark.parametrize("way", [["granted"], ["meets", "granted"], ["meets", "objection", "refused", "granted"]])
def test_no_step_is_skipped_and_no_end_gone_beyond(way: list[str]) -> None:
    with pytest.raises(ValueError, match="is not open"):
        stands(service("childcare_subsidy"), way)


def test_the_calendar_knows_the_one_day_the_package_does_not() -> None:
    forgotten = date(2005, 12, 31)
    assert not statutory().works(forgotten)
    assert calendar(DAYS).works(forgotten)


def test_a_county_closes_and_makes_up_and_a_later_order_prevails() -> None:
    flood = Adjustment(off=frozenset({date(2026, 7, 21)}), worked=frozenset({date(2026, 7, 25)}))
    dry = Adjustment(worked=frozenset({date(2026, 7, 21)}), off=frozenset({date(2026, 7, 25)}))
    closed = statutory().adjusted(flood)
    assert (closed.works(date(2026, 7, 21)), closed.works(date(2026, 7, 25))) == (False, True)
    assert closed.adjusted(dry) == statutory()
    told = statutory().adjusted(Adjustment(off=frozenset({date(2027, 1, 1)}), years=frozenset({2027})))
    assert told.guessed(TODAY, date(2027, 1, 8)) == ()
