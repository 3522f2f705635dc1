"""Moving what was said from readable rows into the vault when an item proves a denunciation: texts,
who speaks and how to reach them, files, papers, notices. The rows stay, and say nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from doithoai.cases.models import (
    Answer,
    Carried,
    Case,
    Draft,
    LetterDraft,
    Note,
    PersonsWord,
    Petition,
    Publication,
    Question,
    Reason,
    Ruling,
    Submission,
    Transfer,
)
from doithoai.docket.models import Reason as DocketReason
from doithoai.docket.unsealing import Person, Text, keep_files
from doithoai.files.cleaning import clean
from doithoai.files.models import Attachment, Document, Stored
from doithoai.files.queries import content
from doithoai.files.storing import path_of
from doithoai.ledger.models import Entry
from doithoai.notices.models import Incoming, Outbox
from doithoai.notices.workflow import State as Sending
from doithoai.vault.commands import Kept, keep, mark
from doithoai.vault.reading import holds

# Procedures whose text and person only the vault knows (Law 25/2018/QH14, article 8).
VAULTED: Final = frozenset({"denunciation", "denunciation_info", "party_matter"})
# Where the numbers of words and papers begin that come after what came first.
LATER: Final = {"reason": 1_000, "note": 6_000, "denounced": 11_000, "relation": 16_000}
SIGNED: Final = 10_000
Beside = Callable[[UUID], list[Text]]
BESIDE: dict[str, Beside] = {}


def also(name: str, move: Beside) -> None:
    """A higher app's rows say something about a case, too: ``move`` gives their texts and blanks
    them.
    """
    BESIDE[name] = move


def stow(case: Case, *, at: datetime) -> None:
    """Move everything said about a case into the vault. Done once; again it does nothing.

    Statements it shares with others stay until ``blank_statements``: each case keeps them.
    """
    if holds(case.pk):
        return
    said = list(Submission.objects.filter(carried__case=case).order_by("said_at").distinct())
    texts = [*_texts(case, said), *(t for move in BESIDE.values() for t in move(case.pk))]
    people = [Person(s.speaker, s.address or s.place_text, s.phone, s.email) for s in said]
    kept = [Kept("text", each.packed(), turn) for turn, each in enumerate(texts)]
    kept += [Kept("person", each.packed(), turn) for turn, each in enumerate(people)]
    keep(case.pk, *kept)
    mark(case.pk, [pair for person in people for pair in person.marks()])
    _stow_files(case)
    _blank(case)
    _blank_notices(case.pk, at)


def stow_words(case: Case, what: str, text: str) -> bool:
    """Words said about a case whose contents are in the vault go there too; whether they did.

    ``what``: reason, note, denounced, relation. Several at one moment differ by it.
    """
    if not case.matter.sealed or not holds(case.pk):
        return False
    if text.strip():
        turn = LATER[what] + Entry.objects.filter(matter=case.pk).count()
        keep(case.pk, Kept("text", Text(what, text.strip()).packed(), turn))
    return True


def stow_paper(case: Case, upload: "UploadedFile[bytes]") -> None:
    """A signed paper of a sealed case: cleaned, under a number, in the vault alone.

    Raises Invalid for a file that cannot be kept.
    """
    found = clean(upload.read(), as_signed=True)
    turn = SIGNED + Entry.objects.filter(matter=case.pk).count()
    keep_files(case.pk, [(found.data, found.kind.media_type, found.kind.extension)], first=turn)


def _texts(case: Case, said: list[Submission]) -> Iterator[Text]:
    yield Text("item", case.text)
    yield from (Text("statement", each.text) for each in said if each.text)
    for what, rows in (
        ("note", Note.objects.filter(case=case).values_list("text")),
        ("draft", Draft.objects.filter(case=case).values_list("text")),
        ("answer", Answer.objects.filter(case=case).values_list("text")),
        ("question", Question.objects.filter(case=case).values_list("text", "reply")),
        ("word", PersonsWord.objects.filter(case=case).values_list("text")),
        ("reason", Reason.objects.filter(case=case).values_list("text")),
        ("reason", DocketReason.objects.filter(matter=case.pk).values_list("text")),
        ("transfer", LetterDraft.objects.filter(case=case).values_list("why")),
        ("transfer", Transfer.objects.filter(case=case).values_list("why", "reason")),
        ("ruling", Ruling.objects.filter(case=case).values_list("text")),
        ("left", Carried.objects.filter(case=case).values_list("why_ended")),
        ("message", Incoming.objects.filter(about=case.pk).values_list("sender", "text")),
    ):
        yield from (Text(what, "\n".join(filter(None, row))) for row in rows if any(row))
    yield from _paper(case)


def _paper(case: Case) -> Iterator[Text]:
    """Who forwarded the petition and which originals came with it or went back: they name, too."""
    came = Petition.objects.filter(submission__carried__case=case)
    for name, originals in came.values_list("forwarder_name", "originals"):
        if name or originals:
            yield Text("petition", "\n".join(filter(None, [name, *originals])))
    for papers in Ruling.objects.filter(case=case).exclude(papers=[]).values_list("papers"):
        yield Text("ruling", "\n".join(*papers))


def blank_statements(cases: Iterable[UUID]) -> None:
    """The statements of these cases say nothing any more, now that each case has kept its own."""
    said = list(Carried.objects.filter(case__in=cases).values_list("submission", flat=True))
    Submission.objects.filter(pk__in=said).update(
        text="", speaker="", place_text="", phone="", email="", address="", place=None
    )
    Petition.objects.filter(submission__in=said).update(
        sender_key="", thread=None, forwarder_name="", originals=[]
    )


def _blank(case: Case) -> None:
    case.text, case.why_here, case.attention = "", "", []
    case.save(update_fields=["text", "why_here", "attention"])
    Draft.objects.filter(case=case).delete()
    Note.objects.filter(case=case).update(text="")
    Answer.objects.filter(case=case).update(text="")
    Question.objects.filter(case=case).update(text="", reply="")
    PersonsWord.objects.filter(case=case).update(text="")
    Reason.objects.filter(case=case).update(text="")
    DocketReason.objects.filter(matter=case.pk).update(text="")
    Transfer.objects.filter(case=case).update(why="", reason="")
    LetterDraft.objects.filter(case=case).update(why="")
    Ruling.objects.filter(case=case).update(text="", papers=[])
    Carried.objects.filter(case=case).update(why_ended="")
    Publication.objects.filter(case=case).update(title="", text="", answer="")


def _blank_notices(about: UUID, at: datetime) -> None:
    """What waits is not sent any more; of what was sent neither words nor address stay."""
    rows = Outbox.objects.filter(about=about)
    rows.filter(state__in=[Sending.QUEUED, Sending.SENDING]).update(
        state=Sending.FAILED, error="sealed", next_at=at
    )
    rows.update(context={}, address="")
    Incoming.objects.filter(about=about).update(text="", sender="", done="")


def _stow_files(case: Case) -> None:
    """Bytes go into the vault under a number; attachment, title and file are gone."""
    attached = Attachment.objects.filter(about=case.pk)
    papers = Document.objects.filter(about=case.pk)
    in_papers = Q(pk__in=papers.values("draft")) | Q(pk__in=papers.values("signed_file"))
    stored = list(Stored.objects.filter(Q(pk__in=attached.values("stored")) | in_papers))
    readable = [s for s in stored if default_storage.exists(path_of(s.sha256, s.extension))]
    files = [(content(each), each.media_type, each.extension) for each in readable]
    keep_files(case.pk, files, first=0)
    for answer in case.answers.all():
        answer.evidence.clear()
    PersonsWord.objects.filter(slip__in=attached).update(slip=None)
    attached.delete()
    papers.update(draft=None, signed_file=None)
    for each in stored:
        forget_file(each)


def forget_file(stored: Stored) -> None:
    """The bytes outside the vault go, unless another matter keeps the very same file."""
    used = Attachment.objects.filter(stored=stored).exists()
    used = used or Document.objects.filter(Q(draft=stored) | Q(signed_file=stored)).exists()
    if used:
        return
    name = path_of(stored.sha256, stored.extension)
    stored.delete()
    transaction.on_commit(lambda: default_storage.delete(name))
