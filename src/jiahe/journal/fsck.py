"""Whether anything was changed or lost: every seal, the order, the tree, the triggers, the blobs, the checkpoints, the
tables.

A tool for operators and auditors, and the oracle of the fault tests. It changes nothing.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Field, Model

from jiahe.basis.privacy import Privacy
from jiahe.journal import blobs, checkpoints, facts, gaps, merkle, replay, seal, storage, tree, triggers
from jiahe.journal.models import Checkpoint, Node, Origin, Parked
from jiahe.journal.origins import is_whole
from jiahe.journal.wiring import Wiring, current

Progress = Callable[[int, int], None]


class _Undo(Exception):
    """Ends the comparing transaction without a trace."""


def findings(*, tables: bool = True, progress: Progress = lambda done, size: None) -> Iterator[str]:
    """Each thing that is wrong, in words that name the row; none if all is well.

    With `tables`, the projected tables are compared with a replay (nobody can write meanwhile). Raises nothing that a
    damaged journal could cause.
    """
    yield from _guards()
    attached: set[tuple[UUID, str]] = set()
    yield from _entries(progress, attached)
    yield from blobs.findings(attached)
    yield from _kept_checkpoints()
    if tables:
        yield from _tables(progress)


def _guards() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(triggers.present(connection.vendor))
        present = {name for (name,) in cursor.fetchall()}
    for name in triggers.names(connection.vendor):
        if name not in present:
            yield f"the database no longer refuses changes: trigger {name} is missing"


def _entries(progress: Progress, attached: set[tuple[UUID, str]]) -> Iterator[str]:
    wiring = current()
    end = storage.end()
    origins = {row.name: row for row in Origin.objects.all()}
    keys = {name: bytes(row.public_key) for name, row in origins.items()}
    keys[wiring.origin] = wiring.public_key
    reached: dict[str, int] = {}
    opened: dict[str, list[tuple[int, int]]] = {}
    chains: dict[str, bytes] = {}
    frontier: merkle.Frontier = ()
    nodes = {(row.level, row.index): bytes(row.hash) for row in Node.objects.all()}
    redacted, parked = storage.redacted(), set(Parked.objects.values_list("seq", flat=True))
    clock, size = 0, 0
    for rows in storage.entries():
        for row in rows:
            size += 1
            if row.seq != size:
                yield f"entries {size} to {row.seq - 1} are missing"
                size = row.seq
            yield from _seals(row, keys)
            attached.update(_attachments(row, wiring))
            waits = row.seq in parked and row.origin != wiring.origin
            if row.content is None and row.entry_id not in redacted and not waits:
                yield f"entry {row.seq} ({row.kind}, {row.entry_id}): the content was erased without a redaction"
            before_it = reached.get(row.origin, 0)
            if not _in_order(row, before_it, opened) and is_whole(row.origin):
                yield f"entry {row.seq}: number {row.origin_seq} of node {row.origin}, where {before_it + 1} was due"
            reached[row.origin] = max(before_it, row.origin_seq)
            chains[row.origin] = merkle.leaf(chains.get(row.origin, bytes(32)) + bytes(row.leaf))
            clock = max(clock, row.clock)
        before = size - len(rows)
        frontier, completed = merkle.append(frontier, [bytes(row.leaf) for row in rows])
        yield from _nodes(before, completed, nodes)
        progress(size, end.size)
    if size != end.size:
        yield f"the journal says it has {end.size} entries and has {size}"
    if size == end.size and merkle.root(frontier) != merkle.root(end.frontier):
        yield "the tree's root is not that of the entries"
    if nodes:
        yield f"the tree keeps {len(nodes)} inner nodes that no entries account for"
    if clock != end.clock:
        yield f"the journal's clock is {end.clock} and its latest entry's {clock}"
    for name, origin in origins.items():
        if (origin.seq, bytes(origin.chain)) != (reached.get(name, 0), chains.get(name, bytes(32))):
            yield f"node {name}: its end is noted as {origin.seq}, found {reached.get(name, 0)}, or its digest differs"


def _in_order(row: storage.Row, before_it: int, opened: dict[str, list[tuple[int, int]]]) -> bool:
    """Whether it is the next one of its node, or the node said that there is a gap."""
    spans = opened.setdefault(row.origin, [])
    if gaps.goes_on(row.kind, row.origin_seq, row.content, before_it):
        spans.append((before_it, row.origin_seq - 1))
        return True
    return row.origin_seq == before_it + 1 or any(after < row.origin_seq <= upto for after, upto in spans)


def _seals(row: storage.Row, keys: dict[str, bytes]) -> Iterator[str]:
    where = f"entry {row.seq} ({row.kind}, {row.entry_id})"
    commitment, leaf = bytes(row.commitment), bytes(row.leaf)
    if row.content is not None and seal.commit(bytes(row.salt or b""), bytes(row.content)) != commitment:
        yield f"{where}: the content is not what was sealed"
    elif seal.leaf_of(facts.encode(storage.header_of(row)), commitment) != leaf:
        yield f"{where}: the header or commitment is not what was sealed"
    elif row.origin not in keys:
        yield f"{where}: node {row.origin} is not known here"
    elif not seal.is_signed(keys[row.origin], leaf, bytes(row.signature)):
        yield f"{where}: the signature is not that of node {row.origin}"


def _attachments(row: storage.Row, wiring: Wiring) -> set[tuple[UUID, str]]:
    """Which blobs an entry names; what cannot be read names none, and its seal is broken."""
    if row.kind not in wiring.naming:
        return set()
    try:
        return {(row.entry_id, name) for name in wiring.attachments(row.kind, storage.decode(row).fact)}
    except facts.UNREADABLE:
        return set()


def _nodes(before: int, completed: list[tuple[int, bytes]], nodes: dict[tuple[int, int], bytes]) -> Iterator[str]:
    for level, index, digest in tree.kept(before, completed):
        found = nodes.pop((level, index), None)
        if found != digest:
            yield f"tree node {index} of level {level} is {'missing' if found is None else 'not that of its entries'}"


def _kept_checkpoints() -> Iterator[str]:
    for row in Checkpoint.objects.order_by("size"):
        try:
            wrong = checkpoints.disagreement(row.note, current().public_key)
        except ValueError as error:
            wrong = str(error)
        if wrong:
            yield f"checkpoint {row.size}: {wrong}"


def _tables(progress: Progress) -> Iterator[str]:
    tables = current().tables
    found: list[str] = []
    try:
        with transaction.atomic():
            for table in tables:
                _run("CREATE TEMPORARY TABLE {} AS SELECT * FROM {}", _before(table), _name(table))
            replay.rebuild(progress)
            for table in tables:
                found.extend(_differences(table))
            raise _Undo
    except _Undo:
        yield from found
    except facts.UNREADABLE as error:
        yield f"the tables could not be compared with the facts, for one of these cannot be read: {error}"


def _differences(table: type[Model], most: int = 20) -> Iterator[str]:
    fields = [field for field in table._meta.concrete_fields if field is not table._meta.auto_field]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    both = (_before(table), _name(table))
    for label, (one, other) in (("is not in the facts", both), ("is missing", both[::-1])):
        statement = "SELECT {0} FROM {1} EXCEPT SELECT {0} FROM {2} LIMIT {3}"
        for row in _run(statement, columns, one, other, str(most)):
            place = ", ".join(f"{field.column}={row[at]}" for at, field in enumerate(fields) if _names_a_row(field))
            yield f"table {table._meta.db_table}: row {place} {label}"
    counts = [_run("SELECT COUNT(*) FROM {}", name)[0][0] for name in both]
    if counts[0] != counts[1]:
        yield f"table {table._meta.db_table}: {counts[0]} rows, {counts[1]} from the facts"


def _names_a_row(field: "Field[Any, Any]") -> bool:
    """Whether a finding may name the row by this column: never by one that says who somebody is."""
    privacy: dict[str, Privacy] = getattr(field.model, "privacy")  # noqa: B009 - Django's types do not know it
    return field.primary_key or privacy[field.name] in {Privacy.OPEN, Privacy.INTERNAL}


def _before(table: type[Model]) -> str:
    return connection.ops.quote_name(f"before_{table._meta.db_table}")


def _name(table: type[Model]) -> str:
    return connection.ops.quote_name(table._meta.db_table)


def _run(statement: str, *names: str) -> list[tuple[object, ...]]:
    """Run a statement with names put in; they come from models, never from a person."""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(*names))
        return cursor.fetchall() if cursor.description else []
