"""Text into values: what a case is and where it goes."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.letters import Letter, ReplyPaper
from doithoai.cases.commands.placing import Kind
from doithoai.cases.events import PROCEDURES
from doithoai.cases.forms.fields import (
    ActForm,
    FilesField,
    Given,
    SeenIfSent,
    id_field,
    long_text,
)
from doithoai.cases.queries import choosing, labels
from doithoai.theme.fields import DayField


class Classifying(SeenIfSent):
    """What it is, in which field, how urgent, and whether another procedure is the right one."""

    field = forms.ChoiceField(label=_("Field"))
    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Short title"),
        max_length=110,
        help_text=_("It names no person; names and numbers are masked."),
    )
    urgent = forms.BooleanField(
        label=_("Urgent: life or works are in danger"),
        required=False,
        help_text=_("The head is told at once and a first measure is owed today."),
    )
    other_procedure = forms.ChoiceField(
        label=_("Does another procedure apply?"),
        help_text=_("If so it is kept private, and the person is told the right way in writing."),
    )
    complained_of = id_field(
        _("Body it is about"),
        required=False,
        help_text=_("It will neither handle the item nor see that it exists."),
    )

    def prepare(self, given: Given) -> None:
        """Choices of the pack; what the case already says."""
        super().prepare(given)
        self.offer("field", choosing.fields())
        self.offer("kind", choosing.kinds())
        self.offer("other_procedure", [(p, labels.procedure(p)) for p in PROCEDURES])
        bodies = choosing.bodies_around(given.case.receiving_body.place, today=given.today)
        self.offer("complained_of", bodies)
        matter = given.case.matter
        self.initial.update(
            {
                "field": matter.field or "other",
                "kind": matter.procedure,
                "title": matter.title,
                "urgent": given.case.urgent,
                "other_procedure": given.case.other_procedure,
            }
        )

    def value(self) -> Kind:
        """What the clerk decided."""
        given = self.cleaned_data
        return Kind(
            field=given["field"],
            kind=given["kind"],
            urgent=given["urgent"],
            other_procedure=given["other_procedure"],
            complained_of=given["complained_of"],
            title=given["title"],
        )


class Routing(SeenIfSent):
    """A body of the same authority, and why that one."""

    to = id_field(_("Body"))
    why = long_text(_("Why this body"), rows=3)

    def prepare(self, given: Given) -> None:
        """The bodies here; the competent one and its reason are proposed."""
        super().prepare(given)
        place = given.case.receiving_body.place
        here = choosing.bodies_of_place(place, today=given.today)
        self.offer("to", choosing.not_shut_out(given.case, here, today=given.today))
        self.suggest(given)

    def suggest(self, given: Given) -> None:
        """Propose whom the competence table names, with its explanation."""
        found = choosing.referral(given.case, today=given.today)
        if found is not None:
            self.initial.update({"to": str(found.body.pk), "why": found.why})


class Offering(Routing):
    """Another body, which accepts or returns."""

    def prepare(self, given: Given) -> None:
        """Bodies with an account, near ones first; not the one that has it."""
        SeenIfSent.prepare(self, given)
        place = given.case.receiving_body.place
        around = choosing.bodies_around(place, today=given.today, with_account=True)
        around = choosing.not_shut_out(given.case, around, today=given.today)
        has_it = given.case.handling_body_id or given.case.receiving_body_id
        self.offer("to", [pair for pair in around if pair[0] != str(has_it)])
        self.suggest(given)

    def suggest(self, given: Given) -> None:
        """Never the body that has it."""
        found = choosing.referral_elsewhere(given.case, today=given.today)
        if found is not None:
            self.initial.update({"to": str(found.body.pk), "why": found.why})


class DraftingLetter(Routing):
    """A body without an account, and why; the letter's number and date come from who signs it."""

    def prepare(self, given: Given) -> None:
        """Bodies without an account first: they can only be written to. What was drafted stands
        there already.
        """
        SeenIfSent.prepare(self, given)
        place = given.case.receiving_body.place
        far = choosing.bodies_around(place, today=given.today, with_account=False)
        known = {body for body, _name in far}
        near = choosing.bodies_around(place, today=given.today)
        every = [*far, *(pair for pair in near if pair[0] not in known)]
        self.offer("to", choosing.not_shut_out(given.case, every, today=given.today))
        self.suggest(given)
        drafted = choosing.letter_draft(given.case)
        if drafted is not None:
            self.initial.update({"to": str(drafted.to_id), "why": drafted.why})


