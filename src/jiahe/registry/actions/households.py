"""The verbs of households: form, settle, leave, split, merge, move; and that a change was none."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.basis.ids import new_id
from jiahe.basis.problem import Problem
from jiahe.journal import queries as journal
from jiahe.journal.recording import record, record_all, turn
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.registry import problems
from jiahe.registry.facts import (
    HouseholdChangeCancelled,
    HouseholdFormed,
    HouseholdKind,
    HouseholdMoved,
    LifeEventKind,
    Member,
    MembersLeft,
    MembersSettled,
    MovedIn,
    Relation,
    Sex,
)
from jiahe.registry.models import Household, HouseholdPlace, Membership, Person
from jiahe.registry.queries.lives import portions, stays_of
from jiahe.registry.queries.standing import plausible, refuse_residence
from jiahe.registry.rules.residence import lived_on


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A family to be formed: since when, where, and who."""

    on: date
    area: str
    address: str
    members: tuple[Member, ...]


def form_household(
    *,
    kind: HouseholdKind = HouseholdKind.FAMILY,
    on: date,
    area: str,
    address: str,
    members: Sequence[Member],
    by: Author,
    at: datetime,
) -> Recorded:
    """A household begins with these members, who leave those they belonged to.

    Raises MembersMissing, HeadMissing, TwoHeads, MemberElsewhere, HouseholdFuture, PersonUnknown, and the problems of
    residences.
    """
    with turn():
        refuse_residence(area, on)
        _refuse_future(on, at)
        _refuse_heads(members)
        _refuse_elsewhere([member.person for member in members], area, on, by)
        fact = HouseholdFormed(new_id(at), kind, on, area, " ".join(address.split()), tuple(members), None)
        return record(fact, by=by, at=at, area=area)


def form_households(*, households: Sequence[NewHousehold], by: Author, at: datetime) -> list[Recorded | Problem]:
    """Form all that can be formed of these, in one transaction; at the place of each that cannot stands the Problem.

    A constant number of statements for each portion of members.
    """
    with turn():
        wanted = {member.person for each in households for member in each.members}
        homes: dict[UUID, str | None] = {}
        for some in portions(wanted):
            homes |= dict(Person.objects.filter(id__in=some, merged_into=None).values_list("id", "area"))
        found: list[HouseholdFormed | Problem] = []
        for each in households:
            try:
                found.append(_formed(each, homes, at))
            except Problem as problem:
                found.append(problem)
        done = iter(record_all([Draft(fact, by, at, fact.area) for fact in found if isinstance(fact, HouseholdFormed)]))
        return [next(done) if isinstance(fact, HouseholdFormed) else fact for fact in found]


def split_household(
    *, household: UUID, on: date, address: str, members: Sequence[Member], left: Sequence[Member] = (), by: Author,
    at: datetime,
) -> list[Recorded]:  # fmt: skip
    """Some members part and form a household of their own in the same area; `left` says anew what the others are, when
    their head is among those who part. Gives the new household first.

    Raises as `form_household`, NotMember, HouseholdUnknown.
    """
    with turn():
        row = _row(household, "HouseholdFormed", by)
        _refuse_future(on, at)
        _refuse_heads(members)
        staying = _staying(household, {member.person for member in members})
        said = {member.person: member.relation for member in left}
        if staying:
            _refuse_heads([Member(who, said.get(who, relation)) for who, relation in staying.items()])
        new = HouseholdFormed(
            new_id(at), HouseholdKind(row.kind), on, row.home, " ".join(address.split()), tuple(members), household
        )
        drafts = [Draft(new, by, at, row.home)]
        if changed := tuple(member for member in left if staying.get(member.person) != member.relation):
            drafts.append(Draft(MembersSettled(household, on, changed, None), by, at, row.home))
        return record_all(drafts)


def settle_members(*, household: UUID, on: date, members: Sequence[Member], by: Author, at: datetime) -> Recorded:
    """These people belong to the household from a day on, as said: newcomers to it, and members who are something else
    to its head now.

    Raises HouseholdUnknown, MembersMissing, HeadMissing, TwoHeads, MemberElsewhere, HouseholdFuture, PersonUnknown.
    """
    with turn():
        row = _row(household, "MembersSettled", by)
        _refuse_future(on, at)
        after = _staying(household, set()) | {member.person: member.relation for member in members}
        if not members:
            raise problems.MembersMissing()
        _refuse_heads([Member(who, relation) for who, relation in after.items()])
        _refuse_elsewhere([member.person for member in members], row.home, on, by)
        return record(MembersSettled(household, on, tuple(members), None), by=by, at=at, area=row.home)


def leave_household(*, household: UUID, on: date, people: Collection[UUID], by: Author, at: datetime) -> Recorded:
    """These members belong to no household from a day on. Raises HouseholdUnknown, NotMember, MembersMissing,
    HeadMissing, HouseholdFuture."""
    with turn():
        row = _row(household, "MembersLeft", by)
        _refuse_future(on, at)
        if not people:
            raise problems.MembersMissing()
        staying = _staying(household, set(people))
        if staying:
            _refuse_heads([Member(who, relation) for who, relation in staying.items()])
        fact = MembersLeft(household, on, tuple(sorted(people)))
        return record(fact, by=by, at=at, area=row.home)


