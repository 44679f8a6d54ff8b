"""The posts to choose from for a step."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.window import queries
from jiahe.window.views import words


def desks_for(request: StaffRequest, cases: Sequence[UUID]) -> list[tuple[str, str]]:
    """Whom the steps of all these cases can go to, after "whoever has the least"."""
    today = civil_day(request.at)
    found: dict[UUID, str] = {}
    for n, case in enumerate(cases):
        here = {row.id: row for row in queries.desks_of(request.scope, case, on=today)}
        named = words.areas({row.area for row in here.values()}, on=today)
        these = {id_: words.post(row, named[row.area]) for id_, row in here.items()}
        found = these if n == 0 else {id_: label for id_, label in found.items() if id_ in these}
    return [("", _("Each on the desk with the least to do")), *((str(id_), label) for id_, label in found.items())]
