"""Text into values: the person's word as somebody writes it down; joining; further statements."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.ending import SignedPaper
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.forms.fields import (
    ActForm,
    Given,
    id_field,
    long_text,
    no_secret,
)
from doithoai.cases.queries import choosing, labels
from doithoai.theme.fields import DayField
from doithoai.units.queries import country

HOW = ("counter", "telephone", "slip")


class Hearing(ActForm):
    """Whose word it is, how it came, and what was said."""

    submission = id_field(_("Whose word"))
    how = forms.ChoiceField(label=_("How it reached you"), widget=forms.RadioSelect)
    text = long_text(_("In the person's own words"), rows=4, required=False)
    not_secret = no_secret()

    def prepare(self, given: Given) -> None:
        """The statements the case carries."""
        super().prepare(given)
        said = choosing.statements(given.case)
        self.offer("submission", said)
        self.offer("how", [(how, labels.how(how)) for how in HOW])
        self.initial.update({"submission": said[0][0] if said else ""})

    def value(self) -> Heard:
        """The word as it was heard."""
        given = self.cleaned_data
        return Heard(
            how=given["how"],
            text=given["text"],
            submission=given["submission"],
            not_secret=given["not_secret"],
        )


class Withdrawing(ActForm):
    """Who withdraws, and the paper on which they signed it."""

    submission = id_field(_("Whose word"))
    signed_on = DayField(label=_("Date of the signed paper"))
    signed_file = forms.FileField(
        label=_("The signed paper"),
        help_text=_("The request to withdraw with the person's signature: PDF or a picture."),
    )
    text = long_text(_("In words"))

    def prepare(self, given: Given) -> None:
        """The statements the case carries."""
        super().prepare(given)
        said = choosing.statements(given.case)
        self.offer("submission", said)
        self.initial["submission"] = said[0][0] if len(said) == 1 else ""

    def paper(self) -> SignedPaper:
        """The paper and its date."""
        given = self.cleaned_data
        return SignedPaper(signed_on=given["signed_on"], upload=given["signed_file"])


class Archiving(ActForm):
    """On which ground of the list it is put on file, and why that fits here."""

    ground = forms.ChoiceField(label=_("Legal ground"), widget=forms.RadioSelect)
    conditions = forms.MultipleChoiceField(
        label=_("Conditions it does not meet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Needed where that is the ground, unless the conditions were looked at before."
        ),
    )
    why = long_text(_("Why this ground fits"), rows=3, required=False)

    def prepare(self, given: Given) -> None:
        """The country's lists, each with its article."""
        super().prepare(given)
        self.offer("ground", choosing.archive_grounds())
        known, kind = country().ineligible_grounds.values(), given.case.matter.procedure
        self.offer("conditions", choosing.grounds(known, kind=kind))


class Joining(ActForm):
    """With which other case this one is handled."""

    code = forms.CharField(
        label=_("Code of the other item"),
        max_length=40,
        help_text=_("Its people and this one's then follow the same item. This can be undone."),
    )

    def prepare(self, given: Given) -> None:
        """Remember who looks the code up."""
        super().prepare(given)
        self.given = given

    def clean_code(self) -> UUID:
        """The other case, if its reader may see it."""
        found = choosing.case_coded(self.cleaned_data["code"], seen_by=self.given.actor)
        if found is None:
            raise forms.ValidationError(
                _("There is no such item, or you may not see it. Check the code.")
            )
        return found


class FanningOut(ActForm):
    """What else the same statement asks for: each line becomes an item of its own."""

    texts = long_text(_("One further request a line"), rows=6)
    not_secret = no_secret()

    def value(self) -> list[str]:
        """The further texts."""
        typed: str = self.cleaned_data["texts"]
        return [line.strip() for line in typed.splitlines() if line.strip()]


class Reissuing(ActForm):
    """Whose lost slip is replaced."""

    submission = id_field(_("Whose slip"))

    def prepare(self, given: Given) -> None:
        """The statements the case carries."""
        super().prepare(given)
        self.offer("submission", choosing.statements(given.case))
