"""One act on several items: all as the page showed them, or none."""

import re
from html import unescape

import pytest
from django.test import Client

from doithoai.accounts.models import User
from doithoai.cases.commands import answering, together
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.placing import Kind
from doithoai.cases.workflow import State
from doithoai.core.errors import Stale
from doithoai.docket.models import Matter
from tests.cases.reaching import Story, department, office, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db
EXPLAINED = Reply("Giải trình chung", "explained")


def signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=username))
    return client


def versions(*stories: Story) -> dict[object, int]:
    return {s.case_id: Matter.objects.get(pk=s.case_id).version for s in stories}


def hidden(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', page)


def test_a_second_answer_to_what_somebody_answered_meanwhile_is_refused_for_all() -> None:
    one, two = reach(State.ROUTED), reach(State.ROUTED)
    seen = versions(one, two)
    answering.answer(one.case_id, EXPLAINED, by=one.who("hoa"), at=one.later())
    with pytest.raises(Stale, match=one.case.matter.code):
        together.answer_many_with_evidence(
            [one.case_id, two.case_id], EXPLAINED, uploads=(), seen=seen,
            by=two.who("kien"), at=two.later(),
        )  # fmt: skip
    assert one.case.answers.count() == 1
    assert two.state == State.ROUTED


@pytest.mark.parametrize("act", ["classify", "route", "offer", "assign"])
def test_no_act_on_several_overwrites_what_it_did_not_see(act: str) -> None:
    story = reach(State.ROUTED if act == "assign" else State.CLASSIFIED)
    seen = {story.case_id: versions(story)[story.case_id] - 1}
    ids, by, at = [story.case_id], story.who("minh" if act != "assign" else "kien"), story.later()
    hoa = become("hoa")
    acts = {
        "classify": lambda: together.classify(ids, Kind("works"), seen=seen, by=by, at=at),
        "route": lambda: together.route(ids, to=office().pk, why="x", seen=seen, by=by, at=at),
        "offer": lambda: together.offer(ids, to=department().pk, why="x", seen=seen, by=by, at=at),
        "assign": lambda: together.assign(ids, post=hoa.post, seen=seen, by=by, at=at),
    }
    with pytest.raises(Stale):
        acts[act]()


def test_the_page_sends_what_it_showed_and_says_who_was_first() -> None:
    one, two = reach(State.ROUTED), reach(State.ROUTED)
    hoa, where = signed_in("hoa"), "/desk/cases/together/answer"
    shown = hoa.get(where, {"case": [str(one.case_id), str(two.case_id)]}).content.decode()
    given = {"case": hidden(shown, "case"), "seen": hidden(shown, "seen"), "outcome": "explained",
             "text": "Giải trình chung"}  # fmt: skip
    assert len(given["seen"]) == 2
    one.do("assign", "kien")
    refused = hoa.post(where, given)
    assert refused.status_code == 409
    assert one.case.matter.code in refused.content.decode()
    assert {one.state, two.state} == {State.ROUTED}
    back = hoa.post(where, {**given, "again": "1"}).content.decode()
    assert "Giải trình chung" in back, "nothing typed is lost"
    assert hoa.post(where, {**given, "seen": hidden(back, "seen")}).status_code == 302
    assert {one.state, two.state} == {State.ANSWERED}


def test_what_a_refused_form_showed_first_stays_what_it_showed() -> None:
    story = reach(State.ROUTED)
    hoa, where = signed_in("hoa"), "/desk/cases/together/answer"
    page = hoa.get(where, {"case": str(story.case_id)}).content.decode()
    story.do("assign", "kien")
    empty = hoa.post(where, {"case": str(story.case_id), "seen": hidden(page, "seen"), "text": ""})
    assert hidden(empty.content.decode(), "seen") == hidden(page, "seen")


def test_several_offers_are_accepted_and_others_returned_for_one_reason() -> None:
    taken, back = (reach(State.OFFERED), reach(State.OFFERED)), reach(State.OFFERED)
    nong, where = signed_in("nong"), "/desk/cases/together"
    ids = {"case": [str(s.case_id) for s in taken]}
    assert nong.post(f"{where}/accept", ids).status_code == 302
    assert all(s.state == State.ROUTED and s.case.handling_body == department() for s in taken)
    shown = unescape(nong.get(f"{where}/return", {"case": str(back.case_id)}).content.decode())
    assert "Why it is returned" in shown
    reason = {"case": str(back.case_id), "text": "Kênh do xã quản lý"}
    assert nong.post(f"{where}/return", reason).status_code == 302
    assert (back.state, back.case.transfers.get(how="offer").reason) == (
        State.RETURNED, "Kênh do xã quản lý",
    )  # fmt: skip


def test_several_are_offered_to_one_body_and_given_to_one_post() -> None:
    one, two = reach(State.CLASSIFIED), reach(State.CLASSIFIED)
    ids = {"case": [str(one.case_id), str(two.case_id)]}
    minh, where = signed_in("minh"), "/desk/cases/together"
    given = {**ids, "to": str(department().pk), "why": "Kênh cấp tỉnh"}
    assert minh.post(f"{where}/offer", given).status_code == 302
    assert {one.state, two.state} == {State.OFFERED}
    mine, other = reach(State.ROUTED), reach(State.ROUTED)
    hoa = become("hoa")
    ids = {"case": [str(mine.case_id), str(other.case_id)]}
    head = signed_in("kien")
    assert head.post(f"{where}/assign", {**ids, "post": str(hoa.post)}).status_code == 302
    assert {mine.case.handling_post_id, other.case.handling_post_id} == {hoa.post}


def test_one_that_cannot_be_accepted_lets_none_be() -> None:
    asked, mine = reach(State.OFFERED), reach(State.OFFERED)
    mine.do("accept", "nong")
    ids = {"case": [str(asked.case_id), str(mine.case_id)]}
    refused = signed_in("nong").post("/desk/cases/together/accept", ids)
    assert refused.status_code in {403, 409}
    assert asked.state == State.OFFERED


def test_the_list_offers_each_what_their_post_may_do() -> None:
    reach(State.ROUTED)
    offered = {}
    for name in ("minh", "hoa", "quang"):
        page = signed_in(name).get("/desk/cases/").content.decode()
        offered[name] = set(re.findall(r'formaction="/desk/cases/together/([a-z]+)', page))
    assert {"classify", "route", "offer"} <= offered["minh"]
    assert {"accept", "return", "answer"} <= offered["hoa"]
    assert "assign" not in offered["hoa"]
    assert offered["quang"] == set()
