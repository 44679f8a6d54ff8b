"""# The queue at the counter

Whoever comes gets a number; whoever would rather not wait books a half hour, without a name. While both wait, they are
called by turns; nobody is called before somebody of his own kind who came earlier. A number is nobody's.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from jiahe.journal.problems import NotPermitted
from jiahe.window import actions, problems, queries
from jiahe.window.rules.queueing import PER_SLOT, Left
from tests.lib.counter import COUNTY, MONDAY, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, Counter

TUESDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=n) for n in (1, 4, 5))


def clock(hours: int, minutes: int = 0, *, on: date = MONDAY) -> datetime:
    """That time of the county's day."""
    return datetime(on.year, on.month, on.day, hours, minutes, tzinfo=UTC) - timedelta(hours=8)


def give(counter: Counter, at: datetime, *, who: str = "window") -> UUID:
    """A number, given to somebody who came."""
    return actions.take_number(by=counter.acting(who), at=at).id


def booking(
    counter: Counter, slot: str, *, day: date = MONDAY, at: datetime | None = None, office: str = TOWNSHIP
) -> UUID:
    """A half hour, booked early on Monday if nothing else is said."""
    at = at or clock(7)
    return actions.book_slot(office=office, day=day, slot=slot, by=counter.by, at=at).id


def call(counter: Counter, at: datetime, *, who: str = "window", served: bool | None = True) -> str:
    """The next one is called, and served at once; None: is still at the counter. The number that was called."""
    by = counter.acting(who, at.date())
    called = actions.call_next(counter="1", by=by, at=at).fact.ticket
    if served is not None:
        actions.close_ticket(ticket=called, served=served, by=by, at=at)
    return name(called)


def name(ticket: UUID) -> str:
    """What stands on a ticket."""
    return queries.own_tickets([ticket])[0].ticket.name


def waiting(at: datetime, office: str = TOWNSHIP) -> list[str]:
    """Who waits, in the order of calling."""
    return [each.name for each in queries.queue(office, at=at).waiting]


def test_a_morning_at_the_window(counter: Counter) -> None:
    early = booking(counter, "09:00")
    first, second, third = (give(counter, clock(8, 40 + n)) for n in range(3))
    assert [name(each) for each in (early, first, second, third)] == ["B001", "A001", "A002", "A003"]
    assert waiting(clock(8, 50)) == ["A001", "A002", "A003"]  # who booked waits from his half hour on
    assert call(counter, clock(8, 50), served=None) == "A001"
    shown = queries.queue(TOWNSHIP, at=clock(8, 51))
    assert [(each.name, each.counter) for each in shown.called] == [("A001", "1")]
    window = counter.acting("window")
    actions.call_again(ticket=first, counter="2", by=window, at=clock(8, 52))
    assert queries.queue(TOWNSHIP, at=clock(8, 53)).called[0].counter == "2"
    actions.close_ticket(ticket=first, served=True, by=window, at=clock(9))
    assert waiting(clock(9)) == ["B001", "A002", "A003"]
    assert [call(counter, clock(9, n), served=n != 1) for n in range(3)] == ["B001", "A002", "A003"]
    left = [each.ticket.left for each in queries.own_tickets([early, first, second, third])]
    assert sorted(map(str, left)) == ["absent", "served", "served", "served"]
    with pytest.raises(problems.NobodyWaits):
        call(counter, clock(9, 30))


