"""Taking one person out of the rows of an item: their own words go, and in the words of others
their name, telephone, e-mail and address are struck out.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.cases import masking
from doithoai.cases.commands.vaulting import forget_file
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
from doithoai.core.collation import folded, nfc
from doithoai.core.identifiers import digits_of
from doithoai.docket.models import Reason as DocketReason
from doithoai.docket.models import Words
from doithoai.files.models import Attachment, Document, Purpose, Stored
from doithoai.ledger.models import Receipt
from doithoai.notices.models import Incoming, Outbox
from doithoai.notices.workflow import State as Sending

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None
BESIDE: dict[str, Callable[["Gone"], None]] = {}
PHONE: Final = 9  # last digits of a telephone number that are the same however it is written
SHORTEST: Final = 3  # characters: a shorter name would be struck out of the middle of words


@dataclass(frozen=True)
class Gone:
    """The person who is to be erased: their statement, the items that carry it, and ``alone``,
    those of them that carry nobody else's.
    """

    submission: Submission
    cases: tuple[Case, ...]
    alone: frozenset[UUID]
    at: datetime

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """What names them in a plain text, however it is spaced; None when nothing does."""
        said = self.submission
        names = [said.speaker, said.email, said.address]
        found = [_spaced(name) for name in names if len(name.strip()) >= SHORTEST]
        digits = digits_of(said.phone)[-PHONE:]
        if len(digits) == PHONE:
            found.append(r"(?:\+?84|0)?[ .-]?" + r"[ .-]?".join(digits))
        return re.compile("|".join(found)) if found else None

    @cached_property
    def folded_names(self) -> tuple[str, ...]:
        """Name, e-mail and address as a search knows them: lower case, without accents."""
        said = self.submission
        return tuple(folded(n) for n in (said.speaker, said.email, said.address) if n.strip())

    def strike(self, text: str) -> str:
        """The text without what names them, with or without accents and in either case."""
        whole = nfc(text)
        spans = [m.span() for m in self.pattern.finditer(_plain(whole))] if self.pattern else []
        if not spans:
            return text
        begins = [0, *(end for _start, end in spans)]
        ends = [*(start for start, _end in spans), len(whole)]
        return masking.MASK.join(whole[begin:end] for begin, end in zip(begins, ends, strict=True))

    def strike_all(self, value: Json) -> Json:
        """The same for every text inside a JSON value."""
        if isinstance(value, str):
            return self.strike(value)
        if isinstance(value, Mapping):
            return {name: self.strike_all(each) for name, each in value.items()}
        if isinstance(value, Sequence):
            return [self.strike_all(each) for each in value]
        return value


def also(name: str, strike: Callable[[Gone], None]) -> None:
    """A higher app's rows say something of the person, too: ``strike`` takes it out. Called while
    the statement still says who they are.
    """
    BESIDE[name] = strike


def _spaced(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in _plain(nfc(name)).split())
    return rf"(?<!\w){words}(?!\w)"


def _plain(text: str) -> str:
    """Lower case without accents, letter by letter: each stands where it stood."""
    return "".join(found if len(found := folded(c)) == 1 else c for c in text)


def strike_rows(rows: QuerySet[Model], *names: str, gone: Gone) -> None:
    """Strike the person out of these text columns of these rows."""
    for row in rows:
        changed = [name for name in names if gone.strike(getattr(row, name)) != getattr(row, name)]
        for name in changed:
            setattr(row, name, gone.strike(getattr(row, name)))
        if changed:
            row.save(update_fields=changed)


def out_of_item(case: Case, gone: Gone) -> None:
    """Their words in this item go; the office's stay without what names them."""
    alone = case.pk in gone.alone
    case.text = "" if alone else gone.strike(case.text)
    case.why_here, case.attention = gone.strike(case.why_here), []
    case.save(update_fields=["text", "why_here", "attention"])
    case.matter.title = erased_title() if alone else gone.strike(case.matter.title)
    case.matter.save(update_fields=["title"])
    if alone:
        Question.objects.filter(case=case).update(reply="")
    PersonsWord.objects.filter(case=case, submission=gone.submission).update(text="")
    mine = Carried.objects.filter(case=case, submission=gone.submission)
    mine.update(why_ended="")
    _office_words(case, gone)
    _notices(case, gone)
    _files(case, gone)
    _search(case, gone)


def erased_title() -> str:
    """What an item of a person who was erased is called: in the language of the installation."""
    with override(settings.LANGUAGE_CODE):
        return _("Item whose words were erased")


