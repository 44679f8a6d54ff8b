# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/operate/proof.md is true: its fifteen lines of plain Python believe our proofs, and nothing else."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from base64 import b64encode

import pytest

from jiahe.journal import checkpoints, proofs, queries
from jiahe.journal.models import Entry
from jiahe.journal.recording import record_all
from jiahe.journal.values import Draft
from jiahe.node.commands import proof as command
from jiahe.places.facts import AreaClosed
from tests.lib.authors import START, Anyone
from tests.lib.papers import ROOT, steps

PAPER = ROOT / "docs" / "operate" / "proof.md"
SIZE = 13


@pytest.fixture
def entries(db: None) -> list[Entry]:
    """A journal of a few entries, on a node of its own."""
    facts = [AreaClosed(code=f"4117231010{number:02}", on=START.date()) for number in range(SIZE)]
    record_all([Draft(fact, by=Anyone(), at=START, area="411723") for fact in facts])
    return list(Entry.objects.order_by("seq"))


def verdict(proof: str) -> str:
    """What the paper's program says of a proof."""
    (program,) = [step.text for step in steps(PAPER) if step.kind == "python"]
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], input=proof, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What `./jiahe proof` prints."""
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    assert command.run(parser.parse_args(words)) == 0
    return capsys.readouterr().out


def test_it_is_fifteen_lines() -> None:
    """As the papers say."""
    (program,) = [step.text for step in steps(PAPER) if step.kind == "python"]
    assert len(program.splitlines()) == 15


@pytest.mark.parametrize(("number", "size"), [(1, SIZE), (7, SIZE), (SIZE, SIZE), (5, 8)])
def test_an_auditor_needs_nothing_but_python(
    entries: list[Entry], capsys: pytest.CaptureFixture[str], number: int, size: int
) -> None:
    proof = told(capsys, "--size", str(size), "inclusion", str(entries[number - 1].entry_id))
    assert verdict(proof) == "stands in the journal"
    other = {**json.loads(proof), "leaf": bytes(entries[number % SIZE].leaf).hex()}
    assert verdict(json.dumps(other)) == "does not stand in the journal"


def test_the_root_of_a_proof_is_that_of_a_checkpoint(entries: list[Entry]) -> None:
    _, size, root, *_ = checkpoints.sign_now().splitlines()
    proof = proofs.inclusion(entries[0].entry_id)
    assert (int(size), root) == (proof.size, b64encode(proof.root).decode())
    assert queries.head().root == proof.root


def test_a_consistency_proof_is_printed(entries: list[Entry], capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(told(capsys, "consistency", "5"))["old"] == 5