class TestWhoseTurn:
    def test_for_each_who_booked_one_who_came_is_called(self, counter: Counter) -> None:
        for _ in range(3):
            booking(counter, "09:00")
            give(counter, clock(8, 30))
        assert [call(counter, clock(9, n)) for n in range(6)] == ["B001", "A001", "B002", "A002", "B003", "A003"]

    def test_who_comes_late_takes_a_new_number_and_waits_as_if_he_came_then(self, counter: Counter) -> None:
        booking(counter, "09:00")
        give(counter, clock(8, 59))
        assert call(counter, clock(9), served=False) == "B001"
        late = give(counter, clock(9, 20))
        assert waiting(clock(9, 20)) == ["A001", name(late)]

    def test_an_officer_calls_one_at_a_time(self, counter: Counter) -> None:
        give(counter, clock(9))
        give(counter, clock(9))
        assert call(counter, clock(9, 1), served=None) == "A001"
        with pytest.raises(problems.TicketInHand):
            call(counter, clock(9, 2))
        assert call(counter, clock(9, 2), who="clerk") == "A002"

    def test_two_who_call_at_one_instant_call_two(self, counter: Counter) -> None:
        """`./jiahe prove queue` tries it with processes that call at the same time."""
        give(counter, clock(9))
        give(counter, clock(9))
        called = [call(counter, clock(9, 1), who=who, served=None) for who in ("window", "clerk")]
        assert called == ["A001", "A002"]

    def test_after_midnight_a_new_day_begins(self, counter: Counter) -> None:
        give(counter, clock(9))
        give(counter, clock(9))
        call(counter, clock(17), served=None)
        assert waiting(clock(23, 59)) == ["A002"]
        morning = clock(0, 1, on=TUESDAY)
        assert waiting(morning) == []
        assert name(give(counter, morning)) == "A001"
        assert call(counter, clock(8, 30, on=TUESDAY)) == "A001"  # yesterday's is no longer in hand


class TestNumbers:
    def test_each_window_counts_for_itself(self, counter: Counter) -> None:
        assert name(give(counter, clock(9))) == name(give(counter, clock(9), who="south")) == "A001"
        south = booking(counter, "10:00", office=OTHER_TOWNSHIP)
        assert (name(south), waiting(clock(10), OTHER_TOWNSHIP)) == ("B001", ["B001", "A001"])

    def test_it_is_called_and_closed_where_it_was_given(self, counter: Counter) -> None:
        ticket = give(counter, clock(9))
        south = counter.acting("south")
        with pytest.raises(problems.NobodyWaits):
            actions.call_next(counter="1", by=south, at=clock(9))
        call(counter, clock(9), served=None)
        for by in (south, counter.acting("counter")):
            with pytest.raises(problems.TicketUnknown):
                actions.close_ticket(ticket=ticket, served=True, by=by, at=clock(9))
        with pytest.raises(problems.TicketUnknown):
            actions.cancel_ticket(ticket=ticket, by=south, at=clock(9))
        with pytest.raises(problems.TicketUnknown):
            queries.ticket(south.scope, ticket)
        with pytest.raises(NotPermitted):
            actions.take_number(by=counter.acting("worker"), at=clock(9))

    def test_it_is_closed_once_and_given_back_before_it_is_called(self, counter: Counter) -> None:
        kept, back = give(counter, clock(9)), give(counter, clock(9))
        window = counter.acting("window")
        with pytest.raises(problems.TicketOver):
            actions.close_ticket(ticket=kept, served=True, by=window, at=clock(9))
        actions.cancel_ticket(ticket=back, by=window, at=clock(9, 1))
        assert waiting(clock(9, 1)) == ["A001"]
        assert queries.ticket(window.scope, back).ticket.left is Left.CANCELLED
        call(counter, clock(9, 2))
        for again in (kept, back):
            with pytest.raises(problems.TicketOver):
                actions.cancel_ticket(ticket=again, by=window, at=clock(9, 3))
            with pytest.raises(problems.TicketOver):
                actions.call_again(ticket=again, counter="1", by=window, at=clock(9, 3))

    @pytest.mark.parametrize("counter_name", ["", "  ", "x" * 21])
    def test_nobody_is_called_to_nowhere(self, counter: Counter, counter_name: str) -> None:
        give(counter, clock(9))
        with pytest.raises(problems.CounterUnnamed):
            actions.call_next(counter=counter_name, by=counter.acting("window"), at=clock(9))


