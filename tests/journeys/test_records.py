# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records of people: who is whose, what is known beside, two that are one and two again, who looked, what is held."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.neighbours import Neighbour, follows, live_here, looks_for, opens, row, told
from tests.journeys.officer import Enter, Officer
from tests.lib.served import Served


def test_a_marriage_a_divorce_an_adoption_a_guardian(enter: Enter, node: Served) -> None:
    # Given a man, a woman, a child and an aunt
    groom, bride, child, _aunt = live_here(
        node,
        Neighbour("公冶长生", birth_on="1985-01-01"),
        Neighbour("百里春华", "female", "1986-02-02"),
        Neighbour("百里小雨", "female", "2018-03-03"),
        Neighbour("百里秋实", "female", "1980-04-04"),
    )
    worker = opens(enter("village"), groom)
    # when they marry, each is found and chosen, and it stands in both records, with its day
    follows(worker, "Record a marriage").writes(on="2019-05-20")
    looks_for(worker, spouse="百里春华")
    told(worker, "The marriage is recorded.")
    expect(worker.page.locator("main dd", has_text="2019-05-20")).to_contain_text("百里春华")
    expect(opens(worker, bride).page.locator("main dd", has_text="2019-05-20")).to_contain_text("公冶长生")
    # when they adopt the child, it has two parents more
    follows(opens(worker, child), "Record an adoption").writes(on="2021-06-01")
    looks_for(worker, first="公冶长生", second="百里春华")
    told(worker, "The adoption is recorded.")
    expect(worker.page.locator("dt", has_text="Adoptive parents").locator("+ dd")).to_have_text(
        re.compile("(公冶长生 百里春华|百里春华 公冶长生)")
    )
    # when they part, neither is married
    follows(worker.goes_to(bride), "Record a divorce").writes(on="2024-07-01").sends()
    told(worker, "The divorce is recorded.")
    for record in (bride, groom):
        expect(worker.goes_to(record).page.locator("main")).to_contain_text("not by this record")
    # and when the aunt becomes the child's guardian, the child's record says so, until nobody is any more
    follows(worker.goes_to(child), "Record a guardian").writes(on="2024-08-01")
    looks_for(worker, guardian="百里秋实")
    expect(worker.page.locator("dt", has_text="Guardian").locator("+ dd")).to_have_text("百里秋实")


def test_another_name_a_document_and_a_phone_are_added_and_taken_back(enter: Enter, node: Served) -> None:
    (record,) = live_here(node, Neighbour("东郭先"))
    worker = opens(enter("village", java_script_enabled=False), record)
    for link, fields, label in (
        ("a name", {"name": "东郭小宝", "kind": "former"}, "Former name"),
        ("a document", {"kind": "passport", "number": "E88776655"}, "Passport"),
        ("a phone", {"number": "13922223333", "whose": "邻居"}, "Phone"),
    ):
        # When it is added, the record shows it
        follows(worker, link).writes(**fields).sends()
        told(worker, "It is recorded.")
        expect(_taken_back(worker, label)).to_be_visible()
    assert worker.finds("dong guo xiao bao").all_inner_texts() == ["东郭先"]
    assert worker.finds("3333").count() == 1
    # and when it is taken back, it is neither shown nor found
    for label in ("Former name", "Passport", "Phone"):
        _taken_back(worker.goes_to(record), label).click()
        worker.writes(reason="It was somebody else's.").sends()
        told(worker, "It is taken back.")
    expect(worker.page.get_by_role("link", name="take back")).to_have_count(0)
    assert worker.finds("dong guo xiao bao").count() == 0


def _taken_back(worker: Officer, label: str) -> Locator:
    """The link that takes an entry of this kind back."""
    return worker.page.get_by_role("link", name=re.compile(f"^take back ?: {label}$"))


def test_two_records_become_one_and_two_again_and_others_stay_two(enter: Enter, node: Served) -> None:
    # Given somebody registered twice, and two sisters-in-law of one name, as the last pass over the register found them
    kept, gone, _one, _other = live_here(
        node,
        Neighbour("太叔云山", birth_on="1971-01-02", phone="13611110001"),
        Neighbour("太叔雲珊", birth_on="1971-01-02", phone="13611110001"),
        Neighbour("申屠美玉", "female", "1975-03-04", phone="13611110003"),
        Neighbour("申屠美玉", "female", "1975-03-04"),
    )
    linked = node.ask("link")
    assert linked.returncode == 0, linked.stderr
    steward = enter("steward").goes_to("/people/doubles/")
    # when the steward compares the two, and says that it is one, with the name of the other
    row(steward, "太叔云山").get_by_role("button", name="Compare").click()
    expect(steward.heading).to_have_text("Side by side")
    stays, goes = (each.split("/")[2] for each in (kept, gone))
    steward.writes(kept=stays, take_name=goes, why="Both cards were shown.").sends()
    told(steward, "The two records are one.")
    expect(row(steward, "太叔云山")).to_have_count(0)
    # then it is found under either name, once
    for name in ("太叔云山", "太叔雲珊"):
        assert steward.finds(name).count() == 1
    # and what is recorded since goes to the other one, when they turn out to be two after all
    follows(opens(steward, kept, reason="asked by the family"), "a phone").writes(number="13633330009").sends()
    steward.page.get_by_role("link", name="They are two people: undo").click()
    steward.page.locator("main label", has_text="Another phone was recorded.").click()
    steward.writes(reason="They are cousins.").sends()
    told(steward, "They are two records again.")
    expect(steward.heading).to_have_text("太叔云山")
    expect(steward.page.locator("main dl").first).not_to_contain_text("13633330009")
    opens(steward, gone, reason="asked by the family")
    expect(steward.heading).to_have_text("太叔雲珊")
    expect(steward.page.locator("main dl").first).to_contain_text("13633330009")
    # when two others are two people, and he says so, they are not shown together again, even after another pass
    row(steward.goes_to("/people/doubles/"), "申屠美玉").get_by_role("button", name="Compare").click()
    follows(steward, "They are two people").writes(reason="Both were here.").sends()
    told(steward, "They are two people")
    expect(row(steward, "申屠美玉")).to_have_count(0)


