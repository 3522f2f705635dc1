"""One line of the hall desk."""

from datetime import date
from typing import Final
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doithoai.core.days import local_day
from doithoai.dialogues.commands.hall import Line, field_code
from doithoai.dialogues.forms.fields import LONG, Data, area, day, offer
from doithoai.dialogues.queries import BodyName, Hall
from doithoai.dialogues.sheets import speakers
from doithoai.dialogues.sheets.naming import Candidate, match

OTHER: Final = "other"


class Taking(forms.Form):
    """One line of the hall desk. ``sent_as`` makes a line sent twice one line."""

    sent_as = forms.UUIDField(widget=forms.HiddenInput)
    speaker = forms.CharField(required=False, max_length=200, label=gettext_lazy("Who speaks"))
    place = forms.TypedChoiceField(
        required=False, coerce=UUID, empty_value=None, label=gettext_lazy("From the village")
    )
    text = forms.CharField(max_length=LONG, widget=area(4), label=gettext_lazy("What is said"))
    field = forms.CharField(required=False, max_length=60, label=gettext_lazy("Field"))
    how = forms.ChoiceField(
        choices=[
            ("settle", gettext_lazy("Accepted, to be settled")),
            ("spot", gettext_lazy("Answered on the spot")),
        ],
        widget=forms.RadioSelect,
        initial="settle",
        label=gettext_lazy("What the chair decided"),
    )
    leader_words = forms.CharField(
        required=False,
        max_length=LONG,
        widget=area(2),
        label=gettext_lazy("The leader's own words"),
    )
    lead = forms.CharField(required=False, max_length=250, label=gettext_lazy("Lead body"))
    due_on = day(gettext_lazy("Date set by the chair"), required=False)
    phone = forms.CharField(
        required=False, max_length=20, label=gettext_lazy("Telephone, for the answer")
    )
    may_publish = forms.BooleanField(
        required=False,
        label=gettext_lazy("The speaker agrees that the content is published, without the name"),
    )

    def __init__(self, data: Data | None = None, *, hall: Hall) -> None:
        super().__init__(data, initial={"sent_as": uuid4()})
        self.hall = hall
        offer(self, "place", [("", _("not said")), *((str(v.pk), v.name) for v in hall.villages)])
        self.fields["field"].widget.attrs["list"] = "fields"
        self.fields["lead"].widget.attrs["list"] = "bodies"

    def clean_lead(self) -> UUID | None:
        """The body a name means, in any of its spellings."""
        name = self.cleaned_data["lead"]
        if not name:
            return None
        found = match(name, [_candidate(b) for b in self.hall.bodies])
        if found.id is None:
            sentence = _(
                "No body was found for “%(name)s”. Choose one of the list, or leave it empty."
            )
            raise ValidationError(sentence % {"name": name})
        return UUID(found.id)

    def clean_due_on(self) -> date | None:
        """A date that is promised has not passed."""
        due: date | None = self.cleaned_data["due_on"]
        if due and due < local_day(self.hall.dialogue.starts_at):
            raise ValidationError(_("The date lies before the dialogue."))
        return due

    def line(self) -> Line:
        """The line as it was taken down. Only after ``is_valid``."""
        said = self.cleaned_data
        spot = said["how"] == "spot"
        guess = speakers.guess(said["speaker"])
        return Line(
            sent_as=said["sent_as"],
            text=said["text"],
            speaker=said["speaker"],
            place=said["place"],
            phone=said["phone"],
            who=guess.who.value if guess.who else "person",
            people=guess.people or guess.households,
            field=self._field(),
            on_the_spot=spot,
            leader_words=said["leader_words"],
            due_on=None if spot else said["due_on"],
            lead=None if spot else said["lead"],
            may_publish=said["may_publish"],
        )

    def _field(self) -> str:
        """The field meant; Other where a decision needs one and none was understood."""
        said = self.cleaned_data
        decided = said["how"] == "spot" or said["lead"] or said["due_on"] or said["field"]
        return field_code(said["field"]) or (OTHER if decided else "")


def _candidate(body: BodyName) -> Candidate:
    return Candidate(str(body.id), body.name, body.aliases, (), body.places)