class TestBooking:
    def test_a_full_half_hour_is_refused_until_somebody_gives_his_place_back(self, counter: Counter) -> None:
        booked = [booking(counter, "09:00") for _ in range(PER_SLOT)]
        assert "09:00" not in queries.free_slots(TOWNSHIP, at=clock(7))[MONDAY]
        with pytest.raises(problems.SlotFull):
            booking(counter, "09:00")
        actions.cancel_ticket(ticket=booked[0], by=counter.by, at=clock(7))
        assert queries.free_slots(TOWNSHIP, at=clock(7))[MONDAY]["09:00"] == 1
        assert name(booking(counter, "09:00")) == "B004"  # a number is never given twice

    def test_on_a_working_day_in_a_half_hour_to_come_within_two_weeks(self, counter: Counter) -> None:
        usual = {"at": clock(9)}
        booking(counter, "09:30", **usual)
        for slot in ("08:30", "09:00"):
            with pytest.raises(problems.SlotPast):
                booking(counter, slot, **usual)
        with pytest.raises(problems.SlotPast):
            booking(counter, "16:00", day=MONDAY - timedelta(days=1), **usual)
        with pytest.raises(problems.OfficeClosed):
            booking(counter, "09:00", day=SATURDAY, **usual)
        with pytest.raises(problems.TooFarAhead):
            booking(counter, "09:00", day=MONDAY + timedelta(days=15), **usual)
        for slot in ("12:00", "13:00", "9:00", "", "09:15"):
            with pytest.raises(problems.NoSuchSlot):
                booking(counter, slot, day=FRIDAY, **usual)

    def test_the_days_offered_are_those_that_are_worked(self, counter: Counter) -> None:
        offered = list(queries.free_slots(TOWNSHIP, at=clock(17)))  # the last half hour of the day has begun
        assert offered[0] == TUESDAY
        assert offered[-1] == MONDAY + timedelta(days=14)
        assert len(offered) == 10
        # 5 October 2026 is a holiday, 10 October a Saturday that is worked
        around = queries.free_slots(TOWNSHIP, at=clock(8, on=date(2026, 9, 30)))
        assert [day.day for day in around if day.month == 10] == [8, 9, 10, 12, 13, 14]

    @pytest.mark.parametrize("area", [VILLAGE, "411723999", "41", ""])
    def test_only_where_there_is_a_window(self, counter: Counter, area: str) -> None:
        with pytest.raises(problems.NoQueueHere):
            booking(counter, "09:00", office=area)

    def test_windows_are_where_clerks_have_posts(self, counter: Counter) -> None:
        assert [row.code for row in queries.offices(COUNTY, on=MONDAY)] == [COUNTY, TOWNSHIP, OTHER_TOWNSHIP]


class TestWaiting:
    def test_who_still_waits_is_counted(self, counter: Counter) -> None:
        for _ in range(10):
            give(counter, clock(9))
        for n in range(4):
            call(counter, clock(9, 5 * n))  # 0, 5, 10 and 15 minutes
        scope = counter.acting("window").scope
        day, hour = queries.waiting_times(scope, at=clock(11))
        assert (day.came, day.called, hour.hour) == (10, 4, "09:00")
        # six wait since two hours; counting those who were called alone would say five minutes
        assert (day.median, day.nine_tenths) == (None, None)
        call(counter, clock(11))
        assert queries.waiting_times(scope, at=clock(11))[0].median == 120

    def test_who_booked_waits_from_his_half_hour_on(self, counter: Counter) -> None:
        for _ in range(PER_SLOT):
            booking(counter, "09:00")
        back = booking(counter, "09:30")
        actions.cancel_ticket(ticket=back, by=counter.by, at=clock(8))  # before it began: never waited
        booking(counter, "14:30")  # does not wait yet
        give(counter, clock(9))
        give(counter, clock(9))
        for n in range(5):
            call(counter, clock(9, 2 * n))
        whole, nine = queries.waiting_times(counter.acting("window").scope, at=clock(10))
        assert nine.hour == "09:00"
        assert (whole.came, whole.median, whole.nine_tenths) == (5, 4, 8)

    def test_a_wait_is_foretold_from_the_last_hour(self, counter: Counter) -> None:
        for _ in range(6):
            give(counter, clock(9))
        call(counter, clock(9))
        call(counter, clock(9, 10))
        assert queries.queue(TOWNSHIP, at=clock(9, 11)).foretold is None
        call(counter, clock(9, 20))
        assert queries.queue(TOWNSHIP, at=clock(9, 30)).foretold == 40  # three wait, ten minutes each, and he himself
        assert queries.queue(TOWNSHIP, at=clock(14, 30)).foretold is None  # nobody was called since noon
