# SPDX-License-Identifier: AGPL-3.0-or-later
"""A-01: axe finds nothing, on every kind of page, as every role, in every state a page can be in, light and dark."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import at_hand, is_refused, pieces, violations, violations_by_night, walk
from tests.journeys.neighbours import Neighbour, follows, live_here, looks_for, opens, row, told
from tests.journeys.officer import ACCOUNTS, Enter, Officer
from tests.lib.served import Served

pytestmark = pytest.mark.once("postgres")  # which has the time: the other journeys are walked on SQLCipher
PLANTED = """document.querySelector("main").insertAdjacentHTML("beforeend",
    '<input><p class="bg-white">white at night</p><p style="color: red">inline</p>')"""
AGAIN = """const last = document.querySelector("main").lastElementChild; last.after(last.cloneNode(true))"""
OPENS_RECORDS = {"village", "township", "window", "clinic", "county", "steward"}
PAGES = {
    **{"village": 45, "township": 45, "window": 40, "clinic": 25, "county": 20, "steward": 35},
    **{"city": 6, "audit": 10, "admin": 30},
}
"""The least number of kinds of pages each walk is to see."""
EVERY_ROLE = bool(os.environ.get("AXE_EVERY_ROLE"))
"""`./jiahe prove axe` looks at each page of every walk; the suite, for its ten minutes, at the first of a kind and at
those that hold something which no page before them held."""


@pytest.fixture
def enter(enter: Enter) -> Enter:
    """Somebody who brings axe along."""
    return lambda *args, **options: at_hand(enter(*args, **options))


@dataclass
class LookedAt:
    """The kinds of pages and their pieces that were looked at, whoever saw them."""

    kinds: set[str] = field(default_factory=set)
    pieces: set[int] = field(default_factory=set)

    def is_news(self, kind: str, page: Page) -> bool:
        """Whether this page is to be looked at; from now on it was."""
        here = pieces(page)
        news = kind not in self.kinds or not here <= self.pieces
        self.kinds.add(kind)
        self.pieces |= here
        return news


@pytest.fixture(scope="module")
def looked_at() -> LookedAt:
    """By all walks together."""
    return LookedAt()


@pytest.fixture(scope="module")
def refused() -> set[str]:
    """The kinds of pages whose form was seen refused; once is enough, whoever sent it."""
    return set()


@pytest.mark.parametrize("username", ACCOUNTS)
def test_axe_finds_nothing_on_any_page_and_any_refused_form_of(
    enter: Enter, looked_at: LookedAt, refused: set[str], username: str
) -> None:
    # Given somebody of this role, who has opened a record if the role may
    officer = enter(username)
    found: list[str] = []
    starts: list[str] = []
    if username in OPENS_RECORDS:
        officer.goes_to("/people/")
        officer.page.locator("main tbody a").first.click()
        found += violations(officer.page)
        starts = [opened(officer)]
    # when one page of each kind is opened, and its form sent empty, then axe has nothing to say
    kinds = []
    for kind in walk(officer, *starts):
        kinds.append(kind)
        if EVERY_ROLE or looked_at.is_news(kind, officer.page):
            found += violations(officer.page)
        if kind not in refused and is_refused(officer):
            refused.add(kind)
            found += violations(officer.page)
    assert found == []
    assert len(kinds) >= PAGES[username], kinds


def opened(officer: Officer) -> str:
    """Say why, if it was not said before; the address of the record."""
    expect(officer.heading).to_be_visible()
    if officer.control("purpose").count():
        officer.writes(purpose="correction", reason="To look at every page").sends()
    officer.page.wait_for_selector("#history")
    return officer.page.url.removeprefix(officer.url)


def test_axe_finds_nothing_where_nobody_is_signed_in_and_where_something_is_wrong(enter: Enter) -> None:
    stranger = enter()
    found = violations(stranger.goes_to("/staff/sign-in/").page)
    stranger.writes(login="nobody", password="nothing at all").sends()
    stranger.page.locator(".app-summary").wait_for()
    found += violations(stranger.page)
    worker = enter("village")
    for address, said in (
        ("/nowhere/", "There is nothing here."),
        ("/journal/", "This page is not part of your post."),
        ("/board/411722/", "outside"),
        ("/board/?period=whenever", "period"),
        ("/people/?page=broken", "cannot be opened"),
    ):
        expect(worker.goes_to(address).page.locator("main")).to_contain_text(said)
        found += violations(worker.page)
    assert found == []


def test_axe_finds_nothing_on_what_is_asked_back_compared_and_decided(enter: Enter, node: Served) -> None:
    # Given a double, two corrections that did not see each other, a mother of nine, and a household without a head
    kept, _gone, *_others = live_here(
        node,
        Neighbour("南宫影", birth_on="1966-06-06", phone="13644440001", unseen=("13644440002", "13644440003")),
        Neighbour("南宫影", birth_on="1966-06-06", phone="13644440003"),
        Neighbour("南宫早", "female", "2011-03-03"),
    )
    node.ask("link")
    worker = opens(enter("village"), kept)
    found = violations(worker.goes_to("/people/conflicts/").page)
    worker.goes_to("/people/register/").writes(name="南宫影", sex="male", birth_on="1966-06-06", since="2020-01-01")
    found += violations(worker.sends().page)
    worker.goes_to("/people/birth/").writes(name="南宫小", sex="male", on="2020-09-01")
    looks_for(worker, mother="南宫早")
    expect(worker.control("sure")).to_be_visible()
    found += violations(worker.page)
    follows(worker.goes_to(kept), "Form a household").writes(on="2020-01-01").sends()
    home = worker.page.url.removeprefix(worker.url)
    for kind in ("join", "relations", "leave", "split", "move", "merge"):
        found += violations(worker.goes_to(f"{home}{kind}/").page)
    worker.page.locator("main tbody a").first.click()
    found += violations(worker.page)
    # when the steward compares, refuses nothing, merges, and undoes, then axe has nothing to say
    steward = enter("steward").goes_to("/people/doubles/")
    row(steward, "南宫影").get_by_role("button", name="Compare").click()
    steward.page.wait_for_url("**/doubles/*/*/")
    found += violations(steward.page) + violations_by_night(steward.page)
    steward.writes(kept=kept.split("/")[2]).sends()
    told(steward, "The two records are one.")
    follows(opens(steward, kept, reason="to look"), "a phone").writes(number="13644440009").sends()
    found += violations(steward.page)
    steward.page.get_by_role("link", name="They are two people: undo").click()
    found += violations(steward.page)
    for page in ("held/", "held/erase/"):
        found += violations(opens(enter("county"), kept, reason="to look").goes_to(f"{kept}{page}").page)
    assert found == []


def test_axe_finds_nothing_on_empty_lists_messages_and_what_was_found(enter: Enter) -> None:
    worker = enter("village")
    worker.finds("kkkkkkkkkk")
    expect(worker.page.get_by_role("heading", name="Nobody found")).to_be_visible()
    found = violations(worker.page)
    worker.registers_birth("端木安")
    expect(worker.page.locator("main [role=status]")).to_be_visible()
    found += violations(worker.page)
    assert worker.finds("端木").count() == 1
    found += violations(worker.page)
    worker.goes_to("/people/birth/").writes(name="端木宁", sex="male", on="2026-11-01", mother_text="duanmu").sends()
    expect(worker.control("mother").first).to_be_visible()
    found += violations(worker.page)
    clerk = enter("township")
    for address in ("/people/reassign/", "/people/conflicts/", "/people/events/?kind=died&area=411723101200"):
        found += violations(clerk.goes_to(address).page)
    for address in ("/places/areas/?q=zzzz", "/places/areas/?q=Yangbu", "/places/areas/411723101/?on=1949-10-01"):
        found += violations(clerk.goes_to(address).page)
    assert found == []


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_axe_finds_nothing_on_a_phone_with_menus_open_and_by_night(enter: Enter, language: str) -> None:
    found = []
    manager = enter("county", viewport={"width": 390, "height": 844}).goes_to(f"/board/?language={language}")
    manager.page.locator("details.board-numbers summary").click()
    for menu in manager.page.locator("details[data-menu]").all():
        menu.locator("summary").click()
        found += violations(manager.page)
    found += violations_by_night(manager.page)
    worker = enter("village", viewport={"width": 390, "height": 844}).goes_to("/people/register/")
    worker.sends().page.locator(".app-summary").wait_for()
    found += violations_by_night(worker.page)
    found += violations_by_night(worker.goes_to("/people/").page)
    assert found == []


def test_axe_and_the_watch_find_what_is_planted(enter: Enter) -> None:
    stranger = enter().goes_to("/staff/sign-in/")
    before = pieces(stranger.page)
    stranger.page.evaluate(AGAIN)
    assert pieces(stranger.page) == before
    stranger.page.evaluate(PLANTED)
    assert pieces(stranger.page) > before
    found = "\n".join(violations(stranger.page))
    assert "light label: " in found
    assert "dark color-contrast: " in found
    assert any("Content Security Policy" in complaint for complaint in stranger.complaints)
    stranger.complaints.clear()
