"""From the text of a file to a definition, and from all definitions to the book; refuses what may not or cannot be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_type_hints

import msgspec

from jiahe.indicators.definitions.above import in_fives
from jiahe.indicators.definitions.shapes import (
    AreaPart,
    Board,
    Body,
    Book,
    Count,
    Definition,
    Dependency,
    Difference,
    Flows,
    MedianGroup,
    Pyramid,
    Rate,
    Ratio,
    State,
    Words,
)
from jiahe.indicators.facts import Span

FOLDER = Path(__file__).resolve().parents[4] / "content" / "indicators"
BY_BIRTH = ("sex", "birth_year")
"""The strata of a state from which ages can be told."""
FORBIDDEN = frozenset({"target", "targets", "quota", "quotas", "goal", "goals"})
_ID = re.compile(r"[a-z]+(_[a-z]+)*")
B = TypeVar("B", bound=Body)


class Refused(ValueError):
    """A definition says something the house does not understand, or may not hold; `code` tells which."""

    def __init__(self, code: str, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason} ({code})")
        self.code = code


class FactKind(Protocol):
    """What a definition must know of a kind of fact: its class, whose fields it names."""

    @property
    def cls(self) -> type[Any]:
        """The fact's frozen dataclass."""
        ...


_HEADER = ("id", "version", "effective_from", "author", "source", "reviewed_on", "review_by", "label", "note")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    version: int
    effective_from: date
    author: str
    source: str
    reviewed_on: date
    review_by: date
    label: Words
    note: Words
    count: Count | None = None
    state: State | None = None
    difference: Difference | None = None
    rate: Rate | None = None
    ratio: Ratio | None = None
    board: Board | None = None
    pyramid: Pyramid | None = None
    dependency: Dependency | None = None
    median_group: MedianGroup | None = None
    flows: Flows | None = None


_BODIES = tuple(name for name in _File.__struct_fields__ if name not in _HEADER)


