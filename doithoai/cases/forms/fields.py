"""What the forms of cases share: who fills them in about what, dates, files, lists of choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.cases.queries import choosing
from doithoai.core.grounds import Ground
from doithoai.core.trying import AskedLater

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Given:
    """About which case a form is filled in, by whom, on which local day."""

    case: Case
    actor: Official
    today: date
    initial: Mapping[str, str] = field(default_factory=dict)


class ActForm(forms.Form):
    """A form of an act. ``prepare`` fills in what depends on the case: choices and first values."""

    def prepare(self, given: Given) -> None:
        """Fill in choices and first values."""
        self.initial = {**self.initial, **given.initial}

    def put_back(self, typed: MultiValueDict[str, str]) -> None:
        """Show what was typed before the form was refused, over its first values."""
        for name, control in self.fields.items():
            if name in typed and name != "seen":
                several = isinstance(control, forms.TypedMultipleChoiceField)
                self.initial[name] = typed.getlist(name) if several else typed[name]

    def offer(self, name: str, choices: Choices, *, blank: str = "") -> None:
        """Give a field its choices; ``blank`` is a first empty choice."""
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        several = isinstance(chosen, forms.MultipleChoiceField | forms.TypedMultipleChoiceField)
        empty = not several and (bool(blank) or not chosen.required)
        chosen.choices = [("", blank), *choices] if empty else [*choices]


class SeveralFiles(forms.ClearableFileInput):
    """A control that takes more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files handed over together; an empty list when there are none."""

    widget = SeveralFiles

    def clean(
        self, data: "Upload | Sequence[Upload] | None", initial: object = None
    ) -> "list[Upload]":
        """Each file by itself, so that an empty one is named."""
        several = data if isinstance(data, list | tuple) else [data]
        given = [each for each in several if each]
        if not given:
            super().clean(None, initial)
        return [super(FilesField, self).clean(each, initial) for each in given]


def id_field(
    label: object, *, required: bool = True, help_text: object = ""
) -> forms.TypedChoiceField:
    """A choice of a thing by its id."""
    return forms.TypedChoiceField(
        label=str(label) if isinstance(label, str) else label,  # type: ignore[arg-type]  # lazy text is text
        required=required,
        coerce=UUID,
        empty_value=None,
        help_text=help_text,  # type: ignore[arg-type]  # lazy text is text
    )


def long_text(
    label: object, *, rows: int = 5, required: bool = True, help_text: object = ""
) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # lazy text is text
        required=required,
        help_text=help_text,  # type: ignore[arg-type]  # lazy text is text
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": 20_000}),
    )


def no_secret() -> AskedLater:
    """The box by which somebody says that a mark in the words is no state secret."""
    return AskedLater(label=_("I have looked at it: it is no state secret"))


def nobody_can_tell(label: object) -> forms.BooleanField:
    """The box by which somebody says that it truly cannot be told whom a petition is about."""
    return forms.BooleanField(
        label=label,  # type: ignore[arg-type]  # lazy text is text
        required=False,
        help_text=_(
            "Only when it truly cannot be told. It may then be about your own body: it is sealed, "
            "goes to the head one level up, and nobody here sees it any more."
        ),
    )


def offer_grounds(form: ActForm, given: Given, known: Mapping[str, Ground]) -> None:
    """The grounds of a step that the law gives for this kind, each with its article."""
    kind = given.case.matter.procedure
    form.offer("ground", choosing.grounds(known.values(), kind=kind))


class Bare(ActForm):
    """Nothing to fill in: the act is confirmed."""


class Words(ActForm):
    """One text: a reason, a question, a reply, a note."""

    text = long_text(_("In words"))


class SaidWords(Words):
    """Words of somebody outside: a mark in them is looked at before they are kept."""

    not_secret = no_secret()


class Seen(ActForm):
    """Nothing to fill in, but only what was seen is approved."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self, given: Given) -> None:
        """Remember which version the page showed."""
        super().prepare(given)
        self.initial["seen"] = given.case.matter.version


class SeenIfSent(Seen):
    """What somebody else did meanwhile is not overwritten; the page always sends what it showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
