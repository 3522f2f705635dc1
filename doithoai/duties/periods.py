"""Which periods a post owes on a day, and what the law asks in one of them. Asks the lawbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from doithoai.accounts.models import Post
from doithoai.docket import lawbook
from doithoai.duties.models import Duty
from doithoai.law import periods
from doithoai.law.periods import Opened
from doithoai.law.rules import Rule
from doithoai.units.models import Body

IN_PERSON = "in_person"


@dataclass(frozen=True)
class Asked:
    """What the law asks of a post in one period: how many days, and whether a deputy's count."""

    times: int
    in_person: bool
    words: str


def owed_on(post: Post, day: date) -> tuple[Opened, ...]:
    """The periods running on that day that this post owes; none for who heads nothing, or a post
    that is not there that day.

    A post that begins within a period owes it all the same: no text counts in proportion, and
    whoever stands above may excuse it.
    """
    if not post.is_head or not holds_on(post, day):
        return ()
    rules, calendar = lawbook.rulebook().recurring, lawbook.calendar()
    found = {
        one.rule.id: one
        for kind in kinds_of(post.body)
        for one in periods.opened_on(
            rules, day, {"post_kind": kind, "level": post.body.level}, calendar
        )
    }
    return tuple(found.values())


def kinds_of(body: Body) -> Iterable[str]:
    """What the rules may call the post that heads a body: by the body's kind, or by its office."""
    return dict.fromkeys((body.kind, body.office))


def holds_on(post: Post, day: date) -> bool:
    """Whether the post is there on that local day."""
    begins, ends = post.valid.lower, post.valid.upper
    return (begins is None or begins <= day) and (ends is None or day < ends)


def begins_at(first_day: date, post: Post) -> datetime:
    """The moment a post's period begins: its first local midnight in it."""
    begins = post.valid.lower
    day = first_day if begins is None else max(first_day, begins)
    return timezone.make_aware(datetime.combine(day, time()))


def ends_at(day: date) -> datetime:
    """The last moment of a local day."""
    return timezone.make_aware(datetime.combine(day, time.max))


def asked(duty: Duty, language: str) -> Asked:
    """What the version of the rule that governs the period asks."""
    rule = _rule(duty)
    if rule is None:  # taken out of the rulebook since; what is stored stays readable
        return Asked(1, in_person=False, words=duty.matter.title)
    when = dict(rule.life.discharged_when)
    return Asked(rule.life.count, when.get(IN_PERSON) == frozenset({True}), rule.duty.of(language))


def _rule(duty: Duty) -> Rule | None:
    fitting = (r for r in lawbook.rulebook().recurring if r.id == duty.rule)
    return next((r for r in fitting if r.force.on(duty.first_day)), None)
