"""Facts to rows. The only writers of the register's tables; whatever the order of the facts, the rows are the same.

A person's row is a function of his registration, the values that hold of corrected fields, his life events and the
redrawings of the map. Where any of these changes, the residence before and after is compared and the difference in
residents is handed to the counts.
"""

from jiahe.registry.projections.events import life_event, life_event_undone
from jiahe.registry.projections.map import residents_follow_area, residents_stay_in_area
from jiahe.registry.projections.people import (
    person_corrected,
    person_registered,
    person_uncorrected,
    person_unregistered,
)
from jiahe.registry.projections.residents import RESIDENTS

__all__ = [
    "RESIDENTS",
    "life_event",
    "life_event_undone",
    "person_corrected",
    "person_registered",
    "person_uncorrected",
    "person_unregistered",
    "residents_follow_area",
    "residents_stay_in_area",
]
