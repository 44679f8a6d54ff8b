"""The queue as it stands: tickets of an office and day, what became of them, how long people waited.

Tickets are nobody's and hang on the wall, so most of this asks for no scope.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import get_current_timezone, localdate, localtime

from jiahe.basis.ids import from_milliseconds
from jiahe.basis.problem import Problem
from jiahe.journal.remembered import Remembered
from jiahe.places import queries as places
from jiahe.places.queries import AreaRow
from jiahe.staff import queries as staff
from jiahe.staff.scope import Scope
from jiahe.window.definitions import days
from jiahe.window.models import Ticket, TicketCall, TicketEnd
from jiahe.window.problems import NoQueueHere, TicketUnknown
from jiahe.window.rules.queueing import (
    AHEAD,
    PER_SLOT,
    Left,
    Waiting,
    called_now,
    foretold,
    in_turn,
    refuse_slot,
    slots,
    waits,
)
from jiahe.window.rules.survival import Stretch, time_of

ROLES = ("township_clerk", "window_clerk")
"""Where one of these has a post there is a window, and a queue."""
MEDIAN, NINE_TENTHS = 0.5, 0.9
FEWEST = 5
"""Of fewer who came no waiting time is told: it says nothing."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of an office at one instant: who is called, last called first; who waits, in the order of calling; in
    how many minutes somebody who comes now is called (None: nobody knows yet)."""

    called: tuple[Waiting, ...]
    waiting: tuple[Waiting, ...]
    foretold: int | None


@dataclass(frozen=True, slots=True)
class Waits:
    """How long those waited who came in one hour of the day ("" for all day): how many `came`, were `called` so
    far; whole minutes until half and nine tenths were called, those who still wait counted (None: not known yet)."""

    hour: str
    came: int
    called: int
    median: float | None
    nine_tenths: float | None


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """A ticket as its holder sees it."""

    ticket: Waiting
    office: str
    day: date

    @property
    def open(self) -> bool:
        """Whether it can be given back."""
        return self.ticket.called_at is None and self.ticket.ended_at is None


_remembered = Remembered("window", most=500)


def tickets_of(office: str, day: date) -> tuple[Waiting, ...]:
    """The tickets of an office and day, in no order."""

    def find() -> tuple[Waiting, ...]:
        return tuple(each.ticket for each in _told(Ticket.objects.filter(area=office, day=day)))

    return _remembered.get((office, day), find)


def queue(office: str, *, at: datetime) -> Queue:
    """The queue of an office as it stands."""
    tickets = tickets_of(office, localdate(at))
    waiting = tuple(in_turn(tickets, now=at))
    return Queue(tuple(called_now(tickets)), waiting, foretold(tickets, ahead=len(waiting), now=at))


def waiting_times(scope: Scope, *, at: datetime) -> list[Waits]:
    """Today's waiting times at the window of the post: all day, then by the hour in which the wait began."""
    by_hour: dict[str, list[Stretch]] = defaultdict(list)
    for each in tickets_of(scope.area, localdate(at)):
        for stretch in waits([each], now=at):
            by_hour[f"{localtime(each.since):%H}:00"].append(stretch)
            by_hour[""].append(stretch)
    return [_waits(hour, by_hour[hour]) for hour in sorted(by_hour)]


def waiting_at(offices: Collection[str], *, at: datetime) -> dict[str, int]:
    """How many wait at each of these offices."""
    tickets: dict[str, list[Waiting]] = {office: [] for office in offices}
    for each in _told(Ticket.objects.filter(area__in=offices, day=localdate(at))):
        tickets[each.office].append(each.ticket)
    return {office: len(in_turn(here, now=at)) for office, here in tickets.items()}


