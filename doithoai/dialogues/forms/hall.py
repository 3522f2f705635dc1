"""One line of the hall desk."""

from datetime import date
from typing import Final
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doithoai.cases import secrecy, suspicions
from doithoai.cases.queries import labels
from doithoai.core.collation import folded
from doithoai.core.days import local_day
from doithoai.dialogues.commands.hall import OTHER, Line, field_code
from doithoai.dialogues.forms.fields import LONG, Data, area, day, offer
from doithoai.dialogues.queries import BodyName, Hall
from doithoai.dialogues.rows import looks_like
from doithoai.dialogues.sheets import speakers
from doithoai.dialogues.sheets.bodies import names
from doithoai.dialogues.sheets.naming import Candidate, match

# Which list of the page a field proposes from: hundreds of names are typed, not scrolled.
OPTIONS: Final = {
    "place": "villages",
    "field": "fields",
    "lead": "bodies",
    "coordinating": "bodies",
}
PROCEDURES: Final = ("none", "complaint", "denunciation", "conduct", "dispute")


class Taking(forms.Form):
    """One line of the hall desk. ``sent_as`` makes a line sent twice one line."""

    sent_as = forms.UUIDField(widget=forms.HiddenInput)
    speaker = forms.CharField(required=False, max_length=200, label=gettext_lazy("Who speaks"))
    place = forms.CharField(required=False, max_length=250, label=gettext_lazy("From the village"))
    text = forms.CharField(max_length=LONG, widget=area(4), label=gettext_lazy("What is said"))
    not_secret = forms.BooleanField(
        required=False, label=gettext_lazy("I have looked at it: it is no state secret")
    )
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
    coordinating = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Coordinating bodies"),
        help_text=gettext_lazy("Several: put a semicolon between them."),
    )
    due_on = day(gettext_lazy("Date set by the chair"), required=False)
    procedure = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Does another procedure apply?"),
        help_text=gettext_lazy("If so it is kept private from the first moment."),
    )
    urgent = forms.ChoiceField(
        required=False,
        choices=[
            ("", gettext_lazy("not decided yet")),
            ("yes", gettext_lazy("Yes: the head is told at once")),
            ("no", gettext_lazy("No")),
        ],
        label=gettext_lazy("Are life or works in danger?"),
    )
    phone = forms.CharField(
        required=False, max_length=20, label=gettext_lazy("Telephone, for the answer")
    )
    may_publish = forms.BooleanField(
        required=False,
        label=gettext_lazy("The speaker agrees that the content is published, without the name"),
    )

    def __init__(self, data: Data | None = None, *, hall: Hall, asks: bool = False) -> None:
        """``asks``: what reads doubtful is not taken before somebody has said what it is."""
        super().__init__(data, initial={"sent_as": uuid4()})
        self.hall, self.asks = hall, asks
        decided = [(code, labels.procedure(code)) for code in PROCEDURES]
        offer(self, "procedure", [("", _("not decided yet")), *decided])
        for name, options in OPTIONS.items():
            self.fields[name].widget.attrs |= {"list": options, "autocomplete": "off"}

    def clean_place(self) -> UUID | None:
        """The village a name means, with or without “Thôn” before it, or its id."""
        typed = self.cleaned_data["place"]
        wanted = folded(typed)
        if not wanted:
            return None
        named = {v.pk: folded(v.name) for v in self.hall.villages}
        exact = [pk for pk, name in named.items() if wanted == name or typed == str(pk)]
        ending = [pk for pk, name in named.items() if name.endswith(f" {wanted}")]
        found = exact or ending
        if len(found) == 1:
            return found[0]
        sentence = _(
            "No village was found for “%(name)s”. Choose one of the list, or leave it empty."
        )
        raise ValidationError(sentence % {"name": typed})

    def clean_lead(self) -> UUID | None:
        """The body a name means, in any of its spellings."""
        name = self.cleaned_data["lead"]
        return self._body(name) if name else None

    def clean_coordinating(self) -> tuple[UUID, ...]:
        """The bodies named, in any of their spellings."""
        named = names([self.cleaned_data["coordinating"]])
        return tuple(dict.fromkeys(self._body(name) for name in named))

    def _body(self, name: str) -> UUID:
        found = match(name, [_candidate(b) for b in self.hall.bodies])
        if found.id is None:
            sentence = _(
                "No body was found for “%(name)s”. Choose one of the list, or leave it empty."
            )
            raise ValidationError(sentence % {"name": name})
        return UUID(found.id)

    def clean(self) -> dict[str, object]:
        """A warning comes before the line is kept, and somebody answers it."""
        said = self.cleaned_data
        other, danger = warned(said.get("text", "")) if self.asks else ("", "")
        if other and not said.get("procedure"):
            self.add_error("procedure", other)
        if danger and not said.get("urgent"):
            self.add_error("urgent", danger)
        return said

    @property
    def asks_secret(self) -> bool:
        """Whether the box about a state secret is in sight: asked for by a refusal, or ticked."""
        box = self["not_secret"]
        return bool(box.errors or (self.is_bound and box.data))

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
            coordinating=() if spot else self._others(),
            procedure=said["procedure"],
            urgent={"yes": True, "no": False}.get(said["urgent"]),
            may_publish=said["may_publish"],
            not_secret=said["not_secret"],
        )

    def _others(self) -> tuple[UUID, ...]:
        """Who coordinates, the lead body itself not counted."""
        said = self.cleaned_data
        return tuple(body for body in said["coordinating"] if body != said["lead"])

    def _field(self) -> str:
        """The field meant; Other where a decision needs one and none was understood."""
        said = self.cleaned_data
        settled = said["lead"] or said["due_on"] or said["coordinating"]
        decided = said["how"] == "spot" or settled or said["field"]
        return field_code(said["field"]) or (OTHER if decided else "")


def _candidate(body: BodyName) -> Candidate:
    return Candidate(str(body.id), body.name, body.aliases, (), body.places)


def secret(text: str) -> str:
    """What a clerk is told of a mark of a state secret in these words, or nothing."""
    mark = secrecy.stamped(text)
    said = _(
        "The words bear the mark “%(mark)s”: a state secret is not taken down here (Law "
        "117/2025/QH15, article 5(2)). Keep it on paper; if it is none, say so below."
    )
    return said % {"mark": mark} if mark else ""


def warned(text: str) -> tuple[str, str]:
    """What a clerk is told while taking these words down: another procedure, danger."""
    other = suspicions.other_procedure(text)
    danger = _("Danger to life or works is mentioned: check whether it is urgent.")
    return (
        str(looks_like(other)) if other != "none" else "",
        danger if suspicions.urgent(text) else "",
    )
