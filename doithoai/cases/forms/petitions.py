"""Text into values: what kind of petition it is, and what is decided of it."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from doithoai.cases import settlers
from doithoai.cases.commands.petitions.deciding import Acceptance
from doithoai.cases.commands.petitions.decisions import Signed
from doithoai.cases.commands.petitions.relating import KINDS, SIDES, Relation
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.petitions.splitting import Part
from doithoai.cases.events import COMPETENCES, INSTANCES
from doithoai.cases.forms.fields import (
    ActForm,
    Given,
    SeenIfSent,
    id_field,
    long_text,
    nobody_can_tell,
    offer_grounds,
)
from doithoai.cases.petition_events import COMPLEXITIES
from doithoai.cases.queries import choosing, labels
from doithoai.core.decisions import Decision
from doithoai.theme.fields import DayField
from doithoai.units.queries import country

PARTS = 4
_WHOSE_DECISION = _(
    "Choose the body whose decision or act is complained of: it decides who settles the complaint. "
    "If it is not on the list, choose that another body is competent."
)


class Sorting(SeenIfSent):
    """What kind of petition it is, whose competence, and whom it is about."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    field = forms.ChoiceField(label=_("Field"))
    instance = forms.ChoiceField(
        label=pgettext_lazy("complaint", "Instance"),
        required=False,
        help_text=_("Of a complaint: first, second, or against a discipline."),
    )
    competence = forms.ChoiceField(
        label=_("Competence"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "It follows from kind, instance and level; whoever may not settle is told why."
        ),
    )
    respondents = forms.TypedMultipleChoiceField(
        label=_(
            "Whose decision or act is complained of, or who is reported or denounced: the body, or "
            "the body in which they work"
        ),
        required=False,
        coerce=UUID,
        help_text=_(
            "Of a complaint it decides who settles it. Required of a denunciation, of information "
            "with such content and of a Party matter: they will neither handle the item nor see "
            "that it exists, and who settles it gets it at once."
        ),
    )
    unknown = nobody_can_tell(_("It cannot be told yet who is denounced"))
    people = long_text(
        _("People it is about, one a line: name, post"),
        rows=3,
        required=False,
        help_text=_("Who of them has a seat here is shut out in every seat they have or take."),
    )
    people_only = forms.BooleanField(
        label=_("It is about these people alone, not about the body or who leads it"),
        required=False,
    )
    administrative_rules = forms.BooleanField(
        label=_("It is about administrative rules"), required=False
    )
    title = forms.CharField(
        label=_("Short title"),
        max_length=110,
        required=False,
        help_text=_("It names no person; names and numbers are masked."),
    )

    def prepare(self, given: Given) -> None:
        """Choices of the pack; what the item already says."""
        super().prepare(given)
        case = given.case
        self.offer("kind", choosing.all_kinds())
        self.offer("field", choosing.fields())
        self.offer("instance", [(i, labels.instance(i)) for i in INSTANCES], blank="—")
        self.offer(
            "competence",
            [(c, labels.competence(c)) for c in COMPETENCES],
            blank=str(_("As the law says, by kind, instance and level")),
        )
        self.holder = case.handling_body or case.receiving_body
        around = choosing.bodies_around(case.receiving_body.place, today=given.today)
        self.offer("respondents", around)
        self.fields["people"].widget.attrs["data-private"] = True  # no draft of it in the browser
        self.initial.update(
            {
                "kind": case.matter.procedure,
                "field": case.matter.field or "other",
                "instance": case.instance,
                "competence": case.competence,
                "title": "" if case.matter.sealed else case.matter.title,
                **given.initial,
            }
        )

    def clean(self) -> dict[str, object]:
        """A complaint says whose decision it is about, and competence follows from that; a tick
        against it is refused with the article. What is denounced goes to its settler by itself.
        """
        super().clean()
        given: dict[str, object] = self.cleaned_data
        if given.get("kind") != "complaint" or given.get("competence") == "other":
            given["competence"] = given.get("competence") or "own"
            return given
        if not given.get("respondents"):
            self.add_error("respondents", _WHOSE_DECISION)
            return given
        may = self._may_settle()
        if not may and given.get("competence") == "own":
            self.add_error("competence", may.reason)
        given["competence"] = "own" if may else "other"
        return given

    def _may_settle(self) -> Decision:
        """Whether the body that has it may settle what is sorted so."""
        given = self.cleaned_data
        bodies = choosing.bodies(given["respondents"])
        about = settlers.About(given["kind"], given.get("instance") or "", bodies)
        return settlers.may_settle(about, self.holder)

    def value(self) -> Nature:
        """What the clerk decided."""
        given = self.cleaned_data
        return Nature(
            kind=given["kind"],
            field=given["field"],
            instance=given["instance"],
            competence=given["competence"],
            respondents=tuple(given["respondents"]),
            administrative_rules=given["administrative_rules"],
            title=given["title"],
            people=given["people"],
            leads=not given["people_only"],
            unknown=given["unknown"],
        )


class Converting(Sorting):
    """Another kind, and why."""

    why = long_text(_("Why it is handled as another kind; the person reads it"), rows=3)


