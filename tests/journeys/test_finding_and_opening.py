# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person is found by whatever is at hand; the record opens to who says why, and shows who opened it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.officer import Enter, Officer

NUMBER = "41172319921012058X"


@pytest.fixture
def clerk(enter: Enter) -> Officer:
    """A township clerk in whose area 赫连晓莺 is registered."""
    officer = enter("township")
    if officer.finds("赫连晓莺").count() == 0:
        officer.goes_to("/people/register/")
        officer.writes(name="赫连晓莺", surname="赫连", sex="female", birth_on="1992-10-12", since="2020-01-01")
        officer.writes(identity_number=NUMBER, area="411723101200", phone="13811112222").sends()
        expect(officer.heading).to_contain_text("赫连晓莺")
    return officer


def test_somebody_is_found_by_name_pinyin_and_the_end_of_a_number(clerk: Officer) -> None:
    for text in ("赫连晓莺", "赫連曉鶯", "赫连", "晓莺", "helianxiaoying", "He Lian", "hlxy", NUMBER, "058X", "2222"):
        found = clerk.finds(text)
        expect(found.filter(has_text="赫连晓莺"), text).to_have_count(1)
        assert clerk.page.url == clerk.url + "/people/search/"  # nothing personal in the address


def test_a_record_opens_to_who_says_why_and_shows_who_opened_it(clerk: Officer, enter: Enter) -> None:
    # Given a worker who finds somebody whose record he has not opened
    worker = enter("village")
    worker.finds("赫连晓莺").first.click()
    # then nothing of it is shown before he says why; another purpose must be put into words
    expect(worker.control("purpose").first).to_be_visible()
    expect(worker.page.locator("main")).not_to_contain_text("13811112222")
    worker.writes(purpose="other").sends()
    expect(worker.problem_at("reason")).to_contain_text("A reason is needed.")
    # when he says why, then the record opens, without the whole identity number,
    worker.writes(purpose="other", reason="她来取证").sends()
    expect(worker.page.locator("main")).to_contain_text("13811112222")
    expect(worker.page.locator("main")).not_to_contain_text(NUMBER)
    # and whoever opens it later sees that he did, and why
    record = worker.page.url.removeprefix(worker.url)
    manager = enter("county").goes_to(record)
    manager.writes(purpose="audit", reason="抽查第三季度").sends()
    opened = manager.page.locator("section", has=manager.page.locator("#opened")).locator("tbody tr")
    expect(opened.filter(has_text="王秀兰").filter(has_text="她来取证")).to_have_count(1)
    expect(opened.filter(has_text="To audit")).to_have_count(1)
