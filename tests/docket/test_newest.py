"""The first page of what a reader may see: by body, post and person, and never beyond the rule."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.docket.commands import admit
from doithoai.docket.models import WIDE, Excluded, Matter
from doithoai.docket.newest import newest, reached
from tests.cases.reaching import Story, begin
from tests.conftest import become

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """A case received by the commune's committee and given to nobody yet."""
    return begin()


def first(actor: Official, until: int = 10) -> set[object]:
    """Through the same rule as the list."""
    return set(newest(Case.objects.visible_to(actor), actor, until=until))


def test_every_row_of_access_carries_its_matters_day_of_receipt(story: Story) -> None:
    matter = Matter.objects.get(pk=story.case_id)
    admit(matter, body=become("nong").body)
    assert {a.received_on for a in matter.audience.all()} == {matter.received_on}
    earlier = matter.received_on - timedelta(days=3)
    Matter.objects.filter(pk=matter.pk).update(received_on=earlier)
    assert {a.received_on for a in matter.audience.all()} == {earlier}


def test_who_sees_it_through_a_body_a_post_or_in_person_finds_it_once(story: Story) -> None:
    matter = Matter.objects.get(pk=story.case_id)
    nong, hoa, lien = (become(name) for name in ("nong", "hoa", "lien"))
    assert [first(who) for who in (nong, hoa, lien)] == [set(), set(), set()]
    admit(matter, body=nong.body)
    admit(matter, post=hoa.post)
    admit(matter, holder=lien.user)
    for who in (nong, hoa, lien, become("minh"), become("thanh")):
        assert first(who) == {story.case_id}
        assert story.case_id in set(reached(who))


def test_who_is_excluded_does_not_find_it_though_a_row_leads_there(story: Story) -> None:
    matter = Matter.objects.get(pk=story.case_id)
    minh = become("minh")
    Excluded.objects.create(matter=matter, user_id=minh.user, reason="relation")
    assert story.case_id in set(reached(minh))
    assert first(minh) == set()


def test_what_is_sealed_is_found_by_its_own_rows_only(story: Story) -> None:
    Matter.objects.filter(pk=story.case_id).update(sealed=True)
    minh = become("minh")
    assert first(minh) == set()
    admit(Matter.objects.get(pk=story.case_id), post=minh.post)
    assert first(minh) == {story.case_id}


def test_the_newest_come_first_and_no_more_than_asked_of_each_body() -> None:
    stories = [begin() for _ in range(3)]
    minh = become("minh")
    for back, story in enumerate(stories):
        matter = Matter.objects.filter(pk=story.case_id)
        matter.update(received_on=matter.get().received_on - timedelta(days=back))
    assert first(minh, until=1) == {stories[0].case_id}
    assert first(minh, until=2) == {stories[0].case_id, stories[1].case_id}


def test_a_whole_province_is_seen_by_the_same_rule(story: Story) -> None:
    """Its thousand bodies are looked up another way, with the same answer."""
    elsewhere = frozenset(UUID(int=n) for n in range(WIDE))
    thanh = become("thanh")
    wide = replace(thanh, sees=thanh.sees | elsewhere)
    blind = replace(thanh, sees=elsewhere | {thanh.body})
    seen = Matter.objects.filter(pk=story.case_id)
    assert seen.visible_to(wide).exists()
    assert not seen.visible_to(blind).exists()
    seen.update(sealed=True)
    assert not seen.visible_to(wide).exists()
    seen.update(sealed=False)
    Excluded.objects.create(matter_id=story.case_id, body_id=wide.body, reason="relation")
    assert not seen.visible_to(wide).exists()