def test_whoever_opens_a_record_outside_care_says_why_and_it_is_shown(enter: Enter, node: Served) -> None:
    # Given a steward, whose post cares for nobody
    (record,) = live_here(node, Neighbour("司寇平", phone="13655550001"))
    steward = enter("steward").goes_to(record)
    expect(steward.page.locator(".alert-warning")).to_contain_text("does not care for this person")
    # when he says no more than to serve, the record stays closed
    steward.writes(purpose="service").sends()
    expect(steward.problem_at("reason")).to_contain_text("A reason is needed.")
    expect(steward.page.locator("main")).not_to_contain_text("13655550001")
    # when he says why in words, it opens, and shows that he did
    steward.writes(reason="投诉第十二号").sends()
    expect(steward.page.locator("main")).to_contain_text("13655550001")
    expect(row(steward, "投诉第十二号", "opened")).to_contain_text("outside care")
    # then the supervisor sees who, whose and why, and so does the worker who cares for the person
    manager = enter("county").goes_to("/people/openings/")
    for text in ("周敏", "司寇平", "To serve this person"):
        expect(row(manager, "投诉第十二号")).to_contain_text(text)
    expect(row(opens(enter("village"), record), "投诉第十二号", "opened")).to_contain_text("outside care")


def test_all_that_is_held_is_shown_taken_along_and_forgotten_when_it_may_be(enter: Enter, node: Served) -> None:
    # Given one who left years ago and one who lives here
    left, here = live_here(
        node,
        Neighbour("仲孙远", phone="13677770001", left_on="2015-06-01"),
        Neighbour("仲孙近", phone="13677770002"),
    )
    clerk = opens(enter("township"), left, "own_request", "他来信要求")
    # when he asks, then all is shown, with why what must be kept is kept, and goes along as a file
    follows(clerk, "All that is held")
    expect(row(clerk, "Entered in the register", "entries").locator("td").last).to_have_text("no")
    with clerk.page.expect_download() as coming:
        clerk.page.get_by_role("button", name="As a file").click()
    held = json.loads(Path(coming.value.path()).read_text("utf-8"))
    for text in ("仲孙远", "13677770001", "2015-06-01", "他来信要求"):
        assert text in json.dumps(held, ensure_ascii=False)
    # when he wants to be forgotten, the manager sees to it: it is for good, and he is found no more
    manager = opens(enter("county"), left, "own_request", "他来信要求")
    follows(manager.goes_to(f"{left}held/"), "Erase").writes(ground="PIPL 47")
    manager.control("known").check()
    manager.sends()
    told(manager, "What may be erased is erased.")
    assert manager.finds("仲孙远").count() == 0
    expect(manager.goes_to(left).page.locator("main")).to_contain_text("There is no such person in your area.")
    # and of who lives here, it is refused, and why is said
    follows(opens(manager, here, "own_request", "他来信要求"), "All that is held")
    expect(row(manager, "Entered in the register", "entries")).to_contain_text("kept while they live here")
    expect(manager.page.get_by_role("link", name="Erase")).to_have_count(0)
    manager.goes_to(f"{here}held/erase/").writes(ground="PIPL 47").control("known").check()
    manager.sends()
    expect(manager.page.locator(".app-summary")).to_contain_text("a rule says until when it must be kept")
    assert manager.finds("仲孙近").count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_of_two_corrections_that_did_not_see_each_other_one_click_decides(
    enter: Enter, node: Served, scripts: bool
) -> None:
    # Given two whose phone was corrected on two nodes that had not heard of each other
    names = ("钟离前", "钟离后") if scripts else ("濮阳前", "濮阳后")
    phones = ("13688880001", "13688880002")
    records = live_here(node, *(Neighbour(name, unseen=phones) for name in names))
    worker = enter("village", java_script_enabled=scripts).goes_to("/people/")
    follows(worker, "Decide")
    # when one is restored and one is kept, each with one click, then each record says what was decided
    for name, button in zip(names, ("Restore", "Keep"), strict=True):
        expect(row(worker, name)).to_contain_text(phones[0])
        row(worker, name).get_by_role("button", name=button).click()
        told(worker, "Decided.")
        expect(row(worker, name)).to_have_count(0)
    for record, phone in zip(records, phones, strict=True):
        expect(opens(worker, record).page.locator("main dl").first).to_contain_text(phone)
