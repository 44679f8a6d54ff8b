"""Forms of the window; each gives the keywords of one action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.window.facts import Channel, Relation

Choices = Sequence[tuple[str, Any]]

CHANNELS = (
    (Channel.COUNTER, _("At the counter")),
    (Channel.VISIT, _("At a visit")),
    (Channel.PHONE, _("By telephone")),
    (Channel.POST, _("By post")),
)
RELATIONS = (
    (Relation.MYSELF, _("It is me")),
    (Relation.KIN, _("Kin: by blood, by marriage, or who lives with me")),
    (Relation.OTHER, _("Another interest: a friend, a debt, a dispute")),
)


def _reason(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea({"rows": 3})
    return forms.CharField(label=label, help_text=hint, max_length=1000, required=required, widget=widget)


def _several(label: Any, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=hint, required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the reader and the type checker)
    field.choices = list(choices)


class NumberForm(forms.Form):
    """The number of a receipt."""

    number = forms.CharField(
        label=_("Receipt number"),
        max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class TrackForm(forms.Form):
    """The number of a receipt, and what proves that it is one's own."""

    number = forms.CharField(
        label=_("Receipt number"),
        max_length=40,
        help_text=_("14 digits, on your receipt."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    proof = forms.CharField(
        label=_("Last four of your identity number, or the code on the receipt"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class OpenForm(forms.Form):
    """A new case: who applies, for what, with which documents. The person is looked for by what is typed."""

    wide = {"documents", "words"}

    applicant_text = forms.CharField(
        label=_("Who applies"),
        max_length=200,
        required=False,
        help_text=_("Name, pinyin, identity number or phone; then Find."),
    )
    applicant = forms.ChoiceField(label=_("Which of them"), required=False, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("Came"), choices=CHANNELS, initial=Channel.COUNTER)
    documents = _several(_("Seen"), _("Mark what was shown. What the county holds is looked up, never asked for."))
    words = _reason(_("What it is about"), _("For a complaint or appeal: in his own words."), required=False)

    def __init__(
        self,
        *args: Any,
        found: Choices,
        documents: Choices,
        files: Choices,
        words: bool,
        named: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if not named:
            del self.fields["applicant_text"]
        if found and named:
            _offer(self, "applicant", found)
        else:
            del self.fields["applicant"]
        if documents:
            _offer(self, "documents", documents)
        else:
            del self.fields["documents"]
        if not words:
            del self.fields["words"]
        for name, label in files:
            self.fields[f"file_{name}"] = forms.FileField(
                label=_("Picture of: {document}").format(document=label),
                required=False,
                widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
            )
        papers = ("documents", *(f"file_{name}" for name, _label in files))
        self.fieldsets = (
            (_("Who"), tuple(each for each in ("applicant_text", "applicant", "channel") if each in self.fields)),
            (_("What"), tuple(each for each in ("words", *papers) if each in self.fields)),
        )


class MissingForm(forms.Form):
    """All that is missing, told once."""

    missing = _several(_("Missing"), _("All of it: the applicant is told once, and not sent away a second time."))
    note = _reason(_("What to bring or mend, in plain words"), required=False)

    def __init__(self, *args: Any, documents: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "missing", documents)


class BroughtForm(forms.Form):
    """What was seen since."""

    documents = _several(_("Seen now"))

    def __init__(self, *args: Any, documents: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "documents", documents)


class AttachForm(forms.Form):
    """A picture or file of a document."""

    document = forms.ChoiceField(label=_("Of which document"), required=False)
    file = forms.FileField(
        label=_("Photograph or paper"),
        help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB. A telephone offers its camera."),
        widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    def __init__(self, *args: Any, documents: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "document", documents)


class ReasonForm(forms.Form):
    """Why."""

    reason = _reason(_("Why"), _("It is recorded under your name."))


class ConfirmForm(forms.Form):
    """Nothing to say but yes."""


class HandOverForm(forms.Form):
    """To which office, and why."""

    area = forms.ChoiceField(label=_("To the office of"))
    reason = _reason(_("Why"), _("The applicant gets a new receipt with this and where to go; he is not sent away."))

    def __init__(self, *args: Any, areas: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "area", areas)


class DecideForm(forms.Form):
    """How the step came out."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    reason = _reason(_("Reasons"), _("Needed to refuse or to send back. The applicant reads them."), required=False)

    def __init__(self, *args: Any, outcomes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "outcome", outcomes)


class StopForm(forms.Form):
    """For what the clock stands still."""

    reason = forms.ChoiceField(label=_("For what"), widget=forms.RadioSelect)
    note = _reason(_("Why it is needed"), _("The applicant is told."))

    def __init__(self, *args: Any, reasons: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "reason", reasons)


class ExtendForm(forms.Form):
    """By how many working days, and why."""

    days = forms.IntegerField(label=_("Working days more"), min_value=1)
    reason = _reason(_("Why"), _("The applicant is told."))

    def __init__(self, *args: Any, most: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"].widget.attrs["max"] = most
        self.fields["days"].initial = most


class DeliverForm(forms.Form):
    """How the applicant got the result."""

    channel = forms.ChoiceField(label=_("How"), choices=CHANNELS, initial=Channel.COUNTER)


class AssignForm(forms.Form):
    """To whose desk the steps of these cases go, and why."""

    post = forms.ChoiceField(label=_("To"), required=False)
    reason = _reason(_("Why"))

    def __init__(self, *args: Any, posts: Choices, cases: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "post", posts)
        self.fields["case"] = forms.MultipleChoiceField(
            choices=[(each, each) for each in cases], initial=list(cases), widget=forms.MultipleHiddenInput
        )


class InterestForm(forms.Form):
    """A person in whom the officer has an interest, and which."""

    person_text = forms.CharField(
        label=_("Who"), max_length=200, required=False, help_text=_("Name, pinyin, identity number or phone.")
    )
    person = forms.ChoiceField(label=_("Which of them"), required=False, widget=forms.RadioSelect)
    relation = forms.ChoiceField(label=_("Who it is to you"), choices=RELATIONS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, found: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        if found:
            _offer(self, "person", found)
            self.fields["person"].required = True
        else:
            del self.fields["person"]
