"""How a successful POST answers: see other, with one sentence to be shown there."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url


class SeeOther(HttpResponse):
    """303: fetch the next page with GET, so that reloading it sends nothing twice."""

    status_code = 303

    def __init__(self, address: str, message: str | None = None) -> None:
        super().__init__(headers={"Location": address})
        self.message = message


def redirect(to: str, message: str | None = None, **names: object) -> SeeOther:
    """303 to an address or a URL name with its arguments `names`; `message` is shown there once."""
    return SeeOther(resolve_url(to, **names), message)


def keep_message(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after MessageMiddleware: the redirect's sentence waits for the next page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, SeeOther) and response.message:
            messages.success(request, response.message)
        return response

    return middleware