def _office_words(case: Case, gone: Gone) -> None:
    for rows, names in (
        (Answer.objects.filter(case=case), ("text",)),
        (Draft.objects.filter(case=case), ("text",)),
        (Note.objects.filter(case=case), ("text",)),
        (Question.objects.filter(case=case), ("text", "reply")),
        (PersonsWord.objects.filter(case=case), ("text",)),
        (Reason.objects.filter(case=case), ("text",)),
        (DocketReason.objects.filter(matter=case.pk), ("text",)),
        (Transfer.objects.filter(case=case), ("why", "reason")),
        (LetterDraft.objects.filter(case=case), ("why",)),
        (Publication.objects.filter(case=case), ("title", "text", "answer")),
    ):
        strike_rows(rows, *names, gone=gone)
    for ruling in Ruling.objects.filter(case=case):
        ruling.text = gone.strike(ruling.text)
        ruling.papers = [gone.strike(paper) for paper in ruling.papers]
        ruling.save(update_fields=["text", "papers"])


def _notices(case: Case, gone: Gone) -> None:
    """Of what was sent to them neither words nor address stay, and what waits is not sent."""
    rows = Outbox.objects.filter(about__in=[case.pk, gone.submission.pk])
    said, alone = gone.submission, case.pk in gone.alone
    theirs = [a for a in (said.phone, said.email) if a]
    to_them = Q(address__in=theirs) | Q(about=said.pk)
    if len(digits_of(said.phone)) >= PHONE:
        to_them |= Q(channel="sms", address__endswith=digits_of(said.phone)[-PHONE:])
    waiting = Q(state__in=[Sending.QUEUED, Sending.SENDING])
    rows.filter(to_them & waiting).update(state=Sending.FAILED, error="erased", next_at=gone.at)
    rows.filter(to_them).update(context={}, address="")
    for row in rows.exclude(context={}):
        row.context, row.address = gone.strike_all(row.context), gone.strike(row.address)
        row.save(update_fields=["context", "address"])
    came = Incoming.objects.filter(about=case.pk)
    ending = digits_of(said.phone)[-PHONE:]
    own = came if alone else came.filter(sender__endswith=ending) if ending else came.none()
    own.update(text="", sender="", done="")
    strike_rows(came, "text", "done", gone=gone)


def _files(case: Case, gone: Gone) -> None:
    """What the person handed in goes, and every draft; a signed document stays, for it is the
    body's record.
    """
    attached = Attachment.objects.filter(about__in=[case.pk, gone.submission.pk])
    receipts = Receipt.objects.filter(about=gone.submission.pk).values("pk")
    slips = PersonsWord.objects.filter(case=case, submission=gone.submission)
    handed = Q(added_by__in=receipts) | Q(pk__in=slips.values("slip"))
    if case.pk in gone.alone:
        handed |= Q(added_post=None) | Q(purpose=Purpose.OTHER)
    theirs = list(attached.filter(handed))
    slips.update(slip=None)
    for answer in case.answers.all():
        answer.evidence.remove(*theirs)
    papers = Document.objects.filter(about=case.pk)
    drafts = list(Stored.objects.filter(pk__in=papers.values("draft")))
    attached.filter(pk__in=[each.pk for each in theirs]).delete()
    papers.update(draft=None)
    for stored in {each.stored_id: each.stored for each in theirs}.values():
        forget_file(stored)
    for stored in drafts:
        forget_file(stored)
    strike_rows(attached, "title", "place_note", gone=gone)


def _search(case: Case, gone: Gone) -> None:
    """The item is found by its code and by what the others said."""
    code = case.matter.code
    others = Submission.objects.filter(carried__case=case).exclude(pk=gone.submission.pk)
    said = [f"{o.text} {o.speaker} {o.place_text}" for o in others.distinct()]
    text = folded(" ".join([code, code.replace("-", ""), *said]))
    for name in gone.folded_names:
        text = text.replace(name, "")
    Words.objects.filter(matter=case.matter).update(text=text)


def out_of_statement(gone: Gone) -> None:
    """The statement says nothing any more; when, by which channel and where stay as figures."""
    said = Submission.objects.filter(pk=gone.submission.pk)
    said.update(
        text="", speaker="", place_text="", phone="", email="", address="", may_publish=False
    )
    Petition.objects.filter(submission=gone.submission.pk).update(
        sender_key="", thread=None, originals=[]
    )
    strike_rows(Petition.objects.filter(submission=gone.submission.pk), "forwarder_name", gone=gone)
