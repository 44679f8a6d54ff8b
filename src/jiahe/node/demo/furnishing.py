"""Who may log in at a demo's township and city: their nodes have the people from above, but no accounts."""

from __future__ import annotations

import tomllib
from datetime import date, datetime

from django.conf import settings

from jiahe.basis.areas import lies_in
from jiahe.node.admission import policy
from jiahe.staff import accounts, actions, queries
from jiahe.staff.scope import founding

SUPERVISOR = "city"
_NAMES = {"village_worker": "village", "township_clerk": "township", "window_clerk": "window", "clinician": "clinic"}


def furnish(*, on: date, at: datetime) -> list[str]:
    """Open the demo's accounts at this node, each once; gives all there are."""
    node = settings.JIAHE
    found = {each.username for each in accounts.demo_accounts(on=on)}
    if node.level == "city" and SUPERVISOR not in found:
        by = founding(node.area, at)
        officer = actions.enrol_officer(name="Qin Yao 秦遥", area=node.area, on=on, by=by, at=at)
        role = policy().roles["city_supervisor"]
        post = actions.create_post(role=role, area=node.area, on=on, by=by, at=at)
        actions.assign_post(post=post, officer=officer, on=on, by=by, at=at)
        accounts.open_demo_accounts({SUPERVISOR: officer})
    if node.level == "township":
        scope = founding(node.area, at).scope
        rows = queries.described(queries.posts(scope, on=on, within=node.area).order_by("-area"), on=on)
        usual = _usual(node.area)
        wanted = {
            _NAMES[row.role]: row.holder.officer
            for row in rows
            if row.role in _NAMES and row.holder and usual.get(row.role, row.area) == row.area
        }
        accounts.open_demo_accounts({name: who for name, who in wanted.items() if who and name not in found})
    return sorted(each.username for each in accounts.demo_accounts(on=on))


def _usual(area: str) -> dict[str, str]:
    """By role, where in this area the demo's account of it is at the county: here it is the same officer's."""
    plan = tomllib.loads((settings.JIAHE.content / "demo" / "posts.toml").read_text("utf-8"))
    return {each["role"]: each["area"] for each in plan["accounts"] if lies_in(each["area"], area)}
