"""From entries to tables: the same function for facts made here, received, and replayed.

Projections commute, so a batch is applied kind by kind. A fact counts unless some entry cancels it, whichever of the
two came first; a redaction is applied last, when what it erases has been applied.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from jiahe.journal import blobs, gaps, storage
from jiahe.journal.facts import KINDS, Redacted
from jiahe.journal.values import Change, Projection, Recorded
from jiahe.journal.wiring import Wiring

Batches = dict[str, list[Recorded]]


def apply(batch: Sequence[Recorded], wiring: Wiring, *, foreign: bool = False) -> None:
    """Bring the tables up to a batch just appended; `foreign` when an earlier entry may cancel one of these."""
    cancelled = {entry.voids for entry in batch if entry.voids}
    first = batch[0].seq
    earlier = storage.voided(cancelled, before=first) if cancelled else set()
    gone = [storage.decode(entry) for entry in storage.by_id(cancelled - earlier, before=first)] if cancelled else []
    void = cancelled | (storage.voided([entry.id for entry in batch], before=first) if foreign else set())
    put(batch, void, wiring)
    _run(gone, wiring, retract=True)


def put(batch: Sequence[Recorded], void: set[UUID], wiring: Wiring) -> None:
    """Project and count those entries that are readable and not in `void`; park those of unknown kinds."""
    standing = [entry for entry in batch if entry.fact is not None and entry.id not in void]
    _run([entry for entry in standing if not isinstance(entry.fact, Redacted)], wiring)
    storage.attach([(entry.id, name) for entry in batch for name in wiring.attachments(entry.kind, entry.fact)])
    storage.park([entry for entry in batch if entry.kind not in KINDS])
    gaps.open_up(standing)
    erased = [entry for entry in standing if isinstance(entry.fact, Redacted)]
    if erased:
        forget(erased, wiring)


def forget(redactions: Sequence[Recorded], wiring: Wiring) -> None:
    """Erase the contents named, undo what they did to the tables, and put the residue in place of what they counted.
    Their blobs are deleted as soon as this is committed: before, it could still come to nothing."""
    targets = {target for entry in redactions for target in entry.fact.entries}
    known = storage.by_id(targets)
    storage.take_out([entry.seq for entry in known])
    present = [entry for entry in known if entry.content is not None]
    void = storage.voided(targets)
    _run([storage.decode(entry) for entry in present if entry.entry_id not in void], wiring, retract=True)
    storage.note_erased(targets)
    storage.erase([entry.seq for entry in present])
    if names := storage.detach(targets):
        transaction.on_commit(partial(blobs.forget, names), robust=True)
    residue = [change for entry in redactions for change in residue_of(entry.fact)]
    wiring.add(change for change in residue if wiring.outlives(change.measure))


def residue_of(redaction: Redacted) -> list[Change]:
    """The counts a redaction leaves standing."""
    return [
        Change(measure, area, date.fromisoformat(on), stratum, n) for measure, area, on, stratum, n in redaction.residue
    ]


def unpark(wiring: Wiring) -> int:
    """Apply the parked entries whose kinds this node has learnt since; how many those were."""
    rows = [storage.decode(entry) for entry in storage.parked(list(KINDS))]
    put(rows, storage.voided([entry.id for entry in rows]), wiring)
    storage.take_out([entry.seq for entry in rows])
    return len(rows)


def empty(tables: Sequence[type[Model]]) -> None:
    """Delete every row of projected tables, so that a replay may fill them."""
    for table in tables:
        table._default_manager.all()._raw_delete(table._default_manager.db)


def _run(batch: Sequence[Recorded], wiring: Wiring, *, retract: bool = False) -> None:
    by_kind: Batches = defaultdict(list)
    for entry in batch:
        if entry.fact is not None:
            by_kind[entry.kind].append(entry)
    changes: list[Change] = []
    in_order = sorted(
        sorted(by_kind.keys() & wiring.by_kind.keys()), key=wiring.place
    )  # the first spare the others work
    for kind in in_order:
        entries, consequence = by_kind[kind], wiring.by_kind[kind]
        projections: tuple[Projection, ...] = consequence.retract if retract else consequence.project
        for projection in projections:
            changes.extend(projection(entries) or ())
    sign = -1 if retract else 1
    changes.extend(change._replace(n=sign * change.n) for change in wiring.contributions(batch))
    if changes:
        wiring.add(changes)
