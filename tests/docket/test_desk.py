"""Officials' pages on any matter: what I owe, why a date is what it is, search, proposed rules."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from doithoai.accounts.actors import Citizen, Official
from doithoai.accounts.models import User
from doithoai.cases.commands import answering, intake, placing
from doithoai.cases.models import Case
from doithoai.core.days import local_day
from doithoai.core.errors import NotFound
from doithoai.docket import queries
from doithoai.docket.models import Adoption, Excluded, Obligation
from doithoai.units.models import Body
from tests.conftest import become

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]
CANAL = "Kênh mương vùng Đồng Lều bị bồi lắng, đề nghị nạo vét trước vụ."
LAMP = "Đề nghị lắp đèn chiếu sáng qua cầu Rác, ban đêm thường xảy ra tai nạn."


def signed_in(username: str, language: str = "vi") -> Client:
    """A browser in which this official of the cast has signed in."""
    client = Client(headers={"accept-language": language})
    user = User.objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, address: str) -> str:
    """What the reader sees there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def committee(db: None) -> Body:
    """The People's Committee of the commune."""
    return Body.objects.get(short_name="UBND xã Cẩm Lạc")


def said(text: str, to: Body, at: datetime) -> Case:
    """Something said on the web."""
    statement = intake.Statement(text=text, channel="web", occasion="web", speaker="Bà Lan")
    return intake.submit(statement, to=to, by=Citizen(), at=at).case


@pytest.fixture
def canal(committee: Body, now: datetime) -> Case:
    """A recommendation that came in."""
    return said(CANAL, committee, now)


def owed(case: Case, rule: str = "vn.recommendation.classify") -> Obligation:
    """What is owed on a case by a rule."""
    return Obligation.objects.get(matter=case.matter, rule=rule)


def due_in(obligation: Obligation, day: date) -> None:
    """Move a date for a test of lists, without going through months of entries."""
    Obligation.objects.filter(pk=obligation.pk).update(due_on=day)


def test_what_came_in_is_in_the_clerks_inbox_with_date_and_reason(canal: Case) -> None:
    shown = page(signed_in("minh"), "/desk/")
    assert canal.matter.code in shown
    assert "Phân loại ý kiến, kiến nghị" in shown
    assert "5 ngày làm việc · thời hạn tạm tính, chưa có văn bản quy định" in shown


def test_the_inbox_speaks_english_too(canal: Case) -> None:
    shown = page(signed_in("minh", "en"), "/desk/")
    assert "Classify what was said" in shown
    assert "5 working days" in shown


def test_the_inbox_takes_few_queries(canal: Case, django_assert_max_num_queries: Counted) -> None:
    client = signed_in("chi")
    page(client, "/desk/")
    with django_assert_max_num_queries(10):
        page(client, "/desk/")


@pytest.mark.parametrize(("days", "tab"), [(-1, "late"), (0, "today"), (1, "soon"), (60, "later")])
def test_a_duty_stands_in_the_tab_of_its_date(
    canal: Case, minh: Official, now: datetime, days: int, tab: str
) -> None:
    today = local_day(now)
    due_in(owed(canal), today + timedelta(days=days))
    found = queries.inbox(minh, today=today)
    assert found.tab == tab
    assert found.counts == {t: int(t == tab) for t in queries.TABS}
    assert [line.obligation.matter for line in found.lines] == [canal.matter]


def test_soon_means_five_working_days(canal: Case, minh: Official) -> None:
    friday = date(2026, 7, 10)
    due_in(owed(canal), date(2026, 7, 17))
    assert queries.inbox(minh, today=friday).tab == "soon"
    due_in(owed(canal), date(2026, 7, 20))
    assert queries.inbox(minh, today=friday).tab == "later"


def test_a_paused_duty_waits_in_its_own_tab(
    canal: Case, committee: Body, minh: Official, hoa: Official, now: datetime
) -> None:
    economy = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
    placing.classify(canal.pk, placing.Kind("irrigation"), by=minh, at=now)
    placing.route(canal.pk, to=economy.pk, why="Thủy lợi", by=minh, at=now)
    answering.ask(canal.pk, text="Đoạn kênh nào?", by=hoa, at=now)
    found = queries.inbox(hoa, today=local_day(now), tab="paused")
    assert [line.obligation.rule for line in found.lines] == ["vn.recommendation.answer"]
    assert "tạm dừng" in page(signed_in("hoa"), "/desk/?tab=paused")


def test_another_communes_clerk_sees_nothing(canal: Case) -> None:
    shown = page(signed_in("lien"), "/desk/")
    assert canal.matter.code not in shown
    assert "Không có việc quá hạn." in shown


def test_who_is_excluded_is_not_counted_either(canal: Case, minh: Official, now: datetime) -> None:
    Excluded.objects.create(matter=canal.matter, user_id=minh.user, reason="test")
    found = queries.inbox(minh, today=local_day(now))
    assert set(found.counts.values()) == {0}
    assert found.lines == ()


