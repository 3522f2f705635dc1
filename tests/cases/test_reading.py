"""Who opens which page of a case and reads what of it: the slip's holder, officials, nobody."""

from datetime import datetime, timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from doithoai.accounts.actors import Citizen, Official
from doithoai.accounts.models import User
from doithoai.cases import portal_queries
from doithoai.cases.commands import answering, history, intake, placing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.intake import Statement, Taken
from doithoai.cases.models import Carried, Case
from doithoai.cases.queries import page
from doithoai.docket.commands import admit
from doithoai.ledger.models import Receipt
from doithoai.units.models import Body
from tests.dialogues.grounds import held

pytestmark = pytest.mark.django_db
LAN = "Kênh Đồng Lều bồi lắng, nhà tôi ở cuối kênh không có nước."
TU = "Nhà bà Tư cũng vậy, con trai bà đi làm xa."


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """What another test made is not this one's."""
    cache.clear()


@pytest.fixture
def committee(db: None) -> Body:
    """The commune's People's Committee."""
    return Body.objects.get(short_name="UBND xã Cẩm Lạc")


@pytest.fixture
def lan(committee: Body, now: datetime) -> Taken:
    """Lan's recommendation, with her slip."""
    said = Statement(text=LAN, channel="web", occasion="web")
    return intake.submit(said, to=committee, by=Citizen(), at=now)


@pytest.fixture
def tu(lan: Taken, committee: Body, now: datetime) -> Taken:
    """What Tư said, carried by Lan's case."""
    taken = intake.submit(
        Statement(text=TU, channel="web", occasion="web"), to=committee, by=Citizen(), at=now
    )
    Carried.objects.filter(submission=taken.submission).update(until=now)
    Carried.objects.create(case=lan.case, submission=taken.submission, since=now)
    assert taken.receipt
    admit(lan.case.matter, holder=taken.receipt.id)
    return taken


@pytest.fixture
def routed(lan: Taken, minh: Official, now: datetime) -> Case:
    """The economy office has Lan's case."""
    office = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
    placing.classify(lan.case.pk, placing.Kind("irrigation"), by=minh, at=now)
    placing.route(lan.case.pk, to=office.pk, why="Thủy lợi", by=minh, at=now)
    return Case.objects.get(pk=lan.case.pk)


def signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    user = User.objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def desk(case: Case, act: str = "") -> str:
    return f"/desk/cases/{case.matter.code}/{act}"


def shown(client: Client, where: str) -> str:
    return unescape(client.get(where).content.decode())


def test_each_slip_shows_its_own_words_and_nobody_elses(client: Client, tu: Taken) -> None:
    assert tu.receipt
    digits = {"code": tu.receipt.code, "secret": tu.receipt.secret}
    client.post("/follow", digits)
    mine = shown(client, "/follow/case")
    assert TU in mine
    assert LAN not in mine


def test_a_slip_printed_again_bears_its_own_words(tu: Taken, now: datetime) -> None:
    assert tu.receipt
    receipt = Receipt.objects.get(pk=tu.receipt.id)
    made = portal_queries.slip_of(
        receipt, tu.receipt.code, tu.receipt.secret, address="https://x.vn/", today=now.date()
    )
    assert made.subject == TU


@pytest.mark.parametrize(
    ("who", "status"), [("minh", 200), ("doc", 200), ("tho", 403), ("admin", 403)]
)
def test_the_list_opens_for_roles_that_read_cases(who: str, status: int) -> None:
    assert signed_in(who).get("/desk/cases/").status_code == status


def test_notes_are_read_by_those_who_may_write_them(
    routed: Case, hoa: Official, now: datetime
) -> None:
    answering.note(routed.pk, text="Gọi lại cho tổ thủy nông.", by=hoa, at=now)
    assert "tổ thủy nông" in shown(signed_in("minh"), desk(routed))
    assert "tổ thủy nông" not in shown(signed_in("doc"), desk(routed))


@pytest.mark.parametrize("who", ["doc", "quang"])
def test_a_draft_is_not_shown_to_who_may_not_answer(
    routed: Case, hoa: Official, now: datetime, who: str
) -> None:
    reply = Reply("Bản nháp chưa ai duyệt.", "settled")
    answering.draft(routed.pk, reply, seen=None, by=hoa, at=now)
    for act in ("draft", "answer"):
        refused = shown(signed_in(who), desk(routed, act))
        assert "Bản nháp" not in refused
        assert "<textarea" not in refused
    assert "Bản nháp" in shown(signed_in("hoa"), desk(routed, "draft"))


def test_what_it_was_said_at_is_a_link_only_for_who_may_open_it(
    committee: Body, minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    said = Statement(text=LAN, channel="hall", occasion="dialogue", occasion_matter=dialogue.matter)
    case = intake.submit(said, to=committee, by=minh, at=now).case
    link = f'href="/desk/dialogues/{dialogue.matter.code}"'
    assert link in shown(signed_in("minh"), desk(case))
    placing.classify(case.pk, placing.Kind("irrigation"), by=minh, at=now)
    department = Body.objects.get(short_name="Sở Nông nghiệp và Môi trường")
    placing.offer(case.pk, to=department.pk, why="Thủy lợi", by=minh, at=now)
    elsewhere = shown(signed_in("nong"), desk(case))
    assert dialogue.matter.title in elsewhere
    assert link not in elsewhere


def test_a_statement_is_not_read_beside_its_sealed_sibling(
    lan: Taken, committee: Body, now: datetime
) -> None:
    other = intake.submit(
        Statement(text=TU, channel="web", occasion="web"), to=committee, by=Citizen(), at=now
    ).case
    Carried.objects.create(case=other, submission=lan.submission, since=now)
    other.matter.sealed = True
    other.matter.save(update_fields=["sealed"])
    assert not page.pieces(lan.case.pk).of("statement")


def test_the_conclusion_names_its_own_day_in_the_record(
    routed: Case, minh: Official, now: datetime
) -> None:
    day = now.date() - timedelta(days=30)
    history.conclusion_came_out(routed.pk, conclusion_on=day, by=minh, at=now)
    assert f"The conclusion notice of {day:%d/%m/%Y} came out" in shown(
        signed_in("minh"), desk(routed)
    )
