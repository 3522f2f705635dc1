"""The list of reports: what a reader may see of each dialogue, and no more."""

import re

import pytest
from django.urls import reverse

from doithoai.cases.models import Case
from tests.reports.signing_in import signed_in
from tests.reports.story import Story

pytestmark = pytest.mark.django_db


def _mine(story: Story, username: str) -> int:
    from tests.conftest import become  # noqa: PLC0415 - only here

    seen = Case.objects.visible_to(become(username))
    return seen.filter(occasion_matter=story.dialogue.pk).count()


@pytest.mark.parametrize("username", ["hoa", "nong"])
def test_who_settles_items_finds_the_dialogues_they_were_raised_at(
    said: Story, username: str
) -> None:
    client = signed_in(username)
    shown = client.get(reverse("reports"))
    page = shown.content.decode()
    held = shown.context["listed"].dialogues
    if not _mine(said, username):
        assert held == ()
        return
    [one] = held
    assert said.dialogue.title in page
    assert one.figures[0].count == _mine(said, username)
    assert reverse("dialogue_report", args=[said.dialogue.matter.code]) not in page
    for link in re.findall(r'<td class="number"[^>]*><a href="([^"]+)"', page):
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_stranger_finds_nothing_and_is_told_what_would_stand_here(said: Story) -> None:
    shown = signed_in("lien").get(reverse("reports"))
    page = shown.content.decode()
    assert said.dialogue.title not in page
    assert shown.context["listed"].dialogues == ()
    assert f'href="{reverse("cases")}"' in page


def test_who_sees_the_dialogue_opens_its_report(said: Story) -> None:
    page = signed_in("chi").get(reverse("reports")).content.decode()
    assert reverse("dialogue_report", args=[said.dialogue.matter.code]) in page
