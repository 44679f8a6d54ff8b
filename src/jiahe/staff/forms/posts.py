"""Forms about posts, officers and duties. Their choices come from the view, already within the scope."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[Any, Any]]


class _WithChoices(forms.Form):
    """Takes `choices`, the choices of its fields by field name."""

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **names: Any) -> None:
        super().__init__(*args, **names)
        for name, options in (choices or {}).items():
            self.fields[name].choices = options  # type: ignore[attr-defined]


def _officer(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=UUID)


class CreatePostForm(_WithChoices):
    """A new post."""

    role = forms.ChoiceField(label=_("Role"), help_text=_("What the holder may see and record."))
    area = forms.ChoiceField(label=_("Area"), help_text=_("The holder works in this area and all that lies in it."))
    facility = forms.TypedChoiceField(label=_("Facility"), coerce=UUID, required=False, empty_value=None)
    on = forms.DateField(label=_("First day"))


class AssignForm(_WithChoices):
    """Who takes a vacant post."""

    officer = _officer(_("Officer"))
    on = forms.DateField(label=_("First day in the post"))


class HandOverForm(_WithChoices):
    """Who takes the post over."""

    taker = _officer(_("Successor"))
    on = forms.DateField(label=_("First day of the successor"))


class DeputyForm(_WithChoices):
    """Who deputises, and when."""

    officer = _officer(_("Deputy"))
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"), help_text=_("The deputy may still act on this day."))


class DayForm(forms.Form):
    """A day from which something ends."""

    on = forms.DateField(label=_("First day without"))


class EnrolForm(_WithChoices):
    """A new officer."""

    name = forms.CharField(label=_("Full name"), max_length=80)
    area = forms.ChoiceField(label=_("Enrolled at"))
    on = forms.DateField(label=_("First day at work"))


class NameForm(forms.Form):
    """An officer's corrected name."""

    name = forms.CharField(label=_("Full name"), max_length=80)


class AccountForm(forms.Form):
    """A new account."""

    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        help_text=_("3 to 40 letters, digits, points or hyphens, for example wang.fang."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


class DutyForm(_WithChoices):
    """Something a post is to do."""

    title = forms.CharField(label=_("What is to be done"), max_length=200, help_text=_("Name no person here."))
    about_area = forms.ChoiceField(label=_("About which area"))
    due_on = forms.DateField(label=_("Due on"))
    wide = {"title"}


class DoneForm(forms.Form):
    """That a duty is done."""

    note = forms.CharField(
        label=_("How it was done"),
        required=False,
        max_length=500,
        help_text=_("If it is worth telling. Name no person here."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RaiseForm(_WithChoices):
    """How many rows of people an officer may see and export on a day, and why."""

    role = forms.ChoiceField(label=_("In the role"))
    on = forms.DateField(label=_("Day"))
    seen = forms.IntegerField(label=_("Rows seen, in all"), min_value=0, max_value=1_000_000)
    exported = forms.IntegerField(label=_("Rows exported, in all"), min_value=0, max_value=1_000_000)
    reason = forms.CharField(
        label=_("Which work needs it"),
        max_length=300,
        help_text=_("It is recorded under your name. Name no person here."),
    )
    wide = {"reason"}
