"""Staff facts -> rows. Any order of the same facts ends in the same rows: the greatest stamp wins, per field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from jiahe.journal import storage
from jiahe.journal.tables import insert, upsert
from jiahe.journal.values import Recorded, projects
from jiahe.staff import facts
from jiahe.staff.models import Deputation, Duty, Officer, Post, Raise, Saying, Taking


def _register(
    table: type[Model],
    entries: Sequence[Recorded],
    stamp: str,
    key: Callable[[Any], UUID],
    values: Callable[[Recorded], Mapping[str, Any]],
) -> None:
    """Write `values` of each entry's fact to the row `key`, unless the row's `stamp` says a later one was written.

    A row that does not exist yet is made with what is known; one read and one write, however many entries.
    """
    latest: dict[UUID, Recorded] = {}
    for entry in entries:
        identifier = key(entry.fact)
        if identifier not in latest or latest[identifier].stamp < entry.stamp:
            latest[identifier] = entry
    rows = table._default_manager.in_bulk(latest)
    changed, names = [], {stamp}
    for identifier, entry in latest.items():
        row = rows.get(identifier) or table(pk=identifier)
        if getattr(row, stamp) < entry.stamp:
            for name, value in {**values(entry), stamp: entry.stamp}.items():
                setattr(row, name, value)
                names.add(name)
            changed.append(row)
    upsert(table, changed, key=["id"], update=sorted(names))
    insert(Saying, [Saying(entry=entry.id, subject=key(entry.fact)) for entry in entries])


@projects(Officer, Saying)
def officer_enrolled(entries: Sequence[Recorded]) -> None:
    """The officer is on the roll, under a name."""
    _register(
        Officer,
        entries,
        "enrolled_stamp",
        lambda fact: fact.officer,
        lambda entry: {"area": entry.fact.area, "enrolled_on": entry.fact.on},
    )
    officer_renamed(entries)


@projects(Officer, Saying)
def officer_renamed(entries: Sequence[Recorded]) -> None:
    """The officer has this name."""
    _register(Officer, entries, "name_stamp", lambda fact: fact.officer, lambda entry: {"name": entry.fact.name})


@projects(Officer, Saying)
def officer_left(entries: Sequence[Recorded]) -> None:
    """The officer is gone from a day on."""
    _register(Officer, entries, "left_stamp", lambda fact: fact.officer, lambda entry: {"left_on": entry.fact.on})


@projects(Post, Saying)
def post_created(entries: Sequence[Recorded]) -> None:
    """There is a post."""

    def values(entry: Recorded) -> dict[str, Any]:
        fact = entry.fact
        return {
            "role": fact.role,
            "area": fact.area,
            "facility": fact.facility,
            "title_en": fact.title.en,
            "title_zh_hant": fact.title.zh_hant,
            "title_zh_hans": fact.title.zh_hans,
            "created_on": fact.on,
        }

    _register(Post, entries, "created_stamp", lambda fact: fact.post, values)


@projects(Post, Saying)
def post_closed(entries: Sequence[Recorded]) -> None:
    """The post is no more from a day on."""
    _register(Post, entries, "closed_stamp", lambda fact: fact.post, lambda entry: {"closed_on": entry.fact.on})


def _taken(entries: Sequence[Recorded], officer: Callable[[Any], UUID | None]) -> None:
    insert(
        Taking,
        [Taking(entry=e.id, post=e.fact.post, officer=officer(e.fact), on=e.fact.on, stamp=e.stamp) for e in entries],
    )


@projects(Taking)
def post_held(entries: Sequence[Recorded]) -> None:
    """The post is this officer's from a day on."""
    _taken(entries, lambda fact: fact.officer)


@projects(Taking)
def post_handed_over(entries: Sequence[Recorded]) -> None:
    """The post is the taker's from a day on."""
    _taken(entries, lambda fact: fact.taker)


@projects(Taking)
def post_vacated(entries: Sequence[Recorded]) -> None:
    """The post is nobody's from a day on."""
    _taken(entries, lambda fact: None)


