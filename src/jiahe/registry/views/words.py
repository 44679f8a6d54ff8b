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
    Field,
    FieldChange,
    LifeEventCancelled,
    LifeEventKind,
    NameAdded,
)
from jiahe.registry.forms import CERTAINTIES, CONTACTS, LANGUAGES, SEXES
from jiahe.registry.queries import PersonRow, masked
from jiahe.registry.queries.search import Why
from jiahe.registry.rules.linkage import Reason
from jiahe.registry.rules.residence import age_on
from jiahe.staff import queries as staff
from jiahe.staff.scope import FOUNDING, VISITOR, Scope

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
REASONS = {
    Reason.SAME_NAME: N_("same name"),
    Reason.OTHER_NAME: N_("another name is the same"),
    Reason.SAME_PINYIN: N_("name sounds the same"),
    Reason.SIMILAR_NAME: N_("similar name"),
    Reason.SAME_GIVEN_NAME: N_("same given name"),
    Reason.SAME_BIRTH_DATE: N_("same birth date"),
    Reason.SWAPPED_BIRTH_DATE: N_("day and month of birth swapped"),
    Reason.NEAR_BIRTH_DATE: N_("birth date differs in one digit"),
    Reason.SAME_BIRTH_YEAR: N_("same year of birth"),
    Reason.SAME_VILLAGE: N_("same village"),
    Reason.SAME_TOWNSHIP: N_("same township"),
    Reason.SAME_PHONE: N_("same phone"),
    Reason.NEAR_PHONE: N_("phone differs in one digit"),
    Reason.SAME_IDENTITY: N_("same identity number"),
    Reason.NEAR_IDENTITY: N_("identity number differs in one place"),
    Reason.SAME_MOTHER: N_("same mother"),
    Reason.OTHER_SEX: N_("but another sex"),
    Reason.OTHER_IDENTITY: N_("but another identity number"),
}
NOTHING = "—"
_TOLD: dict[Field, dict[str, object]] = {
    Field.SEX: {str(key): words for key, words in SEXES.items()},
    Field.CERTAINTY: {str(key): words for key, words in CERTAINTIES.items()},
    Field.CONTACT_BY: {str(key): words for key, words in CONTACTS.items()},
    Field.LANGUAGE: dict(LANGUAGES),
}


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
    """What an entry of a person's or household's history says."""
    fact = entry.fact
    if fact is None:
        return _("The contents of this entry were erased.")
    said = _SENTENCES.get(entry.kind.partition("@")[0].partition(".")[2])
    if said is None:
        return _(_ELSEWHERE.get(entry.kind.partition(".")[0], entry.kind.partition("@")[0]))
    values = {name: getattr(fact, name, "") for name in ("on", "since", "address", "number", "whose")}
    values |= {name: areas[getattr(fact, name, "")] for name in ("area", "origin", "destination")}
    values["event"] = _(EVENTS[fact.event]) if isinstance(fact, LifeEventCancelled) else ""
    values["name"] = fact.name.full if isinstance(fact, NameAdded) else getattr(fact, "spouse_name", "")
    return _(said).format(**values)


_SENTENCES = {
    "PersonRegistered": N_("Entered in the register, living in {area} since {since}."),
    "PersonCorrected": N_("Corrected."),
    "NameAdded": N_("Also called {name}."),
    "DocumentAdded": N_("Another document was recorded."),
    "PhoneAdded": N_("Another phone was recorded."),
    "ParticularWithdrawn": N_("An entry was taken back."),
    "Born": N_("Born on {on}, {area}."),
    "Died": N_("Died on {on}, {area}."),
    "MovedIn": N_("Moved to {area} on {on}, from {origin}."),
    "MovedOut": N_("Moved away from {area} on {on}, to {destination}."),
    "Married": N_("Married on {on}, {area}."),
    "Divorced": N_("Divorced on {on}, {area}."),
    "Adopted": N_("Adopted on {on}, {area}."),
    "GuardianNamed": N_("Guardian from {on}."),
    "LifeEventCancelled": N_("Cancelled: {event} on {on}."),
    "RegistrationCancelled": N_("Taken out of the register."),
    "PersonsMerged": N_("Another record was merged into this one."),
    "MergeUndone": N_("A merge was undone: they are two people."),
    "FoundDistinct": N_("Compared with another record: two people."),
    "RecordExported": N_("All that is held was written out for the person."),
    "HouseholdFormed": N_("Formed on {on}, {area} {address}."),
    "HouseholdMoved": N_("Moved on {on} to {area} {address}."),
    "MembersSettled": N_("Members or their relations changed from {on}."),
    "MembersLeft": N_("Members left on {on}."),
    "HouseholdChangeCancelled": N_("A change was cancelled."),
}


_ELSEWHERE = {"window": N_("Something of a case at the window.")}
"""What other rooms record about a person, which tell it themselves."""


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
        case Field.SEX | Field.CERTAINTY | Field.CONTACT_BY | Field.LANGUAGE if shown in _TOLD[field]:
            return str(_TOLD[field][shown])
        case Field.AREA | Field.REGISTERED_AREA:
            return areas[shown]
        case Field.IDENTITY if shown:
            return shown.partition(":")[2]
        case Field.NOT_AT_HOME:
            return _("yes") if shown else _("no")
        case Field.MOTHER | Field.FATHER if shown:
            return _("recorded")
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
        if who in (FOUNDING, VISITOR):
            found[who, post] = _("Set-up") if who == FOUNDING else _("a visitor")
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
