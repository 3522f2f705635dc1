"""A dialogue as it is planned, put off, called off."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from doithoai.dialogues.commands.planning import Plan
from doithoai.dialogues.forms.fields import Data, area, day, hour, moment, offer
from doithoai.dialogues.models import Chair, Dialogue
from doithoai.dialogues.planning_queries import Choices


class Kind(TextChoices):
    """The kinds of dialogue in the words of the regulations."""

    PERIODIC = "periodic", pgettext_lazy("dialogue", "Regular")
    THEMATIC = "thematic", pgettext_lazy("dialogue", "On a theme")
    UNSCHEDULED = "unscheduled", pgettext_lazy("dialogue", "Unscheduled")
    CONFERENCE = (
        "conference",
        pgettext_lazy("dialogue", "Conference of exchange and dialogue with the people"),
    )


class Form(TextChoices):
    """How people meet."""

    HALL = "hall", pgettext_lazy("dialogue", "In a hall")
    CLUSTER = "cluster", pgettext_lazy("dialogue", "In a cluster of villages")
    ONLINE = "online", pgettext_lazy("dialogue", "Online")


class Planning(forms.Form):
    """A dialogue as it is planned."""

    title = forms.CharField(max_length=300, label=gettext_lazy("Name of the dialogue"))
    host = forms.TypedChoiceField(coerce=UUID, label=gettext_lazy("Body that holds it"))
    kind = forms.ChoiceField(
        choices=Kind.choices, widget=forms.RadioSelect, label=pgettext_lazy("dialogue", "Kind")
    )
    form = forms.ChoiceField(
        choices=Form.choices,
        widget=forms.RadioSelect,
        label=pgettext_lazy("dialogue", "Form"),
        initial=Form.HALL,
    )
    on = day(pgettext_lazy("dialogue", "Day"))
    hour = hour()
    venue = forms.CharField(max_length=200, label=gettext_lazy("Place to meet"))
    chair = forms.TypedChoiceField(coerce=UUID, label=gettext_lazy("Chair"))
    co_chairs = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Co-chairs"),
    )
    organisers = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Bodies that organise it together"),
    )
    villages = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Villages it is for"),
        help_text=gettext_lazy("Promises still open in these villages go into the chair's file."),
    )
    invited = forms.CharField(required=False, widget=area(3), label=gettext_lazy("Who is invited"))
    agenda = forms.CharField(
        required=False,
        widget=area(5),
        label=gettext_lazy("Content of the dialogue"),
        help_text=gettext_lazy("It is made public with the announcement."),
    )
    party_head = forms.BooleanField(
        required=False,
        label=gettext_lazy(
            "Counts as the direct dialogue of the head of the Party committee "
            "and the authority with the people"
        ),
    )
    commune_conference = forms.BooleanField(
        required=False,
        label=gettext_lazy(
            "Counts as the yearly conference of exchange and dialogue "
            "of the commune with the people"
        ),
    )
    other_regime = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Counts also for another regulation"),
        help_text=gettext_lazy(
            "Number and name of the regulation. "
            "One dialogue may meet several duties; it is counted once."
        ),
    )

    def __init__(
        self,
        data: Data | None = None,
        *,
        choices: Choices,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        posts = [(str(p.pk), f"{p.title} · {p.body.short_name}") for p in choices.chairs]
        heads = [
            (str(p.pk), f"{p.title} · {p.body.short_name}") for p in choices.chairs if p.is_head
        ]
        offer(self, "host", [(str(b.pk), b.short_name) for b in choices.hosts])
        offer(self, "chair", posts)
        offer(self, "co_chairs", heads)
        offer(self, "organisers", [(str(b.pk), b.short_name) for b in choices.bodies])
        offer(self, "villages", [(str(v.pk), v.name) for v in choices.villages])

    def plan(self) -> Plan:
        """The plan as it was typed. Only after ``is_valid``."""
        said = dict(self.cleaned_data)
        on, hour, chair = said.pop("on"), said.pop("hour"), said.pop("chair")
        said.pop("reason", "")  # asked only of a change, and told beside the plan
        seats = (chair, *(post for post in said.pop("co_chairs") if post != chair))
        organisers = tuple(b for b in said.pop("organisers") if b != said["host"])
        return Plan(
            **{**said, "villages": tuple(said["villages"])},
            chairs=seats,
            organisers=organisers,
            starts_at=moment(on, hour),
        )


def planned(
    dialogue: Dialogue, chairs: tuple[Chair, ...], villages: tuple[UUID, ...]
) -> dict[str, object]:
    """What the form of a plan starts from when it is changed."""
    starts = timezone.localtime(dialogue.starts_at)
    names = (
        "title",
        "kind",
        "form",
        "venue",
        "invited",
        "agenda",
        "party_head",
        "commune_conference",
        "other_regime",
    )
    return {
        **{name: getattr(dialogue, name) for name in names},
        "host": str(dialogue.host_id),
        "on": starts.date(),
        "hour": starts.time(),
        "chair": str(chairs[0].post_id) if chairs else "",
        "co_chairs": [str(chair.post_id) for chair in chairs[1:]],
        "organisers": [str(body) for body in dialogue.organisers],
        "villages": [str(village) for village in villages],
    }


class Changing(Planning):
    """A plan that is changed: what was announced is moved only with a reason."""

    reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=area(3),
        label=gettext_lazy("Why day, hour or place are changed"),
        help_text=gettext_lazy(
            "Needed when what was announced is moved. The reason is public "
            "until the dialogue is announced again."
        ),
    )


class Reason(forms.Form):
    """Why it is not held as announced."""

    reason = forms.CharField(
        max_length=2000,
        widget=area(4),
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("One or two sentences. The reason is announced with the news."),
    )


class NewDay(forms.Form):
    """Another day."""

    on = day(gettext_lazy("New day"))
    hour = hour()

    def moment(self) -> datetime:
        """When it begins. Only after ``is_valid``."""
        return moment(self.cleaned_data["on"], self.cleaned_data["hour"])
