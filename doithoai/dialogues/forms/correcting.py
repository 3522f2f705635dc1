"""What a list left for a person: the date of the conclusion, the village."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from doithoai.dialogues.forms.fields import Data, day, offer
from doithoai.units.models import Place


class ConclusionDate(forms.Form):
    """By when it is to be done."""

    due_on = day(gettext_lazy("Date set by the conclusion"))


class Village(forms.Form):
    """From which village it was said."""

    village = forms.ChoiceField(label=gettext_lazy("Village"), widget=forms.RadioSelect)

    def __init__(self, data: Data | None = None, *, villages: Sequence[Place]) -> None:
        super().__init__(data)
        offer(self, "village", [(str(place.pk), place.name) for place in villages])

    def chosen(self) -> UUID:
        """The village. Only after ``is_valid``."""
        return UUID(self.cleaned_data["village"])
