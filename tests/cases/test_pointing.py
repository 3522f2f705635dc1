"""The record of an open item tells nobody that something sealed exists: each line that points at
another thing is read by those alone who may see that; so are marks in the register of petitions.
"""

from uuid import UUID

import pytest
from django.utils import timezone

from doithoai.accounts.models import User
from doithoai.cases.commands import ending, intake, placing
from doithoai.cases.commands.petitions import receiving, sorting, splitting
from doithoai.cases.commands.petitions.receiving import Arrival
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.petitions.splitting import Part
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case, Petition
from doithoai.cases.queries import page, petitions, timeline
from doithoai.cases.queries.petitions import Register, Wanted
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.docket import exclusion
from doithoai.docket.models import Matter
from tests.cases.reaching import Story, committee, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db
PAPER = "Cán bộ địa chính thu tiền làm sổ của gia đình tôi không có biên lai"


def record(case: UUID, who: str) -> str:
    """The sentences of an item's record as somebody reads them."""
    code = Matter.objects.get(pk=case).code
    read = page.page(code, become(who), today=local_day(timezone.now()))
    return "\n".join(each.text for each in timeline.happenings(read.pieces))


def seal(case: UUID, story: Story, **about: object) -> None:
    """It proves a denunciation."""
    kind = Kind("irrigation", other_procedure="denunciation", **about)  # type: ignore[arg-type]  # the words of a test
    placing.classify(case, kind, by=story.who("minh"), at=story.later())


def keep_from(case: UUID, who: str, story: Story) -> None:
    """Somebody stands too near to those it is about."""
    user = User.objects.get(username=who).pk
    exclusion.declare_relation(case, user=user, by=story.who("chi"), at=story.later())


def test_an_item_sealed_beside_another_does_not_name_that_to_who_may_not_see_it() -> None:
    story, line = reach(State.ROUTED), "Được giữ kín cùng với"
    minh = story.who("minh")
    (beside,) = intake.fan_out(story.case_id, texts=["Đường hỏng"], by=minh, at=story.later())
    seal(story.case_id, story)
    assert line in record(beside.pk, "minh")

    keep_from(story.case_id, "minh", story)
    assert line not in record(beside.pk, "minh")
    assert line in record(beside.pk, "chi"), "for whom it is no secret"


def test_what_was_joined_into_an_item_sealed_from_the_reader_does_not_say_so() -> None:
    story, line = reach(State.ROUTED), "Gộp với nội dung khác"
    other = reach(State.ROUTED)
    ending.join(other.case_id, into=story.case_id, by=story.who("minh"), at=story.later())
    seal(story.case_id, story)
    assert line in record(other.case_id, "minh")

    keep_from(story.case_id, "minh", story)
    assert line not in record(other.case_id, "minh")
    assert line in record(other.case_id, "chi")


def test_a_statement_that_came_and_went_and_is_sealed_now_leaves_no_line() -> None:
    story, other = reach(State.ROUTED), reach(State.ROUTED)
    minh = story.who("minh")
    ending.join(other.case_id, into=story.case_id, by=minh, at=story.later())
    ending.part(other.case_id, reason="Hai việc khác nhau", by=minh, at=story.later())
    line = "Gộp thêm một ý kiến"
    assert line in record(story.case_id, "minh")

    seal(other.case_id, story, complained_of=committee().pk)
    for who in ("minh", "chi", "hoa"):
        assert line not in record(story.case_id, who), who
    assert Matter.objects.get(pk=story.case_id).sealed is False


def written(words: str = PAPER) -> Case:
    """A petition in the register of the commune's committee."""
    said = intake.Statement(text=words, channel="letter", occasion="letter", speaker="Bà Lan")
    arrival = Arrival(arrived_on=local_day(timezone.now()), arrived_by="post", signatories=6)
    made = receiving.receive(said, arrival, to=committee(), by=become("minh"), at=timezone.now())
    return made.taken.case


def test_how_many_parts_a_petition_has_is_told_to_who_sees_them_all() -> None:
    minh, case, line = become("minh"), written(), "Tách thành 2 nội dung"
    parts = [
        Part(Nature("recommendation", "land"), "Sớm làm sổ cho dân"),
        Part(Nature("reflection", "land"), "Phản ánh việc thu tiền"),
    ]
    _first, second = splitting.split(
        case.pk, parts, guidance="Viết riêng", by=minh, at=timezone.now()
    )
    assert line in record(case.pk, "minh")
    keep = User.objects.get(username="chi").pk
    exclusion.declare_relation(second.pk, user=keep, by=minh, at=timezone.now())
    assert line in record(case.pk, "chi"), "not hers to see, and not sealed"
    Matter.objects.filter(pk=second.pk).update(sealed=True)
    assert line not in record(case.pk, "chi")


def register(who: str, **asked: str) -> Register:
    """The committee's register of this year as somebody reads it."""
    wanted = Wanted(year=local_day(timezone.now()).year, **asked)  # type: ignore[arg-type]  # texts alone
    return petitions.register(become(who), committee(), wanted)


def denounce_us(case: Case) -> None:
    nature = Nature("denunciation", "land", respondents=(committee().pk,))
    sorting.sort(case.pk, nature, by=become("minh"), at=timezone.now())


def test_a_petition_sent_before_is_sealed_with_the_earlier_one_and_marked_no_more() -> None:
    first, second = written(), written()
    assert [line.again for line in register("minh").lines] == [True, False]
    assert petitions.beside(second, become("minh")).elsewhere  # type: ignore[union-attr]  # a petition

    denounce_us(first)
    shown = register("minh")
    assert [(line.again, line.hidden) for line in shown.lines] == [(False, True), (False, True)]
    assert shown.counts.again == 0
    assert not petitions.beside(second, become("minh")).elsewhere  # type: ignore[union-attr]  # a petition
    assert Petition.objects.get(submission__carried__case=second).repeats_id is not None


def test_no_condition_of_the_register_tells_of_what_it_does_not_show() -> None:
    case = written()
    whole = register("minh").counts
    assert (whole.petitions, whole.people, whole.groups) == (1, 6, 1)
    denounce_us(case)
    left = register("minh").counts
    assert (left.petitions, left.people, left.groups, left.senders) == (1, 0, 0, 0)
    for asked in ({"arrived_by": "post"}, {"again": "no"}, {"forwarder": "none"}):
        found = register("minh", **asked)
        assert (found.lines, found.counts.petitions) == ((), 0), asked
