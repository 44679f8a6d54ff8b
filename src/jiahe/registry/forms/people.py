"""Forms about one person; each gives the keywords of one action by `values()`. The actions check, these only ask."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.registry.facts import Certainty, Field, IdentityKind, NameKind, Purpose, Sex
from jiahe.registry.forms.pieces import (
    CERTAINTIES,
    CONTACTS,
    DOCUMENTS,
    NAMES,
    PURPOSES,
    SEXES,
    Areas,
    Choosing,
    Found,
    Residence,
    as_text,
    codes,
    day_field,
    give,
    name_field,
    offer,
    person_choice,
    person_text,
    phone_field,
)
from jiahe.registry.rules import identity
from jiahe.registry.rules.newcomers import Document

LANGUAGES = {
    "zh": _("Chinese"),
    "ug": _("Uyghur"),
    "bo": _("Tibetan"),
    "mn": _("Mongolian"),
    "za": _("Zhuang"),
    "ko": _("Korean"),
    "kk": _("Kazakh"),
    "ii": _("Nuosu (Yi)"),
    "yue": _("Cantonese"),
    "en": _("English"),
    "csl": _("Chinese Sign Language"),
}
"""BCP 47 tags that are offered."""


class NameFields(forms.Form):
    """A name as it is written, and which part of it is the surname."""

    name = name_field(
        label=_("Full name"), help_text=_("As it stands on the document, surname first for Chinese names.")
    )
    surname = name_field(
        label=_("Surname"),
        required=False,
        help_text=_("Only if it is not the usual part of the name: 东方 in 东方红."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEXES.items()), widget=forms.RadioSelect)


class PersonForm(NameFields):
    """Somebody who lives here."""

    birth_on = day_field(label=_("Birth date"))
    certainty = forms.ChoiceField(
        label=_("How sure the birth date is"),
        choices=list(CERTAINTIES.items()),
        initial=Certainty.DAY,
        required=False,
        help_text=_("For what is not known write the first month and the first day."),
    )
    document = forms.ChoiceField(label=_("Document"), choices=list(DOCUMENTS.items()), initial=IdentityKind.RESIDENT_ID)
    identity_number = forms.CharField(
        label=_("Number"), required=False, max_length=200, help_text=_("May stay empty. The last place may be X.")
    )
    area = Residence(label=_("Lives in"))
    since = day_field(label=_("Lives there since"))
    registered_area = forms.CharField(
        label=_("Household registration in"),
        required=False,
        max_length=200,
        help_text=_("Only if it is kept elsewhere: county and province."),
    )
    phone = phone_field(label=_("Phone"), required=False)

    fieldsets = (
        (_("Person"), ("name", "surname", "sex", "birth_on", "certainty")),
        (_("Identity document"), ("document", "identity_number")),
        (_("Residence"), ("area", "since", "registered_area", "phone")),
    )

    def __init__(self, *args: Any, areas: Areas, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["area"], areas)

    def values(self) -> dict[str, Any]:
        """The keywords of `register_person`."""
        said = dict(self.cleaned_data)
        document = Document(IdentityKind(said.pop("document")), said.pop("identity_number"))
        certainty = Certainty(said["certainty"] or Certainty.DAY)
        return {**said, "sex": Sex(said["sex"]), "certainty": certainty, "document": document}


class BirthForm(NameFields, Choosing):
    """A new-born. The parents are looked for by what is typed and then chosen among those found."""

    on = day_field(label=_("Day of birth"))
    area = Residence(label=_("The mother lives in"))
    mother_text = person_text(_("Mother"))
    mother = person_choice(_("Which of these is the mother?"))
    father_text = person_text(_("Father"))
    father = person_choice(_("Which of these is the father?"))
    certificate = forms.CharField(label=_("Birth certificate number"), required=False, max_length=40)

    asked = ("mother", "father")
    nobody = _("None of these; register without")
    fieldsets = (
        (_("Child"), ("name", "surname", "sex", "on", "certificate")),
        (_("Parents"), ("mother_text", "mother", "father_text", "father", "area")),
    )
    wide = {"mother", "father"}

    def __init__(self, *args: Any, areas: Areas, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["area"], areas)

    def values(self) -> dict[str, Any]:
        """The keywords of `register_birth`."""
        said = self.others()
        return {**said, "sex": Sex(said["sex"]), "mother": self.who("mother"), "father": self.who("father")}


class CorrectForm(Choosing):
    """The fields an editor sees in full; `seen` is what the register knew when he opened the form."""

    seen = forms.CharField(widget=forms.HiddenInput)
    name = name_field(label=_("Full name"))
    surname = name_field(label=_("Surname"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEXES.items()), widget=forms.RadioSelect)
    birth_on = day_field(label=_("Birth date"))
    certainty = forms.ChoiceField(
        label=_("How sure the birth date is"),
        choices=list(CERTAINTIES.items()),
        initial=Certainty.DAY,
        required=False,
        help_text=_("For what is not known write the first month and the first day."),
    )
    document = forms.ChoiceField(label=_("Document"), choices=list(DOCUMENTS.items()), initial=IdentityKind.RESIDENT_ID)
    identity_number = forms.CharField(label=_("Number"), required=False, max_length=200)
    phone = phone_field(label=_("Phone"), required=False)
    contact_by = forms.ChoiceField(
        label=_("Wants to be reached by"), required=False, choices=[("", _("not said")), *CONTACTS.items()]
    )
    not_at_home = forms.BooleanField(label=_("Do not contact at home"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("not said")), *LANGUAGES.items()])
    area = Residence(label=_("Lived at registration in"))
    since = day_field(label=_("Lived there since"))
    registered_area = forms.CharField(label=_("Household registration in"), required=False, max_length=200)
    mother_text = person_text(_("Another mother"))
    mother = person_choice(_("Which of these is the mother?"))
    father_text = person_text(_("Another father"))
    father = person_choice(_("Which of these is the father?"))
    no_mother = forms.BooleanField(
        label=_("The mother recorded is wrong, and the right one is not known"), required=False
    )
    no_father = forms.BooleanField(
        label=_("The father recorded is wrong, and the right one is not known"), required=False
    )
    why = forms.CharField(
        label=_("What was wrong?"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    fieldsets = (
        (_("Person"), ("name", "surname", "sex", "birth_on", "certainty")),
        (_("Identity document"), ("document", "identity_number")),
        (_("Contact"), ("phone", "contact_by", "not_at_home", "language")),
        (_("Residence"), ("area", "since", "registered_area")),
        (_("Parents"), ("mother_text", "mother", "no_mother", "father_text", "father", "no_father")),
        ("", ("why",)),
    )
    asked = ("mother", "father")
    wide = {"mother", "father"}
    _PLAIN = {
        Field.NAME: "name",
        Field.SURNAME: "surname",
        Field.SEX: "sex",
        Field.BIRTH_ON: "birth_on",
        Field.PHONE: "phone",
        Field.AREA: "area",
        Field.SINCE: "since",
        Field.CERTAINTY: "certainty",
        Field.REGISTERED_AREA: "registered_area",
        Field.LANGUAGE: "language",
        Field.CONTACT_BY: "contact_by",
        Field.NOT_AT_HOME: "not_at_home",
    }

    def __init__(
        self, data: Any, *, texts: Mapping[Field, str], seen: str, areas: Areas, found: Found = MappingProxyType({})
    ) -> None:
        initial = {"seen": seen} | {name: texts[field] for field, name in self._PLAIN.items() if field in texts}
        number = identity.from_text(texts.get(Field.IDENTITY, ""))
        if number is not None:
            initial |= {"document": number.kind, "identity_number": number.number}
        super().__init__(data, initial=initial, found=found)
        known = {code for _, group in areas for code in codes(group)} | {code for code, _ in areas}
        kept = [] if texts[Field.AREA] in known else [(texts[Field.AREA], texts[Field.AREA])]
        give(self.fields["area"], [*kept, *areas])
        if Field.IDENTITY not in texts:
            del self.fields["document"], self.fields["identity_number"]
        for field, name in self._PLAIN.items():
            if field not in texts:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """The keywords of `correct_person`: the fields whose text is another than when the form was opened."""
        said = self.cleaned_data
        changes = {field: as_text(said[name]) for field, name in self._PLAIN.items() if name in self.changed_data}
        if {"document", "identity_number"} & set(self.changed_data):
            number = identity.compact(said["identity_number"])
            changes[Field.IDENTITY] = f"{said['document']}:{number}" if number else ""
        if not changes.get(Field.CERTAINTY, "-"):
            del changes[Field.CERTAINTY]
        for field, name in ((Field.MOTHER, "mother"), (Field.FATHER, "father")):
            chosen = self.who(name)
            if chosen is not None or said.get(f"no_{name}"):
                changes[field] = str(chosen or "")
        return {"changes": changes, "seen": said["seen"], "why": said["why"]}


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


class AddNameForm(forms.Form):
    """Another name of a person."""

    name = name_field(label=_("Full name"))
    surname = name_field(label=_("Surname"), required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=list(NAMES.items()), widget=forms.RadioSelect)
    since = day_field(label=_("From"), required=False)
    until = day_field(label=_("Until"), required=False)

    def values(self) -> dict[str, Any]:
        """The keywords of `add_name`."""
        return {**self.cleaned_data, "kind": NameKind(self.cleaned_data["kind"])}


class AddDocumentForm(forms.Form):
    """Another document of a person."""

    kind = forms.ChoiceField(label=_("Document"), choices=list(DOCUMENTS.items()), initial=IdentityKind.PASSPORT)
    number = forms.CharField(label=_("Number"), max_length=200)
    since = day_field(label=_("Issued on"), required=False)
    until = day_field(label=_("Expires on"), required=False)

    def values(self) -> dict[str, Any]:
        """The keywords of `add_document`."""
        return {**self.cleaned_data, "kind": IdentityKind(self.cleaned_data["kind"])}


class AddPhoneForm(forms.Form):
    """Another phone of a person."""

    number = phone_field(label=_("Phone"))
    whose = forms.CharField(
        label=_("Whose it is"), required=False, max_length=100, help_text=_("Empty for the person's own.")
    )

    def values(self) -> dict[str, Any]:
        """The keywords of `add_phone`."""
        return dict(self.cleaned_data)
