"""Texts into values for the administrator's pages."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.theme.fields import DayField


class CompetenceForm(forms.Form):
    """From a day on, this office settles petitions of a kind in a field."""

    office = forms.ChoiceField(label=_("Office that settles"))
    explanation = forms.CharField(
        label=_("Why, in a few words"),
        help_text=_("Read by officials after “because”; leave it empty for the usual sentence."),
        max_length=500,
        required=False,
    )
    since = DayField(label=_("From this day on"))

    def __init__(
        self, data: object = None, *, offices: list[tuple[str, str]], initial: object = None
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # request.POST or None
        self.fields["office"].choices = offices  # type: ignore[attr-defined]  # a Field to mypy


class VillagesForm(forms.Form):
    """A commune's villages, pasted one a line."""

    names = forms.CharField(
        label=_("Villages, one a line"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Villages that are there already are kept as they are. After a reorganisation write "
            "what a village was made of: Thôn A (sáp nhập B và C), or B, C in a second column."
        ),
    )
    since = DayField(
        label=_("Known from this day on"),
        required=False,
        help_text=_(
            "Leave it empty for the commune's own first day. Joined or divided villages need it."
        ),
    )


class ContactForm(forms.Form):
    """How letters and calls reach a body."""

    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class BodyForm(ContactForm):
    """A body for which nobody acts here."""

    name = forms.CharField(label=_("Full name, as letters write it"), max_length=250)
    short_name = forms.CharField(label=_("Short name, as lists write it"), max_length=250)
    aliases = forms.CharField(
        label=_("Other ways to write it, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(label=_("Kind of body"))
    level = forms.ChoiceField(label=_("Level"))
    place = forms.CharField(
        label=_("Commune or province it serves"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty for the whole country."),
    )
    field_order = ("name", "short_name", "aliases", "kind", "level", "place")

    def __init__(
        self,
        data: object = None,
        *,
        kinds: list[tuple[str, str]],
        levels: list[tuple[str, str]],
        initial: object = None,
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # request.POST or None
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a Field to mypy
        self.fields["level"].choices = levels  # type: ignore[attr-defined]  # a Field to mypy


class EndForm(forms.Form):
    """From which day on something is no more."""

    since = DayField(label=_("No more from this day on"))
    document = forms.CharField(label=_("Document that says so"), max_length=200, required=False)


class RenameForm(forms.Form):
    """Another name from a day on."""

    name = forms.CharField(label=_("New name"), max_length=200)
    since = DayField(label=_("From this day on"))


class MergeForm(RenameForm):
    """Several villages become one."""

    document = forms.CharField(label=_("Document that says so"), max_length=200, required=False)
    villages = forms.TypedMultipleChoiceField(
        label=_("Villages that become one"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("villages", "name", "since", "document")

    def __init__(self, data: object = None, *, villages: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # request.POST or None
        self.fields["villages"].choices = villages  # type: ignore[attr-defined]  # a Field to mypy
