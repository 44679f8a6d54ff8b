"""# Ratings

Whoever was served may say how, once the case has ended and for thirty days: five levels, none chosen for him; whether
a payment was asked, if he wants to say. He may change it. A missing rating is not a good one. A bad one is opened
within one working day and called back within five, by an officer who had no part in the case; those who had one never
learn who rated them.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from jiahe.journal import queries as journal
from jiahe.registry import queries as registry
from jiahe.staff.scope import VISITOR, visitor
from jiahe.window import actions, problems, queries
from jiahe.window.models import Case, Rating
from jiahe.window.rules.ratings import FEWEST, shares
from tests.lib.counter import COUNTY, MONDAY, TOWNSHIP, Counter, day

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))


def rated(counter: Counter, case: UUID, score: int, *, on: date = TUESDAY, paid: bool | None = None) -> None:
    """The applicant says how he was served."""
    actions.rate_service(
        case=case, score=score, payment_asked=paid, words="久等", by=visitor(COUNTY, day(on)), at=day(on)
    )


def withdrawn(counter: Counter) -> UUID:
    """A case that the township's window received and that has ended."""
    case = counter.open()
    actions.withdraw_case(case=case, by=counter.acting("window"), at=day(MONDAY))
    return case


class TestRating:
    def test_it_is_a_visitors_and_no_officer_finds_it_in_a_record(self, counter: Counter) -> None:
        applicant, clerk = counter.people["欧阳明"], counter.acting("clerk")
        case = withdrawn(counter)
        rated(counter, case, 1)
        actions.open_rating(case=case, reason="回訪", by=counter.acting("manager"), at=day(TUESDAY))
        entry = journal.entries([Rating.objects.get(case=case).entry]).popitem()[1]
        # it is about the applicant, so that it is erased with him
        assert (entry.officer, entry.post, entry.about) == (VISITOR, VISITOR, applicant)
        kinds = [each.kind for each in registry.person_history(clerk.scope, applicant)]
        assert [kind for kind in kinds if kind.startswith("window.")]
        assert not [kind for kind in kinds if "Rat" in kind]
        assert "Rated" not in str(registry.everything(clerk.scope, applicant))

    def test_the_last_word_counts(self, counter: Counter) -> None:
        case = withdrawn(counter)
        rated(counter, case, 1)
        rated(counter, case, 5, on=WEDNESDAY)
        view = queries.followed(case, on=WEDNESDAY)
        assert view.rating is not None
        assert view.rating.score == 5

    def test_not_before_the_end_and_not_after_thirty_days(self, counter: Counter) -> None:
        running = counter.accepted(applicant=counter.people["司徒静"])
        with pytest.raises(problems.RatingClosed):
            rated(counter, running, 5)
        case = withdrawn(counter)
        rated(counter, case, 5, on=MONDAY + timedelta(days=30))
        with pytest.raises(problems.RatingClosed):
            rated(counter, case, 5, on=MONDAY + timedelta(days=31))

    @pytest.mark.parametrize("score", [0, 6])
    def test_there_are_five_levels(self, counter: Counter, score: int) -> None:
        with pytest.raises(problems.RatingClosed):
            rated(counter, withdrawn(counter), score)


class TestCounts:
    def test_who_did_not_rate_is_counted_as_such(self, counter: Counter) -> None:
        for score in (5, 5, 1, None):
            case = withdrawn(counter)
            if score:
                rated(counter, case, score)
        counted = queries.rating_counts(counter.acting("manager").scope, on=TUESDAY)["childcare_subsidy"]
        assert (counted.ended, counted.rated, counted.silent) == (4, 3, 1)
        assert counted.by_score is None  # three would tell who said what

    def test_each_case_speaks_once_and_only_in_scope(self, counter: Counter) -> None:
        for n in range(FEWEST):
            case = withdrawn(counter)
            rated(counter, case, 2)
            rated(counter, case, 1 if n == 0 else 5, on=WEDNESDAY)
        counted = queries.rating_counts(counter.acting("manager").scope, on=WEDNESDAY)["childcare_subsidy"]
        assert counted.by_score == (1, 0, 0, 0, 9)
        assert counted.bad == 0.1
        # Clopper and Pearson for 1 of 10, from their table
        assert (round(counted.low, 4), round(counted.high, 4)) == (0.0025, 0.4450)
        assert not queries.rating_counts(counter.acting("south").scope, on=WEDNESDAY)

    def test_none_bad_of_many_does_not_prove_that_none_is(self) -> None:
        of_ten, of_hundred = shares(10, {5: 10}), shares(100, {5: 100})
        assert (of_ten.bad, round(of_ten.high, 3)) == (0.0, 0.308)
        assert (of_hundred.bad, round(of_hundred.high, 3)) == (0.0, 0.036)


