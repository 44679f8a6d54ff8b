"""A view says how much it takes, and a request that says it is larger is refused before a byte of it is read.

A page that says nothing takes what forms need. Django would read whatever is sent, into memory, as soon as anybody asks
for a field; so this stands before all who ask.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from jiahe.basis.problem import Problem
from jiahe.ui.problems import RequestTooLarge, problem_page

MEGABYTE = 1024 * 1024
_AROUND = MEGABYTE
"""What stands around files in a form."""
V = TypeVar("V", bound=Callable[..., Any])


def takes(most: int, refusal: type[Problem] = RequestTooLarge) -> Callable[[V], V]:
    """Mark a view that takes up to `most` bytes of files in one request, together; more is answered with
    `refusal`, told `most` in megabytes. Raises ValueError for more than this node takes into memory
    (FILE_UPLOAD_MAX_MEMORY_SIZE)."""
    if most + _AROUND > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise ValueError(f"{most} bytes of files are more than this node takes into memory")

    def mark(view: V) -> V:
        view.takes = most, refusal  # type: ignore[attr-defined]
        return view

    return mark


def refuse_oversized(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before anything asks for what was posted. A body of which nothing says how long it is counts as empty
    (Django reads no further than `Content-Length`)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdigit() and int(said) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            most, refusal = _taken_by(request)
            if int(said) > most + _AROUND:
                return problem_page(request, refusal(most=most // MEGABYTE))
        return get_response(request)

    return middleware


def _taken_by(request: HttpRequest) -> tuple[int, type[Problem]]:
    nothing = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, RequestTooLarge
    try:
        return getattr(resolve(request.path_info).func, "takes", nothing)
    except Resolver404:
        return nothing
