"""A request larger than any file we take is refused by what it says of its size, before a byte of it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from jiahe.exchange.problems import FileTooLarge
from jiahe.exchange.reading import limits
from jiahe.ui.problems import problem_page

_AROUND = limits.MEGABYTE
"""What stands around a file in a form."""


def refuse_oversized(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before anything asks for what was posted."""

    def middleware(request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdigit() and int(said) > limits.FILE_BYTES + _AROUND:
            return problem_page(request, FileTooLarge(most=limits.FILE_BYTES // limits.MEGABYTE))
        return get_response(request)

    return middleware
