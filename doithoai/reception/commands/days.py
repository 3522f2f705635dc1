"""On which days a reception may be set: not in the past, not years away, not twice at one hour."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.law.counting import add_months
from doithoai.reception.commands.deputies import Letter
from doithoai.reception.models import Session
from doithoai.reception.timing import beside
from doithoai.theme.formatting import day as shown

FARTHEST: Final = 24  # months, either way
AN_HOUR: Final = timedelta(hours=1)  # of a reception whose end was not given


def check_day(starts_at: datetime, shown_by: Letter | None, at: datetime) -> None:
    """A day to come, or one on which it was held already, as a document shows. Raises Invalid."""
    today = local_day(at)
    _refuse_far(starts_at, today)
    day = local_day(starts_at)
    if shown_by is not None:
        check_document(shown_by, held_on=day, today=today)
        if day > today:
            raise Invalid(_("What is still to come was not held yet. Leave the document out."))
    elif day < today:
        raise Invalid(
            _(
                "The day %(day)s has passed. If the reception was held and not recorded here, give "
                "number and date of the document that shows it; it is shown and counted as entered "
                "late. Otherwise choose a day to come."
            )
            % {"day": shown(day)}
        )


def _refuse_far(starts_at: datetime, today: date) -> None:
    """The year first: the first and last days of all cannot be told in another time zone."""
    near = abs(starts_at.year - today.year) <= FARTHEST // 12
    last, first = add_months(today, FARTHEST), add_months(today, -FARTHEST)
    if not near or not first <= local_day(starts_at) <= last:
        raise Invalid(
            _("Reception days lie at most two years away, from %(first)s to %(last)s.")
            % {"first": shown(first), "last": shown(last)}
        )


def check_document(letter: Letter, *, held_on: date, today: date) -> None:
    """The minutes or the notice by which a day is written down later. Raises Invalid."""
    if not letter.number.strip() or not held_on <= letter.signed_on <= today:
        raise Invalid(
            _(
                "Give number and date of the minutes or the notice that shows it was held; it is "
                "dated on that day or later, and not in the future."
            )
        )


def refuse_clash(session: Session) -> None:
    """Nobody receives twice at one hour. Raises Invalid."""
    for other in beside(session):
        if other.starts_at < _end(session) and session.starts_at < _end(other):
            facts = {"code": other.matter.code, "day": shown(session.day)}
            raise Invalid(
                _(
                    "The same post receives at that hour already: %(code)s on %(day)s. Choose "
                    "another hour, or open that day."
                )
                % facts
            )


def _end(session: Session) -> datetime:
    return session.ends_at or session.starts_at + AN_HOUR
