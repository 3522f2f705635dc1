"""Text into values: which document adopts a proposed rule; why something sealed is opened."""

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.theme.fields import DayField


class Adopting(forms.Form):
    """The document by which the province adopts a rule, and its date."""

    rule = forms.CharField(max_length=120, widget=forms.HiddenInput)
    document = forms.CharField(
        max_length=200,
        label=_("Document that adopts it"),
        help_text=_("Number and name, as it is cited: Decision 12/2026/QĐ-UBND."),
    )
    adopted_on = DayField(label=_("Date of the document"))


class Unsealing(forms.Form):
    """Why it is opened, and what."""

    reason = forms.CharField(
        max_length=2000,
        label=_("Why do you need to read it?"),
        help_text=_("It is recorded with your name, and a supervisor reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "data-private": True}),
    )
    text = forms.BooleanField(
        required=False, initial=True, label=_("What was said, and the messages")
    )
    identity = forms.BooleanField(
        required=False, label=_("Who said it, and the papers, which show the hand")
    )


class Writing(forms.Form):
    """A message to the person, who reads it with code and secret."""

    message = forms.CharField(
        max_length=20_000,
        label=_("Message to the person"),
        help_text=_("Only whoever holds the slip reads it. Nothing is sent to a telephone."),
        widget=forms.Textarea(attrs={"rows": 4, "data-private": True}),
    )


class Declaring(forms.Form):
    """I stand too near to whoever it is about."""

    near = forms.BooleanField(
        label=_(
            "I am a relative of somebody this item is about, or have an interest in it. From now "
            "on I do not see it any more."
        )
    )
