"""Citizens' forms: text into values. What is true or allowed is decided by the commands."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.intake import LONGEST, Statement
from doithoai.cases.workflow import Word
from doithoai.core.collation import nfc
from doithoai.core.trying import AskedLater
from doithoai.docket.models import Matter

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.urls import ResolverMatch
    from django.utils.functional import _StrPromise as Lazy

    Upload = UploadedFile[bytes]
    Uploads = MultiValueDict[str, Upload]

DRAWN = r"^[A-Za-z0-9_-]{32}$"
FILES = 5
# "To cao" without accents is also "big and tall": only the word with its accents is taken as meant.
_DENOUNCES = re.compile(
    r"\btố cáo\b|\btố giác\b|\btham nhũng\b|\btham ô\b|\b(?:nhận|ăn|đòi) hối lộ\b|\bdenounc",
    re.IGNORECASE,
)


def draw() -> str:
    """What a form draws once, so that a second click is known as the same."""
    return secrets.token_urlsafe(24)


class Files(forms.FileField):
    """Several files at once, none needed."""

    def __init__(self, *, label: "Lazy", help_text: "Lazy") -> None:
        widget = forms.ClearableFileInput()
        widget.allow_multiple_selected = True
        widget.attrs |= {"multiple": True, "data-max-bytes": "20000000"}
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)
        self.error_messages |= {
            "empty": _("This file has nothing in it. Choose it again, or another one."),
            "invalid": _("The files did not arrive. Choose them again."),
            "missing": _("The files did not arrive. Choose them again."),
        }

    def clean(self, data: object, initial: object = None) -> "list[Upload]":
        """Each file on its own. Raises ValidationError for more than five, or an empty one."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > FILES:
            raise forms.ValidationError(_("Send at most five files at once."))
        return [super(Files, self).clean(each, initial) for each in given if each]


def _files() -> Files:
    return Files(
        label=_("Pictures or papers"),
        help_text=_("At most five, 20 MB each. Place and maker are removed from pictures."),
    )


TOO_LONG = _("This is too long. Shorten it, or add the rest as a file.")
CHOOSE = _("Choose one of the lines.")


def _text(
    label: "Lazy", *, missing: "Lazy", rows: int = 8, help_text: "Lazy | str" = ""
) -> forms.CharField:
    """``missing``: what to write, said when it is empty."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST}),
        max_length=LONGEST,
        help_text=help_text,
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


def no_secret() -> AskedLater:
    """The box by which somebody says that a mark in their words is no state secret."""
    return AskedLater(label=_("I have looked at it: it is no state secret"))


TELEPHONE = _("Write the telephone number in digits, such as 0912 345 678, or leave it empty.")


class Submitting(forms.Form):
    """What somebody says, where, and how to reach them, if they wish."""

    drawn = forms.RegexField(DRAWN, widget=forms.HiddenInput)
    text = _text(
        _("What do you want to say?"),
        missing=_("Write what happened or what should be done, and where."),
    )
    not_secret = no_secret()
    kind = forms.ChoiceField(
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        label=_("What kind is it?"),
        choices=[
            ("recommendation", _("a recommendation: something should be done or changed")),
            ("reflection", _("a report: something is not as it should be")),
        ],
        initial="recommendation",
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(
        label=_("Village"), required=False, error_messages={"invalid_choice": CHOOSE}
    )
    speaker = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_("You may leave it empty and still get an answer with your receipt."),
        error_messages={"max_length": _("This is too long. Your name is enough.")},
    )
    phone = forms.RegexField(
        r"^[+]?[\d .]{8,18}$",
        label=_("Telephone"),
        max_length=20,
        required=False,
        error_messages={"invalid": TELEPHONE, "max_length": TELEPHONE},
        help_text=_("We send you a message when there is an answer."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={
            "invalid": _(
                "Write the whole e-mail address, such as lan@example.vn, or leave it empty."
            )
        },
    )
    pictures = _files()
    may_publish = forms.BooleanField(
        required=False,
        label=_("The text may be published, without my name, after an official has checked it."),
    )
    not_denouncing = forms.BooleanField(
        required=False,
        label=_("This is not a denunciation. Send it as a recommendation or report."),
    )
    website = forms.CharField(required=False)  # people never see it; machines fill it in

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: "Uploads | None" = None,
        *,
        villages: Sequence[tuple[UUID, str]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        places = [(str(pk), name) for pk, name in villages]
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("The whole commune, or another place")), *places]
        self.names = dict(places)

    def clean_website(self) -> str:
        """Whoever fills in what nobody sees is a machine."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""

    def clean(self) -> dict[str, object]:
        """A denunciation is not taken here; whoever only uses the word says so and goes on."""
        found = self.cleaned_data
        if self.denounces and not found.get("not_denouncing"):
            self.add_error("not_denouncing", _("Read where to denounce, then tick or leave."))
        return found

    @property
    def denounces(self) -> bool:
        """Whether the words are those of a denunciation."""
        return bool(_DENOUNCES.search(nfc(str(self.cleaned_data.get("text", "")))))

    def statement(self, commune_name: str) -> Statement:
        """The values as a statement that came through the web."""
        given = self.cleaned_data
        place = given["place"]
        return Statement(
            text=given["text"],
            channel="web",
            occasion="web",
            speaker=given["speaker"],
            place=UUID(place) if place else None,
            place_text=self.names.get(place, commune_name),
            phone="".join(c for c in given["phone"] if c.isdigit() or c == "+"),
            email=given["email"],
            kind=given["kind"],
            may_publish=given["may_publish"],
            language=(get_language() or "vi")[:2],
            drawn=given["drawn"],
            not_secret=given["not_secret"],
        )

    def question(self, dialogue: Matter) -> Statement:
        """The values as a question sent before a dialogue."""
        said = self.statement("")
        return replace(said, occasion="dialogue", occasion_matter=dialogue)


