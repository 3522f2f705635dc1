"""Reads of the citizens' pages: what one follows, what is owed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Citizen
from doithoai.cases import masking, policies
from doithoai.cases.commands.intake import Taken
from doithoai.cases.models import Answer, Carried, Case, Question, Submission
from doithoai.cases.portal_timeline import Teller, happenings
from doithoai.cases.queries.addressees import Addressee
from doithoai.core.actors import Actor
from doithoai.core.decisions import Decision
from doithoai.core.errors import NotFound
from doithoai.core.identifiers import digits_of, spoken
from doithoai.docket import lawbook
from doithoai.docket.models import Access, Adoption, Obligation, Party
from doithoai.docket.projection import standing, timeline
from doithoai.docket.queries import working_left
from doithoai.docket.unsealing import Message, correspondence
from doithoai.files.models import Attachment
from doithoai.files.printing import Slip
from doithoai.files.queries import attachment
from doithoai.law.explanation import Derivation
from doithoai.law.rules import PROVISIONAL
from doithoai.ledger.models import Receipt
from doithoai.theme.components import Happening
from doithoai.theme.formatting import day
from doithoai.units.models import Body
from doithoai.vault import reading as vault

A_MINUTE = 60


# ----------------------------------------------------------------------------- what is owed, why
@dataclass(frozen=True)
class Due:
    """A date somebody owes something by: what, who, when, and the sentences that say why."""

    duty: str
    body: str
    due_on: date | None
    due_at: datetime | None
    working: int | None
    paused: bool
    late: bool
    provisional: bool
    because: str
    sentences: tuple[str, ...]


def dues(case: Case, *, today: date) -> list[Due]:
    """What is still owed in this case, the nearest date first. Two queries."""
    running = Obligation.objects.filter(
        matter=case.matter_id, kind="duty", state__in=["open", "paused"]
    )
    rows = list(running.select_related("body").order_by("due_on", "opened_at"))
    adopted = _adopted()
    return [_due(row, adopted.get(row.rule, ""), today) for row in rows]


def first_due(taken: Taken, to: Addressee, *, today: date) -> Due | None:
    """The nearest date of a case that was opened a moment ago: known without asking again."""
    fresh = [row for row in taken.owed if row.kind == "duty" and row.due_on]
    if not fresh:
        owed = dues(taken.case, today=today)
        return owed[0] if owed else None
    row = min(fresh, key=lambda row: (row.due_on or today, row.opened_at))
    if row.body_id == to.committee.pk:
        row.body = to.committee
    return _due(row, _adopted().get(row.rule, ""), today)


def _adopted() -> dict[str, str]:
    """Rule → the document that adopted it; a minute old at most."""
    known: dict[str, str] | None = cache.get("cases.adopted")
    if known is None:
        known = dict(Adoption.objects.values_list("rule", "document"))
        cache.set("cases.adopted", known, A_MINUTE)
    return known


def _due(row: Obligation, adopted: str, today: date) -> Due:
    language = (get_language() or "vi")[:2]
    stored = Derivation.from_json(row.derivation)
    derivation = replace(stored, basis=lawbook.basis_said(stored.basis, language))
    provisional = row.certainty == PROVISIONAL and not adopted
    if adopted:
        derivation = replace(derivation, certainty="C")
    sentences = derivation.sentences(language)
    if adopted:
        sentences.append(_("Adopted by %(document)s.") % {"document": adopted})
    return Due(
        duty=row.duty_vi if language == "vi" else row.duty_en,
        body=row.body.short_name if row.body else "",
        due_on=row.due_on,
        due_at=row.due_at,
        working=working_left(row.due_on, today=today),
        paused=row.state == Obligation.State.PAUSED,
        late=row.state == Obligation.State.OPEN and row.due_on is not None and row.due_on < today,
        provisional=provisional,
        because=sentences[0],
        sentences=tuple(sentences),
    )


# -------------------------------------------------------------------------------- what one follows
def holds(receipt_id: UUID) -> Receipt | None:
    """The receipt, unless it was replaced meanwhile."""
    return Receipt.objects.filter(pk=receipt_id, dead_at=None).first()


def followed(actor: Actor, receipt: Receipt) -> list[Case]:
    """Every case that carries what this receipt was handed out for, and what was split off it and
    carries words of its own, oldest first.
    """
    about = Carried.objects.filter(case=OuterRef("pk"), submission=receipt.about)
    opened = Access.objects.filter(holder=receipt.pk).values("matter")
    carrying = Case.objects.visible_to(actor).filter(
        Exists(about.filter(until=None)) | ~Exists(about), pk__in=opened
    )
    first = Carried.objects.filter(case=OuterRef("pk")).order_by("id").values("submission")[:1]
    rows = carrying.select_related("matter", "handling_body", "receiving_body")
    rows = rows.prefetch_related("transfers")  # each decision on what the person may say reads them
    found = list(rows.annotate(first_said=Subquery(first)).order_by("pk"))
    for case in found:
        _title_for(case, receipt.about)
    return found


def _title_for(case: Case, submission: UUID) -> None:
    """Whoever joined a case reads a title of their own words, not of those who spoke first."""
    if getattr(case, "first_said", submission) != submission and not case.matter.sealed:
        case.matter.title = masking.impersonal(_own_words(submission))


def followed_case(actor: Actor, receipt: Receipt, case_id: UUID) -> Case:
    """One of them. Raises NotFound."""
    for case in followed(actor, receipt):
        if case.pk == case_id:
            return case
    raise NotFound(_("There is no such item among those of your slip."))


def written_on(receipt: Receipt, case_id: UUID) -> Case | None:
    """The case somebody was writing on, if it is one of this slip's."""
    cases = followed(Citizen(receipt.pk), receipt)
    return next((case for case in cases if case.pk == case_id), None)


