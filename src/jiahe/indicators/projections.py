"""The only writers of the cells. Called by the journal inside the transaction that records, receives or replays.

A fact's contribution follows from its definition and itself alone, so taking it back subtracts exactly what was added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import islice

from django.db import connection
from django.db.models import F

from jiahe.basis.ids import milliseconds
from jiahe.indicators.definitions import FOLDER, Count, load
from jiahe.indicators.definitions.above import SumKey, as_told
from jiahe.indicators.facts import EVER, Span
from jiahe.indicators.models import Cell, Told
from jiahe.journal.facts import KINDS, Redacted, today
from jiahe.journal.values import Change, Recorded

Key = tuple[str, str, str, str, str]
"""measure, span, start (ISO 8601), area, stratum; sorted so, that two writers never wait for each other in a ring."""

_CHUNK = 500
_LONGEST = 40
_SPANS = frozenset(Span)


def contributions(batch: Sequence[Recorded]) -> list[Change]:
    """What these facts add to the measures that count them. Facts without a measure cost one look-up."""
    kinds = _counted()
    return [
        Change(measure, *count.place(entry.fact), 1)
        for entry in batch
        for measure, count in kinds.get(entry.kind, ())
        if entry.fact is not None
    ]


def opposite(changes: Iterable[Change]) -> list[Change]:
    """What takes these changes back, to the last unit."""
    return [change._replace(n=-change.n) for change in changes]


def cells(changes: Iterable[Change]) -> Counter[Key]:
    """What the changes come to in each cell, over the spans that the definition of each measure keeps."""
    sums: Counter[Key] = Counter()
    for measure, area, on, given, n in changes:
        spans, stratum = _spans(measure), _stratum(measure, given)
        for span in spans:
            sums[measure, span.value, _start(span, on), area, stratum] += n
    return sums


def add(changes: Iterable[Change]) -> None:
    """Add the changes to their cells: one statement, one more if a cell came to nothing and goes."""
    _write(sorted((*key, n) for key, n in cells(changes).items() if n), "cell.n + excluded.n")


def _write(rows: Iterable[tuple[str, str, str, str, str, int]], n: str) -> None:
    """Write rows (a key and its number); where there is one with that key, it becomes `n`, a term in SQL."""
    left = iter(rows)
    with connection.cursor() as cursor:
        while chunk := list(islice(left, _CHUNK)):
            cursor.execute(_upsert(len(chunk), n), [value for row in chunk for value in row])
            gone = [row[:5] for row in cursor.fetchall() if not row[5]]
            if gone:
                cursor.execute(_delete(len(gone)), [value for key in gone for value in key])


def add_and_note(changes: Iterable[Change]) -> None:
    """The same, and note which sums the node above has to be told."""
    told = list(changes)
    add(told)
    moved = [key for key, n in cells(told).items() if n]
    _note_some((measure, span, start, stratum) for measure, span, start, _, stratum in moved)


def note_anew(held: Iterable[tuple[str, str, date, str]]) -> None:
    """The node above is told every sum there is, and all of which it has a number, if they came to nothing here too."""
    note_all()
    there = [
        (measure, span, start.isoformat(), stratum)
        for measure, span, start, stratum in held
        if _fits(measure, span, stratum)
    ]
    _note(there)
    _note_some(there)


def _fits(measure: str, span: str, stratum: str) -> bool:
    """Whether a cell can hold it. What another node speaks of and no cell can hold is passed over: it must not keep all
    else from coming in."""
    return span in _SPANS and len(measure) <= _LONGEST and len(stratum) <= _LONGEST and "\0" not in measure + stratum


def _note_some(sums: Iterable[SumKey]) -> None:
    _note(as_told(load(FOLDER), dict.fromkeys(sums, 0)))


def _note(sums: Iterable[SumKey]) -> None:
    rows = sorted(set(sums))
    with connection.cursor() as cursor:
        for at in range(0, len(rows), _CHUNK):
            chunk = rows[at : at + _CHUNK]
            cursor.execute(_noting(len(chunk)), [value for key in chunk for value in key])


def note_all() -> None:
    """The node above is told every sum there is."""
    keys = Cell.objects.order_by().values_list("measure", "span", "start", "stratum").distinct()
    _note_some((measure, span, start.isoformat(), stratum) for measure, span, start, stratum in keys.iterator())


def forget_told(rows: Iterable[tuple[str, str, date, str, int]]) -> None:
    """These sums the node above has, as they were at these marks."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM indicators_changed WHERE measure = %s AND span = %s AND start = %s AND stratum = %s "
            "AND mark = %s",
            [
                (measure, span, start.isoformat(), stratum, mark)
                for measure, span, start, stratum, mark in rows
                if _fits(measure, span, stratum)
            ],
        )


