"""Forms of this room; each gives the keywords of one action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.conduct.facts import Finding, Ruling

_HINT = _("It is recorded under your name, and read by whoever judges. Do not name the applicant.")
FINDINGS = (
    (Finding.UPHELD, _("The post answers for it")),
    (Finding.EXCUSED, _("Excused: the post could not help it")),
)
RULINGS = (
    (Ruling.CONFIRMED, _("The judgement stands")),
    (Ruling.CHANGED, _("Changed: the post is excused")),
)


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=_HINT, max_length=2000, widget=forms.Textarea({"rows": 4}))


class ExplainForm(forms.Form):
    """How it came about."""

    words = _words(_("How it came about"))


class JudgeForm(forms.Form):
    """What a superior finds, and why."""

    finding = forms.ChoiceField(label=_("Judgement"), choices=FINDINGS, widget=forms.RadioSelect)
    words = _words(_("Reasons"))


class AppealForm(forms.Form):
    """Why it should be looked at again."""

    words = _words(_("Why it should be looked at again"))


class DecideForm(forms.Form):
    """What another officer finds, and why."""

    ruling = forms.ChoiceField(label=_("Decision on the appeal"), choices=RULINGS, widget=forms.RadioSelect)
    words = _words(_("Reasons"))
