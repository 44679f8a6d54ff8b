"""Draws every Django form the same accessible way (settings.FORM_RENDERER).

A form may say how it is laid out: `fieldsets = ((_("Person"), ("name", "sex")), ...)` and `wide = {"note"}`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

_NATIVE = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}


class Field(BoundField):
    """A form field with the classes, the native pickers and the autocomplete a clerk needs."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        for widget, (input_type, format_) in _NATIVE.items():
            if isinstance(field.widget, widget) and field.widget.input_type == "text":
                field.widget.input_type, field.widget.format = input_type, format_

    @property
    def kind(self) -> str:
        """How the template draws it: "check", "choices", "parts" or "control"."""
        match self.field.widget:
            case forms.RadioSelect() | forms.CheckboxSelectMultiple():
                return "choices"
            case forms.CheckboxInput():
                return "check"
            case forms.MultiWidget() | forms.SelectDateWidget():
                return "parts"
        return "control"

    @property
    def anchor(self) -> str:
        """The id the error summary leads to: the control, or the group of choices."""
        return f"{self.auto_id}_group" if self.use_fieldset or self.kind == "parts" else self.id_for_label

    @property
    def wide(self) -> bool:
        """Whether it takes the whole row."""
        return (
            self.name in getattr(self.form, "wide", ())
            or isinstance(self.field.widget, forms.Textarea)
            or (self.kind == "choices" and len(self.subwidgets) > 3)
        )

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes (required, aria-invalid, aria-describedby) and ours."""
        drawn = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if drawn.is_hidden:
            return built
        classes = [
            built.get("class", ""),
            drawn.attrs.get("class", ""),
            _class_of(drawn),
            "is-invalid" * bool(self.errors),
        ]
        built["class"] = " ".join(filter(None, classes))
        if "autocomplete" not in drawn.attrs and not isinstance(drawn, (forms.CheckboxInput, forms.RadioSelect)):
            # officers type other people's data: the browser must not offer it to the next one
            built["autocomplete"] = "off"
        return built


def _class_of(widget: forms.Widget) -> str:
    match widget:
        case forms.CheckboxInput() | forms.RadioSelect() | forms.CheckboxSelectMultiple():
            return "form-check-input"
        case forms.Select():
            return "form-select"
    return "form-control"


class Forms(TemplatesSetting):
    """The renderer; templates in templates/ui/forms/."""

    form_template_name = "ui/forms/fields.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field


@dataclass(frozen=True, slots=True)
class Fieldset:
    """Fields that belong together, under a legend (empty: none)."""

    legend: str
    fields: tuple[BoundField, ...]


def fieldsets(form: forms.BaseForm) -> list[Fieldset]:
    """The form's visible fields in its own groups; those it does not name follow without a legend."""
    named: Iterable[tuple[str, Iterable[str]]] = getattr(form, "fieldsets", ())
    groups = [Fieldset(legend, tuple(form[name] for name in names if name in form.fields)) for legend, names in named]
    grouped = {field.name for group in groups for field in group.fields}
    rest = tuple(field for field in form.visible_fields() if field.name not in grouped)
    return [group for group in groups if group.fields] + ([Fieldset("", rest)] if rest else [])