def parse(text: str, *, name: str) -> Definition[Body]:
    """The definition written in the TOML `text` of the file `name`. Raises Refused.

    >>> parse('id = "births"\\n[count]\\nquota = 9', name="births.toml")
    Traceback (most recent call last):
    jiahe...Refused: births.toml: 'quota': no number here may become a demand (QUOTA_FORBIDDEN)
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused("indicators.unreadable", name, str(error)) from error
    for word in _keys_and_id(table):
        if FORBIDDEN & set(re.split(r"[^a-z]+", word.lower())):
            raise Refused("QUOTA_FORBIDDEN", name, f"{word!r}: no number here may become a demand")
    try:
        file = msgspec.convert(table, _File, builtin_types=(date,))
    except msgspec.ValidationError as error:
        raise Refused("indicators.unknown_shape", name, str(error)) from error
    bodies = [body for name_ in _BODIES if (body := getattr(file, name_)) is not None]
    if len(bodies) != 1:
        raise Refused("indicators.unknown_shape", name, f"exactly one of {', '.join(_BODIES)}")
    if f"{file.id}.toml" != name or not _ID.fullmatch(file.id):
        raise Refused("indicators.wrong_id", name, f"the id is {file.id!r}")
    if file.review_by <= file.reviewed_on:
        raise Refused("indicators.wrong_review", name, "review_by must come after reviewed_on")
    return Definition(
        id=file.id,
        label=file.label.text(),
        note=file.note.text(),
        version=file.version,
        author=file.author,
        source=file.source,
        reviewed_on=file.reviewed_on,
        review_by=file.review_by,
        body=bodies[0],
    )


def gather(definitions: list[Definition[Body]], *, kinds: Mapping[str, FactKind]) -> Book:
    """The book of these definitions. Raises Refused if one names a kind, field, measure or stratum there is not."""

    def of(body: type[B]) -> dict[str, Definition[B]]:
        return {each.id: each for each in definitions if isinstance(each.body, body)}  # type: ignore[misc]

    def one(body: type[B]) -> Definition[B]:
        found = list(of(body).values())
        if len(found) != 1:
            reason = f"{len(found)} of {body.__name__.lower()}, there must be one"
            raise Refused("indicators.unknown_shape", "content/indicators", reason)
        return found[0]

    book = Book(
        counts=of(Count),
        states=of(State),
        differences=of(Difference),
        rates=of(Rate),
        ratios=of(Ratio),
        dependencies=of(Dependency),
        medians=of(MedianGroup),
        board=one(Board),
        pyramid=one(Pyramid),
        flows=one(Flows),
    )
    for id_, count in book.counts.items():
        _check_fact(id_, count.body, kinds)
    for id_, spans, needed in _kept(book):
        if missing := needed - set(spans):
            reason = f"cells by {', '.join(sorted(missing))} are needed to read it"
            raise Refused("indicators.wrong_spans", f"{id_}.toml", reason)
    for id_, body in in_fives(book).items():
        if Span.MONTH in body.spans or not body.strata:
            reason = "what goes up in fives has a stratum, and no cells by month: they are summed from its days"
            raise Refused("indicators.wrong_spans", f"{id_}.toml", reason)
    for id_, names, known in _references(book):
        if unknown := [name for name in names if name not in known]:
            raise Refused("indicators.unknown_measure", f"{id_}.toml", f"no such definition: {', '.join(unknown)}")
    bounds = book.dependencies[book.pyramid.body.dependency]
    if _between_groups(bounds.body, book.pyramid.body):
        raise Refused("indicators.wrong_ages", f"{bounds.id}.toml", "its ages lie between the groups of the pyramid")
    return book


@cache
def load(folder: Path) -> Book:
    """The book of all files in `folder`, against the kinds declared in this process. Raises Refused."""
    from jiahe.journal.facts import KINDS  # the kinds are complete once the wiring has been imported

    files = sorted(folder.glob("*.toml"))
    return gather([parse(file.read_text("utf-8"), name=file.name) for file in files], kinds=KINDS)


def _references(book: Book) -> Iterator[tuple[str, tuple[str, ...], set[str]]]:
    counts, states = set(book.monthly()), set(book.states)
    for id_, difference in book.differences.items():
        yield id_, (difference.body.plus, difference.body.minus), counts
    for id_, rate in book.rates.items():
        yield id_, (rate.body.of, *filter(None, [rate.body.less])), counts
        yield id_, (rate.body.among,), states
    for id_, ratio in book.ratios.items():
        yield id_, (ratio.body.of,), {name for name in counts if book.counts[name].body.strata}
    board = book.board.body
    yield book.board.id, (board.state,), states
    yield book.board.id, board.tiles, counts | set(book.differences)
    yield book.board.id, board.rates, set(book.rates) | set(book.ratios)
    yield book.board.id, (*board.trend, *board.bars), counts
    pyramid = book.pyramid.body
    by_birth = {name for name in states if book.states[name].body.strata == BY_BIRTH}
    yield book.pyramid.id, (pyramid.state,), by_birth
    yield book.pyramid.id, (pyramid.dependency,), set(book.dependencies)
    yield book.pyramid.id, (pyramid.median,), set(book.medians)
    towards = {name for name, each in book.counts.items() if [type(part) for part in each.body.strata] == [AreaPart]}
    yield book.flows.id, (book.flows.body.arrivals, book.flows.body.departures), towards


def _kept(book: Book) -> Iterator[tuple[str, tuple[Span, ...], set[Span]]]:
    """For each measure the spans it keeps and those it cannot do without; a count has no sum over all time."""
    for id_, count in book.counts.items():
        yield id_, tuple(set(count.body.spans) - {Span.EVER}), {*count.body.spans, Span.DAY}
    for id_, state in book.states.items():
        finer = book.states.get(state.body.finer)
        days = {Span.DAY} & set(finer.body.spans) if finer and Span.MONTH in state.body.spans else set()
        yield id_, (*state.body.spans, *days), {Span.DAY, Span.EVER}


def _between_groups(bounds: Dependency, pyramid: Pyramid) -> bool:
    ages = (bounds.young_below, bounds.old_from)
    return any(age % pyramid.width or age > pyramid.oldest for age in ages)


def _check_fact(id_: str, count: Count, kinds: Mapping[str, FactKind]) -> None:
    if not count.fact:
        return
    if count.fact not in kinds:
        raise Refused("indicators.unknown_kind", f"{id_}.toml", f"no fact is called {count.fact!r}")
    strata: list[tuple[str, tuple[type, ...]]] = [
        (part.field, (str,)) if isinstance(part, AreaPart) else (part, (str, bool)) for part in count.strata
    ]
    for path, types in [(count.area, (str,)), (count.day, (date,)), *strata]:
        found = _type_at(kinds[count.fact].cls, path)
        if not any(isinstance(kind, type) and issubclass(kind, types) for kind in found):
            raise Refused("indicators.unknown_field", f"{id_}.toml", f"{count.fact} has no fitting field {path!r}")


def _type_at(cls: Any, path: str) -> tuple[Any, ...]:
    for name in path.split("."):
        if not is_dataclass(cls):
            return ()
        cls = get_type_hints(cls).get(name)
    return getattr(cls, "__args__", (cls,))


def _keys_and_id(table: Mapping[str, Any]) -> Iterator[str]:
    yield str(table.get("id", ""))
    for key, value in table.items():
        yield key
        if isinstance(value, Mapping):
            yield from _keys_and_id(value)
