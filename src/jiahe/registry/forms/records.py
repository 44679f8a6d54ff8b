"""Forms about whole records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

GROUNDS = {
    "PIPL 47": _("The person asks for it (Personal Information Protection Law, article 47)"),
    "PIPL 19": _("The time for which it is needed is over (the same, article 19)"),
    "PIPL 46": _("It was never right (the same, article 46)"),
}
"""Grounds of erasing: a legal basis and nothing about the person."""


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class MergeForm(forms.Form):
    """Which of two records stays, and in which fields it takes what the other says."""

    kept = forms.ChoiceField(label=_("Which record stays"), widget=forms.RadioSelect)
    why = forms.CharField(label=_("How it is known"), required=False, max_length=500)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kept"].choices = people  # type: ignore[attr-defined]


class UndoForm(ReasonForm):
    """Why they are two, and to whom what was recorded since belongs."""

    theirs = forms.MultipleChoiceField(
        label=_("Belongs to the other one"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("theirs", "reason")

    def __init__(self, *args: Any, since: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if since:
            self.fields["theirs"].choices = since  # type: ignore[attr-defined]
        else:
            del self.fields["theirs"]

    def values(self) -> dict[str, Any]:
        """The keywords of `undo_merge`."""
        theirs = {UUID(entry) for entry in self.cleaned_data.get("theirs", ())}
        return {"reason": self.cleaned_data["reason"], "theirs": theirs}


class EraseForm(forms.Form):
    """On what ground, and that one knows it is for good."""

    ground = forms.ChoiceField(label=_("Ground"), choices=list(GROUNDS.items()), widget=forms.RadioSelect)
    known = forms.BooleanField(label=_("I know that this cannot be undone, here or on any node."))


class EraseTakenBackForm(EraseForm):
    """The same of a registration that was taken back, alone or with the `others` that one act took back with it."""

    together = forms.BooleanField(required=False)
    field_order = ("ground", "together", "known")

    def __init__(self, *args: Any, others: int, **options: Any) -> None:
        super().__init__(*args, **options)
        said = ngettext("Also the {n} other taken back with it", "Also the {n} others taken back with it", others)
        self.fields["together"].label = said.format(n=others)
        if not others:
            del self.fields["together"]
