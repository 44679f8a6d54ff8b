"""Tables from facts anew: the proof that they hold nothing else."""

from collections.abc import Callable

from jiahe.journal import applying, storage
from jiahe.journal.models import Attached, Gap
from jiahe.journal.recording import turn
from jiahe.journal.wiring import current


def rebuild(progress: Callable[[int, int], None] = lambda done, size: None, portion: int = 10_000) -> int:
    """Empty every projected table and replay the journal into them, in one transaction; gives the number of entries.

    `progress(done, size)` is told after each portion.
    """
    wiring = current()
    with turn() as end:
        applying.empty((*wiring.tables, Attached, Gap))
        void = storage.all_voided()
        done = 0
        for rows in storage.entries(portion=portion):
            applying.put([storage.decode(row) for row in rows], void, wiring)
            done += len(rows)
            progress(done, end.size)
    return done
