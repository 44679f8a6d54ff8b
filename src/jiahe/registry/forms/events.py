"""Forms of what happens in lives; each gives the keywords of one action by `values()`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.registry.forms.pieces import (
    Areas,
    Choosing,
    Residence,
    day_field,
    name_field,
    offer,
    person_choice,
    person_text,
)


class DeathForm(forms.Form):
    """A death."""

    on = day_field(label=_("Day of death"))

    def values(self) -> dict[str, Any]:
        """The keywords of `register_death`."""
        return dict(self.cleaned_data)


class MoveInForm(forms.Form):
    """Somebody registered lives elsewhere now."""

    on = day_field(label=_("Lives there since"), help_text=_("The first day in the new place."))
    area = Residence(label=_("New place"))
    origin = forms.CharField(
        label=_("From"), required=False, max_length=200, help_text=_("May stay empty if the register knows it.")
    )

    def __init__(self, *args: Any, areas: Areas, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["area"], areas)

    def values(self) -> dict[str, Any]:
        """The keywords of `register_move_in`."""
        return dict(self.cleaned_data)


class ArrivalForm(MoveInForm):
    """Somebody whose record is kept elsewhere has come with an identity card."""

    name = name_field(label=_("Full name"))
    number = forms.CharField(label=_("Identity number"), max_length=200, help_text=_("In full, from the card."))

    field_order = ("name", "number", "on", "area", "origin")
    fieldsets = ((_("As on the card"), ("name", "number")), (_("The move"), ("on", "area", "origin")))


class MoveOutForm(forms.Form):
    """Somebody leaves."""

    on = day_field(label=_("Does not live here since"), help_text=_("The first day away."))
    destination = forms.CharField(label=_("To"), required=False, max_length=200)

    def values(self) -> dict[str, Any]:
        """The keywords of `register_move_out`."""
        return dict(self.cleaned_data)


class CancelForm(forms.Form):
    """An event did not happen as recorded."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))


class MarriageForm(Choosing):
    """A marriage: with somebody registered, who is looked for and chosen, or with somebody named in words."""

    on = day_field(label=_("Day of marriage"))
    spouse_text = person_text(_("Spouse"))
    spouse = person_choice(_("Which of these is the spouse?"))
    spouse_name = name_field(label=_("Name of a spouse who is not registered"), required=False)

    asked = ("spouse",)
    wide = {"spouse"}

    def values(self) -> dict[str, Any]:
        """The keywords of `register_marriage`."""
        return {**self.others(), "spouse": self.who("spouse")}


class DivorceForm(forms.Form):
    """A divorce."""

    on = day_field(label=_("Day of divorce"))

    def values(self) -> dict[str, Any]:
        """The keywords of `register_divorce`."""
        return dict(self.cleaned_data)


class AdoptionForm(Choosing):
    """An adoption by one or two people who are registered."""

    on = day_field(label=_("Day of adoption"))
    first_text = person_text(_("Adoptive parent"))
    first = person_choice(_("Which of these?"))
    second_text = person_text(_("Second adoptive parent"))
    second = person_choice(_("Which of these?"))

    asked = ("first", "second")
    wide = {"first", "second"}

    def values(self) -> dict[str, Any]:
        """The keywords of `register_adoption`."""
        chosen = (self.who("first"), self.who("second"))
        return {**self.others(), "parents": [who for who in chosen if who is not None]}


class GuardianForm(Choosing):
    """Who is somebody's guardian; nobody ends a guardianship."""

    on = day_field(label=_("From"))
    guardian_text = person_text(_("Guardian"))
    guardian = person_choice(_("Which of these is the guardian?"))

    asked = ("guardian",)
    nobody = _("Nobody any more")
    wide = {"guardian"}

    def values(self) -> dict[str, Any]:
        """The keywords of `name_guardian`."""
        return {**self.others(), "guardian": self.who("guardian")}