def test_a_page_number_that_is_none_is_the_first_page(canal: Case) -> None:
    assert canal.matter.code in page(signed_in("minh"), "/desk/?tab=later&page=x") + page(
        signed_in("minh"), "/desk/?tab=soon&page=-3"
    )


def test_the_reason_of_a_date_is_told_step_by_step(canal: Case) -> None:
    shown = page(signed_in("minh"), f"/desk/why/{owed(canal).pk}")
    assert "Vì sao có thời hạn này?" in shown
    assert "5 ngày làm việc kể từ ngày" in shown
    assert "Thời hạn tạm tính, chưa có văn bản quy định" in shown
    assert "vn.recommendation.classify" in shown


def test_the_reason_of_what_one_may_not_see_is_not_found(canal: Case, now: datetime) -> None:
    assert signed_in("lien").get(f"/desk/why/{owed(canal).pk}").status_code == 404
    with pytest.raises(NotFound):
        queries.why(owed(canal).pk, become("lien"), today=local_day(now))


def test_an_adopted_rule_is_no_longer_provisional(canal: Case, minh: Official) -> None:
    client = signed_in("admin")
    rule = "vn.recommendation.classify"
    assert rule in page(client, f"/desk/rules?rule={rule}")
    given = {"rule": rule, "document": "Quyết định 12/2026/QĐ-UBND", "adopted_on": "2026-01-05"}
    assert client.post("/desk/rules", given).status_code == 302
    assert Adoption.objects.get(rule=rule).document == given["document"]
    shown = page(signed_in("minh"), "/desk/")
    assert "theo Quyết định 12/2026/QĐ-UBND" in shown
    assert "tạm tính" not in shown
    assert "Quy định của địa phương" in page(signed_in("minh"), f"/desk/why/{owed(canal).pk}")


def test_only_an_administrator_adopts_rules() -> None:
    assert signed_in("minh").get("/desk/rules").status_code == 403


def test_an_adoption_without_a_date_keeps_what_was_typed() -> None:
    given = {"rule": "vn.recommendation.classify", "document": "QĐ 12", "adopted_on": ""}
    response = signed_in("admin").post("/desk/rules", given)
    assert response.status_code == 200
    assert 'value="QĐ 12"' in response.content.decode()


@pytest.mark.parametrize("words", ["kenh dong leu", "KÊNH", "nạo vé", "ba lan"])
def test_search_is_blind_to_accents_and_finds_unfinished_words(canal: Case, words: str) -> None:
    assert canal.matter.code in page(signed_in("minh"), f"/desk/search?q={words}")


def test_search_finds_a_code_with_or_without_its_dash(canal: Case, minh: Official) -> None:
    code = canal.matter.code
    for typed in (code, code.replace("-", ""), code.lower(), code[:-2]):
        assert [h.matter.code for h in queries.search(minh, typed)] == [code], typed


def test_search_wants_every_word(canal: Case, minh: Official) -> None:
    assert queries.search(minh, "kênh đèn") == ()
    assert queries.search(minh, "!?&|") == ()


def test_search_shows_nobody_what_is_not_theirs(canal: Case) -> None:
    assert canal.matter.code not in page(signed_in("lien"), "/desk/search?q=kenh")


def test_search_says_what_is_due_next(canal: Case, minh: Official) -> None:
    (hit,) = queries.search(minh, "kenh")
    assert hit.due_on == owed(canal).due_on


def test_newer_matters_come_first(canal: Case, committee: Body, minh: Official) -> None:
    lamp = said(LAMP, committee, canal.carried.get().since)
    assert [h.matter for h in queries.search(minh, "de nghi")] == [lamp.matter, canal.matter]


def test_strangers_are_sent_to_sign_in() -> None:
    for address in ("/desk/", "/desk/search", "/desk/rules", "/desk/cases/"):
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/")


def test_a_length_is_said_in_the_readers_language(canal: Case, minh: Official) -> None:
    with override("en"):
        line = queries.inbox(minh, today=local_day(canal.carried.get().since)).lines[0]
    assert line.why == "5 working days · provisional date; no text prescribes it yet"


def test_who_has_nothing_to_do_gets_the_reason_instead_of_a_list() -> None:
    answer = signed_in("admin").get("/desk/")
    assert answer.status_code == 403
    assert "danh sách việc phải làm" in unescape(answer.content.decode())


def test_search_names_the_body_that_has_it_now(canal: Case, minh: Official, now: datetime) -> None:
    office = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
    placing.classify(canal.pk, placing.Kind("irrigation"), by=minh, at=now)
    (before,) = queries.search(minh, "Đồng Lều")
    assert before.held_by == "UBND xã Cẩm Lạc"
    placing.route(canal.pk, to=office.pk, why="Phụ trách thủy lợi", by=minh, at=now)
    (hit,) = queries.search(minh, "Đồng Lều")
    assert hit.held_by == office.short_name
