"""What was typed when a session ended is kept for its officer, given back, and then forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import Client
from django.urls import reverse

from jiahe.staff.models import Draft, Officer
from tests.rooms.staff.small_office import COUNTY, PASSWORD, Office, send, sign_in

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
TYPED = {"name": "赵·勇", "area": COUNTY, "on": "2026-11-23", "password": "never", "csrfmiddlewaretoken": "x"}


def _typed_too_late(office: Office, clock: time_machine.Traveller) -> Client:
    """A browser whose session ran out while a form was being filled; it was sent all the same."""
    client = office.inside("admin")
    assert client.get(reverse("staff:enrol_officer")).status_code == 200
    clock.shift(timedelta(minutes=45))
    answer = send(client, reverse("staff:enrol_officer"), **TYPED)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={reverse('staff:enrol_officer')}"
    return client


def test_the_form_comes_back_filled_and_the_draft_goes_when_it_is_sent(office: Office) -> None:
    page = reverse("staff:enrol_officer")
    with time_machine.travel(NOON, tick=False) as clock:
        client = _typed_too_late(office, clock)
        assert not Officer.objects.filter(name="赵·勇").exists()
        kept = Draft.objects.get()
        assert "never" not in kept.typed
        assert "csrf" not in kept.typed
        client = office.inside("admin")
        shown = client.get(page)
        assert 'value="赵·勇"' in shown.content.decode()
        assert "What you had typed is here again" in shown.content.decode()
        assert send(client, page, **TYPED).status_code == 303
        assert Officer.objects.filter(name="赵·勇").count() == 1
        assert not Draft.objects.exists()


def test_nobody_else_gets_it(office: Office) -> None:
    office.staff("other_admin", "administrator", COUNTY)
    with time_machine.travel(NOON, tick=False) as clock:
        _typed_too_late(office, clock)
        shown = office.inside("other_admin").get(reverse("staff:enrol_officer"))
        assert "赵·勇" not in shown.content.decode()
        assert Draft.objects.count() == 1


def test_it_is_kept_for_a_day_only(office: Office) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        _typed_too_late(office, clock)
        clock.shift(timedelta(hours=25))
        shown = office.inside("admin").get(reverse("staff:enrol_officer"))
        assert "赵·勇" not in shown.content.decode()


def test_a_stranger_leaves_nothing(office: Office) -> None:
    answer = send(Client(HTTP_HOST="127.0.0.1"), reverse("staff:enrol_officer"), **TYPED)
    assert answer.status_code == 303
    assert not Draft.objects.exists()


def test_a_form_from_another_site_is_not_kept(office: Office) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = office.inside("admin")
        client.get(reverse("staff:enrol_officer"))
        clock.shift(timedelta(minutes=45))
        foreign = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
        foreign.cookies["sessionid"] = client.cookies["sessionid"].value
        assert send(foreign, reverse("staff:enrol_officer"), **TYPED).status_code == 403
        assert not Draft.objects.exists()


def test_an_oversized_form_is_not_kept(office: Office) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = office.inside("admin")
        client.get(reverse("staff:enrol_officer"))
        clock.shift(timedelta(minutes=45))
        send(client, reverse("staff:enrol_officer"), **{**TYPED, "name": "x" * 70_000})
        assert not Draft.objects.exists()


def test_signing_in_by_hand_leads_back_to_the_form(office: Office) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = _typed_too_late(office, clock)
        answer = sign_in(client, "admin", PASSWORD, after=reverse("staff:enrol_officer"))
        assert answer.headers["Location"] == reverse("staff:enrol_officer")
