"""What reports ask of a case beyond its columns: the person's voice, timing, what the public reads.

Each measure is one condition without joins, so that it selects rows and counts in groups alike.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from doithoai.cases.events import Answered
from doithoai.cases.models import Carried, PersonsWord, Publication, Withheld
from doithoai.cases.workflow import Outcome, State, Word
from doithoai.docket import lawbook
from doithoai.docket.models import Adoption, Obligation
from doithoai.law.rules import PROVISIONAL, Rule
from doithoai.ledger.models import Receipt

LATE_NOW: Final = "late_now"
ANSWERED_LATE: Final = "answered_late"
ON_TIME: Final = "on_time"
ENDED_LATE: Final = "ended_late"
PROVISIONAL_LATE: Final = "provisional_late"
SPOKEN: Final = (Word.AGREED, Word.PARTLY, Word.DISAGREED)
ANSWERED: Final = Answered.name
# "Being settled" is no answer (ADR 0013).
ANSWERS: Final = frozenset(Outcome) - {Outcome.NONE, Outcome.IN_PROGRESS}


def binding() -> Q:
    """Obligations a text prescribes: the law, a conclusion, a rule the province has adopted."""
    return ~Q(certainty=PROVISIONAL) | Q(Exists(Adoption.objects.filter(rule=OuterRef("rule"))))


def answer_rules() -> tuple[str, ...]:
    """Ids of the rules that only an answer meets, and every kind of answer: they judge answers."""
    versions = lawbook.rulebook().versions
    return tuple(
        sorted(
            rule_id
            for rule_id, rules in versions.items()
            if any(_judges_answers(rule) for rule in rules)
        )
    )


def _judges_answers(rule: Rule) -> bool:
    if rule.life.discharged != (ANSWERED,):
        return False
    allowed = dict(rule.life.discharged_when)
    return set(allowed) <= {"outcome"} and allowed.get("outcome", ANSWERS) >= ANSWERS


def _duties() -> QuerySet[Obligation]:
    return Obligation.objects.filter(matter=OuterRef("pk"), kind="duty")


def _overdue(today: date) -> QuerySet[Obligation]:
    return _duties().filter(state=Obligation.State.OPEN, due_on__lt=today)


def late_now(today: date) -> Q:
    """A binding date of a duty has passed and the duty is still open."""
    return Q(Exists(_overdue(today).filter(binding())))


def provisional_late(today: date) -> Q:
    """A provisional date has passed. Listed apart and never counted in on-time shares."""
    ended = _ended_past_a_date().filter(~binding())
    now = Q(Exists(_overdue(today).filter(~binding())))
    return now | (_no_answer_ended_it() & Q(Exists(ended)))


def _ended_past_a_date() -> QuerySet[Obligation]:
    return _duties().filter(state=Obligation.State.CLOSED, was_late=True)


def _no_answer_ended_it() -> Q:
    return Q(state__in=[State.WITHDRAWN, State.ARCHIVED, State.GUIDED, State.JOINED])


def ended_late(today: date) -> Q:
    """Withdrawn, archived, guided or joined when a binding date of a duty had passed."""
    del today
    ended = _ended_past_a_date().filter(binding())
    return _no_answer_ended_it() & Q(Exists(ended))


def _answers_given() -> QuerySet[Obligation]:
    given = _duties().filter(state=Obligation.State.DISCHARGED, rule__in=answer_rules())
    return given.filter(binding())


def _given_late() -> Q:
    return Q(Exists(_answers_given().filter(Q(late=True) | Q(was_late=True))))


def answered_late(today: date) -> Q:
    """An answer came after its binding date, and nothing is late any more."""
    return _given_late() & ~late_now(today)


def on_time(today: date) -> Q:
    """Every answer that had a binding date came by it, and nothing is late now."""
    return Q(Exists(_answers_given())) & ~_given_late() & ~late_now(today)


TIMINGS: Final[Mapping[str, Callable[[date], Q]]] = {
    LATE_NOW: late_now,
    ANSWERED_LATE: answered_late,
    ON_TIME: on_time,
    ENDED_LATE: ended_late,
    PROVISIONAL_LATE: provisional_late,
}


def heard() -> Q:
    """The person has said something of the last answer."""
    return Q(word__in=SPOKEN)


def ever_disputed() -> Q:
    """Somebody objected to an answer once, whatever came of it."""
    said = PersonsWord.objects.filter(case=OuterRef("pk"), word=Word.DISAGREED)
    return Q(Exists(said))


def reachable() -> Q:
    """There is somebody to ask: a name, a place, a telephone, an address or a receipt."""
    blank = Q(submission__speaker="", submission__place_text="", submission__phone="")
    blank &= Q(submission__email="", submission__address="", submission__place=None)
    holds = Exists(Receipt.objects.filter(about=OuterRef("submission"), dead_at=None))
    carried = Carried.objects.filter(case=OuterRef("pk"), until=None)
    return Q(Exists(carried.filter(~blank | Q(holds))))


def joined() -> Q:
    """Handled together with another case, where it is counted."""
    return Q(state=State.JOINED)


def published() -> Q:
    """A masked version is public."""
    return Q(Exists(Publication.objects.filter(case=OuterRef("pk"), current=True)))


def withheld(reason: str = "") -> Q:
    """A named person decided not to publish it, for this reason or for any."""
    decided = Withheld.objects.filter(case=OuterRef("pk"))
    return Q(Exists(decided.filter(reason=reason) if reason else decided))
