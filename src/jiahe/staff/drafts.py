"""What was typed and could not be taken (the session had ended, or the post was another) is kept for the same officer,
and given back on the same page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from jiahe.journal.tables import upsert
from jiahe.staff.doors import page_of
from jiahe.staff.models import PATH, Draft
from jiahe.staff.request import StaffRequest
from jiahe.staff.rules import DRAFT_KEPT, DRAFT_LIMIT

_GIVEN_BACK = "staff.draft"
_NEVER = ("password", "csrf", "_once", "code", "secret", "token")
_HIDDEN = "_post"


def keep(request: StaffRequest, *, credential: int) -> None:
    """Keep the form of this POST for the credential whose session ended; secrets and oversized forms are left out."""
    fields = request.POST.copy()
    for name in [name for name in fields if name == _HIDDEN or any(word in name.casefold() for word in _NEVER)]:
        del fields[name]
    typed, path = fields.urlencode(), _path(request)
    if fields and len(typed) <= DRAFT_LIMIT and len(path) <= PATH:
        row = Draft(credential_id=credential, path=path, typed=typed, at=request.at)
        upsert(Draft, [row], key=("credential", "path"), update=("typed", "at"))


def typed(request: StaffRequest) -> QueryDict | None:
    """What this officer had typed on this page when his session ended, to fill the form with; or None.

    `form = PersonForm(initial=typed.dict())` for plain fields, or bind it to show its problems at once.
    """
    if not request.user.is_authenticated:
        return None
    since = request.at - DRAFT_KEPT
    draft = Draft.objects.filter(credential=request.user.pk, path=request.path, at__gt=since).first()
    if draft is None:
        return None
    request.session[_GIVEN_BACK] = draft.path
    messages.info(request, _("What you had typed is here again: check it and send it."))
    return QueryDict(draft.typed)


def settle(request: StaffRequest, response: HttpResponse) -> None:
    """After a given-back form was sent with success, its draft goes, and with it all that are too old."""
    given = request.session.get(_GIVEN_BACK)
    if given is None or request.method != "POST" or response.status_code not in {302, 303} or _path(request) != given:
        return
    del request.session[_GIVEN_BACK]
    Draft.objects.filter(credential=request.user.pk, path=given).delete()
    Draft.objects.filter(at__lte=request.at - DRAFT_KEPT).delete()


def forget(parts: Collection[str], *, at: datetime) -> None:
    """Delete the drafts of pages whose address has one of these parts (between slashes), whoever typed them, and all
    that are too old."""
    wanted = set(parts)
    gone = [draft for draft, path in Draft.objects.values_list("id", "path") if not wanted.isdisjoint(path.split("/"))]
    Draft.objects.filter(id__in=gone).delete()
    Draft.objects.filter(at__lte=at - DRAFT_KEPT).delete()


def _path(request: StaffRequest) -> str:
    return page_of(request).partition("?")[0]
