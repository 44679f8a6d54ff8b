# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who lives here, by sex and age: changes while one looks, leads down to a village, and is a table without scripts."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.officer import VILLAGE, Enter, Officer


def number(officer: Officer, name: str) -> int:
    """A figure of the page."""
    return int(officer.figure(name).inner_text().replace(",", ""))


def test_a_girl_born_in_a_village_is_in_the_open_pyramid_of_the_county(enter: Enter) -> None:
    # Given the county manager, who has come from the board to sex and age
    manager = enter("county").goes_to("/board/")
    manager.page.get_by_role("link", name="Sex and age").click()
    expect(manager.page.locator("[data-live=on]")).to_be_visible()
    expect(manager.page.locator("[data-chart] canvas")).to_be_visible()
    girls, everybody = number(manager, "age.0.female"), number(manager, "age.sum.both")
    drawn = manager.page.locator("#pyramid-option").inner_text()
    manager.page.evaluate("window.neverReloaded = true")
    # when a village worker registers a birth
    enter("village").registers_birth("澹台初夏")
    # then the table and the chart above it change by themselves
    expect(manager.figure("age.0.female")).to_have_text(f"{girls + 1:,}")
    expect(manager.figure("age.sum.both")).to_have_text(f"{everybody + 1:,}")
    expect(manager.page.locator("#pyramid-option")).not_to_have_text(drawn)
    expect(manager.page.locator("[data-chart] canvas")).to_be_visible()
    assert manager.page.evaluate("window.neverReloaded")


def test_one_goes_down_to_a_village_without_scripts(enter: Enter) -> None:
    # Given a manager whose browser runs no scripts
    manager = enter("county", java_script_enabled=False).goes_to("/board/411723/population/")
    together = number(manager, "age.sum.both")
    assert together == number(manager, "residents") == number(manager, "sum.residents")
    parts = manager.page.locator(".card:has(#parts-title) tbody tr")
    assert sum(int(part.locator("td").first.inner_text().replace(",", "")) for part in parts.all()) == together
    # when he goes down, to the township, to the village
    for code in (VILLAGE[:9], VILLAGE):
        manager.page.locator(f'main a[href*="/board/{code}/population/"]').click()
    # then the village is told in the same groups, and nothing lies below it
    expect(manager.page.locator("#pyramid-title")).to_be_visible()
    assert manager.page.locator(".board-ages tbody tr").count() == 18
    assert manager.page.locator("#parts-title").count() == 0
    # and the moves of the same area and month are one step away
    manager.page.get_by_role("link", name="Moves", exact=True).click()
    assert f"/board/{VILLAGE}/moves/" in manager.page.url
    expect(manager.heading).to_be_visible()
