"""The whole-register pass and the comparison of two records agree; the queue shows pairs within the scope alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from jiahe.basis.privacy import Privacy
from jiahe.journal.recording import record
from jiahe.registry import actions, queries
from jiahe.registry.facts import Name, NameKind, PersonRegistered, Sex
from jiahe.registry.rules.keys import name_keys
from jiahe.registry.rules.linkage import Features, Weights, likeness, twins
from jiahe.registry.rules.linkage.register import likely_doubles, settings
from tests.rooms.registry.small_county import AT, CLERK, HEBEI, JINZHUANG, LONGWANG, YANGBU, enter, scope_of

EVERYDAY = (Privacy.OPEN, Privacy.INTERNAL, Privacy.PERSONAL)


def crowd(size: int) -> dict[UUID, Features]:
    """People of few names and days, so that many are alike in all degrees."""
    rng = Random(3)
    found = {}
    for number in range(size):
        surname, given = rng.choice("王李张歐"), "".join(rng.choices("明鸣小晓军丽", k=rng.choice((1, 2))))
        keys = name_keys(surname + given, surname, given)
        born = date(1980, 1, 1) + timedelta(rng.randrange(0, 40))
        serial = f"{rng.randrange(1, 30):03d}"
        found[UUID(int=number + 1)] = Features(
            name_key=keys.name,
            given_key=keys.given,
            pinyin=keys.pinyin,
            surname=surname,
            sex=rng.choice(("male", "female", "unknown")),
            birth_on=born,
            area=rng.choice((HEBEI, JINZHUANG, LONGWANG)),
            identity=rng.choice(("", f"411723{born:%Y%m%d}{serial}1")),
            phone=rng.choice(("", f"138{rng.randrange(0, 300):08d}")),
            mother=rng.choice(("", "m1", "m2")),
            other_names=rng.choice(((), ("王明",))),
        )
    return found


def test_the_pass_and_the_comparison_of_two_agree() -> None:
    people = crowd(300)
    times = Counter(each.name_key for each in people.values())
    weights = Weights(people=len(people), shares={name: count / len(people) for name, count in times.items()})
    pairs = list(likely_doubles(people.items(), least=0.01, sampled=0))
    assert len(pairs) > 100
    assert len({reason for pair in pairs for reason in pair.reasons}) > 12
    for pair in pairs:
        like = likeness(people[pair.left], people[pair.right], weights)
        assert pair.left < pair.right
        assert pair.reasons == like.reasons
        assert pair.probability == pytest.approx(like.probability, abs=1e-6), (people[pair.left], people[pair.right])
        assert not twins(people[pair.left], people[pair.right])
    assert [pair.probability for pair in pairs] == sorted((pair.probability for pair in pairs), reverse=True)


def test_the_same_settings_are_said_in_the_words_of_spark() -> None:
    from splink import SettingsCreator

    for dialect, contains in (("duckdb", "list_contains("), ("spark", "array_contains(")):
        said = SettingsCreator.from_path_or_dict(settings(Weights())).create_settings_dict(dialect)
        conditions = [level["sql_condition"] for each in said["comparisons"] for level in each["comparison_levels"]]
        assert sum(contains in condition.lower() for condition in conditions) == 1


def test_nothing_is_found_among_nobody_and_one() -> None:
    assert list(likely_doubles([])) == []
    assert list(likely_doubles(list(crowd(1).items()))) == []


def test_splink_and_duckdb_are_not_imported_by_the_server(tmp_path: Path) -> None:
    asked = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'jiahe.node.settings'\n"
        "import django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns\n"
        "import jiahe.registry.queries, jiahe.registry.projections.pairs\n"
        "print(sorted({'splink', 'duckdb', 'pyarrow', 'pandas'} & set(sys.modules)))"
    )
    home = {**os.environ, "JIAHE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=home)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def doubles(county: None) -> tuple[UUID, UUID]:
    """One man, entered in two villages of one township, by two nodes that did not know of each other; and others."""
    enter("李雷", area=LONGWANG)
    enter("赵云", birth_on=date(1970, 3, 4))
    names = (Name(NameKind.CURRENT, "王小鳴", "王", "小鳴"),)
    again = PersonRegistered(
        UUID(int=7), names, Sex.MALE, date(1990, 1, 1), None, JINZHUANG, date(2020, 1, 1), None, None
    )
    first = enter("王小明")
    record(again, by=CLERK, at=AT, area=JINZHUANG, about=again.person)
    return first, again.person


def run_link() -> None:
    """The command, in this process and database."""
    from jiahe.node.commands import link

    assert link.run(link.argparse.Namespace(least=0.5, memory="500MB")) == 0


def test_the_command_fills_the_queue(doubles: tuple[UUID, UUID], capsys: pytest.CaptureFixture[str]) -> None:
    run_link()
    (row,) = queries.described_pairs(scope_of(), queries.pairs(scope_of()).order_by("-probability", "left", "right"))
    assert {row.left.id, row.right.id} == set(doubles)
    assert "4 records compared" in capsys.readouterr().out
    run_link()
    assert queries.pairs(scope_of()).count() == 1


def test_a_pair_is_seen_by_who_sees_both(doubles: tuple[UUID, UUID]) -> None:
    run_link()
    seen = {area: queries.pairs(scope_of(area)).count() for area in ("411723", YANGBU, HEBEI, JINZHUANG, LONGWANG)}
    assert seen == {"411723": 1, YANGBU: 1, HEBEI: 0, JINZHUANG: 0, LONGWANG: 0}


def test_a_pair_is_gone_when_one_moved_out_of_the_scope(doubles: tuple[UUID, UUID]) -> None:
    run_link()
    actions.register_move_in(person=doubles[1], on=date(2026, 1, 1), area=LONGWANG, origin=JINZHUANG, by=CLERK, at=AT)
    assert not queries.pairs(scope_of(YANGBU)).exists()


def test_who_was_merged_or_found_distinct_leaves_the_queue(doubles: tuple[UUID, UUID]) -> None:
    run_link()
    actions.find_distinct(person=doubles[0], other=doubles[1], why="two cards", by=CLERK, at=AT)
    assert not queries.pairs(scope_of()).exists()


def test_pairs_are_masked_as_people_are(doubles: tuple[UUID, UUID]) -> None:
    run_link()
    (row,) = queries.described_pairs(scope_of("411723", Privacy.OPEN), queries.pairs(scope_of("411723", Privacy.OPEN)))
    assert row.left.name == "王*明" or row.right.name == "王*明"
    assert row.left.birth_on is None
