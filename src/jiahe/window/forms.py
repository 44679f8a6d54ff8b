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

SCORES = (
    ("5", _("Very satisfied")),
    ("4", _("Satisfied")),
    ("3", _("Fairly satisfied")),
    ("2", _("Dissatisfied")),
    ("1", _("Very dissatisfied")),
)
"""The five levels of the national rating of services (國辦發〔2019〕51號), the best first."""
PAYMENTS = (("no", _("No")), ("yes", _("Yes")), ("unsaid", _("I would rather not say")))


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

    asks = True
    """A question: nothing would be saved."""

    number = forms.CharField(
        label=_("Receipt number"),
        max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class TrackForm(forms.Form):
    """The number of a receipt, and what proves that it is one's own."""

    asks = True
    """A question: nothing would be saved."""

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


class RatingForm(forms.Form):
    """How somebody was served. Nothing is chosen beforehand."""

    score = forms.ChoiceField(label=_("How were you served?"), choices=SCORES, widget=forms.RadioSelect)
    payment_asked = forms.ChoiceField(
        label=_("Were you asked for any payment?"),
        choices=PAYMENTS,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Also a gift, or a fee that is not in the guide. If you say yes, somebody calls you back."),
    )
    words = forms.CharField(
        label=_("What you want to say"),
        max_length=1000,
        required=False,
        help_text=_("Whoever served you does not learn that it comes from you. You need not give names."),
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_payment_asked(self) -> bool | None:
        """Yes, no, or nothing."""
        return {"yes": True, "no": False}.get(self.cleaned_data["payment_asked"])


class ComplaintForm(forms.Form):
    """What somebody complains of, and the case it is about if he has shown its receipt."""

    words = forms.CharField(
        label=_("What happened, and what should be put right"),
        max_length=4000,
        help_text=_(
            "Where and when it was, as far as you know. No name is needed; if you want to be called, write how."
        ),
        widget=forms.Textarea({"rows": 7}),
    )
    about = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, case: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if case:
            self.fields["about"].label = _("It is about the case {number}").format(number=case)
            self.fields["about"].help_text = _("An appeal against what was decided there, or how it was dealt with.")
        else:
            del self.fields["about"]


class CallBackForm(forms.Form):
    """What came of calling back."""

    reached = forms.ChoiceField(
        label=_("Did you speak with him or her?"),
        choices=(("yes", _("Yes")), ("no", _("No: not reached, or did not want to speak"))),
        widget=forms.RadioSelect,
    )
    words = _reason(_("What was said, and what is put right"), _("It is recorded under your name."))


class CounterForm(forms.Form):
    """To which counter somebody is called."""

    counter = forms.CharField(
        label=_("Your counter"),
        max_length=20,
        required=False,
        help_text=_("Its number or name, as it stands on the screen."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class SlotForm(forms.Form):
    """A half hour of a day."""

    slot = forms.ChoiceField(label=_("Half hour"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, slots: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "slot", slots)
