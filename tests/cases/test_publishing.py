"""Private by default: published masked by a named person, withheld with a reason, sealed never."""

import pytest

from doithoai.cases.commands import intake, placing, publishing
from doithoai.cases.commands.placing import Kind
from doithoai.cases.commands.publishing import Public
from doithoai.cases.models import Publication, Withheld
from doithoai.cases.workflow import State
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket.models import Matter, Obligation
from doithoai.ledger.models import Entry
from tests.cases.reaching import NAMES, Story, begin, committee, office, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db


def _seen_by(story: Story, who: str) -> bool:
    return Matter.objects.visible_to(story.who(who)).filter(pk=story.case_id).exists()


def test_a_second_version_stands_beside_the_first() -> None:
    story = reach(State.ANSWERED, ("publish", "minh"), ("publish", "chi"))
    versions = Publication.objects.filter(case=story.case_id).order_by("version")
    assert [(v.version, v.current) for v in versions] == [(1, False), (2, True)]
    assert versions[0].decided_by_id == story.who("minh").post
    assert Entry.objects.filter(matter=story.case_id, kind="cases.published").count() == 2


def test_the_proposal_hides_who_spoke_and_counts_what_it_hides() -> None:
    said = intake.Statement(
        text="Ông Nguyễn Văn Thử, số 0912345678, thửa 45: kênh bị bồi lắng",
        channel="web", occasion="web", may_publish=True,
    )  # fmt: skip
    story = begin()
    taken = intake.submit(said, to=committee(), by=story.who("minh"), at=story.later())
    story.case_id = taken.case.pk
    for step, by in (("classify", "minh"), ("route", "minh"), ("answer", "hoa")):
        story.do(step, by)
    proposed = publishing.propose(story.case)
    for hidden in ("Thử", "0912345678", "45"):
        assert hidden not in proposed.text + proposed.title
    made = publishing.publish(story.case_id, proposed, by=story.who("minh"), at=story.later())
    assert made.masked >= 3


def test_nothing_is_published_without_a_text_or_before_an_answer() -> None:
    story = reach(State.ANSWERED)
    with pytest.raises(Invalid):
        publishing.publish(
            story.case_id, Public("Kênh", " ", ""), by=story.who("minh"), at=story.later()
        )
    assert not Publication.objects.filter(case=story.case_id).exists()


def test_what_is_withheld_is_taken_back_and_counted_with_its_reason() -> None:
    story = reach(State.ANSWERED, ("publish", "minh"))
    minh = story.who("minh")
    publishing.withhold(story.case_id, reason="no_consent", by=minh, at=story.later())
    publishing.withhold(story.case_id, reason="private_life", by=minh, at=story.later())
    assert Withheld.objects.get(case=story.case_id).reason == "private_life"
    assert not Publication.objects.filter(case=story.case_id, current=True).exists()
    story.do("publish", "minh")
    assert not Withheld.objects.filter(case=story.case_id).exists()


def test_what_belongs_to_another_procedure_is_sealed_and_never_published() -> None:
    story = reach(State.REDIRECTED)
    assert story.case.matter.sealed
    assert "Kênh" not in story.case.matter.title
    cast = ("lan", "minh", "chi", "quang", "hoa", "kien")
    assert {who: _seen_by(story, who) for who in cast} == {
        "lan": True, "minh": True, "chi": True, "quang": False, "hoa": False, "kien": False,
    }  # fmt: skip
    with pytest.raises(Denied):
        story.do("publish", "minh")


def test_the_body_complained_of_does_not_learn_that_the_item_exists() -> None:
    story = reach(State.ROUTED)
    assert _seen_by(story, "hoa")
    kind = Kind("irrigation", other_procedure="denunciation", complained_of=office().pk)
    placing.classify(story.case_id, kind, by=story.who("minh"), at=story.later())
    assert not _seen_by(story, "hoa")
    assert not _seen_by(story, "kien")
    assert _seen_by(story, "chi")
    with pytest.raises(NotFound):
        story.do("act", "hoa")


def test_a_complaint_about_the_committee_itself_is_hidden_from_its_chair() -> None:
    story = begin()
    kind = Kind("irrigation", other_procedure="complaint", complained_of=committee().pk)
    placing.classify(story.case_id, kind, by=story.who("minh"), at=story.later())
    assert [who for who in NAMES if _seen_by(story, who)] == ["tinh"]
    debt = Obligation.objects.get(matter=story.case_id, state="open", kind="duty")
    assert debt.body_id == become("tinh").body


def test_what_was_public_is_public_no_more_once_it_is_sealed() -> None:
    story = reach(State.CLOSED, ("publish", "minh"), ("reopen", "chi"), ("redirect", "minh"))
    assert not Publication.objects.filter(case=story.case_id, current=True).exists()


def test_a_part_of_a_sealed_item_is_as_sealed_as_the_whole() -> None:
    story = begin()
    kind = Kind("irrigation", other_procedure="conduct", complained_of=office().pk)
    minh = story.who("minh")
    placing.classify(story.case_id, kind, by=minh, at=story.later())
    (made,) = intake.fan_out(story.case_id, texts=["Việc thứ hai"], by=minh, at=story.later())
    story.case_id = made.pk
    assert {who: _seen_by(story, who) for who in ("minh", "quang", "hoa", "kien")} == {
        "minh": True, "quang": False, "hoa": False, "kien": False,
    }  # fmt: skip
