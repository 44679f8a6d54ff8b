"""The accounts of a register: who was registered first, moved in, moved out, died, or had his area redrawn under him.

Kept by looking where everybody lived yesterday and lives today. Imports of the house wait until Django is ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

Entry = tuple[str, str, date, str]
"""first, in, out, died, or drawn (with -n where it was, +n where it is); area, day, sex."""
LEVELS = (0, 4, 6, 9, 12)


def kept() -> Counter[Entry]:
    """All that ever happened, by the register as it is."""
    from jiahe.places.queries import followed
    from jiahe.places.rules import area_after
    from jiahe.registry.models import LifeEvent, Person
    from jiahe.registry.queries import everybody
    from jiahe.registry.queries.lives import records_of
    from jiahe.registry.rules.residence import lived_on

    map_, found = followed(), Counter[Entry]()
    for row, life in everybody():
        records = records_of(row.id)
        moved = set(LifeEvent.objects.filter(person__in=records, kind="moved_in").values_list("on", flat=True))
        began = set(Person.objects.filter(id__in=records).values_list("start_on", flat=True))
        for on in sorted({day for stay in life.stays for day in (stay.from_on, stay.to_on) if day}):
            was, is_ = lived_on(on - timedelta(days=1), life.stays), lived_on(on, life.stays)
            if was == is_:
                continue
            if was and is_ and area_after(was, on, map_) == is_:
                found["drawn", was, on, life.sex] -= 1
                found["drawn", is_, on, life.sex] += 1
                continue
            if was:
                found["died" if is_ is None and life.died_on == on else "out", was, on, life.sex] += 1
            if is_:
                told = next(stay.came for stay in life.stays if stay.from_on == on)
                came = was is not None or (on in moved and (told is not None or on not in began))
                assert came or on == life.stays[0].from_on, "nobody is registered twice"
                found["in" if came else "first", is_, on, life.sex] += 1
    return found


def check(counts: Iterable[tuple[str, str, date, str, int]]) -> None:
    """Of changes or cells by day (measure, area, day, stratum, n): the moves are those of the accounts, those by the
    other side add up to them, and in every area of every level residents change by what came less what went."""
    accounts, moves, sides, residents = kept(), Counter[Entry](), Counter[Entry](), Counter[Entry]()
    for measure, area, on, stratum, n in counts:
        match measure:
            case "moves_in" | "moves_out":
                moves[measure.removeprefix("moves_"), area, on, stratum] += n
            case "moves_in_by_origin" | "moves_out_by_destination":
                sides[measure.split("_")[1], area, on, ""] += n
            case "residents_by_birth":
                residents["", area, on, ""] += n
    assert _solid(moves) == _solid({key: n for key, n in accounts.items() if key[0] in ("in", "out")})
    assert _solid(sides) == _solid(_summed(moves, 12, kinds=True))
    for level in LEVELS:
        signs = {"first": 1, "in": 1, "out": -1, "died": -1, "drawn": 1}
        changed = Counter[Entry]()
        for key, n in accounts.items():
            if key[0] not in ("in", "out"):
                changed[key] += signs[key[0]] * n
        for key, n in moves.items():
            changed[key] += signs[key[0]] * n
        assert _solid(_summed(residents, level)) == _solid(_summed(changed, level))


def _summed(entries: Counter[Entry], level: int, *, kinds: bool = False) -> Counter[Entry]:
    found = Counter[Entry]()
    for (kind, area, on, _), n in entries.items():
        found[kind if kinds else "", area[:level], on, ""] += n
    return found


def _solid(entries: dict[Entry, int]) -> dict[Entry, int]:
    return {key: n for key, n in entries.items() if n}