class Splitting(ActForm):
    """The matters of a mixed petition, each in its own words, and what the person is told."""

    guidance = long_text(_("What the person is told: write one petition for each matter"), rows=3)

    def _add(self, n: int) -> None:
        number, needed = {"n": n}, n <= 2
        made = {
            "text": long_text(_("Matter %(n)d: what it says") % number, rows=3, required=needed),
            "kind": forms.ChoiceField(label=_("Matter %(n)d: kind") % number, required=needed),
            "field": forms.ChoiceField(label=_("Matter %(n)d: field") % number, required=needed),
            "instance": forms.ChoiceField(
                label=_("Matter %(n)d: instance, of a complaint") % number, required=False
            ),
            "competence": forms.ChoiceField(
                label=_("Matter %(n)d: competence") % number, required=needed
            ),
            "respondent": id_field(_("Matter %(n)d: whom it is about") % number, required=False),
            "unknown": nobody_can_tell(
                _("Matter %(n)d: it cannot be told yet who is denounced") % number
            ),
        }
        self.fields.update({f"{name}_{n}": made_field for name, made_field in made.items()})

    def prepare(self, given: Given) -> None:
        """A group of fields for each matter, with the choices of the pack."""
        for n in range(1, PARTS + 1):
            self._add(n)
        super().prepare(given)
        around = choosing.bodies_around(given.case.receiving_body.place, today=given.today)
        for n in range(1, PARTS + 1):
            self.offer(f"kind_{n}", choosing.all_kinds())
            self.offer(f"field_{n}", choosing.fields())
            self.offer(f"instance_{n}", [(i, labels.instance(i)) for i in INSTANCES], blank="—")
            self.offer(f"competence_{n}", [(c, labels.competence(c)) for c in COMPETENCES])
            self.offer(f"respondent_{n}", around, blank="—")

    def value(self) -> list[Part]:
        """The matters that were written."""
        numbers = range(1, PARTS + 1)
        return [self._part(n) for n in numbers if self.cleaned_data.get(f"text_{n}", "").strip()]

    def _part(self, n: int) -> Part:
        said = {name: self.cleaned_data.get(f"{name}_{n}") for name in ("respondent",)}
        given = {
            name: str(self.cleaned_data.get(f"{name}_{n}") or "")
            for name in ("text", "kind", "field", "instance", "competence")
        }
        respondent = said["respondent"]
        nature = Nature(
            kind=given["kind"],
            field=given["field"] or "other",
            instance=given["instance"],
            competence=given["competence"] or "own",
            respondents=(respondent,) if respondent else (),
            unknown=bool(self.cleaned_data.get(f"unknown_{n}")),
        )
        return Part(nature, given["text"])


class Examining(ActForm):
    """Which conditions it does not meet; none ticked: it meets them all."""

    grounds = forms.MultipleChoiceField(
        label=_("Conditions it does not meet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing when it meets all of them."),
    )

    def prepare(self, given: Given) -> None:
        """The conditions of the country's list."""
        super().prepare(given)
        known, kind = country().ineligible_grounds.values(), given.case.matter.procedure
        self.offer("grounds", choosing.grounds(known, kind=kind))


class Documented(ActForm):
    """The number and the date of the document, once signed."""

    number = forms.CharField(label=_("Number of the document"), max_length=60, required=False)
    signed_on = DayField(label=_("Date of the document"), required=False)

    def paper(self) -> Signed:
        """The document as its clerk numbered it."""
        return Signed(self.cleaned_data["number"], self.cleaned_data["signed_on"])


class Admitting(Documented):
    """From which day it is accepted, in which area, how complex."""

    accepted_on = DayField(
        label=_("Accepted on"),
        help_text=_("The day of the decision; the law counts the time to settle from it."),
    )
    complexity = forms.ChoiceField(label=_("Complexity, stated in writing"))
    remote_area = forms.BooleanField(
        label=_("In a remote area where travel is hard"), required=False
    )

    def prepare(self, given: Given) -> None:
        """Today, unless the decision is of an earlier day."""
        super().prepare(given)
        self.offer("complexity", [(c, labels.complexity(c)) for c in COMPLEXITIES])
        self.initial.update({"accepted_on": given.today.isoformat(), **given.initial})

    def value(self) -> Acceptance:
        """The acceptance as decided."""
        given = self.cleaned_data
        return Acceptance(
            accepted_on=given["accepted_on"],
            complexity=given["complexity"],
            remote_area=given["remote_area"],
            paper=self.paper(),
        )


class Declining(Documented):
    """On which ground of the law it is not accepted."""

    ground = forms.ChoiceField(label=_("Legal ground"))
    text = long_text(_("What the person is told"), rows=4)

    def prepare(self, given: Given) -> None:
        """The grounds the law gives for this kind."""
        super().prepare(given)
        offer_grounds(self, given, country().decline_grounds)


class Stopping(Documented):
    """The decision to stop the settlement, and what the person reads."""

    text = long_text(_("What the person is told"), rows=3)


class GoingOn(ActForm):
    """On which ground it is settled in spite of the withdrawal."""

    ground = forms.ChoiceField(label=_("Legal ground"))
    text = long_text(_("What the person is told"), rows=3)

    def prepare(self, given: Given) -> None:
        """The grounds the law gives for this kind."""
        super().prepare(given)
        offer_grounds(self, given, country().going_on_grounds)


class Relating(ActForm):
    """Which official stands how near to which party."""

    user = id_field(_("Official"))
    kind = forms.ChoiceField(label=_("What they are to the party"))
    side = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)

    def prepare(self, given: Given) -> None:
        """The officials who could handle it, the kinds of the law."""
        super().prepare(given)
        self.offer("user", choosing.officials_near(given.case, today=given.today), blank="—")
        self.offer("kind", [(k, labels.relation(k)) for k in KINDS], blank="—")
        self.offer("side", [(s, labels.side(s)) for s in SIDES])

    def value(self) -> Relation:
        """As declared."""
        given = self.cleaned_data
        return Relation(given["user"], given["kind"], given["side"])
