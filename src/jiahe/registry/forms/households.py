"""Forms of households; each gives the keywords of one action by `values()`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.registry.facts import HouseholdKind, Member, Relation
from jiahe.registry.forms.pieces import (
    RELATIONS,
    Areas,
    Choosing,
    Residence,
    day_field,
    offer,
    person_choice,
    person_text,
)

KINDS = {HouseholdKind.FAMILY: _("Family"), HouseholdKind.COLLECTIVE: _("Collective, as a dormitory or a home")}
Members = Sequence[tuple[str, str, str]]
"""(id, words, relation) of each."""


def _address(**options: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Address"), max_length=200, help_text=_("Within the village: group, number."), **options
    )


class HouseholdForm(forms.Form):
    """A new household, beginning with its head."""

    on = day_field(label=_("Since"))
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()), initial=HouseholdKind.FAMILY)
    address = _address(required=False)

    def values(self) -> dict[str, Any]:
        """Keywords of `form_household`."""
        return {**self.cleaned_data, "kind": HouseholdKind(self.cleaned_data["kind"])}


class RelationsForm(forms.Form):
    """What each member is to the head, from a day on."""

    on = day_field(label=_("From"))

    def __init__(self, *args: Any, members: Members, **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = members
        for who, words, relation in members:
            self.fields[f"is_{who}"] = forms.ChoiceField(label=words, choices=list(RELATIONS.items()), initial=relation)

    def relations(self) -> tuple[Member, ...]:
        """Everybody as said."""
        return tuple(Member(UUID(who), Relation(self.cleaned_data[f"is_{who}"])) for who, *__ in self.members)

    def values(self) -> dict[str, Any]:
        """Keywords of `settle_members`: those who are something else now."""
        return {"on": self.cleaned_data["on"], "members": self.relations()}


class JoinForm(Choosing):
    """Somebody who lives here joins the household."""

    on = day_field(label=_("From"))
    person_text = person_text(_("Who joins"))
    person = person_choice(_("Which of these?"))
    relation = forms.ChoiceField(
        label=_("Relation to the head"), choices=list(RELATIONS.items()), initial=Relation.OTHER
    )

    asked = ("person",)
    wide = {"person"}

    def values(self) -> dict[str, Any]:
        """Keywords of `settle_members`."""
        who = self.who("person")
        members = (Member(who, Relation(self.cleaned_data["relation"])),) if who else ()
        return {"on": self.cleaned_data["on"], "members": members}


class LeaveForm(forms.Form):
    """Some members leave, or part to form a household of their own."""

    on = day_field(label=_("From"))
    people = forms.MultipleChoiceField(label=_("Who"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, members: Members, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["people"].choices = [(who, words) for who, words, _relation in members]  # type: ignore[attr-defined]

    def chosen(self) -> set[UUID]:
        """Those ticked."""
        return {UUID(who) for who in self.cleaned_data["people"]}

    def values(self) -> dict[str, Any]:
        """Keywords of `leave_household`."""
        return {"on": self.cleaned_data["on"], "people": self.chosen()}


class SplitForm(RelationsForm):
    """Which members part, to what address, and what everybody is then in the household he belongs to."""

    address = _address(required=False)
    people = forms.MultipleChoiceField(label=_("Who parts"), widget=forms.CheckboxSelectMultiple)

    field_order = ("on", "address", "people")

    def __init__(self, *args: Any, members: Members, **options: Any) -> None:
        super().__init__(*args, members=members, **options)
        self.fields["people"].choices = [(who, words) for who, words, _relation in members]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Keywords of `split_household`."""
        parting = {UUID(who) for who in self.cleaned_data["people"]}
        said = self.relations()
        return {
            "on": self.cleaned_data["on"],
            "address": self.cleaned_data["address"],
            "members": [member for member in said if member.person in parting],
            "left": [member for member in said if member.person not in parting],
        }


class MoveForm(forms.Form):
    """The household moves; to another area its members move along."""

    on = day_field(label=_("From"))
    area = Residence(label=_("Area"))
    address = _address(required=False)

    def __init__(self, *args: Any, areas: Areas, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["area"], areas)

    def values(self) -> dict[str, Any]:
        """Keywords of `move_household`."""
        return dict(self.cleaned_data)


class MergeHouseholdsForm(RelationsForm):
    """What the members of the household that ends are to the head of the one that stays."""
