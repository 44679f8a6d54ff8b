"""What can be entered about people, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from jiahe.basis.languages import Text
from jiahe.basis.problem import Problem
from jiahe.journal.recording import record
from jiahe.places import actions as places
from jiahe.places.facts import AreasRedrawn, NamedArea, Redrawing
from jiahe.places.problems import AreaClosed, UnknownArea
from jiahe.registry import actions, problems, queries
from jiahe.registry.actions import Document
from jiahe.registry.facts import IdentityKind, LifeEventKind, Purpose, Sex
from jiahe.registry.models import LifeEvent, Person
from tests.rooms.registry.small_county import (
    AT,
    CLERK,
    DALU,
    HEBEI,
    JINZHUANG,
    LONGWANG,
    MIAOWAN,
    TODAY,
    YANGBU,
    Clerk,
    about,
    days,
    enter,
    scope_of,
)

pytestmark = pytest.mark.usefixtures("county")
ID = "411723199001010018"


def card(number: str) -> Document:
    """A resident identity card."""
    return Document(IdentityKind.RESIDENT_ID, number)


REFUSED: dict[str, tuple[dict[str, Any], type[Problem]]] = {
    "wrong check digit": ({"document": card("411723199001010010")}, problems.WrongCheckDigit),
    "15 digits": ({"document": card("411723900101001")}, problems.FifteenDigitIdentity),
    "17 places": ({"document": card("41172319900101001")}, problems.IdentityMalformed),
    "30 February": ({"document": card("411723199002300017")}, problems.ImpossibleDate),
    "born 2099": ({"document": card("41172320990101001X")}, problems.FutureBirthInIdentity),
    "another birth date": ({"document": card(ID), "birth_on": date(1991, 1, 1)}, problems.IdentityDiffersFromBirth),
    "another sex": ({"document": card(ID), "sex": Sex.FEMALE}, problems.IdentityDiffersFromBirth),
    "no name": ({"name": " "}, problems.NameMissing),
    "200 characters": ({"name": "王" * 200}, problems.NameTooLong),
    "a hidden character": ({"name": "王\u202e明"}, problems.NameHasControlCharacters),
    "a line break": ({"name": "王\n明"}, problems.NameHasControlCharacters),
    "born tomorrow": ({"birth_on": TODAY + days(1)}, problems.FutureBirth),
    "born in 1800": ({"birth_on": date(1800, 1, 1)}, problems.TooLongAgo),
    "resident tomorrow": ({"since": TODAY + days(1)}, problems.FutureSince),
    "resident before birth": ({"since": date(1989, 1, 1)}, problems.SinceBeforeBirth),
    "no such area": ({"area": "411723999"}, UnknownArea),
    "a county": ({"area": "411723"}, problems.AreaTooWide),
    "no phone": ({"phone": "ask her son"}, problems.PhoneMalformed),
    "no such mother": ({"mother": UUID(int=1)}, problems.PersonUnknown),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    said, problem = REFUSED[case]
    with pytest.raises(problem):
        enter(**said)
    assert not Person.objects.exists()


def test_a_name_is_kept_as_it_is_written() -> None:
    who = enter("买买提•艾力", document=card(ID.lower()))
    row = queries.person(scope_of(), who)
    assert (row.name, row.surname, row.identity_number) == ("买买提·艾力", "", ID)


def test_a_number_belongs_to_one_person_and_the_problem_does_not_say_whose() -> None:
    enter("王明", document=card(ID), area=LONGWANG)
    with pytest.raises(problems.IdentityTaken) as caught:
        enter("李明", document=card(ID))
    assert caught.value.values == {}


def test_an_area_that_is_no_more_takes_nobody() -> None:
    places.close_area(code=JINZHUANG, on=date(2026, 1, 1), by=CLERK, at=AT)
    with pytest.raises(AreaClosed):
        enter(area=JINZHUANG)


def test_a_birth_makes_the_child_a_resident_with_its_mother() -> None:
    mother = enter("李芳", sex=Sex.FEMALE)
    born = actions.register_birth(
        name="王小明",
        sex=Sex.MALE,
        on=date(2026, 11, 1),
        area=HEBEI,
        mother=mother,
        certificate="U412345678",
        by=CLERK,
        at=AT,
    )
    child = about(born)
    row = queries.person(scope_of(), child)
    assert (row.area, row.since, row.mother) == (HEBEI, date(2026, 11, 1), mother)
    assert [each.id for each in queries.children(scope_of(), mother)] == [child]
    assert [event.kind for event in queries.life_events(scope_of(), child)] == [LifeEventKind.BORN]


@pytest.mark.parametrize(
    ("mother", "problem"),
    [
        ({"sex": Sex.MALE}, problems.ParentImpossible),
        ({"sex": Sex.FEMALE, "birth_on": date(2019, 1, 1)}, problems.ParentUnlikely),
        ({"sex": Sex.FEMALE, "birth_on": date(1950, 1, 1)}, problems.ParentUnlikely),
    ],
)
def test_not_everybody_can_be_a_mother(mother: dict[str, Any], problem: type[Problem]) -> None:
    who = enter("李芳", **mother)
    with pytest.raises(problem):
        actions.register_birth(name="王", sex=Sex.MALE, on=TODAY, area=HEBEI, mother=who, by=CLERK, at=AT)


def test_an_unlikely_mother_is_asked_back_once_and_taken_when_confirmed() -> None:
    who = enter("李芳", sex=Sex.FEMALE, birth_on=date(1950, 1, 1))
    sure = {problems.ParentUnlikely.code}
    born = actions.register_birth(name="王", sex=Sex.MALE, on=TODAY, area=HEBEI, mother=who, sure=sure, by=CLERK, at=AT)
    assert queries.person(scope_of(), about(born)).mother == who


def die(who: UUID, on: date) -> None:
    actions.register_death(person=who, on=on, by=CLERK, at=AT)


def move(who: UUID, on: date, area: str = LONGWANG) -> None:
    actions.register_move_in(person=who, on=on, area=area, by=CLERK, at=AT)


def leave(who: UUID, on: date) -> None:
    actions.register_move_out(person=who, on=on, destination="上海", by=CLERK, at=AT)


@pytest.mark.parametrize(
    ("act", "on", "problem"),
    [
        (die, TODAY + days(1), problems.FutureDate),
        (die, date(1989, 12, 31), problems.EventBeforeBirth),
        (leave, date(2019, 12, 31), problems.NotResident),
        (lambda who, on: move(who, on, HEBEI), date(2026, 1, 1), problems.AlreadyResident),
    ],
)
def test_events_that_cannot_have_been(act: Callable[[UUID, date], None], on: date, problem: type[Problem]) -> None:
    who = enter()
    with pytest.raises(problem):
        act(who, on)
    assert not LifeEvent.objects.exists()


def test_after_death_nothing_but_the_past_can_be_entered() -> None:
    who = enter()
    die(who, date(2026, 6, 1))
    with pytest.raises(problems.AlreadyDead):
        die(who, date(2026, 7, 1))
    with pytest.raises(problems.EventAfterDeath):
        move(who, date(2026, 7, 1))
    move(who, date(2026, 5, 1))
    row = queries.person(scope_of(), who)
    assert (row.area, row.home, row.died_on) == (None, LONGWANG, date(2026, 6, 1))


def test_residents_of_a_day_follow_what_happened() -> None:
    who, child = enter(), enter("王芳", sex=Sex.FEMALE, since=date(2021, 5, 1))
    move(who, date(2024, 3, 1))
    leave(child, date(2025, 1, 1))
    told = {day: dict(queries.residents_by_area(day)) for day in (date(2020, 6, 1), date(2024, 3, 1), date(2025, 1, 1))}
    assert told == {
        date(2020, 6, 1): {(HEBEI, "male"): 1},
        date(2024, 3, 1): {(LONGWANG, "male"): 1, (HEBEI, "female"): 1},
        date(2025, 1, 1): {(LONGWANG, "male"): 1},
    }


def test_a_cancelled_event_has_never_been() -> None:
    who = enter()
    die(who, date(2026, 6, 1))
    entry = LifeEvent.objects.get().entry
    with pytest.raises(problems.ReasonMissing):
        actions.cancel_life_event(entry=entry, reason=" ", by=CLERK, at=AT)
    actions.cancel_life_event(entry=entry, reason="another man of that name", by=CLERK, at=AT)
    row = queries.person(scope_of(), who)
    assert (row.area, row.died_on) == (HEBEI, None)
    with pytest.raises(problems.EventUnknown):
        actions.cancel_life_event(entry=entry, reason="again", by=CLERK, at=AT)


def test_a_cancelled_birth_takes_the_child_out() -> None:
    born = actions.register_birth(name="王小明", sex=Sex.MALE, on=TODAY, area=HEBEI, by=CLERK, at=AT)
    actions.cancel_life_event(entry=born.id, reason="entered twice", by=CLERK, at=AT)
    with pytest.raises(problems.PersonUnknown):
        queries.person(scope_of(), about(born))
    assert not queries.residents_by_area(TODAY)


def test_who_moved_here_from_elsewhere_is_taken_over_with_his_card() -> None:
    who = enter(document=card(ID), area=LONGWANG)
    here = Clerk(YANGBU)
    with pytest.raises(problems.PersonUnknown):
        actions.register_move_in(person=who, on=TODAY, area=HEBEI, by=here, at=AT)
    for number, name in ((ID, "王芳"), ("41172319900101100X", "王明")):
        with pytest.raises(problems.CardUnknown):
            queries.mover(scope_of(YANGBU), number=number, name=name)
    found = queries.mover(scope_of(YANGBU), number=ID, name="王 明")
    actions.register_move_in(person=found, on=TODAY, area=HEBEI, number=ID, by=here, at=AT)
    assert queries.person(scope_of(YANGBU), who).area == HEBEI
    with pytest.raises(problems.PersonUnknown):
        queries.person(scope_of(MIAOWAN), who)


def test_merged_areas_take_their_residents_along_and_split_ones_ask() -> None:
    merged, split = enter(area=LONGWANG), enter("李明", area=HEBEI)
    new = tuple(NamedArea(code, "新村", Text("New", "新村", "新村")) for code in ("411723101298", "411723101299"))
    for fact in (
        AreasRedrawn(Redrawing.MERGED, (LONGWANG, DALU), (DALU,), (), date(2026, 3, 1), "1"),
        AreasRedrawn(Redrawing.SPLIT, (HEBEI,), (), new, date(2026, 3, 1), "2"),
    ):
        record(fact, by=CLERK, at=AT, area="411723")
    assert queries.person(scope_of(), merged).area == DALU
    assert list(queries.to_reassign(scope_of(), on=TODAY).values_list("id", flat=True)) == [split]
    assert dict(queries.residents_by_area(date(2026, 2, 1))) == {(LONGWANG, "male"): 1, (HEBEI, "male"): 1}
    assert dict(queries.residents_by_area(date(2026, 3, 1))) == {(DALU, "male"): 1, (HEBEI, "male"): 1}


def test_a_record_opens_for_three_hours_to_who_says_why() -> None:
    who = enter()
    assert not queries.may_look(scope_of(), who, at=AT)
    with pytest.raises(problems.ReasonMissing):
        actions.open_record(person=who, purpose=Purpose.OTHER, by=CLERK, at=AT)
    actions.open_record(person=who, purpose=Purpose.SERVICE, by=CLERK, at=AT)
    assert queries.may_look(scope_of(), who, at=AT + days(1) / 9)
    assert not queries.may_look(scope_of(), who, at=AT + days(1) / 8)
    assert not queries.may_look(scope_of(officer="somebody else"), who, at=AT)
    assert [each.purpose for each in queries.opened_by(scope_of(), who)] == [Purpose.SERVICE]
    assert [type(each.fact).__name__ for each in queries.person_history(scope_of(), who)] == ["PersonRegistered"]
