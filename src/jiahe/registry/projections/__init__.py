"""Facts to rows. The only writers of the register's tables; whatever the order of the facts, the rows are the same.

A person's row is a function of his registration, the values that hold of corrected fields, his life events, the
households he settled in, the records merged with his, and the redrawings of the map. Where any of these changes, the
residence before and after is compared and the difference in residents is handed to the counts.
"""

from jiahe.registry.projections.events import life_event, life_event_undone
from jiahe.registry.projections.households import (
    household_formed,
    household_moved,
    household_unformed,
    household_unmoved,
    members_changed,
    members_unchanged,
)
from jiahe.registry.projections.map import residents_follow_area, residents_stay_in_area
from jiahe.registry.projections.people import (
    person_corrected,
    person_registered,
    person_uncorrected,
    person_unregistered,
)
from jiahe.registry.projections.records import (
    cancelling_erased,
    document_added,
    document_withdrawn,
    found_distinct,
    found_distinct_undone,
    name_added,
    name_withdrawn,
    persons_merged,
    persons_unmerged,
    phone_added,
    phone_withdrawn,
    record_opened,
    record_unopened,
    registration_cancelled,
)
from jiahe.registry.projections.residents import RESIDENTS, RESIDENTS_BY_BIRTH, counted

__all__ = [
    "RESIDENTS",
    "RESIDENTS_BY_BIRTH",
    "cancelling_erased",
    "counted",
    "document_added",
    "document_withdrawn",
    "found_distinct",
    "found_distinct_undone",
    "household_formed",
    "household_moved",
    "household_unformed",
    "household_unmoved",
    "life_event",
    "life_event_undone",
    "members_changed",
    "members_unchanged",
    "name_added",
    "name_withdrawn",
    "person_corrected",
    "person_registered",
    "person_uncorrected",
    "person_unregistered",
    "persons_merged",
    "persons_unmerged",
    "phone_added",
    "phone_withdrawn",
    "record_opened",
    "record_unopened",
    "registration_cancelled",
    "residents_follow_area",
    "residents_stay_in_area",
]
