"""Which household a person belongs to and when, from what was recorded, whatever order it was recorded in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jiahe.registry.facts import LifeEventKind, Relation
from jiahe.registry.rules.residence import Event

_ENDS = (LifeEventKind.DIED, LifeEventKind.MOVED_IN, LifeEventKind.MOVED_OUT)


@dataclass(frozen=True, slots=True)
class Belonging:
    """That from a day on somebody belongs to a household in this relation to its head, or (None) does not any more."""

    household: UUID
    relation: Relation | None
    on: date
    stamp: str


@dataclass(frozen=True, slots=True)
class Spell:
    """Member of `household` as `relation` from `from_on` up to, not including, `to_on` (None: still)."""

    household: UUID
    relation: Relation
    from_on: date
    to_on: date | None


def spells(said: Sequence[Belonging], events: Sequence[Event]) -> tuple[Spell, ...]:
    """The spells of one person in households, one at a time; spells of no day are none.

    Of two things on one day the one with the later stamp comes second. Leaving a household to which one does not belong
    changes nothing; moving and dying end belonging to any.

    >>> home, other = UUID(int=1), UUID(int=2)
    >>> born = Belonging(home, Relation.CHILD, date(2000, 1, 1), "1")
    >>> wed = Belonging(other, Relation.SPOUSE, date(2024, 5, 1), "2")
    >>> gone = Event(LifeEventKind.MOVED_OUT, "A1", date(2025, 2, 1), "3")
    >>> [(spell.relation.value, str(spell.to_on)) for spell in spells([wed, born], [gone])]
    [('child', '2024-05-01'), ('spouse', '2025-02-01')]
    """
    found: list[Spell] = []
    here: Spell | None = None
    ends = [event for event in events if event.kind in _ENDS]
    timeline: list[Belonging | Event] = [*said, *ends]
    for each in sorted(timeline, key=lambda each: (each.on, each.stamp)):
        belonging = each if isinstance(each, Belonging) else None
        leaves = belonging is not None and belonging.relation is None
        if belonging is not None and leaves and (here is None or belonging.household != here.household):
            continue
        if here is not None and here.from_on < each.on:
            found.append(Spell(here.household, here.relation, here.from_on, each.on))
        here = None
        if belonging is not None and belonging.relation is not None:
            here = Spell(belonging.household, belonging.relation, belonging.on, None)
    return (*found, here) if here is not None else tuple(found)


def belongs(found: Sequence[Spell]) -> Spell | None:
    """The spell that has not ended, if any."""
    return found[-1] if found and found[-1].to_on is None else None


def relation_of_child(mother: Relation | None) -> Relation:
    """What a new-born is to the head of its mother's household.

    >>> relation_of_child(Relation.SPOUSE).value, relation_of_child(Relation.CHILD_IN_LAW).value
    ('child', 'grandchild')
    """
    match mother:
        case Relation.HEAD | Relation.SPOUSE:
            return Relation.CHILD
        case Relation.CHILD | Relation.CHILD_IN_LAW:
            return Relation.GRANDCHILD
        case Relation.PARENT | Relation.PARENT_IN_LAW:
            return Relation.SIBLING
    return Relation.OTHER
