"""Text into values: a petition as it is written into the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.petitions.receiving import Arrival
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.forms.fields import DayField, FilesField, id_field, long_text
from doithoai.cases.forms.intake import Receiving
from doithoai.cases.models import Petition
from doithoai.cases.queries import choosing, labels
from doithoai.cases.queries.petitions import ended_places
from doithoai.units.models import Body

SEALED = ("denunciation", "denunciation_info", "party_matter")


# What few petitions have; folded away until it is needed.
RARE: Final = {
    _("A denunciation: sealed at once"): (
        "sealed_kind", "respondent", "respondent_people", "people_only",
    ),
    _("Passed on by somebody"): (
        "forwarder", "forwarding_body", "forwarder_name", "letter_number", "letter_on",
    ),
    _("Begun in a unit that has ended"): ("begun_place", "begun_with"),
    _("Bears a degree of secrecy"): ("not_secret", "kept_on_paper"),
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Fields that stand together, under a title that opens them."""

    title: str
    fields: Sequence[forms.BoundField]
    open: bool


class Registering(Receiving):
    """A petition with its sender, its way here and what it is like as a paper."""

    arrived_on = DayField(label=_("Came in on"))
    arrived_by = forms.ChoiceField(label=_("How it came in"))
    sealed_kind = forms.ChoiceField(
        label=_("Is it to be sealed at once?"),
        required=False,
        help_text=_("A denunciation gets its number in the settling body's own register."),
    )
    respondent = id_field(_("Whom it denounces"), required=False)
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
    signatories = forms.IntegerField(label=_("Signatories"), min_value=1, initial=1)
    written = forms.BooleanField(label=_("In writing"), required=False, initial=True)
    signed = forms.BooleanField(label=_("Signed or fingerprinted"), required=False, initial=True)
    anonymous = forms.BooleanField(label=_("Anonymous"), required=False)
    impersonated = forms.BooleanField(label=_("In a false name"), required=False)
    originals = long_text(_("Original papers handed over, one a line"), rows=3, required=False)
    scans = FilesField(label=_("Scans and files"), required=False)
    not_secret = forms.BooleanField(
        label=_("I have looked at it: it is no state secret"), required=False
    )
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
        )

    def arrival(self) -> Arrival:
        """How it came in."""
        given = self.cleaned_data
        plain = (
            "arrived_on", "arrived_by", "forwarder", "forwarding_body", "forwarder_name",
            "letter_number", "letter_on", "begun_place", "begun_with", "written", "signed",
            "dated_on", "signatories", "anonymous", "impersonated", "not_secret", "kept_on_paper",
        )  # fmt: skip
        papers = tuple(line for line in given["originals"].splitlines() if line.strip())
        facts = {name: given[name] for name in plain}
        return Arrival(**facts, originals=papers, nature=self._nature())

    def _nature(self) -> Nature | None:
        """What it is, where it is to be sealed before anybody else reads it."""
        kind = self.cleaned_data["sealed_kind"]
        if not kind:
            return None
        about: UUID | None = self.cleaned_data["respondent"]
        field = self.cleaned_data["field"] or "other"
        return Nature(
            kind,
            field,
            respondents=(about,) if about else (),
            people=self.cleaned_data["respondent_people"],
            leads=not self.cleaned_data["people_only"],
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
