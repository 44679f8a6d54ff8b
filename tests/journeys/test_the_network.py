# SPDX-License-Identifier: AGPL-3.0-or-later
"""A township whose cable is pulled goes on working, and when it is put back all three levels agree within seconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Locator, expect

from jiahe.node.demo.branches import CITY, COUNTY, NORTH
from tests.journeys.axe import violations
from tests.journeys.neighbours import opens, row, told
from tests.journeys.officer import VILLAGE, Officer, watch
from tests.lib.networked import address, networked
from tests.prove.lib.branches import Site

PEOPLE = 300
PATIENCE = 30_000
"""Milliseconds that a browser waits for what comes over the network, on a machine with other work."""
BETWEEN = 300


class Comes(Protocol):
    """Somebody comes to a browser at a node, and signs in."""

    def __call__(self, node: str, username: str) -> Officer: ...


@pytest.fixture(scope="module")
def network() -> Iterator[Site]:
    """A city, a county and a township."""
    with networked(people=PEOPLE) as site:
        yield site


@pytest.fixture
def comes(browser: Browser, network: Site) -> Iterator[Comes]:
    """Nobody's browser may have complained in the end."""
    came: list[Officer] = []

    def one(node: str, username: str) -> Officer:
        context = browser.new_context(locale="en-GB", reduced_motion="reduce")
        officer = Officer(context, context.new_page(), address(network, node))
        watch(officer)
        came.append(officer)
        return officer.signs_in(username)

    yield one
    for officer in came:
        officer.context.close()
    assert [complaint for officer in came for complaint in officer.complaints] == []


def registers(officer: Officer, name: str, **more: str) -> str:
    """Somebody who lives in the village is entered; the address of the record."""
    officer.goes_to("/people/register/")
    officer.writes(name=name, sex="female", birth_on="1968-07-07", since="2010-01-01", **more).sends()
    expect(officer.heading).to_contain_text(name)
    return officer.page.url.removeprefix(officer.url)


def corrects_phone(officer: Officer, record: str, phone: str) -> None:
    """Another phone is written into the record."""
    opens(officer, record, "correction", "asked by the family")
    officer.goes_to(f"{record}correct/").writes(phone=phone).sends()
    told(officer, "The correction is saved.")


def receives(window: Officer, name: str) -> str:
    """A case is opened with all its documents, and accepted; its address."""
    window.goes_to("/window/new/special_support/").writes(applicant_text=name)
    window.page.get_by_role("button", name="Find").click()
    for document in window.page.locator("main [name=documents]").all():
        document.check()
    window.page.get_by_role("button", name="Receive").click()
    told(window, "The case is received. Print the receipt.")
    found = re.search(r"/window/cases/[0-9a-f-]+/", window.page.url)
    assert found, window.page.url
    window.goes_to(f"{found[0]}accept/").sends()
    return found[0]


def looked_at_until(officer: Officer, where: str, there: Callable[[Officer], Locator]) -> None:
    """The page is loaded again until something is there: it comes over the network."""
    officer.goes_to(where)
    for _ in range(PATIENCE // BETWEEN):
        if there(officer).count():
            return
        officer.page.wait_for_timeout(BETWEEN)
        officer.goes_to(where)
    expect(there(officer)).not_to_have_count(0)


def residents(city: Officer) -> int:
    """What the city's board says."""
    return int(city.figure("residents").inner_text().replace(",", ""))


def is_well(officer: Officer) -> None:
    """The open page of the network comes to say so by itself."""
    expect(officer.page.locator("#figures .alert-success")).to_contain_text("All is well", timeout=PATIENCE)
    assert violations(officer.page) == []


def test_a_township_cut_off_works_on_and_all_agree_when_the_cable_is_back(comes: Comes, network: Site) -> None:
    # Given 令狐长安, whom township and county know, and three nodes that say they are well
    township, steward, city = comes(NORTH, "township"), comes(COUNTY, "steward"), comes(CITY, "city")
    record = registers(township, "令狐长安", area=VILLAGE, phone="13900000001")
    looked_at_until(steward, record, lambda at: at.heading.filter(has_text=re.compile("令狐长安|Why")))
    clerk = comes(NORTH, "township").goes_to("/network/")
    is_well(clerk)
    before = residents(city.goes_to("/board/"))
    # When the cable is pulled, the township goes on: a newcomer, a birth, a case that is accepted and looked at
    clerk.page.get_by_role("button", name="Pull the cable").click()
    told(clerk, "Nothing is lost")
    worker, window = comes(NORTH, "village"), comes(NORTH, "window")
    registers(township, "东方新来", area=VILLAGE)
    worker.registers_birth("东方晓月")
    case = receives(window, "令狐长安")
    township.goes_to(f"{case}decide/").writes(outcome="reviewed").sends()
    told(township, "It is decided.")
    # and while it corrects a phone, somebody at the county corrects the same
    corrects_phone(township, record, "13900000002")
    corrects_phone(steward, record, "13900000003")
    # Then its page says what waits, without alarm; nothing of it is at the county, or counted in the city
    expect(clerk.page.locator("#figures .alert-info")).to_contain_text("still on its way", timeout=PATIENCE)
    assert violations(clerk.page) == []
    assert steward.goes_to("/people/").finds("东方新来").count() == 0
    assert residents(city) == before
    # When the cable is put back
    clerk.page.get_by_role("button", name="Put it back").click()
    told(clerk, "The cable is back")
    # then within seconds the city's open board counts both, and the county has the person and the case on its desk
    expect(city.figure("residents")).to_have_text(f"{before + 2:,}", timeout=PATIENCE)
    manager = comes(COUNTY, "county")
    looked_at_until(manager, case, lambda at: at.page.get_by_role("link", name="Decide this step"))
    assert steward.finds("东方新来").count() == 1
    # and the two phones lie with whoever cares for her, where one click decides for all
    looked_at_until(worker, "/people/conflicts/", lambda at: row(at, "令狐长安"))
    for phone in ("13900000002", "13900000003"):
        expect(row(worker, "令狐长安")).to_contain_text(phone)
    looked_at_until(steward, "/people/conflicts/", lambda at: row(at, "令狐长安"))
    row(worker, "令狐长安").get_by_role("button", name="Keep").click()
    told(worker, "Decided.")
    looked_at_until(steward, "/people/conflicts/", lambda at: at.page.locator("main:not(:has(tbody tr))"))
    # and every node says that it is well, holds what the others hold, and finds nothing wrong with what it holds
    for each in (clerk, manager.goes_to("/network/"), city.goes_to("/network/")):
        is_well(each)
    network.converge(60)
    assert network.differences() == []
    with ThreadPoolExecutor() as pool:
        for code, said in pool.map(lambda name: network.typed(name, "fsck"), network.names):
            assert code == 0, said
