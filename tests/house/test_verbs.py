"""What may change and what may ask: actions, queries, pure rules; one clock; one maker of Scope and Acting."""

import ast
from pathlib import Path

import pytest

from tests.house.census import HOUSE, calls, domain_rooms, functions, named, part, python_files, rooms, tree

pytestmark = pytest.mark.once("sqlcipher")  # reads files

UNSCOPED = {
    "places": "areas and facilities are public knowledge; every sign in the street names them",
    "journal": "knows no scope: the rooms above ask it about what their own scope covers",
    "indicators.told_areas": "how many areas; for the recount",
    "staff.described": "of rows that a scoped query gave",
    "staff.holdings": "what scopes are made from",
    "staff.last_change_on": "a day and nothing else, for this room's own actions",
    "registry.everybody": "for the recount and the counts by hand; no page asks it",
    "registry.records_of": "of a person that a scoped query gave",
    "registry.residents_by_area": "counts of areas, no person; for the recount",
    "registry.residents_by_birth": "counts of areas, no person; for the recount",
    "registry.since_merge": "of a merge that a scoped query gave",
    "registry.spells_of": "of a row that a scoped query or an action gave",
    "registry.stays_of": "of a row that a scoped query or an action gave",
    "registry.texts_as_of": "of a row that a scoped query or an action gave",
    "registry.close_to": "ids only: asked before an officer may see anything",
    "registry.kept_as": "ids only, of ids the caller has",
    "registry.masked_names": "masked, for what hangs in public",
    "registry.number_ends": "yes or no, for who holds a receipt",
    "staff.areas_with": "where there is a window is written at its door",
    "staff.at_desks": "who has a case and to whom it went; who holds which post hangs at every counter",
    "staff.desks": "a case goes on to desks outside the scope of who has it",
    "window.eligible": "posts, which are open knowledge; who is recused is not told",
    "window.hanging": "what hangs in public, masked and for its days",
    "window.followed": "of a case whose receipt was proved",
    "window.left_behind": "a condition for rows that a scoped query gave",
    "window.next_desk": "a post, which is open knowledge",
    "window.prove_receipt": "is the proof itself",
    "window.free_slots": "half hours and numbers, for whoever books",
    "window.office_of": "where there is a window is written at its door",
    "window.offices": "where there is a window is written at its door",
    "window.own_tickets": "of ids that the browser which booked holds; a ticket is nobody's",
    "window.queue": "numbers on the screen at the wall; a ticket is nobody's",
    "window.tickets_of": "numbers and hours; a ticket is nobody's",
    "window.waiting_at": "how many wait, as everybody in the room sees",
    "window.recused": "yes or no, asked before anything is shown",
    "exchange.described": "of rows that a scoped query gave",
    "exchange.headings_of": "of an import that a scoped query gave",
    "exchange.columns_of": "of an import that a scoped query gave",
    "indicators.journal_end": "a position, no figure",
    "indicators.told": "a count of messages, no figure",
    "registry.entries_of_records": "ids only, for the network",
    "registry.merged_records": "ids only, for the network",
    "registry.deaths_before_a_move": "facts only, for the network",
    "registry.named_beside": "ids only, for the network",
    "registry.open_conflicts": "a count, for the status of the node",
    "registry.record_areas": "ids only, for the network",
    "registry.residents": "ids only, for the network",
    "window.case_areas": "ids only, for the network",
    "window.entries_of_cases": "ids only, for the network",
    "indicators.book": "definitions: public",
    "indicators.one_instant": "no figure: the transaction in which figures are read",
}

PURE = ("rules", "facts", "definitions", "problems")
IMPURE_MODULES = {"django", "os", "random", "secrets", "time", "socket", "subprocess", "uuid7"}
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "time.time",
    "time.time_ns",
}
READS_CLOCK_WITHOUT_ARGUMENT = {"localdate", "localtime", "timezone.localdate", "timezone.localtime", "now"}
CLOCK_ROOM = "node/clock.py"


def offered(room: str) -> list[ast.FunctionDef]:
    """The queries that a room offers: its file's public functions, or those which its folder names."""
    found = [function for path in part(room, "queries") for function in functions(path)]
    face = HOUSE / room / "queries" / "__init__.py"
    if face.exists():
        named_ = next(ast.literal_eval(node.value) for node in tree(face).body if isinstance(node, ast.Assign))
        return [function for function in found if function.name in named_]
    return found


