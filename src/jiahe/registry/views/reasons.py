"""Reasons that Jiahe itself gives: recorded in English, whoever is at work, and told in the reader's language."""

from dataclasses import replace

from django.utils.translation import gettext as _

from jiahe.basis.problem import N_
from jiahe.registry.actions.records import TWICE
from jiahe.registry.queries import Opened

COMPARED = N_("Compared as likely doubles")
JUST_REGISTERED = N_("Registered just now")
_GIVEN = {COMPARED, JUST_REGISTERED, TWICE}


def told(reason: str) -> str:
    """The reason as the reader is told it; an officer's own words stay as they are."""
    return _(reason) if reason in _GIVEN else reason


def opened(each: Opened) -> Opened:
    """An opening with its reason as the reader is told it."""
    return replace(each, reason=told(each.reason))
