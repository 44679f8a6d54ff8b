# SPDX-License-Identifier: AGPL-3.0-or-later
"""Neighbours who are in the register before a journey begins: entered by the register's own actions, beside the node;
and what is done with their records again and again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from playwright.sync_api import Locator, expect

from tests.journeys.officer import VILLAGE, Officer
from tests.lib.served import Served

_ENTER = """
import json
from datetime import date
from jiahe.journal.recording import record
from jiahe.node.clock import now
from jiahe.registry import actions
from jiahe.registry.facts import Field, FieldChange, IdentityKind, PersonCorrected, Sex
from jiahe.registry.rules.newcomers import Document, Newcomer
from jiahe.staff.scope import founding
at = now()
by, known, entered = founding("", at), {}, []
for each in json.loads(sys.argv[1]):
    area, phone = each["area"], each["phone"]
    birth_on = date.fromisoformat(each["birth_on"])
    document = Document(IdentityKind.RESIDENT_ID, each["number"]) if each["number"] else None
    mother, since = known.get(each["mother"]), max(date(2010, 1, 1), birth_on)
    new = Newcomer(each["name"], Sex(each["sex"]), birth_on, area, since, "", document, phone, mother)
    (done,) = actions.register_people(people=[new], by=by, at=at)  # as a list does: without asking for doubles
    who = known[each["name"]] = done.about
    entered.append(str(who))
    if each["left_on"]:
        on = date.fromisoformat(each["left_on"])
        actions.register_move_out(person=who, on=on, destination="郑州", by=by, at=at)
    for unseen in each["unseen"]:  # as it comes from two nodes that had not heard of each other
        record(PersonCorrected(who, (FieldChange(Field.PHONE, phone, unseen),)), by=by, at=at, area=area, about=who)
for each in json.loads(sys.argv[1]):  # as it comes from a node that did not know the children
    if each["born_elsewhere"]:
        who, birth_on = known[each["name"]], each["born_elsewhere"]
        change = FieldChange(Field.BIRTH_ON, each["birth_on"], birth_on)
        record(PersonCorrected(who, (change,)), by=by, at=at, area=each["area"], about=who)
print(json.dumps(entered))
"""


@dataclass(frozen=True)
class Neighbour:
    """Somebody of the village, as the register has him; days as they are written. `mother` is one named before him,
    `unseen` are telephones to which he was corrected by people who did not see each other, `born_elsewhere` is the
    birth date to which another node corrected him that did not know his children."""

    name: str
    sex: str = "male"
    birth_on: str = "1980-05-06"
    number: str = ""
    phone: str = ""
    mother: str = ""
    left_on: str = ""
    born_elsewhere: str = ""
    unseen: tuple[str, ...] = ()
    area: str = VILLAGE


def live_here(node: Served, *neighbours: Neighbour) -> list[str]:
    """They are in the register; the addresses of their records."""
    entered = node.beside(_ENTER, json.dumps([asdict(each) for each in neighbours]))
    return [f"/people/{who}/" for who in json.loads(entered)]


def opens(officer: Officer, record: str, purpose: str = "service", reason: str = "") -> Officer:
    """Go to a record, and say why if one is asked."""
    officer.goes_to(record)
    if officer.control("purpose").count():
        officer.writes(purpose=purpose, reason=reason).sends()
    officer.page.locator("#history").wait_for()
    return officer


def follows(officer: Officer, link: str) -> Officer:
    """Click a link of the page by what it says, in full."""
    officer.page.locator("main").get_by_role("link", name=link, exact=True).click()
    return officer


def looks_for(officer: Officer, **people: str) -> Officer:
    """Type the name of each whom the form asks for, send, choose the one found, and send again."""
    officer.writes(**{f"{field}_text": name for field, name in people.items()}).sends()
    for field, name in people.items():
        found = officer.page.locator("main label.app-choice", has=officer.page.locator(f"[name={field}]"))
        found.filter(has_text=name).first.click()
    return officer.sends()


def told(officer: Officer, message: str) -> None:
    """What was done is said, where a screen reader says it too."""
    expect(officer.page.get_by_role("status").filter(has_text=message)).to_be_visible()


def row(officer: Officer, text: str, section: str = "") -> Locator:
    """The row of a table, of the section with this heading's id if one is named, in which the text stands."""
    page = officer.page
    within = page.locator("section", has=page.locator(f"#{section}")) if section else page.locator("main")
    return within.locator("tbody tr").filter(has_text=text)