def free_slots(office: str, *, at: datetime) -> dict[date, dict[str, int]]:
    """The half hours that can be booked, by day, with the places left in each; no day without one."""
    now = localtime(at)
    today = now.date()
    ahead = [today + timedelta(days=n) for n in range(AHEAD + 1)]
    gone = Exists(TicketEnd.objects.filter(ticket=OuterRef("entry")))
    rows = Ticket.objects.filter(~gone, area=office, day__gte=today, day__lte=ahead[-1]).exclude(slot="")
    booked = Counter(rows.values_list("day", "slot"))
    free: dict[date, dict[str, int]] = {}
    for day, slot in product(ahead, slots()):
        taken, works = booked[day, slot], days().works(day)
        try:
            refuse_slot(day=day, slot=slot, taken=taken, works=works, today=today, clock=f"{now:%H:%M}")
        except Problem:
            continue
        free.setdefault(day, {})[slot] = PER_SLOT - taken
    return free


def offices(within: str, *, on: date) -> list[AreaRow]:
    """The areas that have a window, in the order of their codes."""
    codes = staff.areas_with(ROLES, within=within, on=on)
    return [row for _, row in sorted(places.named(codes, on=on).items())]


def office_of(code: str, *, on: date) -> AreaRow:
    """The area, which has a window. Raises NoQueueHere."""
    if code not in staff.areas_with(ROLES, within=code, on=on):
        raise NoQueueHere
    return places.area(code, on=on)


def ticket(scope: Scope, identifier: UUID) -> OwnTicket:
    """A ticket of an office in scope. Raises TicketUnknown."""
    found = own_tickets([identifier])
    if not found or not scope.covers(found[0].office):
        raise TicketUnknown
    return found[0]


def own_tickets(identifiers: Iterable[UUID]) -> list[OwnTicket]:
    """Tickets whose ids somebody holds, the first day first."""
    found = _told(Ticket.objects.filter(entry__in=list(identifiers)))
    return sorted(found, key=lambda each: (each.day, each.ticket.since))


def find_ticket(identifier: UUID) -> tuple[str, Waiting]:
    """The office of a ticket, and how it stands. For actions. Raises TicketUnknown."""
    for each in own_tickets([identifier]):
        return each.office, each.ticket
    raise TicketUnknown


def _told(found: QuerySet[Ticket]) -> list[OwnTicket]:
    rows = list(found)
    ids = [row.entry for row in rows]
    calls: dict[UUID, list[TicketCall]] = defaultdict(list)
    ends: dict[UUID, TicketEnd] = {}
    for call in TicketCall.objects.filter(ticket__in=ids).order_by("at_ms", "entry"):
        calls[call.ticket].append(call)
    for end in TicketEnd.objects.filter(ticket__in=ids).order_by("-at_ms", "-entry"):
        ends[end.ticket] = end  # the first one counts
    return [OwnTicket(_ticket(row, calls[row.entry], ends.get(row.entry)), row.area, row.day) for row in rows]


def _ticket(row: Ticket, calls: list[TicketCall], end: TicketEnd | None) -> Waiting:
    taken = from_milliseconds(row.at_ms)
    return Waiting(
        id=row.entry,
        number=row.number,
        slot=row.slot,
        since=_begins(row.day, row.slot) if row.slot else taken,
        called_at=from_milliseconds(calls[0].at_ms) if calls else None,
        again_at=from_milliseconds(calls[-1].at_ms) if calls else None,
        counter=calls[-1].counter if calls else "",
        caller=calls[0].officer if calls else "",
        ended_at=from_milliseconds(end.at_ms) if end else None,
        left=Left(end.left) if end else None,
    )


def _begins(day: date, slot: str) -> datetime:
    hours, minutes = map(int, slot.split(":"))
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=get_current_timezone())


def _waits(hour: str, stretches: list[Stretch]) -> Waits:
    told = len(stretches) >= FEWEST
    return Waits(
        hour=hour,
        came=len(stretches),
        called=sum(each.ended for each in stretches),
        median=time_of(stretches, MEDIAN) if told else None,
        nine_tenths=time_of(stretches, NINE_TENTHS) if told else None,
    )
