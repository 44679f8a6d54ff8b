"""Scope and Acting cannot be made outside the staff room, and say no more than the role and the area allow."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import pytest

import jiahe.staff
from jiahe.basis.privacy import Privacy
from jiahe.journal.facts import KINDS
from jiahe.staff.definitions import RoleRefused, parse
from jiahe.staff.scope import Acting, Forged, Scope, founding, matches
from tests.rooms.staff.small_office import AT, COUNTY, NORTH, NORTH_VILLAGE, SOUTH, Office

SOURCE = Path(jiahe.staff.__file__).parents[1]


def test_nobody_else_can_make_a_scope_or_an_acting() -> None:
    with pytest.raises(Forged):
        Scope("somebody", "a post", "", frozenset(Privacy), seal=object())
    with pytest.raises(TypeError):
        Scope("somebody", "a post", "", frozenset(Privacy))  # type: ignore[call-arg]
    fields = {name.name: getattr(founding("41", AT), name.name) for name in dataclasses.fields(Acting)}
    with pytest.raises(Forged):
        Acting(**fields, seal=None)


def test_a_given_scope_cannot_be_widened() -> None:
    scope = founding(NORTH, AT).scope
    with pytest.raises(ValueError, match="seal"):
        dataclasses.replace(scope, area="")
    with pytest.raises(dataclasses.FrozenInstanceError):
        scope.area = ""  # type: ignore[misc]


def test_only_the_session_admits_and_only_set_up_founds() -> None:
    """The two makers are called where they should be: no page, no action makes rights for itself."""
    callers: dict[str, set[str]] = {"admit": set(), "founding": set()}
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                name = node.id if isinstance(node, ast.Name) else node.attr
                if name in callers:
                    callers[name].add(file.relative_to(SOURCE).as_posix())
    assert callers["admit"] == {"staff/session.py"}
    assert all(file.startswith("node/") for file in callers["founding"])


def test_acting_asks_role_and_area(office: Office) -> None:
    worker = office.acting("worker")
    assert worker.may("registry.Born", NORTH_VILLAGE)
    assert not worker.may("registry.Born", NORTH)
    assert not worker.may("registry.Born", SOUTH)
    assert not worker.may("staff.PostHeld", NORTH_VILLAGE)
    assert worker.reads("registry.people")
    assert not worker.reads("staff.manage")
    assert not worker.scope.sees(Privacy.IDENTITY)


def test_scope_covers_its_area_and_below(office: Office) -> None:
    scope = office.acting("clerk").scope
    low, high = scope.range
    assert [scope.covers(code) for code in (NORTH, NORTH_VILLAGE, SOUTH, COUNTY)] == [True, True, False, False]
    assert [low <= code < high for code in (NORTH, NORTH_VILLAGE, SOUTH, COUNTY)] == [True, True, False, False]


def test_least_privilege(office: Office) -> None:
    """What the roles of the county must never be able to do."""
    roles = office.roles
    assert roles["city_supervisor"].fields == {Privacy.OPEN}
    assert not any(page.startswith(("registry", "staff.posts")) for page in roles["city_supervisor"].reads)
    for role in ("administrator", "auditor"):
        assert not any(page.startswith("registry") for page in roles[role].reads)
        assert roles[role].fields == {Privacy.OPEN, Privacy.INTERNAL}
        assert not any(matches(pattern, "registry.Born") for pattern in roles[role].records)
    assert roles["auditor"].records == ("staff.DutyDone", "conduct.LatenessJudged", "conduct.AppealDecided")
    managing = [
        role.id for role in roles.values() if any(matches(pattern, "staff.PostHeld") for pattern in role.records)
    ]
    assert managing == ["administrator"]


def test_who_cares_for_everybody_in_the_area(office: Office) -> None:
    """Where nobody does, whoever opens a record writes why; a set-up command cares for nobody either."""
    for key, cares in {"manager": False, "admin": False, "clerk": True, "worker": True}.items():
        assert (office.acting(key).cares, office.acting(key).scope.cares) == (cares, cares)
    assert not office.by.cares


def test_roles_name_kinds_that_exist(office: Office) -> None:
    verbs = {kind.verb for kind in KINDS.values()}
    unknown = {
        f"{role.id}: {pattern}"
        for role in office.roles.values()
        for pattern in role.records
        if not any(matches(pattern, verb) for verb in verbs)
    }
    assert unknown == set()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("level = [", "levels = ["), "missing level"),
        (('records = ["', 'records = ["everything", "'), "records cannot be 'everything'"),
        (("care = false", 'care = "no"'), "care must be true or false"),
        (('fields = ["open"', 'fields = ["open", "secret"'), "fields cannot be 'secret'"),
        (('zh_hant = "審計員"', 'zh = "x"'), "title must be written in en and zh_hant"),
        (('"staff.DutyDone"', '"staff.DutyDone", "staff.DutyDone"'), "says something twice"),
        (('id = "auditor"', 'id = "other"'), "the file must be other.toml"),
    ],
)
def test_a_role_that_says_nonsense_is_refused(change: tuple[str, str], reason: str) -> None:
    text = (SOURCE.parents[1] / "content/roles/auditor.toml").read_text("utf-8")
    assert change[0] in text
    with pytest.raises(RoleRefused, match=reason):
        parse(text.replace(*change), name="auditor.toml")
