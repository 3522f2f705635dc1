"""Denunciations, sealed from the first moment: who it is about comes first, the competent superior
alone gets a row, and neither the person nor a word of it ever stands outside the vault.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post, User
from doithoai.cases import events, policies
from doithoai.cases.commands.sealing import SEALED, neutral_title
from doithoai.cases.commands.settling import label
from doithoai.cases.models import Carried, Case, Petition, Respondent, Submission
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.collation import folded, nfc
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.core.identifiers import new_sealed_number, sealed_id
from doithoai.docket import exclusion
from doithoai.docket.codes import next_in_register
from doithoai.docket.commands import Opening, Said, open_matter
from doithoai.docket.exclusion import Out, Settling
from doithoai.docket.models import Access, Matter, Party
from doithoai.docket.unsealing import Person, Text, keep_files, write
from doithoai.files.cleaning import clean
from doithoai.ledger.commands import Issued, issue_sealed_receipt, open_sealed_receipt
from doithoai.ledger.inserting import insert
from doithoai.ledger.models import Entry, Receipt
from doithoai.units.models import Body
from doithoai.units.queries import find_office, upper
from doithoai.vault.commands import Kept, keep, mark
from doithoai.vault.reading import blinded

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Uploads = Sequence[UploadedFile[bytes]]

LONGEST: Final = 20_000
_PIECES: Final = re.compile(r"[\n,;:–()]| - ")  # between a name and a post, as people write them
INSPECTION: Final = "party_inspection"  # an office of the country pack
INFORMATION: Final = "denunciation_info"
# A denunciation is a signed petition or is made in person; what comes otherwise is information
# (Law 25/2018/QH14, articles 22 and 25).
LODGED: Final = {"letter": "denunciation", "counter": "denunciation"}
ARRIVED: Final = {"letter": Petition.By.POST, "counter": Petition.By.IN_PERSON,
                  "telephone": Petition.By.TELEPHONE}  # fmt: skip


@dataclass(frozen=True)
class Denounced:
    """Who it is about: a body as a whole or those who lead it; else people in it, by their names
    and posts as somebody writes them, one a line.

    ``party``: the matter falls under the Party's own rules and goes to an Inspection Commission.
    """

    body: UUID
    leads: bool = True
    name: str = ""
    party: bool = False
    position: str = ""

    @property
    def people(self) -> str:
        """Names and posts as they were written."""
        return "\n".join(filter(None, [nfc(self.name), nfc(self.position)]))


@dataclass(frozen=True)
class Told:
    """What is said, by whom, and the way it came: web, telephone, sms, letter or counter."""

    text: str
    channel: str
    occasion: str
    person: Person = field(default_factory=Person)
    language: str = "vi"


@dataclass(frozen=True)
class Named:
    """The posts and the people of a body that somebody's words name."""

    posts: frozenset[UUID] = frozenset()
    users: frozenset[UUID] = frozenset()

    @property
    def anybody(self) -> bool:
        """Whether the words fit somebody who has a seat here."""
        return bool(self.posts or self.users)


NOBODY: Final = Named()


@dataclass(frozen=True)
class Way:
    """Where a denunciation about somebody goes, and whom it shuts out. Without ``to`` nobody up to
    the top of this installation may have it: the body above takes it on paper only.
    """

    out: Out
    to: Settling | None
    paper: str = ""
    named: Named = NOBODY


@dataclass(frozen=True)
class Lodged:
    """The number of the matter, the slip that is shown once, and who has it."""

    code: str
    receipt: Issued
    body: Body


def way(about: Denounced, *, today: date) -> Way:
    """Who settles it: the superior of whoever leads a body, the head over anybody else in it (Law
    25/2018/QH14, articles 12 to 15); under Party rules an Inspection Commission.
    """
    body = Body.objects.select_related("parent", "place").get(pk=about.body)
    named = _named(about, body, today)
    return replace(_way_about(about, body, named, today), named=named)


def _way_about(about: Denounced, body: Body, named: Named, today: date) -> Way:
    if about.party:
        return _party_way(named, body, today)
    if about.leads or not named.anybody or _leads(named, body):
        return _way(_all_of(body, named, today), upper(body), today, body)
    office = body.parent is not None and body.parent.place_id == body.place_id
    out = Out(frozenset([body.pk] if office else []), named.posts, named.users)
    return _way(out, upper(body) if office else body, today, body)


def _all_of(body: Body, named: Named, today: date) -> Out:
    shut = exclusion.with_offices(body)
    return Out(shut, named.posts, exclusion.seated(shut, (), today=today) | named.users)


