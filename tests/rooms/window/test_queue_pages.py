"""The pages of the queue: the officer's, the screen at the wall, booking without a name."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from jiahe.basis.ids import new_id
from jiahe.journal.models import Entry
from jiahe.node.clock import now
from jiahe.staff.doors import CONFIRMED
from jiahe.staff.models import Credential
from jiahe.staff.session import CHOSEN, civil_day
from jiahe.window import actions
from jiahe.window.definitions import days
from jiahe.window.models import Ticket, TicketCall, TicketEnd
from tests.lib.counter import COUNTY, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, Counter
from tests.lib.visitors import page, send


@pytest.fixture
def clerk(counter: Counter) -> Client:
    """The window clerk's browser."""
    return signed_in(counter, "window")


def signed_in(counter: Counter, who: str) -> Client:
    """Somebody's browser at the office."""
    client = Client(HTTP_HOST="127.0.0.1")
    user = Credential.objects.create(username=who, officer=counter.officers[who], password="!")
    client.force_login(user)
    kept = client.session
    kept[CONFIRMED], kept[CHOSEN] = True, str(counter.posts[who])
    kept.save()
    return client


def press(clerk: Client, button: str, **more: str) -> Any:
    """A button of the officer's page."""
    return send(clerk, "window:queue", {button: "", **more})


def book(stranger: Client, slot: str, *, on: date | None = None) -> Any:
    """A half hour of the next working day, booked."""
    address = reverse("window:book", kwargs={"area": TOWNSHIP})
    said = {"_once": str(new_id(now())), "slot": slot}
    return stranger.post(f"{address}?on={on or tomorrow()}", said)


def tomorrow() -> date:
    """The next working day."""
    return days().after(civil_day(now()), 1)


class TestOfficer:
    def test_from_the_number_to_served(self, clerk: Client, stranger: Client) -> None:
        answer = press(clerk, "give")
        assert answer["Location"].endswith(f"/{Ticket.objects.get().entry}/")
        assert "A001" in clerk.get(answer["Location"]).content.decode()
        press(clerk, "give")
        assert press(clerk, "call", counter="三號").status_code == 303
        text = page(clerk, "window:queue")
        assert "called to 三號" in text
        assert 'value="三號"' in text  # remembered
        assert re.search(r"A001.*三號", page(stranger, "window:display", area=TOWNSHIP), re.DOTALL)
        assert press(clerk, "call", counter="三號").status_code == 422
        held = str(TicketCall.objects.get().ticket)
        assert press(clerk, "again", ticket=held).status_code == 303
        assert press(clerk, "served", ticket=held).status_code == 303
        assert TicketEnd.objects.get().left == "served"
        press(clerk, "call")
        second = TicketCall.objects.exclude(ticket=held).get()
        assert second.counter == "三號"
        press(clerk, "absent", ticket=str(second.ticket))
        assert sorted(TicketEnd.objects.values_list("left", flat=True)) == ["absent", "served"]
        assert "Nobody is being called" in page(stranger, "window:display", area=TOWNSHIP)

    def test_what_stands_in_the_way_is_told_on_the_page(self, clerk: Client) -> None:
        assert "Nobody waits." in press(clerk, "call", counter="3").content.decode()
        press(clerk, "give")
        assert press(clerk, "call", counter="x" * 21).status_code == 422
        for said in ({"served": "", "ticket": "x"}, {"served": ""}, {"again": "", "ticket": str(UUID(int=1))}, {}):
            assert send(clerk, "window:queue", said).status_code == 422
        assert not TicketCall.objects.exists()

    def test_sent_twice_it_calls_one(self, clerk: Client) -> None:
        for _ in range(2):
            press(clerk, "give")
        key = {"_once": "00000000-0000-7000-8000-000000000001", "call": "", "counter": "3"}
        for _ in range(2):
            assert send(clerk, "window:queue", key, once=False).status_code == 303
        assert TicketCall.objects.count() == 1

    def test_a_colleague_closes_what_somebody_left_open(self, counter: Counter, clerk: Client) -> None:
        press(clerk, "give")
        press(clerk, "call", counter="3")
        ticket = Ticket.objects.get().entry
        colleague, county = signed_in(counter, "clerk"), signed_in(counter, "counter")
        assert "Did not come" in page(colleague, "window:ticket", ticket=ticket)
        assert "Did not come" not in page(county, "window:ticket", ticket=ticket)  # sees it, has another queue
        assert press(county, "absent", ticket=str(ticket)).status_code == 422
        assert press(colleague, "absent", ticket=str(ticket)).status_code == 303
        assert TicketEnd.objects.get().left == "absent"

    def test_a_number_is_given_back(self, clerk: Client) -> None:
        press(clerk, "give")
        ticket = Ticket.objects.get().entry
        assert "Give the number back" in page(clerk, "window:ticket", ticket=ticket)
        assert send(clerk, "window:ticket", {}, kwargs={"ticket": ticket}).status_code == 303
        assert "Give the number back" not in page(clerk, "window:ticket", ticket=ticket)

    def test_another_window_has_another_queue(self, counter: Counter, clerk: Client) -> None:
        press(clerk, "give")
        ticket = Ticket.objects.get().entry
        south = signed_in(counter, "south")
        assert "A001" not in page(south, "window:queue")
        assert south.get(reverse("window:ticket", kwargs={"ticket": ticket})).status_code == 404
        assert signed_in(counter, "worker").get(reverse("window:queue")).status_code == 403

    def test_the_live_part_says_what_the_page_says(self, clerk: Client) -> None:
        press(clerk, "give")
        answer = clerk.get(reverse("window:queue_events"))
        text = answer.content.decode()
        assert "A001" in text
        assert "csrf" not in text  # it is shared by all who look at the same queue
        assert answer.board[1] == TOWNSHIP  # type: ignore[attr-defined]


