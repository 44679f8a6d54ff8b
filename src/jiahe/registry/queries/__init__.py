"""What others may read of the register. Everything takes the `Scope` first; who is outside it does not exist.

Values the scope does not see in full are masked here, so that no page can forget it.
"""

from jiahe.registry.queries.carrying import (
    deaths_before_a_move,
    entries_of_records,
    merged_records,
    named_beside,
    record_areas,
    residents,
)
from jiahe.registry.queries.doubles import (
    Double,
    Shown,
    judge_people,
    shown,
)
from jiahe.registry.queries.history import (
    Opened,
    may_look,
    opened_by,
    opened_outside,
    openings,
    person_history,
    recent,
)
from jiahe.registry.queries.households import (
    HouseholdRow,
    MemberRow,
    described_households,
    headless,
    household,
    household_history,
    households,
    members,
    members_ever,
)
from jiahe.registry.queries.keeping import (
    Kept,
    kept,
)
from jiahe.registry.queries.kin import (
    close_to,
    kept_as,
    number_ends,
)
from jiahe.registry.queries.linking import PairRow, described_pairs, pairs
from jiahe.registry.queries.lives import (
    everybody,
    records_of,
    spells_of,
    stays_of,
)
from jiahe.registry.queries.merging import (
    Merged,
    merges_of,
    since_merge,
)
from jiahe.registry.queries.people import (
    Conflict,
    EventRow,
    PersonRow,
    children,
    conflicts,
    described,
    events,
    life_events,
    masked,
    masked_names,
    number_to_call,
    open_conflicts,
    people,
    people_where,
    person,
    to_reassign,
)
from jiahe.registry.queries.record import (
    Family,
    Particular,
    everything,
    family,
    household_of,
    particulars,
)
from jiahe.registry.queries.residence import (
    residents_by_area,
    residents_by_birth,
)
from jiahe.registry.queries.search import (
    Found,
    Why,
    mover,
    search,
)
from jiahe.registry.queries.taken_back import (
    TakenBackRow,
    described_taken_back,
    held_on_taken_back,
    taken_back,
    taken_back_one,
    taken_back_with,
)
from jiahe.registry.queries.values import (
    editable,
    texts_as_of,
)

__all__ = [
    "Conflict",
    "Double",
    "EventRow",
    "Family",
    "Found",
    "HouseholdRow",
    "Kept",
    "MemberRow",
    "Merged",
    "Opened",
    "PairRow",
    "Particular",
    "PersonRow",
    "Shown",
    "TakenBackRow",
    "Why",
    "children",
    "close_to",
    "conflicts",
    "deaths_before_a_move",
    "described",
    "described_households",
    "described_pairs",
    "described_taken_back",
    "editable",
    "entries_of_records",
    "events",
    "everybody",
    "everything",
    "family",
    "headless",
    "held_on_taken_back",
    "household",
    "household_history",
    "household_of",
    "households",
    "judge_people",
    "kept",
    "kept_as",
    "life_events",
    "masked",
    "masked_names",
    "may_look",
    "members",
    "members_ever",
    "merged_records",
    "merges_of",
    "mover",
    "named_beside",
    "number_ends",
    "number_to_call",
    "open_conflicts",
    "opened_by",
    "opened_outside",
    "openings",
    "pairs",
    "particulars",
    "people",
    "people_where",
    "person",
    "person_history",
    "recent",
    "record_areas",
    "records_of",
    "residents",
    "residents_by_area",
    "residents_by_birth",
    "search",
    "shown",
    "since_merge",
    "spells_of",
    "stays_of",
    "taken_back",
    "taken_back_one",
    "taken_back_with",
    "texts_as_of",
    "to_reassign",
]
