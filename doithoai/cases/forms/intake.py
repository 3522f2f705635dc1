"""Text into values: what somebody says at the counter, by telephone or in a letter."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.intake import Statement
from doithoai.cases.forms.fields import ActForm, Given, id_field, long_text, no_secret
from doithoai.cases.models import Submission
from doithoai.cases.queries import choosing, labels
from doithoai.units.models import Place

CHANNELS = ("counter", "telephone", "letter")
OCCASIONS = ("counter", "telephone", "letter", "reception", "voter_meeting", "front", "press")


class Receiving(forms.Form):
    """A statement as a clerk takes it down."""

    text = long_text(_("What is recommended or reported"), rows=7)
    not_secret = no_secret()
    channel = forms.ChoiceField(label=_("How it came in"))
    occasion = forms.ChoiceField(label=_("On which occasion"))
    kind = forms.ChoiceField(label=_("Kind"))
    field = forms.ChoiceField(label=_("Field"), required=False)
    who = forms.ChoiceField(label=_("Who speaks"))
    speaker = forms.CharField(label=_("Name"), max_length=200, required=False)
    people = forms.IntegerField(label=_("How many people"), min_value=1, required=False)
    place = id_field(_("Village"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        required=False,
        help_text=_("Without one, notices are printed and handed over in the village."),
    )
    may_publish = forms.BooleanField(
        label=_("The person agrees that the text is published without their name"), required=False
    )

    def prepare_for(self, place: Place | None, *, today: date) -> None:
        """Choices of the pack and of the commune."""
        for name, choices in (
            ("channel", [(c, labels.channel(c)) for c in CHANNELS]),
            ("occasion", [(o, labels.occasion(o)) for o in OCCASIONS]),
            ("kind", choosing.kinds()),
            ("field", [("", "—"), *choosing.fields()]),
            ("who", [(w.value, labels.who(w.value)) for w in Submission.Who]),
            ("place", [("", "—"), *choosing.villages_of(place, today=today)]),
        ):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = choices

    def value(self) -> Statement:
        """The statement as taken down."""
        given = self.cleaned_data
        names = dict(self.fields["place"].choices)  # type: ignore[attr-defined]  # a choice field
        return Statement(
            text=given["text"],
            channel=given["channel"],
            occasion=given["occasion"],
            who=given["who"],
            speaker=given["speaker"],
            people=given["people"],
            place=given["place"],
            place_text=str(names.get(str(given["place"]), "")),
            phone=given["phone"],
            address=given["address"],
            field=given["field"],
            kind=given["kind"],
            may_publish=given["may_publish"],
            not_secret=given["not_secret"],
        )


class Adding(Receiving, ActForm):
    """One more person says the same."""

    def prepare(self, given: Given) -> None:
        """Choices of the commune that received the case."""
        self.prepare_for(given.case.receiving_body.place, today=given.today)
