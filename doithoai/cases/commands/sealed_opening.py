"""A sealed matter as it begins, whichever door it came through: ids and a code that tell nothing,
its day alone, rows for whom it is meant, and every word of it in the vault.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from doithoai.cases import events
from doithoai.cases.commands.sealed_ways import Denounced, Way
from doithoai.cases.commands.sealing import SEALED, neutral_title
from doithoai.cases.commands.settling import label
from doithoai.cases.models import Carried, Case, Respondent, Submission
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.days import coarse, local_day
from doithoai.core.identifiers import new_sealed_number, sealed_id, sealed_row
from doithoai.docket import exclusion
from doithoai.docket.codes import next_in_register
from doithoai.docket.commands import Opening, Said, open_matter
from doithoai.docket.exclusion import Settling
from doithoai.docket.models import Access, Matter, Party
from doithoai.docket.unsealing import Person, Text, keep_files
from doithoai.ledger.commands import Issued, issue_sealed_receipt
from doithoai.ledger.inserting import insert
from doithoai.units.models import Body
from doithoai.vault.commands import Kept, keep, mark
from doithoai.vault.reading import blinded

LONGEST: Final = 20_000  # characters
Files = Sequence[tuple[bytes, str, str]]  # cleaned: bytes, media type, extension


@dataclass(frozen=True)
class Content:
    """What is kept, by whom it is said, and the way it came.

    ``denounced``: whom it is about, as it was written. ``came_with``: who passed it on by name, and
    the original papers with it.
    """

    procedure: str
    channel: str
    occasion: str
    text: str
    received_on: date
    person: Person = field(default_factory=Person)
    language: str = "vi"
    denounced: str = ""
    came_with: str = ""
    files: Files = ()
    forwarder: str = "none"
    party_head: bool = False


@dataclass(frozen=True)
class Opened:
    """The case, the empty row of what was said, and the slip that is shown once."""

    case: Case
    submission: Submission
    receipt: Issued | None


def open_sealed(
    content: Content, found: Way, *, holders: Collection[UUID] = (), by: Actor, at: datetime
) -> Opened:
    """Begin the matter under the head that ``found`` names, and nobody else but who holds its slip.

    ``holders``: slips the person has already, which open it too; without any a new one is issued.
    """
    assert found.to is not None, "without anybody to have it, it is kept on paper"
    day = coarse(at)
    submission = Submission(
        id=sealed_id(), text="", channel=content.channel, occasion=content.occasion, said_at=day,
        language=content.language,
    )  # fmt: skip
    insert([submission])
    receipt = None if holders else issue_sealed_receipt(submission.pk, at=day)
    held = [*holders, *([receipt.id] if receipt else [])]
    case = _case(content, submission, found.to, held, by, day)
    exclusion.write(case.matter, found.out, since=local_day(at))
    _keep(case.pk, content)
    return Opened(case, submission, receipt)


def _case(
    content: Content,
    submission: Submission,
    to: Settling,
    held: Sequence[UUID],
    by: Actor,
    day: datetime,
) -> Case:
    matter = Matter(
        id=sealed_id(), kind="case", procedure=content.procedure, code=f"S-{new_sealed_number()}",
        title=neutral_title(), state=State.RECEIVED, state_label=label(State.RECEIVED),
        body=to.body, place_id=to.body.place_id, channel=content.channel,
        received_on=content.received_on, sealed=True,
    )  # fmt: skip
    audience = (
        Access(matter=matter, post_id=to.head.pk),
        *(Access(matter=matter, holder=each) for each in held),
    )
    party = Party(id=sealed_id(), matter=matter, role="receiving_body", body=to.body, since=day)
    received = events.Received(
        submission.pk, content.channel, content.occasion, forwarder=content.forwarder,
        party_head=content.party_head,
    )  # fmt: skip
    said = Said(received, (blinded("text", content.text),))
    open_matter(Opening(matter, (party,), audience, ""), said, by=by, at=day)
    case = Case(
        matter=matter, text="", receiving_body=to.body, handling_body=None,
        other_procedure="denunciation",
    )  # fmt: skip
    insert([case])
    carried = Carried(id=sealed_row(), case=case, submission=submission, since=day)
    insert([carried], also=frozenset({"id"}))
    return case


def _keep(matter: UUID, content: Content) -> None:
    parts = [
        Kept("text", Text("statement", content.text).packed()),
        Kept("person", content.person.packed()),
    ]
    beside = [Text("denounced", content.denounced), Text("petition", content.came_with)]
    said = [each for each in beside if each.text]
    parts += [Kept("text", each.packed(), turn) for turn, each in enumerate(said, 1)]
    keep(matter, *parts)
    mark(matter, content.person.marks())
    keep_files(matter, content.files, first=0)


def name_respondents(case: Case, abouts: Sequence[Denounced], found: Way) -> None:
    """Whom it is about: those named in it by name or post; a body that is out, or where nobody of
    those named has a seat.
    """
    named = found.named
    bodies = [b for b in dict.fromkeys(a.body for a in abouts)
              if b in found.out.bodies or not named.anybody]  # fmt: skip
    insert([Respondent(id=sealed_id(), case=case, body_id=body) for body in bodies])
    insert([Respondent(id=sealed_id(), case=case, post_id=post) for post in named.posts])
    insert([Respondent(id=sealed_id(), case=case, user_id=user) for user in named.users])


def sealed_number(body: Body, *, year: int) -> int:
    """The next number of the settling body's own register, which says neither who nor what."""
    return next_in_register(body.pk, SEALED, year)
