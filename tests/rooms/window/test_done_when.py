"""A childcare subsidy through all its pages and days: three officers, one of them absent; one step left overdue; and
the applicant, who follows it with his receipt."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jiahe.staff import actions as staff
from jiahe.staff.doors import CONFIRMED
from jiahe.staff.models import Credential
from jiahe.staff.session import CHOSEN
from jiahe.window.models import Case
from tests.lib.counter import MONDAY, NUMBER, Counter, day, found_counter


def sitting(counter: Counter, who: str, *, post: str = "") -> Client:
    """Somebody signed in, in his own post or in the one he stands in for."""
    account, _ = Credential.objects.get_or_create(username=who, officer=counter.officers[who], password="!")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account)
    kept = client.session
    kept[CONFIRMED], kept[CHOSEN] = True, str(counter.posts[post or who])
    kept.save()
    return client


def sends(client: Client, name: str, *args: Any, **said: Any) -> Any:
    """A form, which must be taken."""
    answer = client.post(reverse(f"window:{name}", args=args), {"_once": str(uuid4()), **said})
    assert answer.status_code == 303, re.sub(r"<[^>]+>", " ", answer.content.decode())[-900:]
    return answer


def on(when: date, hour: int = 2) -> Any:
    """That day in the county, about ten in the morning."""
    return time_machine.travel(day(when, hour), tick=False)


def text(client: Client, address: str) -> str:
    """What a page says."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.django_db
def test_a_childcare_subsidy_with_one_officer_absent_and_one_step_overdue() -> None:
    counter = found_counter()
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    # of two clerks in the township one post is vacant, the other's holder is away: a colleague stands in (AB 崗)
    staff.vacate_post(post=counter.posts["other_clerk"], on=MONDAY, by=counter.by, at=day(MONDAY, 0))
    staff.name_deputy(
        post=counter.posts["clerk"],
        officer=counter.officers["other_clerk"],
        starts_on=MONDAY,
        ends_on=MONDAY + timedelta(days=60),
        by=counter.by,
        at=day(MONDAY, 0),
    )
    # the window receives, tells once what is missing, accepts
    with on(MONDAY):
        window = sitting(counter, "window")
        applicant = str(counter.people["欧阳明"])
        sends(
            window,
            "open_case",
            "childcare_subsidy",
            applicant_text="欧阳明",
            applicant=applicant,
            channel="counter",
            documents="identity_card",
        )
        case = Case.objects.get()
        assert case.number[:2] in text(window, reverse("window:receipt", args=[case.id]))
        sends(window, "tell_missing", case.id, missing="bank_account", note="")
        assert "Please bring, once" in text(window, reverse("window:receipt", args=[case.id]))
    with on(tuesday):
        citizen = Client(HTTP_HOST="127.0.0.1")
        shown = citizen.post(reverse("window:track"), {"number": case.number, "proof": NUMBER[-4:]})
        assert shown.status_code == 303
        assert "Number of the account to pay into" in text(citizen, reverse("window:followed"))
        window = sitting(counter, "window")
        sends(window, "bring", case.id, documents="bank_account")
        assert "Please bring, once" not in text(window, reverse("window:receipt", args=[case.id]))
        sends(window, "accept", case.id)
    # the deputy reviews in the township; the notice hangs, and is gone by itself
    with on(wednesday):
        deputy = sitting(counter, "other_clerk", post="clerk")
        sends(deputy, "decide", case.id, outcome="meets", reason="")
    with on(MONDAY + timedelta(days=3)):
        notices = text(Client(HTTP_HOST="127.0.0.1"), reverse("window:notices"))
        assert "欧阳" in notices
        assert "欧阳明" not in notices
    after = MONDAY + timedelta(days=10)  # hung from Thursday 5 to Wednesday 11 March
    with on(after):
        assert "欧阳" not in text(Client(HTTP_HOST="127.0.0.1"), reverse("window:notices"))
        sends(sitting(counter, "other_clerk", post="clerk"), "decide", case.id, outcome="no_objection", reason="")
    # the county leaves it lying: due on 19 March, the record is there on the next day, at the desk that answers for it
    late = date(2026, 3, 20)
    with on(late):
        manager = sitting(counter, "manager")
        assert "Review and confirmation" in text(manager, reverse("conduct:own"))
        climbed = text(sitting(counter, "auditor"), reverse("conduct:records"))
        assert "Review and confirmation" in climbed
    with on(late, 3):
        sends(sitting(counter, "manager"), "decide", case.id, outcome="granted", reason="符合条件")
        sends(sitting(counter, "window"), "deliver", case.id, channel="counter")
    with on(late + timedelta(days=1), 3):
        citizen = Client(HTTP_HOST="127.0.0.1")
        citizen.post(reverse("window:track"), {"number": case.number, "proof": NUMBER[-4:]})
        told = text(citizen, reverse("window:followed"))
        assert "granted" in told
        sends(citizen, "rate", score="4", payment_asked="no", words="")
    case.refresh_from_db()
    assert (case.end, case.delivered_on) == ("granted", late)
