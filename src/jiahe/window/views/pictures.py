"""The process of a service as it is drawn on a page: once for a desk, once for a phone; the style sheet shows one."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from jiahe.staff.request import StaffRequest
from jiahe.window.definitions.shapes import Service
from jiahe.window.rules.picture import picture

_WIDE, _PHONE = 560, 320


class Pictures(NamedTuple):
    """Two drawings of one process."""

    wide: SafeString
    phone: SafeString


def pictures(request: StaffRequest, service: Service, *, current: str = "") -> Pictures:
    """The process, with the step `current` marked."""
    language = get_language() or "en"
    drawn = (
        picture(service, request.policy.roles, language=language, current=current, wide=w) for w in (_WIDE, _PHONE)
    )
    # our own drawing; every word in it is escaped there
    return Pictures(*(mark_safe(each) for each in drawn))  # noqa: S308
