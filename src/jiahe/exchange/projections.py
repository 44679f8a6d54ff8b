"""What a fact of the register does to rows of files here: who is taken out of it, or erased, leaves them too."""

from collections.abc import Sequence

from jiahe.exchange.models import NOTHING_SAID, ImportRow, Verdict
from jiahe.journal.values import Recorded, projects

_PORTION = 500


@projects()
def rows_forgotten(entries: Sequence[Recorded]) -> None:
    """Registrations were taken back or erased: what rows said of these people, or of their likely doubles, goes,
    whichever file they came in.

    The rows themselves are this node's own and no projection; replaying changes nothing more.
    """
    people = [entry.about for entry in entries if entry.about is not None]
    for start in range(0, len(people), _PORTION):
        rows = ImportRow.objects.filter(person__in=people[start : start + _PORTION])
        rows.update(**NOTHING_SAID)
    names = {str(person) for person in people}
    doubles = ImportRow.objects.filter(verdict=Verdict.DOUBLE).exclude(reasons="")
    for row in doubles.only("brought", "number", "reasons") if people else ():
        if any(name in row.reasons for name in names):
            ImportRow.objects.filter(brought=row.brought_id, number=row.number).update(**NOTHING_SAID)
