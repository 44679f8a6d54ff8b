"""Lateness in the reader's words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from jiahe.basis.problem import N_
from jiahe.conduct.facts import Finding, Ruling
from jiahe.conduct.models import Remark
from jiahe.conduct.queries import Record, Which
from jiahe.conduct.rules.climbing import Reach
from jiahe.conduct.rules.record import State, What
from jiahe.window.definitions import services
from jiahe.window.definitions.shapes import Service
from jiahe.window.queries import CaseView
from jiahe.window.views import words as window

STATES = {
    State.OPEN: N_("to be explained"),
    State.EXPLAINED: N_("explained"),
    State.JUDGED: N_("judged"),
    State.APPEALED: N_("appealed"),
    State.FINAL: N_("final"),
}
COLOURS = {
    State.OPEN: "bg-red-lt",
    State.EXPLAINED: "bg-yellow-lt",
    State.JUDGED: "bg-blue-lt",
    State.APPEALED: "bg-yellow-lt",
    State.FINAL: "bg-secondary-lt",
}
FINDINGS = {Finding.UPHELD: N_("the post answers for it"), Finding.EXCUSED: N_("excused")}
LISTS = {
    Which.OPEN: N_("To judge"),
    Which.JUDGED: N_("Judged"),
    Which.APPEALED: N_("Appeals"),
    Which.ALL: N_("All"),
}
REACHES = {
    Reach.SUPERIOR: N_("with the superior"),
    Reach.NEXT: N_("with the next superior"),
    Reach.HEAD: N_("with the head of the county"),
}
_SAID = {
    (What.EXPLAINED, ""): N_("Explained"),
    (What.JUDGED, Finding.UPHELD): N_("Judged: the post answers for it"),
    (What.JUDGED, Finding.EXCUSED): N_("Judged: excused"),
    (What.APPEALED, ""): N_("Appealed"),
    (What.DECIDED, Ruling.CONFIRMED): N_("Appeal decided: the judgement stands"),
    (What.DECIDED, Ruling.CHANGED): N_("Appeal decided: the post is excused"),
}


def said(row: Remark) -> str:
    """What somebody did."""
    return _(_SAID[What(row.what), row.how])  # type: ignore[index]


def service_of(id_: str) -> Service | None:
    """The latest version of a service that is known here; titles of stages are looked up in it."""
    return max((each for each in services().versions if each.id == id_), key=lambda each: each.version, default=None)


def stage(record: Record) -> str:
    """What a stage is called, as far as its service still has it."""
    service = service_of(record.service)
    known = service is not None and (record.step.startswith("@") or any(s.id == record.step for s in service.steps))
    return window.stage(service, record.step) if service is not None and known else record.step


def title(service: str) -> str:
    """What a service is called."""
    found = service_of(service)
    return window.said(found.title) if found is not None else service


def lines(records: list[Record], *, on: date) -> list[dict[str, object]]:
    """Records as lines of a list."""
    posts = window.posts({each.post for each in records}, on=on)
    return [
        {
            "record": each,
            "service": title(each.service),
            "stage": stage(each),
            "post": posts.get(each.post, ""),
            "state": _(STATES[each.state]),
            "colour": COLOURS[each.state],
            "finding": _(FINDINGS[each.upshot.finding]) if each.upshot.finding else "",
        }
        for each in records
    ]


def desks(view: CaseView, n: int, *, on: date) -> list[tuple[date, str]]:
    """The desks on which a stage lay, each with the day from which; of one day the last."""
    stages = view.story.stages
    held = dict(stages[n].held if n < len(stages) else ())
    posts = window.posts(set(held.values()), on=on)
    return [(since, posts.get(desk, "")) for since, desk in held.items()]
