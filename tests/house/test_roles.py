"""Roles are data: what they name exists, and what exists is somebody's."""

import pytest

from jiahe.journal.facts import KINDS
from jiahe.node.admission import policy
from jiahe.node.navigation import NAVIGATION
from jiahe.node.settings import PROJECT
from jiahe.staff.definitions import Role, roles
from jiahe.staff.scope import matches
from jiahe.ui.icons import ICONS
from tests.house.census import addresses, kinds

ROLES = roles(PROJECT / "content" / "roles")
VERBS = {KINDS[name].verb for name in kinds()}
PAGES = {address.view.door.page for address in addresses() if address.view.door.page}
"""Page keys that some door asks for."""


def test_the_nine_roles() -> None:
    clerks = {"village_worker", "township_clerk", "window_clerk"}
    office = {"county_manager", "register_steward", "city_supervisor", "auditor", "administrator"}
    assert set(ROLES) == clerks | office | {"clinician"}
    assert {role.id for role in ROLES.values() if role.care} == clerks | {"clinician"}
    assert dict(policy().roles) == ROLES


@pytest.mark.parametrize("role", ROLES.values(), ids=list(ROLES))
def test_what_a_role_records_and_reads_exists(role: Role) -> None:
    assert not [pattern for pattern in role.records if not any(matches(pattern, verb) for verb in VERBS)]
    assert not role.reads - PAGES


def test_every_page_is_read_by_some_role() -> None:
    assert not PAGES - {page for role in ROLES.values() for page in role.reads}


def test_every_fact_may_be_recorded_by_some_role() -> None:
    patterns = {pattern for role in ROLES.values() for pattern in role.records}
    by_nobody_here = {
        "window.ServiceRated": "whoever was served says so, without an account",
        "network.NodeAdmitted": "an operator at the machine, by ./jiahe node",
        "network.NodeRevoked": "an operator at the machine, by ./jiahe node",
        "network.PutBackAccepted": "an operator at the machine, by ./jiahe node",
        "journal.NodePutBack": "an operator at the machine, by ./jiahe node",
    }
    verbs = [verb for verb in VERBS if verb not in by_nobody_here]
    assert not [verb for verb in verbs if not any(matches(pattern, verb) for pattern in patterns)]


def test_every_item_of_the_navigation_leads_somewhere() -> None:
    items = [item for group in NAVIGATION for item in group.items]
    by_name = {address.name: address for address in addresses() if not address.values}
    for item in items:
        assert item.icon in ICONS
        assert item.url_name in by_name, f"{item.url_name} is no address"
        assert by_name[item.url_name].view.door.page == item.page_key
    assert len({item.url_name for item in items}) == len(items)


def test_no_role_may_see_what_its_duty_does_not_need() -> None:
    """The one thing a change of a file must not do by the way."""
    sees = {role.id: sorted(role.fields) for role in ROLES.values()}
    assert sees == {
        "administrator": ["internal", "open"],
        "auditor": ["internal", "open"],
        "city_supervisor": ["open"],
        "clinician": ["contact", "internal", "open", "personal"],
        "county_manager": ["internal", "open", "personal"],
        "register_steward": ["contact", "identity", "internal", "open", "personal"],
        "township_clerk": ["contact", "identity", "internal", "open", "personal"],
        "village_worker": ["contact", "internal", "open", "personal"],
        "window_clerk": ["contact", "identity", "internal", "open", "personal"],
    }
