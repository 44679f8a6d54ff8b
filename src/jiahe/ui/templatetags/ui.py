"""`{% load ui %}`: once, icon, chart, html_lang, and the filters in_language and fieldsets."""

from functools import cache
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from jiahe.basis.ids import new_id
from jiahe.basis.languages import Text
from jiahe.ui.charts import Chart
from jiahe.ui.icons import ICONS
from jiahe.ui.renderer import fieldsets as form_fieldsets

register = template.Library()

_TAGS = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """The hidden key by which the same form sent twice is done once, and the post as which it is filled in."""
    request = context["request"]
    key = format_html('<input type="hidden" name="_once" value="{}">', new_id(request.at))
    post = getattr(getattr(request, "acting", None), "post", "")
    return key + format_html('<input type="hidden" name="_post" value="{}">', post) if post else key


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """An inline icon; hidden from screen readers unless it has a `label`."""
    # the drawings are our own constants; an unknown name raises
    drawing = mark_safe(ICONS[name])  # noqa: S308
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" viewBox="0 0 24 24" {}>{}</svg>', said, drawing)


@register.simple_tag(takes_context=True)
def preference(context: Context, **choice: str) -> str:
    """The address of this page that also keeps a language or theme (jiahe.ui.preferences)."""
    parameters = context["request"].GET.copy()
    for name, value in choice.items():
        parameters[name] = value
    return f"?{parameters.urlencode()}"


@register.simple_tag
def html_lang() -> str:
    """The page's language as HTML wants it: en, zh-Hant, zh-Hans."""
    return _TAGS.get(get_language() or "en", "en")


@register.inclusion_tag("ui/_chart.html")
def chart(id: str, drawn: Chart, tall: bool = False) -> dict[str, Any]:  # noqa: A002
    """Draws a chart made by jiahe.ui.charts and loads its script; put the table it is drawn from below it."""
    return {
        "id": id,
        "chart": drawn,
        "tall": tall,
        "data": json_script(drawn.option, f"{id}-option"),
        "legend": list(enumerate(drawn.names, 1)) if len(drawn.names) > 1 else [],
    }


@register.filter
def in_language(text: Text) -> str:
    """A Text in the reader's language."""
    return text.in_language(get_language() or "en")


@register.filter
def fieldsets(form: Any) -> list[Any]:
    """The form's fields in its groups."""
    return form_fieldsets(form)
