"""Tickets of the queue. What was said of one stands beside it in rows of its own, whichever came first."""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.window.rules.queueing import Left


class Ticket(models.Model):
    """A number of one office and day; nobody's. `slot` is empty for one taken at the counter."""

    entry = models.UUIDField(primary_key=True)
    area = AreaField()
    day = models.DateField()
    number = models.PositiveIntegerField()
    slot = models.CharField(blank=True)
    at_ms = models.BigIntegerField()

    privacy = dict.fromkeys(("entry", "area", "day", "number", "slot", "at_ms"), Privacy.OPEN)

    class Meta:
        indexes = [models.Index(fields=["area", "day"], name="window_ticket_office")]


class TicketCall(models.Model):
    """A ticket was called to a counter."""

    entry = models.UUIDField(primary_key=True)
    ticket = models.UUIDField()
    counter = models.CharField()
    officer = models.CharField()
    at_ms = models.BigIntegerField()

    privacy = {
        **dict.fromkeys(("entry", "ticket", "counter", "at_ms"), Privacy.OPEN),
        "officer": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [models.Index(fields=["ticket"], name="window_ticket_call")]


class TicketEnd(models.Model):
    """A ticket is done with, in this way."""

    entry = models.UUIDField(primary_key=True)
    ticket = models.UUIDField()
    left = models.CharField()
    at_ms = models.BigIntegerField()

    privacy = dict.fromkeys(("entry", "ticket", "left", "at_ms"), Privacy.OPEN)

    class Meta:
        indexes = [models.Index(fields=["ticket"], name="window_ticket_end")]
        constraints = [
            models.CheckConstraint(condition=Q(left__in=[str(each) for each in Left]), name="window_ticket_left")
        ]
