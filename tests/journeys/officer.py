# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody at a browser: what the journeys' people do with their hands, and what their browser complains about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

PASSWORD = "jiahe-demo"
VILLAGE = "411723101200"
ACCOUNTS = ("village", "township", "window", "clinic", "county", "steward", "city", "audit", "admin")


def today() -> date:
    """The day in the county."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


@dataclass
class Officer:
    """A browser with one window, and whoever sits before it."""

    context: BrowserContext
    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def goes_to(self, address: str) -> Officer:
        """Type an address."""
        self.page.goto(self.url + address)
        return self

    def signs_in(self, username: str, address: str = "/") -> Officer:
        """User name and password; whoever holds several posts takes his own."""
        self.goes_to(f"/staff/sign-in/?next={address}")
        self.gives_password(username)
        if self.page.url.endswith("/staff/post/"):
            self.page.locator("main button[name=post], main button[type=submit]").first.click()
        return self

    def gives_password(self, username: str) -> None:
        """On the page that asks for it."""
        self.writes(login=username, password=PASSWORD)
        self.sends()

    def writes(self, **fields: str) -> Officer:
        """Fill fields by their names; choices by their values."""
        for name, value in fields.items():
            self.control(name).first.wait_for(state="attached")
            match self.control(name).first.get_attribute("type"), value:
                case (("radio" | "checkbox"), _):
                    self.page.locator(f'main [name="{name}"][value="{value}"]').check()
                case _ if self.control(name).evaluate("control => control.tagName") == "SELECT":
                    self.control(name).select_option(value)
                case _:
                    self.control(name).fill(value)
        return self

    def sends(self) -> Officer:
        """Press the button of the form."""
        self.page.locator("main form[method=post] .app-buttons button[type=submit]").click()
        return self

    def control(self, name: str) -> Locator:
        """The field of that name."""
        return self.page.locator(f'main [name="{name}"]')

    def problem_at(self, name: str) -> Locator:
        """What is said to be wrong at a field, where a screen reader finds it too."""
        group = self.page.locator(f"main fieldset:has(> .app-choices [name={name}])")
        self.page.locator(".app-summary").wait_for()  # the page that answers: what is counted next does not wait for it
        holder = group if group.count() else self.control(name)
        expect(holder).to_have_attribute("aria-describedby", _ERROR)
        words = (holder.get_attribute("aria-describedby") or "").split()
        return self.page.locator(f"#{next(word for word in words if word.endswith('_error'))}")

    def typed(self) -> dict[str, str]:
        """What stands in the visible fields of the form."""
        return self.page.locator("main form[method=post]").first.evaluate(_TYPED)

    def registers_birth(self, name: str, **more: str) -> Officer:
        """A girl, born today, in the worker's own village."""
        self.goes_to("/people/birth/")
        self.writes(name=name, sex="female", on=today().isoformat(), **more)
        self.sends()
        expect(self.heading).to_contain_text(name)
        return self

    def finds(self, text: str) -> Locator:
        """Search; the names found."""
        self.goes_to("/people/")
        self.page.locator("main input[name=text]").fill(text)
        self.page.locator("main input[name=text]").press("Enter")
        self.page.wait_for_url("**/people/search/")
        return self.page.locator("main tbody td:first-child a")

    @property
    def heading(self) -> Locator:
        """What the page is about."""
        return self.page.locator("main h1")

    def figure(self, name: str) -> Locator:
        """A number on the board."""
        return self.page.locator(f'[data-figure="{name}"]')


def watch(officer: Officer) -> None:
    """Note whatever the browser complains about: scripts that fail, anything the content policy refuses, lost parts."""
    answers: set[str] = set()

    def complain(message: ConsoleMessage) -> None:
        # a page that answers 404 or 422 is the page that was asked for; a part that does so is a fault
        of_page = message.text.startswith("Failed to load resource: the server responded") and (
            message.location["url"] in answers
        )
        if message.type in {"error", "warning"} and not of_page:
            officer.complaints.append(f"{officer.page.url}: {message.text}")

    def looks(page: Page) -> None:
        page.on("response", lambda answer: answer.request.is_navigation_request() and answers.add(answer.url))
        page.on("console", complain)
        page.on("pageerror", lambda error: officer.complaints.append(f"{page.url}: {error}"))

    looks(officer.page)
    officer.context.on("page", looks)


Enter = Callable[..., Officer]
_ERROR = re.compile(r"_error\b")
_TYPED = """form => Object.fromEntries([...new FormData(form)].filter(
    ([name]) => !["csrfmiddlewaretoken", "_once", "_post", "seen"].includes(name)))"""
