"""What is said of whole records: that two are of one person, that they are not, that somebody looked into one, that
one should not have been."""

from collections.abc import Sequence

from jiahe.journal.tables import insert
from jiahe.journal.values import Change, Recorded, projects
from jiahe.registry.models import (
    Distinct,
    FieldValue,
    Merge,
    Opening,
    Person,
    PersonDocument,
    PersonName,
    PersonPhone,
    TakenBack,
)
from jiahe.registry.projections.people import name_row, retold, value_rows
from jiahe.registry.queries.lives import around


@projects(Merge, FieldValue, Person, PersonName)
def persons_merged(batch: Sequence[Recorded]) -> list[Change]:
    """One record is kept on under the other, which takes some of its values."""
    insert(Merge, [Merge(entry=e.id, stamp=e.stamp, kept=e.fact.person, gone=e.fact.gone) for e in batch])
    insert(FieldValue, [row for entry in batch for row in value_rows(entry, entry.fact.taken)])
    ids = {who for entry in batch for who in (entry.fact.person, entry.fact.gone)}
    return retold(ids, was=around(ids).without({entry.id for entry in batch}))


@projects(Merge, FieldValue, Person, PersonName)
def persons_unmerged(batch: Sequence[Recorded]) -> list[Change]:
    """They are two again, each as what was said of him tells."""
    gone = [entry.id for entry in batch]
    ids = {who for entry in batch for who in (entry.fact.person, entry.fact.gone)}
    was = around(ids)
    Merge.objects.filter(entry__in=gone).delete()
    FieldValue.objects.filter(entry__in=gone).delete()
    return retold(was.people.keys() | ids, was=was)


@projects(Distinct)
def found_distinct(batch: Sequence[Recorded]) -> None:
    """They are not shown as doubles again."""
    pairs = [(entry.id, *sorted((entry.fact.person, entry.fact.other))) for entry in batch]
    insert(Distinct, [Distinct(entry=entry, left=left, right=right) for entry, left, right in pairs])


@projects(Distinct)
def found_distinct_undone(batch: Sequence[Recorded]) -> None:
    """Nobody found so."""
    Distinct.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(Opening)
def record_opened(batch: Sequence[Recorded]) -> None:
    """Who looked, when, why."""
    insert(
        Opening,
        [
            Opening(
                entry=entry.id,
                person=entry.fact.person,
                officer=entry.officer,
                post=entry.post,
                at_ms=entry.at_ms,
                purpose=entry.fact.purpose,
                reason=entry.fact.reason,
                outside=entry.fact.outside,
                home=entry.area,
            )
            for entry in batch
        ],
    )


@projects(Opening)
def record_unopened(batch: Sequence[Recorded]) -> None:
    """What was said of it was erased."""
    Opening.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(TakenBack)
def registration_cancelled(batch: Sequence[Recorded]) -> None:
    """Who took it back, and when."""
    insert(
        TakenBack,
        [
            TakenBack(
                entry=entry.id,
                person=entry.fact.person,
                officer=entry.officer,
                post=entry.post,
                at_ms=entry.at_ms,
                home=entry.area,
            )
            for entry in batch
        ],
    )


@projects(TakenBack)
def cancelling_erased(batch: Sequence[Recorded]) -> None:
    """What was taken back is forgotten too."""
    TakenBack.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(PersonName)
def name_added(batch: Sequence[Recorded]) -> None:
    """Another name."""
    facts = [(entry.id, entry.fact) for entry in batch]
    insert(
        PersonName,
        [name_row(id_, f.person, f.name, added=True, since=f.since, until=f.until) for id_, f in facts],
    )


@projects(PersonName)
def name_withdrawn(batch: Sequence[Recorded]) -> None:
    """No name of his."""
    PersonName.objects.filter(entry__in=[entry.id for entry in batch], added=True).delete()


@projects(PersonDocument)
def document_added(batch: Sequence[Recorded]) -> None:
    """Another document."""
    facts = [(entry.id, entry.fact) for entry in batch]
    insert(
        PersonDocument,
        [
            PersonDocument(
                entry=id_,
                person=f.person,
                kind=f.identity.kind,
                number=f.identity.number,
                tail=f.identity.number[::-1],
                since=f.since,
                until=f.until,
            )
            for id_, f in facts
        ],
    )


@projects(PersonDocument)
def document_withdrawn(batch: Sequence[Recorded]) -> None:
    """No document of his."""
    PersonDocument.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(PersonPhone)
def phone_added(batch: Sequence[Recorded]) -> None:
    """Another phone."""
    facts = [(entry.id, entry.fact) for entry in batch]
    insert(
        PersonPhone,
        [
            PersonPhone(entry=id_, person=f.person, number=f.number, tail=f.number[::-1], whose=f.whose)
            for id_, f in facts
        ],
    )


@projects(PersonPhone)
def phone_withdrawn(batch: Sequence[Recorded]) -> None:
    """No phone of his."""
    PersonPhone.objects.filter(entry__in=[entry.id for entry in batch]).delete()
