"""In whose area a case lies: the node that acts there decides it, every other reads it and brings to it.

What can be done everywhere (bringing, withdrawing) never moves a case from one node to another, and each fact that
moves one comes from the node that held it. So two nodes are never both in the right, whatever they have not heard yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from jiahe.basis.areas import lies_in
from jiahe.journal import origins
from jiahe.journal.problems import HeldElsewhere
from jiahe.journal.wiring import current
from jiahe.places import queries as places
from jiahe.places.rules import LENGTHS
from jiahe.staff import queries as staff
from jiahe.window.definitions import services
from jiahe.window.models import Case
from jiahe.window.rules.story import OVER, Phase


def lying(rows: Collection[Case], *, on: date) -> dict[UUID, str]:
    """In which area each of the cases lies on the day; those that are over lie nowhere.

    A case lies where the desk is that has its turn: the one its step is on; at reception and for delivery, and while
    the applicant's answer is awaited, that of the post which answers to him. Whether somebody sits there does not
    matter: nobody's absence changes who decides. On nobody's desk, or on one left behind when the map was redrawn, it
    lies in its own area, at the level of its step. As many statements for a thousand as for one.
    """
    open_ = [row for row in rows if row.phase not in OVER]
    desks = {row.id: row.desk if row.stage else row.owner for row in open_}
    posts = staff.at_desks({post for post in desks.values() if post is not None}, on=on)
    now = places.moved(on=on)
    found = {}
    for row in open_:
        area, post = now.get(row.area, row.area), posts.get(desks[row.id])  # type: ignore[arg-type]
        found[row.id] = post.area if post is not None and lies_in(area, post.area) else area[: _length(row)]
    return found


def elsewhere(rows: Iterable[Case], *, on: date) -> dict[UUID, str]:
    """Those of the cases that another node decides, with the area of that node; one statement more for each area in
    which some of them lie."""
    where = lying(list(rows), on=on)
    nodes = {area: origins.holder(area) for area in set(where.values())}
    return {case: origins.area_of(nodes[area]) for case, area in where.items() if nodes[area] != current().origin}


def require_here(*cases: UUID, on: date) -> None:
    """Raises HeldElsewhere, with the name of the area, if another node decides one of the cases: two that decide apart
    would both be right."""
    nodes = set(elsewhere(Case.objects.filter(id__in=cases), on=on).values())
    if nodes:
        area = min(nodes)
        row = places.named([area], on=on).get(area)
        raise HeldElsewhere(area=row.name if row else area)


def _length(row: Case) -> int | None:
    """How much of a case's area says where it lies on nobody's desk; None: all of it, for it stands at no step."""
    if row.phase != Phase.RUNNING or not row.stage:
        return None
    return LENGTHS[services().version(row.service, row.version).step(row.stage).level]
