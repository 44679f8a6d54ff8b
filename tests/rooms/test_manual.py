# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/operate/commands.md and start.md say what can be typed and set: every word, option and setting, and no other."""

from __future__ import annotations

import argparse
import re
import runpy
from collections.abc import Iterator
from importlib import import_module

import pytest

from jiahe.node import settings
from jiahe.node.__main__ import words
from jiahe.node.commands import module_of
from tests.lib.papers import ROOT, rows

MANUAL = ROOT / "docs" / "operate" / "commands.md"
START = ROOT / "docs" / "operate" / "start.md"
TOOLING = {"test": {"--only"}, "check": set(), "fix": set(), "lock": {"--upgrade"}}
"""Options of the words that ./jiahe does itself; they are not parsed by a parser we could ask."""


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Everything that can be said after a word: options, positions, and the words one may choose from."""
    for action in parser._actions:
        if action.help == argparse.SUPPRESS or isinstance(action, argparse._HelpAction):
            continue
        if isinstance(action, argparse._SubParsersAction):
            for name, part in action.choices.items():
                yield name
                yield from options(part)
        elif action.option_strings:
            yield action.option_strings[-1]
        elif action.choices is not None and action.nargs != "?":
            yield from map(str, action.choices)
        elif action.dest == "step":
            yield from map(str, action.choices or ())
        else:
            yield action.dest


def section(word: str) -> str:
    """What the manual says of a word."""
    found = re.search(rf"^### \./jiahe {word}\n(.*?)(?=^##|\Z)", MANUAL.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"the manual says nothing of ./jiahe {word}"
    return found[1]


@pytest.mark.parametrize("word", words())
def test_every_option_of_a_word_is_in_the_manual_and_no_other(word: str) -> None:
    parser = argparse.ArgumentParser()
    import_module(f"jiahe.node.commands.{module_of(word)}").arguments(parser)
    said = section(word)
    there = set(options(parser))
    assert not {option for option in there if f"`{option}`" not in said}
    listed = set(re.findall(r"^\| `(--[\w-]+)`", said, re.MULTILINE))
    assert listed == {option for option in there if option.startswith("--")}


@pytest.mark.parametrize("word", sorted(TOOLING))
def test_the_words_of_the_script_itself_are_in_the_manual(word: str) -> None:
    assert set(re.findall(r"^\| `(--[\w-]+)`", section(word), re.MULTILINE)) == TOOLING[word]


def test_the_manual_names_every_word_and_no_other() -> None:
    script = runpy.run_path(str(ROOT / "jiahe"), run_name="jiahe")
    assert set(script["OWN"]) == set(TOOLING)
    named = re.findall(r"^### \./jiahe (\S+)$", MANUAL.read_text("utf-8"), re.MULTILINE)
    assert sorted(named) == sorted({*script["OWN"], *words()})


def test_every_setting_is_told_to_the_operator() -> None:
    known = set(re.findall(r"^(JIAHE_\w+)", settings.__doc__ or "", re.MULTILINE)) | {"JIAHE_ENV"}
    told = {cells[0].strip("`") for cells in rows(START) if cells[0].startswith("`JIAHE_")}
    assert told == known