@projects(Taking)
def taking_unsaid(entries: Sequence[Recorded]) -> None:
    """The post did not change hands then."""
    Taking.objects.filter(entry__in=[entry.id for entry in entries]).delete()


@projects(Deputation, Saying)
def deputy_named(entries: Sequence[Recorded]) -> None:
    """An officer may act in a post for some days."""

    def values(entry: Recorded) -> dict[str, Any]:
        fact = entry.fact
        return {"post": fact.post, "officer": fact.officer, "starts_on": fact.starts_on, "ends_on": fact.ends_on}

    _register(Deputation, entries, "named_stamp", lambda fact: fact.deputation, values)


@projects(Deputation, Saying)
def deputy_ended(entries: Sequence[Recorded]) -> None:
    """The deputation ended early."""
    _register(
        Deputation, entries, "ended_stamp", lambda fact: fact.deputation, lambda entry: {"ended_on": entry.fact.on}
    )


@projects(Duty, Saying)
def duty_given(entries: Sequence[Recorded]) -> None:
    """A post has a duty; the entry's area is the post's."""

    def values(entry: Recorded) -> dict[str, Any]:
        fact = entry.fact
        return {
            "post": fact.post,
            "title": fact.title,
            "area": entry.area,
            "about_area": fact.about_area,
            "due_on": fact.due_on,
        }

    _register(Duty, entries, "given_stamp", lambda fact: fact.duty, values)


@projects(Duty, Saying)
def duty_done(entries: Sequence[Recorded]) -> None:
    """The duty is done."""
    _register(
        Duty,
        entries,
        "done_stamp",
        lambda fact: fact.duty,
        lambda entry: {"done_on": entry.fact.on, "note": entry.fact.note},
    )


@projects(Raise)
def budget_raised(entries: Sequence[Recorded]) -> None:
    """An officer may see and export more on a day."""
    facts = [(entry, entry.fact) for entry in entries]
    rows = [
        Raise(entry=entry.id, officer=f.officer, on=f.on, seen=f.seen, exported=f.exported, stamp=entry.stamp)
        for entry, f in facts
    ]
    insert(Raise, rows)


@projects(Raise)
def budget_unraised(entries: Sequence[Recorded]) -> None:
    """The limit is as if it had not been raised."""
    Raise.objects.filter(entry__in=[entry.id for entry in entries]).delete()


# ---- what is erased


_REGISTERS: Mapping[type[Any], tuple[type[Model], str, Callable[[Sequence[Recorded]], None]]] = {
    facts.OfficerEnrolled: (Officer, "officer", officer_enrolled),
    facts.OfficerRenamed: (Officer, "officer", officer_renamed),
    facts.OfficerLeft: (Officer, "officer", officer_left),
    facts.PostCreated: (Post, "post", post_created),
    facts.PostClosed: (Post, "post", post_closed),
    facts.DeputyNamed: (Deputation, "deputation", deputy_named),
    facts.DeputyEnded: (Deputation, "deputation", deputy_ended),
    facts.DutyGiven: (Duty, "duty", duty_given),
    facts.DutyDone: (Duty, "duty", duty_done),
}
"""Which row each kind speaks of, by which field, and the projection that writes it."""


@projects(Officer, Post, Deputation, Duty, Saying)
def unsaid(entries: Sequence[Recorded]) -> None:
    """The rows these entries speak of anew, from what other entries say of them; a row of which none speaks goes.

    Rows keep no value that was overwritten, so nothing erased lingers; what held before is read from the journal.
    """
    table, name, _ = _REGISTERS[type(entries[0].fact)]
    subjects = {getattr(entry.fact, name) for entry in entries}
    Saying.objects.filter(entry__in=[entry.id for entry in entries]).delete()
    table._default_manager.filter(pk__in=subjects).delete()
    rest = defaultdict(list)
    for row in storage.by_id(Saying.objects.filter(subject__in=subjects).values_list("entry", flat=True)):
        entry = storage.decode(row)
        rest[type(entry.fact)].append(entry)
    for kind, known in rest.items():
        if kind in _REGISTERS and _REGISTERS[kind][0] is table:
            _REGISTERS[kind][2](known)
