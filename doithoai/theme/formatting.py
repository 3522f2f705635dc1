"""How days, moments and figures are written, the same on every page.

Days are written day/month/year in every language of the product: its readers compare them
with paper documents, and month-first would be misread. Separators follow the language.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext, pgettext_lazy

NOTHING: Final = "—"
SOON_DAYS: Final = 3

_VIETNAMESE: Final = str.maketrans(",.", ".,")
_WEEKDAYS: Final = (
    pgettext_lazy("day of the week", "Monday"),
    pgettext_lazy("day of the week", "Tuesday"),
    pgettext_lazy("day of the week", "Wednesday"),
    pgettext_lazy("day of the week", "Thursday"),
    pgettext_lazy("day of the week", "Friday"),
    pgettext_lazy("day of the week", "Saturday"),
    pgettext_lazy("day of the week", "Sunday"),
)
Number = int | float | Decimal
Urgency = Literal["late", "today", "soon", "later", "paused"]


def as_day(value: date | datetime) -> date:
    """The local day (setting TIME_ZONE) of a day or of a moment."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: date | datetime) -> str:
    """``05/08/2026``."""
    return f"{as_day(value):%d/%m/%Y}"


def moment(value: datetime) -> str:
    """``05/08/2026 17:00``, local time of an aware moment; a naive one is taken as local."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%d/%m/%Y %H:%M}"


def weekday(value: date | datetime) -> str:
    """``thứ Tư``, ``Wednesday``: the local day of the week in the language in use."""
    return str(_WEEKDAYS[as_day(value).weekday()])


def number(value: Number, *, decimals: int | None = None, language: str | None = None) -> str:
    """``1.234,5`` in Vietnamese, ``1,234.5`` elsewhere.

    Without ``decimals`` a whole figure has none and another has as many as it was given.
    """
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    text = f"{exact:,f}"
    vietnamese = (language or get_language() or "").startswith("vi")
    return text.translate(_VIETNAMESE) if vietnamese else text


def percent(part: Number, whole: Number = 1, *, language: str | None = None) -> str:
    """``66,7%``: ``part`` in ``whole``, to one decimal; a dash when there is no whole."""
    if not whole:
        return NOTHING
    share = Decimal(str(part)) * 100 / Decimal(str(whole))
    tenths = share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{number(tenths, language=language)}%"


def urgency(due_on: date, today: date) -> Urgency:
    """How near a due date is, in calendar days."""
    left = (due_on - today).days
    if left < 0:
        return "late"
    if left == 0:
        return "today"
    return "soon" if left <= SOON_DAYS else "later"


def days_left(due_on: date, today: date, *, working: int | None = None) -> str:
    """``còn 3 ngày`` · ``hôm nay`` · ``quá 2 ngày``.

    ``working`` is the number of working days left, when the caller has counted them with the
    calendar of the law; it is shown in place of the calendar days.
    """
    left = (due_on - today).days
    if left < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
    if left == 0:
        return pgettext("due date", "today")
    if working is not None:
        text = ngettext("%(days)d working day left", "%(days)d working days left", working)
        return text % {"days": working}
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


@dataclass(frozen=True, slots=True)
class Due:
    """A due date as people say it, with the class that colours it; the words never lean on it."""

    words: str
    day: str
    weekday: str
    urgency: Urgency


def due(due_on: date, today: date, *, working: int | None = None, paused: bool = False) -> Due:
    """Put a due date into words; a paused one does not run, so it is never late."""
    words = pgettext("due date", "paused") if paused else days_left(due_on, today, working=working)
    kind: Urgency = "paused" if paused else urgency(due_on, today)
    return Due(words=words, day=day(due_on), weekday=weekday(due_on), urgency=kind)
