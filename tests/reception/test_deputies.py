"""A deputy receives: the office that serves them tells them the day, records that they cannot come,
names another; nobody's reception day is counted by it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from doithoai.accounts.actors import Official
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket.models import Obligation
from doithoai.ledger.models import Entry
from doithoai.reception.commands import deputies, holding, planning
from doithoai.reception.commands.deputies import Letter
from doithoai.reception.commands.holding import Held
from doithoai.reception.models import Session
from tests.cases.reaching import committee
from tests.dialogues.grounds import signed_in, text
from tests.reception.receiving import START, plan

pytestmark = pytest.mark.django_db
BEFORE = START - timedelta(days=15)
AFTER = START + timedelta(hours=5)
NAME = "Hoàng Văn Đại"
LETTER = Letter("12/VP", BEFORE.date())
NOTIFY = "vn.citizen_reception.notify_NA_deputy_of_schedule"
EXCUSE = "vn.citizen_reception.NA_deputy_excuse"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


def of_deputy(minh: Official, chi: Official, **changes: object) -> Session:
    words = {"kind": "deputy", "deputy": "assembly", "deputy_name": NAME, **changes}
    return plan(minh, chi, **words)


def owed(session: Session, rule: str) -> Obligation:
    return Obligation.objects.filter(matter=session.pk, rule=rule).latest("opened_at", "key")


def running(session: Session) -> set[str]:
    rows = Obligation.objects.filter(matter=session.pk, state="open").values_list("rule")
    return {rule.rpartition(".")[2] for (rule,) in rows}


def test_the_office_owes_the_deputy_the_schedule_ten_working_days_before(
    minh: Official, chi: Official
) -> None:
    session = of_deputy(minh, chi)
    notify, excuse = owed(session, NOTIFY), owed(session, EXCUSE)
    assert (notify.due_on, notify.body, notify.kind) == (date(2026, 8, 27), committee(), "duty")
    assert (excuse.due_on, excuse.body, excuse.kind) == (date(2026, 9, 8), None, "window")
    assert NAME in session.matter.title
    told = deputies.notify_deputy(session.pk, LETTER, by=minh, at=BEFORE)
    notify.refresh_from_db()
    assert (notify.state, notify.late) == ("discharged", True)  # 31/8: the notice came late
    assert (told.notice_number, told.notice_on) == ("12/VP", BEFORE.date())
    assert Entry.objects.filter(matter=session.pk, kind="reception.deputy_notified").exists()


def test_a_deputy_of_the_council_is_told_likewise_and_by_no_text_of_law(
    minh: Official, chi: Official
) -> None:
    session = of_deputy(minh, chi, deputy="council")
    row = owed(session, "vn.citizen_reception.notify_council_deputy_of_schedule")
    assert (row.due_on, row.certainty) == (date(2026, 8, 27), "D")
    assert "notify_NA_deputy_of_schedule" not in running(session)


def test_a_deputy_who_cannot_come_says_why_in_writing_and_another_is_named(
    minh: Official, chi: Official
) -> None:
    session = of_deputy(minh, chi)
    with pytest.raises(Invalid, match="reason"):
        deputies.excuse_deputy(session.pk, LETTER, reason=" ", by=minh, at=BEFORE)
    with pytest.raises(Invalid, match="number"):
        deputies.excuse_deputy(
            session.pk, Letter(" ", BEFORE.date()), reason="Họp", by=minh, at=BEFORE
        )
    deputies.excuse_deputy(session.pk, LETTER, reason="Họp Quốc hội", by=minh, at=BEFORE)
    assert owed(session, EXCUSE).state == "discharged"
    assert owed(session, NOTIFY).state == "closed"
    assert running(session) == {"post_reception_schedule", "hold"}
    with pytest.raises(Denied, match="Name another deputy"):
        holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    with pytest.raises(Denied, match="on record already"):
        deputies.excuse_deputy(session.pk, LETTER, reason="Họp", by=minh, at=BEFORE)
    other = deputies.replace_deputy(
        session.pk, deputy="assembly", name="Lê Thị Biểu", by=minh, at=BEFORE
    )
    assert (other.excused_on, other.excuse, other.notice_on) == (None, "", None)
    assert {"notify_NA_deputy_of_schedule", "NA_deputy_excuse"} <= running(session)
    assert "Lê Thị Biểu" in other.matter.title


def test_a_day_that_moves_is_told_anew(minh: Official, chi: Official) -> None:
    session = of_deputy(minh, chi)
    deputies.notify_deputy(session.pk, LETTER, by=minh, at=BEFORE)
    moved = planning.reschedule(
        session.pk, starts_at=START + timedelta(days=30), by=minh, at=BEFORE
    )
    assert moved.notice_on is None
    assert owed(session, NOTIFY).due_on == date(2026, 10, 1)
    planning.postpone(session.pk, reason="Bão", by=minh, at=BEFORE)
    assert running(session) == {"set_new_date"}


def test_a_deputys_day_counts_for_no_head_and_ends_when_it_was_held(
    minh: Official, chi: Official
) -> None:
    session = of_deputy(minh, chi)
    held = holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    assert (held.received_by_name, held.matter.final, held.by_head) == (NAME, True, False)
    assert running(session) == set()
    assert not Entry.objects.filter(kind="duties.met").exists()


def test_a_deputy_may_take_part_in_the_heads_day_which_counts_as_ever(
    minh: Official, chi: Official
) -> None:
    session = plan(minh, chi, deputy="assembly", deputy_name=NAME)
    assert "notify_NA_deputy_of_schedule" in running(session)
    deputies.excuse_deputy(session.pk, LETTER, reason="Ốm", by=minh, at=BEFORE)
    holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    assert Entry.objects.filter(kind="duties.met").exists()


def test_who_receives_as_a_deputy_is_named(minh: Official, chi: Official) -> None:
    for words in ({"deputy": ""}, {"deputy_name": " "}, {"deputy": "mayor"}):
        with pytest.raises(Invalid):
            of_deputy(minh, chi, **words)
    with pytest.raises(Invalid):
        plan(minh, chi, deputy_name=NAME)


def test_only_the_office_that_keeps_the_day_records_it(
    minh: Official, chi: Official, lien: Official, hoa: Official
) -> None:
    session = of_deputy(minh, chi)
    for stranger in (lien, hoa):
        with pytest.raises(NotFound):
            deputies.notify_deputy(session.pk, LETTER, by=stranger, at=BEFORE)
    plain = plan(minh, chi)
    with pytest.raises(Denied, match="No deputy"):
        deputies.notify_deputy(plain.pk, LETTER, by=minh, at=BEFORE)


def test_the_office_plans_tells_and_excuses_on_its_pages(minh: Official, chi: Official) -> None:
    client = signed_in("minh")
    planned = {
        "host": str(committee().pk), "kind": "deputy", "receiver": str(chi.post),
        "on": "2027-03-16", "hour": "07:30", "venue": "Phòng tiếp công dân", "form": "place",
        "deputy": "assembly", "deputy_name": NAME,
    }  # fmt: skip
    without = client.post("/desk/reception/days/plan", {**planned, "deputy_name": ""})
    assert "Name the deputy" in text(without)
    assert client.post("/desk/reception/days/plan", planned).status_code == 302
    session = Session.objects.get()
    address = f"/desk/reception/days/{session.matter.code}"
    page = text(client.get(address))
    assert "Record that the deputy was told" in page
    assert NAME in page
    letter = {"number": "12/VP", "signed_on": "2026-11-20"}
    assert client.post(f"{address}/deputy/told", letter).status_code == 302
    for name in ("told", "excused", "another"):
        assert client.get(f"{address}/deputy/{name}").status_code == 200
    excuse = {**letter, "reason": "Họp Quốc hội"}
    assert client.post(f"{address}/deputy/excused", excuse).status_code == 302
    page = text(client.get(address))
    assert "Họp Quốc hội" in page
    another = {"deputy": "council", "name": "Lê Thị Biểu"}
    assert client.post(f"{address}/deputy/another", another).status_code == 302
    client.post(f"{address}/post")
    public = text(client.get(f"/reception/days/{session.matter.code}/"))
    assert "Lê Thị Biểu" in public
