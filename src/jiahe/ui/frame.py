"""What every page shows around its content: navigation by role, the acting post, warnings, the node's name.

The node room names a function in `settings.UI_FRAME` that makes a `Frame` for a request; this room only draws it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation; shown to those whose role reads `page_key`. `label` is marked with `N_`."""

    label: str
    url_name: str
    icon: str
    page_key: str


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Entries that belong together, under a heading marked with `N_` (empty: no heading)."""

    label: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class PostChoice:
    """A post the officer holds: its id, and its title and place in the reader's language."""

    id: str
    title: str
    place: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the content. `warnings` are sentences in the reader's language; addresses may be empty."""

    navigation: tuple[NavGroup, ...] = ()
    node_name: str = ""
    version: str = ""
    demo: bool = False
    warnings: tuple[str, ...] = ()
    officer: str = ""
    posts: tuple[PostChoice, ...] = ()
    home_url: str = "/"
    public_url: str = ""
    account_url: str = ""
    sign_in_url: str = ""
    sign_out_url: str = ""
    switch_post_url: str = ""

    @property
    def post(self) -> PostChoice | None:
        """The post the officer acts as now."""
        return next((post for post in self.posts if post.current), None)


@dataclass(frozen=True, slots=True)
class Link:
    """A navigation entry as drawn: its address is known, and whether the page stands under it."""

    label: str
    url: str
    icon: str
    current: bool


def links(
    request: HttpRequest, navigation: tuple[NavGroup, ...], reads: Callable[[str], bool]
) -> list[tuple[str, list[Link]]]:
    """The groups and entries to draw, without those `reads` denies; the longest matching address is current."""
    known = get_urlconf()
    groups = [
        (
            group.label,
            [(item, url) for item in group.items if reads(item.page_key) and (url := _address(item.url_name, known))],
        )
        for group in navigation
    ]
    here = [url for _, items in groups for _, url in items if request.path.startswith(url)]
    current = max(here, key=len, default=None)
    return [
        (label, [Link(item.label, url, item.icon, url == current) for item, url in items])
        for label, items in groups
        if items
    ]


@cache
def _address(url_name: str, known: str | None) -> str:
    """Its address among those that are `known`: sought once, for every page draws all of them."""
    try:
        return reverse(url_name, urlconf=known)
    except NoReverseMatch:
        return ""


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame`, `navigation` (its groups), `menu` (the same, drawn, for a page shows it twice) and
    `theme`; the first three made only when asked for."""
    acting = getattr(request, "acting", None)

    def made() -> Frame:
        path = getattr(settings, "UI_FRAME", "")
        return import_string(path)(request) if path else Frame()

    frame = SimpleLazyObject(made)
    navigation = SimpleLazyObject(lambda: links(request, frame.navigation, acting.reads) if acting else [])
    return {
        "frame": frame,
        "navigation": navigation,
        "menu": SimpleLazyObject(lambda: render_to_string("ui/_navigation.html", {"navigation": navigation})),
        "theme": getattr(request, "theme", ""),
    }
