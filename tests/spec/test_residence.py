"""# Where somebody counts as a resident

Somebody counts in the area where he lives at the end of the day. He was registered as living in Hebei village since
1 January 2020.
"""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.registry.facts import LifeEventKind
from jiahe.registry.rules.residence import Event, Start, residence

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


@pytest.mark.parametrize("case", TABLE)
def test_where_somebody_counts(case: str) -> None:
    recorded, lived = TABLE[case]
    events, followed = [], {}
    for number, line in enumerate(recorded, start=1):
        match line.split():
            case ["map", old, new, on]:
                followed[NAMES[old]] = ((date.fromisoformat(on), NAMES[new]),)
            case [kind, area, on]:
                events.append(Event(LifeEventKind(kind), NAMES[area], date.fromisoformat(on), str(number)))
    areas = {code: name for name, code in NAMES.items()}
    told = [
        f"{areas[stay.area]} {stay.from_on} {stay.to_on or '-'}"
        for stay in residence(REGISTERED, events, followed).stays
    ]
    assert ", ".join(told) == lived
