"""The rooms: each stands in the order, looks inside as the others do, and stays small enough to be read."""

import tomllib
from pathlib import Path

import pytest

from tests.house.census import HOUSE, ROOT, domain_rooms, named, python_files, rooms

SHAPE = {
    *("facts", "problems", "rules", "definitions", "models", "projections", "queries", "actions"),
    *("forms", "views", "urls", "templates", "migrations", "static"),
}
"""What a domain room may consist of (ARCHITECTURE, section 2), as one file or as a folder of that name."""

BESIDE = {
    "staff/accounts.py": "credentials are node-local, so opening an account is not only a fact",
    "staff/admission.py": "the adapters by which django-allauth asks this room",
    "staff/attempts.py": "counts tries to log in; node-local",
    "staff/budget.py": "counts rows of people shown; node-local",
    "staff/doors.py": "stands at the doors that other rooms mark",
    "staff/drafts.py": "keeps what was typed when a session ended; node-local",
    "staff/middleware.py": "where Django asks who acts",
    "staff/passwords.py": "Argon2 at OWASP's parameters, named in settings",
    "staff/policy.py": "what the node decides and this room is handed",
    "staff/request.py": "the type of a request behind a door",
    "staff/scope.py": "gives out Scope and Acting; the one seal",
    "staff/session.py": "how long a session lives and who it acts as",
    "staff/usage.py": "tells the supervisor what budget.py counted",
}

FORBIDDEN = {"utils", "util", "helpers", "helper", "core", "common", "manager", "managers", "service", "services"}

LONG = {
    "exchange/problems/files.py": "a list: one class for each obstacle",
    "journal/receiving.py": "what becomes of a received entry, told in one piece",
    "journal/storage.py": "all plain SQL of the journal in one place",
    "network/conversation.py": "what one node says to another and when: a machine, told in one piece",
    "network/courier.py": "one process: its rounds, its neighbours and its two pipes",
    "network/models.py": "a list: one class for each table",
    "network/status.py": "how this node and its neighbours stand, for the page, the terminal and every page's frame",
    "node/commands/node.py": "the steps of one command, each short",
    "node/live.py": "one watcher, its listeners and the stream: told apart nobody would follow",
    "places/actions.py": "the twelve verbs of areas and facilities share what they refuse",
    "places/forms.py": "one form for each verb",
    "places/queries.py": "areas through time, read in one way",
    "places/rules.py": "how areas and facilities live, pure; told with its examples",
    "registry/actions/households.py": "the verbs of households share what they refuse",
    "registry/problems/entry.py": "a list: one class for each obstacle",
    "registry/forms/people.py": "one form for each verb about one person",
    "registry/queries/people.py": "people, masked in one place",
    "window/facts.py": "all that can happen at the window, in the order of a case",
    "window/forms.py": "one form for each verb",
    "window/problems/cases.py": "a list: one class for each obstacle",
    "window/rules/telling.py": "hears one fact after the other; all that can happen to a case in one place",
    "tests/rooms/node/test_network_page.py": "one page, and all that it must say and must never call well",
    "tests/spec/window/test_a_case.py": "a case from the first contact to the archive, read as one",
    "staff/actions.py": "the verbs of officers, posts, duties and budgets share what they refuse",
    "staff/problems.py": "a list: one class for each obstacle",
    "staff/queries.py": "posts, officers and duties, and who holds what in plain SQL",
    "tests/lib/county.py": "one county, all that stands in it told in one place",
    "tests/prove/lib/canaries.py": "people of whom everything is said, all of it told in one place",
}
"""Files over 250 lines, each looked at again."""


def layers() -> set[str]:
    """The rooms of import-linter's order, planned ones included."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (order,) = (one for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    return {room.strip().strip("()") for layer in order["layers"] for room in layer.split("|")}


def test_every_room_stands_in_the_order() -> None:
    assert not set(rooms()) - layers()
    folders = {path.name for path in HOUSE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(rooms()), "a folder of the house that is no package"


@pytest.mark.parametrize("room", domain_rooms())
def test_a_domain_room_has_the_one_inner_shape(room: str) -> None:
    found = {path for path in (HOUSE / room).iterdir() if path.name not in {"__init__.py", "__pycache__", "README.md"}}
    strange = {named(path) for path in found if path.stem not in SHAPE or path.suffix not in {"", ".py"}}
    assert strange == {name for name in BESIDE if name.startswith(f"{room}/")}
    halves = [path.stem for path in found if path.suffix == ".py" and path.with_suffix("") in found]
    assert not halves, "one file or one folder, not both"


def test_no_file_has_a_name_that_says_nothing() -> None:
    files = [path for folder in (HOUSE, ROOT / "tests", ROOT / "tooling") for path in folder.rglob("*.py")]
    assert not [named(path) for path in files if {path.stem, path.parent.name} & FORBIDDEN]


@pytest.mark.parametrize("room", rooms())
def test_every_room_explains_itself_on_one_screen(room: str) -> None:
    paper = HOUSE / room / "README.md"
    assert paper.exists()
    assert len(paper.read_text("utf-8").splitlines()) <= 60


def lengths() -> dict[str, int]:
    """Lines of every file that people write and read."""
    shown = (path for kind in ("*.html", "*.js", "*.css") for path in HOUSE.rglob(kind))
    files: list[Path] = [*python_files(), *shown, *(ROOT / "tests").rglob("*.py"), *(ROOT / "tooling").rglob("*.py")]
    return {named(path): len(path.read_text("utf-8").splitlines()) for path in files}


def test_files_stay_short() -> None:
    found = lengths()
    assert not {name: lines for name, lines in found.items() if lines > 400}, "split by noun"
    assert {name for name, lines in found.items() if lines > 250} == set(LONG), "over 250: split, or say why not"
