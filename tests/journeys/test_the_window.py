# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window: told once what is missing, decided by officers who did not receive, rated; and lateness that climbs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.neighbours import Neighbour, live_here, told
from tests.journeys.officer import Enter, Officer
from tests.lib.served import Served

NUMBER = "411723196807070016"
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True}


def case_of(page: Page) -> str:
    """The address of the case that a page is about."""
    found = re.search(r"/window/cases/[0-9a-f-]+/", page.url)
    assert found, page.url
    return found[0]


def decides(officer: Officer, case: str, outcome: str, reason: str = "") -> None:
    """Whoever has the step on his desk says how it came out."""
    officer.goes_to(f"{case}decide/").writes(outcome=outcome, reason=reason).sends()
    told(officer, "It is decided.")


def test_told_once_completed_decided_by_four_and_rated_on_a_telephone(enter: Enter, node: Served) -> None:
    # Given 令狐长安 of the village, who asks for special support and has no account number with him
    live_here(node, Neighbour("令狐长安", "male", "1968-07-07", NUMBER))
    window = enter("window").goes_to("/window/new/special_support/")
    window.writes(applicant_text="令狐长安")
    window.page.get_by_role("button", name="Find").click()
    window.page.locator('[name=documents][value="identity_card"]').check()
    window.page.get_by_role("button", name="Receive").click()
    told(window, "The case is received. Print the receipt.")
    case = case_of(window.page)
    window.goes_to(f"{case}receipt/")
    number, code = window.page.locator("main dd.font-monospace, main dd .font-monospace").all_inner_texts()[:2]
    # when he is told what is missing, then it is all of it, once
    window.goes_to(f"{case}missing/").sends()
    told(window, "The applicant is told.")
    window.goes_to(case)
    expect(window.page.get_by_role("link", name="Tell what is missing")).to_have_count(0)
    # and he reads the same on his telephone, with the code of his receipt
    applicant = enter(**PHONE).goes_to("/track/").writes(number=number, proof=code)
    applicant.page.get_by_role("button", name="Show").click()
    expect(applicant.page.locator("main")).to_contain_text("Number of the account to pay into")
    # when he brings it, the case is accepted, and the promised day is the same on both sides
    window.goes_to(f"{case}brought/").writes(documents="bank_account").sends()
    window.goes_to(f"{case}accept/").sends()
    promised = re.search(r"promised by (\d{4}-\d\d-\d\d)", window.page.locator("main").inner_text())
    assert promised
    applicant.page.reload()
    expect(applicant.page.locator("main")).to_contain_text(promised[1])
    # when the township and the county have looked, whoever looked before cannot decide
    decides(enter("township"), case, "reviewed")
    county = enter("county")
    decides(county, case, "agreed")
    expect(county.page.get_by_role("link", name="Decide this step")).to_have_count(0)
    # but who stands in for him can: two officers have seen it
    second = enter()
    second.signs_in("counter", "/staff/post/")
    second.goes_to("/staff/post/").page.locator("main button", has_text="County manager").click()
    decides(second, case, "granted")
    # then the result is handed over, and he says how he was served, or does not
    window.goes_to(f"{case}deliver/").sends()
    applicant.page.reload()
    expect(applicant.page.locator("main")).to_contain_text("granted")
    applicant.goes_to("/track/case/rate/").writes(score="5").sends()
    expect(applicant.page.locator("main")).to_contain_text("Your rating")
    # and nobody who served him reads it beside the case
    window.goes_to(case)
    expect(window.page.locator("main")).not_to_contain_text("satisfied")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_what_is_overdue_climbs_to_the_county_and_is_answered_for(enter: Enter, node: Served, scripts: bool) -> None:
    # Given the demo's window, where something was not done in time
    county = enter("county", java_script_enabled=scripts).goes_to("/conduct/records/")
    records = county.page.locator("main tbody tr a")
    assert records.count() > 0
    # when the county opens what happened, then the post that held it and its days are there
    records.first.click()
    expect(county.page.locator("main")).to_contain_text("Due")
    # and what nobody has done yet is told in the window's own figures, each with its list
    county.goes_to("/window/board/")
    expect(county.page.locator("#figures")).to_contain_text("Waiting now")
    county.page.locator('[aria-labelledby="backlog"] dd a').first.click()
    expect(county.heading).to_have_text("Cases")
