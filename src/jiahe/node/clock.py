"""The one place that reads the clock. Everything further in is told the instant."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse


def now() -> datetime:
    """This machine's present instant, aware, in UTC."""
    return datetime.now(UTC)


def request_instant(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `request.at` is the instant at which the request came in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