class Following(forms.Form):
    """The twelve digits and the six digits of a slip."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=30,
        help_text=_("Twelve digits; blanks do not matter."),
        error_messages={
            "required": _("Write the twelve digits of your slip."),
            "max_length": _("The code has twelve digits. Look at your slip again."),
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-private": True}
        ),
    )
    secret = forms.CharField(
        label=_("Secret code"),
        max_length=12,
        help_text=_("Six digits."),
        error_messages={
            "required": _("Write the six digits of your slip's secret code."),
            "max_length": _("The secret code has six digits. Look at your slip again."),
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-private": True}
        ),
    )


class SayingWord(forms.Form):
    """Agree, agree in part, or not."""

    word = forms.ChoiceField(
        label=_("Do you agree with the result?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    text = forms.CharField(
        label=_("What is not right, or not done?"),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST}),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": TOO_LONG},
        help_text=_(
            "If you do not agree, say what is not right or not done. The body one level up "
            "then settles it and answers you."
        ),
    )
    not_secret = no_secret()
    pictures = _files()

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: "Uploads | None" = None,
        *,
        words: Sequence[str],
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        field = self.fields["word"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(w, label) for w, label in WORDS if w in words]


WORDS = (
    (Word.AGREED.value, _("I agree with the result")),
    (Word.PARTLY.value, _("I agree in part")),
    (Word.DISAGREED.value, _("I do not agree and recommend again")),
)


class Replying(forms.Form):
    """A reply to what was asked."""

    text = _text(_("Your reply"), rows=6, missing=_("Write your reply, then send it."))
    not_secret = no_secret()
    pictures = _files()


class Withdrawing(forms.Form):
    """Why it is withdrawn."""

    reason = _text(
        _("Why do you withdraw it?"),
        rows=4,
        missing=_("Write in a sentence why you withdraw it."),
    )


class NotWithdrawn(forms.Form):
    """What a person says who did not withdraw it."""

    reason = _text(
        _("What happened, in a sentence"), rows=4, missing=_("Write what happened, in a sentence.")
    )


class Finding(forms.Form):
    """Filters of the public list."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    field = forms.ChoiceField(label=_("Field"), required=False)
    place = forms.ChoiceField(label=_("Commune"), required=False)

    def __init__(
        self,
        data: Mapping[str, object],
        *,
        fields: Sequence[tuple[str, str]],
        places: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        for name, choices in (("field", fields), ("place", places)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [("", _("All of them")), *choices]


@dataclass(frozen=True)
class Kept:
    """What somebody typed on a slip's page that closed meanwhile: it travels in hidden fields of
    the form that asks for the digits again, never in an address, a session or a log.
    """

    page: str
    case: UUID
    values: dict[str, str]

    @classmethod
    def typed(cls, match: "ResolverMatch | None", posted: Mapping[str, str]) -> "Kept | None":
        """What was posted to the page of a slip, if there is anything to keep."""
        page = match.url_name if match else None
        values = {name: posted[name] for name in TYPED.get(page or "", ()) if posted.get(name)}
        return cls(page, match.kwargs["case_id"], values) if match and page and values else None

    @classmethod
    def sent_along(cls, posted: Mapping[str, str]) -> "Kept | None":
        """What came back with the digits."""
        page, case = posted.get("kept_on", ""), posted.get("kept_case", "")
        values = {name: posted.get(f"kept_{name}", "") for name in TYPED.get(page, ())}
        return cls(page, UUID(case), values) if values and _UUID.fullmatch(case) else None

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """Names and values of the hidden fields."""
        typed = [(f"kept_{name}", value) for name, value in self.values.items()]
        return (("kept_on", self.page), ("kept_case", str(self.case)), *typed)


TYPED: Mapping[str, tuple[str, ...]] = {
    "follow_word": ("word", "text"),
    "follow_reply": ("text",),
    "follow_withdraw": ("reason",),
}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
