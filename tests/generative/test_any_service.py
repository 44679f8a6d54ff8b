"""Any service that is not refused: whatever is decided, a case ends, skips nothing, and its time adds up.

Services are made as a county could write them, as text, and read as those of content/ are. What they should do is said
a second time, from the table they were written from. One thing wrong with any of them, and it is refused.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiahe.staff.definitions import roles
from jiahe.window import problems
from jiahe.window.definitions import FOLDER, End, Service, parse
from jiahe.window.definitions.graph import longest
from jiahe.window.rules.calendar import statutory
from jiahe.window.rules.clock import Run, Standing, Stop, account, due, standing, terms
from jiahe.window.rules.picture import picture
from jiahe.window.rules.walking import open_outcomes, stands

ROLES = roles(FOLDER.parent / "roles")
CALENDAR = statutory()
STOPS = {"supplement": 6, "hearing": 3}
Table = dict[str, Any]
many = settings(max_examples=150, deadline=None, derandomize=True)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A sound service: outcomes lead onward or to an end; those that lead anywhere else are counted."""
    steps = [f"s{n}" for n in range(draw(st.integers(1, 5)))]
    outcomes: dict[str, list[Table]] = {step: [] for step in steps}
    for n, step in enumerate(steps[1:], 1):
        outcomes[draw(st.sampled_from(steps[:n]))].append({"next": step})
    for n, step in enumerate(steps):
        for end in draw(st.lists(st.sampled_from(["granted", "refused", "closed"]), max_size=2)):
            outcomes[step].append({"end": end})
        for onward in draw(st.lists(st.sampled_from(steps[n + 1 :]), max_size=1)) if steps[n + 1 :] else []:
            outcomes[step].append({"next": onward})
        if not outcomes[step]:
            outcomes[step].append({"end": "granted"})
    for step in draw(st.lists(st.sampled_from(steps), max_size=2)):
        outcomes[step].append({"next": draw(st.sampled_from(steps)), "times": draw(st.integers(1, 2))})
    days = st.integers(1, 9)
    written = [
        {"id": step, "title": words(step), "role": "township_clerk", "level": "township", "promised": draw(days),
         "outcomes": [{"id": f"{step}o{m}", "title": words(f"{step}o{m}"), **each}
                      for m, each in enumerate(outcomes[step])]}
        for step in steps
    ]  # fmt: skip
    table = {
        "id": "any", "version": 1, "effective_from": date(2026, 1, 1), "author": "a", "source": "s",
        "reviewed_on": date(2026, 1, 1), "review_by": date(2027, 1, 1), "item_type": "20", "handling": "within_limit",
        "title": words("any"), "applicants": words("anyone"), "result": words("result"), "remedy": words("remedy"),
        "basis": [], "steps": written,
        "pauses": [{"reason": reason, "days": most, "title": words(reason)} for reason, most in STOPS.items()],
    }  # fmt: skip
    return table | {"limit": {"promised": max(map(sum, all_ways(table))), "deliver": 3}}


def words(english: str) -> Table:
    """Words in both languages."""
    return {"en": english, "zh_hant": "文"}


def all_ways(table: Table) -> list[list[int]]:
    """Every way through a service, as the days of its steps: tried one by one."""
    steps, found = {step["id"]: step for step in table["steps"]}, []
    open_ones: list[tuple[str, list[int], Counter[str]]] = [(table["steps"][0]["id"], [], Counter())]
    while open_ones:
        here, days, taken = open_ones.pop()
        days = [*days, steps[here]["promised"]]
        for outcome in steps[here]["outcomes"]:
            if taken[outcome["id"]] < outcome.get("times", 99):
                if "end" in outcome:
                    found.append(days)
                else:
                    open_ones.append((outcome["next"], days, taken + Counter([outcome["id"]])))
    return found


