# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each measurement works and prints figures beside promises; how fast it is, only a quiet machine tells."""

import subprocess
import sys

import pytest

from benchmarks.lib.measuring import Figure, in_turn, median_ratio, percentile

SHOWN = {
    "record": ("as a share of create()", "forms over HTTP"),
    "replay": ("rebuild",),
    "import": ("as a share of bulk_create",),
    "live": ("saved -> new number on the board p99", "cells that differ after a recount"),
    "search": ("in process, all, p95", "pages, all, p95", "share found, of the kind found least"),
    "link": ("FEBRL 3: F1", "its peak memory", "twins taken for one person"),
    "board": ("board page, drawn anew p95", "one indicator read"),
    "nation": ("first load: rows", "as a share of executemany", "neighbours looked at in a second"),
}


@pytest.mark.only_sqlcipher
@pytest.mark.parametrize("name", SHOWN)
def test_a_measurement_prints_its_figures(name):
    command = [sys.executable, "-m", "jiahe.node", "bench", name, "--quick"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for figure in SHOWN[name]:
        assert figure in done.stdout
    assert "SQLCipher" in done.stdout
    assert "not judged" in done.stdout


def test_a_promise_is_kept_or_missed():
    assert Figure("speed", 5, "/s", "P-00", least=4).holds
    assert not Figure("delay", 5, "ms", "P-00", most=4).holds
    assert Figure("size", 5).holds is None
    assert "MISSED" in str(Figure("delay", 5, "ms", "P-00", most=4))


def test_contestants_begin_in_turn():
    order = []
    rates = in_turn(3, {name: lambda number, name=name: order.append(name) or 1 for name in "ab"})
    assert "".join(order) == "abbaab"
    assert [len(found) for found in rates.values()] == [3, 3]


def test_the_ratio_is_taken_round_by_round():
    assert median_ratio([10, 20, 90], [10, 10, 10]) == 2


def test_a_percentile_is_a_value_that_was_measured():
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile(list(map(float, range(100))), 0.99) == 99.0
