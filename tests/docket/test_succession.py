"""An abolished body's items go to its successor with all that is owed; no date begins anew."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Clock, Official
from doithoai.accounts.models import Post
from doithoai.cases.workflow import State
from doithoai.core.errors import Denied, Invalid
from doithoai.docket import command_line, succession
from doithoai.docket.models import Access, Debtor, Excluded, Matter, Obligation
from doithoai.docket.succession import Successor, left_by, owed_by, successor, take_over
from doithoai.ledger.models import Entry
from doithoai.units.models import Body
from tests.cases.reaching import Story, body, committee, culture, department, office, reach
from tests.conftest import become
from tests.dialogues import grounds
from tests.docket.test_projection import from_nothing, stored
from tests.reception import receiving

pytestmark = pytest.mark.django_db
OPERATOR = Clock("console")


def following(story: Story, former: Body, new: Body) -> Successor:
    return successor(former.pk, new, at=story.at)


def debt(story: Story) -> Obligation:
    return Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")


def test_the_successor_has_the_item_and_owes_it_by_the_same_day() -> None:
    story = reach(State.ROUTED)
    before = debt(story)
    take_over(story.case_id, following(story, office(), culture()), by=OPERATOR, at=story.later())
    after = debt(story)
    assert (after.body, after.due_on, after.state) == (culture(), before.due_on, "open")
    assert story.case.handling_body == culture()
    assert Debtor.objects.get(obligation=after).body == office()
    story.do("answer", "van")
    assert story.state == State.ANSWERED


def test_what_the_person_follows_and_who_received_it_stay() -> None:
    story = reach(State.ROUTED)
    take_over(story.case_id, following(story, office(), culture()), by=OPERATOR, at=story.later())
    assert story.case.receiving_body == committee()
    assert Matter.objects.visible_to(story.lan).filter(pk=story.case_id).exists()


def test_old_entries_stay_with_the_old_body_and_one_entry_says_who_followed() -> None:
    story = reach(State.ROUTED)
    old = {e.pk: e.body for e in Entry.objects.filter(matter=story.case_id)}
    to = following(story, committee(), department())
    take_over(story.case_id, to, by=OPERATOR, at=story.later())
    now = {e.pk: e.body for e in Entry.objects.filter(matter=story.case_id)}
    assert {pk: now[pk] for pk in old} == old
    said = Entry.objects.get(matter=story.case_id, kind="docket.taken_over")
    assert said.data == {"former": str(committee().pk), "body": str(department().pk)}
    assert said.body == department().pk
    assert story.case.matter.body == department()


def test_what_is_owed_after_a_succession_is_the_same_made_from_nothing() -> None:
    story = reach(State.OFFERED)
    take_over(
        story.case_id, following(story, committee(), culture()), by=OPERATOR, at=story.later()
    )
    incremental = stored(story.case_id)
    assert from_nothing(story.case_id) == incremental


def test_a_body_asked_to_take_it_is_followed_too() -> None:
    story = reach(State.OFFERED)
    take_over(
        story.case_id, following(story, department(), culture()), by=OPERATOR, at=story.later()
    )
    story.do("accept", "van")
    assert story.case.handling_body == culture()


def test_an_officers_task_goes_to_the_successors_head() -> None:
    story = reach(State.ROUTED, ("assign", "kien"))
    take_over(story.case_id, following(story, office(), committee()), by=OPERATOR, at=story.later())
    head = Post.objects.get(body=committee(), is_head=True)
    assert story.case.handling_post == head
    assert not owed_by(office().pk).filter(matter=story.case_id).exists()


def test_nothing_is_left_and_doing_it_again_changes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    story, second = reach(State.ROUTED), reach(State.ANSWERED)
    codes = ["move", "--from", office().code, "--to", culture().code, "--json"]
    assert command_line.main([*codes, "--dry-run"]) == 0
    foreseen = json.loads(capsys.readouterr().out)
    assert debt(story).body == office()
    assert command_line.main(codes) == 0
    done = json.loads(capsys.readouterr().out)
    assert {**done, "dry_run": True} == foreseen
    assert done["matters"] >= 2
    assert not left_by(office().pk).exists()
    assert {story.case.handling_body, second.case.handling_body} == {culture()}
    assert command_line.main(codes) == 0
    assert json.loads(capsys.readouterr().out)["matters"] == 0


def test_what_has_ended_stays_with_the_old_body() -> None:
    story = reach(State.CLOSED)
    assert not left_by(office().pk).filter(pk=story.case_id).exists()


def neighbour() -> Body:
    """The People's Committee of the commune beside, which another one joins."""
    return body("UBND xã Cẩm Duệ")


