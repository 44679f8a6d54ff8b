"""What is said about cases and officers beside the procedure: interests, ratings and their answers, inspections."""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.window.facts import Relation


class Interest(models.Model):
    """What a person is to an officer, who therefore has no part in that person's cases."""

    entry = models.UUIDField(primary_key=True)
    officer = models.UUIDField()
    person = models.UUIDField()
    relation = models.CharField()
    area = AreaField()

    privacy = {
        **dict.fromkeys(("entry", "officer"), Privacy.INTERNAL),
        **dict.fromkeys(("person", "relation", "area"), Privacy.PERSONAL),
    }

    class Meta:
        indexes = [
            models.Index(fields=["officer"], name="window_interest_officer"),
            models.Index(fields=["person"], name="window_interest_person"),
            models.Index(fields=["area"], name="window_interest_area"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=[str(each) for each in Relation]), name="window_interest_relation"
            )
        ]


class Rating(models.Model):
    """What an applicant said of how he was served. The latest of a case counts; who said it is never shown."""

    entry = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    area = AreaField()
    score = models.PositiveSmallIntegerField()
    payment_asked = models.BooleanField(null=True)
    words = models.CharField(blank=True)
    on = models.DateField()
    stamp = models.CharField()

    privacy = {
        **dict.fromkeys(("entry", "on", "stamp"), Privacy.INTERNAL),
        **dict.fromkeys(("case", "score", "payment_asked", "words", "area"), Privacy.PERSONAL),
    }

    class Meta:
        indexes = [
            models.Index(fields=["case", "stamp"], name="window_rating_case"),
            models.Index(fields=["area", "on"], name="window_rating_area"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="window_rating_score"),
        ]


class Answer(models.Model):
    """A bad rating was followed up."""

    entry = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    reached = models.BooleanField()
    words = models.CharField(blank=True)
    officer = models.CharField()
    on = models.DateField()

    privacy = {
        **dict.fromkeys(("entry", "case", "reached", "officer", "on"), Privacy.INTERNAL),
        "words": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [models.Index(fields=["case"], name="window_answer_case")]


class RatingOpening(models.Model):
    """An officer opened whose bad rating it is, and said why. Shown to nobody who has the case."""

    entry = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    officer = models.CharField()
    post = models.CharField()
    at_ms = models.BigIntegerField()

    privacy = dict.fromkeys(("entry", "case", "officer", "post", "at_ms"), Privacy.INTERNAL)

    class Meta:
        indexes = [models.Index(fields=["case", "at_ms"], name="window_rating_opening_case")]


class Inspection(models.Model):
    """An officer without a step in a case opened it, and said why."""

    entry = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    officer = models.CharField()
    post = models.CharField()
    at_ms = models.BigIntegerField()
    reason = models.CharField()

    privacy = {
        **dict.fromkeys(("entry", "case", "officer", "post", "at_ms"), Privacy.INTERNAL),
        "reason": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [models.Index(fields=["case", "at_ms"], name="window_inspection_case")]
