"""Text into values: who was told, and what a signed slip says."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from doithoai.cases.workflow import Word
from doithoai.notices.queries import ByHand
from doithoai.supervision.commands import Refused, Said
from doithoai.supervision.queries.hearing import Slip
from doithoai.theme.fields import DayField

LONGEST = 2000


class Told(forms.Form):
    """Which people of the sheet were told."""

    notice = forms.TypedMultipleChoiceField(
        coerce=UUID,
        label=_("People who were told"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick the people who were told."),
            "invalid_choice": _("Somebody was told meanwhile; look at the list again."),
        },
    )

    def __init__(self, data: Mapping[str, object] | None, *, people: Iterable[ByHand]) -> None:
        super().__init__(data)
        self.fields["notice"].choices = [(str(p.notice), p.call) for p in people]  # type: ignore[attr-defined]  # a choice field has choices


class SlipForm(forms.Form):
    """What one signed slip says; nothing chosen: no slip came back."""

    word = forms.ChoiceField(
        required=False,
        label=_("The person's word"),
        widget=forms.RadioSelect,
        choices=[
            (Word.AGREED, _("Agrees with the result")),
            (Word.PARTLY, _("Agrees in part")),
            (Word.DISAGREED, _("Does not agree, recommends again")),
        ],
    )
    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("What the slip says"),
    )
    signed_on = DayField(required=False, label=_("Day on the slip"))
    photo = forms.FileField(
        required=False,
        label=_("Photo of the slip"),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )


class ByCode(forms.Form):
    """The code printed on a slip: of its receipt, or of the recommendation."""

    code = forms.CharField(
        max_length=40,
        label=_("Code on the slip"),
        help_text=_("Type the code and press Enter; the slip opens by itself."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
    )


class Pile:
    """The forms of a page of slips, one for each person who spoke, in the page's order."""

    def __init__(
        self,
        slips: Iterable[Slip],
        data: Mapping[str, object] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
    ) -> None:
        self.rows = [(slip, SlipForm(data, files, prefix=str(slip.submission))) for slip in slips]

    def is_valid(self) -> bool:
        """Whether every slip can be read."""
        valid = [form.is_valid() for _slip, form in self.rows]  # each one, so that all errors show
        return all(valid)

    def said(self) -> list[Said]:
        """The slips that came back."""
        return [
            Said(
                slip.case.pk,
                form.cleaned_data["word"],
                form.cleaned_data["text"],
                slip.submission,
                form.cleaned_data["signed_on"],
                form.cleaned_data["photo"],
            )
            for slip, form in self.rows
            if form.cleaned_data["word"]
        ]

    def refuse(self, refused: Iterable[Refused]) -> None:
        """Put each refusal onto its slip; slips that were kept leave the page."""
        reasons = {each.submission: each.reason for each in refused}
        kept = {each.submission for each in self.said()} - set(reasons)
        self.rows = [(slip, form) for slip, form in self.rows if slip.submission not in kept]
        for slip, form in self.rows:
            if slip.submission in reasons:
                form.add_error(None, reasons[slip.submission])
