"""What an official says of a message they read."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Looking(forms.Form):
    """What was done with a message that came in."""

    done = forms.CharField(
        label=_("What was done with it?"),
        max_length=1000,
        help_text=_("For example: called back, and their word is written down."),
    )
