"""Text into values: answers, drafts, more time, what is published."""

from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doithoai.cases.commands.answering import Extension, Reply
from doithoai.cases.commands.publishing import Public, propose
from doithoai.cases.events import REASONS
from doithoai.cases.forms.fields import (
    ActForm,
    FilesField,
    Given,
    Seen,
    SeenIfSent,
    long_text,
)
from doithoai.cases.queries import choosing, labels
from doithoai.cases.workflow import Outcome
from doithoai.theme.fields import DayField

END_OF_WORK = time(17, 0)
WITHHELD = ("private_life", "no_consent", "secret", "third_person", "other")


class Drafting(Seen):
    """An answer as it is written."""

    outcome = forms.ChoiceField(label=_("Result of settlement"), widget=forms.RadioSelect)
    text = long_text(_("What was done, by whom; or why not and what is missing"), rows=9)
    number = forms.CharField(label=_("Number of the document"), max_length=60, required=False)
    signed_on = DayField(label=_("Date of the document"), required=False)
    roadmap_year = forms.IntegerField(
        label=_("Year on the roadmap"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("Only when resources are missing; it is reviewed every six months."),
    )

    def prepare(self, given: Given) -> None:
        """The outcomes; what has been drafted."""
        super().prepare(given)
        outside = {Outcome.NONE, Outcome.WITHDRAWN, Outcome.IN_PROGRESS}
        self.offer("outcome", [(o.value, str(o.label)) for o in Outcome if o not in outside])
        drafted = getattr(given.case, "draft", None)
        if drafted is not None:
            names = ("outcome", "text", "number", "signed_on", "roadmap_year")
            self.initial.update({name: getattr(drafted, name) for name in names})

    def value(self) -> Reply:
        """The answer as written."""
        given = self.cleaned_data
        return Reply(
            text=given["text"],
            outcome=given["outcome"],
            number=given["number"],
            signed_on=given["signed_on"],
            roadmap_year=given["roadmap_year"],
        )


class Answering(Drafting):
    """An answer with its evidence, perhaps given earlier on paper."""

    evidence = FilesField(
        label=_("Documents and pictures"),
        required=False,
        help_text=_("Settled needs evidence: a document's number and date, or a picture or file."),
    )
    at_hand = forms.TypedMultipleChoiceField(
        label=_("Documents already in the item"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what proves the answer: the reply of the body written to, for one."),
    )
    happened_on = DayField(
        label=_("Answered earlier, on"),
        required=False,
        help_text=_("Only for an answer already given on paper; it is shown as entered late."),
    )

    def prepare(self, given: Given) -> None:
        """What lies in the item already."""
        super().prepare(given)
        at_hand = choosing.at_hand(given.case)
        if not at_hand:
            self.fields.pop("at_hand", None)
            return
        self.offer("at_hand", at_hand)

    def value(self) -> Reply:
        """The answer as written; an earlier one counts from the end of that working day."""
        given = self.cleaned_data
        on = given["happened_on"]
        zone = timezone.get_default_timezone()
        return replace(
            super().value(),
            evidence=tuple(given.get("at_hand", ())),
            happened_at=datetime.combine(on, END_OF_WORK, tzinfo=zone) if on else None,
        )


class AnsweringMany(Answering):
    """One answer for several cases, with evidence that proves it for each."""

    at_hand = None  # type: ignore[assignment]  # Django's way to leave a field out
    seen = None  # type: ignore[assignment]  # likewise

    def prepare(self, given: Given) -> None:
        """The outcomes."""
        Drafting.prepare(self, given)
        self.initial = {}


class Extending(ActForm):
    """More time for one date, with its reason."""

    rule = forms.ChoiceField(label=_("Which date"))
    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=_("Days more"), required=False, min_value=1, max_value=365,
        help_text=_("Counted as the rule counts: working days where it says so."),
    )  # fmt: skip
    until = DayField(label=_("Or until"), required=False)
    reason = long_text(_("Reason, as the person will read it"), rows=3)
    document = forms.CharField(label=_("Number of the document"), max_length=60, required=False)
    signed_on = DayField(label=_("Date of the document"), required=False)

    def prepare(self, given: Given) -> None:
        """Dates the law lets be extended."""
        super().prepare(given)
        self.offer("rule", choosing.extensible(given.case))
        words = {
            "complex": _("The matter is complex"),
            "resources": _("Resources are missing"),
            "other": _("Another ground"),
        }
        self.offer("ground", [(ground, str(words[ground])) for ground in REASONS])

    def value(self) -> Extension:
        """The extension as asked."""
        given = self.cleaned_data
        return Extension(
            rule=given["rule"],
            reason=given["reason"],
            days=given["days"],
            until=given["until"],
            ground=given["ground"],
            document=given["document"],
            signed_on=given["signed_on"],
        )


class Publishing(SeenIfSent):
    """What the public is to read; the product proposes what to mask, a person decides."""

    title = forms.CharField(label=_("Title"), max_length=300)
    text = long_text(_("What was said"), rows=8)
    answer = long_text(_("What was answered"), rows=8, required=False)
    ground = long_text(
        _("Legal ground, where somebody has not agreed to publication"), rows=2, required=False
    )
    pictures = forms.TypedMultipleChoiceField(
        label=_("Pictures and documents the public sees"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what shows no person and no private paper."),
    )

    def prepare(self, given: Given) -> None:
        """The texts with names, numbers and addresses masked."""
        super().prepare(given)
        proposed = propose(given.case)
        self.initial = {
            **self.initial,
            "title": proposed.title,
            "text": proposed.text,
            "answer": proposed.answer,
            "ground": proposed.ground,
        }
        shown = choosing.evidence(given.case)
        if not shown:
            del self.fields["pictures"]
            return
        self.offer("pictures", shown)

    def value(self) -> Public:
        """The texts as decided."""
        given = self.cleaned_data
        return Public(
            title=given["title"],
            text=given["text"],
            answer=given["answer"],
            ground=given["ground"],
        )


class Withholding(ActForm):
    """Why it is not published."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def prepare(self, given: Given) -> None:
        """The reasons, which are counted."""
        super().prepare(given)
        self.offer("reason", [(reason, labels.withheld(reason)) for reason in WITHHELD])
