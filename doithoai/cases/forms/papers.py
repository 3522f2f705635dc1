"""Text into values: what a paper still needs, its number and date, a view of the list."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.paper_making import Signed
from doithoai.cases.forms.fields import ActForm, Given, id_field, long_text
from doithoai.cases.petition_papers import Asked
from doithoai.cases.queries import choosing
from doithoai.files.wordings import Form
from doithoai.theme.fields import DayField
from doithoai.units.territory import country


class Drafting(ActForm):
    """What the record does not say: to which body, on which grounds; and what the officer adds."""

    to = id_field(_("Competent body"), required=False)
    grounds = forms.MultipleChoiceField(
        label=_("Legal grounds"), required=False, widget=forms.CheckboxSelectMultiple
    )
    explanation = long_text(_("What you add in your own words"), rows=6, required=False)

    def prepare_for(self, form: Form, given: Given) -> None:
        """Only what this form asks for."""
        super().prepare(given)
        if "to_body" in form.asks:
            place = given.case.receiving_body.place
            around = choosing.bodies_around(place, today=given.today)
            around = choosing.not_shut_out(given.case, around, today=given.today)
            self.offer("to", around, blank=str(_("as recorded in the item")))
        else:
            del self.fields["to"]
        known = {
            "decline_ground": country().decline_grounds,
            "ineligible_ground": country().ineligible_grounds,
            "advise_ground": country().advise_grounds,
            "transfer_ground": country().transfer_grounds,
            "hand_back_ground": country().hand_back_grounds,
        }
        wanted = next((known[asked] for asked in form.asks if asked in known), None)
        if wanted is None:
            del self.fields["grounds"]
            return
        self.offer("grounds", choosing.grounds(wanted.values(), kind=given.case.matter.procedure))

    def value(self) -> Asked:
        """As asked."""
        given = self.cleaned_data
        to: UUID | None = given.get("to")
        return Asked(
            to=to, grounds=tuple(given.get("grounds", ())), explanation=given["explanation"]
        )


class Recording(forms.Form):
    """Number, day and file of a paper, as the body's clerk gave them."""

    number = forms.CharField(label=_("Number of the document"), max_length=60)
    signed_on = DayField(label=_("Date of the document"))
    upload = forms.FileField(label=_("Signed file (PDF)"), required=False)

    def value(self) -> Signed:
        """As recorded."""
        given = self.cleaned_data
        return Signed(given["number"], given["signed_on"], given["upload"])
