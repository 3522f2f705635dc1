"""One rule says who sees a matter: bodies, posts, people, receipts; exclusion beats all of them."""

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from doithoai.accounts.actors import Citizen, Clock, Representative
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.errors import NotFound
from doithoai.docket.commands import admit
from doithoai.docket.models import Access, Excluded, Link, Matter
from doithoai.docket.queries import search
from tests.cases.reaching import Story, begin, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db


def sees(actor: Actor, story: Story) -> bool:
    """By the list, by the lock and by the case's own rule: always the same answer."""
    listed = Matter.objects.visible_to(actor).filter(pk=story.case_id).exists()
    assert Case.objects.visible_to(actor).filter(pk=story.case_id).exists() == listed
    try:
        Matter.objects.lock(story.case_id, seen_by=actor)
    except NotFound:
        assert not listed
    else:
        assert listed
    return listed


@pytest.fixture
def story() -> Story:
    """A case received by the commune's committee and given to nobody yet."""
    return begin()


def test_the_place_sees_the_officer_elsewhere_and_the_other_commune_do_not(story: Story) -> None:
    seen = {
        who: sees(story.who(who), story) for who in ("minh", "chi", "quang", "hoa", "nong", "lien")
    }
    assert seen == {
        "minh": True, "chi": True, "quang": True, "hoa": False, "nong": False, "lien": False,
    }  # fmt: skip


def test_the_inspector_sees_what_is_below_and_the_administrator_does_not(story: Story) -> None:
    assert sees(become("thanh"), story)
    assert not sees(become("admin"), story)


def test_a_body_a_post_or_a_person_may_be_let_in(story: Story) -> None:
    matter = Matter.objects.get(pk=story.case_id)
    nong, hoa, lien = (become(name) for name in ("nong", "hoa", "lien"))
    admit(matter, body=nong.body)
    admit(matter, post=hoa.post)
    admit(matter, holder=lien.user)
    assert all(sees(actor, story) for actor in (nong, hoa, lien))


def test_letting_somebody_in_twice_is_one_row(story: Story) -> None:
    matter = Matter.objects.get(pk=story.case_id)
    before = Access.objects.filter(matter=matter).count()
    for _twice in range(2):
        admit(matter, body=become("nong").body)
    assert Access.objects.filter(matter=matter).count() == before + 1


def test_a_receipt_opens_its_own_case_only(story: Story) -> None:
    other = begin()
    assert sees(story.lan, story)
    assert not sees(other.lan, story)
    assert not sees(Citizen(), story)
    assert not sees(Citizen(UUID(int=1)), story)


def test_a_letters_link_opens_the_case_it_was_sent_about() -> None:
    story = reach(State.FORWARDED)
    letter = story.case.transfers.get(how="letter")
    assert sees(Representative(letter.pk), story)
    assert not sees(Representative(UUID(int=1)), story)
    assert not sees(Representative(), story)


def test_the_clock_sees_everything(story: Story) -> None:
    assert sees(Clock("lapse"), story)


@pytest.mark.parametrize("by", ["body", "user"])
def test_exclusion_beats_every_access(story: Story, by: str) -> None:
    chi = become("chi")
    matter = Matter.objects.get(pk=story.case_id)
    admit(matter, post=chi.post)
    admit(matter, holder=chi.user)
    Excluded.objects.create(
        matter=matter, body_id=chi.body if by == "body" else None,
        user_id=chi.user if by == "user" else None, reason="named",
    )  # fmt: skip
    assert not sees(chi, story)
    assert sees(become("minh"), story)
    assert search(chi, matter.code) == ()


def test_what_is_sealed_is_seen_through_rows_for_posts_and_people_only(story: Story) -> None:
    Matter.objects.filter(pk=story.case_id).update(sealed=True)
    minh, chi = become("minh"), become("chi")
    assert not sees(minh, story)
    assert not sees(become("thanh"), story)
    admit(Matter.objects.get(pk=story.case_id), post=chi.post)
    assert sees(chi, story)
    assert not sees(minh, story)
    assert sees(story.lan, story)


def test_a_tie_between_matters_lets_nobody_in(story: Story) -> None:
    other = reach(State.ROUTED)
    Link.objects.create(source_id=other.case_id, kind="caused_by", target_id=story.case_id)
    assert sees(become("hoa"), other)
    assert not sees(become("hoa"), story)


def test_a_matter_is_not_tied_to_itself_nor_twice_alike(story: Story) -> None:
    other = begin()
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(source_id=story.case_id, kind="part_of", target_id=story.case_id)
    Link.objects.create(source_id=story.case_id, kind="part_of", target_id=other.case_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(source_id=story.case_id, kind="part_of", target_id=other.case_id)


def test_what_is_not_there_and_what_is_not_theirs_are_told_alike(story: Story) -> None:
    told = []
    for pk in (story.case_id, UUID(int=1)):
        with pytest.raises(NotFound) as refused:
            Case.objects.lock(pk, seen_by=become("lien"))
        told.append((refused.value.message, refused.value.context, refused.value.status))
    assert told[0] == told[1]


def test_search_finds_blind_to_diacritics_and_only_what_the_reader_may_see(story: Story) -> None:
    for words in ("kênh đồng lều", "kenh dong leu", "KENH DONG", story.case.matter.code):
        assert [h.matter.pk for h in search(become("minh"), words)] == [story.case_id]
        assert search(become("lien"), words) == ()
