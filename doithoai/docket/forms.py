"""Text into values: which document adopts a proposed rule."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Adopting(forms.Form):
    """The document by which the province adopts a rule, and its date."""

    rule = forms.CharField(max_length=120, widget=forms.HiddenInput)
    document = forms.CharField(
        max_length=200,
        label=_("Document that adopts it"),
        help_text=_("Number and name, as it is cited: Decision 12/2026/QĐ-UBND."),
    )
    adopted_on = forms.DateField(
        label=_("Date of the document"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
