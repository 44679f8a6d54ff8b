"""Answers that follow from facts, remembered until a fact is recorded from which another answer could follow.

To ask whether there is one costs one short statement and is done each time, so nobody is ever answered from the past:
not after a fact recorded by another process, not after one that was undone. What is remembered belongs to a position of
the journal, known by the id of the entry there; entries after it are looked through once.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Held:
    """Answers, the database they are from, and up to which entry they hold."""

    database: Any = None
    seq: int = 0
    entry: Any = None
    answers: dict[Hashable, Any] = field(default_factory=dict)


class Remembered:
    """Answers that follow from facts of these rooms ("places", "staff") and from nothing else; at most `most` of them.

    For queries whose answers are never changed by whoever gets them. Not for projections: while tables are replayed,
    they say less than the journal does.
    """

    def __init__(self, *rooms: str, most: int = 5_000) -> None:
        told = " OR ".join(f"kind LIKE '{room}.%%'" for room in (*rooms, "journal"))
        # whatever cancels an entry may cancel one of ours; there are few
        self._statement = (
            "SELECT seq, entry_id, (SELECT entry_id FROM journal_entry WHERE seq = %s), "  # noqa: S608
            f"EXISTS (SELECT 1 FROM journal_entry WHERE seq > %s AND (voids IS NOT NULL OR {told})) "
            "FROM journal_entry ORDER BY seq DESC LIMIT 1"
        )
        self._most = most
        self._held = _Held()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under `key`; `make` finds it if it is not known, or no longer."""
        answers = self._answers()
        if answers is None:
            return make()
        if key not in answers:
            if len(answers) >= self._most:
                answers.clear()
            answers[key] = make()
        found: T = answers[key]
        return found

    def _answers(self) -> dict[Hashable, Any] | None:
        """What still holds; None where nothing may be kept: what an open transaction has recorded may be undone."""
        held, database = self._held, connection.settings_dict["NAME"]
        with connection.cursor() as cursor:
            cursor.execute(self._statement, [held.seq, held.seq])
            last = cursor.fetchone()
        if last is None:
            return None
        seq, entry, before, changed = last
        holds = held.seq > 0 and not changed and before == held.entry and database == held.database
        if not self._lasts():
            return held.answers if holds else None
        if not holds or seq != held.seq:
            held = _Held(database, seq, entry, held.answers if holds else {})
            self._held = held
        return held.answers

    def _lasts(self) -> bool:
        """Whether what the journal says now will not be undone."""
        return not connection.in_atomic_block
