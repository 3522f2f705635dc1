"""The only place that knows all: every app's events and facts, the roles, the rulebook they are
checked against.
"""

from importlib import import_module
from pathlib import Path

from django.conf import settings

from doithoai.core.events import REGISTER, fact_types
from doithoai.law import calendars, rulebooks
from doithoai.law.calendars import Calendar
from doithoai.law.rulebooks import Rulebook
from doithoai.law.vocabulary import Vocabulary

EVENTS = (
    "doithoai.units.events",
    "doithoai.accounts.events",
    "doithoai.files.events",
    "doithoai.notices.events",
    "doithoai.docket.events",
    "doithoai.duties.events",
    "doithoai.cases.events",
    "doithoai.cases.petition_events",
    "doithoai.dialogues.events",
    "doithoai.reception.events",
)
ROLES = frozenset(
    {
        "receiving_body",
        "handling_body",
        "offered_body",
        "sending_body",
        "forwarding_body",
        "deciding_post",
        "upper_body",
        "head",
        "handling_post",
        "person",
        "host_body",
        "asked_body",
        "chair",
        "supervisor",
    }
)


def vocabulary() -> Vocabulary:
    """Events with their facts, and roles, as rulebooks may name them."""
    for module in EVENTS:
        import_module(module)
    return Vocabulary({name: fact_types(cls) for name, cls in REGISTER.items()}, ROLES)


def paths() -> list[Path]:
    """The rulebooks of this installation, national first. A name is ours, anything else a path."""
    return [
        rulebooks.NATIONAL.parent / name if not Path(name).is_absolute() else Path(name)
        for name in settings.RULEBOOKS
    ]


def lawbook() -> tuple[Rulebook, Calendar]:
    """The rulebook and the calendar in force here.

    Raises RulebookError with file, rule id and reason.
    """
    calendar = calendars.load(Path(settings.CALENDAR)) if settings.CALENDAR else calendars.load()
    return rulebooks.load(paths(), vocabulary()), calendar
