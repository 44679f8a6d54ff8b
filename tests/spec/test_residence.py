"""# Where somebody counts as a resident

Somebody counts in the area where he lives at the end of the day. He was registered as living in Hebei village since
1 January 2020.

A move is counted when he lives elsewhere at the end of a day than the day before: once at the place left and once at
the place moved to, whoever recorded it.
"""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.registry.facts import LifeEventKind
from jiahe.registry.rules.residence import Event, Start, Stay, residence

HEBEI, LONGWANG, DALU = "411723101200", "411723103201", "411723103202"
REGISTERED = Start(HEBEI, date(2020, 1, 1), "0")

# what was recorded, in the order of recording                      | where he lived, from - to
TABLE = {
    "nothing happened": ([], "Hebei 2020-01-01 -"),
    "he moved to Longwang": (
        ["moved_in Longwang 2024-05-01"],
        "Hebei 2020-01-01 2024-05-01, Longwang 2024-05-01 -",
    ),
    "he moved away": (["moved_out Hebei 2024-05-01"], "Hebei 2020-01-01 2024-05-01"),
    "he moved away and came back": (
        ["moved_out Hebei 2024-05-01", "moved_in Hebei 2025-01-01"],
        "Hebei 2020-01-01 2024-05-01, Hebei 2025-01-01 -",
    ),
    "Hebei recorded that he left only after Longwang had recorded that he came": (
        ["moved_in Longwang 2024-05-01", "moved_out Hebei 2024-05-03"],
        "Hebei 2020-01-01 2024-05-01, Longwang 2024-05-01 -",
    ),
    "he died": (["died Hebei 2024-05-01"], "Hebei 2020-01-01 2024-05-01"),
    "a move after his death is not counted": (
        ["died Hebei 2024-05-01", "moved_in Longwang 2024-06-01"],
        "Hebei 2020-01-01 2024-05-01",
    ),
    "a move before his death, entered after it, is counted": (
        ["died Hebei 2024-05-01", "moved_in Longwang 2024-04-01"],
        "Hebei 2020-01-01 2024-04-01, Longwang 2024-04-01 2024-05-01",
    ),
    "he came and left on one day": (
        ["moved_in Longwang 2024-05-01", "moved_in Dalu 2024-05-01"],
        "Hebei 2020-01-01 2024-05-01, Dalu 2024-05-01 -",
    ),
    "Hebei became part of Dalu": (
        ["map Hebei Dalu 2025-01-01"],
        "Hebei 2020-01-01 2025-01-01, Dalu 2025-01-01 -",
    ),
    "Hebei became part of Dalu, and he moved out of what had been Hebei": (
        ["map Hebei Dalu 2025-01-01", "moved_out Hebei 2025-06-01"],
        "Hebei 2020-01-01 2025-01-01, Dalu 2025-01-01 2025-06-01",
    ),
    "he moved to Longwang, which had become part of Dalu": (
        ["map Longwang Dalu 2025-01-01", "moved_in Longwang 2025-06-01"],
        "Hebei 2020-01-01 2025-06-01, Dalu 2025-06-01 -",
    ),
}
NAMES = {"Hebei": HEBEI, "Longwang": LONGWANG, "Dalu": DALU}


