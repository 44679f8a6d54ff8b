"""Language and light or dark, kept in cookies; a link is enough to change them, so it works without JavaScript.

`?language=zh-hant` or `?theme=dark` on any address sets the cookie and returns to the address without it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.encoding import escape_uri_path

from jiahe.basis.languages import LANGUAGES

THEME_COOKIE = "jiahe_theme"
THEMES = ("light", "dark", "auto")
_YEAR = 365 * 24 * 3600


def preferences(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before LocaleMiddleware: `request.theme` is "light", "dark" or "" (as the system wishes)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language, theme = request.GET.get("language"), request.GET.get("theme")
        if request.method == "GET" and (language in LANGUAGES or theme in THEMES):
            return _kept(request, language, theme)
        chosen = request.COOKIES.get(THEME_COOKIE, "")
        request.theme = chosen if chosen in {"light", "dark"} else ""  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _kept(request: HttpRequest, language: str | None, theme: str | None) -> HttpResponse:
    rest = request.GET.copy()
    rest.pop("language", None)
    rest.pop("theme", None)
    # one leading slash only: "//host/" would lead away from this node
    address = "/" + escape_uri_path(request.path).lstrip("/")
    response = HttpResponseRedirect(f"{address}?{rest.urlencode()}" if rest else address)
    if language in LANGUAGES:
        _set(response, settings.LANGUAGE_COOKIE_NAME, language)
    if theme in THEMES:
        _set(response, THEME_COOKIE, theme)
    return response


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )
