"""Cases in the reader's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.basis.languages import Text
from jiahe.basis.problem import N_
from jiahe.places import queries as places
from jiahe.places.facts import Level
from jiahe.places.rules import parent_of
from jiahe.staff import queries as staff
from jiahe.staff.queries import PostRow
from jiahe.staff.scope import FOUNDING, Scope
from jiahe.window.actions.working import RECUSED_REASON
from jiahe.window.definitions.shapes import End, PauseReason, Service
from jiahe.window.facts import Channel, Relation
from jiahe.window.queries import Which
from jiahe.window.rules.clock import Standing
from jiahe.window.rules.story import DELIVERY, RECEPTION, Phase

LISTS = {
    Which.MINE: N_("On my desk"),
    Which.OFFICE: N_("My office"),
    Which.TODAY: N_("Due today"),
    Which.RISK: N_("At risk"),
    Which.OVERDUE: N_("Overdue"),
    Which.UNASSIGNED: N_("On nobody's desk"),
    Which.APPLICANT: N_("Waiting for applicants"),
    Which.OWNED: N_("Asked of me first"),
}
COUNTS = {
    Which.SOON: N_("Due within five working days"),
    Which.LATER: N_("Due later"),
    Which.RECEIVED: N_("Received in the period"),
    Which.IN_TIME: N_("Accepted in the period and decided by their day"),
    Which.LATE: N_("Accepted in the period and overdue now"),
    Which.DECLINED: N_("Received in the period and not accepted"),
    Which.WITHDRAWN: N_("Received in the period and withdrawn"),
}
"""Lists that only the figures of the board lead to."""
PHASES = {
    Phase.RECEIVED: N_("received"),
    Phase.INCOMPLETE: N_("waits for the applicant"),
    Phase.RUNNING: N_("in procedure"),
    Phase.DECIDED: N_("decided"),
    Phase.CLOSED: N_("closed"),
    Phase.DECLINED: N_("not accepted"),
    Phase.WITHDRAWN: N_("withdrawn"),
}
STANDINGS = {
    Standing.DUE: N_("in time"),
    Standing.AT_RISK: N_("at risk"),
    Standing.PAUSED: N_("clock stands still"),
    Standing.OVERDUE: N_("overdue"),
}
COLOURS = {
    Standing.DUE: "bg-green-lt",
    Standing.AT_RISK: "bg-yellow-lt",
    Standing.PAUSED: "bg-blue-lt",
    Standing.OVERDUE: "bg-red-lt",
}
ENDS = {End.GRANTED: N_("granted"), End.REFUSED: N_("not granted"), End.CLOSED: N_("settled")}
CHANNELS = {
    Channel.COUNTER: N_("at the counter"),
    Channel.VISIT: N_("at a visit"),
    Channel.PHONE: N_("by telephone"),
    Channel.POST: N_("by post"),
    Channel.ONLINE: N_("online"),
}
RELATIONS = {
    Relation.MYSELF: N_("myself"),
    Relation.KIN: N_("kin"),
    Relation.OTHER: N_("another interest"),
}
REASONS = {
    PauseReason.SUPPLEMENT: N_("the applicant brings something"),
    PauseReason.HEARING: N_("a hearing"),
    PauseReason.TESTING: N_("a test or inspection"),
    PauseReason.APPRAISAL: N_("an appraisal"),
    PauseReason.EXPERT_REVIEW: N_("a review by experts"),
}
_OUTCOMES = {
    "accepted": N_("accepted as complete"),
    "silence": N_("accepted, since nobody said anything in five working days"),
    "missing_told": N_("told what is missing"),
    "handed_over": N_("handed over"),
    "declined": N_("not accepted"),
    "withdrawn": N_("withdrawn"),
    "delivered": N_("handed over to the applicant"),
}
_SENTENCES = {
    "CaseOpened": N_("Received {channel}."),
    "CodeGiven": N_("A new code for the receipt."),
    "DocumentsBrought": N_("Brought: {documents}."),
    "AttachmentAdded": N_("A picture or file was kept: {document}."),
    "MissingTold": N_("Told once what is missing: {documents}."),
    "CaseAccepted": N_("Accepted; a decision is promised by {promised}."),
    "CaseDeclined": N_("Not accepted."),
    "CaseHandedOver": N_("Handed over to {area} {post}."),
    "DeskGiven": N_("“{step}” lies with: {post}."),
    "StepDecided": N_("“{step}”: {outcome}."),
    "ClockStopped": N_("The clock was stopped: {reason}."),
    "ClockResumed": N_("The clock goes on."),
    "CaseExtended": N_("The limit was extended by {days} working days."),
    "CaseWithdrawn": N_("Withdrawn by the applicant."),
    "ResultDelivered": N_("The result was handed over {channel}."),
    "CaseInspected": N_("Opened by an officer who has no step in it."),
}


def said(text: Text) -> str:
    """A Text in the reader's language."""
    return text.in_language(get_language() or "en")


