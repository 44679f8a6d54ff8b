"""What others may read of the register. Everything takes the `Scope` first; who is outside it does not exist.

Values the scope does not see in full are masked here, so that no page can forget it.
"""

from jiahe.registry.queries.history import may_look, opened_by, person_history
from jiahe.registry.queries.lives import everybody, records_of, spells_of, stays_of
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
    people,
    person,
    to_reassign,
)
from jiahe.registry.queries.residence import residents_by_area
from jiahe.registry.queries.search import Found, Why, mover, search
from jiahe.registry.queries.values import editable, texts_as_of

__all__ = [
    "Conflict",
    "EventRow",
    "Found",
    "PersonRow",
    "Why",
    "children",
    "conflicts",
    "described",
    "editable",
    "events",
    "everybody",
    "life_events",
    "masked",
    "may_look",
    "mover",
    "opened_by",
    "people",
    "person",
    "person_history",
    "records_of",
    "residents_by_area",
    "search",
    "spells_of",
    "stays_of",
    "texts_as_of",
    "to_reassign",
]
