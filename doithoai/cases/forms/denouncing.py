"""Text into values: who is denounced, what happened, who says it, if they say so."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.sealed_intake import LONGEST, Denounced
from doithoai.cases.forms.fields import no_secret
from doithoai.docket.unsealing import Person
from doithoai.units.models import Body

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Uploads = MultiValueDict[str, UploadedFile[bytes]]

FILES = 5
TOGETHER = 60_000_000  # bytes of all files of one request: they are held in memory
PRIVATE = {"autocomplete": "off", "data-private": True}


class Several(forms.FileField):
    """Several files at once, none needed."""

    def __init__(self) -> None:
        widget = forms.ClearableFileInput()
        widget.allow_multiple_selected = True
        widget.attrs |= {"multiple": True, "data-max-bytes": "20000000"}
        super().__init__(
            required=False,
            label=_("Pictures or papers"),
            help_text=_(
                "At most five. Names of files, authors, places and marks of revision are taken "
                "out. What a picture shows, and your handwriting, still tells who you are."
            ),
            widget=widget,
        )

    def clean(self, data: object, initial: object = None) -> "list[UploadedFile[bytes]]":
        """Each file on its own. Raises ValidationError for too many or too much."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        files = [super(Several, self).clean(each, initial) for each in given if each]
        if len(files) > FILES or sum(f.size or 0 for f in files) > TOGETHER:
            raise forms.ValidationError(_("Send at most five files at once, 60 MB together."))
        return files


class Protect(forms.BooleanField):
    """The wish that nobody learns who they are, with what follows from it."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=_("I ask that my name, address and handwriting be kept secret"),
            help_text=_(
                "It is secret in any case. With this the head who settles it also decides whether "
                "you need protection, and writes to you here (Law on Denunciations 25/2018, "
                "articles 47 to 56). You are then not received online about it: come in person, "
                "or send a letter (Decree 154/2026, article 20(4))."
            ),
        )


class About(forms.Form):
    """Who is denounced: asked before anything else."""

    body = forms.ChoiceField(
        label=_("Which body is it, or in which body?"), widget=forms.RadioSelect
    )
    who = forms.ChoiceField(
        label=_("Who in it?"),
        choices=[
            ("leads", _("its head, a deputy head, or the body as a whole")),
            ("other", _("somebody else who works there")),
        ],
        initial="leads",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Name of the person"),
        max_length=500,
        required=False,
        help_text=_(
            "If you know it; several names with a comma between. Who is named is shut out by it, "
            "whatever post they take."
        ),
        widget=forms.TextInput(attrs=PRIVATE),
    )
    position = forms.CharField(
        label=_("Their post"),
        max_length=300,
        required=False,
        help_text=_("As people call it. Without the name, whoever holds that post is shut out."),
        widget=forms.TextInput(attrs=PRIVATE),
    )
    party = forms.BooleanField(
        required=False,
        label=_("It is about a Party organisation or a Party member's breach of Party rules."),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, bodies: Sequence[Body]) -> None:
        super().__init__(data)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(body.pk), body.name) for body in bodies]

    def denounced(self) -> Denounced:
        """The values."""
        given = self.cleaned_data
        leads = given["who"] == "leads"
        return Denounced(
            UUID(given["body"]),
            leads,
            given["name"],
            party=given["party"],
            position=given["position"],
        )


class Denouncing(forms.Form):
    """What happened, and who says it, if they wish."""

    text = forms.CharField(
        label=_("What happened?"),
        max_length=LONGEST,
        help_text=_("Who did what, when and where, and how it can be proved."),
        widget=forms.Textarea(attrs={"rows": 10, "maxlength": LONGEST, **PRIVATE}),
    )
    not_secret = no_secret()
    pictures = Several()
    protect = Protect()
    speaker = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_(
            "Without a name it is not a denunciation; clear facts are looked into all the same."
        ),
        widget=forms.TextInput(attrs=PRIVATE),
    )
    address = forms.CharField(
        label=_("Your address"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=PRIVATE),
    )
    phone = forms.RegexField(
        r"^[+]?[\d .]{8,18}$",
        label=_("Telephone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", **PRIVATE}),
    )
    number = forms.RegexField(
        r"^\d{9,12}$", label=_("Number of the identity card"), max_length=12, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", **PRIVATE}),
    )  # fmt: skip

    def person(self) -> Person:
        """Who says it, as far as they said."""
        given = self.cleaned_data
        return Person(
            name=given["speaker"], address=given["address"], phone=given["phone"],
            number=given["number"],
        )  # fmt: skip


class Opening(forms.Form):
    """The twenty digits and the six digits of the slip of a sealed item."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=40,
        help_text=_("Twenty digits; blanks do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", **PRIVATE}),
    )
    secret = forms.CharField(
        label=_("Secret code"),
        max_length=12,
        help_text=_("Six digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", **PRIVATE}),
    )


class More(forms.Form):
    """A further message of the person."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST, **PRIVATE}),
    )
    not_secret = no_secret()
    pictures = Several()
    protect = Protect()

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: "Uploads | None" = None,
        *,
        protected: bool = False,
    ) -> None:
        super().__init__(data, files)
        if protected:  # asked for already; the wish stands
            del self.fields["protect"]


class TakingDown(Denouncing):
    """What a clerk takes down, and whether the person came or a signed petition did."""

    way = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[
            ("counter", _("told in person, read back and signed")),
            ("letter", _("a petition with name, address and signature")),
            ("telephone", _("by telephone: kept as information only")),
        ],
        initial="counter",
        widget=forms.RadioSelect,
    )
