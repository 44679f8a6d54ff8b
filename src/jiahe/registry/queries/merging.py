"""Merged records: which there are, and what was recorded since."""

from dataclasses import dataclass
from uuid import UUID

from jiahe.basis.privacy import Privacy
from jiahe.journal import queries as journal
from jiahe.journal.facts import KINDS
from jiahe.journal.values import Recorded
from jiahe.registry.facts import PersonCorrected, PersonRegistered
from jiahe.registry.models import Merge
from jiahe.registry.queries.people import stored
from jiahe.registry.rules.names import mask_name
from jiahe.staff.scope import Scope


@dataclass(frozen=True, slots=True)
class Merged:
    """A record that was merged into another: by which entry, and how it was called."""

    entry: UUID
    kept: UUID
    gone: UUID
    name: str
    said: Recorded


def merges_of(scope: Scope, kept: UUID) -> list[Merged]:
    """The merges by which other records came under this one, the latest first. Raises PersonUnknown."""
    stored(scope, kept)
    found = []
    for row in Merge.objects.filter(kept=kept).order_by("-stamp"):
        said, registered = journal.entry(row.entry), _registration(row.gone)
        if said is not None:
            found.append(Merged(row.entry, kept, row.gone, _name(scope, registered) if registered else "", said))
    return found


def since_merge(kept: UUID, merge: Recorded) -> list[Recorded]:
    """What was recorded of the record that stayed since the merge and still stands, the newest first: what may be of
    either of the two."""
    history = journal.history(about=kept)
    cancelled = {entry.voids for entry in history if entry.voids}
    return [
        entry
        for entry in history
        if entry.seq > merge.seq
        and entry.id not in cancelled
        and entry.fact is not None
        and (isinstance(entry.fact, PersonCorrected) or _voidable(entry))
    ]


def _name(scope: Scope, registered: PersonRegistered) -> str:
    name = registered.name
    return name.full if scope.sees(Privacy.PERSONAL) else mask_name(name.full, name.surname)


def _voidable(entry: Recorded) -> bool:
    about_records = {"registry.PersonRegistered", "registry.PersonsMerged", "registry.FoundDistinct"}
    return KINDS[entry.kind].voidable and entry.kind.partition("@")[0] not in about_records


def _registration(person: UUID) -> PersonRegistered | None:
    facts = [entry.fact for entry in journal.history(about=person) if isinstance(entry.fact, PersonRegistered)]
    return facts[0] if facts else None
