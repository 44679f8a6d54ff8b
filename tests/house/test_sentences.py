"""Words: every sentence a person reads is marked, translated into three languages, and says what he can do."""

import ast
import re
from collections import Counter
from importlib import import_module

import pytest

from jiahe.basis.problem import Problem
from jiahe.ui import translations
from tests.house.census import HOUSE, calls, named, part, python_files, rooms, tree

pytestmark = pytest.mark.once("sqlcipher")  # reads files

SAID = {"label", "help_text", "heading", "legend", "title", "submit", "message", "placeholder", "lead", "empty_label"}
"""Keywords whose value a person reads."""

NOT_SAID = {
    "node/commands": "speaks to whoever runs the command, in English",
    "node/demo": "names of invented people and posts",
}

LETTERS = re.compile(r"[A-Za-z]{3,}")
STATUSES = {400, 403, 404, 409, 413, 422, 429, 500, 503}


def problems() -> list[type[Problem]]:
    """Every problem of the house."""
    for room in rooms():
        for path in (*part(room, "problems"), *((HOUSE / room).glob("errors.py"))):
            import_module(".".join(("jiahe", *path.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__"))
    found, open_ones = [], [Problem]
    while open_ones:
        for kind in open_ones.pop().__subclasses__():
            open_ones.append(kind)
            if kind.__module__.startswith("jiahe.") and "code" in vars(kind):
                found.append(kind)
    return sorted(found, key=lambda kind: kind.code)


def test_nothing_is_untranslated() -> None:
    assert translations.missing() == []


def test_simplified_says_all_that_traditional_says() -> None:
    with translations.HANT.open("rb") as source:
        traditional = translations.read_po(source, charset="utf-8")
    derived = translations.simplified(traditional)
    hant, hans = ({message.id for message in catalog if message.id} for catalog in (traditional, derived))
    assert hant == hans
    assert not [message.id for message in derived if message.id and not all(translations._texts(message.string))]


def test_overrides_of_simplified_override_something() -> None:
    if translations.OVERRIDES.exists():
        with translations.OVERRIDES.open("rb") as source:
            special = {message.id for message in translations.read_po(source, charset="utf-8") if message.id}
        assert special <= {message.id for message in translations.extracted()}


@pytest.mark.parametrize("problem", problems(), ids=lambda problem: problem.code)
def test_a_problem_says_what_why_and_what_now(problem: type[Problem]) -> None:
    room = problem.__module__.split(".")[1]
    assert re.fullmatch(rf"{room}\.[a-z_]+", problem.code)
    assert problem.status in STATUSES
    for sentence in (problem.what, problem.why, problem.now):
        assert sentence, "what, why and what now, all three"
        assert sentence[0].isupper() or sentence[0] in "{“"
        assert sentence[-1] in ".?!:"


def test_a_problem_has_a_code_of_its_own() -> None:
    assert not [code for code, times in Counter(problem.code for problem in problems()).items() if times > 1]


def test_a_problems_sentences_are_marked() -> None:
    bare = []
    for path in (path for room in rooms() for path in (*part(room, "problems"), *(HOUSE / room).glob("errors.py"))):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"what", "why", "now"}:
                marked = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "N_"
                if not marked:
                    bare.append(f"{named(path)}:{node.lineno}")
    assert not bare


def spoken_to_people() -> list[ast.expr]:
    """Values that a person will read, wherever they are given."""
    found = []
    for path in python_files():
        if named(path).startswith(tuple(NOT_SAID)):
            continue
        for call, called in calls(path):
            given = [word.value for word in call.keywords if word.arg in SAID]
            if called.rpartition(".")[2] == "redirect" and len(call.args) > 1:
                given.append(call.args[1])
            for value in given:
                value.path = named(path)  # type: ignore[attr-defined]
            found += given
    return found


def test_whatever_a_person_reads_is_marked() -> None:
    bare = [
        f"{value.path}:{value.lineno} {value.value!r}"  # type: ignore[attr-defined]
        for value in spoken_to_people()
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and LETTERS.search(value.value)
    ]
    assert not bare


def test_no_sentence_is_pieced_together_before_it_is_translated() -> None:
    pieced = [
        f"{named(path)}:{call.lineno}"
        for path in python_files()
        for call, called in calls(path)
        if called in {"_", "gettext", "N_", "gettext_lazy"} and call.args and isinstance(call.args[0], ast.JoinedStr)
    ]
    assert not pieced
