"""The queue at a counter: whose turn it is, which slots can be booked, how long one waits. Plain answers.

Nobody jumps it. Whoever came waits from the instant his number was given, whoever booked from his slot on; and while
both wait, they are called by turns. So a booking shortens the wait and never blocks those who just came: for each who
booked one of them is called. Who is called and does not come is done with; if he comes later, he takes a new number and
waits as if he came then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from uuid import UUID

from jiahe.window.problems import NoSuchSlot, OfficeClosed, SlotFull, SlotPast, TooFarAhead
from jiahe.window.rules.survival import Stretch

OPEN = (("08:30", "12:00"), ("14:30", "17:30"))
"""Office hours; as county offices keep them in Henan."""
SLOT_MINUTES = 30
PER_SLOT = 3
"""Bookings of a slot: at five minutes each one desk calls six in half an hour, and every second one at most booked."""
AHEAD = 14
"""Days ahead that can be booked; further ahead people forget, and places stand empty."""
LATELY, FEWEST = timedelta(hours=1), 3
"""The pace is that of the last hour; of fewer calls than three nothing is foretold."""
ROUND = 5
"""Minutes to which a wait is foretold: it is no promise."""


class Left(StrEnum):
    """How somebody left the queue."""

    SERVED = "served"
    ABSENT = "absent"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket with what became of it. `since`: the instant from which its holder waits; `called_at` the first call,
    `again_at` the last one, to `counter` by the officer `caller`."""

    id: UUID
    number: int
    slot: str
    since: datetime
    called_at: datetime | None = None
    again_at: datetime | None = None
    counter: str = ""
    caller: str = ""
    ended_at: datetime | None = None
    left: Left | None = None

    @property
    def name(self) -> str:
        """What stands on the ticket: A and the number, B for a booked one; each letter counts for itself."""
        return f"{'B' if self.slot else 'A'}{self.number:03}"

    @property
    def in_hand(self) -> bool:
        """Whether its holder was called and is at the counter, or on his way."""
        return self.called_at is not None and self.ended_at is None


def slots() -> tuple[str, ...]:
    """The beginnings of all slots of a day.

    >>> slots()[0], slots()[6:8], slots()[-1], len(slots())
    ('08:30', ('11:30', '14:30'), '17:00', 13)
    """
    return tuple(
        f"{minute // 60:02}:{minute % 60:02}"
        for first, last in OPEN
        for minute in range(_minutes(first), _minutes(last), SLOT_MINUTES)
    )


def refuse_slot(*, day: date, slot: str, taken: int, works: bool, today: date, clock: str) -> None:
    """Whether the slot can be booked at `clock` ("HH:MM") of the day `today`, `taken` of it being booked already.

    Raises NoSuchSlot, TooFarAhead, OfficeClosed, SlotPast, SlotFull.

    >>> free = {"day": date(2026, 3, 2), "slot": "09:00", "taken": 2, "works": True, "today": date(2026, 3, 2)}
    >>> refuse_slot(**free, clock="08:59")
    >>> refuse_slot(**free, clock="09:00")
    Traceback (most recent call last):
    jiahe.window.problems.queue.SlotPast: ...
    """
    if slot not in slots():
        raise NoSuchSlot
    if day > today + timedelta(days=AHEAD):
        raise TooFarAhead(days=AHEAD)
    if day < today or (day == today and slot <= clock):
        raise SlotPast
    if not works:
        raise OfficeClosed
    if taken >= PER_SLOT:
        raise SlotFull


def in_turn(tickets: Iterable[Waiting], *, now: datetime) -> list[Waiting]:
    """Those who wait at `now`, in the order in which they will be called if nobody comes or goes.

    >>> nine = datetime(2026, 3, 2, 9)
    >>> def ticket(n, slot="", after=0, called=None):
    ...     return Waiting(UUID(int=n), n, slot, nine + timedelta(minutes=after), called_at=called)
    >>> came = [ticket(1), ticket(2, after=1), ticket(3, after=2)]
    >>> booked = [ticket(1, "09:00"), ticket(2, "09:00"), ticket(3, "10:00", after=60)]
    >>> [each.name for each in in_turn([*came, *booked], now=nine + timedelta(minutes=5))]
    ['B001', 'A001', 'B002', 'A002', 'A003']

    The last who was called had booked, so now it is the turn of who came:

    >>> gone = ticket(9, "08:30", called=nine)
    >>> [each.name for each in in_turn([*came, *booked, gone], now=nine + timedelta(minutes=1))]
    ['A001', 'B001', 'A002', 'B002']
    """
    tickets = list(tickets)
    called = [(each.called_at, each.slot) for each in tickets if each.called_at is not None]
    booked_last = bool(max(called)[1]) if called else False
    waiting = sorted(
        (each for each in tickets if each.since <= now and each.called_at is None and each.ended_at is None),
        key=lambda each: (each.since, each.number),
    )
    booked, came = ([each for each in waiting if bool(each.slot) is kind] for kind in (True, False))
    order: list[Waiting] = []
    while booked or came:
        booked_last = bool(booked) and not (came and booked_last)
        order.append((booked if booked_last else came).pop(0))
    return order


def waits(tickets: Iterable[Waiting], *, now: datetime) -> list[Stretch]:
    """How many whole minutes each waited until he was first called; those who wait still, or gave their number back,
    waited longer than until then.

    >>> nine = datetime(2026, 3, 2, 9)
    >>> waits([Waiting(UUID(int=1), 1, "", nine, called_at=nine + timedelta(minutes=7)),
    ...     Waiting(UUID(int=2), 2, "", nine), Waiting(UUID(int=3), 3, "10:00", nine + timedelta(hours=1))],
    ...     now=nine + timedelta(minutes=20))
    [Stretch(took=7, ended=True, n=1), Stretch(took=20, ended=False, n=1)]
    """
    found = []
    for each in tickets:
        until = each.called_at or each.ended_at or now
        # who gave a booking back before its slot never waited
        if each.since <= until and each.since <= now:
            found.append(Stretch((until - each.since) // timedelta(minutes=1), each.called_at is not None))
    return found


def foretold(tickets: Collection[Waiting], *, ahead: int, now: datetime) -> int | None:
    """Minutes until somebody with `ahead` people before him is called, at the pace of the last hour, rounded up to
    five; None while there were too few calls.

    >>> nine = datetime(2026, 3, 2, 9)
    >>> calls = [Waiting(UUID(int=n), n, "", nine, called_at=nine + timedelta(minutes=4 * n)) for n in range(5)]
    >>> foretold(calls, ahead=3, now=nine + timedelta(minutes=20)), foretold(calls[:2], ahead=3, now=nine)
    (20, None)
    """
    called = sorted(each.called_at for each in tickets if each.called_at is not None and now - each.called_at < LATELY)
    if len(called) < FEWEST:
        return None
    pace = (now - called[0]) / len(called)
    return ceil((ahead + 1) * pace / timedelta(minutes=ROUND)) * ROUND


def called_now(tickets: Iterable[Waiting]) -> list[Waiting]:
    """Those who were called and are not done with, the last one called first."""
    found = [(each.again_at or each.since, each.number, each) for each in tickets if each.in_hand]
    return [each for _, _, each in sorted(found, key=lambda one: one[:2], reverse=True)]


def next_number(numbers: Sequence[int]) -> int:
    """The number after those given.

    >>> next_number([]), next_number([1, 2])
    (1, 3)
    """
    return max(numbers, default=0) + 1


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)
