"""Forms on areas and facilities; each gives the values of one action by its `values()`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jiahe.basis.languages import Text
from jiahe.places.definitions import read_naming
from jiahe.places.facts import WORDS, FacilityKind, Level, NamedArea
from jiahe.places.queries import AreaRow
from jiahe.places.rules import level_of, next_code


def choices(rows: list[AreaRow]) -> list[tuple[str, str]]:
    """Areas to choose from, by code, named in the reader's language."""
    language = get_language() or "en"
    return [(row.code, f"{row.name.in_language(language)} · {row.code}") for row in rows]


class FromDay(forms.Form):
    """The first day of the change."""

    on = forms.DateField(
        label=_("From day"),
        widget=forms.DateInput(),
        help_text=_("The first day on which it holds. It may lie in the past."),
    )

    def __init__(self, *args: Any, today: date | None = None, **names: Any) -> None:
        super().__init__(*args, **names)
        self.fields["on"].initial = today

    def values(self) -> dict[str, Any]:
        """The keywords of the action. Only after `is_valid()`."""
        return dict(self.cleaned_data)


class Ordered(FromDay):
    """A change by an order of the authorities."""

    order = forms.CharField(
        label=_("Order"),
        required=False,
        max_length=200,
        help_text=_("Number of the document that orders it, if there is one."),
    )


class NameForm(FromDay):
    """A dated name in three languages; what is left empty is made from the official name."""

    wide = {"official"}
    official = forms.CharField(
        label=_("Official name"), max_length=100, help_text=_("In full and in Simplified Chinese, as the order has it.")
    )
    zh_hans = forms.CharField(label=_("Short name, Simplified Chinese"), required=False, max_length=100)
    zh_hant = forms.CharField(label=_("Short name, Traditional Chinese"), required=False, max_length=100)
    en = forms.CharField(
        label=_("Short name, English"),
        required=False,
        max_length=100,
        help_text=_("What you leave empty is made from the official name."),
    )
    level: Level

    def __init__(self, *args: Any, level: Level, **names: Any) -> None:
        super().__init__(*args, **names)
        self.level = level

    def name(self) -> Text:
        """The short name, with what was left empty filled in."""
        said = self.cleaned_data
        made = read_naming().name(said["official"], self.level)
        return Text(said["en"] or made.en, said["zh_hant"] or made.zh_hant, said["zh_hans"] or made.zh_hans)

    def values(self) -> dict[str, Any]:
        """Keywords of `rename_area`."""
        return {"official": self.cleaned_data["official"], "name": self.name(), "on": self.cleaned_data["on"]}


class OpenForm(NameForm):
    """A new area in another."""

    code = forms.CharField(
        label=_("Code"), required=False, max_length=12, help_text=_("Left empty, the next free code is taken.")
    )
    fieldsets = ((_("The area"), ("official", "code", "on")), (_("Short names"), ("zh_hans", "zh_hant", "en")))

    def __init__(self, *args: Any, parent: str, used: set[str], **names: Any) -> None:
        super().__init__(*args, **names)
        self.free = next_code(parent, used, self.level)

    def values(self) -> dict[str, Any]:
        """Keywords of `open_area`."""
        said = self.cleaned_data
        return {"area": NamedArea(said["code"] or self.free, said["official"], self.name()), "on": said["on"]}


class CloseForm(FromDay):
    """An end without a successor."""


class MoveForm(Ordered):
    """Another parent."""

    to = forms.ChoiceField(label=_("Into"))
    new_code = forms.CharField(
        label=_("New code"),
        required=False,
        max_length=12,
        help_text=_("Left empty, the ending of the code is kept if it is free there."),
    )
    field_order = ["to", "on", "new_code", "order"]

    def __init__(self, *args: Any, targets: list[AreaRow], **names: Any) -> None:
        super().__init__(*args, **names)
        self.fields["to"].choices = choices(targets)  # type: ignore[attr-defined]


