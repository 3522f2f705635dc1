"""Reads of the start page and of the pages that explain: figures, the law in force, days off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from doithoai.cases.models import Publication
from doithoai.cases.portal_public import Figure, figures, published
from doithoai.dialogues import portal_queries as dialogues
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.workflow import State
from doithoai.docket import lawbook
from doithoai.docket.models import Adoption
from doithoai.law.calendars import DayOff
from doithoai.law.rules import Period, Rule

SHOWN = 5


@dataclass(frozen=True)
class Start:
    """What the start page shows, all of it public."""

    figures: tuple[Figure, ...]
    held: int
    coming: tuple[Dialogue, ...]
    latest: tuple[Publication, ...]


def start(*, at: datetime, today: date) -> Start:
    """Four queries, however much there is."""
    answered = published().filter(case__answered_at__isnull=False)
    held = dialogues.announced().aggregate(
        number=Count("matter", filter=Q(state__in=[State.HELD, State.SIGNED, State.PUBLISHED]))
    )
    return Start(
        figures=tuple(figures(today=today)),
        held=held["number"],
        coming=tuple(dialogues.coming(at=at, limit=SHOWN)),
        latest=tuple(answered.order_by("-case__answered_at")[:SHOWN]),
    )


# ----------------------------------------------------------------------------------- the law
@dataclass(frozen=True)
class Line:
    """One rule as people read it."""

    duty: str
    period: str
    counted_from: str
    basis: str
    act: bool
    sure: str
    provisional: bool
    adopted_by: str


@dataclass(frozen=True)
class Chapter:
    """The rules of one kind of matter."""

    title: str
    lines: tuple[Line, ...]


CHAPTERS: Mapping[str, str] = {
    "cases.": gettext_noop("Recommendations and reports"),
    "dialogues.": gettext_noop("Dialogues"),
}
PROCEDURES = frozenset({"recommendation", "reflection", "dialogue"})
# How sure a text is, as ``law`` grades it; a date of grade D is shown as provisional instead.
SURE: Mapping[str, str] = {
    "A": gettext_noop("The official text was read."),
    "A-": gettext_noop("The official text was read; a later act may have changed it."),
    "B": gettext_noop("Known from a newspaper or a portal; the official text is still to be read."),
    "C": gettext_noop("Known in general; the official text is still to be found and read."),
}
FROM: Mapping[str, str] = {
    "cases.received": gettext_noop("it is received"),
    "cases.classified": gettext_noop("it is sorted"),
    "cases.routed": gettext_noop("the body that settles it has it"),
    "cases.offered": gettext_noop("another body is asked to take it"),
    "cases.returned": gettext_noop("it is returned"),
    "cases.taken_back": gettext_noop("the transfer is taken back"),
    "cases.referred": gettext_noop("the lead body is to be decided"),
    "cases.forwarded": gettext_noop("it is sent by letter"),
    "cases.body_replied": gettext_noop("the body written to replies"),
    "cases.asked": gettext_noop("the person is asked something"),
    "cases.promised": gettext_noop("the date set by the conclusion"),
    "cases.conclusion_published": gettext_noop("the date of the conclusion notice"),
    "cases.answered": gettext_noop("it is answered"),
    "cases.scheduled": gettext_noop("it is put on the roadmap"),
    "cases.confirmed": gettext_noop("the person agrees, or the time to say so has passed"),
    "cases.disputed": gettext_noop("the person does not agree, or agrees in part"),
    "cases.escalated": gettext_noop("it goes one level up"),
    "cases.reopened": gettext_noop("it is taken up again"),
    "dialogues.planned": gettext_noop("the day of the dialogue"),
    "dialogues.draft_asked": gettext_noop("the day of the dialogue"),
    "dialogues.held": gettext_noop("the dialogue is held"),
    "dialogues.postponed": gettext_noop("the dialogue is put off"),
    "dialogues.conclusion_signed": gettext_noop("the conclusion notice is signed"),
}


def chapters(*, today: date) -> list[Chapter]:
    """Every rule in force for recommendations and for dialogues. One query."""
    adopted = {a.rule: a.document for a in Adoption.objects.all()}
    rules = [r for r in lawbook.rulebook().rules if r.kind == "duty" and r.force.on(today)]
    return [
        Chapter(_(title), _lines([r for r in rules if _about(r, prefix)], adopted))
        for prefix, title in CHAPTERS.items()
    ]


def _about(rule: Rule, prefix: str) -> bool:
    """Rules of other procedures share some events; they are another page's."""
    ours = all(event.startswith(prefix) for event in rule.opening.events)
    if not rule.opening.procedures <= PROCEDURES:
        return False
    return ours and any(event in FROM for event in rule.opening.events)


