"""Files that were brought, and their rows, while they are worked on. Tables of this node, not facts: what is taken over
becomes facts of the register, and what a row said is deleted after 30 days at most."""

from typing import Any

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField


class Step(models.TextChoices):
    """How far an import is."""

    COLUMNS = "columns"
    """Somebody must say what the columns hold."""
    CHECKING = "checking"
    CHECKED = "checked"
    TAKING = "taking"
    TAKEN = "taken"
    UNDONE = "undone"


class Verdict(models.TextChoices):
    """What is said of a row."""

    UNREAD = "unread"
    READ = "read"
    """Its cells make somebody; the register was not asked yet."""
    ACCEPTED = "accepted"
    DOUBLE = "double"
    KNOWN = "known"
    """Registered already: by the same number and name, or by the same row of an earlier file."""
    REFUSED = "refused"
    TAKEN = "taken"
    UNDONE = "undone"


NOTHING_SAID: dict[str, Any] = {
    "cells": "[]",
    "somebody": "",
    "mark": "",
    "identity": "",
    "birth_on": None,
    "reasons": "",
    "house": "",
}
"""Columns of a row whose contents are deleted."""


class Import(models.Model):
    """A file that somebody brought, for the area of his post. `digest` is the SHA-256 of the file; `headings` and
    `columns` are JSON lists, what each column is called and holds; `usual_*` holds for rows that do not say it."""

    id = models.UUIDField(primary_key=True)
    officer = models.CharField()
    post = models.CharField()
    area = AreaField()
    name = models.CharField(blank=True)
    digest = models.CharField()
    at = models.DateTimeField()
    headings = models.TextField()
    columns = models.TextField()
    usual_area = AreaField(blank=True)
    usual_since = models.DateField(null=True)
    size = models.IntegerField()
    step = models.CharField()
    emptied_at = models.DateTimeField(null=True)

    privacy = {
        **dict.fromkeys(("id", "officer", "post", "area", "digest", "at", "columns"), Privacy.INTERNAL),
        **dict.fromkeys(("usual_area", "usual_since", "size", "step", "emptied_at"), Privacy.INTERNAL),
        **dict.fromkeys(("name", "headings"), Privacy.PERSONAL),
    }

    class Meta:
        indexes = [
            models.Index(fields=["area", "at"], name="exchange_import_area"),
            models.Index(fields=["at"], name="exchange_import_full", condition=Q(emptied_at__isnull=True)),
        ]
        constraints = [models.CheckConstraint(condition=Q(step__in=Step.values), name="exchange_import_step")]


class ImportRow(models.Model):
    """A row of a file: its cells, whom they tell of (`persons.Somebody` as JSON), and what is said of it.

    `mark` is the same for rows that say the same; `identity` and `birth_on` are whom it tells of. `reasons` is JSON:
    the code and values of the problem, or the likely doubles. `meant` says that a likely double is somebody else.
    `person` and `entry` are the registration that came of it; `house` is the same for those of one household
    until that is formed.
    """

    pk = models.CompositePrimaryKey("brought_id", "number")
    brought = models.ForeignKey(Import, on_delete=models.CASCADE, db_index=False)
    number = models.IntegerField()
    cells = models.TextField()
    somebody = models.TextField(blank=True)
    mark = models.CharField(blank=True)
    identity = models.CharField(blank=True)
    birth_on = models.DateField(null=True)
    verdict = models.CharField()
    reasons = models.TextField(blank=True)
    meant = models.BooleanField(default=False)
    house = models.CharField(blank=True, default="")
    person = models.UUIDField(null=True)
    entry = models.UUIDField(null=True)

    privacy = {
        **dict.fromkeys(("brought", "number", "verdict", "meant", "person", "entry"), Privacy.INTERNAL),
        **dict.fromkeys(("mark", "birth_on"), Privacy.PERSONAL),
        "house": Privacy.CONTACT,
        **dict.fromkeys(("cells", "somebody", "identity", "reasons"), Privacy.IDENTITY),
    }

    class Meta:
        indexes = [
            models.Index(fields=["brought", "verdict", "birth_on", "number"], name="exchange_row_next"),
            models.Index(fields=["brought", "identity"], name="exchange_row_identity", condition=Q(identity__gt="")),
            models.Index(fields=["brought", "house"], name="exchange_row_house", condition=Q(house__gt="")),
            models.Index(fields=["mark"], name="exchange_row_mark", condition=Q(mark__gt="")),
            models.Index(fields=["person"], name="exchange_row_person", condition=Q(person__isnull=False)),
        ]
        constraints = [models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="exchange_row_verdict")]
