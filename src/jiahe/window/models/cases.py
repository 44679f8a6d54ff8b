"""Cases, their stages and what was attached: derived from all that is said of a case (`rules.telling`)."""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField


class CaseEntry(models.Model):
    """That an entry of the journal speaks of a case: its row is what all these say."""

    entry = models.UUIDField(primary_key=True)
    case = models.UUIDField()

    privacy = dict.fromkeys(("entry", "case"), Privacy.INTERNAL)

    class Meta:
        verbose_name_plural = "case entries"
        indexes = [models.Index(fields=["case"], name="window_entry_case")]


class Case(models.Model):
    """A case as it stands. `phase` is one of `rules.story.Phase`.

    Whose turn it is: `desk` (empty: nobody's) at `stage`, by `turn_due_on`; without that day it is the applicant's, or
    the case is over. `due_on` is the day of the decision; `half_on` and `risk_on`, and those of the turn, are the days
    on which half and four fifths of the limit are used up. `still_until`: its clock stands still up to that day.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField()
    service = models.CharField()
    version = models.PositiveIntegerField()
    applicant = models.UUIDField(null=True)
    area = AreaField()
    owner = models.UUIDField(null=True)
    phase = models.CharField()
    stage = models.CharField(blank=True)
    desk = models.UUIDField(null=True)
    turn_since = models.DateField(null=True)
    turn_half_on = models.DateField(null=True)
    turn_risk_on = models.DateField(null=True)
    turn_due_on = models.DateField(null=True)
    opened_on = models.DateField()
    received_on = models.DateField()
    tell_by = models.DateField()
    told_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    half_on = models.DateField()
    risk_on = models.DateField()
    due_on = models.DateField()
    guessed = models.BooleanField()
    still_until = models.DateField(null=True)
    end = models.CharField(blank=True)
    ended_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    regarding = models.UUIDField(null=True)
    opened_by = models.CharField()
    accepted_by = models.CharField(blank=True)
    decided_by = models.CharField(blank=True)
    code = models.CharField(blank=True)

    privacy = {
        **dict.fromkeys(
            (
                *("id", "number", "version", "owner", "phase", "stage", "desk", "opened_on", "received_on", "tell_by"),
                *("turn_since", "turn_half_on", "turn_risk_on", "turn_due_on", "told_on", "accepted_on", "promised_on"),
                *("half_on", "risk_on", "due_on", "guessed", "still_until", "ended_on", "delivered_on"),
                *("regarding", "opened_by", "accepted_by", "decided_by", "code"),
            ),
            Privacy.INTERNAL,
        ),
        **dict.fromkeys(("applicant", "area"), Privacy.PERSONAL),
        **dict.fromkeys(("service", "end"), Privacy.SENSITIVE),
    }

    class Meta:
        indexes = [
            models.Index(fields=["number"], name="window_case_number"),
            models.Index(fields=["applicant"], name="window_case_applicant"),
            models.Index(fields=["regarding"], name="window_case_regarding", condition=Q(regarding__isnull=False)),
            models.Index(
                fields=["desk", "turn_due_on", "id"], name="window_case_desk", condition=Q(turn_due_on__isnull=False)
            ),
            models.Index(fields=["turn_due_on", "id"], name="window_case_turn", condition=Q(turn_due_on__isnull=False)),
            models.Index(fields=["owner", "opened_on"], name="window_case_owner"),
            models.Index(fields=["area", "phase"], name="window_case_area"),
        ]


class Stage(models.Model):
    """One stage of a case: on whose desk it lies (`desk`), and which post answers for it (`answers`)."""

    pk = models.CompositePrimaryKey("case", "n")
    case = models.UUIDField()
    n = models.PositiveIntegerField()
    step = models.CharField()
    area = AreaField()
    service = models.CharField()
    desk = models.UUIDField(null=True)
    answers = models.UUIDField(null=True)
    since = models.DateField()
    due_on = models.DateField()
    ended_on = models.DateField(null=True)
    outcome = models.CharField(blank=True)
    officer = models.CharField(blank=True)
    late = models.BooleanField()

    privacy = {
        **dict.fromkeys(
            ("case", "n", "step", "desk", "answers", "since", "due_on", "ended_on", "officer", "late"), Privacy.INTERNAL
        ),
        **dict.fromkeys(("area",), Privacy.PERSONAL),
        **dict.fromkeys(("service", "outcome"), Privacy.SENSITIVE),
    }

    class Meta:
        indexes = [
            models.Index(fields=["answers", "due_on"], name="window_stage_answers"),
            models.Index(fields=["area", "due_on"], name="window_stage_area"),
            models.Index(fields=["due_on"], name="window_stage_open", condition=Q(ended_on__isnull=True)),
            models.Index(fields=["due_on"], name="window_stage_late", condition=Q(late=True)),
        ]


class Attachment(models.Model):
    """A picture or file of a document; its content lies encrypted in the node's store under `blob`."""

    entry = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    document = models.CharField(blank=True)
    blob = models.CharField()
    media = models.CharField()
    size = models.PositiveBigIntegerField()
    at_ms = models.BigIntegerField()

    privacy = {
        **dict.fromkeys(("entry", "case", "media", "size", "at_ms"), Privacy.INTERNAL),
        **dict.fromkeys(("document", "blob"), Privacy.SENSITIVE),
    }

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="window_attachment_case"),
            models.Index(fields=["blob"], name="window_attachment_blob"),
        ]
