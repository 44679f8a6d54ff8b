"""What is held on a person, entry by entry, and until when it must be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.journal import queries as journal
from jiahe.journal.values import Recorded
from jiahe.registry.definitions import Rule
from jiahe.registry.models import Person
from jiahe.registry.queries.lives import records_of, stays_of
from jiahe.registry.queries.people import stored
from jiahe.registry.rules.keeping import must_be_kept
from jiahe.staff.scope import Scope


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that is held. `rule` forbids erasing it until the day `until`; date.max: for good, or as long as the
    person lives here; None: it may be erased."""

    entry: Recorded
    rule: Rule | None
    until: date | None


def kept(scope: Scope, person: UUID, rules: Sequence[Rule], *, on: date) -> list[Kept]:
    """All that is held on a person, the newest first. Raises PersonUnknown."""
    return kept_entries(stored(scope, person), rules, on=on)


def kept_entries(row: Person, rules: Sequence[Rule], *, on: date) -> list[Kept]:
    """The same, for this room's own actions."""
    stays = stays_of(row)
    left_on = row.died_on or (stays[-1].to_on if stays else None)
    found = []
    for who in records_of(row.id):
        for entry in journal.history(about=who, limit=100_000):
            if entry.fact is None:
                continue
            kind = entry.kind.partition("@")[0]
            held = must_be_kept(kind, localdate(entry.at), left_on, rules, on=on)
            found.append(Kept(entry, held[0] if held else None, (held[1] or date.max) if held else None))
    return sorted(found, key=lambda each: each.entry.seq, reverse=True)
