"""What somebody is to the head of a household, from parents and marriages."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from jiahe.node.demo.people import Person
from jiahe.registry.facts import Relation

_AFTER_SPOUSE = {
    Relation.PARENT: Relation.PARENT_IN_LAW,
    Relation.PARENT_IN_LAW: Relation.PARENT,
    **{kept: kept for kept in (Relation.CHILD, Relation.CHILD_IN_LAW, Relation.GRANDCHILD)},
}
"""What people become when the head's spouse becomes the head."""


def relation_to(head: UUID, who: UUID, people: Mapping[UUID, Person], spouses: Mapping[UUID, UUID]) -> Relation:
    """What `who` is to `head`. `spouses` has each of a couple under the other."""
    theirs, ours = _parents(who, people), _parents(head, people)
    wife, married = spouses.get(head), spouses.get(who)
    if married == head:
        return Relation.SPOUSE
    if head in theirs or wife in theirs:
        return Relation.CHILD
    if who in ours:
        return Relation.PARENT
    if wife is not None and who in _parents(wife, people):
        return Relation.PARENT_IN_LAW
    if married is not None and head in _parents(married, people):
        return Relation.CHILD_IN_LAW
    if any(head in _parents(parent, people) for parent in theirs):
        return Relation.GRANDCHILD
    if any(who in _parents(parent, people) for parent in ours):
        return Relation.GRANDPARENT
    return Relation.SIBLING if theirs & ours else Relation.OTHER


def after_succession(kin: Relation, heir: Relation, before: Relation) -> Relation:
    """What somebody is to a new head, who was `heir` to the old one as he was `before`; `kin` is what ties alone say.

    >>> after_succession(Relation.OTHER, Relation.SPOUSE, Relation.PARENT).value
    'parent_in_law'
    """
    if kin is Relation.OTHER and heir is Relation.SPOUSE:
        return _AFTER_SPOUSE.get(before, Relation.OTHER)
    return kin


def _parents(who: UUID, people: Mapping[UUID, Person]) -> set[UUID]:
    person = people.get(who)
    return {parent for parent in (person.mother, person.father) if parent} if person else set()
