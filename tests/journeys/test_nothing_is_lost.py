# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody typed is kept, and what was sent is taken once, whatever happens in between."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.officer import Enter, Officer, today
from tests.lib.served import Served

AWAY_FOR_AN_HOUR = """
from importlib import import_module
from django.conf import settings
from jiahe.staff import session
kept = import_module(settings.SESSION_ENGINE).SessionStore(sys.argv[1])
kept[session.SEEN] -= 3600
kept.save()
"""
NAMED = """
from jiahe.registry.models import Person
print(Person.objects.filter(full=sys.argv[1]).count())
"""


def count(node: Served, name: str) -> int:
    """How many people of that name the register holds."""
    return int(node.beside(NAMED, name))


def is_away_for_an_hour(officer: Officer, node: Served) -> None:
    """The session was last used an hour ago: as if the clock had gone on."""
    session = next(one["value"] for one in officer.context.cookies() if one["name"] == "sessionid")
    node.beside(AWAY_FOR_AN_HOUR, session)


def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(enter: Enter, node: Served) -> None:
    # Given a worker in the middle of a birth, whose session meanwhile ends
    worker = enter().signs_in("village").goes_to("/people/birth/")
    worker.writes(name="公孙长夜", surname="公孙", sex="male", on="2026-11-02", certificate="C410000123")
    written = worker.typed()
    is_away_for_an_hour(worker, node)
    # when he sends it, he is asked to sign in again
    worker.sends()
    expect(worker.control("login")).to_be_visible()
    worker.gives_password("village")
    # then he is back on the form, everything he typed is there, and he is told why
    worker.page.wait_for_url("**/people/birth/")
    expect(worker.page.get_by_role("status").filter(has_text="What you had typed is here again")).to_be_visible()
    assert worker.typed() == written
    assert count(node, "公孙长夜") == 0
    # and once sent, it is registered once, and the form is empty the next time
    worker.sends()
    expect(worker.heading).to_contain_text("公孙长夜")
    assert count(node, "公孙长夜") == 1
    expect(worker.goes_to("/people/birth/").control("name")).to_have_value("")


def test_a_form_sent_twice_is_taken_once(enter: Enter, node: Served) -> None:
    # Given a worker whose finger is nervous: he presses the button twice at once
    worker = enter("village").goes_to("/people/register/")
    worker.writes(name="闻人双", sex="female", birth_on="1994-02-03", since="2020-01-01")
    worker.page.locator("main .app-buttons button").dblclick()
    expect(worker.heading).to_contain_text("闻人双")
    # and who, not sure of it, goes back and sends the same page again
    twice = enter("village").goes_to("/people/register/")
    twice.writes(name="闻人返", sex="female", birth_on="1994-02-03", since="2020-01-01")
    same = twice.page.locator("main form[method=post]").first.evaluate(
        "form => [form.action || location.href, new URLSearchParams(new FormData(form)).toString()]"
    )
    twice.sends()
    expect(twice.heading).to_contain_text("闻人返")
    record = twice.page.url
    again = twice.page.request.post(
        same[0], data=same[1], headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": same[0]}
    )
    # then he is led to the same record, and each was registered once
    assert again.url == record
    assert [count(node, name) for name in ("闻人双", "闻人返")] == [1, 1]
    # and the page he finds by the browser's back button is a new, empty form, not the old one
    twice.page.go_back()
    expect(twice.control("name")).to_have_value("")


def test_of_two_who_correct_the_same_field_the_second_is_told(enter: Enter, node: Served) -> None:
    # Given a record that a worker and the township's clerk have both open
    worker = enter("village").goes_to("/people/register/")
    worker.writes(name="皇甫同", sex="male", birth_on="1980-05-06", since="2020-01-01", phone="13800000001")
    worker.sends()
    expect(worker.heading).to_contain_text("皇甫同")
    record = worker.page.url.removeprefix(worker.url)
    clerk = enter("township").goes_to(record)
    clerk.writes(purpose="correction").sends()
    for one in (worker, clerk):
        one.page.get_by_role("link", name="Correct", exact=True).click()
        one.page.wait_for_url("**/correct/")
    # when both correct the phone, each another
    worker.writes(phone="13900000002").sends()
    expect(worker.page.get_by_role("status").filter(has_text="The correction is saved.")).to_be_visible()
    clerk.writes(phone="13700000003", why="told by himself").sends()
    # then the second sees what it was, what it is and what he wrote, why nothing was saved, and what he can do
    told = clerk.page.locator(".app-summary")
    for part in ("13800000001", "13900000002", "13700000003", "Nothing of yours was saved", "send the form again"):
        expect(told).to_contain_text(part)
    # and what he typed is still there; sent again, it holds
    expect(clerk.control("phone")).to_have_value("13700000003")
    expect(clerk.control("why")).to_have_value("told by himself")
    clerk.sends()
    expect(clerk.page.locator("main")).to_contain_text("13900000002 → 13700000003")


def test_without_scripts_the_main_path_is_the_same(enter: Enter) -> None:
    # Given a worker and a manager whose browsers run no scripts
    manager = enter(java_script_enabled=False).signs_in("county", "/board/")
    expect(manager.page.locator("[data-live=off]")).to_be_visible()
    births = int(manager.figure("births").inner_text().replace(",", ""))
    worker = enter(java_script_enabled=False).signs_in("village", "/people/")
    # when a birth is registered
    worker.page.locator("main").get_by_role("link", name="Register a birth").click()
    worker.writes(name="尉迟素", sex="female", on=today().isoformat()).sends()
    expect(worker.heading).to_contain_text("尉迟素")
    # then the board has it as soon as it is asked again
    manager.page.get_by_role("link", name="Refresh").click()
    expect(manager.figure("births")).to_have_text(f"{births + 1:,}")
    # and the menus open, and a mistake is told
    manager.page.locator("summary", has_text="English").click()
    manager.page.get_by_role("link", name="繁體中文").click()
    expect(manager.page.locator("html")).to_have_attribute("lang", "zh-Hant")
    worker.goes_to("/people/birth/").writes(name="尉迟素", on="2099-01-01", sex="female").sends()
    expect(worker.problem_at("on")).to_contain_text("lies in the future")
