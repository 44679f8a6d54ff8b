"""Facts to rows: one for each thing that was said. What they come to is told anew whenever somebody asks."""

from collections.abc import Sequence
from typing import Any

from django.utils.timezone import localdate

from jiahe.conduct import facts
from jiahe.conduct.models import Remark
from jiahe.conduct.rules.record import What
from jiahe.journal.tables import insert
from jiahe.journal.values import Recorded, projects

_WHAT = {
    facts.LatenessExplained: What.EXPLAINED,
    facts.LatenessJudged: What.JUDGED,
    facts.JudgementAppealed: What.APPEALED,
    facts.AppealDecided: What.DECIDED,
}


@projects(Remark)
def said(batch: Sequence[Recorded]) -> None:
    """Somebody explained, judged, appealed, or decided an appeal."""
    insert(Remark, [_row(entry, entry.fact) for entry in batch])


@projects(Remark)
def unsaid(batch: Sequence[Recorded]) -> None:
    """It was erased."""
    Remark.objects.filter(entry__in=[entry.id for entry in batch]).delete()


def _row(entry: Recorded, fact: Any) -> Remark:
    return Remark(
        entry=entry.id,
        case=fact.case,
        n=fact.n,
        post=fact.post,
        what=_WHAT[type(fact)],
        how=getattr(fact, "finding", getattr(fact, "ruling", "")),
        words=entry.why,
        officer=entry.officer,
        by_post=entry.post,
        on=localdate(entry.at),
        stamp=entry.stamp,
    )
