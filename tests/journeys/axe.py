# SPDX-License-Identifier: AGPL-3.0-or-later
"""axe-core on a page, in light and in dark; and a walk over every kind of page an account can reach."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

from tests.journeys.officer import Officer

SOURCE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# nothing but colours differs in the dark, so only the rules about colours are asked again
_RUN = """async () => {
    const usual = {resultTypes: ["violations"], preload: false};
    const ask = async (options) => (await axe.run(document, {...usual, ...options})).violations;
    const root = document.documentElement;
    // an open menu covers what is under it, so only its own targets are measured then
    const open = document.querySelector("details[data-menu][open]");
    const found = {light: await ask({rules: {"target-size": {enabled: !open}}})};
    if (open) found.light.push(...(await axe.run(open, {runOnly: ["target-size"]})).violations);
    const chosen = root.dataset.bsTheme;
    root.dataset.bsTheme = "dark";
    try {
        found.dark = await ask({runOnly: ["color-contrast", "link-in-text-block"]});
    } finally {
        if (chosen) root.dataset.bsTheme = chosen; else delete root.dataset.bsTheme;
    }
    return Object.entries(found).flatMap(([theme, rules]) => rules.flatMap((rule) => rule.nodes.map(
        (node) => `${theme} ${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`)));
}"""
_SEES_THE_SYSTEM_DARK = """async () => (await axe.run(document, {runOnly: ["color-contrast", "link-in-text-block"]}))
    .violations.flatMap((rule) => rule.nodes.map((node) => `system dark ${rule.id}: ${node.target.join(" ")}`))"""
# an element with those it stands in, as far as a rule can tell it from others: not which words, but whether any
_PIECES = """() => {
    const known = new Map(), telling = /^(class|role|type|lang|tabindex|scope|aria-(?!(label|describe|control|owns)))/;
    const number = (text) => [...text].reduce((sum, sign) => (sum * 31 + sign.codePointAt()) % 281474976710597, 7);
    for (const element of document.querySelectorAll("*")) {
        const said = [...element.attributes].map((each) => each.name + (telling.test(each.name) ? each.value : ""));
        const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        const within = known.get(element.parentElement);
        known.set(element, number([within, element.tagName, words, ...said.sort()].join(" ")));
    }
    return [...new Set(known.values())];
}"""
_BY_LEVEL = {"indicators:board", "places:area"}
_LEADS_ON = {"node:home", "indicators:board"}
"""Without an area these lead to, or show, what other addresses do; no need to look twice."""
_FILES = ("/journal/checkpoint/", "/static/")
_SHEETS = (".xlsx", ".csv")
_FILLED = "main form[method=post] :is(input[type=text], input[type=date], textarea)[required]"


def at_hand(officer: Officer) -> Officer:
    """Whoever looks at many pages has axe come with each that he opens: it is there at a fifth of the time."""
    officer.context.add_init_script(script=_source())
    return officer


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, light and dark: where, which rule, why. axe can stumble over what goes
    away while it looks; then, and for no other error, the page is looked at once more."""
    _bring(page)
    try:
        found = page.evaluate(_RUN)
    except Error as error:
        if "Cannot read properties of null" not in error.message:
            raise
        found = page.evaluate(_RUN)
    return [f"{urlsplit(page.url).path}: {each}" for each in found]


def violations_by_night(page: Page) -> list[str]:
    """What axe finds where nobody chose, and the reader's system is dark."""
    page.emulate_media(color_scheme="dark")
    _bring(page)
    found = page.evaluate(_SEES_THE_SYSTEM_DARK)
    page.emulate_media(color_scheme="light")
    return [f"{urlsplit(page.url).path}: {each}" for each in found]


def pieces(page: Page) -> set[int]:
    """What the page is made of, so that a second one of its kind is told from the first; a list counts once, however
    long it is."""
    return set(page.evaluate(_PIECES))


def walk(officer: Officer, *starts: str) -> Iterator[str]:
    """Open one page of each kind that links lead to from these addresses; the kind of each, while it is shown.

    A kind is a URL pattern, for what is told by area also the level.
    """
    seen: set[str] = set()
    waiting = deque([*starts, *_links(officer.goes_to("/"))])
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if not kind or kind in seen:
            continue
        seen.add(kind)
        officer.goes_to(address)
        waiting.extend(_links(officer))
        yield kind


def is_refused(officer: Officer) -> bool:
    """Send the form of the page empty, if it has one that must then be refused; whether it was."""
    fields = officer.page.locator(_FILLED)
    if not fields.count():
        return False
    fields.evaluate_all("fields => fields.forEach((field) => { field.value = '' })")
    officer.sends()
    officer.page.locator(".app-summary").wait_for()
    return True


def kind_of(address: str) -> str:
    """The URL pattern of an address of ours, with the level of its area; empty for files and what is elsewhere."""
    path = urlsplit(address).path
    if not path.startswith("/") or path.startswith(_FILES) or path.endswith(_SHEETS):
        return ""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    code = str(found.kwargs.get("code") or found.kwargs.get("area") or "")
    if code and found.view_name in _BY_LEVEL:
        return f"{found.view_name} {len(code)}"
    return "" if found.view_name in _LEADS_ON else found.view_name


def _links(officer: Officer) -> list[str]:
    """Where the page leads to on this node."""
    found = officer.page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    return [address.removeprefix(officer.url) for address in found if address.startswith(officer.url)]


def _bring(page: Page) -> None:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())


@cache
def _source() -> str:
    return SOURCE.read_text("utf-8")
