"""The head's report: its periods are data, its figures are rows, and only what the reader sees."""

import io
import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.core.days import local_day
from doithoai.core.toml_tables import BadFile
from doithoai.docket.models import Excluded, Matter
from doithoai.law.periods import Span
from doithoai.reception.models import Person, Raised, Session, Visit
from doithoai.reports import periods
from doithoai.reports.queries import heads
from doithoai.reports.queries.heads import HeadReport
from doithoai.units.models import Body
from tests.conftest import become
from tests.duties.grounds import event
from tests.journeys.opening import DOCX, words_in
from tests.reports.signing_in import signed_in
from tests.reports.story import Story

DAY = date(2026, 11, 22)


# -------------------------------------------------------------------------------------- periods
@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("month_to_14", date(2026, 11, 15), date(2026, 12, 14)),
        ("quarter", date(2026, 9, 15), date(2026, 12, 14)),
        ("half_year", date(2026, 6, 15), date(2026, 12, 14)),
        ("nine_months", date(2025, 12, 15), date(2026, 9, 14)),
        ("year", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_the_reporting_year_begins_on_15_december(code: str, first: date, last: date) -> None:
    assert periods.named(code).around(DAY) == Span(first, last)


def test_each_period_follows_the_one_before_without_a_gap() -> None:
    for period in periods.load():
        here = period.around(DAY)
        if period.code != "nine_months":
            assert period.around(here.first) == period.around(here.last) == here
            assert period.around(here.last + timedelta(days=1)).first - here.last == timedelta(1)


def test_an_unknown_period_is_the_month_and_a_file_must_be_right(tmp_path: Path) -> None:
    assert periods.named("fortnight").code == "month"
    path = tmp_path / "periods.toml"
    path.write_text(
        '[[period]]\ncode = "x"\nevery = "fortnight"\nbegins = 2000-01-01\n'
        'vi = "Kỳ"\nen = "Period"\nbasis = ""\n',
        encoding="utf-8",
    )
    with pytest.raises(BadFile, match="fortnight"):
        periods.load(path)


# -------------------------------------------------------------------------------------- figures
def report_of(name: str, now: datetime, code: str = "year") -> HeadReport:
    actor = become(name)
    host = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    body, _all = heads.chosen(actor, host.pk, today=local_day(now))
    return heads.report(actor, body, periods.named(code), local_day(now), at=now)


def received(
    body: Body, matter: Matter | None, day: datetime, number: int, person: Person | None,
    people: int = 1,
) -> Visit:  # fmt: skip
    """One line of the register."""
    return Visit.objects.create(
        body=body, session_id=matter.pk if matter else None, state="ended", year=day.year,
        number=number, ticket=number, arrived_at=day, received_at=day, ended_at=day,
        person=person, people=people, sealed=person is None, repeated=number > 1,
    )  # fmt: skip


@pytest.fixture
def desk(said: Story, minh: Official, chi: Official, now: datetime) -> Body:
    """A reception day of the chair and three visits: a person twice, and a sealed one of seven."""
    body = said.dialogue.host
    matter = event(minh, "TCD26-000001")
    Session.objects.create(
        matter=matter, state="held", kind="head_scheduled", host=body, receiver_id=chi.post,
        day=local_day(now), starts_at=now, venue="Trụ sở", held_on=local_day(now),
        received_by_id=chi.post, received_by_name=chi.name, in_person=True,
    )  # fmt: skip
    person = Person.objects.create(
        body=body, name="Nguyễn Thị Thử", folded="nguyen thi thu", first_seen=local_day(now)
    )
    received(body, matter, now, 1, person)
    received(body, matter, now, 2, person)
    received(body, None, now, 3, None, people=7)
    return body


def test_visits_persons_and_groups_are_counted_apart(desk: Body, now: datetime) -> None:
    found = report_of("minh", now, "month")
    keys = ("sessions", "sessions_deputy", "visits", "visits_repeated", "persons", "groups")
    assert [found.count(key) for key in keys] == [1, 0, 3, 2, 1, 1]


def test_a_group_of_seven_is_seven_people_of_one_visit(desk: Body, now: datetime) -> None:
    found = report_of("minh", now, "month")
    assert [found.count(key) for key in ("visits", "people", "groups", "group_people")] == [
        3, 9, 1, 7,
    ]  # fmt: skip
    page = signed_in("minh").get(
        reverse("head_report_rows", args=["group_people"]) + f"?body={desk.pk}&day={local_day(now)}"
    )
    assert re.findall(r'data-people="(\d+)"', page.content.decode()) == ["7"]


def test_dialogues_and_recommendations_are_counted_from_their_matters(
    said: Story, now: datetime
) -> None:
    found = report_of("chi", now)
    assert found.count("dialogues") == 1
    assert found.count("answered") == 4
    assert found.count("received") + found.count("carried") > found.count("answered")


def test_two_readers_may_rightly_see_different_numbers(said: Story, now: datetime) -> None:
    chi, quang = report_of("chi", now), report_of("quang", now)
    for figure in quang.figures:
        assert figure.count <= chi.count(figure.measure.key)
    for key in ("complaints", "denunciations", "party"):
        assert quang.count(key) == 0


def test_every_number_opens_exactly_its_rows(desk: Body, now: datetime) -> None:
    client = signed_in("chi")
    found = report_of("chi", now)
    query = f"?body={desk.pk}&period=year&day={local_day(now)}"
    for figure in found.figures:
        address = reverse("head_report_rows", args=[figure.measure.key])
        page = client.get(address + query).content.decode()
        people = sum(int(said) for said in re.findall(r'data-people="(\d+)"', page))
        rows = people if figure.measure.of_people else page.count("<tr data-row>")
        assert rows == figure.count, figure.measure.key
    assert client.get(reverse("head_report_rows", args=["all"])).status_code == 404


def test_only_who_receives_people_reads_who_came(desk: Body) -> None:
    address = reverse("head_report_rows", args=["persons"]) + f"?body={desk.pk}"
    assert "Nguyễn Thị Thử" in signed_in("minh").get(address).content.decode()
    for name in ("quang", "doc"):
        page = signed_in(name).get(address).content.decode()
        assert page.count("<tr data-row>") == 1
        assert "Nguyễn Thị Thử" not in page


def test_who_came_about_what_was_sealed_later_is_not_named(
    desk: Body, minh: Official, chi: Official, now: datetime
) -> None:
    """The chair, shut out of it, has no line of it; whoever receives people reads no name."""
    raised = event(minh, "KN26-000009")
    Raised.objects.bulk_create(Raised(visit=v, matter=raised) for v in Visit.objects.all()[:2])
    Matter.objects.filter(pk=raised.pk).update(sealed=True)
    query = f"?body={desk.pk}&period=month&day={local_day(now)}"
    for name, lines in (("minh", 3), ("chi", 3)):
        for key in ("visits", "persons"):
            page = signed_in(name).get(reverse("head_report_rows", args=[key]) + query)
            assert "Nguyễn Thị Thử" not in page.content.decode()
        assert report_of(name, now, "month").count("visits") == lines
    Excluded.objects.create(matter=raised, user_id=chi.user, reason="relation")
    assert report_of("chi", now, "month").count("visits") == 1


def test_another_commune_does_not_read_it(desk: Body) -> None:
    for name in ("head_report", "head_report_excel", "head_report_word", "head_report_print"):
        answer = signed_in("lien").get(f"{reverse(name)}?body={desk.pk}")
        assert answer.status_code == 404
    assert signed_in("lien").get(reverse("head_report")).status_code == 200
    assert signed_in("admin").get(reverse("head_report")).status_code == 403


def test_the_report_is_a_page_a_word_file_an_excel_file_and_paper(
    desk: Body, now: datetime
) -> None:
    client = signed_in("minh")
    query = f"?body={desk.pk}&period=month&day={local_day(now)}"
    for name in ("head_report", "head_report_print"):
        assert client.get(reverse(name) + query).status_code == 200
    word = client.get(reverse("head_report_word") + query).content
    assert zipfile.is_zipfile(io.BytesIO(word))
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("head_report_excel") + query).content)
    )
    figures = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows(min_row=6)}
    assert figures["Số lượt tiếp"] == 3
    assert figures["Số người được tiếp"] == 9
    sheets = {sheet["A1"].value: sheet for sheet in book.worksheets[1:]}
    assert "Số lượt tiếp (3)" in sheets
    people = sheets["Số người được tiếp (9)"]
    assert [people.cell(row, 5).value for row in (4, 5, 6, 7)] == ["Số người", 1, 1, 7]


def test_the_word_draft_has_the_head_of_paper_of_every_other_paper(
    desk: Body, now: datetime
) -> None:
    said = words_in(
        signed_in("minh").get(f"{reverse('head_report_word')}?body={desk.pk}").content, DOCX
    )
    assert desk.parent is not None
    for words in (desk.parent.name.upper(), "Cẩm Lạc, ngày", "/BC-UBND", "TM. ỦY BAN NHÂN DÂN"):
        assert words in said
    assert "Xã Cẩm Lạc, ngày" not in said


def test_what_is_not_understood_asks_for_this_month(said: Story) -> None:
    client = signed_in("minh")
    for query in ("?day=x&period=y&body=z", "?day=2026-13-01"):
        page = client.get(reverse("head_report") + query)
        assert page.status_code == 200
        assert f"{timezone.localdate():01/%m/%Y}" in page.content.decode()
