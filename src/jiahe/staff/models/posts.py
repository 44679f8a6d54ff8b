"""Officers, posts, duties and what else is projected from facts."""

from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import Case, F, Q, QuerySet, Value, When

from jiahe.basis.areas import lies_in
from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.places.queries import moved, placed_in

STAMP = 64
"""Longest journal stamp a register column keeps beside its value, to know which write was the last."""


def _stamp() -> "models.CharField[str, str]":
    return models.CharField(max_length=STAMP, default="")


class Saying(models.Model):
    """That an entry of the journal speaks of an officer, post, deputation or duty: its row is what all these say."""

    entry = models.UUIDField(primary_key=True)
    subject = models.UUIDField()

    privacy = dict.fromkeys(("entry", "subject"), Privacy.INTERNAL)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="saying_subject")]


M = TypeVar("M", bound=models.Model)


class Placed(QuerySet[M]):
    """Rows that belong to an area, by the code it had when they were written."""

    def lying_in(self, area: str, *, on: date) -> "Placed[M]":
        """Those that on that day lie in `area`; `here` is the code of their area on that day."""
        now = moved(on=on)
        whens = [When(area=old, then=Value(new)) for old, new in now.items() if lies_in(new, area)]
        here = Case(*whens, default=F("area"), output_field=AreaField())
        return self.filter(placed_in(area, now)).annotate(here=here)  # type: ignore[return-value]


class Officer(models.Model):
    """Somebody who works here. The newest fact wins, per field."""

    here: str
    """Not a column: see `Placed`."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=80, default="")
    area = AreaField(default="")
    enrolled_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    name_stamp = _stamp()
    enrolled_stamp = _stamp()
    left_stamp = _stamp()

    objects = Placed.as_manager()
    privacy = {
        "id": Privacy.INTERNAL,
        "name": Privacy.INTERNAL,
        "area": Privacy.INTERNAL,
        "enrolled_on": Privacy.INTERNAL,
        "left_on": Privacy.INTERNAL,
        "name_stamp": Privacy.INTERNAL,
        "enrolled_stamp": Privacy.INTERNAL,
        "left_stamp": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [models.Index(fields=["area", "name", "id"], name="officer_area")]


class Post(models.Model):
    """A role for an area, perhaps at a facility. A row without a role is known only by facts that came before it."""

    here: str
    """Not a column: see `Placed`."""

    id = models.UUIDField(primary_key=True)
    role = models.CharField(max_length=40, default="")
    area = AreaField(default="")
    facility = models.UUIDField(null=True)
    title_en = models.CharField(max_length=120, default="")
    title_zh_hant = models.CharField(max_length=120, default="")
    title_zh_hans = models.CharField(max_length=120, default="")
    created_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    created_stamp = _stamp()
    closed_stamp = _stamp()

    objects = Placed.as_manager()
    privacy = {
        "id": Privacy.OPEN,
        "role": Privacy.OPEN,
        "area": Privacy.OPEN,
        "facility": Privacy.OPEN,
        "title_en": Privacy.OPEN,
        "title_zh_hant": Privacy.OPEN,
        "title_zh_hans": Privacy.OPEN,
        "created_on": Privacy.INTERNAL,
        "closed_on": Privacy.INTERNAL,
        "created_stamp": Privacy.INTERNAL,
        "closed_stamp": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["area", "role", "id"], name="post_area"),
            models.Index(fields=["facility"], name="post_facility", condition=Q(facility__isnull=False)),
        ]


class Taking(models.Model):
    """From `on` the post is the officer's, or (officer empty) nobody's: the latest such row up to a day says whose."""

    entry = models.UUIDField(primary_key=True)
    post = models.UUIDField()
    officer = models.UUIDField(null=True)
    on = models.DateField()
    stamp = _stamp()

    privacy = {
        "entry": Privacy.INTERNAL,
        "post": Privacy.INTERNAL,
        "officer": Privacy.INTERNAL,
        "on": Privacy.INTERNAL,
        "stamp": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["post", "on", "stamp"], name="taking_post"),
            models.Index(fields=["officer"], name="taking_officer", condition=Q(officer__isnull=False)),
        ]


class Deputation(models.Model):
    """Days in which an officer may act in a post beside its holder; `ended_on` is the first day without it."""

    id = models.UUIDField(primary_key=True)
    post = models.UUIDField(null=True)
    officer = models.UUIDField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    named_stamp = _stamp()
    ended_stamp = _stamp()

    privacy = {
        "id": Privacy.INTERNAL,
        "post": Privacy.INTERNAL,
        "officer": Privacy.INTERNAL,
        "starts_on": Privacy.INTERNAL,
        "ends_on": Privacy.INTERNAL,
        "ended_on": Privacy.INTERNAL,
        "named_stamp": Privacy.INTERNAL,
        "ended_stamp": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["post"], name="deputation_post"),
            models.Index(fields=["officer"], name="deputation_officer"),
        ]


class Duty(models.Model):
    """Something a post is asked to do by a day. It is the post's, so it goes with the post."""

    here: str
    """Not a column: see `Placed`."""

    id = models.UUIDField(primary_key=True)
    post = models.UUIDField(null=True)
    title = models.CharField(max_length=200, default="")
    area = AreaField(default="")
    about_area = AreaField(default="")
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    note = models.CharField(max_length=500, default="")
    given_stamp = _stamp()
    done_stamp = _stamp()

    objects = Placed.as_manager()
    privacy = {
        "id": Privacy.INTERNAL,
        "post": Privacy.INTERNAL,
        "title": Privacy.INTERNAL,
        "area": Privacy.INTERNAL,
        "about_area": Privacy.INTERNAL,
        "due_on": Privacy.INTERNAL,
        "done_on": Privacy.INTERNAL,
        "note": Privacy.INTERNAL,
        "given_stamp": Privacy.INTERNAL,
        "done_stamp": Privacy.INTERNAL,
    }

    class Meta:
        verbose_name_plural = "duties"
        indexes = [
            models.Index(fields=["post", "due_on"], name="duty_open", condition=Q(done_on__isnull=True)),
            models.Index(fields=["area", "due_on", "id"], name="duty_area"),
        ]


class Raise(models.Model):
    """For one day an officer may see and export so many rows of people; the latest one said holds."""

    entry = models.UUIDField(primary_key=True)
    officer = models.UUIDField()
    on = models.DateField()
    seen = models.PositiveIntegerField()
    exported = models.PositiveIntegerField()
    stamp = _stamp()

    privacy = dict.fromkeys(("entry", "officer", "on", "seen", "exported", "stamp"), Privacy.INTERNAL)

    class Meta:
        indexes = [models.Index(fields=["officer", "on"], name="raise_officer")]