def merge_households(
    *, household: UUID, other: UUID, on: date, members: Sequence[Member], by: Author, at: datetime
) -> Recorded:
    """All of `other` join `household`, as said. Raises HouseholdUnknown, SameHousehold, NotMember, TwoHeads,
    MemberElsewhere, HouseholdFuture."""
    if household == other:
        raise problems.SameHousehold()
    with turn():
        row, _ = _row(household, "MembersSettled", by), _row(other, "MembersSettled", by)
        _refuse_future(on, at)
        joining = {member.person: member.relation for member in members}
        if joining.keys() != _staying(other, set()).keys():
            raise problems.NotMember()
        after = _staying(household, set()) | joining
        _refuse_heads([Member(who, relation) for who, relation in after.items()])
        _refuse_elsewhere(joining, row.home, on, by)
        return record(MembersSettled(household, on, tuple(members), other), by=by, at=at, area=row.home)


def move_household(*, household: UUID, on: date, area: str, address: str, by: Author, at: datetime) -> list[Recorded]:
    """The household is at another address from a day on; if that is in another area, its members move in there.

    Raises HouseholdUnknown, NothingMoved, HouseholdFuture, NotPermitted, the problems of residences and of moves.
    """
    with turn():
        row = _row(household, "HouseholdMoved", by)
        _refuse_future(on, at)
        refuse_residence(area, on)
        address = " ".join(address.split())
        if (row.home, row.address) == (area, address):
            raise problems.NothingMoved()
        drafts = [Draft(HouseholdMoved(household, on, area, address), by, at, area)]
        members = list(Person.objects.filter(household=household).order_by("id"))
        moving = [each for each in members if each.area != area]
        for each in moving:
            lived_in = plausible(LifeEventKind.MOVED_IN, on, each, localdate(at))
            fact = MovedIn(each.id, on, area, Sex(each.sex), lived_in or "")
            drafts.append(Draft(fact, by, at, area, each.id))
        if moving:
            still = tuple(Member(each.id, Relation(each.relation)) for each in members)
            drafts.append(Draft(MembersSettled(household, on, still, None), by, at, area))
        return record_all(drafts)


def cancel_household_change(*, entry: UUID, reason: str, by: Author, at: datetime) -> Recorded:
    """A change of a household did not happen as recorded; only the latest of a household can be taken back.

    Raises HouseholdUnknown, ReasonMissing, ChangeNotLast.
    """
    with turn():
        said = journal.entry(entry)
        household = getattr(said.fact, "household", None) if said is not None else None
        if said is None or household is None:
            raise problems.HouseholdUnknown()
        row = _row(household, "HouseholdChangeCancelled", by)
        if not reason.strip():
            raise problems.ReasonMissing()
        later = [
            *HouseholdPlace.objects.filter(household=household, stamp__gt=said.stamp).exclude(entry=entry),
            *Membership.objects.filter(household=household, stamp__gt=said.stamp).exclude(entry=entry),
        ]
        if later:
            raise problems.ChangeNotLast()
        fact = HouseholdChangeCancelled(household)
        return record(fact, by=by, at=at, area=row.home, why=reason.strip(), voids=entry)


def _row(household: UUID, verb: str, by: Author) -> Household:
    row = Household.objects.filter(id=household).first()
    if row is None or not by.may(f"registry.{verb}", row.home):
        raise problems.HouseholdUnknown()
    return row


def _staying(household: UUID, going: set[UUID]) -> dict[UUID, Relation]:
    """Who belongs to it now and what they are, without those who go. Raises NotMember for one who is no member."""
    members = dict(Person.objects.filter(household=household).values_list("id", "relation"))
    if going - members.keys():
        raise problems.NotMember()
    return {who: Relation(relation) for who, relation in members.items() if who not in going}


def _refuse_heads(members: Sequence[Member]) -> None:
    if not members:
        raise problems.MembersMissing()
    heads = [member for member in members if member.relation is Relation.HEAD]
    if not heads:
        raise problems.HeadMissing()
    if len(heads) > 1:
        raise problems.TwoHeads()


def _formed(new: NewHousehold, homes: Mapping[UUID, str | None], at: datetime) -> HouseholdFormed:
    _refuse_future(new.on, at)
    _refuse_heads(new.members)
    for member in new.members:
        if homes.get(member.person) != new.area:
            raise problems.MemberElsewhere(name="", on=new.on)
    address = " ".join(new.address.split())
    return HouseholdFormed(new_id(at), HouseholdKind.FAMILY, new.on, new.area, address, new.members, None)


def _refuse_future(on: date, at: datetime) -> None:
    if on > localdate(at):
        raise problems.HouseholdFuture(on=on, today=localdate(at))


def _refuse_elsewhere(people: Collection[UUID], area: str, on: date, by: Author) -> None:
    rows = {row.id: row for row in Person.objects.filter(id__in=people, merged_into=None)}
    for who in people:
        row = rows.get(who)
        if row is None or not by.may("registry.MembersSettled", row.home):
            raise problems.PersonUnknown()
        if row.area != area and lived_on(on, stays_of(row)) != area:
            raise problems.MemberElsewhere(name=row.full, on=on)
