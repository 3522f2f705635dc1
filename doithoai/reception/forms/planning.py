"""A reception day as it is planned, moved, prepared, held."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from doithoai.accounts.models import Post
from doithoai.core.trying import AskedLater
from doithoai.reception.commands.deputies import Letter
from doithoai.reception.commands.holding import Held
from doithoai.reception.commands.planning import Plan
from doithoai.reception.commands.preparing import Asked
from doithoai.reception.forms.fields import LONG, Data, area, clock, day, moment, offer, paper
from doithoai.reception.models import DECLINED, GIVEN, Deputy, Form, Kind
from doithoai.reception.queries.sessions import Choices
from doithoai.units.models import Body

PHONE = range(8, 16)  # digits of a telephone number, with or without the country's
KINDS = (
    (Kind.REGULAR.value, pgettext_lazy("reception", "Regular reception")),
    (Kind.HEAD.value, pgettext_lazy("reception", "Scheduled reception by the head")),
    (Kind.UNSCHEDULED.value, pgettext_lazy("reception", "Unscheduled reception by the head")),
    (Kind.DEPUTY.value, pgettext_lazy("reception", "Reception by a deputy")),
)
FORMS = (
    (Form.PLACE.value, pgettext_lazy("reception", "At the reception place")),
    (Form.ONLINE.value, pgettext_lazy("reception", "Online")),
)


def whose(*, required: bool) -> forms.ChoiceField:
    """Whose deputy receives or takes part."""
    nobody = () if required else (("", gettext_lazy("No deputy")),)
    return forms.ChoiceField(
        choices=[*nobody, *Deputy.choices],
        required=required,
        widget=forms.RadioSelect,
        label=gettext_lazy("A deputy receives or takes part"),
        help_text=gettext_lazy(
            "The deputy is told 10 working days before, and may excuse themself up to 5 working "
            "days before (Law 42/2013, article 21)."
        ),
    )


def late_number() -> forms.CharField:
    """The document by which a reception is written down later."""
    return forms.CharField(
        required=False,
        max_length=80,
        label=gettext_lazy("Number of the document that shows it was held"),
        help_text=gettext_lazy(
            "Only for a reception that was held and not recorded here in time: minutes or notice, "
            "such as 12/BB-UBND. It is shown and counted as entered late."
        ),
    )


def shown_by(number: str, signed_on: date | None) -> Letter | None:
    """The document, where either half of it was typed."""
    if not number.strip() and signed_on is None:
        return None
    return Letter(number, signed_on or date.min)


class Planning(forms.Form):
    """A reception day as it is planned."""

    host = forms.TypedChoiceField(coerce=UUID, label=gettext_lazy("Body that receives"))
    kind = forms.ChoiceField(
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=Kind.HEAD,
        label=pgettext_lazy("reception", "Kind"),
    )
    receiver = forms.TypedChoiceField(
        coerce=UUID,
        label=gettext_lazy("Who receives"),
        help_text=gettext_lazy(
            "Of a deputy's day: the post of the office that serves the deputy and keeps the day."
        ),
    )
    on = day(pgettext_lazy("reception", "Day"))
    hour = clock(gettext_lazy("Begins at"))
    until = clock(gettext_lazy("Ends at"), required=False)
    venue = forms.CharField(max_length=200, label=gettext_lazy("Place of reception"))
    grounds = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Grounds of an unscheduled reception"),
        help_text=gettext_lazy("Law on Citizen Reception 42/2013, article 18(3)."),
    )
    form = forms.ChoiceField(
        choices=FORMS,
        widget=forms.RadioSelect,
        initial=Form.PLACE,
        label=pgettext_lazy("reception", "Form"),
    )
    points = forms.CharField(
        required=False,
        widget=area(3),
        label=gettext_lazy("Online: the places connected"),
        help_text=gettext_lazy(
            "They are told 5 working days before; the connection is tested 1 working day before."
        ),
    )
    deputy = whose(required=False)
    deputy_name = forms.CharField(
        required=False, max_length=160, label=gettext_lazy("Name of the deputy")
    )
    shown_number = late_number()
    shown_on = day(gettext_lazy("Date of that document"), required=False)

    def __init__(self, data: Data | None = None, *, choices: Choices) -> None:
        super().__init__(data)
        offer(self, "host", [(str(b.pk), b.short_name) for b in choices.hosts])
        posts = [(str(p.pk), f"{p.title} · {p.body.short_name}") for p in choices.receivers]
        offer(self, "receiver", posts)
        offer(self, "grounds", choices.grounds)

    def plan(self) -> Plan:
        """The plan as it was typed. Only after ``is_valid``."""
        said = self.cleaned_data
        return Plan(
            host=said["host"],
            receiver=said["receiver"],
            kind=said["kind"],
            starts_at=moment(said["on"], said["hour"]),
            ends_at=moment(said["on"], said["until"]) if said["until"] else None,
            venue=said["venue"],
            form=said["form"],
            points=said["points"],
            grounds=tuple(said["grounds"]),
            deputy=said["deputy"],
            deputy_name=said["deputy_name"],
            shown_by=shown_by(said["shown_number"], said["shown_on"]),
        )


class Reason(forms.Form):
    """Why it is not held as posted."""

    reason = forms.CharField(
        max_length=2000,
        widget=area(4),
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("One or two sentences; they are posted with the news."),
    )


class NewDay(forms.Form):
    """Another day."""

    on = day(gettext_lazy("New day"))
    hour = clock(gettext_lazy("Begins at"))

    def moment(self) -> datetime:
        """When it begins. Only after ``is_valid``."""
        return moment(self.cleaned_data["on"], self.cleaned_data["hour"])


class Moving(NewDay):
    """Another day for one that was posted, or put off, and why."""

    reason = forms.CharField(
        max_length=2000,
        widget=area(4),
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "One or two sentences; they are posted with the old day and the new one."
        ),
    )


class Archived(forms.Form):
    """Where the recording of an online reception is kept."""

    recording = forms.CharField(
        max_length=200,
        label=gettext_lazy("Where the recording is kept"),
        help_text=gettext_lazy("The number of the archive unit, such as HS-TCD 03/2026, disc 1."),
    )


class Told(forms.Form):
    """The letter by which the deputy was told the day."""

    number = forms.CharField(max_length=80, label=gettext_lazy("Number of the letter"))
    signed_on = day(gettext_lazy("Date of the letter"))

    def letter(self) -> Letter:
        """The letter. Only after ``is_valid``."""
        return Letter(self.cleaned_data["number"], self.cleaned_data["signed_on"])


class Excused(Told):
    """Why the deputy cannot come, and the document that says so."""

    number = forms.CharField(max_length=80, label=gettext_lazy("Number of the document"))
    signed_on = day(gettext_lazy("Date of the document"))
    reason = forms.CharField(
        max_length=2000, widget=area(4), label=gettext_lazy("Reason the deputy gives")
    )


class Another(forms.Form):
    """Another deputy."""

    deputy = whose(required=True)
    name = forms.CharField(max_length=160, label=gettext_lazy("Name of the deputy"))


class Preparing(forms.Form):
    """A matter prepared for the head."""

    code = forms.CharField(
        max_length=40, label=gettext_lazy("Code of the item"), help_text="KN26-000412"
    )
    brief = forms.CharField(
        max_length=LONG,
        widget=area(8),
        label=gettext_lazy("What it is about, what was done so far"),
    )
    invited = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Bodies that send a leader and a note-taker"),
    )

    def __init__(self, data: Data | None = None, *, bodies: Sequence[Body]) -> None:
        super().__init__(data)
        offer(self, "invited", [(str(b.pk), b.short_name) for b in bodies])


class Answering(forms.Form):
    """The answer to who asks to be received."""

    given = forms.ChoiceField(
        choices=[
            (GIVEN, gettext_lazy("The appointment is given")),
            (DECLINED, gettext_lazy("It is declined")),
        ],
        widget=forms.RadioSelect,
        label=gettext_lazy("Answer"),
    )
    reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=area(3),
        label=gettext_lazy("Declined: why, and what the person can do"),
    )

    def yes(self) -> bool:
        """Whether it is given. Only after ``is_valid``."""
        return bool(self.cleaned_data["given"] == GIVEN)


class Holding(forms.Form):
    """Who really received."""

    in_person = forms.ChoiceField(
        choices=[
            ("yes", gettext_lazy("The receiver, in person")),
            ("no", gettext_lazy("Somebody stood in")),
        ],
        widget=forms.RadioSelect,
        label=gettext_lazy("Who really received"),
        help_text=gettext_lazy("Since 1/7/2026 a deputy's day does not count for the head."),
    )
    received_by = forms.TypedChoiceField(
        coerce=UUID, required=False, empty_value=None, label=gettext_lazy("Post of who stood in")
    )
    name = forms.CharField(
        required=False, max_length=160, label=gettext_lazy("Name of who really received")
    )
    party_head = forms.BooleanField(
        required=False,
        label=gettext_lazy("Counts as the reception by the head of the Party committee"),
    )
    shown_number = late_number()
    shown_on = day(gettext_lazy("Date of that document"), required=False)

    def __init__(self, data: Data | None = None, *, posts: Sequence[Post]) -> None:
        super().__init__(data)
        offer(self, "received_by", [("", "—"), *((str(p.pk), p.title) for p in posts)])

    def held(self) -> Held:
        """As it was held. Only after ``is_valid``."""
        said = self.cleaned_data
        return Held(
            in_person=said["in_person"] == "yes",
            received_by=said["received_by"],
            name=said["name"],
            party_head=said["party_head"],
            shown_by=shown_by(said["shown_number"], said["shown_on"]),
        )


class Conclusion(forms.Form):
    """The wording of the conclusion notice."""

    text = forms.CharField(
        max_length=100_000,
        widget=area(20),
        label=gettext_lazy("Wording of the conclusion notice"),
        help_text=gettext_lazy(
            "Proposed from what was said to each visitor; every line becomes a paragraph."
        ),
    )
    not_secret = AskedLater(label=gettext_lazy("I have looked at it: it is no state secret"))


class Signing(forms.Form):
    """A notice as it was signed elsewhere."""

    number = forms.CharField(
        max_length=60,
        label=gettext_lazy("Number of the notice"),
        help_text=gettext_lazy("As the document clerk gave it: 45/TB-UBND."),
    )
    signed_on = day(gettext_lazy("Date of signature"))
    file = paper(gettext_lazy("The signed file"), required=True)

    def upload(self) -> "UploadedFile[bytes]":
        """The file. Only after ``is_valid``."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        return file