class Forwarding(DraftingLetter):
    """A body without an account, by a signed letter."""

    number = forms.CharField(label=_("Number of the letter"), max_length=60)
    signed_on = DayField(label=_("Date of the letter"))
    signed_file = forms.FileField(
        label=_("Signed letter"),
        required=False,
        help_text=_("PDF with its digital signature, or a picture of the paper."),
    )
    field_order = ("to", "number", "signed_on", "signed_file", "why")

    def letter(self) -> Letter:
        """The letter as signed."""
        given = self.cleaned_data
        return Letter(
            number=given["number"],
            signed_on=given["signed_on"],
            why=given["why"],
            signed_file=given["signed_file"],
        )


class RecordingReply(ActForm):
    """What the body written to replied, by which document; its file is evidence."""

    text = long_text(_("What the body replied"))
    number = forms.CharField(label=_("Number of the reply"), max_length=60)
    signed_on = DayField(label=_("Date of the reply"))
    reply_file = FilesField(
        label=_("The reply as a file"),
        help_text=_("PDF or pictures; kept as evidence for the answer to the person."),
    )

    def paper(self) -> ReplyPaper:
        """The document of the reply."""
        given = self.cleaned_data
        return ReplyPaper(
            number=given["number"], signed_on=given["signed_on"], files=tuple(given["reply_file"])
        )


class Coordinating(ActForm):
    """Which bodies help the lead body; none ticked: nobody does any more."""

    bodies = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Coordinating bodies"),
    )

    def prepare(self, given: Given) -> None:
        """Bodies around, near ones first; not the lead body."""
        super().prepare(given)
        place = given.case.receiving_body.place
        lead = str(given.case.handling_body_id or given.case.receiving_body_id)
        around = choosing.bodies_around(place, today=given.today)
        around = choosing.not_shut_out(given.case, around, today=given.today)
        self.offer("bodies", [pair for pair in around if pair[0] != lead])
        self.initial["bodies"] = [str(body) for body in given.case.coordinating]


class Assigning(ActForm):
    """Who works on it."""

    post = id_field(_("Post"))

    def prepare(self, given: Given) -> None:
        """The posts of the body that has it."""
        self.offer("post", choosing.posts_of(given.case, today=given.today))


class ClassifyingMany(Classifying):
    """Several cases alike; each keeps its title, and another procedure is decided one by one."""

    title = None  # type: ignore[assignment]  # Django's way to leave a field out
    seen = None  # type: ignore[assignment]  # Django's way to leave a field out
    other_procedure = None  # type: ignore[assignment]  # likewise
    complained_of = None  # type: ignore[assignment]  # likewise

    def prepare(self, given: Given) -> None:
        """Choices of the pack."""
        self.offer("field", choosing.fields())
        self.offer("kind", choosing.kinds())
        self.initial.update({"field": given.case.matter.field, "kind": given.case.matter.procedure})

    def value(self) -> Kind:
        """What the clerk decided for all."""
        given = self.cleaned_data
        return Kind(field=given["field"], kind=given["kind"], urgent=given["urgent"])


class RoutingMany(Routing):
    """Several cases to one body; the page sends the version of each."""

    seen = None  # type: ignore[assignment]  # Django's way to leave a field out


class OfferingMany(Offering):
    """Several cases to one other body; the page sends the version of each."""

    seen = None  # type: ignore[assignment]  # Django's way to leave a field out
