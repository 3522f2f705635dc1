"""The list of cases, several at once, the counter, and what time does."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from doithoai.accounts.actors import Citizen, Official
from doithoai.accounts.models import User
from doithoai.cases import tasks
from doithoai.cases.commands import answering, intake, placing
from doithoai.cases.models import Answer, Case, Submission
from doithoai.cases.queries import Selection, listing, select
from doithoai.cases.workflow import State, Word
from doithoai.core.days import local_day
from doithoai.docket.models import Obligation
from doithoai.files.models import Stored
from doithoai.ledger.commands import open_receipt
from doithoai.ledger.models import Entry
from doithoai.units.models import Body, Place
from tests.files import making

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]


def signed_in(username: str, language: str = "vi") -> Client:
    """A browser in which this official of the cast has signed in."""
    client = Client(headers={"accept-language": language})
    user = User.objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, where: str) -> str:
    """What the reader sees there."""
    response = client.get(where)
    assert response.status_code == 200, where
    return unescape(response.content.decode())


@pytest.fixture
def committee(db: None) -> Body:
    """The People's Committee of the commune."""
    return Body.objects.get(short_name="UBND xã Cẩm Lạc")


@pytest.fixture
def economy(db: None) -> Body:
    """The commune's economy office."""
    return Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")


def said(text: str, to: Body, at: datetime) -> Case:
    """Something said on the web."""
    statement = intake.Statement(text=text, channel="web", occasion="web")
    return intake.submit(statement, to=to, by=Citizen(), at=at).case


@pytest.fixture
def three(committee: Body, now: datetime) -> list[Case]:
    """Three recommendations that came in on one day."""
    texts = ("Nạo vét kênh Đồng Lều.", "Lắp đèn qua cầu Rác.", "Xe tải chạy đêm.")
    return [said(text, committee, now) for text in texts]


def test_the_list_shows_what_the_reader_may_see(three: list[Case]) -> None:
    shown = page(signed_in("minh"), "/desk/cases/")
    assert "3 nội dung" in shown
    assert all(c.matter.code in shown for c in three)
    assert "0 nội dung" in page(signed_in("lien"), "/desk/cases/")


def test_the_list_takes_few_queries(
    three: list[Case], django_assert_max_num_queries: Counted
) -> None:
    client = signed_in("chi")
    page(client, "/desk/cases/")
    with django_assert_max_num_queries(10):
        page(client, "/desk/cases/?text=kenh&late=now")


def test_the_list_costs_the_same_number_of_queries_however_many_bodies_the_reader_sees(
    three: list[Case], django_assert_max_num_queries: Counted
) -> None:
    for who in ("hoa", "minh", "thanh"):
        client = signed_in(who)
        page(client, "/desk/cases/")
        with django_assert_max_num_queries(10):
            page(client, "/desk/cases/")


def test_who_sees_a_whole_province_names_a_part_of_a_body_instead_of_choosing_from_hundreds(
    three: list[Case],
) -> None:
    seen = page(signed_in("thanh"), "/desk/cases/")
    assert ('name="body_named"' in seen, 'name="body"' in seen) == (True, False)
    found = page(signed_in("thanh"), "/desk/cases/?body_named=cam+LAC")
    assert all(c.matter.code in found for c in three)
    assert "0 nội dung" in page(signed_in("thanh"), "/desk/cases/?body_named=cam+due")
    own = page(signed_in("minh"), "/desk/cases/")
    assert ('name="body_named"' in own, 'name="body"' in own) == (False, True)


