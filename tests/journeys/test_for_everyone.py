# SPDX-License-Identifier: AGPL-3.0-or-later
"""A-02, A-03 and P-11 in a browser: languages, light and dark, a phone, large letters, a keyboard, a slow line."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.officer import Enter, today

MAIN_PAGES = ("/board/", "/people/", "/people/birth/", "/people/register/", "/people/events/", "/places/areas/")
MAIN_PAGES += (
    "/board/411723101/population/",
    "/board/411723101/moves/",
    "/places/facilities/",
    "/staff/posts/",
    "/staff/duties/",
    "/staff/account/",
    "/nowhere/",
)
ADMIN_PAGES = ("/staff/officers/", "/staff/posts/new/", "/places/areas/411723/", "/places/areas/411723101/split/")
LANGUAGES = {"繁體中文": ("zh-Hant", "人員"), "简体中文": ("zh-Hans", "人员"), "English": ("en", "People")}


def test_the_language_is_changed_on_any_page_and_stays(enter: Enter) -> None:
    clerk = enter("township")
    for address in ("/people/", "/board/?period=2026", "/nowhere/"):
        clerk.goes_to(address)
        for language, (code, people) in LANGUAGES.items():
            clerk.page.locator("header summary", has=clerk.page.locator(".app-word")).click()
            clerk.page.get_by_role("link", name=language, exact=True).click()
            expect(clerk.page.locator("html")).to_have_attribute("lang", code)
            expect(clerk.page.locator("nav.app-side")).to_contain_text(people)
            assert clerk.page.url == clerk.url + address


def test_light_and_dark_are_chosen_or_follow_the_system(enter: Enter) -> None:
    clerk = enter("township").goes_to("/people/")
    body, ground = clerk.page.locator("body"), "body => getComputedStyle(body).backgroundColor"
    light = body.evaluate(ground)
    clerk.page.emulate_media(color_scheme="dark")
    dark = body.evaluate(ground)
    assert dark != light
    for theme, expected in (("Light", light), ("Dark", dark), ("As the system", dark)):
        clerk.page.locator("header summary").last.click()
        clerk.page.get_by_role("link", name=theme, exact=True).click()
        expect(clerk.page.get_by_role("link", name=theme, exact=True, include_hidden=True)).to_have_attribute(
            "aria-current", "true"
        )
        expect(body).to_have_css("background-color", expected)
    clerk.page.emulate_media(color_scheme="light")
    expect(body).to_have_css("background-color", light)


def overflow(page: Page) -> list[str]:
    """What sticks out to the side of the page, if the page scrolls sideways."""
    return page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll("body *")].filter((part) => part.getBoundingClientRect().right > width + 1)
            .map((part) => `${location.pathname}: ${part.tagName} ${part.className}`);
    }""")


@pytest.mark.parametrize(
    ("width", "scale", "language"),
    [(320, 2, "en"), (320, 2, "zh-hant"), (640, 2, "en")],
    ids=["320-px", "320-px-in-chinese", "200-percent-of-1280"],
)
def test_no_page_scrolls_sideways(enter: Enter, width: int, scale: int, language: str) -> None:
    found: list[str] = []
    for username, pages in (("township", MAIN_PAGES), ("admin", ADMIN_PAGES)):
        officer = enter(username, viewport={"width": width, "height": 640}, device_scale_factor=scale)
        for address in pages:
            found += overflow(officer.goes_to(f"{address}?language={language}").page)
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768])
def test_on_a_phone_the_bar_is_one_row_and_its_menus_open_inside_the_screen(enter: Enter, width: int) -> None:
    clerk = enter("township", viewport={"width": width, "height": 640}).goes_to("/staff/duties/")
    menus = [menu for menu in clerk.page.locator("header details").all() if menu.is_visible()]
    boxes = [menu.locator("summary").bounding_box() or {} for menu in menus]
    assert len(boxes) == 4
    assert max(box["y"] for box in boxes) < min(box["y"] + box["height"] for box in boxes)
    for menu in menus:
        menu.locator("summary").click()
        box = menu.locator(".app-menu-list").bounding_box() or {}
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert overflow(clerk.page) == []


def test_letters_of_twice_the_size_lose_nothing(enter: Enter) -> None:
    worker = enter("village", viewport={"width": 1280, "height": 800}).goes_to("/people/birth/")
    worker.page.locator("html").evaluate("root => { root.style.fontSize = '200%' }")
    assert overflow(worker.page) == []
    button = worker.page.locator("main .app-buttons button")
    button.scroll_into_view_if_needed()
    assert button.evaluate("button => button.scrollWidth <= button.clientWidth + 1")


def test_a_birth_is_registered_by_keyboard_alone(enter: Enter) -> None:
    # Given a worker without a mouse
    worker = enter("village").goes_to("/staff/duties/")
    keys, focus = worker.page.keyboard, worker.page.locator(":focus")
    # then the first key leads to the link over the menu to the content
    worker.page.locator("body").press("Tab")
    expect(focus).to_have_text("Skip to content")
    expect(focus).to_be_in_viewport()
    keys.press("Enter")
    expect(worker.page.locator("#main")).to_be_focused()
    # a menu opens by Enter, closes by Escape, and gives the focus back
    worker.goes_to("/staff/duties/")
    tab_to(worker.page, "summary", "English")
    keys.press("Enter")
    expect(worker.page.get_by_role("link", name="繁體中文")).to_be_visible()
    keys.press("Tab")
    keys.press("Escape")
    expect(worker.page.get_by_role("link", name="繁體中文")).to_be_hidden()
    expect(focus).to_contain_text("English")
    # the navigation leads to the form,
    tab_to(worker.page, "nav a", "Register a birth")
    keys.press("Enter")
    worker.page.wait_for_url("**/people/birth/")
    # and the form is filled in, where each stop shows that it has the focus
    for name, typed in (("name", "令狐键"), ("sex", " "), ("on", f"0101{today().year}")):
        tab_to(worker.page, f"[name={name}]")
        outline = focus.evaluate("part => getComputedStyle(part).outlineStyle + getComputedStyle(part).outlineWidth")
        assert re.fullmatch(r"solid[2-9]px", outline), (name, outline)
        if typed == " ":
            keys.press("Space")
        else:
            keys.type(typed)
    tab_to(worker.page, "button", "Register the birth")
    keys.press("Enter")
    expect(worker.heading).to_contain_text("令狐键")


def tab_to(page: Page, part: str, words: str = "") -> None:
    """Press Tab until the part has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f":focus:is({part})", has_text=words).count():
            return
    raise AssertionError(f"Tab never reaches {part} {words}")


@pytest.mark.parametrize("address", ["/board/", "/board/411723/population/", "/board/411723/moves/"])
def test_the_first_page_weighs_no_more_than_200_kilobytes(enter: Enter, address: str) -> None:
    manager = enter("county")
    wire = manager.context.new_cdp_session(manager.page)
    weights: list[float] = []
    wire.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    manager.goes_to(address)
    if not address.endswith("/moves/"):
        expect(manager.page.locator("[data-chart] canvas, [data-chart] svg")).not_to_have_count(0)
    expect(manager.page.locator("[data-live=on]")).to_be_visible()
    assert len(weights) >= 4
    assert sum(weights) <= 200_000, sorted(weights)
