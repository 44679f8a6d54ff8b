"""Forms of the register; each gives the keywords of one action by `values()`. The actions check, these only ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.registry.actions import Document
from jiahe.registry.facts import Field, IdentityKind, Purpose, Sex
from jiahe.registry.rules import identity
from jiahe.registry.rules.names import LONGEST

Areas = list[tuple[str, Any]]

SEXES = {Sex.FEMALE: _("female"), Sex.MALE: _("male"), Sex.UNKNOWN: _("not known"), Sex.UNSTATED: _("not stated")}
DOCUMENTS = {
    IdentityKind.RESIDENT_ID: _("Resident identity card or residence permit"),
    IdentityKind.PASSPORT: _("Passport"),
    IdentityKind.BIRTH_CERTIFICATE: _("Birth certificate"),
    IdentityKind.OTHER: _("Another document"),
}
PURPOSES = {
    Purpose.SERVICE: _("To serve this person"),
    Purpose.REGISTRATION: _("To register something"),
    Purpose.CORRECTION: _("To correct the record"),
    Purpose.COMPLAINT: _("To answer a complaint"),
    Purpose.AUDIT: _("To audit"),
    Purpose.OWN_REQUEST: _("At the person's own request"),
    Purpose.OTHER: _("Something else, said below"),
}


def _name(**options: Any) -> forms.CharField:
    # the action says what is wrong with a name; the field only keeps a book from being sent
    return forms.CharField(max_length=10 * LONGEST, strip=False, **options)


class _Residence(forms.ChoiceField):
    """An area out of those offered. One that was closed since is not refused here: the action says why."""

    def valid_value(self, value: object) -> bool:
        """Any."""
        return True


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(), **options)


class NameFields(forms.Form):
    """A name as it is written, and which part of it is the surname."""

    name = _name(label=_("Full name"), help_text=_("As it stands on the document, surname first for Chinese names."))
    surname = _name(
        label=_("Surname"),
        required=False,
        help_text=_("Only if it is not the usual part of the name: 东方 in 东方红."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEXES.items()), widget=forms.RadioSelect)


class PersonForm(NameFields):
    """Somebody who lives here."""

    birth_on = _day(label=_("Birth date"))
    document = forms.ChoiceField(label=_("Document"), choices=list(DOCUMENTS.items()), initial=IdentityKind.RESIDENT_ID)
    identity_number = forms.CharField(
        label=_("Number"), required=False, max_length=200, help_text=_("May stay empty. The last place may be X.")
    )
    area = _Residence(label=_("Lives in"))
    since = _day(label=_("Lives there since"))
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40, widget=forms.TextInput({"type": "tel"}))

    fieldsets = (
        (_("Person"), ("name", "surname", "sex", "birth_on")),
        (_("Identity document"), ("document", "identity_number")),
        (_("Residence"), ("area", "since", "phone")),
    )

    def __init__(self, *args: Any, areas: Areas, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["area"], areas)

    def values(self) -> dict[str, Any]:
        """The keywords of `register_person`."""
        said = dict(self.cleaned_data)
        document = Document(IdentityKind(said.pop("document")), said.pop("identity_number"))
        return {**said, "sex": Sex(said["sex"]), "document": document}


class BirthForm(NameFields):
    """A new-born. The mother is looked for by what is typed and then chosen among those found."""

    on = _day(label=_("Day of birth"))
    area = _Residence(label=_("The mother lives in"))
    mother = forms.ChoiceField(label=_("Which of these is the mother?"), required=False, widget=forms.RadioSelect)
    mother_text = forms.CharField(
        label=_("Mother"),
        required=False,
        max_length=200,
        help_text=_("Her name, pinyin, identity number or phone. May stay empty."),
    )
    certificate = forms.CharField(label=_("Birth certificate number"), required=False, max_length=40)

    fieldsets = (
        (_("Child"), ("name", "surname", "sex", "on", "certificate")),
        (_("Mother"), ("mother_text", "mother", "area")),
    )
    wide = {"mother"}

    def __init__(self, *args: Any, areas: Areas, mothers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["area"], areas)
        if mothers:
            _give(self.fields["mother"], [*mothers, ("none", _("None of these; register without a mother"))])
        else:
            del self.fields["mother"]

    def clean(self) -> dict[str, Any]:
        """Whoever was found must be chosen, or none of them."""
        said = super().clean() or {}
        if "mother" in self.fields and not said.get("mother"):
            self.add_error("mother", _("Choose the mother, or say that she is none of these."))
        elif said.get("mother_text") and "mother" not in self.fields:
            self.add_error("mother_text", _("Nobody was found by this. Change it, or leave it empty."))
        return said

    def values(self) -> dict[str, Any]:
        """The keywords of `register_birth`."""
        said = {key: value for key, value in self.cleaned_data.items() if key != "mother_text"}
        chosen = said.get("mother", "none")
        return {**said, "sex": Sex(said["sex"]), "mother": None if chosen in ("none", "") else UUID(chosen)}


class DeathForm(forms.Form):
    """A death."""

    on = _day(label=_("Day of death"))

    def values(self) -> dict[str, Any]:
        """The keywords of `register_death`."""
        return dict(self.cleaned_data)


class MoveInForm(forms.Form):
    """Somebody registered lives elsewhere now."""

    on = _day(label=_("Lives there since"), help_text=_("The first day in the new place."))
    area = _Residence(label=_("New place"))
    origin = forms.CharField(
        label=_("From"), required=False, max_length=200, help_text=_("May stay empty if the register knows it.")
    )

    def __init__(self, *args: Any, areas: Areas, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["area"], areas)

    def values(self) -> dict[str, Any]:
        """The keywords of `register_move_in`."""
        return dict(self.cleaned_data)


class ArrivalForm(MoveInForm):
    """Somebody whose record is kept elsewhere has come with an identity card."""

    name = _name(label=_("Full name"))
    number = forms.CharField(label=_("Identity number"), max_length=200, help_text=_("In full, from the card."))

    field_order = ("name", "number", "on", "area", "origin")
    fieldsets = ((_("As on the card"), ("name", "number")), (_("The move"), ("on", "area", "origin")))


class MoveOutForm(forms.Form):
    """Somebody leaves."""

    on = _day(label=_("Does not live here since"), help_text=_("The first day away."))
    destination = forms.CharField(label=_("To"), required=False, max_length=200)

    def values(self) -> dict[str, Any]:
        """The keywords of `register_move_out`."""
        return dict(self.cleaned_data)


class CorrectForm(forms.Form):
    """The fields an editor sees in full; `seen` is what the register knew when he opened the form."""

    seen = forms.CharField(widget=forms.HiddenInput)
    name = _name(label=_("Full name"))
    surname = _name(label=_("Surname"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEXES.items()), widget=forms.RadioSelect)
    birth_on = _day(label=_("Birth date"))
    document = forms.ChoiceField(label=_("Document"), choices=list(DOCUMENTS.items()), initial=IdentityKind.RESIDENT_ID)
    identity_number = forms.CharField(label=_("Number"), required=False, max_length=200)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40, widget=forms.TextInput({"type": "tel"}))
    area = _Residence(label=_("Lived at registration in"))
    since = _day(label=_("Lived there since"))
    why = forms.CharField(
        label=_("What was wrong?"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    fieldsets = (
        (_("Person"), ("name", "surname", "sex", "birth_on")),
        (_("Identity document"), ("document", "identity_number")),
        (_("Contact and residence"), ("phone", "area", "since")),
        ("", ("why",)),
    )
    _PLAIN = {
        Field.NAME: "name",
        Field.SURNAME: "surname",
        Field.SEX: "sex",
        Field.BIRTH_ON: "birth_on",
        Field.PHONE: "phone",
        Field.AREA: "area",
        Field.SINCE: "since",
    }

    def __init__(self, data: Any, *, texts: Mapping[Field, str], seen: str, areas: Areas) -> None:
        initial = {"seen": seen} | {name: texts[field] for field, name in self._PLAIN.items() if field in texts}
        number = identity.from_text(texts.get(Field.IDENTITY, ""))
        if number is not None:
            initial |= {"document": number.kind, "identity_number": number.number}
        super().__init__(data, initial=initial)
        known = {code for _, group in areas for code in _codes(group)} | {code for code, _ in areas}
        kept = [] if texts[Field.AREA] in known else [(texts[Field.AREA], texts[Field.AREA])]
        _give(self.fields["area"], [*kept, *areas])
        if Field.IDENTITY not in texts:
            del self.fields["document"], self.fields["identity_number"]
        for field, name in self._PLAIN.items():
            if field not in texts:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """The keywords of `correct_person`: the fields whose text is another than when the form was opened."""
        said = self.cleaned_data
        changes = {field: _text(said[name]) for field, name in self._PLAIN.items() if name in self.changed_data}
        if {"document", "identity_number"} & set(self.changed_data):
            number = identity.compact(said["identity_number"])
            changes[Field.IDENTITY] = f"{said['document']}:{number}" if number else ""
        return {"changes": changes, "seen": said["seen"], "why": said["why"]}


class CancelForm(forms.Form):
    """An event did not happen as recorded."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))


class OpenForm(forms.Form):
    """Why a record is opened."""

    purpose = forms.ChoiceField(
        label=_("Why do you open it?"),
        choices=list(PURPOSES.items()),
        initial=Purpose.SERVICE,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("In words"), required=False, max_length=500)

    def values(self) -> dict[str, Any]:
        """The keywords of `open_record`."""
        return {"purpose": Purpose(self.cleaned_data["purpose"]), "reason": self.cleaned_data["reason"]}


def _offer(field: forms.Field, areas: Areas) -> None:
    """The areas to choose from; the only one is chosen already."""
    single = [code for label, group in areas for code in (_codes(group) or [label])]
    _give(field, areas if len(single) == 1 else [("", "—"), *areas])


def _give(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the reader and the type checker)
    field.choices = choices


def _codes(group: Any) -> list[str]:
    return [code for code, _ in group] if isinstance(group, list) else []


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
