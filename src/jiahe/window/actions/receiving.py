"""From the first contact to acceptance: received, told once what is missing, accepted, declined, handed over."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.basis.areas import lies_in
from jiahe.basis.ids import new_id
from jiahe.journal import blobs
from jiahe.journal.attachments import as_attachment
from jiahe.journal.recording import record, record_all, turn
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.places import queries as places
from jiahe.registry import queries as registry
from jiahe.staff import queries as staff
from jiahe.staff.scope import VISITOR, Acting
from jiahe.window import facts, problems
from jiahe.window.definitions import COMPLAINT, days, receivers, services
from jiahe.window.definitions.shapes import Handling, Service, Source
from jiahe.window.facts import Channel
from jiahe.window.models import Case
from jiahe.window.queries.desks import recused
from jiahe.window.queries.open import desk_for, refuse_foreign, story_for, story_here
from jiahe.window.rules.applying import lacking, refuse_applicant
from jiahe.window.rules.clock import Run, due, terms
from jiahe.window.rules.receipts import code, digest, number, shown
from jiahe.window.rules.story import OVER, Phase, Story, silently_accepted


def open_case(
    *,
    service: str,
    applicant: UUID | None = None,
    documents: Collection[str] = (),
    channel: Channel = Channel.COUNTER,
    regarding: UUID | None = None,
    words: str = "",
    by: Acting,
    at: datetime,
) -> tuple[UUID, str]:
    """Receive somebody who asks for a service: the case, and the word on his receipt. Whoever does so owns the case.

    The case belongs where the applicant's record is kept, or to the office where he came. What is done on the spot
    gets its desk at once. Raises NoSuchService, ApplicantMissing, PersonUnknown, ApplicantDied, ApplicantAway,
    ApplicantUnderAge, DocumentUnknown, SameCaseOpen, Recused, OnlyAtTheWindow.
    """
    today = localdate(at)
    found = services().one(service, today)
    if by.role == VISITOR and (found.id != COMPLAINT or applicant is not None):
        raise problems.OnlyAtTheWindow
    with turn():
        area = by.area
        if applicant is not None:
            applicant = registry.kept_as([applicant])[applicant]
            person = registry.person(by.scope, applicant)
            refuse_applicant(found, born_on=person.birth_on, died_on=person.died_on, here=person.lives_here, on=today)
            area = person.home
            if recused(by.officer, applicant, regarding, on=today):
                raise problems.Recused
            _refuse_twice(found, applicant, regarding)
        elif found.names_applicant:
            raise problems.ApplicantMissing
        given = _known(found, documents)
        case, word, noise = new_id(at), code(secrets.randbelow(10**8)), secrets.randbelow(10**11)
        opened = facts.CaseOpened(
            case=case,
            number=number(today.year, noise),
            code=digest(case, word),
            service=found.id,
            version=found.version,
            applicant=applicant,
            channel=channel,
            documents=given,
            regarding=regarding,
            words=words.strip(),
        )
        drafts = [Draft(opened, by, at, area, applicant)]
        if found.handling is Handling.INSTANT:
            # whoever is asked does it: nobody is sent elsewhere for what is done on the spot
            desk = UUID(by.post) if by.role in receivers() else None
            drafts.append(Draft(facts.DeskGiven(case, found.steps[0].id, desk), by, at, area, applicant))
        record_all(drafts)
        return case, word


def give_code(*, case: UUID, by: Author, at: datetime) -> str:
    """A new word for the receipt; the one before is good no more. Raises CaseUnknown, Recused."""
    with turn():
        story = story_for(by, "CodeGiven", case, on=localdate(at))
        word = code(secrets.randbelow(10**8))
        record(facts.CodeGiven(case, digest(case, word)), by=by, at=at, area=story.area, about=story.about)
        return word


def bring_documents(*, case: UUID, documents: Collection[str], by: Author, at: datetime) -> Recorded:
    """Documents were seen since. Raises CaseUnknown, Recused, CannotNow, DocumentUnknown."""
    with turn():
        story = story_for(by, "DocumentsBrought", case, on=localdate(at))
        given = _known(story.service, documents)
        if story.ended_on is not None:
            raise problems.CannotNow
        if not set(given) - story.brought:
            raise problems.NothingMissing
        return record(facts.DocumentsBrought(case, given), by=by, at=at, area=story.area, about=story.about)


def attach(*, case: UUID, document: str, name: str, content: bytes, by: Author, at: datetime) -> Recorded:
    """Keep a picture or file of a document ("" for something else) with the case; `name` is what it is called.

    Raises CaseUnknown, Recused, CannotNow, DocumentUnknown, and what `as_attachment` says of it.
    """
    kept = as_attachment(name, content)
    with turn():
        story = story_for(by, "AttachmentAdded", case, on=localdate(at))
        if story.phase in OVER:
            raise problems.CannotNow
        if document:
            _known(story.service, [document])
        fact = facts.AttachmentAdded(case, document, blobs.keep(kept.content), kept.media_type, len(kept.content))
        return record(fact, by=by, at=at, area=story.area, about=story.about)


def tell_missing(*, case: UUID, missing: Collection[str] = (), note: str = "", by: Author, at: datetime) -> Recorded:
    """Tell the applicant, once, everything that is missing: what everybody brings and is not there, and of the rest
    what is said. Raises CaseUnknown, Recused, HeldElsewhere, NotYourTurn, CannotNow, ToldBefore, NothingMissing,
    DocumentUnknown."""
    today = localdate(at)
    with turn():
        story = story_here(by, "MissingTold", case, on=today)
        refuse_foreign(by, story, on=today)
        if story.told_on is not None:
            raise problems.ToldBefore(on=story.told_on)
        if story.phase is not Phase.RECEIVED or silently_accepted(story, today):
            raise problems.CannotNow
        wanted = {*_known(story.service, missing), *lacking(story.service, story.brought)} - story.brought
        if not wanted:
            raise problems.NothingMissing
        in_order = tuple(each.id for each in story.service.documents if each.id in wanted)
        return record(
            facts.MissingTold(case, in_order), by=by, at=at, area=story.area, about=story.about, why=note.strip()
        )


def accept_case(*, case: UUID, by: Author, at: datetime) -> Recorded:
    """Accept a complete case: the promised days begin, and the first step gets its desk. Raises CaseUnknown, Recused,
    HeldElsewhere, NotYourTurn, CannotNow, DocumentsMissing."""
    today = localdate(at)
    with turn():
        story = story_here(by, "CaseAccepted", case, on=today)
        refuse_foreign(by, story, on=today)
        if story.phase not in (Phase.RECEIVED, Phase.INCOMPLETE):
            raise problems.CannotNow
        silent = silently_accepted(story, today)
        if (missing := lacking(story.service, story.brought)) and not silent:
            titles = [each.title for each in story.service.documents if each.id in missing]
            raise problems.DocumentsMissing(documents=problems.listed(titles))
        begins = story.received_on if silent else today
        promised = due(terms(story.service), Run(begins), days()).on if story.service.limit else None
        first = story.service.steps[0]
        story.accepted_by = by.officer
        fact = facts.CaseAccepted(case, promised)
        desk = facts.DeskGiven(case, first.id, desk_for(story, first, on=today))
        return record_all([Draft(each, by, at, story.area, story.about) for each in (fact, desk)])[0]


def decline_case(*, case: UUID, reason: str, by: Author, at: datetime) -> Recorded:
    """Do not accept a case, with the reason and how to appeal. Raises CaseUnknown, Recused, HeldElsewhere, NotYourTurn,
    CannotNow, ReasonMissing."""
    today = localdate(at)
    with turn():
        story = story_here(by, "CaseDeclined", case, on=today)
        refuse_foreign(by, story, on=today)
        if story.phase not in (Phase.RECEIVED, Phase.INCOMPLETE) or silently_accepted(story, today):
            raise problems.CannotNow
        return record(facts.CaseDeclined(case), by=by, at=at, area=story.area, about=story.about, why=_said(reason))


def hand_over_case(
    *, case: UUID, area: str, post: UUID | None = None, reason: str, by: Author, at: datetime
) -> Recorded:
    """Give the case to the office of an area, or to one of its posts, with a receipt. Whoever was asked first may do
    so, never turn the applicant away. Raises CaseUnknown, Recused, HeldElsewhere, NotYourTurn, CannotNow,
    ReasonMissing, ServiceElsewhere, PostUnfit."""
    today = localdate(at)
    with turn():
        story = story_here(by, "CaseHandedOver", case, on=today)
        refuse_foreign(by, story, on=today)
        if story.phase not in (Phase.RECEIVED, Phase.INCOMPLETE):
            raise problems.CannotNow
        target = places.named([area], on=today).get(area)
        if target is None or not target.open_on(today):
            raise problems.ServiceElsewhere
        if post is None:
            post = _reception(area, story, on=today)
        else:
            row = staff.at_desks([post], on=today).get(post)
            if row is None or row.vacant or post == story.owner or not lies_in(area, row.area):
                raise problems.PostUnfit
        if post is None and area == story.area:
            raise problems.ServiceElsewhere
        fact = facts.CaseHandedOver(case, area, post)
        return record(fact, by=by, at=at, area=story.area, about=story.about, why=_said(reason))


def _reception(area: str, story: Story, *, on: date) -> UUID | None:
    """The post of an area that receives, with somebody in it who has a part neither in the case nor in it now."""
    opening = story.opening
    posts = [row for role in receivers() for row in staff.desks(role, area, on=on) if not row.vacant]
    free = [
        row.id
        for row in posts
        if row.id != story.owner
        and row.holder is not None
        and not recused(str(row.holder.officer), opening.applicant, opening.regarding, on=on)
    ]
    return free[0] if free else None


def _refuse_twice(service: Service, applicant: UUID, regarding: UUID | None) -> None:
    same = Case.objects.filter(applicant__in=registry.records_of(applicant), service=service.id, regarding=regarding)
    row = same.exclude(phase__in=[*OVER, Phase.DECIDED]).first()
    if row is not None:
        raise problems.SameCaseOpen(number="–" if service.confidential else shown(row.number))


def _known(service: Service, documents: Collection[str]) -> tuple[str, ...]:
    known = [each.id for each in service.documents if each.source is Source.APPLICANT]
    if not set(documents) <= set(known):
        raise problems.DocumentUnknown
    return tuple(each for each in known if each in documents)


def _said(reason: str) -> str:
    if not reason.strip():
        raise problems.ReasonMissing
    return reason.strip()