def _lines(rules: Sequence[Rule], adopted: Mapping[str, str]) -> tuple[Line, ...]:
    """One line for each rule: its versions differ by what they begin with, and are told together
    wherever they say the same.
    """
    together: dict[tuple[str, Line], dict[str, None]] = {}
    for rule in rules:
        said = together.setdefault((rule.id, _line(rule, adopted)), {})
        if not _set(rule):  # a date that is set is not counted from anything
            said[_from(rule.opening.events)] = None
    made = (replace(line, counted_from="; ".join(said)) for (_rule, line), said in together.items())
    return tuple(dict.fromkeys(made))


def _line(rule: Rule, adopted: Mapping[str, str]) -> Line:
    language = (get_language() or "vi")[:2]
    return Line(
        duty=rule.duty.of(language),
        period=_("on the date the conclusion sets") if _set(rule) else _period(rule.within),
        counted_from="",
        basis=lawbook.basis_said(rule.basis, language),
        act=not rule.basis_en,
        sure=_sure(rule),
        provisional=rule.provisional and rule.id not in adopted,
        adopted_by=adopted.get(rule.id, ""),
    )


def _set(rule: Rule) -> bool:
    """Whether the chair of a dialogue sets the date: no text of law does, nothing is counted."""
    return rule.due is not None and rule.source == "conclusion"


def _sure(rule: Rule) -> str:
    if _set(rule):
        return _("By the text of the conclusion.")
    return _(SURE[rule.certainty]) if rule.certainty in SURE else ""


def _from(events: Iterable[str]) -> str:
    return next((_(FROM[event]) for event in events if event in FROM), "")


def _period(within: Period | None) -> str:
    """A length of time in words; a negative one is counted back."""
    if within is None:
        return _("on that date")
    if within.amount == 0:
        return _("on the same day")
    if within.amount < 0:
        number = -within.amount
        text = ngettext("at least %(number)d day before", "at least %(number)d days before", number)
        return text % {"number": number}
    return _counted(within)


def _counted(within: Period) -> str:
    number = within.amount
    text = {
        "calendar": ngettext("%(number)d day", "%(number)d days", number),
        "working": ngettext("%(number)d working day", "%(number)d working days", number),
        "hours": ngettext("%(number)d hour", "%(number)d hours", number),
        "months": ngettext("%(number)d month", "%(number)d months", number),
    }[within.unit]
    return text % {"number": number}


# ------------------------------------------------------------------------------ the calendar
@dataclass(frozen=True)
class Off:
    """A weekday that is off, or a day of the weekend that is worked."""

    day: date
    name: str
    source: str
    worked: bool


@dataclass(frozen=True)
class Year:
    """The days of a year that are not as the week says."""

    year: int
    confirmed: bool
    days: tuple[Off, ...]


def years(*, today: date) -> list[Year]:
    """This year and the next."""
    return [_year(today.year), _year(today.year + 1)]


def _year(year: int) -> Year:
    calendar = lawbook.calendar()
    first, last = date(year - 1, 12, 31), date(year, 12, 31)
    off = [_off(note, worked=False) for note in calendar.weekdays_off(first, last)]
    worked = [_off(note, worked=True) for note in calendar.weekend_worked(first, last)]
    days = sorted([*off, *worked], key=lambda each: each.day)
    return Year(year, calendar.confirmed(year), tuple(days))


def _off(note: DayOff, *, worked: bool) -> Off:
    vietnamese = (get_language() or "vi").startswith("vi")
    return Off(note.day, note.vi if vietnamese else note.en, note.source.strip(" -"), worked)