def areas(codes: Iterable[str], *, on: date) -> dict[str, str]:
    """The names of areas, a village with its township; the code where there is none."""
    wanted = {code for code in codes if code}
    named = places.named(wanted | {parent_of(code) for code in wanted}, on=on)
    found = {}
    for code in wanted:
        row = named.get(code)
        above = named.get(row.parent) if row is not None and row.level is Level.VILLAGE else None
        names = [said(each.name) for each in (above, row) if each is not None]
        found[code] = " · ".join(names) or code
    return found


def posts(ids: Collection[UUID | None], *, on: date) -> dict[UUID | None, str]:
    """Posts with who holds them; nobody's where there is none."""
    rows = staff.at_desks([each for each in ids if each is not None], on=on)
    named = areas((row.area for row in rows.values()), on=on)
    found: dict[UUID | None, str] = {None: _("nobody yet")}
    return found | {id_: post(row, named[row.area]) for id_, row in rows.items()}


def offices(ids: Collection[UUID | None], *, on: date) -> dict[UUID | None, str]:
    """Posts as the public sees them: their title and area; who holds them is nobody else's business."""
    rows = staff.at_desks([each for each in ids if each is not None], on=on)
    named = areas((row.area for row in rows.values()), on=on)
    found: dict[UUID | None, str] = {None: _("nobody yet; whoever leads the office must give it to somebody")}
    return found | {id_: f"{said(row.title)} · {named[row.area]}" for id_, row in rows.items()}


def post(row: PostRow, area: str) -> str:
    """A post in one line: its title, its area, its holder."""
    holder = row.holder.name if row.holder and row.holder.officer else _("vacant")
    return f"{said(row.title)} · {area} · {holder}"


def stage(service: Service, step: str) -> str:
    """What a stage is called."""
    if step in ("", RECEPTION):
        return _("Reception")
    return _("Handing over the result") if step == DELIVERY else said(service.step(step).title)


def outcome(service: Service, step: str, id_: str) -> str:
    """How a stage came out."""
    if not id_ or id_ in _OUTCOMES:
        return _(_OUTCOMES[id_]) if id_ else ""
    return said(next(each.title for each in service.step(step).outcomes if each.id == id_))


def documents(service: Service, ids: Iterable[str]) -> str:
    """Documents by name, as one line."""
    titles = {each.id: said(each.title) for each in service.documents}
    return ", ".join(titles.get(each, each) for each in ids)


def reason(why: str) -> str:
    """A recorded reason; one of our own in the reader's language."""
    return _("has no part in this case") if why == RECUSED_REASON else why


def sentence(fact: Any, service: Service, desks: Mapping[UUID | None, str], named: Mapping[str, str]) -> str:
    """What a fact says of its case; None: it was erased."""
    if fact is None:
        return _("The contents of this entry were erased.")
    values = {
        "channel": _(CHANNELS[fact.channel]) if hasattr(fact, "channel") else "",
        "documents": documents(service, getattr(fact, "documents", getattr(fact, "missing", ()))),
        "document": documents(service, [fact.document]) if getattr(fact, "document", "") else _("other"),
        "promised": str(getattr(fact, "promised_on", None) or ""),
        "area": named.get(getattr(fact, "area", ""), ""),
        "post": desks.get(getattr(fact, "post", None), _("a post of another area")) if hasattr(fact, "post") else "",
        "step": stage(service, fact.step) if hasattr(fact, "step") else "",
        "outcome": outcome(service, fact.step, fact.outcome) if hasattr(fact, "outcome") else "",
        "reason": _(REASONS[fact.reason]) if hasattr(fact, "reason") else "",
        "days": getattr(fact, "days", ""),
    }
    return _(_SENTENCES[type(fact).__name__]).format(**values)


def authors(scope: Scope, signed: Iterable[tuple[str, str]], *, on: date) -> dict[tuple[str, str], str]:
    """Who the (officer, post) pairs are: the name and the title of the post."""
    pairs = set(signed)
    rows = staff.at_desks([UUID(post) for _officer, post in pairs if _is_id(post)], on=on)
    names = staff.officer_names(scope, [officer for officer, _post in pairs if _is_id(officer)])
    found = {}
    for officer, post_ in pairs:
        if officer == FOUNDING:
            found[officer, post_] = _("Set-up")
            continue
        row = rows.get(UUID(post_)) if _is_id(post_) else None
        title = said(row.title) if row else _("the applicant")
        holder = row.holder.name if row and row.holder and str(row.holder.officer) == officer else ""
        name = names.get(officer) or holder
        found[officer, post_] = f"{name} · {title}" if name else title
    return found


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