def _party_way(named: Named, body: Body, today: date) -> Way:
    """To the Inspection Commission over the place, or to nobody here: no other body is told."""
    out = _all_of(body, named, today)
    commission = _commission(body, today)
    found = exclusion.settler(commission, out, today=today)
    if commission is None or found is None or found.body != commission:
        return Way(out, None, paper=commission.name if commission else _level_above(body))
    return Way(out, found)


def _way(out: Out, start: Body | None, today: date, about: Body) -> Way:
    found = exclusion.settler(start, out, today=today)
    if found is not None:
        return Way(out, found)
    last = start
    while last is not None and last.pk in out.bodies:
        last = upper(last)
    return Way(out, None, paper=last.name if last else _level_above(about))


def _level_above(about: Body) -> str:
    return _("the body directly above %(body)s") % {"body": about.name}


def _commission(body: Body, today: date) -> Body | None:
    """The Inspection Commission over the place of the body, one level up."""
    place = body.place.parent if body.place and body.place.parent else body.place
    return find_office(INSPECTION, near=place, today=today) if place else None


def _named(about: Denounced, body: Body, today: date) -> Named:
    """Those of the body and its offices whose name or post stands in what was given: the post is
    told by its title, or by a part of it when nothing else is written there.
    """
    bodies, typed = exclusion.with_offices(body), folded(about.people)
    if not typed:
        return NOBODY
    inside = exclusion.seated(bodies, (), today=today)
    people = User.objects.filter(pk__in=inside).values_list("pk", "name")
    users = frozenset(pk for pk, name in people if folded(name) in typed)
    written = [folded(each) for each in _PIECES.split(about.people) if len(each.strip()) > 3]
    titled = Post.objects.filter(body__in=bodies, valid__contains=today).values_list("pk", "title")
    posts = frozenset(
        pk for pk, title in titled if any(_fits(folded(title), each) for each in written)
    )
    return Named(posts, users | exclusion.seated((), posts, today=today))


def _fits(title: str, written: str) -> bool:
    return title in written or written in title


def _leads(named: Named, body: Body) -> bool:
    """Whether one of them is its head: then it is not settled in it, whatever was ticked."""
    heads = Post.objects.filter(body=body, is_head=True)
    held = heads.filter(holdings__user__in=named.users).exists()
    return held or heads.filter(pk__in=named.posts).exists()


def may_take_down(actor: Actor, found: Way) -> None:
    """Whoever is excluded writes nothing down: they send the person on. Raises Denied."""
    require(policies.may_receive(actor))
    if not isinstance(actor, Official):
        return
    if actor.user in found.out.users or actor.body in found.out.bodies or _over(actor, found):
        raise Denied(where_instead(found))


def _over(actor: Official, found: Way) -> bool:
    """An office of a committee that is excluded is the committee's own."""
    return bool(actor.acts_for & found.out.bodies)


def where_instead(found: Way) -> str:
    """Where to go when this desk may not take it down."""
    body = found.to.body.name if found.to else found.paper
    return _(
        "This desk may not take it down: it is about the body you are in, or somebody in it. "
        "Write nothing, keep no note, and send the person to %(body)s."
    ) % {"body": body}


@transaction.atomic
def lodge(
    told: Told, about: Denounced, uploads: "Uploads" = (), *, by: Actor, at: datetime
) -> Lodged:
    """Keep a denunciation, or information with such content, sealed under the competent superior.

    Raises Denied for an official it is about; Invalid without a text, for a file that cannot be
    kept, and where only the paper way is left.
    """
    found = way(about, today=local_day(at))
    may_take_down(by, found)
    if found.to is None:
        raise Invalid(paper_way(found))
    text = nfc(told.text)
    if not text or len(text) > LONGEST:
        raise Invalid(_("Write what happened, in at most 20,000 characters."))
    files = cleaned(uploads)
    day = coarse(at)
    case, submission, receipt = _open(told, about, found.to, text, by, day)
    exclusion.write(case.matter, found.out, since=local_day(at))
    _respondents(case, about, found.out, found.named)
    _keep(case.pk, told.person, text, about)
    keep_files(case.pk, files, first=0)
    _number(submission, case, told, found.to.body)
    return Lodged(case.matter.code, receipt, found.to.body)


def paper_way(found: Way) -> str:
    """Nobody here may have it: said plainly, with who takes it."""
    return _(
        "Every body here that could settle it is excluded or has nobody who may read it. It is "
        "not kept here. Print or write it, sign it, and hand it to %(body)s yourself."
    ) % {"body": found.paper}


