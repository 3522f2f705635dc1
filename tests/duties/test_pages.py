"""The fulfilment page: whose it is, what its numbers open, and public by decision only."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.duties import commands, queries, tasks
from doithoai.duties.models import Disclosure, Duty
from doithoai.duties.workflow import State
from doithoai.ledger.models import Entry
from tests.conftest import become
from tests.dialogues.grounds import committee, signed_file, signed_in, text
from tests.duties.grounds import HEARING, hold, moment, opened, state

pytestmark = pytest.mark.django_db
OCTOBER = "?month=2026-10"
DAY, TENTH = date(2026, 10, 5), date(2026, 10, 12)


@pytest.fixture
def duty(minh: Official, chi: Official) -> Duty:
    """October of the commune's chair: one day in person, one by a deputy."""
    found = opened(DAY)
    hold(chi.post, TENTH, minh)
    hold(chi.post, date(2026, 10, 20), minh, in_person=False)
    return found


SEES = {
    "chi": 200,
    "minh": 200,
    "quang": 200,
    "thanh": 200,
    "tinh": 200,
    "bac": 404,
    "kien": 404,
    "due": 404,
    "lien": 404,
    "doc": 403,
    "hoa": 403,
    "nong": 403,
}


@pytest.mark.parametrize("username", SEES)
def test_who_sees_the_duty_of_the_chair(username: str, duty: Duty) -> None:
    client = signed_in(username)
    assert client.get(reverse("duty", args=[duty.matter.code])).status_code == SEES[username]
    listed = client.get(reverse("duties") + OCTOBER)
    assert listed.status_code == (403 if SEES[username] == 403 else 200)
    assert (duty.matter.code in text(listed)) == (SEES[username] == 200)


def test_a_stranger_signs_in_first(duty: Duty) -> None:
    for address in (reverse("duties"), reverse("duty", args=[duty.matter.code])):
        assert Client().get(address).status_code == 302


def test_every_number_opens_as_many_rows(duty: Duty) -> None:
    line = queries.line_of(duty)
    page = text(signed_in("quang").get(reverse("duty", args=[duty.matter.code])))
    held, uncounted = page.split('id="uncounted"')
    assert held.split('id="held"')[1].count("<li data-row>") == line.held == 1
    assert uncounted.count("<li data-row>") == len(line.uncounted) == 1
    assert "by a deputy" in uncounted


def test_the_states_add_up_to_what_is_owed(duty: Duty) -> None:
    now = moment(date(2026, 11, 1), 2)
    tasks.keep(now)
    for name in ("chi", "quang", "thanh", "tinh"):
        chosen = queries.Chosen.from_query({"month": "2026-10"}, today=DAY)
        found = queries.fulfilment(become(name), chosen)
        every, *states = found.tallies
        assert every.count == sum(each.count for each in states) == len(found.lines)
        for tally in states:
            page = text(signed_in(name).get(f"{reverse('duties')}?{tally.query}"))
            assert page.count("<tr data-row>") == tally.count


def test_the_page_costs_few_queries(
    duty: Duty, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    client = signed_in("quang")
    client.get(reverse("duties") + OCTOBER)
    with django_assert_max_num_queries(12):
        client.get(reverse("duties") + OCTOBER)


def test_excel_and_paper_say_what_the_page_says(duty: Duty) -> None:
    client = signed_in("quang")
    answer = client.get(reverse("duties_excel") + OCTOBER)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    first, rows = book.worksheets
    lines = [[cell.value for cell in row] for row in first.iter_rows(min_row=5)]
    mine = next(line for line in lines if line[-1] == duty.matter.code)
    assert mine[6:9] == [2, 1, 1]
    assert rows.max_row - 4 == 2
    assert text(client.get(reverse("duties_print") + OCTOBER)).count("12/10/2026") == 1


def test_a_month_that_is_not_one_shows_this_month(duty: Duty) -> None:
    client = signed_in("quang")
    for query in ("?month=x", "?month=2026-99&state=gone&post=1"):
        assert client.get(reverse("duties") + query).status_code == 200


# ----------------------------------------------------------------------------- the head's page
def test_the_head_sees_what_this_period_still_owes(minh: Official, chi: Official) -> None:
    now = timezone.now()
    tasks.open_periods(now)
    page = text(signed_in("chi").get(reverse("direct")))
    assert "Citizen reception" in page
    assert "0 of 2 done, by" in page
    assert 'id="owed"' not in text(signed_in("kien").get(reverse("direct")))
    assert 'id="owed"' in text(signed_in("chi").get(reverse("direct_print")))


def test_what_is_done_is_owed_no_more(minh: Official, chi: Official) -> None:
    today = timezone.localdate()
    found = opened(today, rule="vn.commune_dialogue_conference.hold")
    hold(chi.post, today, minh, kind="dialogue", at=timezone.now())
    assert state(found) == State.MET
    assert found.pk not in {line.duty.pk for line in queries.still_owed(chi, today=today)}


# ---------------------------------------------------------------------------------------- acts
def test_a_supervisor_excuses_on_the_page(duty: Duty) -> None:
    client = signed_in("quang")
    address = reverse("duty_excuse", args=[duty.matter.code])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "", "document": ""}).status_code == 200
    assert state(duty) == State.OPEN
    said = {"reason": "Đi chỉ huy chống bão", "document": "Công văn số 45/UBND-NC"}
    assert client.post(address, said).status_code == 302
    assert state(duty) == State.EXCUSED
    assert "Đi chỉ huy chống bão" in text(client.get(reverse("duty", args=[duty.matter.code])))
    assert signed_in("chi").get(address).status_code == 403


