"""Filters for the journal's pages."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext

from jiahe.staff.scope import FOUNDING, VISITOR

register = template.Library()


@register.filter
def hexadecimal(value: bytes) -> str:
    """Bytes as hexadecimal digits."""
    return bytes(value).hex()


@register.filter
def of(names: Mapping[str, str], officer: str) -> str:
    """The officer's name; who is not of this area stays unnamed, and what set-up recorded says so."""
    if officer == VISITOR:
        return gettext("a visitor")
    return gettext("Set-up") if officer == FOUNDING else names.get(officer, gettext("an officer of another area"))
