"""Tickets, their calls and their ends."""

from collections.abc import Sequence

from jiahe.journal.tables import insert
from jiahe.journal.values import Recorded, projects
from jiahe.window.facts import TicketClosed
from jiahe.window.models import Ticket, TicketCall, TicketEnd
from jiahe.window.rules.queueing import Left


@projects(Ticket)
def ticket_taken(batch: Sequence[Recorded]) -> None:
    """Somebody waits; the entry's `area` is the office's."""
    facts = [(entry, entry.fact) for entry in batch]
    rows = [Ticket(entry=e.id, area=e.area, day=f.day, number=f.number, slot=f.slot, at_ms=e.at_ms) for e, f in facts]
    insert(Ticket, rows)


@projects(Ticket)
def ticket_untaken(batch: Sequence[Recorded]) -> None:
    """It was erased."""
    Ticket.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(TicketCall)
def ticket_called(batch: Sequence[Recorded]) -> None:
    """Somebody was called to a counter."""
    facts = [(entry, entry.fact) for entry in batch]
    rows = [
        TicketCall(entry=e.id, ticket=f.ticket, counter=f.counter, officer=e.officer, at_ms=e.at_ms) for e, f in facts
    ]
    insert(TicketCall, rows)


@projects(TicketCall)
def ticket_uncalled(batch: Sequence[Recorded]) -> None:
    """It was erased."""
    TicketCall.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(TicketEnd)
def ticket_ended(batch: Sequence[Recorded]) -> None:
    """Served, called in vain, or given back."""
    insert(
        TicketEnd,
        [TicketEnd(entry=e.id, ticket=e.fact.ticket, left=str(_left(e)), at_ms=e.at_ms) for e in batch],
    )


@projects(TicketEnd)
def ticket_unended(batch: Sequence[Recorded]) -> None:
    """It was erased."""
    TicketEnd.objects.filter(entry__in=[entry.id for entry in batch]).delete()


def _left(entry: Recorded) -> Left:
    if not isinstance(entry.fact, TicketClosed):
        return Left.CANCELLED
    return Left.SERVED if entry.fact.served else Left.ABSENT
