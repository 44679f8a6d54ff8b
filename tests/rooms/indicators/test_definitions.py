"""Definitions: what is refused, and that what we ship is whole."""

from __future__ import annotations

import pytest

from jiahe.indicators.definitions import FOLDER, Refused, gather, parse

BIRTHS = (FOLDER / "births.toml").read_text("utf-8")


def shipped() -> list:
    return [parse(file.read_text("utf-8"), name=file.name) for file in sorted(FOLDER.glob("*.toml"))]


def test_what_we_ship_fits_the_facts_there_are() -> None:
    from jiahe.journal.facts import KINDS

    book = gather(shipped(), kinds=KINDS)
    assert set(book.counted()) == {"registry.Born@1", "registry.Died@1", "registry.MovedIn@1", "registry.MovedOut@1"}
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


def test_a_rate_of_a_measure_there_is_not_is_refused() -> None:
    from jiahe.journal.facts import KINDS

    with pytest.raises(Refused, match="no such definition: births"):
        gather([each for each in shipped() if each.id != "births"], kinds=KINDS)
