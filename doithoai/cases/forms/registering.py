"""Text into values: a petition as it is written into the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.petitions.arrivals import MOST
from doithoai.cases.commands.petitions.receiving import Arrival
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.forms.fields import FilesField, id_field, long_text, nobody_can_tell
from doithoai.cases.forms.intake import Receiving
from doithoai.cases.models import Petition
from doithoai.cases.queries import choosing, labels
from doithoai.cases.queries.petitions import ended_places
from doithoai.core.trying import AskedLater
from doithoai.theme.fields import DayField
from doithoai.units.models import Body

Given = Mapping[str, object]
SEALED = ("denunciation", "denunciation_info", "party_matter")


# What few petitions have; folded away until it is needed.
RARE: Final = {
    _("A denunciation: sealed at once"): (
        "ordinary", "sealed_kind", "respondent", "respondent_unknown", "respondent_people",
        "people_only",
    ),
    _("Passed on by somebody"): (
        "forwarder", "forwarding_body", "forwarder_name", "letter_number", "letter_on",
    ),
    _("Begun in a unit that has ended"): ("begun_place", "begun_with"),
    _("Bears a degree of secrecy"): ("kept_on_paper",),
}  # fmt: skip


def _several_of_one(given: Given) -> bool:
    several = given.get("signatories")
    return given.get("who") == "person" and isinstance(several, int) and several > 1


def _nameless_by_name(given: Given) -> bool:
    return bool(given.get("anonymous")) and bool(given.get("speaker") or given.get("signed"))


def _signed_by_telephone(given: Given) -> bool:
    return given.get("arrived_by") == "telephone" and bool(
        given.get("signed") or given.get("written")
    )


def _without_a_visit(given: Given) -> bool:
    return given.get("arrived_by") == "reception"


# Which field says it, when, and what is to be mended.
CONTRADICTIONS: Final = (
    (
        "signatories",
        _several_of_one,
        _("One person signs once. Choose a group under “Who sends it”, or correct the number."),
    ),
    (
        "anonymous",
        _nameless_by_name,
        _(
            "What is anonymous bears neither a name nor a signature. Take away the name and the "
            "tick “Signed or fingerprinted”, or this tick."
        ),
    ),
    (
        "signed",
        _signed_by_telephone,
        _("What is said by telephone is neither in writing nor signed. Take away both ticks."),
    ),
    (
        "arrived_by",
        _without_a_visit,
        _(
            "What is handed over at citizen reception belongs to a visit: give the person a "
            "number at the reception desk and take it in there; it gets its number in this "
            "register by itself."
        ),
    ),
)


@dataclass(frozen=True)
class Group:
    """Fields that stand together, under a title that opens them."""

    title: str
    fields: Sequence[forms.BoundField]
    open: bool


class Registering(Receiving):
    """A petition with its sender, its way here and what it is like as a paper."""

    arrived_on = DayField(label=_("Came in on"))
    long_ago = AskedLater(label=_("I have looked at it: it came in so long ago"))
    arrived_by = forms.ChoiceField(label=_("How it came in"))
    ordinary = AskedLater(
        label=_("I have asked: it is no denunciation, or only a part that I split off to be sealed")
    )
    sealed_kind = forms.ChoiceField(
        label=_("Is it to be sealed at once?"),
        required=False,
        help_text=_("A denunciation gets its number in the settling body's own register."),
    )
    respondent = id_field(
        _("Who is reported or denounced: the body, or the body in which they work"),
        required=False,
        help_text=_("Required of what is to be sealed; it decides who may read it."),
    )
    respondent_unknown = nobody_can_tell(_("It cannot be told yet who is denounced"))
    respondent_people = long_text(
        _("People it denounces, one a line: name, post"), rows=2, required=False
    )
    people_only = forms.BooleanField(
        label=_("It is about these people alone, not about the body or who leads it"),
        required=False,
    )
    forwarder = forms.ChoiceField(label=_("Who passed it on"))
    forwarding_body = id_field(_("Body that passed it on"), required=False)
    forwarder_name = forms.CharField(
        label=_("Or its name: a deputy, a newspaper"), max_length=200, required=False
    )
    letter_number = forms.CharField(
        label=_("Number of the letter with it"), max_length=60, required=False
    )
    letter_on = DayField(label=_("Date of the letter with it"), required=False)
    begun_place = id_field(_("Begun in a unit that has ended"), required=False)
    begun_with = forms.CharField(
        label=_("Body of that unit, as it was called"), max_length=200, required=False
    )
    dated_on = DayField(label=_("Date the petition bears"), required=False)
    signatories = forms.IntegerField(label=_("Signatories"), min_value=1, max_value=MOST, initial=1)
    written = forms.BooleanField(label=_("In writing"), required=False, initial=True)
    signed = forms.BooleanField(label=_("Signed or fingerprinted"), required=False, initial=True)
    anonymous = forms.BooleanField(label=_("Anonymous"), required=False)
    impersonated = forms.BooleanField(label=_("In a false name"), required=False)
    originals = long_text(_("Original papers handed over, one a line"), rows=3, required=False)
    scans = FilesField(label=_("Scans and files"), required=False)
    kept_on_paper = forms.CharField(
        label=_("Kept on paper only, under the number"),
        max_length=60,
        required=False,
        help_text=_("For a paper that bears a degree of secrecy: nothing of it is kept here."),
    )

    def prepare_register(self, body: Body, *, today: date) -> None:
        """Choices of the pack and of the body; today, unless it came in before."""
        self.prepare_for(body.place, today=today)
        for name in ("channel", "occasion", "kind", "people"):
            del self.fields[name]
        self.fields["text"].required = False
        self.fields["text"].label = _("What the petition says")
        self.fields["who"].label = _("Who sends it")
        self.fields["respondent_people"].widget.attrs["data-private"] = True
        around = choosing.bodies_around(body.place, today=today)
        for name, choices in (
            ("arrived_by", [(b.value, labels.arrived_by(b.value)) for b in Petition.By]),
            ("sealed_kind", [("", "—"), *[(k, labels.petition_kind(k)) for k in SEALED]]),
            ("respondent", [("", "—"), *around]),
            ("forwarder", [(f.value, labels.forwarder(f.value)) for f in Petition.Forwarder]),
            ("forwarding_body", [("", "—"), *around]),
            ("begun_place", [("", "—"), *ended_places(body, today=today)]),
        ):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = choices
        self.initial.setdefault("arrived_on", today.isoformat())

    def clean(self) -> dict[str, object]:
        """What was ticked agrees with what was typed."""
        given = self.cleaned_data
        for name, contradicted, sentence in CONTRADICTIONS:
            if contradicted(given):
                self.add_error(name, sentence)
        return given

    def groups(self) -> list[Group]:
        """The fields as the page lays them out: what every petition has, then what few have."""
        named = [name for group in RARE.values() for name in group]
        usual = [self[name] for name in self.fields if name not in named]
        open_now = {name for name in named if self[name].errors or self._given(name)}
        return [
            Group("", usual, open=True),
            *(
                Group(
                    str(title),
                    [self[name] for name in names if name in self.fields],
                    open=bool(open_now & set(names)),
                )
                for title, names in RARE.items()
            ),
        ]

    def _given(self, name: str) -> bool:
        return self.is_bound and self[name].data not in (None, "", "none")

    def value(self) -> Statement:
        """What the petition says, and who sent it."""
        given = self.cleaned_data
        return Statement(
            text=given["text"],
            channel="letter",
            occasion="letter",
            who=given["who"],
            speaker=given["speaker"],
            place=given["place"],
            phone=given["phone"],
            address=given["address"],
            field=given["field"],
            may_publish=given["may_publish"],
            not_secret=given["not_secret"],
        )

    def arrival(self) -> Arrival:
        """How it came in."""
        given = self.cleaned_data
        plain = (
            "arrived_on", "arrived_by", "forwarder", "forwarding_body", "forwarder_name",
            "letter_number", "letter_on", "begun_place", "begun_with", "written", "signed",
            "dated_on", "signatories", "anonymous", "impersonated", "not_secret", "kept_on_paper",
            "ordinary", "long_ago",
        )  # fmt: skip
        papers = tuple(line for line in given["originals"].splitlines() if line.strip())
        facts = {name: given[name] for name in plain}
        return Arrival(**facts, originals=papers, nature=self._nature())

    def _nature(self) -> Nature | None:
        """What it is, where it is to be sealed before anybody else reads it."""
        about: UUID | None = self.cleaned_data["respondent"]
        answered = about or self.cleaned_data["respondent_unknown"]
        kind = self.cleaned_data["sealed_kind"] or ("denunciation" if answered else "")
        if not kind:
            return None
        field = self.cleaned_data["field"] or "other"
        return Nature(
            kind,
            field,
            respondents=(about,) if about else (),
            people=self.cleaned_data["respondent_people"],
            leads=not self.cleaned_data["people_only"],
            unknown=self.cleaned_data["respondent_unknown"],
        )


class RegisterFilters(forms.Form):
    """What a reader asks of the register."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    arrived_by = forms.ChoiceField(label=_("How it came in"), required=False)
    forwarder = forms.ChoiceField(label=_("Who passed it on"), required=False)
    again = forms.ChoiceField(label=_("Sent before"), required=False)

    def prepare(self) -> None:
        """Fill in the choices."""
        for name, choices in (
            ("kind", choosing.all_kinds()),
            ("arrived_by", [(b.value, labels.arrived_by(b.value)) for b in Petition.By]),
            ("forwarder", [(f.value, labels.forwarder(f.value)) for f in Petition.Forwarder]),
            ("again", [("yes", str(_("yes"))), ("no", str(_("no")))]),
        ):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [("", "—"), *choices]
