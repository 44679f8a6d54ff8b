"""A form is taken once. Its key, the facts it made and where it led commit together; the same key again leads to the
same place and does nothing.

After a crash the sender cannot know whether his form was taken. He sends it again, and it is recorded exactly once.
"""

import hashlib
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.core.files import File
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from jiahe.basis.ids import milliseconds
from jiahe.basis.problem import Problem
from jiahe.journal.models import Sent
from jiahe.journal.problems import KeyMissing, KeyReused
from jiahe.journal.recording import turn
from jiahe.journal.tables import insert
from jiahe.ui.problems import page_of

FIELD = "_once"
_NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}
_LEADS_ON = {302, 303}
View = Callable[..., HttpResponse]


class OnceMiddleware:
    """Wraps the view of every POST in one transaction with its key. Views marked `not_once` write no facts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Answer a POST; anything else goes its way. What the view raised is answered here, when all it did is undone:
        Django asks no `process_exception` for us."""
        if request.method != "POST" or getattr(view, "not_once", False) or not view.__module__.startswith("jiahe."):
            return None
        try:
            return _once(request, lambda: view(request, *args, **kwargs))
        except (Problem, DatabaseError) as trouble:
            page = page_of(request, trouble)
            if page is None:
                raise
            return page


def not_once(view: View) -> View:
    """Mark a view whose POST records nothing (a search, a language, a log-in), so it needs no key."""
    view.not_once = True  # type: ignore[attr-defined]
    return view


def taken(request: HttpRequest) -> bool:
    """Whether this very form was taken before, so that nothing will be done."""
    try:
        row = _sent(_key(request))
    except KeyMissing:
        return False
    return row is not None and row.digest == _digest(request)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError as error:
        raise KeyMissing() from error


def _once(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    key = _key(request)
    sender = str(request.user.pk)
    digest = _digest(request)
    with turn():
        before = _sent(key)
        if before is not None:
            if before.sender != sender or before.digest != digest:
                raise KeyReused()
            return HttpResponseRedirect(before.location, status=303)
        response = answer()
        if response.status_code in _LEADS_ON:
            at_ms = milliseconds(request.at)  # type: ignore[attr-defined]
            row = Sent(key=key, sender=sender, digest=digest, location=response["Location"], at_ms=at_ms)
            insert(Sent, [row], ignore_conflicts=False)
    return response


def _read(file: "File[bytes]") -> str:
    """What an attached file says, as a hash. Its reader begins anew."""
    file.seek(0)
    read = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return read


class _Taken(NamedTuple):
    """A form that was taken: from whom, what it said, and where it led."""

    sender: str
    digest: bytes
    location: str


def _sent(key: UUID) -> _Taken | None:
    known = key if connection.features.has_native_uuid_field else key.hex
    with connection.cursor() as cursor:
        cursor.execute("SELECT sender, digest, location FROM journal_sent WHERE key = %s", [known])
        row = cursor.fetchone()
    return _Taken(row[0], bytes(row[1]), row[2]) if row else None


def _digest(request: HttpRequest) -> bytes:
    fields = sorted((name, request.POST.getlist(name)) for name in request.POST if name not in _NOT_CONTENT)
    files = sorted((name, str(file), _read(file)) for name in request.FILES for file in request.FILES.getlist(name))
    return hashlib.sha256(repr((request.path, fields, files)).encode()).digest()
