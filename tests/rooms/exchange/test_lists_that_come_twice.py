"""Nobody is registered twice because a list, or a row of it, comes in twice."""

from __future__ import annotations

from jiahe.exchange import actions
from jiahe.journal.queries import head
from jiahe.registry.models import Person
from tests.rooms.exchange.lists import AT, FAMILY, checked, listed, taken, verdicts
from tests.rooms.staff.small_office import NORTH_VILLAGE, Office


def test_the_same_row_is_taken_once_whichever_file_it_comes_in(office: Office) -> None:
    by = office.acting("worker")
    first = taken(FAMILY, by)
    size = head().size
    assert actions.bring(name="again.csv", content=FAMILY, by=by, at=AT).id == first.id
    corrected = listed(*[line.split(",") for line in FAMILY.decode().split("\n")[1:]], ["新来", "男", "1991-01-01"])
    again = checked(corrected, by)
    assert verdicts(again) == ["known", "known", "known", "accepted"]
    taken(corrected, by)
    assert (Person.objects.count(), head().size) == (4, size + 1)


def test_the_file_of_a_colleague_is_another_import_and_nobody_is_taken_over_twice(office: Office) -> None:
    # Given two workers of a village who checked the same file, and neither may read the other's rows
    office.staff("colleague", "village_worker", NORTH_VILLAGE)
    one, other = office.acting("worker"), office.acting("colleague")
    first, second = checked(FAMILY, one), checked(FAMILY, other)
    assert first.id != second.id
    # when both take it over
    for row, by in ((first, one), (second, other)):
        while actions.take(brought=row.id, by=by, at=AT):
            pass
    # then everybody is registered once, and the second is told that they were
    assert verdicts(second) == ["known", "known", "known"]
    assert Person.objects.count() == 3
