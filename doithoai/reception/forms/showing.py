"""The form for papers shown during a visit."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy

from doithoai.core.trying import AskedLater
from doithoai.reception.commands.people import Papers
from doithoai.reception.forms.fields import Data
from doithoai.reception.models import Identity, Visit

KINDS: Final = (
    ("", "—"),
    (Identity.CARD.value, gettext_lazy("Identity card")),
    (Identity.NUMBER.value, gettext_lazy("Personal identification number")),
    (Identity.PASSPORT.value, gettext_lazy("Passport")),
)
SAME = gettext_lazy("I have looked at the papers: it is the same person; correct what is on record")


class Showing(forms.Form):
    """Which papers are shown, with their number."""

    identity = forms.ChoiceField(choices=KINDS, label=gettext_lazy("Papers shown"))
    number = forms.CharField(max_length=20, label=gettext_lazy("Number of the papers"))
    same = AskedLater(label=SAME)

    def __init__(self, data: Data | None = None, *, visit: Visit) -> None:
        first = {"identity": visit.came_identity, "number": visit.came_number}
        super().__init__(data, initial=first, prefix="papers")

    def papers(self) -> Papers:
        """What was shown. Only after ``is_valid``."""
        said = self.cleaned_data
        return Papers(identity=said["identity"], number=said["number"], same=said["same"])
