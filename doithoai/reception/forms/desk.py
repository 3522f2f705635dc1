"""The forms of the reception desk: who comes, what they say, how it ends."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from doithoai.cases.queries import choosing
from doithoai.core.days import local_day
from doithoai.core.trying import AskedLater
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.people import Who
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import Arrival, WrittenDown
from doithoai.reception.forms.asking import QUESTIONS
from doithoai.reception.forms.asking import Asked as AskedFirst
from doithoai.reception.forms.fields import LONG, Data, area, day, offer, paper
from doithoai.reception.forms.showing import SAME
from doithoai.reception.grounds import grounds
from doithoai.reception.models import MIXED, Appointment, Identity, Person, Session, Visit
from doithoai.reception.queries.register import kind as kind_named
from doithoai.reception.queries.sessions import language
from doithoai.reception.workflow import State
from doithoai.units.models import Place

KINDS: Final = ("recommendation", "reflection", "complaint", MIXED)
PAPERS: Final = (
    (Identity.NONE.value, gettext_lazy("No papers shown")),
    (Identity.CARD.value, gettext_lazy("Identity card")),
    (Identity.NUMBER.value, gettext_lazy("Personal identification number")),
    (Identity.PASSPORT.value, gettext_lazy("Passport")),
)


NO_SECRET = gettext_lazy("I have looked at it: it is no state secret")


class Arriving(forms.Form):
    """Who comes, alone or for a group."""

    known = forms.UUIDField(required=False, widget=forms.HiddenInput)
    appointment = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=160, label=gettext_lazy("Full name"))
    identity = forms.ChoiceField(
        choices=PAPERS, initial=Identity.NONE, label=gettext_lazy("Papers shown")
    )
    number = forms.CharField(
        required=False, max_length=20, label=gettext_lazy("Number of the papers")
    )
    same = AskedLater(label=SAME)
    phone = forms.CharField(required=False, max_length=20, label=gettext_lazy("Telephone"))
    address = forms.CharField(required=False, max_length=300, label=gettext_lazy("Address"))
    place = forms.TypedChoiceField(
        coerce=UUID, required=False, empty_value=None, label=gettext_lazy("Village")
    )
    people = forms.IntegerField(
        min_value=1,
        max_value=10_000,
        initial=1,
        label=pgettext_lazy("reception", "How many people came"),
    )
    representatives = forms.CharField(
        required=False,
        max_length=2000,
        widget=area(3),
        label=gettext_lazy("Group of 5 or more: its representatives, one a line"),
        help_text=gettext_lazy(
            "1-2 for 5 to 10 people, at most 5 for more (Law 42/2013, article 29)."
        ),
    )
    appointed = forms.BooleanField(
        required=False,
        label=gettext_lazy("They handed over their written appointment, with all signatures"),
        help_text=gettext_lazy(
            "Ask for it (Law 42/2013, article 29). Without it the page of the visit reminds you."
        ),
    )
    authority = paper(gettext_lazy("Their written appointment, with all signatures"))
    session = forms.TypedChoiceField(
        coerce=UUID, required=False, empty_value=None, label=gettext_lazy("Received at")
    )
    interpreter = forms.CharField(
        required=False, max_length=120, label=gettext_lazy("Language, interpreter")
    )

    def __init__(
        self,
        data: Data | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        villages: Sequence[Place],
        sessions: Sequence[Session],
        person: Person | None = None,
        asked: Appointment | None = None,
    ) -> None:
        super().__init__(data, files, initial=_of(person) | _by_appointment(asked))
        offer(self, "place", [("", "—"), *((str(v.pk), v.name) for v in villages)])
        days = [(str(s.pk), _told_apart(s)) for s in sessions if s.state != State.HELD]
        offer(self, "session", [("", _("Regular reception")), *days])

    def arrival(self) -> Arrival:
        """Who came. Only after ``is_valid``."""
        said = self.cleaned_data
        named = [n.strip() for n in said["representatives"].splitlines() if n.strip()]
        return Arrival(
            who=Who(
                name=said["name"],
                known=said["known"],
                identity=said["identity"],
                number=said["number"],
                phone=said["phone"],
                address=said["address"],
                place=said["place"],
                same=said["same"],
            ),
            people=said["people"],
            representatives=tuple(_representative(n, same=said["same"]) for n in named),
            session=said["session"],
            appointment=said["appointment"],
            interpreter=said["interpreter"],
            authority=said["authority"] or None,
            appointed=said["appointed"],
        )


def _told_apart(session: Session) -> str:
    """Two days of one post differ by hour and place."""
    begins = timezone.localtime(session.starts_at).strftime("%H:%M")
    return f"{session.who} · {begins} · {session.venue}"


def _of(person: Person | None) -> dict[str, object]:
    if person is None:
        return {}
    return {
        "known": person.pk,
        "name": person.name,
        "identity": person.identity,
        "number": person.number,
        "phone": person.phone,
        "address": person.address,
        "place": str(person.place_id or ""),
    }


def _by_appointment(asked: Appointment | None) -> dict[str, object]:
    if asked is None:
        return {}
    return {
        "appointment": str(asked.pk),
        "name": asked.name,
        "phone": asked.phone,
        "people": asked.people,
        "session": str(asked.session_id),
    }


def _representative(typed: str, *, same: bool) -> Who:
    """``Nguyễn Văn A; 042…``: a name, and the number of their papers where it is known."""
    name, _mark, number = typed.partition(";")
    number = number.strip()
    identity = _papers(number) if number else Identity.NONE
    return Who(name=name, identity=identity, number=number, same=same)


def _papers(number: str) -> Identity:
    """A number that begins with a letter is a passport's."""
    return Identity.PASSPORT if number[0].isalpha() else Identity.CARD


