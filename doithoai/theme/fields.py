"""A form field taken apart, so that label, help, error and control can be tied together.

WCAG 2.2: 1.3.1 (relationships), 3.3.1 (errors identified), 3.3.2 (labels), 4.1.2 (name, role).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, gettext_noop

from doithoai.core.days import sensible

Kind = Literal["hidden", "single", "choices", "check"]

# Django's own sentence, which its Vietnamese catalogue lacks: forms say it of a character that no
# database keeps.
NULL_CHARACTERS: Final = gettext_noop("Null characters are not allowed.")

_CLASSES: Final[Mapping[type[forms.Widget], str]] = {
    forms.RadioSelect: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.CheckboxInput: "form-check-input",
    forms.Select: "form-select",
}


class DayInput(forms.DateInput):
    """The browser's own picker. A browser without one shows a text field, whose form of date is
    then said inside it.
    """

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"placeholder": gettext_lazy("dd/mm/yyyy")}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, picked or typed: 2026-11-22 as browsers send it, or 22/11/2026 as people here write
    it, in either language. A day nothing can be counted from (``core.days``) is refused.
    """

    widget = DayInput
    input_formats = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
    default_error_messages = {
        "invalid": gettext_lazy("Write the day as day/month/year, for example 22/11/2026.")
    }

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """The day, or None for nothing. Raises ValidationError."""
        day = super().to_python(value)
        if day is not None and day != sensible(day):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a group of radio buttons or checkboxes."""

    id: str
    label: str
    control: SafeString


@dataclass(frozen=True, slots=True)
class FieldParts:
    """What the template of a field writes; ``described_by`` names the help and the error."""

    kind: Kind
    id: str
    label: str
    help: str
    help_id: str
    errors: tuple[str, ...]
    error_id: str
    described_by: str
    required: bool
    control: SafeString
    options: tuple[Option, ...]


def parts(bound: BoundField) -> FieldParts:
    """Take a bound field apart; the control carries its id, description and validity."""
    kind = _kind(bound)
    identifier = bound.id_for_label or bound.auto_id or bound.html_name
    help_id, error_id = f"{identifier}-help", f"{identifier}-error"
    errors = tuple(str(error) for error in bound.errors)
    named = ((help_id, bound.help_text), (error_id, errors))
    described_by = " ".join(name for name, present in named if present)
    return FieldParts(
        kind=kind,
        id=identifier,
        label=str(bound.label or ""),
        help=str(bound.help_text or ""),
        help_id=help_id,
        errors=errors,
        error_id=error_id,
        described_by=described_by,
        required=bound.field.required,
        control=SafeString() if kind == "choices" else _control(bound, described_by),
        options=_options(bound) if kind == "choices" else (),
    )


def _kind(bound: BoundField) -> Kind:
    if bound.is_hidden:
        return "hidden"
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(bound.field.widget, forms.CheckboxInput) else "single"


def _control(bound: BoundField, described_by: str) -> SafeString:
    if bound.is_hidden:
        return bound.as_widget()
    attributes: dict[str, str | bool] = {"class": _class(bound)}
    if described_by:
        attributes["aria-describedby"] = described_by
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return bound.as_widget(attrs=attributes)


def _class(bound: BoundField) -> str:
    """The look of the widget, beside any class the form itself asked for."""
    look = next(
        (name for kind, name in _CLASSES.items() if isinstance(bound.field.widget, kind)),
        "form-control",
    )
    own = bound.field.widget.attrs.get("class", "")
    return f"{look} {own}".strip()


def _options(bound: BoundField) -> tuple[Option, ...]:
    return tuple(
        Option(
            id=choice.id_for_label,
            label=str(choice.choice_label),
            control=choice.tag(wrap_label=False),
        )
        for choice in bound.subwidgets
    )
