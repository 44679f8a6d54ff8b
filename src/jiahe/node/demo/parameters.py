"""The figures of the demo county, read from content/demo/ into frozen values; every figure there names its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from itertools import accumulate
from pathlib import Path
from typing import Any

from jiahe.node.demo.naming import Naming, read_naming
from jiahe.node.demo.sampling import pool, stepwise

PEOPLE, SEED = 20_000, 411_723
"""How many people a demo has, and from which chance, unless somebody says otherwise."""
AGES = 106
"""Ages 0 to 105, in whole years; the oldest group thins out towards its end."""
_OLDEST_SURVIVE = 0.87


@dataclass(frozen=True, slots=True)
class Structure:
    """Who lives in the county: `cumulative` share of the cells (age, woman before man), cell = 2 * age + is a man."""

    cumulative: tuple[float, ...]
    partnered_women: tuple[float, ...]
    partnered_men: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Lodging:
    """With whom people live (shares), and how often a child bears its mother's surname."""

    young_adult_with_parents: float
    single_adult_with_parents: float
    elders_with_married_child: float
    surname_of_mother: float
    twins: float
    """Share of births that are of two."""
    unattended: float
    """Share of dying heads of households whom nobody is named to follow."""


@dataclass(frozen=True, slots=True)
class Vital:
    """Rates per person a year by calendar year, and weights by age that say whom they fall on."""

    births: dict[int, float]
    deaths: dict[int, float]
    fertility: tuple[float, ...]
    hazard_men: tuple[float, ...]
    hazard_women: tuple[float, ...]
    infant: float
    boys: float
    interval_days: int


@dataclass(frozen=True, slots=True)
class Moves:
    """Who comes and goes: rates per person a year, weights by age, and the names of the places at the other end."""

    leaving: float
    coming: float
    returning: float
    whole_household: float
    couples: float
    """Share of newcomers who come with a spouse."""
    registered_elsewhere: float
    weight: tuple[float, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marriage:
    """Couples per person a year by calendar year, weights by age that say who marries, and where they go (shares).

    The spouse of the others comes from elsewhere; of those who leave alone and young, `away` leave to marry.
    """

    weddings: dict[int, float]
    divorces: dict[int, float]
    weight: tuple[float, ...]
    parting: tuple[float, ...]
    """Weights of wives by age that say whose marriage ends."""
    within_village: float
    own_home: float
    away: float


@dataclass(frozen=True, slots=True)
class Addressing:
    """What invented addresses are made of."""

    households_a_group: int
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of some people beside, as shares; `year_only` of those of `year_only_from` years and more."""

    year_only_from: int
    year_only: float
    alias: float
    former_name: float
    second_phone: float
    whose: tuple[str, ...]
    passport: float
    doubled: float
    alike: dict[str, str]
    """Characters that are taken for one another, each to the other."""


@dataclass(frozen=True, slots=True)
class Registration:
    """How the office writes things down, and what identity numbers and phones look like."""

    prompt_days: int
    late: float
    late_days: int
    without_number: float
    with_phone: float
    phone_block: str
    prefixes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much heavier than a village a street community and a town seat are, and how far villages differ (log)."""

    street: float
    town_seat: float
    spread: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """All of it."""

    structure: Structure
    lodging: Lodging
    vital: Vital
    moves: Moves
    registration: Registration
    naming: Naming
    weights: Weights
    marriage: Marriage
    addressing: Addressing
    particulars: Particulars


def read(folder: Path) -> Parameters:
    """The parameters in `folder` (content/demo). Raises OSError, KeyError, ValueError for what is missing or odd."""
    county = tomllib.loads((folder / "pingyu.toml").read_text("utf-8"))
    lodging = {**county["household"], "twins": county["births"]["twins"]}
    return Parameters(
        structure=_structure(county["age"]["groups"], county["partnered"]),
        lodging=Lodging(**{field.name: lodging[field.name] for field in fields(Lodging)}),
        vital=_vital(county["births"], county["deaths"]),
        moves=_moves(county["moves"]),
        registration=_registration(county),
        naming=read_naming(folder),
        weights=Weights(
            county["villages"]["street_weight"], county["villages"]["town_seat_weight"], county["villages"]["spread"]
        ),
        marriage=_marriage(county["marriages"], county["divorces"]),
        addressing=Addressing(county["addresses"]["households_a_group"], tuple(county["addresses"]["streets"])),
        particulars=_particulars(county["particulars"]),
    )


def _structure(groups: list[dict[str, Any]], partnered: dict[str, Any]) -> Structure:
    cells = [0.0] * (2 * AGES)
    ends = [group["from"] for group in groups[1:]] + [AGES]
    for group, end in zip(groups, ends, strict=True):
        ages = range(group["from"], end)
        thinning = [_OLDEST_SURVIVE ** (age - ages.start) if end == AGES else 1.0 for age in ages]
        for age, part in zip(ages, thinning, strict=True):
            share = group["share"] * part / sum(thinning)
            cells[2 * age] = share * (1 - group["men"])
            cells[2 * age + 1] = share * group["men"]
    return Structure(
        tuple(accumulate(cells)),
        stepwise(partnered["from"], partnered["women"], AGES),
        stepwise(partnered["from"], partnered["men"], AGES),
    )


def _vital(births: dict[str, Any], deaths: dict[str, Any]) -> Vital:
    boys = births["boys_per_100_girls"]
    return Vital(
        births=_rates(births),
        deaths=_rates(deaths),
        fertility=stepwise([*births["fertility_from"], 50], [*births["fertility"], 0.0], AGES),
        hazard_men=stepwise(deaths["hazard_from"], deaths["men"], AGES),
        hazard_women=stepwise(deaths["hazard_from"], deaths["women"], AGES),
        infant=deaths["infant_rate"] / 1000,
        boys=boys / (100 + boys),
        interval_days=births["shortest_interval_days"],
    )


def _rates(table: dict[str, Any]) -> dict[int, float]:
    return {int(year): rate / 1000 for year, rate in table["rate"].items()}


def _marriage(marriages: dict[str, Any], divorces: dict[str, Any]) -> Marriage:
    return Marriage(
        weddings=_rates(marriages),
        divorces=_rates(divorces),
        weight=stepwise(marriages["from"], marriages["weight"], AGES),
        parting=stepwise(divorces["from"], divorces["weight"], AGES),
        within_village=marriages["within_village"],
        own_home=marriages["own_home"],
        away=marriages["away"],
    )


def _particulars(made: dict[str, Any]) -> Particulars:
    alike = {one: other for pair in made["alike"] for one, other in (pair, pair[::-1])}
    given = {field.name: made[field.name] for field in fields(Particulars)}
    return Particulars(**given | {"whose": tuple(made["whose"]), "alike": alike})


def _moves(moves: dict[str, Any]) -> Moves:
    places = moves["places"]
    return Moves(
        leaving=moves["out"] / 1000,
        coming=moves["in"] / 1000,
        returning=moves["returning"],
        whole_household=moves["whole_household"],
        couples=moves["couples"],
        registered_elsewhere=moves["registered_elsewhere"],
        weight=stepwise(moves["from"], moves["weight"], AGES),
        places=pool([place["name"] for place in places], [place["weight"] for place in places], 100),
    )


def _registration(county: dict[str, Any]) -> Registration:
    made = county["registration"]
    return Registration(
        made["prompt_days"],
        made["late"],
        made["late_days"],
        made["without_number"],
        made["with_phone"],
        made["phone_block"],
        tuple((row["born_before"], row["prefix"]) for row in county["county"]["identity_prefixes"]),
    )