class Writing(AskedFirst):
    """What the person says, as it is written down."""

    summary = forms.CharField(
        max_length=LONG,
        widget=area(6),
        label=gettext_lazy("What the person says"),
        help_text=gettext_lazy("Column 5 of the register. Name nobody who denounces an official."),
    )
    not_secret = AskedLater(label=NO_SECRET)
    kind = forms.ChoiceField(label=pgettext_lazy("register", "Kind of petition"))
    read_back = forms.BooleanField(
        required=False, label=gettext_lazy("Written down for the person, read back and agreed to")
    )
    papers = forms.CharField(
        required=False,
        max_length=4000,
        widget=area(3),
        label=gettext_lazy("Documents handed over, one a line"),
        help_text=gettext_lazy("Name, number of pages, original or copy. The receipt lists them."),
    )
    appointed = forms.BooleanField(
        required=False,
        label=gettext_lazy(
            "The group has handed over its written appointment, with all signatures"
        ),
    )
    settled_before_by = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Body that has settled it before")
    )
    interpreter = forms.CharField(
        required=False, max_length=120, label=gettext_lazy("Language, interpreter")
    )

    def __init__(self, data: Data | None = None, *, visit: Visit) -> None:
        names = ("summary", "kind", "read_back", "papers", "settled_before_by", "interpreter")
        super().__init__(
            data, initial={name: getattr(visit, name) for name in names}, prefix="write"
        )
        self.offer_bodies(visit, today=local_day(visit.arrived_at))
        offer(self, "kind", [(k, kind_named(k)) for k in KINDS])

    def said(self) -> WrittenDown:
        """What was written down. Only after ``is_valid``."""
        return WrittenDown(**{n: v for n, v in self.cleaned_data.items() if n not in QUESTIONS})


class Raising(AskedFirst):
    """One matter that is raised."""

    text = forms.CharField(
        max_length=LONG, widget=area(5), label=gettext_lazy("What is asked for or reported")
    )
    not_secret = AskedLater(label=NO_SECRET)
    kind = forms.ChoiceField(label=pgettext_lazy("register", "Kind of petition"))
    field = forms.ChoiceField(required=False, label=gettext_lazy("Field"))
    written = forms.BooleanField(
        required=False,
        label=gettext_lazy("In writing: a petition handed over, or written down here and signed"),
        help_text=gettext_lazy(
            "It gets its number in the register of petitions; a complaint and a petition with "
            "several matters always do."
        ),
    )
    may_publish = forms.BooleanField(
        required=False,
        label=gettext_lazy("The person agrees that it is published without their name"),
    )

    def __init__(self, data: Data | None = None, *, visit: Visit) -> None:
        first = {
            "text": visit.summary,
            "kind": visit.kind or KINDS[0],
            "written": visit.read_back,
        }
        super().__init__(data, initial=first, prefix="raise")
        self.offer_bodies(visit, today=local_day(visit.arrived_at))
        offer(self, "kind", [(k, kind_named(k)) for k in KINDS])
        offer(self, "field", [("", "—"), *choosing.fields()])

    def brought(self) -> Brought:
        """The matter. Only after ``is_valid``."""
        return Brought(**{n: v for n, v in self.cleaned_data.items() if n not in QUESTIONS})


class Again(forms.Form):
    """A matter known before."""

    code = forms.CharField(
        max_length=40, label=gettext_lazy("Code of the item"), help_text="KN26-000412"
    )

    def __init__(self, data: Data | None = None) -> None:
        super().__init__(data, prefix="again")


class Closing(forms.Form):
    """How the visit ends."""

    outcome = forms.CharField(
        required=False,
        max_length=300,
        widget=area(2),
        label=gettext_lazy("Answered now: what was said"),
    )
    answers = forms.BooleanField(
        required=False,
        label=gettext_lazy("This answers what was raised"),
        help_text=gettext_lazy(
            "The recommendation counts as answered now, and the person is asked whether they "
            "agree. Leave it empty when it was only taken in."
        ),
    )
    due_on = day(gettext_lazy("Or: to be settled by"), required=False)
    contact = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Whom the person asks"),
        help_text=gettext_lazy("Name, post, telephone. A day and a person belong together."),
    )
    competent = forms.ChoiceField(
        required=False,
        choices=[
            ("", pgettext_lazy("competence", "not decided yet")),
            ("yes", pgettext_lazy("competence", "Yes")),
            ("no", pgettext_lazy("competence", "No, the person is guided")),
        ],
        label=gettext_lazy("Within the competence of this body?"),
    )
    guided_to = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Guided to the body")
    )
    remark = forms.CharField(
        required=False, max_length=1000, widget=area(2), label=gettext_lazy("Remark")
    )

    def __init__(self, data: Data | None = None, *, today: date) -> None:
        super().__init__(data, prefix="end")
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def ending(self) -> Ending:
        """How it ends. Only after ``is_valid``."""
        said = self.cleaned_data
        competent = {"yes": True, "no": False}.get(said["competent"])
        return Ending(
            outcome=said["outcome"],
            answers=said["answers"],
            due_on=said["due_on"],
            contact=said["contact"],
            competent=competent,
            guided_to=said["guided_to"],
            remark=said["remark"],
        )


class Refusing(forms.Form):
    """On which ground reception is refused."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground of the refusal"),
        help_text=gettext_lazy("Law 42/2013, article 9; Decree 154/2026, article 4(1)."),
    )
    explained = forms.CharField(
        max_length=2000,
        widget=area(3),
        label=gettext_lazy("What was explained, and what the person can do next"),
    )

    def __init__(self, data: Data | None = None) -> None:
        super().__init__(data, prefix="refuse")
        known = [(g.code, g.label(language())) for g in grounds().refusal.values()]
        offer(self, "ground", [("", "—"), *known])
