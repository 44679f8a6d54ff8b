"""Forms of imports and rosters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.exchange.columns import Column
from jiahe.exchange.rosters import RosterColumn, heading
from jiahe.exchange.words import heading as heading_of

Areas = list[tuple[str, str]]


class FileForm(forms.Form):
    """A file to be brought."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        max_length=500,
        help_text=_("XLSX or CSV, at most 20 MB and 100,000 rows. The first row names the columns."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    wide = {"file"}


class ColumnsForm(forms.Form):
    """What each column holds, and what holds for rows that do not say where and since when."""

    area = forms.ChoiceField(
        label=_("Lives in"), required=False, help_text=_("For rows that do not say. May stay empty if all do.")
    )
    since = forms.DateField(
        label=_("Lives there since"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("For rows that do not say; for those born later, the day of birth."),
    )

    def __init__(
        self, data: Any, *, headings: Sequence[str], guessed: Sequence[Column | None], areas: Areas, **initial: Any
    ) -> None:
        super().__init__(data, initial={**initial, "area": initial.get("area") or _only(areas)})
        kinds = [("", _("not taken")), *((each.value, heading_of(each)) for each in Column if each != Column.VERDICT)]
        for place, (name, column) in enumerate(zip(headings, guessed, strict=True)):
            if not name or column is Column.VERDICT:
                continue
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=name, choices=kinds, required=False, initial=column.value if column else ""
            )
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)  # noqa: S101 (for the reader and the type checker)
        area.choices = [("", "—"), *areas]
        self._places = len(headings)

    def columns(self) -> list[Column | None]:
        """What was chosen, for every column of the file."""
        said = [self.cleaned_data.get(f"column_{place}", "") for place in range(self._places)]
        return [Column(text) if text else None for text in said]

    def usual(self) -> tuple[str, date | None]:
        """What holds for rows that do not say it."""
        return self.cleaned_data["area"], self.cleaned_data["since"]


class UndoForm(forms.Form):
    """Why an import is undone."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))


class RosterForm(forms.Form):
    """Which list of people is taken out."""

    area = forms.ChoiceField(label=_("Area"))
    columns = forms.MultipleChoiceField(label=_("Columns"), widget=forms.CheckboxSelectMultiple())
    form = forms.ChoiceField(
        label=_("As"), choices=[("xlsx", _("workbook (XLSX)")), ("csv", _("text (CSV)"))], widget=forms.RadioSelect
    )

    def __init__(self, data: Any, *, areas: Areas, **initial: Any) -> None:
        usual = [RosterColumn.NAME, RosterColumn.SEX, RosterColumn.BIRTH_ON, RosterColumn.AREA]
        super().__init__(data, initial={"columns": usual, "form": "xlsx", "area": areas[0][0], **initial})
        area, columns = self.fields["area"], self.fields["columns"]
        assert isinstance(area, forms.ChoiceField)  # noqa: S101 (for the reader and the type checker)
        assert isinstance(columns, forms.MultipleChoiceField)  # noqa: S101 (the same)
        area.choices = areas
        columns.choices = [(each.value, heading(each)) for each in RosterColumn]

    def chosen(self) -> list[RosterColumn]:
        """The columns."""
        return [RosterColumn(name) for name in self.cleaned_data["columns"]]


def _only(areas: Areas) -> str:
    return areas[0][0] if len(areas) == 1 else ""
