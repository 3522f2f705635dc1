"""Citizens' pages of dialogues: what is announced, what was concluded, nothing before that."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from doithoai.accounts.actors import Official
from doithoai.cases.commands import publishing
from doithoai.cases.models import Case, Submission
from doithoai.dialogues.commands import hall, planning
from doithoai.dialogues.models import Dialogue, Item
from doithoai.units.models import Body, Place

pytestmark = pytest.mark.django_db
VENUE = "Nhà văn hóa thôn Lạc Thọ"


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """What another test made is not this one's."""
    cache.clear()


@pytest.fixture
def planned(minh: Official, chi: Official, now: datetime) -> Dialogue:
    """A dialogue in three weeks, not announced yet."""
    host = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    village = Place.objects.get(name="Thôn Lạc Thọ", parent=host.place)
    plan = planning.Plan(
        host=host.pk,
        title="Đối thoại về thủy lợi và đường thôn",
        kind="thematic",
        starts_at=now + timedelta(days=21),
        venue=VENUE,
        chairs=(chi.post,),
        villages=(village.pk,),
        agenda="Thủy lợi; đường thôn",
        commune_conference=True,
    )
    return planning.plan(plan, by=minh, at=now)


@pytest.fixture
def announced(planned: Dialogue, minh: Official, now: datetime) -> Dialogue:
    """The same, announced."""
    return planning.announce(planned.pk, by=minh, at=now)


def address(dialogue: Dialogue, rest: str = "") -> str:
    return f"/dialogues/{dialogue.matter.code}/{rest}"


def concluded(dialogue: Dialogue, now: datetime) -> None:
    Dialogue.objects.filter(pk=dialogue.pk).update(
        state="published",
        starts_at=now - timedelta(days=9),
        conclusion="Giao Phòng Kinh tế nạo vét kênh.",
        conclusion_number="31/TB-UBND",
        conclusion_on=now.date(),
        published_at=now,
    )


def test_what_is_only_planned_is_not_public(client: Client, planned: Dialogue) -> None:
    assert planned.title not in client.get("/dialogues/").content.decode()
    for rest in ("", "poster", "question", "conclusion"):
        assert client.get(address(planned, rest)).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_announced_dialogue_shows_when_where_and_who(announced: Dialogue, language: str) -> None:
    client = Client(headers={"accept-language": language})
    assert announced.title in client.get("/dialogues/").content.decode()
    assert announced.title in client.get("/").content.decode()
    page = client.get(address(announced)).content.decode()
    for said in (VENUE, "Chủ tịch UBND xã", "Thôn Lạc Thọ", "Thủy lợi; đường thôn"):
        assert said in page


def test_the_poster_carries_a_code_that_leads_to_the_page(
    client: Client, announced: Dialogue
) -> None:
    page = client.get(address(announced, "poster")).content.decode()
    assert "data:image/svg+xml" in page
    assert address(announced) in page


def test_a_postponed_dialogue_says_why(
    client: Client, announced: Dialogue, minh: Official, now: datetime
) -> None:
    planning.postpone(announced.pk, reason="Mưa lũ trên địa bàn", by=minh, at=now)
    assert "Mưa lũ trên địa bàn" in client.get(address(announced)).content.decode()


def sent(client: Client, dialogue: Dialogue) -> dict[str, str]:
    page = client.get(address(dialogue, "question")).content
    drawn = re.search(rb'name="drawn" value="([^"]+)"', page)
    assert drawn
    return {"drawn": drawn[1].decode(), "text": "Khi nào xong?", "kind": "recommendation"}


def test_a_question_is_collected_once_and_gets_a_slip(client: Client, announced: Dialogue) -> None:
    given = sent(client, announced)
    first = client.post(address(announced, "question"), given).content.decode()
    second = client.post(address(announced, "question"), given).content.decode()
    code = re.search(r"\d{4} \d{4} \d{4}", first)
    assert code
    assert code[0] in second
    assert Submission.objects.get(text="Khi nào xong?").occasion == "dialogue"
    assert Item.objects.get(dialogue=announced).before_hand


def test_no_question_after_the_day(client: Client, announced: Dialogue, now: datetime) -> None:
    given = sent(client, announced)
    concluded(announced, now)
    page = client.post(address(announced, "question"), given)
    assert page.status_code == 200
    assert not Submission.objects.exists()
    page = client.get(address(announced, "question"))
    assert "<textarea" not in page.content.decode()
    assert 'href="/submit"' in page.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_invisible_character_is_refused_in_the_readers_language(
    announced: Dialogue, language: str
) -> None:
    client = Client(headers={"accept-language": language})
    given = sent(client, announced) | {"text": "Khi nào\0 xong?"}
    page = client.post(address(announced, "question"), given).content.decode()
    assert ("Null characters are not allowed." in page) == (language == "en")
    assert not Submission.objects.exists()


def test_the_follow_up_list_shows_public_promises_and_only_counts_the_rest(
    client: Client, announced: Dialogue, minh: Official, chi: Official, now: datetime
) -> None:
    lines = [
        hall.Line(sent_as=UUID(int=i), text=text, speaker="Bà Sáu", field="irrigation")
        for i, text in enumerate(("Nạo vét kênh.", "Việc riêng của tôi."))
    ]
    kept = [hall.take_down(announced.pk, line, by=minh, at=now) for line in lines]
    public = publishing.Public("Nạo vét kênh", "Nạo vét kênh.", "", "Nói công khai tại hội nghị")
    Case.objects.filter(pk=kept[0].item.case_id).update(state="answered", answered_at=now)
    publishing.publish(kept[0].item.case_id, public, by=chi, at=now)
    concluded(announced, now)
    shown = client.get(address(announced))
    follow_up = shown.context["shown"].follow_up
    assert (follow_up.items, follow_up.private, follow_up.answered) == (2, 1, 1)
    assert (follow_up.withheld, follow_up.undecided) == ((), 1)
    text = shown.content.decode()
    assert "Nạo vét kênh" in text
    assert "31/TB-UBND" in text
    assert "Việc riêng" not in text
    assert "Bà Sáu" not in text


def test_before_its_publication_the_conclusion_does_not_show(
    client: Client, announced: Dialogue
) -> None:
    Dialogue.objects.filter(pk=announced.pk).update(state="held", conclusion="Giao xã làm đường.")
    assert "Giao xã làm đường." not in client.get(address(announced)).content.decode()
    assert client.get(address(announced, "conclusion")).status_code == 404
