# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several officers press "call the next" at the same time: each number is called once, in its order. Several browsers
book the same half hours: none is booked more often than it has places."""

from __future__ import annotations

import argparse
import os
from collections import Counter as Count
from itertools import pairwise

from tests.prove.lib.writers import fork

summary = "officers who call at the same time call each number once; no half hour is booked too often"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--numbers", type=int, default=60, help="how many wait")


def run(args: argparse.Namespace) -> int:
    """Call and book, then look; 0 if every number was called once and no half hour is too full."""
    from django.db import connections

    from benchmarks.lib import homes
    from jiahe.journal.models import Entry
    from jiahe.window import actions
    from jiahe.window.models import Ticket, TicketCall
    from jiahe.window.rules.queueing import PER_SLOT
    from tests.lib.counter import MONDAY, TOWNSHIP, day, found_counter

    homes.prepare(None)
    counter = found_counter()
    for _ in range(args.numbers):
        actions.take_number(by=counter.acting("window"), at=day(MONDAY))
    callers = [counter.acting(("window", "clerk", "other_clerk")[n % 3]) for n in range(args.processes)]
    connections.close_all()
    children = [fork(lambda by=by: _press(by)) for by in callers]
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    calls = dict(TicketCall.objects.values_list("entry", "ticket"))
    said = Entry.objects.filter(kind="window.TicketCalled@1").order_by("seq").values_list("entry_id", flat=True)
    order = [calls[entry] for entry in said]
    numbers = dict(Ticket.objects.filter(slot="").values_list("entry", "number"))
    twice = len(order) - len(set(order))
    jumped = sum(numbers[first] > numbers[then] for first, then in pairwise(order))
    booked = Count(Ticket.objects.filter(area=TOWNSHIP).exclude(slot="").values_list("day", "slot"))
    over = sum(times > PER_SLOT for times in booked.values())
    print(f"{args.processes} processes called {len(order)} of {args.numbers} numbers; {failed} process(es) failed")
    print(f"called twice: {twice}, out of order: {jumped}")
    print(f"{booked.total()} bookings of {len(booked)} half hours; with more than {PER_SLOT}: {over}")
    good = len(order) == args.numbers and booked.total() == len(booked) * PER_SLOT
    return 1 if failed or twice or jumped or over or not good else 0


def _press(by: object) -> None:
    """Call until nobody waits; then book every half hour of the day as often as it lets one."""
    from datetime import timedelta

    from jiahe.node.clock import now
    from jiahe.staff.scope import Acting
    from jiahe.window import actions, problems
    from jiahe.window.rules.queueing import slots
    from tests.lib.counter import MONDAY, TOWNSHIP, day

    assert isinstance(by, Acting)
    began, at = now(), day(MONDAY)
    while True:
        try:
            called = actions.call_next(counter="1", by=by, at=at + (now() - began))
            actions.close_ticket(ticket=called.fact.ticket, served=True, by=by, at=at + (now() - began))
        except problems.NobodyWaits:
            break
        except (problems.TicketInHand, problems.TicketOver):
            continue  # two processes of one officer
    for slot in slots():
        while True:
            try:
                actions.book_slot(office=TOWNSHIP, day=MONDAY + timedelta(days=1), slot=slot, by=by, at=at)
            except problems.SlotFull:
                break
