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
from doithoai.dialogues.commands import concluding, hall, importing, planning
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.reading_sheets import read_list
from doithoai.docket import lawbook
from doithoai.docket.models import Obligation
from doithoai.law import calendars, rulebooks
from doithoai.reports.queries.dialogue import report
from doithoai.units import loading, queries
from doithoai.units.command_line import AtTheMachine
from doithoai.units.models import Body
from tests.dialogues.grounds import signed_file

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


def meeting_of(mayor: Official) -> Dialogue:
    """A town meeting, planned for this morning."""
    plan = planning.Plan(
        host=body("N1.town_hall").pk, title="Town meeting", kind="periodic", starts_at=MORNING,
        venue="Saltgate hall", chairs=(mayor.post,),
    )  # fmt: skip
    return planning.plan(plan, by=mayor, at=MORNING)


def test_who_disagrees_in_norvale_is_answered_by_the_city(norvale: None) -> None:
    mayor = seat("mayor", "N1.town_hall", "head", head=True)
    lord = seat("lord", "N.town_hall", "head", head=True)
    line = hall.Line(sent_as=uuid4(), text="The lamp at the quay is broken.", field="streets")
    kept = hall.take_down(meeting_of(mayor).pk, line, by=mayor, at=MORNING)
    assert kept.taken is not None
    assert kept.taken.receipt is not None
    case, person = kept.taken.case.pk, Citizen(kept.taken.receipt.id)
    placing.route(case, to=body("N1.town_hall").pk, why="lamps", by=mayor, at=MORNING)
    reply = Reply("It is mended.", "settled", "H/7", MORNING.date())
    answering.answer(case, reply, by=mayor, at=MORNING)
    hearing.dispute(case, Heard("web", "It is dark still."), by=person, at=MORNING)
    # The city is the upper level: ten working days, the first counted, Friday and Saturday off.
    assert owed(case) == [("xx.recommendation.answer_above", "01/12/2026")]
    assert Case.objects.get(pk=case).handling_body == body("N.town_hall")
    again = Reply("The city mended it.", "settled", "C/1", MORNING.date())
    answering.answer(case, again, by=lord, at=MORNING)
    hearing.confirm(case, Heard("web"), by=person, at=MORNING)
    assert (owed(case), Case.objects.get(pk=case).state) == ([], "confirmed")


def test_a_meeting_in_norvale_is_imported_concluded_and_counted(norvale: None) -> None:
    mayor = seat("mayor", "N1.town_hall", "head", head=True)
    clerk = seat("clerk", "N1.town_hall", "reception_clerk")
    miller = seat("miller", "N2.town_hall", "head", head=True)
    seat("works", "N1.works", "case_officer")
    meeting = meeting_of(mayor)
    noon = MORNING + timedelta(hours=3)
    concluding.hold(meeting.pk, concluding.Held(40), by=mayor, at=noon)
    rows = (
        "STT,Nội dung kiến nghị,Cơ quan chủ trì,Lĩnh vực\n"
        "1,The road to the quay has holes.,Works,Roads\n"
        "2,The lamp at the mill is dark.,,Lamps\n"
    )
    importing.take_in(meeting.pk, read_list("list.csv", rows.encode()), by=clerk, at=noon)
    holes, lamp = (item.case for item in meeting.items.order_by("number"))
    assert Case.objects.get(pk=holes.pk).handling_body == body("N1.works")
    placing.offer(lamp.pk, to=body("N2.town_hall").pk, why="The mill is theirs.", by=mayor, at=noon)
    placing.accept(lamp.pk, by=miller, at=noon)
    assert Case.objects.get(pk=lamp.pk).handling_body == body("N2.town_hall")
    answering.answer(
        lamp.pk, Reply("Mended.", "settled", "M/1", MORNING.date()), by=miller, at=noon
    )
    paper = concluding.draft_conclusion(
        meeting.pk, text="Works mends the road.", docx=b"", by=clerk, at=noon
    )
    concluding.approve_conclusion(meeting.pk, document=paper.pk, by=mayor, at=noon)
    concluding.sign(
        meeting.pk, number="1/town_hall", signed_on=MORNING.date(), upload=signed_file(),
        by=clerk, at=noon,
    )  # fmt: skip
    published = concluding.publish(meeting.pk, by=clerk, at=noon)
    assert published.state == "published"
    told = report(meeting.matter.code, mayor, at=noon)
    assert (told.submissions, told.count("cases"), told.count("answered")) == (2, 2, 1)
    by_body = next(table for table in told.tables if table.dimension == "body")
    assert {row.label for row in by_body.rows} == {
        "Works Division of quarter Saltgate",
        "Hall of quarter Millbrook",
    }
