"""Papers: what is public is explained, what can be typed or set is in the manual, and no file names a machine."""

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from jiahe.node import commands, settings
from jiahe.node.commands import check
from tests.house.census import HOUSE, ROOT, named, python_files, tracked, tree

pytestmark = pytest.mark.once("sqlcipher")  # reads files

DECISIONS = ROOT / "docs" / "adr"

# Bracketed letters, so that this file does not itself hold what it looks for.
REGISTRIES = r"py[p]i\.org|python[h]osted|npm[j]s\.(org|com)|registry\.y[a]rnpkg|npm[m]irror|go[p]roxy|goo[g]leapis"
MACHINES = r"/wo[r]k/(main|shared)|/ro[o]t/|/ho[m]e/[a-z]+/|/tm[p]/jh|farm-st[u]dio"
NOT_READ = {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".mo"}


def words() -> list[str]:
    """Every command of the node, as a module's name."""
    return [module.name for module in iter_modules(commands.__path__)]


def unexplained(path: Path) -> list[str]:
    """The public things in a file that have no docstring."""
    module = tree(path)
    if not module.body:
        return []
    return ([] if ast.get_docstring(module) else ["module"]) + list(_unexplained(module, ""))


def _unexplained(node: ast.Module | ast.ClassDef, where: str) -> list[str]:
    found = []
    for each in node.body:
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or each.name.startswith("_"):
            continue
        if each.name == "Meta" or any(ast.unparse(mark) == "overload" for mark in each.decorator_list):
            continue
        if not ast.get_docstring(each):
            found.append(f"{where}{each.name}:{each.lineno}")
        if isinstance(each, ast.ClassDef):
            found += _unexplained(each, f"{where}{each.name}.")
    return found


@pytest.mark.parametrize("path", python_files(), ids=named)
def test_whatever_is_public_is_explained(path: Path) -> None:
    assert not unexplained(path)


@pytest.mark.parametrize("word", words())
def test_every_command_explains_itself(word: str) -> None:
    module: Any = import_module(f"jiahe.node.commands.{word}")
    assert isinstance(module.summary, str)
    assert 10 < len(module.summary) < 120
    assert callable(module.arguments)
    assert callable(module.run)


def test_every_command_stands_in_the_manual_and_every_link_leads_somewhere() -> None:
    assert list(check.papers()) == []


def test_no_sentence_is_left_over_and_the_catalogues_are_compiled() -> None:
    assert list(check.sentences()) == []


def test_every_setting_is_described_where_it_is_read() -> None:
    read = {
        name
        for path in [*python_files(), *(ROOT / "tooling").glob("*.py"), ROOT / "jiahe"]
        for name in re.findall(r'["\'](JIAHE_[A-Z_]+)["\']', path.read_text("utf-8"))
    }
    described = set(re.findall(r"^(JIAHE_[A-Z_]+) ", settings.__doc__ or "", re.MULTILINE))
    elsewhere = {"JIAHE_ENV"}  # where ./jiahe keeps the Python environment; said by ./jiahe itself
    assert described == read - elsewhere
    assert "JIAHE_ENV" in (ROOT / "jiahe").read_text("utf-8")


def test_settings_are_read_in_one_place() -> None:
    readers = {
        named(path)
        for path in python_files()
        if re.search(r"os\.environ(\.get)?[\[(]|\*\*os\.environ", path.read_text("utf-8"))
    }
    before_django = {f"node/commands/{word}.py" for word in ("up", "found", "areas", "node")}
    children = {"network/server.py", "node/demo/branches.py"}  # what they start is told what they were told
    assert readers - before_django - children == {"node/settings.py"}


def test_decisions_have_numbers_of_their_own_and_are_listed() -> None:
    papers = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    numbers = [int(name[:4]) for name in papers]
    assert numbers == list(range(1, len(papers) + 1)), "numbered from 0001 without a gap"
    assert papers
    listed = re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", (DECISIONS / "README.md").read_text("utf-8"))
    assert listed == papers


@pytest.mark.parametrize("word", ["Status", "Context", "Decision", "Consequences", "How it is held"])
def test_a_decision_says_all_of_it(word: str) -> None:
    assert not [path.name for path in DECISIONS.glob("[0-9]*.md") if word not in path.read_text("utf-8")]


def test_no_file_names_a_registry_or_a_machine() -> None:
    forbidden = re.compile(f"{REGISTRIES}|{MACHINES}")
    found = []
    for path in tracked():
        if path.suffix not in NOT_READ:
            for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
                if match := forbidden.search(line):
                    found.append(f"{named(path)}:{number} {match[0]}")
    assert not found


def test_every_file_of_the_house_is_tracked() -> None:
    kept = set(tracked())
    assert not [named(path) for path in python_files(migrations=True) if path not in kept]
    assert HOUSE / "ui" / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po" in kept
