"""What this node shows around every page: its name, its navigation, and what is not as it should be."""

from datetime import datetime
from functools import cache
from importlib.metadata import version

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from jiahe.basis.problem import Problem
from jiahe.journal.queries import skew_ms
from jiahe.network import status as network
from jiahe.node import levels
from jiahe.node.navigation import navigation
from jiahe.places import queries as places
from jiahe.staff import budget
from jiahe.staff.request import StaffRequest
from jiahe.staff.scope import Acting
from jiahe.staff.session import civil_day
from jiahe.ui.frame import Frame, PostChoice

_SKEW_SHOWN_MS = 10 * 60 * 1000


def frame(request: StaffRequest) -> Frame:
    """The frame of a page for whoever asks for it."""
    node = settings.JIAHE
    acting = getattr(request, "acting", None)
    language = get_language() or "en"
    return Frame(
        navigation=navigation(node.level),
        node_name=_place(node.area, request, language),
        version=_version(),
        demo=node.demo,
        warnings=(
            (*_warnings(request.at), *_of_the_network(acting, request.at), *_nearly_spent(acting, request.at))
            if acting
            else ()
        ),
        officer=acting.name if acting else str(request.user) if request.user.is_authenticated else "",
        posts=tuple(
            PostChoice(
                id=str(holding.post),
                title=holding.title.in_language(language),
                place=_place(holding.area, request, language),
                current=acting is not None and str(holding.post) == acting.post,
            )
            for holding in getattr(request, "holdings", ())
        ),
        home_url="/",
        public_url=reverse("window:guide") if levels.has(node.level, "window:guide") else "",
        account_url=reverse("staff:account"),
        sign_in_url=reverse("account_login"),
        sign_out_url=reverse("account_logout"),
        switch_post_url=reverse("staff:choose_post"),
    )


def _warnings(at: datetime) -> list[str]:
    found = []
    if not settings.JIAHE.second_factor:
        found.append(gettext("Demo: log-in asks for no second factor. Never enter real people here."))
    if (skew := skew_ms(at)) > _SKEW_SHOWN_MS:
        minutes = skew // 60_000
        message = gettext(
            "The clock of this or another node is wrong by {minutes} minutes; order is kept. Set the clock."
        )
        found.append(message.format(minutes=minutes))
    return found


def _of_the_network(acting: Acting, at: datetime) -> list[str]:
    alarm = network.alarm(at=at)
    found = []
    if alarm.behind:
        found.append(
            gettext(
                "This node was put back to an earlier state. Nothing can be recorded until what is missing is back."
            )
        )
    if alarm.troubled and acting.reads("network"):
        found.append(gettext("The network needs looking after: the page “Network” says what is wrong and what to do."))
    return found


def _nearly_spent(acting: Acting, at: datetime) -> list[str]:
    noted = budget.note(acting, at=at)
    if noted is None:
        return []
    spent, limit = noted
    message = gettext(
        "Today you have seen {seen} of {seen_limit} rows of people and exported {exported} of {exported_limit}."
    )
    return [
        message.format(seen=spent.seen, seen_limit=limit.seen, exported=spent.exported, exported_limit=limit.exported)
    ]


def _place(code: str, request: StaffRequest, language: str) -> str:
    try:
        return places.area(code, on=civil_day(request.at)).name.in_language(language)
    except Problem:
        return code


@cache
def _version() -> str:
    return version("jiahe")
