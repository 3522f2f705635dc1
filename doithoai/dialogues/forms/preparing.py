"""Asking another body to draft replies to questions collected beforehand."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from doithoai.dialogues.forms.fields import Data, offer
from doithoai.units.models import Body

ONE, FIELD = "one", "field"


class AskingDraft(forms.Form):
    """Which body is asked, about this question alone or about all of its field."""

    body = forms.TypedChoiceField(coerce=UUID, label=gettext_lazy("Body that is asked"))
    about = forms.ChoiceField(
        widget=forms.RadioSelect, initial=ONE, label=gettext_lazy("For which questions")
    )

    def __init__(
        self, data: Data | None = None, *, bodies: Sequence[Body], alike: Sequence[UUID]
    ) -> None:
        super().__init__(data)
        self.alike = alike
        offer(self, "body", [("", "—"), *((str(b.pk), b.short_name) for b in bodies)])
        all_of = ngettext(
            "%(count)d question of this field", "all %(count)d questions of this field", len(alike)
        )
        whole = (FIELD, all_of % {"count": len(alike)})
        one = (ONE, str(gettext_lazy("this question alone")))
        offer(self, "about", [one, whole] if len(alike) > 1 else [one])

    def items(self, item: UUID) -> list[UUID]:
        """The questions it is asked about. Only after ``is_valid``."""
        return list(self.alike) if self.cleaned_data["about"] == FIELD else [item]
