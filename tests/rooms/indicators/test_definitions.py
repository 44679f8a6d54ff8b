"""Definitions: what is refused, and that what we ship is whole."""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.indicators.definitions import FOLDER, Refused, gather, parse
from jiahe.registry.projections import counted
from jiahe.registry.queries.lives import Life
from jiahe.registry.rules.residence import Stay

BIRTHS = (FOLDER / "births.toml").read_text("utf-8")


def moving() -> Life:
    """Somebody who came and left: all that is told of lives is told of him."""
    stay = Stay("411723101200", date(2024, 1, 1), date(2024, 5, 1), "411723101201", "overseas")
    return Life("female", 1987, (stay,), stay.area, None, None, None, "", None)


def shipped() -> list:
    return [parse(file.read_text("utf-8"), name=file.name) for file in sorted(FOLDER.glob("*.toml"))]


def test_what_we_ship_fits_the_facts_there_are() -> None:
    from jiahe.journal.facts import KINDS

    book = gather(shipped(), kinds=KINDS)
    assert set(book.counted()) == {"registry.Born@1", "registry.Died@1"}
    given = {*book.states, *(id_ for id_, count in book.counts.items() if not count.body.fact)}
    assert given == {change.measure for change in counted([moving()])}
    assert all(each.label.zh_hans and each.note.zh_hans for each in shipped())


@pytest.mark.parametrize(
    "line",
    ["target = 100", "quota = 3", "goal = 7", "births_target = 1", "[goals]\nyear = 2027", 'board.quota = "x"'],
)
def test_a_demand_is_refused_wherever_it_stands(line: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(f"{BIRTHS}\n{line}", name="births.toml")
    assert refusal.value.code == "QUOTA_FORBIDDEN"


def test_a_demand_is_refused_as_a_name_too() -> None:
    with pytest.raises(Refused, match="QUOTA_FORBIDDEN"):
        parse(BIRTHS.replace('id = "births"', 'id = "births_quota"'), name="births_quota.toml")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('fact = "registry.Born@1"', 'fact = "registry.Hatched@1"'), "indicators.unknown_kind"),
        (('area = "area"', 'area = "district"'), "indicators.unknown_field"),
        (('area = "area"', 'area = "on"'), "indicators.unknown_field"),
        (('day = "on"', 'day = "area"'), "indicators.unknown_field"),
        (('strata = ["sex"]', 'strata = ["colour"]'), "indicators.unknown_field"),
    ],
)
def test_a_kind_or_field_there_is_not_is_refused(change: tuple[str, str], code: str) -> None:
    from jiahe.journal.facts import KINDS

    others = [each for each in shipped() if each.id != "births"]
    with pytest.raises(Refused) as refusal:
        gather([*others, parse(BIRTHS.replace(*change), name="births.toml")], kinds=KINDS)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("[count]", "[sum]"), "indicators.unknown_shape"),
        (("[count]", "colour = 1\n[count]"), "indicators.unknown_shape"),
        (("[count]", '[difference]\nplus = "a"\nminus = "b"\n[count]'), "indicators.unknown_shape"),
        (("review_by = 2027-11-23", "review_by = 2026-11-23"), "indicators.wrong_review"),
        (("review_by = 2027-11-23", ""), "indicators.unknown_shape"),
        (('id = "births"', 'id = "births2"'), "indicators.wrong_id"),
        (('id = "births"', "id ="), "indicators.unreadable"),
    ],
)
def test_a_file_that_is_not_understood_is_refused(change: tuple[str, str], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(BIRTHS.replace(*change), name="births.toml")
    assert refusal.value.code == code


def refusal_of(name: str, *change: str) -> str:
    """The code with which what we ship is refused after this change to one file."""
    from jiahe.journal.facts import KINDS

    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    assert change[0] in text
    others = [each for each in shipped() if each.id != name]
    with pytest.raises(Refused) as refusal:
        gather([*others, parse(text.replace(*change), name=f"{name}.toml")], kinds=KINDS)
    return refusal.value.code


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("births", '["sex"]', '[{ field = "colour", as = "township" }]', "indicators.unknown_field"),
        ("births", '["sex"]', '[{ field = "on", as = "township" }]', "indicators.unknown_field"),
        ("births", 'area = "area"', "", "indicators.unknown_shape"),
        ("moves_in", "[count]", '[count]\nday = "on"', "indicators.unknown_shape"),
        ("moves_in_by_origin", "strata = [", 'strata = ["sex", ', "indicators.unknown_shape"),
        ("moves_in_by_origin", 'as = "township"', 'as = "street"', "indicators.unknown_shape"),
        ("moves_in_by_origin", 'as = "township"', 'as = "township", cut = 9', "indicators.unknown_shape"),
        (
            "moves_in_by_origin",
            '{ field = "origin", as = "township", above = "county" }',
            '"origin"',
            "indicators.unknown_measure",
        ),
        ("residents", "[state]", "[state]\nin_fives = true", "indicators.wrong_spans"),
        ("births", 'strata = ["sex"]', 'strata = []\nspans = ["day"]\nin_fives = true', "indicators.wrong_spans"),
        ("moves_in_by_origin", 'spans = ["day"]', 'spans = ["month"]', "indicators.wrong_spans"),
        ("moves_in_by_origin", 'spans = ["day"]', 'spans = ["day", "ever"]', "indicators.wrong_spans"),
        ("moves_in_by_origin", 'spans = ["day"]', 'spans = ["week"]', "indicators.unknown_shape"),
        ("births", 'strata = ["sex"]', 'strata = ["sex"]\nspans = ["day"]', "indicators.unknown_measure"),
        ("residents", 'spans = ["month", "ever"]', 'spans = ["month"]', "indicators.wrong_spans"),
        ("residents", 'finer = "residents_by_birth"', 'finer = "nobody"', "indicators.wrong_spans"),
        ("residents", 'spans = ["month", "ever"]', 'spans = ["ever"]', "indicators.wrong_spans"),
        ("residents_by_birth", '"birth_year"', '"colour"', "indicators.unknown_measure"),
        ("pyramid", "width = 5", "width = 1", "indicators.unknown_shape"),
        ("pyramid", "oldest = 85", "oldest = 83", "indicators.unknown_shape"),
        ("pyramid", 'state = "residents_by_birth"', 'state = "residents"', "indicators.unknown_measure"),
        ("pyramid", 'median = "median_age_group"', 'median = "births"', "indicators.unknown_measure"),
        ("dependency_ratio", "young_below = 15", "young_below = 16", "indicators.wrong_ages"),
        ("dependency_ratio", "young_below = 15", "young_below = 65", "indicators.unknown_shape"),
        ("flows", 'arrivals = "moves_in_by_origin"', 'arrivals = "moves_in"', "indicators.unknown_measure"),
    ],
)
def test_what_could_not_be_read_is_refused(name: str, old: str, new: str, code: str) -> None:
    assert refusal_of(name, old, new) == code


def test_there_is_one_of_each_page() -> None:
    from jiahe.journal.facts import KINDS

    for page in ("board", "pyramid", "flows"):
        with pytest.raises(Refused, match=f"0 of {page}"):
            gather([each for each in shipped() if each.id != page], kinds=KINDS)


def test_a_rate_of_a_measure_there_is_not_is_refused() -> None:
    from jiahe.journal.facts import KINDS

    with pytest.raises(Refused, match="no such definition: births"):
        gather([each for each in shipped() if each.id != "births"], kinds=KINDS)
