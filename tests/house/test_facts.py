"""Kinds of facts: each is wired, keeps its shape and its seal for ever, and leaves tables that a replay makes again."""

import re
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from django.db.models import Model

from jiahe.journal import replay, seal
from jiahe.journal.facts import KINDS, encode, read, today
from jiahe.journal.recording import record
from jiahe.journal.redacting import redact
from jiahe.journal.values import Recorded
from jiahe.journal.wiring import current
from tests.house.census import HOUSE, ROOT, kinds, part, rooms
from tests.lib.authors import Anyone
from tests.lib.houses import rows

GOLDEN = ROOT / "tests" / "golden"
SALT, AREA, AT = bytes(range(16)), "411723", datetime(2026, 11, 23, 8, tzinfo=UTC)

NO_BLOBS: dict[str, str] = {"network.NodeAdmitted@1": "a public key"}
"""Kinds that hold a hash which is no blob's name -> what it is."""


def body_of(kind: str) -> bytes:
    """The golden body of a kind: canonical bytes, which no later program may read otherwise."""
    return (GOLDEN / f"{kind}.json").read_bytes().removesuffix(b"\n")


def leaves() -> dict[str, str]:
    """The golden leaf of each kind, in hexadecimal."""
    lines = (GOLDEN / "LEAVES").read_text("ascii").splitlines()
    return {kind: leaf for leaf, kind in (line.split() for line in lines)}


def leaf_of(kind: str) -> str:
    """The leaf of the golden body under a fixed header and salt."""
    header = seal.Header(
        about=UUID(int=1),
        area=AREA,
        at_ms=1_795_420_800_000,
        clock=1_795_420_800_000 << 16,
        id=UUID(int=2),
        kind=kind,
        officer="officer",
        origin="411723-golden",
        origin_seq=7,
        post="post",
        voids=None,
    )
    content = b"[" + body_of(kind) + b',"why"]'
    return seal.leaf_of(encode(header), seal.commit(SALT, content)).hex()


def told(kind: str, *, voids: UUID | None = None) -> Recorded:
    """The golden fact of a kind, recorded; about whom it is about."""
    fact = KINDS[kind].decode(body_of(kind))
    about = getattr(fact, "person", None)
    return record(fact, by=Anyone(), at=AT, area=AREA, about=about, voids=voids)


def tables() -> dict[type[Model], list[tuple[object, ...]]]:
    """What every projected table holds."""
    return {table: rows(table) for table in current().tables}


def wired() -> dict[str, bool]:
    """Kinds that stand in the wiring table (the journal's own apart), and whether they can be taken back."""
    of = current().by_kind
    return {kind: bool(of[kind].retract) for kind in kinds() if kind in of and of[kind].project}


def test_every_kind_stands_in_the_wiring_table() -> None:
    ours = {kind for kind in kinds() if not kind.startswith("journal.")}
    assert ours == set(current().by_kind) & set(kinds())
    assert len({consequence.fact for consequence in current().consequences}) == len(current().consequences)


def test_every_kind_is_declared_by_its_own_room_in_its_facts() -> None:
    for name, kind in kinds().items():
        room, _, word = name.partition("@")[0].partition(".")
        assert (kind.cls.__module__ + ".").startswith(f"jiahe.{room}.facts.")
        assert kind.cls.__name__ == word or kind.newer is not None
    declared = {
        name
        for room in rooms()
        for path in part(room, "facts")
        for name in re.findall(r'^@fact\("([^"]+)"', path.read_text("utf-8"), re.MULTILINE)
    }
    assert declared == set(kinds())
    others = [path for path in HOUSE.rglob("*.py") if "facts" not in path.parts and path.stem != "facts"]
    assert not [path for path in others if re.search(r"^@fact\(", path.read_text("utf-8"), re.MULTILINE)]


def test_there_is_a_golden_file_for_every_kind_and_no_other() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(kinds())
    assert set(leaves()) == set(kinds())


@pytest.mark.parametrize("kind", kinds())
def test_a_kind_keeps_its_shape(kind: str) -> None:
    body = body_of(kind)
    assert encode(KINDS[kind].decode(body)) == body
    assert isinstance(read(kind, body), today(kind))


@pytest.mark.parametrize("kind", kinds())
def test_a_golden_body_says_every_field(kind: str) -> None:
    said = msgspec.json.decode(body_of(kind))
    assert set(said) == set(KINDS[kind].cls.__dataclass_fields__)
    full = [name for name, value in said.items() if value not in ("", [], None)]
    assert set(said) - set(full) <= {"on", "opened"}, "a golden fact says something in every field but these"


@pytest.mark.parametrize("kind", kinds())
def test_whatever_looks_like_a_blobs_name_is_known_as_one(kind: str) -> None:
    """A blob that a fact names and the wiring does not know of would be deleted at the next start. A golden body names
    each blob by a SHA-256; what is one and names no blob stands in NO_BLOBS with its reason."""
    seen = set(re.findall(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", body_of(kind).decode()))
    known = current().attachments(kind, read(kind, body_of(kind)))
    assert (kind in NO_BLOBS) == bool(seen - known)


@pytest.mark.parametrize("kind", kinds())
def test_the_seal_never_drifts(kind: str) -> None:
    assert leaves().get(kind) == leaf_of(kind), f"the line for tests/golden/LEAVES is: {leaf_of(kind)} {kind}"


def test_whatever_writes_tables_can_be_taken_back() -> None:
    assert not [kind for kind, retracts in wired().items() if not retracts], "what is erased must leave the tables too"


def test_every_golden_fact_is_replayed(db: None) -> None:
    told_all = [told(kind) for kind in kinds() if not kind.startswith("journal.")]
    told_all += [told(kind) for kind in reversed(kinds()) if not kind.startswith("journal.")]
    before = tables()
    written = {table for entry in told_all if entry.kind in wired() for table in current().by_kind[entry.kind].tables()}
    assert not [table for table in written if not before[table]], "nothing was written, so nothing was tried"
    replay.rebuild()
    assert tables() == before


@pytest.mark.parametrize("kind", [name for name, kind in kinds().items() if kind.voidable])
def test_a_voided_fact_leaves_nothing(kind: str, db: None) -> None:
    before = tables()
    entry = told(kind)
    assert tables() != before, "it wrote nothing, so nothing was tried"
    room = kind.partition(".")[0]
    cancelling = "places.ChangeCancelled@1" if room == "places" else "registry.LifeEventCancelled@1"
    told(cancelling, voids=entry.id)
    assert tables() == before
    replay.rebuild()
    assert tables() == before


@pytest.mark.parametrize("kind", [kind for kind, retracts in wired().items() if retracts])
def test_an_erased_fact_leaves_only_what_it_counted(kind: str, db: None) -> None:
    entry = told(kind)
    redact([entry.id], ground="PIPL 47", by=Anyone(), at=AT, area=AREA)
    left = tables()
    assert {table for table, kept in left.items() if kept} <= set(current().counts)
    replay.rebuild()
    assert tables() == left
