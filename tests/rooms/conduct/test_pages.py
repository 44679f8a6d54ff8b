"""The pages of the room, walked by those for whom they are; nobody reads an applicant's name on any of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jiahe.basis.ids import new_id
from jiahe.staff.doors import CONFIRMED
from jiahe.staff.models import Credential
from jiahe.window import actions as window
from jiahe.window.facts import Relation
from tests.lib.counter import Counter, day
from tests.lib.lateness import HEARD, REVIEW, late_one, peer_of

APPLICANT = "欧阳明"


def test_a_late_review_from_the_explanation_to_the_decision(counter: Counter) -> None:
    case = counter.accepted()
    late, manager, auditor = (_inside(counter, who) for who in (late_one(counter, case), "manager", "auditor"))
    assert _page("record", case) in _read(late, "conduct:own")
    assert "to be explained" in _read(late, _page("record", case))
    said = _send(late, "explain", case, words="系统停机两天")
    assert said.status_code == 303
    assert "系统停机两天" in _read(manager, _page("judge", case))
    assert _send(manager, "judge", case, finding="upheld", words="可以交给同事").status_code == 303
    assert _page("record", case) in _read(manager, reverse("conduct:records") + "?list=judged")
    assert "2026-04-02" in _read(late, _page("record", case))  # fifteen days after 18 March
    assert _send(late, "appeal", case, words="同事也不在").status_code == 303
    assert _page("record", case) in _read(auditor, reverse("conduct:records") + "?list=appealed")
    assert _page("decide", case) in _read(auditor, _page("record", case))
    assert _page("decide", case) not in _read(manager, _page("record", case))
    assert _send(manager, "decide", case, ruling="confirmed", words="x").status_code == 422
    assert _send(auditor, "decide", case, ruling="changed", words="查实").status_code == 303
    page = _read(late, _page("record", case))
    assert "final" in page
    assert "excused" in page
    # the auditor reads the case's number, and opens no case
    assert reverse("window:case", kwargs={"case": case}) not in _read(auditor, _page("record", case))


def test_what_is_missing_is_said_on_the_form(counter: Counter) -> None:
    case = counter.accepted()
    answer = _send(_inside(counter, late_one(counter, case)), "explain", case, words="")
    assert answer.status_code == 422
    assert _send(_inside(counter, "manager"), "judge", case, words="x", finding="guilty").status_code == 422


def test_a_colleague_opens_neither_the_record_nor_its_forms(counter: Counter) -> None:
    case = counter.accepted()
    window_clerk, south = _inside(counter, "window"), _inside(counter, "south")
    for client in (window_clerk, south):
        for verb in ("record", "explain", "appeal"):
            assert client.get(_page(verb, case)).status_code == 404
    assert window_clerk.get(reverse("conduct:records")).status_code == 403
    peer = _inside(counter, peer_of(late_one(counter, case)))
    assert _page("record", case) not in _read(peer, "conduct:own")


def test_what_climbs_stands_in_the_superiors_list_with_the_way_to_the_case(counter: Counter) -> None:
    case = counter.accepted()
    manager, link = _inside(counter, "manager"), reverse("window:case", kwargs={"case": case})
    page = _read(manager, "conduct:climbed")
    assert link in page
    assert "6 working days late" in page
    assert "with the next superior" in page
    assert link not in _read(_inside(counter, "clerk"), "conduct:climbed")
    person, by = counter.people[APPLICANT], counter.acting("manager", HEARD)
    window.declare_interest(person=person, relation=Relation.OTHER, by=by, at=day(HEARD))
    assert link not in _read(manager, "conduct:climbed")
    assert manager.get(_page("record", case)).status_code == 404


def test_patterns_name_no_worst_post(counter: Counter) -> None:
    counter.accepted()
    page = _read(_inside(counter, "manager"), "conduct:patterns")
    assert "chance explains it" in page
    assert "less in time than usual" not in page


def _inside(counter: Counter, who: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1")
    officer = counter.officers[who]
    account, _ = Credential.objects.get_or_create(officer=officer, defaults={"username": who, "password": "!"})
    client.force_login(account)
    kept = client.session
    kept[CONFIRMED] = True
    kept.save()
    return client


def _page(verb: str, case: UUID) -> str:
    return reverse(f"conduct:{verb}", kwargs={"case": case, "n": REVIEW})


def _read(client: Client, address: str) -> str:
    answer = client.get(address if address.startswith("/") else reverse(address))
    assert answer.status_code == 200, address
    text = answer.content.decode()
    assert APPLICANT not in text
    return text


def _send(client: Client, verb: str, case: UUID, **said: str) -> HttpResponse | Any:
    return client.post(_page(verb, case), {"_once": str(new_id(day(HEARD))), **said})
