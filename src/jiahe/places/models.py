"""Tables of places: each row is one change in the life of an area or facility, as one entry of the journal told it.

Nothing is ever updated, so any order of entries ends in the same rows; what holds on a day is `rules.life` over them.
Areas are public knowledge: reading them needs no scope.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.places.facts import FacilityKind, Level, Redrawing
from jiahe.places.rules import What

_NAMED = [What.OPENED.value, What.RENAMED.value]


class AreaChange(models.Model):
    """An area was opened, renamed or closed. `on` is date.min for an area older than our records."""

    pk = models.CompositePrimaryKey("code", "entry")
    code = AreaField()
    entry = models.UUIDField()
    level = models.CharField(max_length=8)
    parent = AreaField(blank=True)
    what = models.CharField(max_length=7)
    on = models.DateField()
    stamp = models.CharField(max_length=64)
    official = models.CharField(max_length=200, blank=True)
    en = models.CharField(max_length=200, blank=True)
    zh_hant = models.CharField(max_length=100, blank=True)
    zh_hans = models.CharField(max_length=100, blank=True)

    privacy = {
        **dict.fromkeys(("code", "level", "parent", "what", "on", "official"), Privacy.OPEN),
        **dict.fromkeys(("en", "zh_hant", "zh_hans"), Privacy.OPEN),
        **dict.fromkeys(("entry", "stamp"), Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[level.value for level in Level]), name="places_area_level"),
            models.CheckConstraint(
                condition=Q(what__in=_NAMED, zh_hans__gt="") | Q(what=What.CLOSED.value, zh_hans=""),
                name="places_area_named_unless_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "code"], name="places_area_parent"),
            models.Index(fields=["level", "code"], name="places_area_level_code"),
            models.Index(fields=["entry"], name="places_area_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.what} {self.on}"


class Succession(models.Model):
    """From a day on, `new` is (part of) what `old` was."""

    pk = models.CompositePrimaryKey("old", "new", "entry")
    old = AreaField()
    new = AreaField()
    entry = models.UUIDField()
    kind = models.CharField(max_length=6)
    on = models.DateField()
    order = models.CharField(max_length=200, blank=True)

    privacy = {**dict.fromkeys(("old", "new", "kind", "on", "order"), Privacy.OPEN), "entry": Privacy.INTERNAL}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Redrawing]), name="places_succession_kind"
            )
        ]
        indexes = [
            models.Index(fields=["new"], name="places_succession_new"),
            models.Index(fields=["entry"], name="places_succession_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.old} > {self.new} {self.on}"


class FacilityChange(models.Model):
    """A facility was opened, renamed, moved to another area or closed."""

    pk = models.CompositePrimaryKey("facility", "entry")
    facility = models.UUIDField()
    entry = models.UUIDField()
    what = models.CharField(max_length=7)
    on = models.DateField()
    stamp = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, blank=True)
    area = AreaField(blank=True)
    en = models.CharField(max_length=200, blank=True)
    zh_hant = models.CharField(max_length=100, blank=True)
    zh_hans = models.CharField(max_length=100, blank=True)

    privacy = {
        **dict.fromkeys(("facility", "what", "on", "kind", "area", "en", "zh_hant", "zh_hans"), Privacy.OPEN),
        **dict.fromkeys(("entry", "stamp"), Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(what=What.OPENED.value, kind__in=[kind.value for kind in FacilityKind], area__gt="")
                | Q(what=What.MOVED.value, kind="", area__gt="")
                | Q(what__in=[What.RENAMED.value, What.CLOSED.value], kind="", area=""),
                name="places_facility_kind_and_area",
            ),
        ]
        indexes = [
            models.Index(fields=["area"], name="places_facility_area"),
            models.Index(fields=["entry"], name="places_facility_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.facility} {self.what} {self.on}"