def test_what_one_day_brought_stands_in_the_order_of_its_codes_on_every_page(
    three: list[Case], minh: Official, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    today = local_day(now)
    pages = [listing.listed(minh, Selection(), today=today, page=n) for n in ("1", "2")]
    codes = [row.case.matter.code for each in pages for row in each.rows]
    assert codes == sorted(case.matter.code for case in three)
    assert [(each.count, each.more) for each in pages] == [(3, True), (3, False)]


def test_a_saved_query_filters_and_keeps_what_the_form_does_not_show(
    three: list[Case], minh: Official, now: datetime
) -> None:
    placing.classify(three[0].pk, placing.Kind("irrigation"), by=minh, at=now)
    shown = page(signed_in("minh"), "/desk/cases/?field=irrigation&channel=web")
    assert "1 nội dung" in shown
    assert three[0].matter.code in shown
    assert three[1].matter.code not in shown
    assert 'type="hidden" name="channel" value="web"' in shown


def test_words_filter_without_accents(three: list[Case]) -> None:
    shown = page(signed_in("minh"), "/desk/cases/?text=den+qua+cau")
    assert three[1].matter.code in shown
    assert three[0].matter.code not in shown


def test_overdue_is_what_is_owed_and_past(three: list[Case], minh: Official, now: datetime) -> None:
    today = local_day(now)
    Obligation.objects.filter(matter=three[2].matter).update(due_on=today - timedelta(days=1))
    asked = Selection(late="now")
    assert list(select(minh, asked, today=today)) == [three[2]]
    assert "1 nội dung" in page(signed_in("minh"), f"/desk/cases/?{asked.to_query()}")


def test_a_selection_survives_its_query_string() -> None:
    asked = Selection(
        occasion="DT26-000001",
        body=UUID(int=5),
        field="land",
        word_by_self=False,
        final=True,
        late="ever",
        since=date(2026, 7, 1),
        text="kênh & đèn",
    )
    client = Client()
    given = client.get("/desk/cases/?" + asked.to_query()).wsgi_request.GET.dict()
    assert Selection.from_query(given) == asked
    assert Selection().to_query() == ""


def test_nonsense_in_a_query_string_asks_nothing() -> None:
    assert Selection.from_query({"body": "x", "since": "y", "final": "z", "un": "known"}) == (
        Selection()
    )
    assert signed_in("minh").get("/desk/cases/?page=x&body=1&since=2").status_code == 200


def ticked(cases: list[Case]) -> dict[str, list[str]]:
    """These cases, as the list sends them."""
    return {"case": [str(c.pk) for c in cases]}


def test_several_are_classified_and_routed_together(three: list[Case], economy: Body) -> None:
    client = signed_in("minh")
    chosen = ticked(three)
    assert all(
        c.matter.code
        in unescape(client.get("/desk/cases/together/classify", chosen).content.decode())
        for c in three
    )
    given = {**chosen, "field": "transport", "kind": "reflection"}
    assert client.post("/desk/cases/together/classify", given).status_code == 302
    given = {**chosen, "to": str(economy.pk), "why": "Thuộc Phòng Kinh tế"}
    response = client.post("/desk/cases/together/route", given)
    assert response.status_code == 302
    assert "Đã ghi nhận cho 3 nội dung." in page(client, response["Location"])
    assert {c.state for c in Case.objects.all()} == {State.ROUTED}
    assert set(Case.objects.values_list("handling_body", flat=True)) == {economy.pk}


def test_all_of_them_or_none(
    three: list[Case], economy: Body, minh: Official, now: datetime
) -> None:
    placing.classify(three[0].pk, placing.Kind("transport"), by=minh, at=now)
    given = {**ticked(three), "to": str(economy.pk), "why": "x"}
    assert signed_in("minh").post("/desk/cases/together/route", given).status_code == 409
    assert not Case.objects.filter(state=State.ROUTED).exists()


def test_one_answer_for_several(
    three: list[Case], economy: Body, minh: Official, now: datetime
) -> None:
    for case in three:
        placing.classify(case.pk, placing.Kind("transport"), by=minh, at=now)
        placing.route(case.pk, to=economy.pk, why="x", by=minh, at=now)
    client = signed_in("hoa")
    given = {**ticked(three), "outcome": "explained", "text": "Giải trình chung.", "number": ""}
    assert client.post("/desk/cases/together/answer", given).status_code == 302
    assert {c.state for c in Case.objects.all()} == {State.ANSWERED}


def test_what_one_may_not_see_cannot_be_ticked(three: list[Case]) -> None:
    client = signed_in("lien")
    for given in (ticked(three), {"case": ["x"]}, {}):
        assert client.get("/desk/cases/together/route", given).status_code == 404
    assert signed_in("minh").get("/desk/cases/together/delete", ticked(three)).status_code == 404


def test_the_counter_takes_down_and_hands_out_a_slip_once(committee: Body, now: datetime) -> None:
    client = signed_in("minh")
    assert "Thôn Lạc Thọ" in page(client, "/desk/cases/new")
    village = Place.objects.get(name="Thôn Lạc Thọ", parent=committee.place)
    given = {
        "text": "Nước sinh hoạt có mùi tanh.",
        "channel": "counter",
        "occasion": "counter",
        "kind": "reflection",
        "who": "person",
        "speaker": "Ông Thử",
        "place": str(village.pk),
        "may_publish": "on",
    }
    response = client.post("/desk/cases/new", given)
    shown = response.content.decode()
    assert response.status_code == 200
    code, secret = (part.split("<")[0] for part in shown.split('<span class="code-value">')[1:3])
    case = Case.objects.get()
    assert case.receiving_body == committee
    assert case.matter.place == village
    said = Submission.objects.get()
    assert open_receipt(code, secret, at=timezone.now()).about == said.pk
    assert said.place_text == "Thôn Lạc Thọ"
    assert code not in str(client.session.items())


def test_a_form_sent_twice_makes_one_item() -> None:
    client = signed_in("minh")
    given = {"text": "Nước có mùi.", "channel": "counter", "occasion": "counter", "once": "a1"}
    for _time in range(2):
        client.post("/desk/cases/new", {**given, "kind": "reflection", "who": "person"})
    assert Case.objects.count() == 1


def test_an_empty_statement_stays_on_the_form() -> None:
    given = {"text": "", "speaker": "Ông Thử", "channel": "counter", "occasion": "counter"}
    response = signed_in("minh").post("/desk/cases/new", given)
    assert response.status_code == 200
    assert 'value="Ông Thử"' in unescape(response.content.decode())
    assert not Case.objects.exists()


def test_only_who_may_receive_opens_the_counter() -> None:
    assert signed_in("hoa").get("/desk/cases/new").status_code == 403


def test_the_time_to_hear_the_person_lapses_once(
    three: list[Case], economy: Body, minh: Official, hoa: Official, now: datetime
) -> None:
    case = three[0]
    placing.classify(case.pk, placing.Kind("irrigation"), by=minh, at=now)
    placing.route(case.pk, to=economy.pk, why="x", by=minh, at=now)
    reply = answering.Reply("Xong", "settled", "1/UBND", local_day(now))
    answering.answer(case.pk, reply, by=hoa, at=now)
    assert tasks.lapse(now) == 0
    Obligation.objects.filter(kind="window").update(due_on=local_day(now) - timedelta(days=1))
    assert tasks.lapse(now) == 1
    assert tasks.lapse(now) == 0
    case.refresh_from_db()
    assert case.word == Word.UNCONFIRMED
    shown = page(signed_in("minh"), f"/desk/cases/{case.matter.code}/")
    assert "Chưa có ý kiến của người dân" in shown


def test_the_posts_page_says_in_whose_name_one_acts(hoa: Official) -> None:
    shown = page(signed_in("hoa"), "/desk/posts/")
    assert "Ông/bà làm việc với tư cách nào?" in shown
    assert "Đang làm việc với tư cách này" in shown


@pytest.mark.parametrize("where", ["/account/login/", "/account/password/reset/"])
def test_the_pages_of_signing_in_wear_our_look(where: str) -> None:
    shown = page(Client(headers={"accept-language": "vi"}), where)
    assert "theme/app" in shown
    assert shown.count("<h1>") == 1


def test_one_answer_with_its_picture_proves_each_of_several_items(
    three: list[Case], economy: Body, minh: Official, now: datetime
) -> None:
    for case in three:
        placing.classify(case.pk, placing.Kind("transport"), by=minh, at=now)
        placing.route(case.pk, to=economy.pk, why="x", by=minh, at=now)
    client = signed_in("hoa")
    form = unescape(client.get("/desk/cases/together/answer", ticked(three)).content.decode())
    assert 'name="evidence"' in form
    assert 'enctype="multipart/form-data"' in form
    given = {**ticked(three), "outcome": "settled", "text": "Đã dựng lại cột điện."}
    assert client.post("/desk/cases/together/answer", given).status_code == 200  # no evidence
    picture = SimpleUploadedFile("cot-dien.jpg", making.photo())
    response = client.post("/desk/cases/together/answer", {**given, "evidence": [picture]})
    assert response.status_code == 302
    for case in three:
        answer = Answer.objects.get(case=case)
        file = answer.evidence.get()
        assert (file.about, file.title) == (case.pk, "cot-dien")
        assert Entry.objects.filter(matter=case.pk, kind="cases.answered").count() == 1
        assert Entry.objects.filter(matter=case.pk, kind="files.kept").count() == 1
    assert Stored.objects.count() == 1
