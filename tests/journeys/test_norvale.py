"""The main journey in an invented city: another weekend, two levels, no Party, nothing
Vietnamese.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from doithoai.accounts.actors import Citizen, Clock, Official
from doithoai.accounts.commands import Line as Seat
from doithoai.accounts.commands import take_list
from doithoai.accounts.models import User
from doithoai.accounts.queries import official
from doithoai.cases.commands import answering, hearing, placing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.models import Case
from doithoai.config import vocabulary
from doithoai.dialogues.commands import hall, planning
from doithoai.docket import lawbook
from doithoai.docket.models import Obligation
from doithoai.law import calendars, rulebooks
from doithoai.units import loading, queries
from doithoai.units.command_line import AtTheMachine
from doithoai.units.models import Body

HERE = Path(__file__).parents[1] / "countries"
MORNING = datetime(2026, 11, 18, 9, 0, tzinfo=timezone(timedelta(hours=7)))  # a Wednesday


@pytest.fixture
def norvale(db: None, settings: Settings) -> Iterator[None]:
    """The city's pack, calendar and rulebook in place of Viet Nam's."""
    settings.COUNTRY_FILE = HERE / "xx.toml"
    calendar = calendars.load(HERE / "xx_calendar.toml")
    book = rulebooks.load([HERE / "xx_rules"], vocabulary.vocabulary())
    lawbook.install(lambda: (book, calendar))
    loading.load(queries.country(), province="Norvale", by=AtTheMachine(), at=MORNING)
    yield
    lawbook.install(vocabulary.lawbook)


def body(code: str) -> Body:
    return Body.objects.get(code=code)


def seat(username: str, code: str, role: str, *, head: bool = False) -> Official:
    """Put somebody of the city in a post."""
    line = Seat(
        1,
        body(code).pk,
        f"{username}'s desk",
        username,
        username.title(),
        (role,),
        head,
        date(2026, 1, 1),
    )
    take_list([line], today=MORNING.date(), by=Clock("test"), at=MORNING)
    found = official(User.objects.get(username=username).pk, today=MORNING.date())
    assert found is not None
    return found


def owed(case: UUID) -> list[tuple[str, str]]:
    """What is open on a case: rule and date."""
    rows = Obligation.objects.filter(matter=case, state="open").order_by("opened_at")
    return [(row.rule, f"{row.due_on:%d/%m/%Y}") for row in rows]


def test_what_was_said_in_norvale_is_settled_by_norvales_law(norvale: None) -> None:
    mayor = seat("mayor", "N1.town_hall", "head", head=True)
    works = seat("works", "N1.works", "case_officer")
    plan = planning.Plan(
        host=body("N1.town_hall").pk, title="Town meeting", kind="periodic", starts_at=MORNING,
        venue="Saltgate hall", chairs=(mayor.post,),
    )  # fmt: skip
    meeting = planning.plan(plan, by=mayor, at=MORNING)
    line = hall.Line(sent_as=uuid4(), text="The lamp at the quay is broken.")
    kept = hall.take_down(meeting.pk, line, by=mayor, at=MORNING)
    assert kept.taken is not None
    assert kept.taken.receipt is not None
    case = kept.taken.case.pk
    assert kept.taken.case.matter.code.startswith("R26-")
    # Wednesday is counted, Thursday is the second day: Friday and Saturday are the weekend.
    assert owed(case) == [("xx.recommendation.place", "19/11/2026")]
    placing.classify(case, placing.Kind("streets"), by=mayor, at=MORNING)
    placing.route(case, to=body("N1.works").pk, why="streets", by=mayor, at=MORNING)
    # Wednesday, Thursday, Sunday, Monday, Tuesday.
    assert owed(case) == [("xx.recommendation.answer", "24/11/2026")]
    answering.answer(case, Reply("Mended.", "settled", "W/7", MORNING.date()), by=works, at=MORNING)
    hearing.confirm(case, Heard("web"), by=Citizen(kept.taken.receipt.id), at=MORNING)
    assert owed(case) == []
    assert Case.objects.get(pk=case).state == "confirmed"