class TestCallingBack:
    def test_within_five_working_days_opened_within_one(self, counter: Counter) -> None:
        case = withdrawn(counter)
        rated(counter, case, 1, on=FRIDAY)
        manager = counter.acting("manager")
        (bad,) = queries.bad_ratings(manager.scope, on=FRIDAY)
        assert (bad.begin_on, bad.due_on) == (FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=7))
        assert not bad.overdue(bad.begin_on)
        assert bad.overdue(bad.begin_on + timedelta(days=1))  # nobody has opened it
        monday = bad.begin_on
        with pytest.raises(problems.ReasonMissing):
            actions.open_rating(case=case, reason=" ", by=manager, at=day(monday))
        assert not queries.rating_opened(manager.scope, case, at=day(monday))
        actions.open_rating(case=case, reason="回訪", by=manager, at=day(monday))
        assert queries.rating_opened(manager.scope, case, at=day(monday, 4))
        assert not queries.rating_opened(manager.scope, case, at=day(monday, 6))
        (bad,) = queries.bad_ratings(manager.scope, on=bad.due_on)
        assert bad.begun
        assert not bad.overdue(bad.due_on)
        assert bad.overdue(bad.due_on + timedelta(days=1))
        actions.answer_rating(case=case, reached=True, words="已致歉", by=manager, at=day(bad.due_on))
        (bad,) = queries.bad_ratings(manager.scope, on=bad.due_on)
        assert bad.answered_on == bad.due_on

    def test_who_calls_reads_the_number_of_that_one_person_and_only_in_his_area(self, counter: Counter) -> None:
        person = counter.enter("欧阳青", phone="13800000009")
        manager = counter.acting("manager").scope
        assert registry.number_to_call(manager, person) == "13800000009"
        (row,) = registry.described(manager, registry.people(manager).filter(id=person))
        assert row.phone != "13800000009"  # everywhere else it stays masked
        assert registry.number_to_call(counter.acting("south").scope, person) == ""

    def test_a_payment_asked_is_followed_up_whatever_the_rating(self, counter: Counter) -> None:
        case = withdrawn(counter)
        rated(counter, case, 5, paid=True)
        assert [bad.case for bad in queries.bad_ratings(counter.acting("manager").scope, on=TUESDAY)] == [case]
        actions.answer_rating(case=case, reached=False, words="查无此事", by=counter.acting("manager"), at=day(TUESDAY))

    def test_a_good_one_is_left_alone(self, counter: Counter) -> None:
        case = withdrawn(counter)
        rated(counter, case, 3, paid=False)
        assert not queries.bad_ratings(counter.acting("manager").scope, on=TUESDAY)
        with pytest.raises(problems.CaseUnknown):
            actions.open_rating(case=case, reason="好奇", by=counter.acting("manager"), at=day(TUESDAY))

    def test_who_had_a_part_neither_sees_nor_answers_it(self, counter: Counter) -> None:
        case = counter.open(who="clerk")  # a clerk who leads his office received it
        clerk, other = counter.acting("clerk"), counter.acting("other_clerk")
        actions.withdraw_case(case=case, by=visitor(COUNTY, day(MONDAY)), at=day(MONDAY))
        rated(counter, case, 1)
        (bad,) = queries.bad_ratings(other.scope, on=TUESDAY)
        assert not queries.bad_ratings(clerk.scope, on=TUESDAY)
        with pytest.raises(problems.RatedYourself):
            queries.bad_rating(clerk.scope, bad.id, on=TUESDAY)
        with pytest.raises(problems.RatedYourself):
            actions.open_rating(case=case, reason="回訪", by=clerk, at=day(TUESDAY))
        with pytest.raises(problems.RatedYourself):
            actions.answer_rating(case=case, reached=True, words="x", by=clerk, at=day(TUESDAY))
        actions.open_rating(case=case, reason="回訪", by=other, at=day(TUESDAY))
        # and the history of the case, which he reads, tells nothing of it
        told = [line.entry.kind for line in queries.history(clerk.scope, case, on=TUESDAY)]
        assert not [kind for kind in told if "Rat" in kind]

    def test_another_office_does_not_learn_of_it(self, counter: Counter) -> None:
        case = withdrawn(counter)
        rated(counter, case, 1)
        entry = Rating.objects.get(case=case).entry
        with pytest.raises(problems.CaseUnknown):
            queries.bad_rating(counter.acting("south").scope, entry, on=TUESDAY)
        assert Case.objects.get(id=case).area.startswith(TOWNSHIP)

    def test_who_thinks_better_of_it_is_called_too(self, counter: Counter) -> None:
        case = withdrawn(counter)
        rated(counter, case, 1)
        entry = Rating.objects.get(case=case).entry
        rated(counter, case, 4, on=WEDNESDAY)
        scope = counter.acting("manager").scope
        assert [bad.id for bad in queries.bad_ratings(scope, on=WEDNESDAY)] == [entry]
        assert queries.bad_rating(scope, entry, on=WEDNESDAY).id == entry