class Asking(forms.Form):
    """Somebody asks for an appointment on the portal."""

    name = forms.CharField(max_length=160, label=gettext_lazy("Your name"))
    phone = forms.CharField(
        max_length=20,
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("The answer is given by telephone."),
    )
    people = forms.IntegerField(
        min_value=1, max_value=1000, initial=1, label=gettext_lazy("How many people come")
    )
    about = forms.CharField(
        max_length=2000,
        widget=area(5),
        label=gettext_lazy("What it is about"),
        help_text=gettext_lazy(
            "A sentence is enough. Do not name anybody you accuse: whoever denounces an official "
            "is received alone and their name is kept sealed."
        ),
    )

    def clean_phone(self) -> str:
        """A number somebody can call: digits, as people group them."""
        phone: str = self.cleaned_data["phone"]
        bare = phone.translate({ord(mark): None for mark in " .-()"})
        digits = bare.removeprefix("+")
        if not (digits.isascii() and digits.isdecimal() and len(digits) in PHONE):
            raise forms.ValidationError(
                _("Give a telephone number of 8 to 15 digits: the answer is given there.")
            )
        return phone.strip()

    def asked(self) -> Asked:
        """What is asked. Only after ``is_valid``."""
        said = self.cleaned_data
        return Asked(said["name"], said["phone"], said["about"], said["people"])
