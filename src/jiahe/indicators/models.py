"""The cells, and which of them changed. A cell is what a measure adds up to in one area, from one day on, for one
stratum."""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.indicators.facts import Span
from jiahe.journal.fields import AreaField


class Cell(models.Model):
    """`n` of `measure` in exactly this area (not those in it) and span; wider areas and periods are summed in reading.

    There is no row for nothing: a cell that comes to 0 is removed, so that equal histories leave equal tables.
    """

    pk = models.CompositePrimaryKey("measure", "span", "start", "area", "stratum")
    measure = models.CharField(max_length=40)
    span = models.CharField(max_length=5)
    start = models.DateField()
    area = AreaField()
    stratum = models.CharField(max_length=40)
    n = models.BigIntegerField()

    privacy = dict.fromkeys(("measure", "span", "start", "area", "stratum", "n"), Privacy.OPEN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(span__in=[span.value for span in Span]), name="indicators_cell_span"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.span} {self.start} {self.area} {self.stratum}: {self.n}"


class Changed(models.Model):
    """Something in these cells, in whatever area, changed since the node above was told their sum; `mark` is where the
    journal ended with the last change."""

    pk = models.CompositePrimaryKey("measure", "span", "start", "stratum")
    measure = models.CharField(max_length=40)
    span = models.CharField(max_length=5)
    start = models.DateField()
    stratum = models.CharField(max_length=40)
    mark = models.BigIntegerField()

    privacy = dict.fromkeys(("measure", "span", "start", "stratum", "mark"), Privacy.OPEN)

    class Meta:
        verbose_name_plural = "changed"

    def __str__(self) -> str:
        return f"{self.measure} {self.span} {self.start} {self.stratum}"


class Told(models.Model):
    """When a node below said last what its area comes to, and how often it has said anything."""

    area = AreaField(primary_key=True)
    times = models.BigIntegerField()
    at_ms = models.BigIntegerField()

    privacy = dict.fromkeys(("area", "times", "at_ms"), Privacy.OPEN)

    class Meta:
        verbose_name_plural = "told"

    def __str__(self) -> str:
        return f"{self.area}: {self.times}"