def take_totals(area: str, rows: Iterable[tuple[str, str, date, str, int]], *, at: datetime) -> None:
    """What a node below counts in the whole of its area, said anew: measure, span, start, stratum, n."""
    said = Told.objects.filter(area=area).update(times=F("times") + 1, at_ms=milliseconds(at))
    if not said:
        Told.objects.create(area=area, times=1, at_ms=milliseconds(at))
    told = sorted(
        (measure, span, start.isoformat(), area, stratum, n)
        for measure, span, start, stratum, n in rows
        if _fits(measure, span, stratum)
    )
    _write(told, "excluded.n")


def recount(portions: Iterable[Sequence[Recorded]], given: Iterable[Change]) -> Counter[Key]:
    """Every cell as it must be, from the standing facts of the whole journal and, for what others give out, from
    `given`: what the registers that hold it say today. What redacted facts had counted is in the residue."""
    sums = cells(given)
    for portion in portions:
        sums.update(cells(contributions(portion)))
        for entry in portion:
            if isinstance(entry.fact, Redacted):
                sums.update(cells(_residue(entry.fact)))
    return sums


def outlives(measure: str) -> bool:
    """Whether what a redacted fact had added to a measure goes on counting: what others give out follows from what is
    left of a life, and is taken back by its own room."""
    return measure not in load(FOLDER).states and _reading(measure) is None


def stored() -> dict[Key, int]:
    """Every cell as it is, but those that nodes below told: of what is in them there are no facts here."""
    counted = Cell.objects.exclude(area__in=Told.objects.values("area"))
    rows = counted.values_list("measure", "span", "start", "area", "stratum", "n").iterator(chunk_size=10_000)
    return {(measure, span, start.isoformat(), area, stratum): n for measure, span, start, area, stratum, n in rows}


def differing(expected: Mapping[Key, int], found: Mapping[Key, int]) -> list[tuple[Key, int, int]]:
    """The cells that differ, with the number they should and do have; absent is 0."""
    keys = sorted(expected.keys() | found.keys())
    return [(key, expected.get(key, 0), found.get(key, 0)) for key in keys if expected.get(key, 0) != found.get(key, 0)]


def _residue(redacted: Redacted) -> list[Change]:
    rows = (row for row in redacted.residue if outlives(row[0]))
    return [Change(measure, area, date.fromisoformat(on), stratum, n) for measure, area, on, stratum, n in rows]


@cache
def _counted() -> Mapping[str, tuple[tuple[str, Count], ...]]:
    counted = load(FOLDER).counted()
    of_today = {KINDS[kind].cls: measures for kind, measures in counted.items()}
    return {name: of_today[today(name)] for name in KINDS if today(name) in of_today}


@cache
def _spans(measure: str) -> tuple[Span, ...]:
    return load(FOLDER).spans(measure)


@cache
def _reading(measure: str) -> Count | None:
    """The count that is made of what others give out under this id, if it is one: it reads their strata."""
    definition = load(FOLDER).counts.get(measure)
    return definition.body if definition and not definition.body.fact else None


def _stratum(measure: str, given: str) -> str:
    reading = _reading(measure)
    return given if reading is None else reading.given(given)


def _start(span: Span, on: date) -> str:
    day = on.isoformat()
    match span:
        case Span.DAY:
            return day
        case Span.MONTH:
            return day[:8] + "01"
        case Span.EVER:
            return EVER.isoformat()


_COLUMNS = "measure, span, start, area, stratum"
_MARK = "(SELECT size FROM journal_head WHERE id = 1)"
"""The journal's end: each transaction that changes a cell moves it, so a mark that was once taken never comes again."""


@cache
def _upsert(rows: int, n: str) -> str:
    values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * rows)
    return (
        f"INSERT INTO indicators_cell AS cell ({_COLUMNS}, n) VALUES {values} "  # noqa: S608
        f"ON CONFLICT ({_COLUMNS}) DO UPDATE SET n = {n} RETURNING {_COLUMNS}, n"
    )


@cache
def _noting(rows: int) -> str:
    values = ", ".join([f"(%s, %s, %s, %s, {_MARK})"] * rows)
    return (
        f"INSERT INTO indicators_changed (measure, span, start, stratum, mark) VALUES {values} "  # noqa: S608
        "ON CONFLICT (measure, span, start, stratum) DO UPDATE SET mark = excluded.mark"
    )


@cache
def _delete(rows: int) -> str:
    values = ", ".join(["(%s, %s, %s, %s, %s)"] * rows)
    return f"DELETE FROM indicators_cell WHERE n = 0 AND ({_COLUMNS}) IN (VALUES {values})"  # noqa: S608
