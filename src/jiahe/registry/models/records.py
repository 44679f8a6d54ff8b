"""What is said of whole records: merged, distinct, opened, taken back."""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.registry.facts import Purpose
from jiahe.registry.models.columns import one_of


class Merge(models.Model):
    """Somebody said that the record `gone` is of the same person as `kept`."""

    entry = models.UUIDField(primary_key=True)
    stamp = models.CharField()
    kept = models.UUIDField()
    gone = models.UUIDField()

    privacy = dict.fromkeys(("entry", "stamp", "kept", "gone"), Privacy.INTERNAL)

    class Meta:
        indexes = [
            models.Index(fields=["kept"], name="registry_merge_kept"),
            models.Index(fields=["gone"], name="registry_merge_gone"),
        ]


class Distinct(models.Model):
    """Somebody compared two records (`left` < `right`) and found two people."""

    entry = models.UUIDField(primary_key=True)
    left = models.UUIDField()
    right = models.UUIDField()

    privacy = dict.fromkeys(("entry", "left", "right"), Privacy.INTERNAL)

    class Meta:
        indexes = [
            models.Index(fields=["left", "right"], name="registry_distinct_pair"),
            models.Index(fields=["right"], name="registry_distinct_right"),
        ]


class Opening(models.Model):
    """An officer opened a record in a post, at an instant (milliseconds), and said why; `home` is where it was kept."""

    entry = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    officer = models.CharField()
    post = models.CharField()
    at_ms = models.BigIntegerField()
    purpose = models.CharField()
    reason = models.CharField(blank=True)
    outside = models.BooleanField()
    home = AreaField()

    privacy = {
        **dict.fromkeys(("entry", "person", "officer", "post", "at_ms", "outside"), Privacy.INTERNAL),
        **dict.fromkeys(("purpose", "reason", "home"), Privacy.PERSONAL),
    }

    class Meta:
        indexes = [
            models.Index(fields=["person", "at_ms"], name="registry_opening_person"),
            models.Index(fields=["post", "at_ms"], name="registry_opening_post"),
            models.Index(fields=["home", "at_ms"], name="registry_opening_outside", condition=Q(outside=True)),
        ]
        constraints = [one_of("purpose", Purpose, "registry_opening_purpose")]


class TakenBack(models.Model):
    """A registration was cancelled, by the entry `entry`; `home` is where the record was kept. What it had said
    stands in the journal alone."""

    entry = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    officer = models.CharField()
    post = models.CharField()
    at_ms = models.BigIntegerField()
    home = AreaField()

    privacy = {
        **dict.fromkeys(("entry", "person", "officer", "post", "at_ms"), Privacy.INTERNAL),
        "home": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="registry_taken_back_person"),
            models.Index(fields=["home", "at_ms"], name="registry_taken_back_home"),
        ]
