"""Cases and their stages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.journal import storage
from jiahe.journal.tables import insert, upsert
from jiahe.journal.values import Recorded, projects
from jiahe.window.definitions import days, services
from jiahe.window.facts import CaseOpened
from jiahe.window.models import Attachment, Case, CaseEntry, Stage
from jiahe.window.rules.story import DELIVERY, RECEPTION, Phase, Story, Told
from jiahe.window.rules.telling import tell

_PORTION = 500


@projects(Case, Stage, CaseEntry)
def case_told(batch: Sequence[Recorded]) -> None:
    """Something was said of cases."""
    insert(CaseEntry, [CaseEntry(entry=entry.id, case=entry.fact.case) for entry in batch])
    _retell({entry.fact.case for entry in batch})


@projects(Case, Stage, CaseEntry)
def case_untold(batch: Sequence[Recorded]) -> None:
    """It is as if nobody had said it."""
    CaseEntry.objects.filter(entry__in=[entry.id for entry in batch]).delete()
    _retell({entry.fact.case for entry in batch})


@projects(Attachment)
def attachment_added(batch: Sequence[Recorded]) -> None:
    """A picture or file lies with a case."""
    facts = [(entry, entry.fact) for entry in batch]
    rows = [
        Attachment(
            entry=entry.id,
            case=f.case,
            document=f.document,
            blob=f.blob,
            media=f.media,
            size=f.size,
            at_ms=entry.at_ms,
        )
        for entry, f in facts
    ]
    insert(Attachment, rows)


@projects(Attachment)
def attachment_taken(batch: Sequence[Recorded]) -> None:
    """It was erased."""
    Attachment.objects.filter(entry__in=[entry.id for entry in batch]).delete()


def told(cases: Collection[UUID]) -> dict[UUID, Story]:
    """The stories of these cases as far as they were opened and their services are known here."""
    heard: dict[UUID, list[Recorded]] = defaultdict(list)
    of = dict(CaseEntry.objects.filter(case__in=cases).values_list("entry", "case"))
    for row in storage.by_id(of):
        entry = storage.decode(row)
        if entry.fact is not None:
            heard[of[entry.id]].append(entry)
    found = {}
    for case, entries in heard.items():
        story = _story(sorted(entries, key=lambda entry: entry.stamp))
        if story is not None:
            found[case] = story
    return found


def retell_all() -> int:
    """Tell every case anew: the calendar or the services of `content/` have changed since. Gives back of how many the
    day of decision moved. Those that are over are told too, so that a replay tells the same."""
    ids = list(Case.objects.values_list("id", flat=True))
    moved = 0
    for start in range(0, len(ids), _PORTION):
        some = Case.objects.filter(id__in=ids[start : start + _PORTION])
        before = dict(some.values_list("id", "due_on"))
        _retell(set(before))
        moved += sum(before[id_] != due for id_, due in some.values_list("id", "due_on"))
    return moved


def _story(entries: Sequence[Recorded]) -> Story | None:
    opening = next((entry.fact for entry in entries if isinstance(entry.fact, CaseOpened)), None)
    if opening is None:
        return None
    try:
        service = services().version(opening.service, opening.version)
    except KeyError:
        return None
    happened = [
        Told(entry.id, localdate(entry.at), entry.officer, entry.post, entry.area, entry.fact, entry.why)
        for entry in entries
    ]
    return tell(service, days(), happened)


def _retell(cases: Collection[UUID]) -> None:
    stories = told(cases)
    gone = [case for case in cases if case not in stories]
    if gone:
        Case.objects.filter(id__in=gone).delete()
    Stage.objects.filter(case__in=cases).delete()
    rows = [_row(case, story) for case, story in stories.items()]
    columns = [field.name for field in Case._meta.concrete_fields if not field.primary_key]
    upsert(Case, rows, key=["id"], update=columns)
    insert(Stage, [row for case, story in stories.items() for row in _stages(case, story)])


def _row(case: UUID, story: Story) -> Case:
    stage, by = story.stage, story.due
    half_on, risk_on = story.half_on, story.risk_on
    turn = (stage.half_on, stage.risk_on, stage.due.on) if stage else (None, None, None)
    if stage is not None and story.phase is Phase.RUNNING:  # a step in time of a case that is late is late
        turn = min(stage.half_on, half_on), min(stage.risk_on, risk_on), min(stage.due.on, by.on)
    return Case(
        id=case,
        number=story.opening.number,
        service=story.service.id,
        version=story.service.version,
        applicant=story.opening.applicant,
        area=story.area,
        owner=story.owner,
        phase=story.phase,
        stage=stage.step if stage else "",
        desk=stage.desk if stage else None,
        turn_since=stage.since if stage else None,
        turn_half_on=turn[0],
        turn_risk_on=turn[1],
        turn_due_on=turn[2],
        opened_on=story.opened_on,
        received_on=story.received_on,
        tell_by=story.tell_by,
        told_on=story.told_on,
        accepted_on=story.accepted_on,
        promised_on=story.promised_on,
        half_on=half_on,
        risk_on=risk_on,
        due_on=by.on,
        guessed=bool(by.guessed),
        still_until=story.still_until,
        end=story.end or "",
        ended_on=story.ended_on,
        delivered_on=story.delivered_on,
        regarding=story.opening.regarding,
        opened_by=story.opened_by,
        accepted_by=story.accepted_by,
        decided_by=story.decided_by,
        code=story.code,
    )


_STEPS, _DELIVERY = 1_000, 9_000
"""Where the numbers of steps and of delivery begin: what is told of reception later shifts none of them."""


def _stages(case: UUID, story: Story) -> Iterator[Stage]:
    counted: Counter[int] = Counter()
    for each in story.stages:
        first = {RECEPTION: 0, DELIVERY: _DELIVERY}.get(each.step, _STEPS)
        n = first + counted[first]
        counted[first] += 1
        yield Stage(
            case=case,
            n=n,
            step=each.step,
            area=story.area,
            service=story.service.id,
            desk=each.desk,
            answers=each.answers,
            since=each.since,
            due_on=each.due.on,
            ended_on=each.ended_on,
            outcome=each.outcome,
            officer=each.officer,
            late=each.ended_on is not None and each.ended_on > each.due.on,
        )
