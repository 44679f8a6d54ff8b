"""The register's values in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.basis.problem import N_
from jiahe.journal.values import Recorded
from jiahe.places import queries as places
from jiahe.places.facts import Level
from jiahe.places.rules import parent_of
from jiahe.registry.facts import (
    Born,
    Died,
    Field,
    FieldChange,
    LifeEventCancelled,
    LifeEventKind,
    MovedIn,
    MovedOut,
    PersonCorrected,
    PersonRegistered,
    RegistrationCancelled,
)
from jiahe.registry.forms import SEXES
from jiahe.registry.queries import PersonRow, masked
from jiahe.registry.queries.search import Why
from jiahe.registry.rules.residence import age_on
from jiahe.staff import queries as staff
from jiahe.staff.scope import FOUNDING, Scope

EVENTS = {
    LifeEventKind.BORN: N_("Born"),
    LifeEventKind.DIED: N_("Died"),
    LifeEventKind.MOVED_IN: N_("Moved in"),
    LifeEventKind.MOVED_OUT: N_("Moved out"),
    LifeEventKind.MARRIED: N_("Married"),
    LifeEventKind.DIVORCED: N_("Divorced"),
    LifeEventKind.ADOPTED: N_("Adopted"),
    LifeEventKind.GUARDIAN_NAMED: N_("Guardian named"),
}
FIELDS = {
    Field.NAME: N_("Full name"),
    Field.SURNAME: N_("Surname"),
    Field.SEX: N_("Sex"),
    Field.BIRTH_ON: N_("Birth date"),
    Field.IDENTITY: N_("Identity number"),
    Field.PHONE: N_("Phone"),
    Field.CERTAINTY: N_("How sure the birth date is"),
    Field.MOTHER: N_("Mother"),
    Field.FATHER: N_("Father"),
    Field.REGISTERED_AREA: N_("Household registration in"),
    Field.LANGUAGE: N_("Language"),
    Field.CONTACT_BY: N_("Wants to be reached by"),
    Field.NOT_AT_HOME: N_("Do not contact at home"),
    Field.AREA: N_("Lived at registration in"),
    Field.SINCE: N_("Lived there since"),
}
WHYS = {
    Why.NAME: N_("name"),
    Why.GIVEN_NAME: N_("given name"),
    Why.PINYIN: N_("pinyin"),
    Why.INITIALS: N_("initials"),
    Why.OTHER_NAME: N_("another name"),
    Why.IDENTITY: N_("identity number"),
    Why.PHONE: N_("phone"),
    Why.ADDRESS: N_("address"),
    Why.BIRTH_DATE: N_("birth date"),
    Why.NAME_AND_BIRTH_DATE: N_("name and birth date"),
    Why.NAME_AND_PLACE: N_("name and place"),
    Why.NAME_AND_NUMBER: N_("name and number"),
    Why.NAME_AND_ADDRESS: N_("name and address"),
}
NOTHING = "—"


class Areas:
    """Names of areas on a day, a village with its township; asked for together, so that a page asks once."""

    def __init__(self, codes: Iterable[str | None], *, on: date) -> None:
        self._language = get_language() or "en"
        wanted = {code for code in codes if code}
        self._named = places.named(wanted | {parent_of(code) for code in wanted}, on=on)

    def __getitem__(self, code: str | None) -> str:
        """The name; a text that is no area's code is itself a name."""
        if not code:
            return NOTHING
        row = self._named.get(code)
        if row is None:
            return _("area {code}").format(code=code) if code.isdigit() else code
        name = row.name.in_language(self._language)
        above = self._named.get(row.parent) if row.level is Level.VILLAGE else None
        return f"{above.name.in_language(self._language)} · {name}" if above else name


def age(row: PersonRow, today: date) -> int | None:
    """Completed years, at death or today; None where the birth date is hidden."""
    return age_on(row.birth_on, row.died_on or today) if row.birth_on else None


def sex(row: PersonRow) -> str:
    """The sex in the reader's language."""
    return str(SEXES[row.sex])


def sentence(entry: Recorded, areas: Areas) -> str:
    """What an entry of a person's history says."""
    fact = entry.fact
    match fact:
        case PersonRegistered():
            return _("Entered in the register, living in {area} since {on}.").format(
                area=areas[fact.area], on=fact.since
            )
        case PersonCorrected():
            return _("Corrected.")
        case Born():
            return _("Born on {on}, {area}.").format(on=fact.on, area=areas[fact.area])
        case Died():
            return _("Died on {on}, {area}.").format(on=fact.on, area=areas[fact.area])
        case MovedIn():
            said = _("Moved to {area} on {on}, from {origin}.")
            return said.format(area=areas[fact.area], on=fact.on, origin=areas[fact.origin])
        case MovedOut():
            said = _("Moved away from {area} on {on}, to {destination}.")
            return said.format(area=areas[fact.area], on=fact.on, destination=areas[fact.destination])
        case LifeEventCancelled():
            return _("Cancelled: {event} on {on}.").format(event=_(EVENTS[fact.event]), on=fact.on)
        case RegistrationCancelled():
            return _("Taken out of the register.")
        case None:
            return _("The contents of this entry were erased.")
    return entry.kind.partition("@")[0]


def codes_in(entries: Iterable[Recorded]) -> set[str]:
    """The areas that the sentences of these entries name."""
    found = set()
    for entry in entries:
        for name in ("area", "origin", "destination"):
            found.add(getattr(entry.fact, name, ""))
        for change in getattr(entry.fact, "changes", ()):
            if change.field is Field.AREA:
                found |= {change.old, change.new}
    return found - {""}


def value(scope: Scope, field: Field, text: str, areas: Areas) -> str:
    """A field's text (`facts.FieldChange`) in the reader's words, masked as ever."""
    shown = masked(scope, field, text)
    match field:
        case Field.SEX if shown in list(SEXES):
            return str(SEXES[shown])  # type: ignore[index]
        case Field.AREA:
            return areas[shown]
        case Field.IDENTITY if shown:
            return shown.partition(":")[2]
    return shown or NOTHING


def changed(scope: Scope, change: FieldChange, areas: Areas) -> tuple[str, str, str]:
    """Field, old and new value of one correction."""
    return (
        _(FIELDS[change.field]),
        value(scope, change.field, change.old, areas),
        value(scope, change.field, change.new, areas),
    )


def authors(scope: Scope, signed: Iterable[tuple[str, str]], *, on: date) -> dict[tuple[str, str], str]:
    """Who the (officer, post) pairs are, as far as the scope covers them."""
    pairs = set(signed)
    posts = staff.described_by_id(scope, {UUID(post) for __, post in pairs if _is_id(post)}, on=on)
    names = dict(
        staff.officers(scope, on=on).filter(id__in=[who for who, __ in pairs if _is_id(who)]).values_list("id", "name")
    )
    found = {}
    for who, post in pairs:
        if who == FOUNDING:
            found[who, post] = _("Set-up")
            continue
        row = posts.get(UUID(post)) if _is_id(post) else None
        title = row.title.in_language(get_language() or "en") if row else _("an officer of another area")
        name = names.get(UUID(who)) if _is_id(who) else None
        found[who, post] = f"{name} · {title}" if name and row else title
    return found


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