def toml(value: object) -> str:
    """A value of a table as TOML, all in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def read(table: Table) -> Service:
    """The service of a table."""
    text = "\n".join(f"{key} = {toml(value)}" for key, value in table.items())
    return parse(text, name="any-1.toml", roles=ROLES)


@many
@given(table=tables(), data=st.data())
def test_every_walk_ends_and_skips_nothing(table: Table, data: st.DataObject) -> None:
    service, taken, visited = read(table), [], []
    outcomes = {each["id"]: (step["id"], each) for step in table["steps"] for each in step["outcomes"]}
    while not isinstance(here := stands(service, taken), End):
        visited.append(here.id)
        assert len(visited) <= max(map(len, all_ways(table)))
        closed = outcomes.keys() - {outcome.id for outcome in open_outcomes(service, taken)}
        for other in sorted(closed):
            with pytest.raises(ValueError, match="not open"):
                stands(service, [*taken, other])
        taken.append(data.draw(st.sampled_from(open_outcomes(service, taken))).id)
    assert open_outcomes(service, taken) == ()
    assert visited[0] == table["steps"][0]["id"]
    for step, id_, following in zip(visited, taken, [*visited[1:], here], strict=True):
        owner, outcome = outcomes[id_]
        assert owner == step
        assert outcome.get("next", outcome.get("end")) == following
        assert taken.count(id_) <= outcome.get("times", len(taken))


@many
@given(table=tables())
def test_the_longest_way_is_the_longest_of_all(table: Table) -> None:
    service = read(table)
    days, way = longest(service, lambda step: step.promised or 0)
    assert days == max(map(sum, all_ways(table)))
    assert days == sum(service.step(step).promised or 0 for step in way)


@many
@given(
    table=tables(),
    data=st.data(),
    accepted=st.dates(date(2004, 1, 1), date(2026, 6, 30)),
    stops=st.lists(
        st.tuples(st.sampled_from([*STOPS, "no reason"]), st.integers(-5, 60), st.integers(0, 40) | st.none())
    ),
)
def test_time_adds_up(table: Table, data: st.DataObject, accepted: date, stops: list[Any]) -> None:
    service, taken, clocks = read(table), [], []
    begun = accepted
    stopped = tuple(
        Stop(reason, accepted + timedelta(on), None if lasts is None else accepted + timedelta(on + lasts))
        for reason, on, lasts in stops
    )
    while not isinstance(here := stands(service, taken), End):
        granted = terms(service, here)
        run = Run(accepted, stopped, since=begun)
        latest = due(granted, run, CALENDAR).on
        ended = data.draw(st.dates(begun, latest))
        run = Run(accepted, data.draw(st.permutations(stopped).map(tuple)), since=begun, ended_on=ended)
        clocks.append(account(granted, run, CALENDAR, ended))
        assert clocks[-1].used <= granted.days
        assert clocks[-1].used + clocks[-1].paused == CALENDAR.between(begun, ended)
        assert standing(granted, run, CALENDAR, date(2030, 1, 1)) is not Standing.OVERDUE
        begun = ended
        taken.append(data.draw(st.sampled_from(open_outcomes(service, taken))).id)
    whole = Run(accepted, stopped, ended_on=begun)
    total = account(terms(service), whole, CALENDAR, begun)
    assert total.used == sum(clock.used for clock in clocks)
    assert total.paused == sum(clock.paused for clock in clocks)
    assert total.paused <= sum(STOPS.values())
    assert total.used + total.paused == CALENDAR.between(accepted, begun)
    assert standing(terms(service), whole, CALENDAR, begun) is not Standing.OVERDUE, "who holds each step holds all"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(table=tables(), language=st.sampled_from(["en", "zh-hant"]), data=st.data())
def test_every_service_has_its_picture(table: Table, language: str, data: st.DataObject) -> None:
    service = read(table)
    current = data.draw(st.sampled_from(["", *(step.id for step in service.steps)]))
    svg = picture(service, ROLES, language=language, current=current)
    drawn = ElementTree.fromstring(svg)  # noqa: S314 - our own
    marked = [node for node in drawn.iter() if node.get("aria-current")]
    assert len(marked) == bool(current)
    assert all(float(node.get("x", "0")) >= 0 for node in drawn.iter())


def _first(table: Table) -> Table:
    return table["steps"][0]


def _last(table: Table) -> Table:
    return table["steps"][-1]


BREAKS: dict[str, Any] = {
    "step_missing": lambda table: _last(table)["outcomes"].append(
        {"id": "off", "title": words("off"), "next": "nowhere"}),
    "leads_nowhere": lambda table: _last(table).update(outcomes=[]),
    "no_way_on": lambda table: [outcome.update(times=2) for outcome in _last(table)["outcomes"]],
    "loop_without_exit": lambda table: _last(table)["outcomes"].append(
        {"id": "back", "title": words("back"), "next": _first(table)["id"]}),
    "never_reached": lambda table: table["steps"].append(dict(
        _last(table), id="attic", outcomes=[{"id": "out", "title": words("out"), "end": "closed"}])),
    "zero_limit": lambda table: _last(table).update(promised=0),
    "promised_longer": lambda table: table["limit"].update(statutory=table["limit"]["promised"] - 1 or 1) or (
        table["limit"].update(promised=table["limit"]["promised"] + 1)),
    "steps_exceed_total": lambda table: _last(table).update(promised=table["limit"]["promised"] + 1),
    "role_missing": lambda table: _last(table).update(role="prefect"),
    "role_elsewhere": lambda table: _first(table).update(level="village"),
    "said_twice": lambda table: table["pauses"].append(table["pauses"][0]),
    "unknown_shape": lambda table: _last(table).update(urgent=True),
    "not_in_both_languages": lambda table: _last(table)["title"].pop("zh_hant"),
    "condition_forbidden": lambda table: table["applicants"].update(en="Women with proof of sterilisation"),
    "dates_reversed": lambda table: table.update(review_by=table["reviewed_on"]),
}  # fmt: skip


@settings(max_examples=25, deadline=None, derandomize=True)
@pytest.mark.parametrize("code", BREAKS)
@given(table=tables())
def test_one_thing_wrong_and_it_is_refused(code: str, table: Table) -> None:
    BREAKS[code](table)
    with pytest.raises(problems.Refused) as refused:
        read(table)
    assert refused.value.code == f"window.{code}"
    assert refused.value.values["line"] > 0