def words_of(case: Case, *, by: Actor) -> tuple[str, ...]:
    """The words the person may say now."""
    can = policies.offered(by, case)
    return tuple(word for word, name in STEP_OF_WORD.items() if can.get(name))


STEP_OF_WORD = {"agreed": "confirm", "partly": "confirm_part", "disagreed": "dispute"}


def last_answer(case: Case) -> Answer | None:
    """What the person is asked about."""
    return case.answers.select_related("body").order_by("-id").first()


def open_question(case: Case) -> Question | None:
    """What the office asked and the person has not replied to."""
    return case.questions.filter(replied_at=None).order_by("-at").first()


@dataclass(frozen=True)
class Result:
    """An answer with its evidence."""

    answer: Answer
    evidence: tuple[Attachment, ...]


@dataclass(frozen=True)
class Followed:
    """The person's page of one case."""

    case: Case
    said: str
    has_it: Body
    since: datetime | None
    hand_overs: int
    due: Due | None
    until: date | None
    results: tuple[Result, ...]
    question: Question | None
    line: tuple[Happening, ...]
    can: dict[str, Decision] = field(default_factory=dict)
    letters: tuple[Message, ...] = ()

    @property
    def latest(self) -> Result | None:
        """The answer the person is asked about; it stands first on the page."""
        return self.results[0] if self.results else None

    @property
    def earlier(self) -> tuple[Result, ...]:
        """The answers before it."""
        return self.results[1:]

    @property
    def words(self) -> tuple[str, ...]:
        """The words the person may say now."""
        return tuple(word for word, name in STEP_OF_WORD.items() if self.can.get(name))


def page_of(case: Case, *, by: Actor, submission: UUID, today: date) -> Followed:
    """All that the person's page of one case shows; nothing internal, nobody else's name."""
    has_it = case.handling_body or case.receiving_body
    held = Party.objects.filter(matter=case.matter_id, role="handling_body").order_by("since")
    spans = list(held)
    owed = dues(case, today=today)
    entries = standing(timeline(case.pk))
    return Followed(
        case=case,
        said=_own_words(submission),
        has_it=has_it,
        since=spans[-1].since if spans else None,
        hand_overs=_changes([case.receiving_body_id, *(span.body_id for span in spans)]),
        due=owed[0] if owed else None,
        until=_time_to_say(case),
        results=_results(case),
        question=open_question(case),
        line=happenings(entries, Teller.about(case, entries, submission=submission)),
        can=policies.offered(by, case),
        letters=_letters(case, by),
    )


def _letters(case: Case, by: Actor) -> tuple[Message, ...]:
    """What the body wrote since the item was sealed: the vault has it, and the slip opens it."""
    if not case.matter.sealed or not vault.holds(case.pk):
        return ()
    return correspondence(case.matter, by)


def _own_words(submission: UUID) -> str:
    """What this slip's holder said: a case may carry other people's words too."""
    return Submission.objects.values_list("text", flat=True).get(pk=submission)


def _time_to_say(case: Case) -> date | None:
    """Until when the person may say whether they agree, while that time runs."""
    window = Obligation.objects.filter(
        matter=case.matter_id, kind="window", role="person", state="open"
    )
    return window.values_list("due_on", flat=True).first()


def _changes(bodies: Sequence[UUID | None]) -> int:
    """How often the case changed hands: a body that follows itself does not count."""
    return sum(1 for before, after in pairwise(bodies) if before != after)


def _results(case: Case) -> tuple[Result, ...]:
    answers = case.answers.select_related("body").prefetch_related("evidence__stored")
    return tuple(Result(a, tuple(a.evidence.all())) for a in answers.order_by("-id"))


def shown_file(case: Case, file_id: UUID, *, holder: UUID) -> Attachment:
    """A file the person may open: evidence of an answer, or their own. Raises NotFound."""
    found = attachment(file_id, about=case.pk)
    if found.added_by != holder and not case.answers.filter(evidence=found.pk).exists():
        raise NotFound(_("There is no such file."))
    return found


def whole_address(path: str) -> str:
    """An address as it is printed; never with a receipt's code in it."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def slip_of(receipt: Receipt, code: str, secret: str, *, address: str, today: date) -> Slip:
    """What is printed for whoever holds these digits. Raises NotFound when the case is gone."""
    cases = followed(Citizen(receipt.pk), receipt)
    if not cases:
        raise NotFound(_("There is no such item among those of your slip."))
    case = cases[0]
    dated = [due for due in dues(case, today=today) if due.due_on]
    return Slip(
        issuer=case.receiving_body.short_name,
        code=spoken(digits_of(code)),
        secret=digits_of(secret),
        subject=_own_words(receipt.about),
        received=day(receipt.issued_at),
        address=address,
        due=day(dated[0].due_on) if dated and dated[0].due_on else "",
        contact=case.receiving_body.phone,
    )
