# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody without an account, on a telephone: the guide, a complaint, its receipt, withdrawing, a rating."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.officer import Enter
from tests.journeys.test_for_everyone import overflow


def test_a_complaint_is_followed_on_a_telephone_by_its_receipt(enter: Enter) -> None:
    stranger = enter(viewport={"width": 360, "height": 740})
    page = stranger.goes_to("/services/").page
    page.get_by_role("link", name="Childcare subsidy").click()
    expect(page.locator(".app-picture-phone svg")).to_be_visible()
    expect(page.locator(".app-picture-wide svg")).to_be_hidden()
    assert not overflow(page)

    page.get_by_role("link", name="Complain or appeal").first.click()
    page.get_by_label("What happened").fill("Nobody was at the counter.")
    page.get_by_role("button", name="Send").click()
    number, code = page.locator("dd.font-monospace").inner_text(), page.locator("dd span.font-monospace").inner_text()
    page.get_by_role("link", name="Follow it").click()
    # the number came after the #: the script filled it in, and took it out of the address
    expect(page.get_by_label("Receipt number")).to_have_value(re.sub(r"\D", "", number))
    assert page.url == f"{stranger.url}/track/"
    page.get_by_label("Last four").fill(code)
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main")).to_contain_text(number)
    assert not overflow(page)

    page.get_by_role("link", name="Withdraw").click()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("link", name="Rate it, if you want to").click()
    expect(page.locator("input:checked")).to_have_count(0)
    page.get_by_label("Fairly satisfied").check()
    page.get_by_role("button", name="Rate", exact=True).click()
    expect(page.locator("main")).to_contain_text("Fairly satisfied")

    page.get_by_role("button", name="Leave").click()
    page.goto(f"{stranger.url}/track/case/")
    expect(page.get_by_role("heading", name="Follow a case")).to_be_visible()
