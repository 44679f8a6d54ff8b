"""The register's tables. Only `projections.py` writes them.

The current name and its search keys stand on the person's own row: a key then costs one index entry of some twenty
bytes, a county of 1.2 million people is searched by its b-trees alone, and a list needs no join. Tables point at a
person by his id without a foreign key, for a fact may arrive before the one that registers him.
"""

from jiahe.registry.models.events import LifeEvent
from jiahe.registry.models.households import Household, HouseholdPlace, Membership
from jiahe.registry.models.pairs import Pair
from jiahe.registry.models.people import FieldValue, Person, PersonDocument, PersonName, PersonPhone
from jiahe.registry.models.records import Distinct, Merge, Opening, TakenBack

__all__ = [
    "Distinct",
    "FieldValue",
    "Household",
    "HouseholdPlace",
    "LifeEvent",
    "Membership",
    "Merge",
    "Opening",
    "Pair",
    "Person",
    "PersonDocument",
    "PersonName",
    "PersonPhone",
    "TakenBack",
]
