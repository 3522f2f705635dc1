"""Words that seem to denounce somebody: about whom, asked before anything of them is kept."""

from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.queries import choosing
from doithoai.core.trying import AskedLater
from doithoai.reception.forms.fields import area, offer
from doithoai.reception.models import Visit

ANSWERS = ("about", "unknown")  # either makes it a denunciation
QUESTIONS = frozenset({*ANSWERS, "about_people", "people_only"})
PRIVATE = {"autocomplete": "off", "data-private": True}


class Asked(forms.Form):
    """What somebody says at the desk. In sight only once the words gave cause to ask: whom they
    are about, which takes them in sealed, or that they denounce nobody.
    """

    ordinary = AskedLater(
        label=gettext_lazy(
            "I have asked: it is no denunciation, or only a part that I split off to be sealed"
        )
    )
    about = forms.TypedChoiceField(
        coerce=UUID,
        required=False,
        empty_value=None,
        label=gettext_lazy(
            "Who is reported or denounced: the body, or the body in which they work"
        ),
        help_text=gettext_lazy(
            "It is then taken in sealed and this visit is kept sealed; nothing of it is written "
            "into this register."
        ),
    )
    unknown = forms.BooleanField(
        required=False, label=gettext_lazy("It cannot be told yet who is denounced")
    )
    about_people = forms.CharField(
        required=False,
        max_length=2000,
        widget=area(2),
        label=gettext_lazy("People it denounces, one a line: name, post"),
    )
    people_only = forms.BooleanField(
        required=False,
        label=gettext_lazy("It is about these people alone, not about the body or who leads it"),
    )

    def offer_bodies(self, visit: Visit, *, today: date) -> None:
        """The bodies it may be about. Only a form that was sent asks; the page itself does not."""
        self.fields["about_people"].widget.attrs |= PRIVATE
        if self.is_bound:
            bodies = choosing.bodies_around(visit.body.place, today=today)
            offer(self, "about", [("", "—"), *bodies])

    @property
    def asks(self) -> bool:
        """Whether the question stands on the page."""
        return self.is_bound and bool(
            self.errors.get("ordinary") or any(self[name].data for name in ANSWERS)
        )

    def nature(self) -> Nature | None:
        """The denunciation the words are, if somebody said so. Only after ``is_valid``."""
        said = self.cleaned_data
        if not any(said[name] for name in ANSWERS):
            return None
        return Nature(
            "denunciation",
            said.get("field") or "other",
            respondents=(said["about"],) if said["about"] else (),
            people=said["about_people"],
            leads=not said["people_only"],
            unknown=said["unknown"],
        )
