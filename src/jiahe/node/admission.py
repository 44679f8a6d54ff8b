"""Staff's middleware with what this node decides handed in."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiahe.staff.definitions import roles
from jiahe.staff.middleware import StaffMiddleware
from jiahe.staff.policy import Policy


@cache
def policy() -> Policy:
    """Roles out of content/, and whether the second factor is asked for (always, but in the demo)."""
    node = settings.JIAHE
    return Policy(roles(node.content / "roles"), second_factor=node.second_factor, demo=node.demo)


def staff(get_response: Callable[[HttpRequest], HttpResponse]) -> StaffMiddleware:
    """The middleware."""
    return StaffMiddleware(get_response, policy=policy())
