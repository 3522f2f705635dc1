"""Fields that several forms of reception share."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from django import forms
from django.conf import settings
from django.utils import timezone

from doithoai.theme.fields import DayField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Data = Mapping[str, object]
LONG: Final = 20_000


def day(label: "_StrPromise", *, required: bool = True) -> DayField:
    """A day, picked or typed."""
    return DayField(label=label, required=required)


def clock(label: "_StrPromise", *, required: bool = True) -> forms.TimeField:
    """An hour of the day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=required)


def moment(on: date, at: time) -> datetime:
    """A local day and hour as a moment."""
    return timezone.make_aware(datetime.combine(on, at))


def area(rows: int) -> forms.Textarea:
    """A field for long text."""
    return forms.Textarea(attrs={"rows": rows})


def paper(label: "_StrPromise", *, required: bool = False) -> forms.FileField:
    """A file handed over or signed."""
    attributes = {"accept": ".pdf,.docx,.jpg,.png", "data-max-bytes": settings.UPLOAD_LIMIT}
    widget = forms.ClearableFileInput(attrs=attributes)
    return forms.FileField(label=label, required=required, widget=widget)


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Fill the choices of a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
