"""Take a number, book a slot, call the next: one turn each, so no number is given twice and nobody called twice."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate, localtime

from jiahe.journal.recording import record, turn
from jiahe.journal.values import Author, Recorded
from jiahe.staff.scope import Acting
from jiahe.window import facts, problems
from jiahe.window.definitions import days
from jiahe.window.models import Ticket
from jiahe.window.queries.queue import find_ticket, office_of, tickets_of
from jiahe.window.rules.queueing import in_turn, next_number, refuse_slot

COUNTER_SIGNS = 20
"""The longest name of a counter: it is read from across a room."""


def take_number(*, by: Acting, at: datetime) -> Recorded:
    """Give somebody who came to the officer's own window a number; the entry is the ticket."""
    day = localdate(at)
    with turn():
        fact = facts.TicketTaken(day, _next(by.area, day, booked=False), "")
        return record(fact, by=by, at=at, area=by.area)


def book_slot(*, office: str, day: date, slot: str, by: Author, at: datetime) -> Recorded:
    """Book a half hour at a window; the entry is the ticket. Raises NoQueueHere, NoSuchSlot, TooFarAhead, OfficeClosed,
    SlotPast, SlotFull."""
    now = localtime(at)
    office_of(office, on=now.date())
    with turn():
        taken = sum(each.slot == slot and each.ended_at is None for each in tickets_of(office, day))
        works = days().works(day)
        refuse_slot(day=day, slot=slot, taken=taken, works=works, today=now.date(), clock=f"{now:%H:%M}")
        fact = facts.TicketTaken(day, _next(office, day, booked=True), slot)
        return record(fact, by=by, at=at, area=office)


def call_next(*, counter: str, by: Acting, at: datetime) -> Recorded:
    """Call whose turn it is at the officer's own window. Raises CounterUnnamed, TicketInHand, NobodyWaits."""
    counter = _named(counter)
    with turn():
        tickets = tickets_of(by.area, localdate(at))
        if held := next((each for each in tickets if each.in_hand and each.caller == by.officer), None):
            raise problems.TicketInHand(ticket=held.name)
        waiting = in_turn(tickets, now=at)
        if not waiting:
            raise problems.NobodyWaits
        return record(facts.TicketCalled(waiting[0].id, counter), by=by, at=at, area=by.area)


def call_again(*, ticket: UUID, counter: str, by: Acting, at: datetime) -> Recorded:
    """Call once more somebody who was called. Raises CounterUnnamed, TicketUnknown, TicketOver."""
    counter = _named(counter)
    with turn():
        _in_hand(ticket, by)
        return record(facts.TicketCalled(ticket, counter), by=by, at=at, area=by.area)


def close_ticket(*, ticket: UUID, served: bool, by: Acting, at: datetime) -> Recorded:
    """Say what came of a call; a colleague at the same window may do so. Raises TicketUnknown, TicketOver."""
    with turn():
        _in_hand(ticket, by)
        return record(facts.TicketClosed(ticket, served), by=by, at=at, area=by.area)


def cancel_ticket(*, ticket: UUID, by: Author, at: datetime) -> Recorded:
    """Give a number back that was not called; its place is free again. Who holds it says so, or an officer at the
    window. Raises TicketUnknown, TicketOver."""
    with turn():
        office, found = find_ticket(ticket)
        if not by.may("window.TicketCancelled", office):
            raise problems.TicketUnknown
        if found.called_at is not None or found.ended_at is not None:
            raise problems.TicketOver
        return record(facts.TicketCancelled(ticket), by=by, at=at, area=office)


def _in_hand(ticket: UUID, by: Acting) -> None:
    office, found = find_ticket(ticket)
    if office != by.area:
        raise problems.TicketUnknown
    if not found.in_hand:
        raise problems.TicketOver


def _next(office: str, day: date, *, booked: bool) -> int:
    """A number of its own for each office, day and letter. Bookings count for themselves, so that two nodes that do not
    hear of each other, one with the counter and one with the public page, give no number twice."""
    given = Ticket.objects.filter(area=office, day=day).values_list("number", "slot")
    return next_number([number for number, slot in given if bool(slot) is booked])


def _named(counter: str) -> str:
    if not 0 < len(counter.strip()) <= COUNTER_SIGNS:
        raise problems.CounterUnnamed(most=COUNTER_SIGNS)
    return counter.strip()
