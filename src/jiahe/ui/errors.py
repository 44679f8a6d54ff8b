"""Django's own errors in the same calm words; node/urls names these as handler400, 403, 404, 500."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from jiahe.basis.problem import N_, Problem
from jiahe.ui.problems import in_words, problem_page


class RequestUnreadable(Problem):
    """The browser sent something this system cannot read."""

    code = "ui.request_unreadable"
    status = 400
    what = N_("This request could not be read.")
    why = N_("Something in it is damaged or missing.")
    now = N_("Go back, reload the page and try again.")


class FormExpired(Problem):
    """The cross-site request forgery token is missing or old."""

    code = "ui.form_expired"
    status = 403
    what = N_("This form is no longer valid, so nothing was saved.")
    why = N_("It was open for too long, or you signed in again meanwhile, or the browser blocks cookies.")
    now = N_("Go back with the browser's button: what you typed is usually still there. Reload, and send it again.")


class NotYours(Problem):
    """The acting post may not open this."""

    code = "ui.not_yours"
    status = 403
    what = N_("This page is not part of your post.")
    why = N_("Each post opens only what its duties and its area need.")
    now = N_("If you hold another post, choose it above. If your duties have changed, ask your administrator.")


class NotFound(Problem):
    """No such address, or nothing there that this post may know of."""

    code = "ui.not_found"
    status = 404
    what = N_("There is nothing here.")
    why = N_("The address is mistyped, or the record is not in your area.")
    now = N_("Check the address, or start again from the first page.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return problem_page(request, RequestUnreadable())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return problem_page(request, NotYours())


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for settings.CSRF_FAILURE_VIEW; the reason is for developers and is not shown."""
    return problem_page(request, FormExpired())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; never says what was looked for."""
    return problem_page(request, NotFound())


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without request, session or database, since one of them may be what broke."""
    problem = SystemFault()
    theme = getattr(request, "theme", "")
    context = {"said": in_words(problem), "code": problem.code, "status": 500, "theme": theme, "bare": True}
    return HttpResponse(render_to_string("errors/problem.html", context), status=500)


class SystemFault(Problem):
    """A bug, or a broken part."""

    code = "ui.system_fault"
    status = 500
    what = N_("Something in the system has failed.")
    why = N_("It is not your doing. What had been saved before is safe.")
    now = N_("Wait a minute and try again. If it stays, tell your administrator the time and what you were doing.")
