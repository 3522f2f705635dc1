"""Fields that several forms of dialogues share."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from doithoai.theme.fields import DayField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Data = Mapping[str, object]
LONG: Final = 20_000


def day(label: "_StrPromise", *, required: bool = True) -> DayField:
    """A day, picked or typed."""
    return DayField(label=label, required=required)


def hour() -> forms.TimeField:
    """When it begins."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=gettext_lazy("Begins at"), widget=widget)


def moment(on: date, at: time) -> datetime:
    """A local day and hour as a moment."""
    return timezone.make_aware(datetime.combine(on, at))


def area(rows: int) -> forms.Textarea:
    """A field for long text."""
    return forms.Textarea(attrs={"rows": rows})


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Fill the choices of a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
