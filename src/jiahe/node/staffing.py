"""Hands the staff room what this node decides: its roles, whether a second factor is demanded, if it is the demo."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiahe.staff.definitions import roles
from jiahe.staff.middleware import StaffMiddleware
from jiahe.staff.policy import Policy


def staff(get_response: Callable[[HttpRequest], HttpResponse]) -> StaffMiddleware:
    """Middleware: the doors, with this node's policy."""
    node = settings.JIAHE
    policy = Policy(roles=roles(node.content / "roles"), second_factor=node.second_factor, demo=node.demo)
    return StaffMiddleware(get_response, policy=policy)
