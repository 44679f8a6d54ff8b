"""Pieces that several forms of the register are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.registry.facts import Certainty, ContactBy, IdentityKind, NameKind, Purpose, Relation, Sex
from jiahe.registry.rules.names import LONGEST

Areas = list[tuple[str, Any]]
Found = Mapping[str, Sequence[tuple[str, str]]]
"""For each person a form asks for, whom the typed text fits: (id, words)."""

SEXES = {Sex.FEMALE: _("female"), Sex.MALE: _("male"), Sex.UNKNOWN: _("not known"), Sex.UNSTATED: _("not stated")}
CERTAINTIES = {
    Certainty.DAY: _("The day is known"),
    Certainty.MONTH: _("Only month and year are known"),
    Certainty.YEAR: _("Only the year is known"),
    Certainty.ESTIMATED: _("The year is estimated"),
}
DOCUMENTS = {
    IdentityKind.RESIDENT_ID: _("Resident identity card"),
    IdentityKind.RESIDENCE_PERMIT: _("Residence permit for Hong Kong, Macao and Taiwan residents"),
    IdentityKind.PASSPORT: _("Passport"),
    IdentityKind.BIRTH_CERTIFICATE: _("Birth certificate"),
    IdentityKind.OTHER: _("Another document"),
}
NAMES = {
    NameKind.FORMER: _("Former name"),
    NameKind.ALIAS: _("Also called"),
    NameKind.OTHER_SCRIPT: _("In another script"),
}
CONTACTS = {
    ContactBy.PHONE: _("Phone"),
    ContactBy.MESSAGE: _("Message"),
    ContactBy.LETTER: _("Letter"),
    ContactBy.VISIT: _("Visit at home"),
    ContactBy.COMES_HERSELF: _("Comes to us; is not contacted"),
}
RELATIONS = {
    Relation.HEAD: _("Head"),
    Relation.SPOUSE: _("Spouse"),
    Relation.CHILD: _("Child"),
    Relation.CHILD_IN_LAW: _("Child-in-law"),
    Relation.GRANDCHILD: _("Grandchild"),
    Relation.PARENT: _("Parent"),
    Relation.PARENT_IN_LAW: _("Parent-in-law"),
    Relation.GRANDPARENT: _("Grandparent"),
    Relation.SIBLING: _("Sibling"),
    Relation.OTHER: _("Other"),
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


def name_field(**options: Any) -> forms.CharField:
    """A name: the action says what is wrong with one; the field only keeps a book from being sent."""
    return forms.CharField(max_length=10 * LONGEST, strip=False, **options)


def phone_field(**options: Any) -> forms.CharField:
    """A phone number."""
    return forms.CharField(max_length=40, widget=forms.TextInput({"type": "tel"}), **options)


def day_field(**options: Any) -> forms.DateField:
    """A civil day."""
    return forms.DateField(widget=forms.DateInput(), **options)


class Residence(forms.ChoiceField):
    """An area out of those offered. One that was closed since is not refused here: the action says why."""

    def valid_value(self, value: object) -> bool:
        """Any."""
        return True


def offer(field: forms.Field, areas: Areas) -> None:
    """The areas to choose from; the only one is chosen already."""
    single = [code for label, group in areas for code in (codes(group) or [label])]
    give(field, areas if len(single) == 1 else [("", "—"), *areas])


def give(field: forms.Field, choices: Sequence[Any]) -> None:
    """Sets the choices of a field that has some."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the reader and the type checker)
    field.choices = choices


def codes(group: Any) -> list[str]:
    """The area codes of a group of choices; none for a single choice."""
    return [code for code, _ in group] if isinstance(group, list) else []


def as_text(value: Any) -> str:
    """A cleaned value as `facts.FieldChange` writes it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return value.isoformat() if isinstance(value, date) else str(value)


class Choosing(forms.Form):
    """A form that asks for registered people: each is looked for by what is typed in `x_text`, then chosen as `x`.

    `asked` names them; `found` holds for each those whom the text fits.
    """

    asked: ClassVar[tuple[str, ...]] = ()
    nobody: ClassVar[Any] = _("None of these")

    def __init__(self, *args: Any, found: Found, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.asked:
            if found.get(name):
                give(self.fields[name], [*found[name], ("none", self.nobody)])
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Whoever was found must be chosen, or none of them."""
        said = super().clean() or {}
        for name in self.asked:
            if name in self.fields and not said.get(name):
                self.add_error(name, _("Choose one of these, or say that it is none of them."))
            elif said.get(f"{name}_text") and name not in self.fields:
                self.add_error(
                    f"{name}_text", _("Nobody in your area was found by this. Change it, or leave it empty.")
                )
        return said

    def who(self, name: str) -> UUID | None:
        """The person chosen."""
        chosen = self.cleaned_data.get(name, "none")
        return None if chosen in ("none", "") else UUID(chosen)

    def others(self) -> dict[str, Any]:
        """The cleaned values of all other fields."""
        choosing = {*self.asked, *(f"{name}_text" for name in self.asked)}
        return {name: value for name, value in self.cleaned_data.items() if name not in choosing}


def person_text(label: Any, **options: Any) -> forms.CharField:
    """What a registered person is looked for by."""
    hint = _("Name, pinyin, identity number or phone.")
    return forms.CharField(label=label, max_length=200, help_text=hint, **{"required": False, **options})


def person_choice(label: Any) -> forms.ChoiceField:
    """Those found."""
    return forms.ChoiceField(label=label, required=False, widget=forms.RadioSelect)
