# SPDX-License-Identifier: AGPL-3.0-or-later
"""What cannot be right is said at its field, in the reader's language, and nothing typed is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.officer import Enter, today

GOOD = {
    "name": "夏侯正",
    "surname": "夏侯",
    "sex": "male",
    "birth_on": "1990-01-01",
    "document": "resident_id",
    "identity_number": "411723199001010018",
    "since": "2020-01-01",
    "phone": "13800000009",
}


@dataclass(frozen=True)
class Slip:
    """A slip of the hand at a field, and a part of what is said to it."""

    at: str
    typed: str
    english: str
    chinese: str


SLIPS = (
    Slip("identity_number", "411723199001010010", "does not fit the other 17", "末位"),
    Slip("birth_on", "2990-01-01", "lies in the future", "將來"),
    Slip("name", "夏" * 200, "longer than", "超過"),
    Slip("name", "夏侯\u0007正", "invisible characters", "不可見"),
)


@pytest.mark.parametrize("slip", SLIPS, ids=["check-digit", "future", "too-long", "control-character"])
def test_a_slip_is_said_at_its_field_in_both_languages(enter: Enter, slip: Slip) -> None:
    worker = enter("village")
    for language, said in (("en", slip.english), ("zh-hant", slip.chinese)):
        # Given a form with one slip in it
        worker.goes_to(f"/people/register/?language={language}")
        fields = GOOD | {slip.at: slip.typed}
        worker.writes(**{name: value for name, value in fields.items() if value.isprintable()})
        if not slip.typed.isprintable():  # as text pasted from elsewhere has them
            worker.control(slip.at).evaluate("(field, text) => { field.value = text }", slip.typed)
        written = worker.typed()
        # when it is sent, then the field says what, why and what now,
        worker.sends()
        problem = worker.problem_at(slip.at)
        expect(problem).to_contain_text(said)
        expect(worker.control(slip.at)).to_have_attribute("aria-invalid", "true")
        # a summary above leads to it and has the focus, the window's title says that something is wrong,
        summary = worker.page.locator(".app-summary")
        expect(summary).to_be_focused()
        summary.get_by_role("link").first.click()
        expect(worker.control(slip.at)).to_be_focused()
        expect(worker.page).to_have_title({"en": _ERROR, "zh-hant": _ERROR_HANT}[language])
        # and everything typed is as it was
        assert worker.typed() == written


def test_an_area_closed_meanwhile_is_said_at_its_field(enter: Enter) -> None:
    # Given a clerk who registers somebody in a village which, while he writes, is closed
    administrator = enter("admin").goes_to("/places/areas/411723101/open/")
    administrator.writes(official="暂设村民委员会", code="411723101298", on="2026-11-01").sends()
    expect(administrator.page.get_by_role("status").filter(has_text="The area was opened.")).to_be_visible()
    clerk = enter("township").goes_to("/people/register/")
    new = {"name": "夏侯迁", "identity_number": "", "since": today().isoformat(), "area": "411723101298"}
    clerk.writes(**(GOOD | new))
    written = clerk.typed()
    administrator.goes_to("/places/areas/411723101298/close/").sends()
    expect(administrator.page.get_by_role("status").filter(has_text="The area was closed.")).to_be_visible()
    # when he sends the form, then he is told so where he chose it, in English and in Chinese
    clerk.sends()
    expect(clerk.problem_at("area")).to_contain_text("closed")
    assert {**clerk.typed(), "area": ""} == {**written, "area": ""}
    clerk.context.add_cookies([{"name": "django_language", "value": "zh-hant", "url": clerk.url}])
    clerk.sends()
    expect(clerk.problem_at("area")).not_to_contain_text("closed")
    # and, another chosen, the form goes through
    clerk.control("area").select_option(index=1)
    clerk.sends()
    expect(clerk.heading).to_contain_text("夏侯迁")


_ERROR, _ERROR_HANT = re.compile("^Error: "), re.compile("^有誤")
