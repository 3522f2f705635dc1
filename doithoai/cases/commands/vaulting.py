"""Moving what was said from readable rows into the vault when an item proves a denunciation: texts,
who speaks and how to reach them, files, papers, notices. The rows stay, and say nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
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
from doithoai.cases.sealed_rules import in_vault
from doithoai.core.days import local_day
from doithoai.docket import sealed_words
from doithoai.docket.commands import Said
from doithoai.docket.models import Reason as DocketReason
from doithoai.docket.unsealing import Message, Person, Text, keep_files, letter
from doithoai.files.cleaning import clean
from doithoai.files.models import Attachment, Document, Stored
from doithoai.files.queries import content
from doithoai.files.storing import path_of
from doithoai.ledger.models import Entry
from doithoai.notices.commands import empty_messages
from doithoai.notices.models import Incoming, Outbox
from doithoai.notices.workflow import State as Sending
from doithoai.vault.commands import Kept, keep, mark
from doithoai.vault.reading import holds

# Procedures whose text and person only the vault knows (Law 25/2018/QH14, article 8).
VAULTED: Final = frozenset({"denunciation", "denunciation_info", "party_matter"})
SIGNED: Final = 10_000  # where the numbers of papers begin that come after what came first
Files = Sequence[tuple[bytes, str, str]]  # cleaned: bytes, media type, extension
Beside = Callable[[UUID], list[Text]]
BESIDE: dict[str, Beside] = {}


def also(name: str, move: Beside) -> None:
    """A higher app's rows say something about a case, too: ``move`` gives their texts and blanks
    them.
    """
    BESIDE[name] = move


def stow(case: Case, *, at: datetime) -> None:
    """Move everything said about a case into the vault. Done once; again it does nothing, but for a
    complaint of which the vault has only why somebody opened it.

    Statements it shares with others stay until ``blank_statements``: each case keeps them.
    """
    if not case.text and holds(case.pk):
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


def stow_words(case: Case, what: str, text: str, *, on: date | None = None) -> bool:
    """Words written inside about a case whose contents are in the vault go there too; whether they
    did. ``what``: reason, note, denounced, relation, transfer, left.
    """
    return in_vault(case) and sealed_words.stow(case.matter, what, text, on=on)


def stow_letter(
    case: Case, what: str, text: str, files: Files = (), *, at: datetime, by_person: bool = False
) -> list[Said]:
    """What the body and the person say to each other about such a case: a message that the slip
    opens. What is to be entered of it; nothing for any other case, or without words and files.
    """
    if not in_vault(case) or not (text.strip() or files):
        return []
    return [letter(case.matter, Message(text.strip(), by_person, local_day(at), what), files)]


def shown_text(case: Case, text: str) -> str:
    """A text as its readable row keeps it: empty where the vault has it."""
    return "" if in_vault(case) else text.strip()


def stow_slip(case: Case, slip: UUID | None) -> Files:
    """The picture of a slip that was handed over beside somebody's word, out of the readable files;
    to be kept with the word. Nothing where there is none.
    """
    if slip is None:
        return ()
    found = Attachment.objects.select_related("stored").get(pk=slip, about=case.pk)
    stored = found.stored
    data = (content(stored), stored.media_type, stored.extension)
    found.delete()
    forget_file(stored)
    return (data,)


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
    empty_messages(about)


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