class SplitForm(Ordered):
    """New areas out of one."""

    wide = {"codes"}
    codes = forms.CharField(
        label=_("New areas"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line: the official name. Put the code before it where the order fixes one."),
    )
    keep = forms.BooleanField(label=_("The area itself stays, with what is left of it"), required=False, initial=True)
    field_order = ["codes", "keep", "on", "order"]

    def __init__(self, *args: Any, level: Level, parent: str, used: set[str], **names: Any) -> None:
        super().__init__(*args, **names)
        self.level, self.parent, self.used = level, parent, set(used)

    def values(self) -> dict[str, Any]:
        """Keywords of `split_area`."""
        said = self.cleaned_data
        lines = [line.split() for line in said["codes"].splitlines() if line.strip()]
        into = [self._area(words) for words in lines]
        return {"into": into, "keep": said["keep"], "on": said["on"], "order": said["order"]}

    def _area(self, words: list[str]) -> NamedArea:
        fixed = len(words) > 1 and level_of(words[0]) is not None
        code = words[0] if fixed else next_code(self.parent, self.used, self.level)
        official = " ".join(words[1:] if fixed else words)
        self.used.add(code)
        return NamedArea(code, official, read_naming().name(official, self.level))


class MergeForm(Ordered):
    """One area out of several."""

    wide = {"codes", "into"}
    codes = forms.MultipleChoiceField(
        label=_("Merged with it"), widget=forms.CheckboxSelectMultiple, help_text=_("At least one other area.")
    )
    into = forms.ChoiceField(
        label=_("They become"), help_text=_("One of them keeps its code, or a new area is opened.")
    )
    official = forms.CharField(
        label=_("Official name of the new area"), required=False, max_length=100, help_text=_("Only for a new area.")
    )
    code = forms.CharField(
        label=_("Code of the new area"),
        required=False,
        max_length=12,
        help_text=_("Left empty, the next free code is taken."),
    )
    field_order = ["codes", "into", "official", "code", "on", "order"]

    def __init__(self, *args: Any, row: AreaRow, siblings: list[AreaRow], used: set[str], **names: Any) -> None:
        super().__init__(*args, **names)
        self.row, self.free = row, next_code(row.parent, used, row.level)
        others = [sibling for sibling in siblings if sibling.code != row.code]
        self.fields["codes"].choices = choices(others)  # type: ignore[attr-defined]
        self.fields["into"].choices = [("", _("A new area")), *choices([row, *others])]  # type: ignore[attr-defined]
        self.fields["into"].required = False

    def clean(self) -> dict[str, Any]:
        """A new area needs a name."""
        said = super().clean() or {}
        if not said.get("into") and not said.get("official"):
            self.add_error("official", _("Give the official name of the new area, or choose one that stays."))
        return said

    def values(self) -> dict[str, Any]:
        """Keywords of `merge_areas`."""
        said = self.cleaned_data
        official = said["official"]
        new = NamedArea(said["code"] or self.free, official, read_naming().name(official, self.row.level))
        return {
            "codes": [self.row.code, *said["codes"]],
            "into": said["into"] or new,
            "on": said["on"],
            "order": said["order"],
        }


class FacilityNameForm(FromDay):
    """A dated name of a facility."""

    zh_hans = forms.CharField(label=_("Name, Simplified Chinese"), max_length=100)
    zh_hant = forms.CharField(label=_("Name, Traditional Chinese"), max_length=100)
    en = forms.CharField(label=_("Name, English"), max_length=100)

    def values(self) -> dict[str, Any]:
        """Keywords of `rename_facility`."""
        said = self.cleaned_data
        return {"name": Text(said["en"], said["zh_hant"], said["zh_hans"]), "on": said["on"]}


class FacilityForm(FacilityNameForm):
    """A new facility."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, _(WORDS[kind])) for kind in FacilityKind])
    area = forms.ChoiceField(label=_("Area"))
    field_order = ["kind", "area", "zh_hans", "zh_hant", "en", "on"]

    def __init__(self, *args: Any, areas: list[AreaRow], **names: Any) -> None:
        super().__init__(*args, **names)
        self.fields["area"].choices = choices(areas)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Keywords of `open_facility`."""
        said = self.cleaned_data
        return {**super().values(), "kind": FacilityKind(said["kind"]), "area": said["area"]}


class MoveFacilityForm(FromDay):
    """Another area for a facility."""

    to = forms.ChoiceField(label=_("Into"))
    field_order = ["to", "on"]

    def __init__(self, *args: Any, areas: list[AreaRow], **names: Any) -> None:
        super().__init__(*args, **names)
        self.fields["to"].choices = choices(areas)  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    """Why an entry does not hold."""

    why = forms.CharField(label=_("What was wrong"), max_length=200)

    def values(self) -> dict[str, Any]:
        """Keywords of `cancel_change`."""
        return {"why": self.cleaned_data["why"]}
