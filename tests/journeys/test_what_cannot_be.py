# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lives and households that cannot be are refused where they are written; what is only unlikely is asked back once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.neighbours import Neighbour, follows, live_here, looks_for, opens, told
from tests.journeys.officer import Enter
from tests.lib.served import Served


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_mother_of_nine_is_asked_back_and_taken_when_confirmed(enter: Enter, node: Served, scripts: bool) -> None:
    # Given a mother who by the register was nine years old when the child was born
    name, child = ("左丘早", "左丘小") if scripts else ("梁丘早", "梁丘小")
    live_here(node, Neighbour(name, "female", "2011-03-03"))
    worker = enter("village", java_script_enabled=scripts).goes_to("/people/birth/")
    worker.writes(name=child, sex="male", on="2020-09-01")
    # when the birth is sent, then it is asked back, with her age, and nothing is registered
    looks_for(worker, mother=name)
    expect(worker.problem_at("mother")).to_contain_text("was 9 years old on 2020-09-01")
    # when it is confirmed, it is taken, and what was chosen is chosen still
    worker.writes(sure="registry.parent_unlikely").sends()
    told(worker, "The birth is registered.")
    expect(worker.page.locator("dt", has_text="Mother").locator("+ dd")).to_have_text(name)


def test_nobody_is_among_their_own_ancestors(enter: Enter, node: Served) -> None:
    # Given a grandmother, a mother and a child; another node had made the grandmother the youngest of the three
    old, *_younger = live_here(
        node,
        Neighbour("东门祖", "female", "1940-01-01", born_elsewhere="2004-01-01"),
        Neighbour("东门母", "female", "1962-02-02", mother="东门祖"),
        Neighbour("东门女", "female", "1985-03-03", mother="东门母"),
    )
    worker = opens(enter("village"), old)
    # when somebody makes her own granddaughter her mother, then it is refused, and why
    follows(worker, "Correct")
    looks_for(worker, mother="东门女")
    expect(worker.page.locator(".app-summary")).to_contain_text("is a child or grandchild of this person")
    # and her own self is not even offered
    follows(worker.goes_to(old), "Correct").writes(mother_text="东门祖").sends()
    expect(worker.problem_at("mother_text")).to_contain_text("Nobody in your area was found by this.")


def test_a_mother_is_not_made_younger_than_her_child(enter: Enter, node: Served) -> None:
    mother, _child = live_here(
        node,
        Neighbour("南门母", "female", "1962-02-02"),
        Neighbour("南门女", "female", "1985-03-03", mother="南门母"),
    )
    worker = opens(enter("village"), mother)
    # When her birth date is mistyped, then it is refused, and the child is not named
    follows(worker, "Correct").writes(birth_on="1992-02-02", since="2010-01-01").sends()
    expect(worker.problem_at("birth_on")).to_contain_text("contradicts the record of a child")
    expect(worker.page.locator("main")).not_to_contain_text("南门女")
    # when it makes her a mother of nine, it is asked back once, and taken when confirmed
    worker.writes(birth_on="1975-04-04").sends()
    expect(worker.problem_at("birth_on")).to_contain_text("few have children")
    worker.writes(sure="registry.child_unlikely").sends()
    told(worker, "The correction is saved.")


def test_nothing_happens_before_birth_or_after_death(enter: Enter, node: Served) -> None:
    (record,) = live_here(node, Neighbour("西门长", birth_on="1950-05-05"))
    worker = opens(enter("village"), record)
    # Given a death before birth, then one that is plausible
    follows(worker, "Died").writes(on="1949-12-31").sends()
    expect(worker.problem_at("on")).to_contain_text("1949-12-31 is before the day of birth, 1950-05-05.")
    worker.writes(on="2025-02-03").sends()
    told(worker, "The death is recorded.")
    # when something is said to have happened afterwards, from a page that was open meanwhile, then it is refused
    for page, fields in (("move-out", {"destination": "郑州"}), ("marriage", {"spouse_name": "Maria Silva"})):
        worker.goes_to(f"{record}{page}/").writes(on="2025-02-04", **fields).sends()
        expect(worker.problem_at("on")).to_contain_text("2025-02-04 is after the day of death, 2025-02-03.")
    # and a second death too
    worker.goes_to(f"{record}death/").writes(on="2025-02-04").sends()
    expect(worker.page.locator(".app-summary")).to_contain_text("The death on 2025-02-03 is already recorded.")
