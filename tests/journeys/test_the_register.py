# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register in the hands of those who keep it: found at once, nobody twice, households as people think of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.neighbours import Neighbour, follows, live_here, looks_for, opens, row, told
from tests.journeys.officer import Enter, Officer, today
from tests.lib.served import Served

TODAY = today().isoformat()
NUMBER = "411723195003010021"


def test_a_neighbour_with_a_compound_surname_is_found_by_the_keyboard_alone(enter: Enter, node: Served) -> None:
    # Given 欧阳晓岚 of the village, and a worker who never touches the mouse
    live_here(node, Neighbour("欧阳晓岚", "female", "1950-03-01", NUMBER, "13812345678"))
    worker = enter("village").goes_to("/people/")
    keyboard = worker.page.keyboard
    for text in ("欧阳", "歐陽", "ouyang", "OY", "晓岚", "歐陽曉嵐", "ōu yáng xiǎo lán", "oyxl", NUMBER, "5678"):
        # when she types what she has, into the box where the page puts her, and presses Enter
        expect(worker.control("text")).to_be_focused()
        worker.control("text").select_text()
        keyboard.type(text)
        keyboard.press("Enter")
        # then the neighbour is there, with why
        worker.page.wait_for_url("**/people/search/")
        expect(worker.page.locator("main [name=text]"), text).to_have_value(text)
        expect(row(worker, "欧阳晓岚"), text).to_have_count(1)
    expect(row(worker, "欧阳晓岚")).to_contain_text("phone")
    # and two steps of the Tab key lead to the record
    for key in ("Tab", "Tab", "Enter"):
        keyboard.press(key)
    expect(worker.heading).to_have_text("欧阳晓岚")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_who_is_registered_already_is_shown_and_a_namesake_is_registered(
    enter: Enter, node: Served, scripts: bool
) -> None:
    # Given a neighbour who is registered, and a worker who does not know it
    name, other, birth_on = (
        ("淳于秋水", "淳於秋水", "1961-09-09") if scripts else ("淳于长风", "淳於長風", "1962-08-08")
    )
    live_here(node, Neighbour(name, "female", birth_on, phone="13811110000"))
    worker = enter("village", java_script_enabled=scripts).goes_to("/people/register/")
    worker.writes(name=other, sex="female", birth_on=birth_on, since="2020-01-01").sends()
    # when she registers her again, then nothing is registered, and she is shown who is there, and what is alike
    expect(worker.page.locator(".app-summary")).to_contain_text("Somebody much like this is registered already: 1.")
    alike = row(worker, name, "alike")
    expect(alike).to_contain_text("same name")
    expect(alike).to_contain_text("same birth date")
    # and the record opens beside the form, which keeps what was typed
    with worker.page.expect_popup() as opened:
        alike.get_by_role("link").click()
    expect(opened.value.locator("main h1")).to_have_text(name)
    expect(worker.control("name")).to_have_value(other)
    # when it is somebody else after all, and she says so, then there are two
    worker.writes(sure="registry.likely_double").sends()
    told(worker, "The person is registered.")
    expect(worker.heading).to_have_text(other)
    assert worker.finds(name).count() == 2


def household(enter: Enter, node: Served, surname: str, **options: object) -> tuple[Officer, str, list[str]]:
    """A worker at the page of a household of three: a head, his wife, his brother; its address, their records."""
    records = live_here(
        node,
        Neighbour(f"{surname}守田", birth_on="1958-02-03"),
        Neighbour(f"{surname}桂花", "female", "1990-06-07"),
        Neighbour(f"{surname}守业", birth_on="1964-04-05"),
    )
    worker = opens(enter("village", **options), records[0])
    follows(worker, "Form a household").writes(on="2020-01-01", address="三组18号").sends()
    told(worker, "The household is formed.")
    home = worker.page.url.removeprefix(worker.url)
    for name, relation in ((f"{surname}桂花", "spouse"), (f"{surname}守业", "sibling")):
        follows(worker.goes_to(home), "Somebody joins").writes(on="2020-01-01", relation=relation)
        looks_for(worker, person=name)
        expect(row(worker, name, "members")).to_contain_text(relation.capitalize())
    return worker, home, records


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_household_grows_loses_its_head_splits_moves_and_a_change_is_taken_back(
    enter: Enter, node: Served, scripts: bool
) -> None:
    # Given a household of a head, his wife and his brother
    surname = "宇文" if scripts else "长孙"
    worker, home, records = household(enter, node, surname, java_script_enabled=scripts)
    # when his wife has a child, then it belongs to the household
    opens(worker, records[1])
    follows(worker, "Register a birth").writes(name=f"{surname}新苗", sex="female", on=TODAY).writes(
        mother=records[1].split("/")[2]
    ).sends()
    told(worker, "The birth is registered.")
    expect(row(worker.goes_to(home), f"{surname}新苗", "members")).to_contain_text("Child")
    # when the head dies, then the page says that there is none, and leads to where one is named
    follows(opens(worker, records[0]), "Died").writes(on=TODAY).sends()
    told(worker, "The death is recorded.")
    expect(worker.goes_to(home).page.locator(".alert-warning")).to_contain_text("This household has no head.")
    expect(row(worker, f"{surname}守田", "former")).to_contain_text(TODAY)
    follows(worker, "Say who is the head")
    worker.page.get_by_label(f"{surname}桂花").select_option("head")
    worker.writes(on=TODAY).sends()
    expect(row(worker, f"{surname}桂花", "members")).to_contain_text("Head")
    expect(worker.page.locator(".alert-warning")).to_have_count(0)
    # when the brother parts, then there are two households
    follows(worker, "Split the household").writes(on=TODAY, address="五组2号", people=records[2].split("/")[2])
    worker.page.locator("main select[name^=is_]").nth(_place(worker, f"{surname}守业")).select_option("head")
    worker.sends()
    told(worker, "The household is split.")
    expect(row(worker, f"{surname}守业", "members")).to_have_count(0)
    follows(opens(worker, records[2]), "五组2号")
    expect(row(worker, f"{surname}守业", "members")).to_contain_text("Head")
    # when the first moves, and that was an error, then it is where it was
    follows(worker.goes_to(home), "The household moves").writes(on=TODAY, address="九组9号").sends()
    expect(worker.heading).to_have_text("九组9号")
    worker.page.get_by_role("link", name="This did not happen so").click()
    worker.writes(reason="They stay after all.").sends()
    told(worker, "The change is cancelled.")
    expect(worker.goes_to(home).heading).to_have_text("三组18号")
    expect(row(worker, "九组9号", "history")).to_have_count(0)


def _place(worker: Officer, name: str) -> int:
    """Which of the selects of relations is this one's."""
    labels = worker.page.locator("main .app-field:has(select[name^=is_]) > label").all_inner_texts()
    return next(place for place, label in enumerate(labels) if name in label)


def test_a_household_has_one_head_never_two_nor_none(enter: Enter, node: Served) -> None:
    surname = "令狐"
    worker, home, _records = household(enter, node, surname)
    for said, relation, name in (
        ("The household would have more than one head.", "head", f"{surname}桂花"),
        ("The household would have no head.", "other", f"{surname}守田"),
    ):
        follows(worker.goes_to(home), "Head and relations")
        worker.page.get_by_label(name).select_option(relation)
        worker.writes(on=TODAY).sends()
        expect(worker.page.locator(".app-summary")).to_contain_text(said)
    expect(row(worker.goes_to(home), f"{surname}守田", "members")).to_contain_text("Head")
