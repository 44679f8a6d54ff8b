"""The verbs of whole records: two are one person, two are two after all, all of one is forgotten, and all of one who
should never have been registered."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.basis.problem import N_
from jiahe.journal import queries as journal
from jiahe.journal.recording import record_all, turn
from jiahe.journal.redacting import redact
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.registry import problems
from jiahe.registry.definitions import Rule
from jiahe.registry.facts import (
    Field,
    FieldChange,
    FoundDistinct,
    LifeEventCancelled,
    LifeEventKind,
    MergeUndone,
    ParticularWithdrawn,
    PersonCorrected,
    PersonsMerged,
)
from jiahe.registry.models import LifeEvent, Merge, Person
from jiahe.registry.queries.keeping import (
    House,
    entries_handed_over,
    entries_of_own_households,
    houses_taken_back,
    kept_entries,
    kept_of_taken_back,
)
from jiahe.registry.queries.lives import portions, records_of
from jiahe.registry.queries.merging import since_merge
from jiahe.registry.queries.standing import row_for
from jiahe.registry.queries.taken_back import rows_taken_back
from jiahe.registry.queries.values import texts_as_of

TWICE = N_("counted once, with the record this one was merged into")
"""Why an event of a merged record is cancelled: the record that stays has the same one."""
_ONCE = (LifeEventKind.BORN, LifeEventKind.DIED)


def merge_persons(
    *,
    kept: UUID,
    gone: UUID,
    taken: Collection[Field] = (),
    why: str = "",
    sure: Collection[str] = (),
    by: Author,
    at: datetime,
) -> Recorded:
    """Two records are of one person: `gone` is kept on under `kept`, which takes these fields of it.

    An event both have (birth, death, the same move) counts once. Raises PersonUnknown, NotOneself, AlreadyMerged; and
    DifferentNumbers, MaybeTwins unless the author is sure.
    """
    if kept == gone:
        raise problems.NotOneself()
    with turn():
        if Person.objects.filter(id__in=[kept, gone]).exclude(merged_into=None).exists():
            raise problems.AlreadyMerged()
        stays, goes = row_for(by, "PersonsMerged", kept), row_for(by, "PersonsMerged", gone)
        _refuse_two_people(stays, goes, sure)
        mine, theirs = texts_as_of(stays), texts_as_of(goes)
        changes = tuple(FieldChange(each, mine[each], theirs[each]) for each in Field if each in taken)
        changes = tuple(change for change in changes if change.old != change.new)
        drafts = [Draft(PersonsMerged(kept, gone, changes), by, at, stays.home, kept, why.strip())]
        return record_all([*drafts, *_twice(stays, goes, by, at)])[0]


def undo_merge(*, entry: UUID, reason: str, theirs: Collection[UUID] = (), by: Author, at: datetime) -> list[Recorded]:
    """They are two people: each has what was said of him before, and of what was recorded since, the entries `theirs`
    are given to the one that was merged away.

    Raises NotMerged, ReasonMissing, MergeErased, PersonUnknown.
    """
    if not reason.strip():
        raise problems.ReasonMissing()
    with turn():
        merge = Merge.objects.filter(entry=entry).first()
        if merge is None:
            raise problems.NotMerged()
        stays = row_for(by, "MergeUndone", merge.kept)
        goes = Person.objects.filter(id=merge.gone).first()
        said = journal.entry(entry)
        if goes is None or said is None or said.fact is None:
            raise problems.MergeErased()
        undone = MergeUndone(merge.kept, merge.gone)
        drafts = [Draft(undone, by, at, stays.home, merge.kept, reason.strip(), entry)]
        drafts.append(Draft(FoundDistinct(goes.id, stays.id), by, at, goes.home, goes.id, reason.strip()))
        drafts += _given_back(goes, said, by, at)
        for each in since_merge(merge.kept, said):
            if each.id in theirs:
                drafts += _handed_over(each, stays, goes, reason.strip(), by, at)
        return record_all(drafts)


def find_distinct(*, person: UUID, other: UUID, why: str = "", by: Author, at: datetime) -> Recorded:
    """Two records were compared: they are two people. Raises PersonUnknown, NotOneself."""
    if person == other:
        raise problems.NotOneself()
    with turn():
        row = row_for(by, "FoundDistinct", person)
        row_for(by, "FoundDistinct", other)
        return record_all([Draft(FoundDistinct(person, other), by, at, row.home, person, why.strip())])[0]


def erase_person(*, person: UUID, ground: str, rules: Sequence[Rule], by: Author, at: datetime) -> list[Recorded]:
    """Forget what may be forgotten of all that was said of a person, here and on every node; it cannot be undone.

    `ground` names the legal basis; `rules` say what must be kept and how long. Raises PersonUnknown, ReasonMissing,
    NothingToErase.
    """
    if not ground.strip():
        raise problems.ReasonMissing()
    with turn():
        row = Person.objects.filter(id=person, merged_into=None).first()
        if row is None or not by.may("journal.Redacted", row.home):
            raise problems.PersonUnknown()
        entries = kept_entries(row, rules, on=localdate(at))
        free = [each.entry.id for each in entries if each.until is None]
        if not free:
            raise problems.NothingToErase()
        if row.entry in free:
            free += [*entries_of_own_households(records_of(person)), *entries_handed_over(row, entries)]
        return [redact(free, ground=ground.strip(), by=by, at=at, area=row.home)]


def erase_taken_back(
    *, people: Collection[UUID], ground: str, rules: Sequence[Rule], by: Author, at: datetime
) -> list[Recorded]:
    """Forget what may be forgotten of people whose registrations were taken back, as one act; it cannot be undone.

    `ground` and `rules` as for `erase_person`; a redaction for each area in which a record was kept. Raises
    ReasonMissing, NothingToErase; PersonUnknown for one who is registered, or whom the author may not erase.
    """
    if not ground.strip():
        raise problems.ReasonMissing()
    with turn():
        rows, done = rows_taken_back(people), []
        if {row.person for row in rows} != set(people) or not all(by.may("journal.Redacted", row.home) for row in rows):
            raise problems.PersonUnknown()
        houses, by_home = houses_taken_back(rows), defaultdict(set)
        for row in rows:
            by_home[row.home].add(row.person)
        for home, here in by_home.items():
            for some in portions(here):
                free = _free_of_taken_back(set(some), houses, rules, localdate(at))
                done += [redact(each, ground=ground.strip(), by=by, at=at, area=home) for each in portions(free)]
        if not done:
            raise problems.NothingToErase()
        return done


def _free_of_taken_back(
    people: Collection[UUID], houses: Sequence[House], rules: Sequence[Rule], today: date
) -> set[UUID]:
    """The entries about these people, and about their households, that no rule keeps."""
    free = {each.entry.id for each in kept_of_taken_back(people, rules, on=today) if each.until is None}
    mine = [house for house in houses if house.member in people] if free else []
    free |= {entry for house in mine for entry in house.entries}
    return free | entries_of_own_households(people, [house.household for house in mine]) if free else free


def _refuse_two_people(stays: Person, goes: Person, sure: Collection[str]) -> None:
    numbers = {stays.identity_number, goes.identity_number} - {""}
    kinds = {stays.identity_kind, goes.identity_kind}
    if len(numbers) == 2 and len(kinds) == 1 and problems.DifferentNumbers.code not in sure:
        raise problems.DifferentNumbers()
    siblings = stays.birth_on == goes.birth_on and stays.mother is not None and stays.mother == goes.mother
    if siblings and stays.name_key != goes.name_key and problems.MaybeTwins.code not in sure:
        raise problems.MaybeTwins()


def _twice(stays: Person, goes: Person, by: Author, at: datetime) -> Iterator[Draft]:
    """Cancels what the record that goes has and the one that stays has too, so that it counts once."""
    mine = list(LifeEvent.objects.filter(person=stays.id))
    once = {event.kind for event in mine if event.kind in _ONCE}
    same = {(event.kind, event.on, event.area) for event in mine}
    for event in LifeEvent.objects.filter(person=goes.id):
        if event.kind in once or (event.kind, event.on, event.area) in same:
            fact = LifeEventCancelled(goes.id, LifeEventKind(event.kind), event.on)
            yield Draft(fact, by, at, event.area, goes.id, TWICE, event.entry)


def _given_back(goes: Person, merge: Recorded, by: Author, at: datetime) -> Iterator[Draft]:
    """Records again what was cancelled because both had it."""
    for each in journal.history(about=goes.id):
        if isinstance(each.fact, LifeEventCancelled) and each.why == TWICE and each.seq > merge.seq and each.voids:
            cancelled = journal.entry(each.voids)
            if cancelled is not None and cancelled.fact is not None:
                yield Draft(cancelled.fact, by, at, cancelled.area, goes.id)


def _handed_over(said: Recorded, stays: Person, goes: Person, reason: str, by: Author, at: datetime) -> Iterator[Draft]:
    """Takes an entry from the one and records it anew of the other."""
    fact = said.fact
    if isinstance(fact, PersonCorrected):
        mine, theirs = texts_as_of(stays), texts_as_of(goes)
        back = tuple(FieldChange(c.field, c.new, c.old) for c in fact.changes if mine[c.field] == c.new)
        on = tuple(FieldChange(c.field, theirs[c.field], c.new) for c in fact.changes if theirs[c.field] != c.new)
        for row, changes in ((stays, back), (goes, on)):
            if changes:
                yield Draft(PersonCorrected(row.id, changes), by, at, row.home, row.id, reason)
        return
    kind = LifeEvent.objects.filter(entry=said.id).values_list("kind", flat=True).first()
    gone = LifeEventCancelled(stays.id, LifeEventKind(kind), fact.on) if kind else ParticularWithdrawn(stays.id)
    yield Draft(gone, by, at, said.area, stays.id, reason, said.id)
    yield Draft(replace(fact, person=goes.id), by, at, said.area, goes.id)
