# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fast form of each proof, as `./jiahe prove` runs it, on the database of this run."""

import os
import re
import subprocess
import sys

import pytest
from django.db import connection


def prove(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a home of its own; on PostgreSQL in a database of its own on the tests' cluster."""
    where = ["--postgres", os.environ["JIAHE_DATABASE"]] if connection.vendor == "postgresql" else []
    command = [sys.executable, "-m", "jiahe.node", "prove", *arguments, *where]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def held(*arguments: str) -> str:
    """What a proof says that must hold."""
    done = prove(*arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.only_sqlcipher
def test_killed_fifty_times_nothing_acknowledged_is_lost_or_doubled():
    said = held("kill", "--times", "50")
    assert said.count("50 kills") == 1
    assert int(re.search(r"([\d,]+) forms sent", said)[1].replace(",", "")) >= 50


@pytest.mark.only_postgres
def test_killed_with_its_database_nothing_acknowledged_is_lost_or_doubled():
    """A cluster of its own: a killed database process takes all others with it, also those of other tests."""
    command = [sys.executable, "-m", "jiahe.node", "prove", "kill", "--times", "12", "--postgres"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 kills" in done.stdout


def test_every_tampering_is_found():
    assert "60 tamperings" in held("tamper", "--times", "60")


def test_several_processes_write_at_once():
    assert "0 process(es) were refused" in held("two", "--processes", "4", "--times", "40")


def test_rows_of_people_are_counted_by_all_and_by_the_killed():
    said = held("rows", "--processes", "2", "--kills", "3")
    assert "3 kills" in said


def test_every_due_day_is_found_by_a_second_count():
    command = [sys.executable, "-m", "jiahe.node", "prove", "clock", "--each", "20"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) due days, 0 differ", done.stdout)[1]) > 17_000


def test_who_is_erased_is_forgotten():
    assert re.search(r"\n0 value\(s\) left in 0 place\(s\), 0 void", held("forget"))


@pytest.mark.only_sqlcipher  # whose file's bytes are looked at too; on both, `forget` itself is void if it sees nothing
def test_who_is_not_erased_is_found_by_the_same_search():
    done = prove("forget", "--spare")
    told, left = (int(re.search(text, done.stdout)[1]) for text in (r"of (\d+) values", r"(\d+) value\(s\) left"))
    assert left == told, done.stdout + done.stderr
    assert " 0 void" in done.stdout


@pytest.mark.once("sqlcipher")  # signatures, and a nats-server
def test_nothing_forged_or_foreign_is_taken():
    said = held("forged", "--times", "200")
    assert re.search(r"20\d forged, 8 honest between them, in [\d.]+ s: 0 taken", said)
    assert "0 let through; 4 of 4 own subjects served" in said


@pytest.mark.once("sqlcipher")  # the histories themselves are run on both by tests/generative/test_links.py
def test_whatever_lines_do_all_end_with_the_same_tables():
    said = held("histories", "--times", "3", "--processes", "2")
    assert int(re.search(r"(\d+) histories, ", said)[1]) >= 3
    assert int(re.search(r"(\d+) entries recorded", said)[1]) > 0


def test_a_proof_alone_lists_the_proofs():
    done = prove_nothing()
    assert done.returncode == 0
    for name in ("kill", "tamper", "two", "rows", "access", "axe", "forget", "clock", "histories"):
        assert f"./jiahe prove {name} " in done.stdout


def prove_nothing() -> subprocess.CompletedProcess[str]:
    """The command without a name."""
    command = [sys.executable, "-m", "jiahe.node", "prove"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