def cleaned(uploads: "Uploads") -> list[tuple[bytes, str, str]]:
    """Files without properties, authors and marks of revision, and without their names.

    Raises Invalid for what is too large or of a kind not taken.
    """
    made = []
    for upload in uploads:
        if (upload.size or 0) > settings.UPLOAD_LIMIT:
            raise Invalid(
                _("The file is larger than %(limit)s MB. Send a smaller one.")
                % {"limit": settings.UPLOAD_LIMIT // 1_000_000}
            )
        found = clean(upload.read())
        made.append((found.data, found.kind.media_type, found.kind.extension))
    return made


def coarse(at: datetime) -> datetime:
    """The day it came, and nothing finer: midnight where we are."""
    return timezone.make_aware(datetime.combine(local_day(at), time()))


def _open(
    told: Told, about: Denounced, to: Settling, text: str, by: Actor, day: datetime
) -> tuple[Case, Submission, Issued]:
    submission = Submission(
        id=sealed_id(), text="", channel=told.channel, occasion=told.occasion, said_at=day,
        language=told.language,
    )  # fmt: skip
    insert([submission])
    receipt = issue_sealed_receipt(submission.pk, at=day)
    matter = Matter(
        id=sealed_id(), kind="case", procedure=_procedure(told, about),
        code=f"S-{new_sealed_number()}", title=neutral_title(), state=State.RECEIVED,
        state_label=label(State.RECEIVED), body=to.body, place_id=to.body.place_id,
        channel=told.channel, received_on=local_day(day), sealed=True,
    )  # fmt: skip
    audience = (
        Access(matter=matter, post_id=to.head.pk),
        Access(matter=matter, holder=receipt.id),
    )
    party = Party(id=sealed_id(), matter=matter, role="receiving_body", body=to.body, since=day)
    received = events.Received(submission.pk, told.channel, told.occasion)
    said = Said(received, (blinded("text", text),))
    open_matter(Opening(matter, (party,), audience, ""), said, by=by, at=day)
    case = Case(
        matter=matter, text="", receiving_body=to.body, handling_body=None,
        other_procedure="denunciation",
    )  # fmt: skip
    insert([case])
    insert([Carried(case=case, submission=submission, since=day)])
    return case, submission, receipt


def _procedure(told: Told, about: Denounced) -> str:
    if about.party:
        return "party_matter"
    return LODGED.get(told.channel, INFORMATION)


def _respondents(case: Case, about: Denounced, out: Out, named: Named) -> None:
    if about.body in out.bodies or not named.anybody:
        insert([Respondent(case=case, body_id=about.body)])
    insert([Respondent(case=case, post_id=post) for post in named.posts])
    insert([Respondent(case=case, user_id=user) for user in named.users])


def _keep(matter: UUID, person: Person, text: str, about: Denounced) -> None:
    parts = [Kept("text", Text("statement", text).packed()), Kept("person", person.packed())]
    if about.people:
        parts.append(Kept("text", Text("denounced", about.people).packed(), 1))
    keep(matter, *parts)
    mark(matter, person.marks())


def _number(submission: Submission, case: Case, told: Told, body: Body) -> None:
    """A line in the settling body's own register, which says neither who nor what."""
    on = case.matter.received_on
    number = next_in_register(body.pk, SEALED, on.year)
    insert(
        [
            Petition(
                submission=submission, body=body, year=on.year, number=number, sealed=True,
                arrived_on=on, arrived_by=ARRIVED.get(told.channel, Petition.By.WEB),
                written=told.channel != "telephone", signed=told.channel in LODGED,
            )
        ]
    )  # fmt: skip


@transaction.atomic
def write_more(
    matter_id: UUID, *, text: str, uploads: "Uploads" = (), by: Actor, at: datetime
) -> Entry:
    """The person writes again, with code and secret; only the day of it is kept.

    Raises Invalid for an empty text or a file that cannot be kept, NotFound for another's matter.
    """
    return write(matter_id, text=text, files=cleaned(uploads), by=by, at=coarse(at))


def recognise(code: str, secret: str, *, at: datetime) -> Receipt:
    """The slip these digits belong to; on a form, wrong digits are something to mend.

    Raises Invalid with the same sentence whether or not the code exists.
    """
    try:
        return open_sealed_receipt(code, secret, at=at)
    except NotFound as refusal:
        raise Invalid(refusal.message) from refusal
