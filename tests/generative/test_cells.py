"""Random histories of a register, recorded in any order and any portions: every cell is what the facts say.

Three answers must agree: the cells as they were kept, a recount by the product, and a count written here as plainly as
it can be. And the accounts must balance: what residents are more or less is who was registered, came, went and died.
On both databases.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiahe.basis.periods import Grain, Period
from tests.lib import accounts
from tests.lib.examples import examples

pytestmark = pytest.mark.django_db
AREAS = ("411723101200", "411723101201", "411723103201", "411723103")
PEOPLE = ("Mei", "Hai", "Lan")
FIRST = date(2025, 12, 20)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(n))
events = st.lists(
    st.tuples(
        st.sampled_from(["registered", "born", "died", "moved_in", "moved_out", "sex_corrected", "birth_corrected"]),
        st.sampled_from(PEOPLE),
        days,
        st.sampled_from(AREAS),
        st.booleans(),
        st.sampled_from(["", "广东省", "411723", *AREAS]),
        st.integers(1930, 2025),
    ),
    min_size=1,
    max_size=14,
)
STATES = ("residents", "residents_by_birth")
MOVES = ("moves_in", "moves_out", "moves_in_by_origin", "moves_out_by_destination")
MEASURES = {"Born": "births", "Died": "deaths"}


@settings(max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(events=events, order=st.randoms(use_true_random=False), portion=st.integers(1, 5), cancel=st.integers(0, 6))
def test_cells_are_what_the_facts_say(events, order, portion, cancel) -> None:
    from django.db import transaction

    with transaction.atomic():
        entries = record(events, order, portion, cancel)
        compare(entries)
        first = stored()
        transaction.set_rollback(True)
    with transaction.atomic():  # the same facts, in the order they were drawn, one at a time
        record(events, None, 1, 0, keep=entries)
        assert {key: n for key, n in stored().items() if key[0] in MEASURES.values()} == {
            key: n for key, n in first.items() if key[0] in MEASURES.values()
        }
        transaction.set_rollback(True)


def record(events, order, portion, cancel, keep=None):
    """Record the events' facts and cancel some of them; gives the entries that stand. `keep`: those facts only."""
    from jiahe.registry.facts import (
        LifeEventCancelled,
        LifeEventKind,
        PersonCorrected,
        PersonRegistered,
        RegistrationCancelled,
    )
    from tests.rooms.indicators import histories

    facts = [fact_of(event) for event in events] if keep is None else [entry.fact for entry in keep]
    if order is not None:
        order.shuffle(facts)
    entries = []
    for start in range(0, len(facts), portion):
        entries += histories.tell(*facts[start : start + portion])
    voidable = [entry for entry in entries if not isinstance(entry.fact, PersonCorrected)]
    gone = order.sample(voidable, min(cancel, len(voidable))) if order is not None else []
    drafts = []
    for entry in gone:
        if isinstance(entry.fact, PersonRegistered):
            undone = RegistrationCancelled(entry.fact.person)
        else:
            undone = LifeEventCancelled(entry.fact.person, LifeEventKind.BORN, entry.fact.on)
        drafts.append(histories.draft(undone, voids=entry.id, area=entry.area))
    histories.record_all(drafts)
    return [entry for entry in entries if entry not in gone]


def fact_of(event):
    """The fact of a drawn event."""
    from jiahe.registry.facts import Field, Sex
    from tests.rooms.indicators import histories

    verb, name, on, area, male, far, year = event
    sex = Sex.MALE if male else Sex.FEMALE
    match verb:
        case "registered":
            return histories.registered(name, area=area, since=on, sex=sex, birth=date(year, 6, 30))
        case "sex_corrected":
            return histories.corrected(name, Field.SEX, sex, old=Sex.UNKNOWN)
        case "birth_corrected":
            return histories.corrected(name, Field.BIRTH_ON, f"{year}-01-01")
        case "moved_in":
            return histories.moved_in(name, on=on, area=area, sex=sex, origin=far)
        case "moved_out":
            return histories.moved_out(name, on=on, area=area, sex=sex, to=far)
    return getattr(histories, verb)(name, on=on, area=area, sex=sex)


def stored() -> dict:
    """The cells as they are."""
    from jiahe.indicators import projections

    return projections.stored()


def compare(entries) -> None:
    """The cells, the recount, and the plain count agree; no cell stands for nothing."""
    from jiahe.indicators import projections
    from jiahe.journal.queries import standing
    from jiahe.node.commands.indicators import residents

    found = stored()
    assert projections.differing(projections.recount(standing(), residents()), found) == []
    assert 0 not in found.values()
    plain: Counter = Counter()
    for entry in entries:
        measure = MEASURES.get(type(entry.fact).__name__)
        if measure:
            fact, month = entry.fact, Period.of(Grain.MONTH, entry.fact.on).start
            plain[measure, "day", fact.on.isoformat(), fact.area, str(fact.sex)] += 1
            plain[measure, "month", month.isoformat(), fact.area, str(fact.sex)] += 1
    assert {key: n for key, n in found.items() if key[0] in MEASURES.values()} == plain
    by_day = {key: n for key, n in found.items() if key[1] == "day"}
    accounts.check((key[0], key[3], date.fromisoformat(key[2]), key[4], n) for key, n in by_day.items())
    months: Counter = Counter()
    for (measure, _, day, area, stratum), n in by_day.items():
        if measure in MOVES[:2]:
            months[measure, "month", f"{day[:8]}01", area, stratum] += n
    assert months == {key: n for key, n in found.items() if key[0] in MOVES and key[1] == "month"}
    assert {key[4] for key in found if key[0] in MOVES[2:]} <= {"elsewhere", *(area[:9] for area in AREAS), "411723"}
    ever, by_span = Counter(), Counter()
    for (measure, span, _, area, stratum), n in found.items():
        if measure in STATES and span == "ever":
            ever[measure, area, stratum] += n
        elif measure in STATES:
            by_span[span, measure, area, stratum] += n
    for state, span in zip(STATES, ("month", "day"), strict=True):
        sums = {key[2:]: n for key, n in by_span.items() if key[:2] == (span, state) and n}
        assert sums == {key[1:]: n for key, n in ever.items() if key[0] == state}
    by_sex = Counter()
    for (measure, area, stratum), n in ever.items():
        if measure == "residents_by_birth":
            by_sex[area, stratum.partition(".")[0]] += n
    assert +by_sex == {key[1:]: n for key, n in ever.items() if key[0] == "residents"}
