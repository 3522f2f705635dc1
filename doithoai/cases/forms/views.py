"""Text into values: a view of the list."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Keeping(forms.Form):
    """The name of a view, and who has it."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)
    shared = forms.BooleanField(label=_("Everybody in my body may use it"), required=False)
    query = forms.CharField(max_length=2000, widget=forms.HiddenInput)
