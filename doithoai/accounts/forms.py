"""Texts into values for the pages of people and posts."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from doithoai.theme.fields import DayField

Choices = list[tuple[str, str]]


class PersonForm(forms.Form):
    """Who it is and how to reach them at work."""

    name = forms.CharField(label=_("Name in full"), max_length=120)
    phone = forms.CharField(label=_("Telephone at work"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail at work"), required=False)


class NewPersonForm(PersonForm):
    """Somebody new, with the name they sign in by."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Letters and digits; as at the province's sign-on, if people come through it."),
    )
    field_order = ("username", "name", "phone", "email")


class RolesForm(forms.Form):
    """What whoever sits in the post may do."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    is_head = forms.BooleanField(label=_("The head of the body sits in this post"), required=False)

    def __init__(self, data: object = None, *, choices: Choices, initial: object = None) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # request.POST or None
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]  # a Field to mypy


class NewPostForm(forms.Form):
    """Another post of a body."""

    title = forms.CharField(label=_("Title of the post"), max_length=160)
    since = DayField(label=pgettext_lazy("post", "From this day on"))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: object = None, *, choices: Choices, initial: object = None) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # request.POST or None
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]  # a Field to mypy


class SeatForm(forms.Form):
    """Somebody into a post, from a day to a day."""

    username = forms.CharField(
        label=_("User name of the person"),
        max_length=150,
        widget=forms.TextInput(attrs={"list": "people"}),
    )
    since = DayField(label=pgettext_lazy("post", "From this day on"))
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty when no end is known. A substitute needs a last day."),
    )
    basis = forms.CharField(
        label=_("Number and date of the decision"),
        max_length=200,
        required=False,
        help_text=_("A substitute acts by name; the document that names them is required."),
    )


class LastDayForm(forms.Form):
    """The last day somebody holds a post."""

    last_day = DayField(label=_("Last day"))