def test_the_office_notes_a_hearing_on_the_page(minh: Official) -> None:
    today = timezone.localdate()
    found = opened(today, rule=HEARING)
    address = reverse("duty_note", args=[found.matter.code])
    client = signed_in("minh")
    assert client.get(address).status_code == 200
    said = {"held_on": today.isoformat(), "in_person": "on", "document": "BB 12"}
    assert client.post(address, said).status_code == 302
    assert found.met.count() == 1
    assert "BB 12" in text(client.get(reverse("duty", args=[found.matter.code])))


# --------------------------------------------------------------------------------------- public
def disclosed(by: Official) -> Disclosure:
    return commands.disclose(
        committee().pk, number="45/QĐ-UBND", decided_on=date(2026, 10, 1),
        upload=signed_file("45-QD.pdf"), by=by, at=moment(date(2026, 10, 2)),
    )  # fmt: skip


def test_nobody_reads_it_before_the_decision(duty: Duty) -> None:
    for name in ("fulfilment", "fulfilment_decision"):
        assert Client().get(reverse(name, args=[committee().pk])).status_code == 404


def test_everybody_reads_it_after_the_decision_without_the_reasons(
    duty: Duty, chi: Official, quang: Official
) -> None:
    made = disclosed(chi)
    commands.excuse(
        duty.pk, reason="Điều trị bệnh", document="CV 45", by=quang, at=moment(date(2026, 10, 21))
    )
    page = text(Client().get(reverse("fulfilment", args=[made.body_id]) + OCTOBER))
    assert "45/QĐ-UBND" in page
    assert "12/10/2026" in page
    assert "Điều trị bệnh" not in page
    assert "Trần Quốc Chi" not in page
    assert become("bac").body != made.body_id
    answer = Client().get(reverse("fulfilment_decision", args=[made.body_id]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[arg-type]  # WSGI
    other = become("due").body
    assert Client().get(reverse("fulfilment", args=[other])).status_code == 404
    assert Entry.objects.get(kind="duties.disclosed").data["body"] == str(made.body_id)


def test_the_decision_is_recorded_on_a_page(duty: Duty) -> None:
    client = signed_in("chi")
    address = reverse("duties_disclose", args=[committee().pk])
    assert address in text(client.get(reverse("duties")))
    assert client.post(address, {"number": "45"}).status_code == 200
    said = {"number": "45/QĐ", "decided_on": "2026-10-01", "upload": signed_file("45-QD.pdf")}
    assert client.post(address, said).status_code == 302
    assert "public by decision 45/QĐ" in text(client.get(reverse("duties")))


def test_only_the_head_of_the_body_or_above_records_it() -> None:
    for name in ("minh", "quang", "thanh", "due", "bac"):
        with pytest.raises(Denied):
            disclosed(become(name))
        page = signed_in(name).get(reverse("duties_disclose", args=[committee().pk]))
        assert page.status_code == 404
    assert disclosed(become("tinh")).number == "45/QĐ-UBND"


def test_a_decision_has_its_number_its_day_and_its_file_and_is_recorded_once(
    chi: Official,
) -> None:
    for number, day in ((" ", date(2026, 10, 1)), ("45", date(2026, 10, 9))):
        with pytest.raises(Invalid):
            commands.disclose(
                committee().pk, number=number, decided_on=day, upload=signed_file("a.pdf"),
                by=chi, at=moment(date(2026, 10, 2)),
            )  # fmt: skip
    disclosed(chi)
    with pytest.raises(Invalid):
        disclosed(chi)


def withdrawn(by: Official, *, decided_on: date = date(2026, 10, 20)) -> Disclosure:
    return commands.withdraw_disclosure(
        committee().pk, number="52/QĐ-UBND", decided_on=decided_on,
        upload=signed_file("52-QD.pdf"), by=by, at=moment(date(2026, 10, 21)),
    )  # fmt: skip


def test_a_decision_is_withdrawn_by_a_document_and_may_be_taken_anew(chi: Official) -> None:
    with pytest.raises(NotFound):
        withdrawn(chi)
    first = disclosed(chi)
    with pytest.raises(Invalid):
        withdrawn(chi, decided_on=date(2026, 9, 30))
    for name in ("minh", "quang", "thanh"):
        with pytest.raises(Denied):
            withdrawn(become(name))
    gone = withdrawn(chi)
    assert (gone.pk, gone.withdrawn_number) == (first.pk, "52/QĐ-UBND")
    for name in ("fulfilment", "fulfilment_decision"):
        assert Client().get(reverse(name, args=[committee().pk])).status_code == 404
    entry = Entry.objects.get(kind="duties.disclosure_withdrawn")
    assert entry.data["decided_on"] == "2026-10-20"
    assert disclosed(chi).pk != first.pk


def test_the_withdrawal_is_recorded_on_a_page(chi: Official) -> None:
    disclosed(chi)
    client = signed_in("chi")
    address = reverse("duties_withdraw", args=[committee().pk])
    assert "decision 45/QĐ-UBND of 01/10/2026" in text(client.get(address))
    said = {"number": "52/QĐ", "decided_on": "2026-10-20", "upload": signed_file("52-QD.pdf")}
    assert client.post(address, said).status_code == 302
    assert client.get(address).status_code == 404


def test_what_is_public_is_found_from_the_page_of_reception_days(chi: Official) -> None:
    pages = [reverse("fulfilments"), reverse("reception_days")]
    there = reverse("fulfilment", args=[committee().pk])
    assert not [page for page in pages if there in text(Client().get(page))]
    disclosed(chi)
    assert all(there in text(Client().get(page)) for page in pages)
