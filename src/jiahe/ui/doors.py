"""Every view has a door: a page key its reader's role must have, or a word that it is public or for the signed-in.

The decorator only marks. The staff room stands at every door; a room below it can mark its views all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Door:
    """Who may pass: those whose role reads `page`, or any signed-in account, or (public) anybody."""

    page: str = ""
    public: bool = False
    signed_in: bool = False


def door(page: str = "", *, public: bool = False, signed_in: bool = False) -> Callable[[View], View]:
    """Mark a view with its door, for every method alike. Raises ValueError unless it says exactly one thing."""
    if (bool(page), public, signed_in).count(True) != 1:
        raise ValueError("a door is for a page key, or public, or for the signed-in")
    mark = Door(page, public, signed_in)

    def decorate(view: View) -> View:
        view.door = mark  # type: ignore[attr-defined]
        return view

    return decorate
