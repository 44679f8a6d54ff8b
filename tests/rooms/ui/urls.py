"""Addresses for the tests of this room; each view shows one piece."""

from datetime import UTC, datetime
from types import SimpleNamespace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path

from jiahe.basis.problem import N_, Problem
from jiahe.ui.frame import Frame, NavGroup, NavItem, PostChoice
from jiahe.ui.oversize import MEGABYTE, takes
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect

PAGE = """{% extends "ui/page.html" %}{% block title %}Book{% endblock %}
{% block heading %}Book{% endblock %}
{% block content %}{% include "ui/form.html" with submit="Lend" cancel="/" %}{% endblock %}"""


class CardExpired(Problem):
    """A library's reading card, as everywhere where no domain word may stand."""

    code = "library.card_expired"
    status = 409
    what = N_("The address is mistyped, or the record is not in your area.")
    why = "It ended on {on}."
    now = "Renew it."
    field = "card"


class Enormous(Problem):
    """A photograph for a wall."""

    code = "library.enormous"
    status = 413
    what = "The photograph has more than {most} MB."
    now = "Bring a smaller one."


class Loan(forms.Form):
    """A form with one of each kind of field."""

    fieldsets = (("Reader", ("card", "kind", "told")),)
    card = forms.CharField(label="Card", help_text="On its back.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Adult"), ("c", "Child")], widget=forms.RadioSelect)
    told = forms.BooleanField(label="Told")
    due_on = forms.DateField(label="Due on", required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)


def frame(request: HttpRequest) -> Frame:
    """Two posts, a warning, and a page that this officer may not read."""
    items = (NavItem("Board", "book", "chart-bar", "book"), NavItem("Vault", "vault", "lock", "hidden"))
    posts = (PostChoice("1", "Clerk", "Desk", current=True), PostChoice("2", "Guard", "Door"))
    return Frame(
        (NavGroup("", items),), "Pingyu", "0.1", True, ("Clock behind.",), posts=posts, switch_post_url="/switch"
    )


def officer(get_response):
    """Middleware: somebody acts, at a fixed instant."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = datetime(2026, 11, 23, 10, tzinfo=UTC)
        request.acting = SimpleNamespace(reads=lambda page_key: page_key != "hidden")
        return get_response(request)

    return middleware


def book(request: HttpRequest) -> HttpResponse:
    """The usual shape of a view that takes a form."""
    form = Loan(request.POST or None)
    if form.is_valid():
        with problems_on(form):
            if form.cleaned_data["card"] == "old":
                raise CardExpired(on="2026-01-01")
            return redirect("book", "Lent.")
    page = engines["django"].from_string(PAGE).render({"form": form}, request)
    return HttpResponse(page, status=422 if form.errors else 200)


def uncaught(request: HttpRequest) -> HttpResponse:
    """A view that lets a problem go."""
    raise CardExpired(on="2026-01-01")


def bug(request: HttpRequest) -> HttpResponse:
    """A view with a bug, while even the frame cannot be made."""
    request.session = None
    raise RuntimeError


def empty(request: HttpRequest) -> HttpResponse:
    """A list with nothing in it."""
    return render(
        request, "ui/empty.html", {"title": "No books", "text": "Buy one.", "action": "/buy", "action_label": "Buy"}
    )


@takes(5 * MEGABYTE, Enormous)
def photograph(request: HttpRequest) -> HttpResponse:
    """A view that takes files."""
    return HttpResponse(str(request.FILES["photo"].size))


urlpatterns = [
    path("photograph/", photograph),
    path("book/", book, name="book"),
    path("vault/", book, name="vault"),
    path("uncaught/", uncaught),
    path("bug/", bug),
    path("empty/", empty),
]
handler400 = "jiahe.ui.errors.bad_request"
handler403 = "jiahe.ui.errors.forbidden"
handler404 = "jiahe.ui.errors.not_found"
handler500 = "jiahe.ui.errors.server_error"