# what was recorded, in the order of recording                     | which moves count: from - to, and the day
ONE_MOVE = "Hebei - Longwang 2024-05-01"
MOVES = {
    "nothing happened": ([], ""),
    "only Longwang recorded it": (["moved_in Longwang 2024-05-01"], ONE_MOVE),
    "both recorded it": (["moved_out Hebei 2024-05-01 Longwang", "moved_in Longwang 2024-05-01 Hebei"], ONE_MOVE),
    "both recorded it, the other first": (["moved_in Longwang 2024-05-01", "moved_out Hebei 2024-05-01"], ONE_MOVE),
    "Hebei recorded it too, and late": (["moved_in Longwang 2024-05-01", "moved_out Hebei 2024-05-03"], ONE_MOVE),
    "Longwang recorded it twice": (["moved_in Longwang 2024-05-01", "moved_in Longwang 2024-05-09"], ONE_MOVE),
    "Longwang recorded it two days late": (
        ["moved_out Hebei 2024-05-01 Longwang", "moved_in Longwang 2024-05-03 Hebei"],
        "Hebei - (Longwang) 2024-05-01, (Hebei) - Longwang 2024-05-03",
    ),
    "he left and came back": (
        ["moved_out Hebei 2024-05-01 Canton", "moved_in Hebei 2025-01-01 Canton"],
        "Hebei - (Canton) 2024-05-01, (Canton) - Hebei 2025-01-01",
    ),
    "he left and came back on one day": (["moved_out Hebei 2024-05-01", "moved_in Hebei 2024-05-01"], ""),
    "he moved in where he lives": (["moved_in Hebei 2024-05-01"], ""),
    "he moved in on the day since when he is registered": (
        ["moved_in Hebei 2020-01-01 Canton"],
        "(Canton) - Hebei 2020-01-01",
    ),
    "he moved on, on the day since when he is registered": (["moved_in Longwang 2020-01-01"], ""),
    "he came earlier than he is registered": (
        ["moved_in Hebei 2019-01-01 Canton"],
        "(Canton) - Hebei 2019-01-01",
    ),
    "he moved twice on one day": (
        ["moved_in Longwang 2024-05-01", "moved_in Dalu 2024-05-01"],
        "Hebei - Dalu 2024-05-01",
    ),
    "he moved twice on one day and left": (
        ["moved_in Longwang 2024-05-01", "moved_out Longwang 2024-05-01 Canton"],
        "Hebei - (Canton) 2024-05-01",
    ),
    "he died": (["died Hebei 2024-05-01"], ""),
    "he died on the day of a move": (["moved_in Longwang 2024-05-01", "died Longwang 2024-05-01"], ""),
    "he died on the day he left": (["moved_out Hebei 2024-05-01 Canton", "died Hebei 2024-05-01"], ""),
    "Hebei became part of Dalu": (["map Hebei Dalu 2025-01-01"], ""),
    "Hebei became part of Dalu, and somebody entered that as a move": (
        ["map Hebei Dalu 2025-01-01", "moved_in Dalu 2025-01-01"],
        "",
    ),
    "Hebei became part of Dalu, and he moved on": (
        ["map Hebei Dalu 2025-01-01", "moved_in Longwang 2025-06-01"],
        "Dalu - Longwang 2025-06-01",
    ),
    "he moved to Longwang, which had become part of Dalu": (
        ["map Longwang Dalu 2025-01-01", "moved_in Longwang 2025-06-01"],
        "Hebei - Dalu 2025-06-01",
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_where_somebody_counts(case: str) -> None:
    recorded, lived = TABLE[case]
    told = [f"{_name(stay.area)} {stay.from_on} {stay.to_on or '-'}" for stay in _stays(recorded)]
    assert ", ".join(told) == lived


@pytest.mark.parametrize("case", MOVES)
def test_which_moves_count(case: str) -> None:
    recorded, moves = MOVES[case]
    out, into = {}, {}
    for stay in _stays(recorded):
        if stay.went is not None:
            out[stay.to_on] = (_name(stay.area), _name(stay.went))
        if stay.came is not None:
            into[stay.from_on] = (_name(stay.came), _name(stay.area))
    both = {day: (*(out.get(day) or into[day]), day) for day in sorted({*out, *into})}
    assert all(out[day] == into[day] for day in out.keys() & into.keys())
    known = {name for name in NAMES}
    for day, (origin, to, _) in both.items():
        assert (day in out, day in into) == (origin in known, to in known), "counted at both ends, where both are known"
    assert ", ".join(f"{origin} - {to} {day}" for origin, to, day in both.values()) == moves


def _stays(recorded: list[str]) -> tuple[Stay, ...]:
    events, followed = [], {}
    for number, line in enumerate(recorded, start=1):
        match line.split():
            case ["map", old, new, on]:
                followed[NAMES[old]] = ((date.fromisoformat(on), NAMES[new]),)
            case [kind, area, on, *said]:
                place = f"({said[0]})" if said else ""
                events.append(Event(LifeEventKind(kind), NAMES[area], date.fromisoformat(on), str(number), place))
    return residence(REGISTERED, events, followed).stays


def _name(area: str) -> str:
    return {code: name for name, code in NAMES.items()}.get(area, area)
