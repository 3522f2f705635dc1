"""Text into values: a petition guided, transferred, handed back, each on its legal ground."""

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.petitions.passing import TransferPaper
from doithoai.cases.forms.fields import ActForm, Given, id_field, long_text, offer_grounds
from doithoai.cases.models import Case
from doithoai.cases.queries import choosing
from doithoai.theme.fields import DayField
from doithoai.units.queries import country


def _others(case: Case, bodies: choosing.Choices) -> choosing.Choices:
    """Without the body that has it: it is neither sent nor guided to itself."""
    has_it = str(case.handling_body_id or case.receiving_body_id)
    return [pair for pair in bodies if pair[0] != has_it]


class Advising(ActForm):
    """On which ground and where the person is to go, in words."""

    ground = forms.ChoiceField(label=_("Legal ground"))
    text = long_text(_("What the person is told in writing"), rows=4)
    to = id_field(_("Competent body"), required=False)

    def prepare(self, given: Given) -> None:
        """Bodies around; the competent one is proposed, with its reason."""
        super().prepare(given)
        place = given.case.receiving_body.place
        around = choosing.bodies_around(place, today=given.today)
        around = choosing.not_shut_out(given.case, around, today=given.today)
        self.offer("to", _others(given.case, around), blank="—")
        offer_grounds(self, given, country().advise_grounds)
        found = choosing.referral_elsewhere(given.case, today=given.today)
        if found is not None:
            self.initial.update({"to": str(found.body.pk), "text": found.why, **given.initial})


class Transferring(ActForm):
    """To which competent body it is sent by letter, by which, and on which ground."""

    ground = forms.ChoiceField(label=_("Legal ground"))
    to = id_field(_("Competent body"))
    why = long_text(_("Why this body"), rows=3)
    number = forms.CharField(label=_("Number of the transfer letter"), max_length=60)
    signed_on = DayField(label=_("Date of the transfer letter"))

    def prepare(self, given: Given) -> None:
        """Bodies without an account first; the competent one is proposed, with its reason."""
        super().prepare(given)
        place = given.case.receiving_body.place
        outside = choosing.bodies_around(place, today=given.today, with_account=False)
        around = choosing.bodies_around(place, today=given.today, with_account=True)
        beside = choosing.committees_beside(place, today=given.today)
        every = _others(given.case, list(dict.fromkeys([*outside, *around, *beside])))
        self.offer("to", choosing.not_shut_out(given.case, every, today=given.today))
        offer_grounds(self, given, country().transfer_grounds)
        found = choosing.referral_elsewhere(given.case, today=given.today)
        if found is not None:
            self.initial.update({"to": str(found.body.pk), "why": found.why, **given.initial})

    def value(self) -> TransferPaper:
        """The letter as signed."""
        given = self.cleaned_data
        return TransferPaper(given["number"], given["signed_on"], given["why"], given["ground"])


class HandingBack(ActForm):
    """On which ground it goes back, and the original papers that go with it."""

    ground = forms.ChoiceField(label=_("Legal ground"))
    text = long_text(_("Why it is handed back; the person reads it"), rows=3)
    papers = forms.MultipleChoiceField(
        label=_("Originals that came with it and go back with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As they were registered with the petition; all of them go back."),
    )

    def prepare(self, given: Given) -> None:
        """The grounds for this kind; the originals that came with it, and no other."""
        super().prepare(given)
        offer_grounds(self, given, country().hand_back_grounds)
        came = list(dict.fromkeys(choosing.originals(given.case)))
        if not came:
            del self.fields["papers"]
            return
        self.offer("papers", [(each, each) for each in came])
        self.initial.update({"papers": came, **given.initial})

    def value(self) -> list[str]:
        """The originals as ticked."""
        return list(self.cleaned_data.get("papers", ()))