def test_a_sealed_item_goes_only_to_a_head_who_may_see_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    story = reach(State.REDIRECTED)
    to = following(story, committee(), neighbour())
    assert to.head is not None
    Excluded.objects.create(matter_id=story.case_id, body=neighbour(), reason="respondent_body")
    with pytest.raises(Invalid):
        take_over(story.case_id, to, by=OPERATOR, at=story.later())
    left = ["move", "--from", committee().short_name, "--to", neighbour().short_name]
    assert command_line.main(left) == 1
    assert story.case.matter.code in capsys.readouterr().out
    assert story.case.matter.body == committee()


def test_a_sealed_item_is_seen_by_the_successors_head_alone() -> None:
    story = reach(State.REDIRECTED)
    to = following(story, committee(), neighbour())
    take_over(story.case_id, to, by=OPERATOR, at=story.later())
    assert to.head is not None
    assert Matter.objects.visible_to(become("due")).filter(pk=story.case_id).exists()
    for former in ("chi", "lien"):
        assert not Matter.objects.visible_to(become(former)).filter(pk=story.case_id).exists()
    posts = Access.objects.filter(matter=story.case_id, post__body=committee())
    assert not posts.exists()


@pytest.mark.parametrize("who", ["minh", "chi", "quang", "lan"])
def test_only_the_operator_moves_a_whole_bodys_items(who: str) -> None:
    story = reach(State.ROUTED)
    to = following(story, office(), culture())
    with pytest.raises(Denied):
        take_over(story.case_id, to, by=story.who(who), at=story.later())


def test_a_body_that_ended_or_the_same_one_is_no_successor() -> None:
    with pytest.raises(Invalid):
        successor(office().pk, office(), at=timezone.now())
    with pytest.raises(Invalid):
        successor(office().pk, culture(), at=timezone.now() - timedelta(days=40 * 365))


def test_an_unknown_body_is_named_in_the_refusal() -> None:
    with pytest.raises(Invalid, match="Phòng Không Có"):
        command_line.main(["move", "--from", "Phòng Không Có", "--to", culture().code])


def test_every_kind_of_matter_that_names_bodies_is_followed() -> None:
    assert set(succession.FOLLOWING) == {"case", "dialogue", "reception"}


def test_the_host_of_a_dialogue_to_come_is_followed(minh: Official, chi: Official) -> None:
    dialogue = grounds.plan(minh, chi, start=timezone.now() + timedelta(days=20))
    to = successor(dialogue.host_id, neighbour(), at=timezone.now())
    take_over(dialogue.pk, to, by=OPERATOR, at=timezone.now())
    dialogue.refresh_from_db()
    assert dialogue.host == neighbour()


def test_the_host_and_receiver_of_a_reception_day_are_followed(
    minh: Official, chi: Official
) -> None:
    session = receiving.plan(minh, chi, start=timezone.now() + timedelta(days=20))
    to = successor(session.host_id, neighbour(), at=timezone.now())
    take_over(session.pk, to, by=OPERATOR, at=timezone.now())
    session.refresh_from_db()
    assert (session.host, session.receiver) == (neighbour(), to.head)
