"""Problems shown to a person: as a page with its status, or on the form where they belong."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from jiahe.basis.languages import Text
from jiahe.basis.problem import N_, Problem

_log = logging.getLogger(__name__)


class CursorUnreadable(Problem):
    """The address of a list's page was made elsewhere, or is damaged."""

    code = "ui.cursor_unreadable"
    status = 400
    what = N_("This page of the list cannot be opened.")
    why = N_("Its address is damaged, or was made on another system.")
    now = N_("Open the list again from its first page.")


class RequestTooLarge(Problem):
    """More was sent than the page takes."""

    code = "ui.request_too_large"
    status = 413
    what = N_("What was sent is too much for this page.")
    why = N_("It takes at most {most} MB at a time, and nothing of it was read.")
    now = N_("Send less at a time: shorter texts, fewer files or smaller ones.")


@dataclass(frozen=True, slots=True)
class Sentences:
    """A problem in the reader's language."""

    what: str
    why: str
    now: str


def in_words(problem: Problem) -> Sentences:
    """The problem's sentences, translated, with their named places filled."""
    language = get_language() or "en"
    values = {
        name: value.in_language(language) if isinstance(value, Text) else value
        for name, value in problem.values.items()
    }
    what, why, now = (
        gettext(sentence).format(**values) if sentence else "" for sentence in (problem.what, problem.why, problem.now)
    )
    return Sentences(what, why, now)


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a calm page with its status, or as a part where htmx asked for a part."""
    template = "errors/_problem.html" if request.headers.get("HX-Request") else "errors/problem.html"
    context = {"said": in_words(problem), "code": problem.code, "status": problem.status}
    return render(request, template, context, status=problem.status)


def add_to(form: BaseForm, problem: Problem, **here: str) -> None:
    """Puts the problem on its field, or above the form when it has none there. `here`: what a field is called there."""
    said = in_words(problem)
    named = here.get(problem.field or "", problem.field)
    field = named if named in form.fields else None
    form.add_error(field, " ".join(part for part in (said.what, said.why, said.now) if part))


@contextmanager
def problems_on(form: BaseForm, **here: str) -> Iterator[None]:
    """`with problems_on(form): act(...); return redirect(...)`: a Problem raised inside ends up on the form."""
    try:
        yield
    except Problem as problem:
        add_to(form, problem, **here)


class StorageRefuses(Problem):
    """The database did not take a change: the disk is full or failing, or it is locked or out of reach."""

    code = "ui.storage_refuses"
    status = 503
    what = N_("This could not be saved, and nothing of it was.")
    why = N_("The disk of this node is full or failing, or its database is busy or out of reach.")
    now = N_("Keep this page open and send it again in a minute. If it goes on, tell whoever runs this node.")


def page_of(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The page of a Problem, or of a database that refuses; None for anything else: it is a bug and crashes."""
    if isinstance(exception, OperationalError):
        _log.error("the database refuses: %s", exception)
        return problem_page(request, StorageRefuses())
    return problem_page(request, exception) if isinstance(exception, Problem) else None


class ProblemMiddleware:
    """Turns a Problem no view has caught into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes through. Raises BadRequest for an address with a NUL: none of ours has one, and PostgreSQL chokes."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Asked by Django when a view raised."""
        return page_of(request, exception)
