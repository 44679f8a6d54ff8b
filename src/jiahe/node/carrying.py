"""What the network carries, told in the words of the rooms: which records facts belong to, and where these are kept."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any
from uuid import UUID

from django.conf import settings

from jiahe.indicators import projections as cells
from jiahe.indicators.queries import totals
from jiahe.journal import queries as journal
from jiahe.journal.facts import Redacted
from jiahe.journal.values import Recorded
from jiahe.network.facts import Level
from jiahe.network.wiring import Feed, Total, Wiring
from jiahe.places.facts import AreasRedrawn
from jiahe.registry import facts as registry
from jiahe.registry import queries as register
from jiahe.window import queries as window
from jiahe.window.facts import CaseHandedOver

COMMON = ("journal.", "network.", "places.", "staff.")
"""Facts of these rooms go to every node below: the map, who holds which post, the nodes, what was erased."""
PUBLIC = ("network.", "places.", "journal.NodePutBack@")
"""And these to a city: no person and no officer is in them."""
_MOVING = (
    registry.MovedIn,
    registry.MovedOut,
    registry.LifeEventCancelled,
    registry.RegistrationCancelled,
    registry.PersonsMerged,
    registry.MergeUndone,
    registry.HouseholdMoved,
    registry.HouseholdChangeCancelled,
    CaseHandedOver,
)
_WHERE = (registry.Field.AREA, registry.Field.SINCE)
"""What a correction may change of where somebody lived, and of what came after."""
_BY_HOUSEHOLD = (
    registry.HouseholdFormed,
    registry.HouseholdMoved,
    registry.MembersSettled,
    registry.MembersLeft,
    registry.HouseholdChangeCancelled,
)


def records(entries: Sequence[Recorded]) -> dict[UUID, set[UUID]]:
    """The people, households and cases that each of the entries belongs to. What is said of a record that was merged
    belongs to the one that stays too; and a merge to all records of that person, for it may decide which one that is.
    """
    found = {entry.id: _named(entry.fact) | ({entry.about} if entry.about else set()) for entry in entries}
    merged = register.merged_records({record for some in found.values() for record in some})
    for entry in entries if merged else ():
        for person in [merged[one] for one in found[entry.id] if one in merged]:
            found[entry.id] |= person.records if isinstance(entry.fact, registry.PersonsMerged) else {person.kept}
    return found


def kept_in(ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """In which areas the records of these ids are kept."""
    return _joined(register.record_areas(ids), window.case_areas(ids))


def told_of(ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The ids of all entries that speak of these records."""
    return _joined(register.entries_of_records(ids), window.entries_of_cases(ids))


def moving(entries: Sequence[Recorded], records: Mapping[UUID, Collection[UUID]]) -> set[UUID]:
    """The ids of those of the entries, each of which belongs to these records, that may change where a person, a
    household or a case is kept: whoever kept it until then is told, and of what happens there no more. Where a merged
    record began, the one that stays has moved to; and who died before he came somewhere is kept where he died."""
    deaths = [each for each in entries if isinstance(each.fact, registry.Died)]
    before = register.deaths_before_a_move({each.fact for each in deaths})
    found = {each.id for each in entries if _moves(each.fact, records[each.id])}
    return found | {each.id for each in deaths if each.fact in before}


def _moves(fact: Any, records: Collection[UUID]) -> bool:
    if isinstance(fact, registry.PersonRegistered):
        return not {fact.person}.issuperset(records)
    if isinstance(fact, registry.PersonCorrected):
        return any(change.field in _WHERE for change in fact.changes)
    return isinstance(fact, _MOVING)


def _named(fact: Any) -> set[UUID]:
    if isinstance(fact, registry.PersonsMerged):
        return {fact.person, fact.gone}
    if isinstance(fact, AreasRedrawn):
        areas = (*fact.kept, *(area.code for area in fact.opened))
        return {one for some in register.residents(areas).values() for one in some}
    if isinstance(fact, _BY_HOUSEHOLD):
        people = [member.person for member in getattr(fact, "members", ())]
        return {fact.household, *people, *getattr(fact, "people", ())}
    if isinstance(fact, Redacted):  # what was erased may have been a move
        return {each.about for each in journal.entries(fact.entries).values() if each.about}
    case = getattr(fact, "case", None)
    return {case} if isinstance(case, UUID) else set()


def _joined(*some: Mapping[UUID, Iterable[Any]]) -> dict[UUID, set[Any]]:
    found: defaultdict[UUID, set[Any]] = defaultdict(set)
    for mapping in some:
        for id_, values in mapping.items():
            found[id_].update(values)
    return dict(found)


def _begins(rooms: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda kind: kind.startswith(rooms)


def _take(area: str, told: Sequence[Total], at: datetime) -> None:
    cells.take_totals(area, [row[:5] for row in told], at=at)


@cache
def wiring() -> Wiring:
    """What this node tells its network."""
    return Wiring(
        version=version("jiahe"),
        level=Level(settings.JIAHE.level),
        common=_begins(COMMON),
        public=_begins(PUBLIC),
        records=records,
        kept_in=kept_in,
        told_of=told_of,
        named_beside=register.named_beside,
        moving=moving,
        conflicts=register.open_conflicts,
        feed=Feed(
            changed=lambda most: [Total(*row) for row in totals.changed_sums(most)],
            taken=cells.forget_told,
            take=_take,
            held=totals.held_sums,
            anew=cells.note_anew,
        ),
    )
