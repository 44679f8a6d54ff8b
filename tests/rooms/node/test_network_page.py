"""The page of the network: nothing is called well that was not taken over, and every trouble says what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as node_settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from jiahe.basis.ids import milliseconds
from jiahe.journal import storage
from jiahe.journal.models import Origin
from jiahe.journal.wiring import current
from jiahe.network import status
from jiahe.network.models import Link, Node, Quarantined, Sought, Wanted, Witness
from jiahe.network.wiring import current as network
from jiahe.node.clock import now
from jiahe.node.network_troubles import ABOVE, TROUBLES, UNKNOWN, Words
from tests.rooms.staff.small_office import COUNTY, NORTH, SOUTH, Office, found_office

CITY = "4117-cccccccccccccccc"
NORTHERN, SOUTHERN = f"{NORTH}-aaaaaaaaaaaaaaaa", f"{SOUTH}-bbbbbbbbbbbbbbbb"
LONG = date(2099, 1, 1)


@pytest.fixture(name="office")
def _office(db: None, settings: Any) -> Office:
    """The small office, at a node of the county, with an auditor."""
    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    office = found_office()
    office.staff("auditor", "auditor", COUNTY)
    return office


def admit(name: str, level: str, by: str, *, until: date = LONG, last: int | None = None) -> None:
    """A node with its certificate, as if its admission had been told."""
    area = name.partition("-")[0]
    fields = {"public_key": "00" * 32, "until": until, "stamp": "1", "admitted_by": by, "last": last}
    Node.objects.create(name=name, area=area, level=level, **fields)


def neighbour(name: str = NORTHERN, *, level: str = "township", until: date = LONG, **fields: Any) -> None:
    """One below with whom all is well, but for what is said otherwise."""
    at, size = milliseconds(now()), storage.end().size
    heard = {"heard_at_ms": at, "compared_at_ms": at, "agreed_at_ms": at, "version": network().version}
    admit(name, level, current().origin, until=until)
    Link.objects.create(
        peer=name, **{"above": False, "received": 7, "head": 7, "delivered": size, "digest": b"\xab", **heard, **fields}
    )


def above(**fields: Any) -> None:
    """The city above; to it go sums, so nothing is compared."""
    admit(CITY, "city", CITY)
    admit(current().origin, "county", CITY)
    fields = {"delivered": storage.end().size, "version": network().version, **fields}
    Link.objects.create(peer=CITY, above=True, heard_at_ms=milliseconds(now()), **fields)


def refuse(peer: str = NORTHERN, problem: str = "journal.seal_broken", number: int = 12) -> None:
    """Something in quarantine, with a secret in it."""
    fields = {"entry": b"SECRET-CONTENT", "digest": f"{peer}{number}", "at_ms": milliseconds(now())}
    Quarantined.objects.create(peer=peer, origin=peer, origin_seq=number, problem=problem, **fields)


def page(office: Office, key: str = "manager", address: str = "node:network") -> str:
    """What stands on it."""
    response = office.inside(key).get(reverse(address))
    assert response.status_code == 200
    return unescape(response.content.decode())


def state(html: str) -> str:
    """The state of the only neighbour, as its row says it."""
    row = re.search(r'data-label="State">.*?</td>', html, re.DOTALL)
    assert row is not None
    return re.sub(r"<[^>]+>", "", row[0]).partition(">")[2].strip()


def test_a_node_alone_is_told_how_to_invite(office: Office) -> None:
    html = page(office)
    assert "This node works alone" in html
    assert "./jiahe node invite --area CODE" in html
    assert "All is well" not in html
    assert 'id="map"' not in html


def test_well_is_who_has_everything_and_has_said_so(office: Office) -> None:
    neighbour()
    html = page(office)
    assert state(html) == "well"
    assert "All is well" in html
    assert ">ab<" in html
    assert 'id="troubles"' not in html


@pytest.mark.parametrize(
    "fields",
    [
        {"delivered": 0},
        {"received": 4},
        {"parked": 1},
        {"compared_at_ms": 0, "agreed_at_ms": 0},
    ],
)
def test_what_was_not_taken_over_is_on_its_way_and_never_well(office: Office, fields: dict[str, int]) -> None:
    neighbour(**fields)
    html = page(office)
    assert state(html) == "on its way"
    assert "All is well" not in html
    assert "Nothing is wrong. Something is still on its way." in html


def test_records_that_were_asked_for_are_on_their_way_too(office: Office) -> None:
    neighbour()
    Wanted.objects.create(peer=NORTHERN, record="0190" + "0" * 28)
    html = page(office)
    assert state(html) == "on its way"
    assert "1 record asked for" in html


def test_entries_that_are_asked_back_are_on_their_way_too(office: Office) -> None:
    neighbour()
    Sought.objects.create(peer=NORTHERN, origin=NORTHERN, after=3)
    html = page(office)
    assert state(html) == "on its way"
    assert "entries of 1 node sought" in html


def test_with_a_city_nothing_is_compared_and_all_can_be_well(office: Office) -> None:
    above()
    html = page(office)
    assert state(html) == "well"
    assert "a city gets sums only" in html


AGO = timedelta(hours=2) // timedelta(milliseconds=1)
TROUBLED: list[tuple[str, dict[str, Any]]] = [
    ("expired", {"until": date(2020, 1, 1)}),
    ("expiring", {"until": now().date() + timedelta(days=20)}),
    ("never_heard", {"heard_at_ms": 0}),
    ("silent", {"heard_at_ms": milliseconds(now()) - AGO}),
    ("rolled_back", {"alarm": "rolled_back", "alarm_at_ms": milliseconds(now())}),
    ("rewritten", {"alarm": "rewritten", "alarm_at_ms": milliseconds(now())}),
    ("unsigned", {"alarm": "unsigned", "alarm_at_ms": milliseconds(now())}),
    ("of_tomorrow", {"alarm": "of_tomorrow", "alarm_at_ms": milliseconds(now())}),
    ("differs", {"agreed_at_ms": milliseconds(now()) - AGO}),
    ("differs", {"agreed_at_ms": 0}),
    ("forged", {"forged": 3}),
    ("refused_there", {"quarantined": 2}),
    ("skewed", {"skew_ms": -21 * 60_000}),
    ("other_version", {"version": "0.0.1"}),
]


def said(html: str, words: Words) -> bool:
    """Whether the page says what, why, and what now."""
    return all(sentence in html for sentence in (words.what, words.why, words.now))


@pytest.mark.parametrize(("code", "fields"), TROUBLED, ids=lambda each: each if isinstance(each, str) else "")
def test_every_trouble_says_what_why_and_what_now(office: Office, code: str, fields: dict[str, Any]) -> None:
    neighbour(**fields)
    html = page(office)
    assert state(html) == "look after"
    assert said(html, TROUBLES.get(code, UNKNOWN))
    assert f'id="trouble-{code}"' in html
    assert f'href="#trouble-{code}"' in html
    assert NORTHERN in html
    assert status.alarm(at=now()) == (False, True)
    assert "The network needs looking after" in html


def test_no_trouble_is_left_without_words() -> None:
    told = {code for code, _ in TROUBLED} - {"of_tomorrow"}
    of_this_node = {"put_back", "own_expired", "own_expiring", "refused", "refused_before"}
    assert set(TROUBLES) == told | of_this_node
    assert set(ABOVE) <= set(TROUBLES)


@pytest.mark.parametrize("code", ["rewritten", "rolled_back", "unsigned"])
def test_an_alarm_of_the_node_above_is_about_this_one(office: Office, code: str) -> None:
    above(alarm=code, alarm_at_ms=milliseconds(now()))
    html = page(office)
    assert said(html, ABOVE[code])
    assert TROUBLES[code].what not in html


def test_what_is_wrong_with_this_node_is_told_first(office: Office) -> None:
    above()
    neighbour(version="0.0.1")
    Node.objects.filter(name=current().origin).update(until=now().date() + timedelta(days=3))
    Origin.objects.filter(name=current().origin).update(ahead=10**6)
    html = page(office, "clerk")
    assert said(html, TROUBLES["put_back"])
    assert said(html, TROUBLES["own_expiring"])
    assert html.index('id="trouble-put_back"') < html.index('id="trouble-other_version"')
    Node.objects.filter(name=current().origin).update(until=date(2020, 1, 1))
    assert said(page(office), TROUBLES["own_expired"])


def test_quarantine_shows_what_was_refused_and_why_and_nothing_of_what_it_says(office: Office) -> None:
    neighbour()
    refuse(number=12)
    refuse(number=13, problem="journal.entry_missing")
    refuse(number=14, problem="journal.of_tomorrow")
    refuse(SOUTHERN, number=15)
    html = page(office)
    assert "SECRET" not in html
    assert "4 entries came and were not taken." in html
    assert f"Entry 12 of node {NORTHERN} was refused. Its seal does not fit" in html
    assert f"Entry 13 of node {NORTHERN} waits." in html
    assert "It was refused: journal.of_tomorrow." in html
    assert said(html, TROUBLES["refused"])
    assert said(html, TROUBLES["refused_before"])
    assert state(html) == "look after"
    assert html.index("Entry 15") < html.index("Entry 12")


def test_of_a_full_quarantine_the_newest_are_listed(office: Office) -> None:
    neighbour()
    for number in range(103):
        refuse(number=number + 1000)
    html = page(office)
    assert "103 entries came" in html
    assert "The newest 100:" in html
    assert (html.count("Entry 1"), "Entry 1102 of" in html, "Entry 1002 of" in html) == (100, True, False)


def test_the_map_tells_every_node_in_words_too(office: Office) -> None:
    above()
    neighbour()
    admit(f"{SOUTH}-dddddddddddddddd", "township", current().origin, last=311)
    admit("411722-eeeeeeeeeeeeeeee", "county", CITY)
    html = page(office)
    told = re.search(r'<ul class="visually-hidden">(.*?)</ul>', html, re.DOTALL)
    assert told is not None
    words = [re.sub(r"<[^>]+>", "", item) for item in told[1].split("</li>")]
    assert words[:-1] == [
        "驻马店市: well",
        "411722 (under 驻马店市): known",
        "平舆县, here (under 驻马店市): well",
        "北镇 (under 平舆县): well",
        "南镇 (under 平舆县): revoked",
    ]
    assert "nothing after its entry 311 is taken" in html
    assert "<s>南镇</s>" in html


def test_the_page_costs_the_same_however_many_neighbours(office: Office, django_assert_max_num_queries: Any) -> None:
    def among(numbers: range, most: int, address: str) -> int:
        for n in numbers:
            name = f"{COUNTY}1{n:02}-{n:016x}"
            neighbour(name, skew_ms=10**6 if n % 3 else 0)
            Witness.objects.create(node=name, size=5, note="", at_ms=1)
            refuse(name, number=n)
        with django_assert_max_num_queries(most) as asked:
            assert browser.get(reverse(address)).status_code == 200
        return len(asked)

    above()
    browser = office.inside("manager")
    browser.get(reverse("node:network"))
    whole = among(range(2), 29, "node:network")  # ten of them are asked for every page
    assert among(range(2, 20), 29, "node:network") == whole
    among(range(0), 25, "node:network_events")


def test_the_stream_sends_the_same_figures_and_shares_them(office: Office) -> None:
    neighbour(delivered=0)
    first, second = (office.inside(key).get(reverse("node:network_events")) for key in ("manager", "auditor"))
    assert "on its way" in first.content.decode()
    assert b"<html" not in first.content
    assert first.board == second.board  # type: ignore[attr-defined]


def test_what_is_drawn_anew_is_known_by_its_shape(office: Office) -> None:
    neighbour()

    def shape() -> str:
        found = re.search(r'data-figure="stamp\.([0-9a-f]{16})"', page(office))
        assert found is not None
        return found[1]

    before = shape()
    Link.objects.update(heard_at_ms=milliseconds(now()))
    assert shape() == before
    Link.objects.update(forged=1)
    assert shape() != before


@pytest.mark.parametrize("address", ["node:network", "node:network_events"])
def test_only_those_who_run_it_read_it(office: Office, address: str) -> None:
    assert Client(HTTP_HOST="127.0.0.1").get(reverse(address)).status_code == 303
    for key in ("manager", "admin", "auditor", "clerk"):
        assert office.inside(key).get(reverse(address)).status_code == 200
    assert office.inside("worker").get(reverse(address)).status_code == 403


def test_warnings_go_to_those_they_concern(office: Office) -> None:
    neighbour(forged=1)
    duties = reverse("staff:duties")
    troubled, behind = "The network needs looking after", "This node was put back to an earlier state. Nothing can"
    assert troubled in page(office, "manager", "staff:duties")
    assert troubled not in office.inside("worker").get(duties).content.decode()
    Origin.objects.filter(name=current().origin).update(ahead=10**6)
    for key in ("manager", "worker"):
        assert behind in page(office, key, "staff:duties")
    Origin.objects.filter(name=current().origin).update(ahead=0)
    Link.objects.update(forged=0)
    assert status.alarm(at=now()) == (False, False)
    assert troubled not in page(office, "manager", "staff:duties")
    assert status.alarm(at=now()) == (False, False)


def test_warnings_cost_one_question(office: Office, django_assert_num_queries: Any) -> None:
    neighbour()
    with django_assert_num_queries(1):
        status.alarm(at=now())


def test_the_cable_is_pulled_and_put_back(office: Office, settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "north.cut"
    assert 'id="cable"' not in page(office)
    assert office.inside("manager").post(reverse("node:cable"), {"pull": ""}).status_code == 404
    settings.JIAHE = replace(node_settings.JIAHE, cable=str(file))
    browser = office.inside("manager")
    assert "Pull the cable" in page(office)
    for deed, cut in (("pull", True), ("pull", True), ("mend", False), ("mend", False)):
        answer = browser.post(reverse("node:cable"), {deed: ""})
        assert (answer.status_code, answer["Location"]) == (303, reverse("node:network"))
        assert file.exists() is cut
        assert ("Put it back" in page(office)) is cut
    assert browser.get(reverse("node:cable")).status_code == 405
    assert office.inside("worker").post(reverse("node:cable"), {"pull": ""}).status_code == 403
    assert not file.exists()


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_it_speaks_chinese(office: Office, language: str) -> None:
    neighbour(forged=2, parked=1)
    browser = office.inside("manager")
    try:
        html = browser.get(reverse("node:network") + f"?language={language}", follow=True).content.decode()
    finally:
        translation.deactivate()  # other tests share this thread
    assert ("相鄰節點" if language == "zh-hant" else "相邻节点") in html
    assert ("隔離區" if language == "zh-hant" else "隔离区") in html