class TestScreen:
    @pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
    def test_it_is_there_for_everybody_in_three_languages(
        self, counter: Counter, stranger: Client, language: str
    ) -> None:
        at = now()
        actions.take_number(by=counter.acting("window", civil_day(at)), at=at)
        named = {"area": TOWNSHIP}
        for name, kwargs in (("queues", {}), ("display", named), ("display_events", named), ("book", named)):
            answer = stranger.get(reverse(f"window:{name}", kwargs=kwargs), headers={"Accept-Language": language})
            assert answer.status_code == 200
            assert answer["Cache-Control"] == "no-store"
            if not name.endswith("events"):
                assert f'<html lang="{language.replace("han", "Han")}"' in answer.content.decode()

    def test_without_a_script_it_comes_anew_by_itself(self, counter: Counter, stranger: Client) -> None:
        text = page(stranger, "window:display", area=TOWNSHIP)
        assert '<noscript><meta http-equiv="refresh"' in text
        assert f'sse-connect="{reverse("window:display_events", kwargs={"area": TOWNSHIP})}"' in text

    def test_windows_and_how_many_wait(self, counter: Counter, stranger: Client) -> None:
        at = now()
        for _ in range(3):
            actions.take_number(by=counter.acting("window", civil_day(at)), at=at)
        rows = re.findall(r'/queue/(\d+)/">[^<]*</a></th><td class="text-end">(\d+)', page(stranger, "window:queues"))
        assert dict(rows) == {COUNTY: "0", TOWNSHIP: "3", OTHER_TOWNSHIP: "0"}

    @pytest.mark.parametrize("area", [VILLAGE, "411724", "41", "x"])
    def test_where_there_is_no_window_there_is_no_screen(self, counter: Counter, stranger: Client, area: str) -> None:
        for name in ("display", "display_events", "book"):
            assert stranger.get(reverse(f"window:{name}", kwargs={"area": area})).status_code == 404


class TestBooking:
    def test_without_a_name_and_given_back_by_the_browser_that_booked(self, counter: Counter, stranger: Client) -> None:
        answer = book(stranger, "09:00")
        assert answer["Location"] == reverse("window:booked")
        text = page(stranger, "window:booked")
        assert "B001" in text
        assert str(tomorrow()) in text
        ticket = Ticket.objects.get()
        assert (ticket.area, ticket.day, ticket.slot) == (TOWNSHIP, tomorrow(), "09:00")
        entry = Entry.objects.get(entry_id=ticket.entry)
        assert (entry.officer, entry.post, entry.about) == ("visitor", "visitor", None)
        other = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="203.0.113.9")
        assert "B001" not in page(other, "window:booked")
        assert send(other, "window:booked", {"ticket": str(ticket.entry)}).status_code == 422
        assert send(stranger, "window:booked", {"ticket": str(ticket.entry)}).status_code == 303
        assert TicketEnd.objects.get().left == "cancelled"
        page(stranger, "window:booked")  # says once that it is given back
        assert "B001" not in page(stranger, "window:booked")

    def test_the_ticket_stands_in_no_address(self, counter: Counter, stranger: Client) -> None:
        book(stranger, "09:00")
        links = re.findall(r'(?:href|action)="([^"]*)"', page(stranger, "window:booked"))
        assert not [link for link in links if str(Ticket.objects.get().entry) in link]

    def test_what_cannot_be_booked_is_told(self, counter: Counter, stranger: Client) -> None:
        off = next(day for n in range(1, 9) if not days().works(day := civil_day(now()) + timedelta(days=n)))
        assert "closed on this day" in book(stranger, "09:00", on=off).content.decode()
        assert "no such half hour" in book(stranger, "12:30").content.decode()
        assert (
            "Nothing is free on this day"
            in stranger.get(reverse("window:book", kwargs={"area": TOWNSHIP}) + f"?on={off}").content.decode()
        )
        assert stranger.get(reverse("window:book", kwargs={"area": TOWNSHIP}) + "?on=nonsense").status_code == 200
        assert not Ticket.objects.exists()

    def test_nobody_books_all_of_it(self, counter: Counter, stranger: Client) -> None:
        slots = ("08:30", "09:00", "09:30", "10:00", "10:30", "11:00")
        assert [book(stranger, slot).status_code for slot in slots] == [303] * 5 + [422]
        at_home = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="203.0.113.9")
        assert book(at_home, "11:00").status_code == 303
