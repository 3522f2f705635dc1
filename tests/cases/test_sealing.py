"""What is kept private is kept private everywhere; what goes on does not overwrite."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from doithoai.cases.commands import ending, intake, placing
from doithoai.cases.commands.petitions import receiving, sorting
from doithoai.cases.commands.petitions.arrivals import Arrival
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case, Publication
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, Stale
from doithoai.docket import commands as docket
from doithoai.docket.models import Matter, Obligation, Words
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.units.models import Body, Place
from tests.cases.reaching import Story, begin, committee, office, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db
PAPER = "Đề nghị xem xét việc giao đất ở thôn Lạc Thọ vào ngày mười ba tháng chín"
DENUNCIATION = Kind("irrigation", other_procedure="denunciation")


def _sees(who: str, case: object) -> bool:
    return Matter.objects.visible_to(become(who)).filter(pk=case).exists()


def test_every_item_with_the_same_statement_is_sealed_with_it() -> None:
    story = reach(State.ROUTED)
    minh = story.who("minh")
    (made,) = intake.fan_out(story.case_id, texts=["Đường hỏng"], by=minh, at=story.later())
    assert _sees("doc", made.pk)
    placing.classify(story.case_id, DENUNCIATION, by=minh, at=story.later())
    assert not _sees("doc", made.pk)
    assert _sees("minh", made.pk)
    assert Matter.objects.get(pk=made.pk).sealed
    assert not Words.objects.filter(matter=made.pk).exists()
    entry = Entry.objects.get(matter=made.pk, kind="cases.sealed")
    assert entry.data["caused_by"] == str(story.case_id)


def _copy(to: str, at: datetime) -> Case:
    """One and the same petition, brought to the body of this clerk."""
    said = intake.Statement(text=PAPER, channel="letter", occasion="letter", speaker="Bà Lê Thị L.")
    body = Body.objects.get(pk=become(to).body)
    came = Arrival(arrived_on=local_day(at))
    made = receiving.receive(said, came, to=body.parent or body, by=become(to), at=at)
    return made.taken.case


def test_the_copies_of_a_petition_are_sealed_with_it_here_and_elsewhere() -> None:
    now = timezone.now() - timedelta(days=2)
    first, again, elsewhere = (_copy(to, now) for to in ("minh", "minh", "lien"))
    about = Nature("denunciation", "other", respondents=(committee().pk,))
    sorting.sort(first.pk, about, by=become("minh"), at=now + timedelta(hours=1))
    for each in (again, elsewhere):
        matter = Matter.objects.get(pk=each.pk)
        assert matter.sealed
        assert matter.body_id == become("tinh").body
        for who in ("chi", "minh", "hoa", "lien", "due"):
            assert not _sees(who, each.pk), who
        entry = Entry.objects.get(matter=each.pk, kind="cases.sealed")
        assert entry.data["caused_by"] == str(first.pk)
        assert set(each.carried.values_list("submission__text", flat=True)) == {""}
        assert Case.objects.get(pk=each.pk).text == ""


def test_what_was_joined_into_a_sealed_item_is_sealed() -> None:
    story, other = reach(State.ROUTED), reach(State.ROUTED)
    minh = story.who("minh")
    ending.join(other.case_id, into=story.case_id, by=minh, at=story.later())
    placing.classify(story.case_id, DENUNCIATION, by=minh, at=story.later())
    assert not _sees("doc", other.case_id)
    assert Matter.objects.get(pk=other.case_id).state == State.JOINED


def test_a_sealed_item_is_public_in_no_version() -> None:
    story = reach(State.CLOSED, ("publish", "minh"), ("publish", "chi"), ("reopen", "chi"))
    story.do("redirect", "minh")
    assert not Publication.objects.filter(case=story.case_id, withdrawn_at=None).exists()


def test_the_committees_own_office_does_not_see_what_is_about_the_committee() -> None:
    story = reach(State.ROUTED)
    kind = Kind("irrigation", other_procedure="conduct", complained_of=committee().pk)
    placing.classify(story.case_id, kind, by=story.who("chi"), at=story.later())
    for shut in ("minh", "chi", "hoa", "kien"):
        assert not _sees(shut, story.case_id), shut
    debts = Obligation.objects.filter(matter=story.case_id, state="open", kind="duty")
    assert {d.body_id for d in debts} == {become("tinh").body}
    story.do("guide", "tinh")
    assert story.state == State.GUIDED


def test_nothing_is_sealed_that_nobody_would_see_any_more() -> None:
    story = begin()
    province = become("tinh").body
    story.do("classify", "minh")
    kind = Kind("irrigation", other_procedure="conduct", complained_of=committee().pk)
    become_empty(province)
    with pytest.raises(Invalid):
        placing.classify(story.case_id, kind, by=story.who("chi"), at=story.later())
    assert not Matter.objects.get(pk=story.case_id).sealed


def become_empty(body: object) -> None:
    from doithoai.accounts.models import Holding  # noqa: PLC0415

    Holding.objects.filter(post__body=body).delete()


def test_the_person_is_told_which_procedure_is_the_right_one() -> None:
    story = reach(State.GUIDED)
    told = Outbox.objects.get(about=story.case_id, template="cases/notices/guided")
    assert (told.channel, told.address) == ("sms", "0900000001")


def test_two_clerks_do_not_overwrite_each_other() -> None:
    story = begin()
    minh, seen = story.who("minh"), Matter.objects.get(pk=story.case_id).version
    placing.classify(story.case_id, Kind("land"), seen=seen, by=minh, at=story.later())
    with pytest.raises(Stale):
        placing.classify(story.case_id, Kind("irrigation"), seen=seen, by=minh, at=story.later())
    with pytest.raises(Stale):
        placing.route(story.case_id, to=office().pk, why="x", seen=seen, by=minh, at=story.later())


def test_a_body_does_not_offer_an_item_to_itself() -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Invalid):
        placing.offer(
            story.case_id, to=office().pk, why="x", by=story.who("minh"), at=story.later()
        )
    assert story.state == State.ROUTED


def test_the_front_of_the_village_sees_what_its_village_said_until_it_is_sealed() -> None:
    village = Place.objects.get(pk=become("tho").village)
    said = intake.Statement(
        text="Đèn đường hỏng", channel="counter", occasion="counter", place=village.pk
    )
    story = begin()
    taken = intake.submit(said, to=committee(), by=story.who("minh"), at=story.later())
    assert _sees("tho", taken.case.pk)
    assert not _sees("tho", story.case_id)
    placing.classify(taken.case.pk, DENUNCIATION, by=story.who("minh"), at=story.later())
    assert not _sees("tho", taken.case.pk)


def _move(story: Story, by: str) -> None:
    debt = Obligation.objects.get(matter=story.case_id, state="open", kind="duty")
    docket.move(debt.pk, body=office().pk, post=None, by=become(by), at=story.later())


def test_only_the_head_acting_for_the_debtor_or_the_item_gives_a_debt_on() -> None:
    story = reach(State.ROUTED)
    docket.admit(story.case.matter, body=become("dung").body)
    with pytest.raises(Denied):
        _move(story, "dung")
    _move(story, "kien")
