"""The type of a request behind the doors, for the signatures of views."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from jiahe.staff.models import Credential
from jiahe.staff.policy import Policy
from jiahe.staff.rules import Holding
from jiahe.staff.scope import Acting, Scope


class StaffRequest(HttpRequest):
    """What the middlewares add: the instant, who acts, what he may read.

    Behind a page's door `acting` and `scope` are never None.
    """

    at: datetime
    user: Credential
    policy: Policy
    holdings: list[Holding]
    acting: Acting
    scope: Scope
    timed_out: int | None