ACTIONS = [
    (path, function) for room in domain_rooms() for path in part(room, "actions") for function in functions(path)
]
QUERIES = [(room, function) for room in rooms() for function in offered(room)]


def name_of(value: object) -> str:
    """How a test of one function is called."""
    return value.name if isinstance(value, ast.FunctionDef) else ""


@pytest.mark.parametrize(("path", "action"), ACTIONS, ids=name_of)
def test_an_action_is_one_verb_with_its_author_and_its_hour(path: Path, action: ast.FunctionDef) -> None:
    assert not [*action.args.posonlyargs, *action.args.args], "keyword-only"
    assert {"by", "at"} <= {argument.arg for argument in action.args.kwonlyargs}
    assert action.args.vararg is action.args.kwarg is None
    assert action.returns is not None
    deeds = {ast.unparse(node.func) for node in ast.walk(action) if isinstance(node, ast.Call)}
    assert deeds & {"record", "record_all", "redact"}, "an action records what happened"


def test_only_actions_write() -> None:
    writers = {
        named(path) for path in python_files() for _, called in calls(path) if called in {"record", "record_all"}
    }
    allowed = {named(path) for room in domain_rooms() for path in part(room, "actions")}
    beside = {
        "journal/recording.py": "is the way in",
        "journal/redacting.py": "erasing is a fact of the journal's own",
        "staff/accounts.py": "hands out a credential and says who did",
        "exchange/actions/exporting.py": "the edge's own verb: a roster goes out",
        "node/demo/recording.py": "the demo's years, through the same bulk path",
        "network/admitting.py": "an operator admits and revokes nodes; no officer does",
    }
    assert writers - allowed == set(beside)


@pytest.mark.parametrize(("room", "query"), QUERIES, ids=name_of)
def test_a_query_takes_a_scope_first(room: str, query: ast.FunctionDef) -> None:
    if room not in UNSCOPED and f"{room}.{query.name}" not in UNSCOPED:
        assert query.args.args[0].arg == "scope"
        assert ast.unparse(query.args.args[0].annotation or ast.Constant(None)) == "Scope"


def test_every_exemption_from_scope_is_needed() -> None:
    known = {
        f"{room}.{query.name}" for room, query in QUERIES if not query.args.args or query.args.args[0].arg != "scope"
    }
    assert {name for name in UNSCOPED if "." in name} <= known


def pure_files() -> list[Path]:
    """Files that answer from plain values alone."""
    return [*python_files_of("basis"), *(path for room in domain_rooms() for name in PURE for path in part(room, name))]


def python_files_of(room: str) -> list[Path]:
    """The files of one room."""
    return [path for path in python_files() if path.is_relative_to(HOUSE / room)]


@pytest.mark.parametrize("path", pure_files(), ids=named)
def test_rules_read_no_clock_no_settings_no_database(path: Path) -> None:
    imported = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    allowed = {"secrets"} if named(path) == "basis/ids.py" else set()
    assert not imported & IMPURE_MODULES - allowed


def test_only_one_file_reads_the_clock() -> None:
    found = {
        named(path)
        for path in python_files()
        for call, called in calls(path)
        if called in CLOCKS or (called in READS_CLOCK_WITHOUT_ARGUMENT and not call.args and "timezone" in called)
    }
    assert found == {CLOCK_ROOM}


def test_the_day_is_never_asked_of_the_machine() -> None:
    bare = [
        f"{named(path)}:{call.lineno}"
        for path in python_files()
        for call, called in calls(path)
        if called in {"localdate", "localtime"} and not call.args
    ]
    assert not bare


def test_scope_and_acting_are_made_in_one_place() -> None:
    sealed = {named(path) for path in python_files() if "_SEAL" in path.read_text("utf-8")}
    assert sealed == {"staff/scope.py"}
    callers = {(called, named(path)) for path in python_files() for _, called in calls(path)}
    assert {path for called, path in callers if called.rpartition(".")[2] == "admit"} == {"staff/session.py"}
    visitors = {path for called, path in callers if called.rpartition(".")[2] == "visitor"}
    assert visitors == {"window/views/citizen.py", "node/demo/cases.py"}, "somebody without an account"
    founders = {path for called, path in callers if called.rpartition(".")[2] == "founding"}
    assert all(path.startswith("node/") for path in founders), "only set-up commands found"


def test_no_except_that_hides_a_bug() -> None:
    wide = [
        f"{named(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]
    assert not wide
