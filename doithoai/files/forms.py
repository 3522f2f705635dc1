"""Text into values: a template of one's own, a body's text."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doithoai.files import wordings
from doithoai.files.commands.templates import FOR_ANSWERS, LONGEST, Replacement, Wording
from doithoai.files.models import Paragraph


class Replacing(forms.Form):
    """A Word template in place of the one in force."""

    upload = forms.FileField(
        label=_("Word template (DOCX)"),
        help_text=_(
            "Download the template in force, change its wording, keep the words between braces."
        ),
    )
    note = forms.CharField(
        label=_("Where the wording comes from"),
        max_length=300,
        help_text=_("Number and annex of the act, as it is cited."),
    )
    certainty = forms.ChoiceField(
        label=_("How sure"),
        choices=[
            ("A", _("A - read word for word in the act")),
            ("B", _("B - from a secondary source")),
            ("C", _("C - not checked")),
            ("D", _("D - our own wording")),
        ],
        widget=forms.RadioSelect,
    )

    def value(self, code: str, layout: str) -> Replacement:
        """The replacement as asked."""
        given = self.cleaned_data
        return Replacement(
            code=code, layout=layout, note=given["note"], certainty=given["certainty"]
        )


class Choosing(forms.Form):
    """Which version is used from now on; 0 is the one we ship."""

    version = forms.IntegerField(min_value=0, max_value=30_000, widget=forms.HiddenInput)


class Writing(forms.Form):
    """A text of the body, and what it is for."""

    name = forms.CharField(label=_("Name of the text"), max_length=120)
    text = forms.CharField(
        label=_("What it says"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST}),
        help_text=_("It names no person: it is used again and again."),
    )
    used_for = forms.MultipleChoiceField(
        label=_("For which papers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For all of them when none is ticked."),
    )

    def prepare(self, before: Paragraph | None) -> None:
        """The forms there are; what the text says now."""
        language = get_language() or "vi"
        named = [(form.code, form.name(language)) for form in wordings.forms()]
        chosen = self.fields["used_for"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(FOR_ANSWERS, str(_("Answers to people"))), *named]
        if before is not None:
            self.initial = {"name": before.name, "text": before.text, "used_for": before.forms}

    def value(self) -> Wording:
        """The text as written."""
        given = self.cleaned_data
        return Wording(name=given["name"], text=given["text"], forms=tuple(given["used_for"]))
