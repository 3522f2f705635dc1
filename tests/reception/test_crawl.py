"""Every link of the pages of reception, with people received, refused and kept sealed."""

import pytest
from django.test import Client
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.reception.commands import ending, holding, planning, raising, visits
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import WrittenDown
from doithoai.reception.models import Refusal, Session, Visit
from doithoai.reception.papers import conclusion
from tests.dialogues.grounds import signed_file
from tests.journeys import test_crawl as crawling
from tests.reception.receiving import HOLIDAY, HUNG, LAN, arrived, plan, received, today

pytestmark = pytest.mark.django_db
ENOUGH = 45  # pages; beyond lie pages that other crawls read
EXPLAINED = "Đã trả lời ngày 1/9"


@pytest.fixture
def starts(minh: Official, chi: Official) -> list[str]:
    """A day held and worded, one posted, a group, a refusal, a sealed visit; their pages."""
    session = today(minh, chi)
    planning.post(plan(minh, chi, start=HOLIDAY).pk, by=minh, at=timezone.now())
    group = received(
        minh, LAN, session=session.pk, people=6, representatives=(HUNG,),
        authority=signed_file("cu-dai-dien.pdf"),
    )  # fmt: skip
    raising.raise_matter(group.pk, Brought("Kênh bồi lắng"), by=minh, at=timezone.now())
    said = WrittenDown("Kênh bồi lắng", "recommendation", papers="Sổ đỏ, 4 trang")
    visits.write_down(group.pk, said, by=minh, at=timezone.now())
    ending.refuse(arrived(minh).pk, ground="h", explained=EXPLAINED, by=minh, at=timezone.now())
    raising.seal(received(minh).pk, by=minh, at=timezone.now())
    holding.hold(session.pk, holding.Held(in_person=True), by=minh, at=timezone.now())
    session = Session.objects.select_related("host", "receiver").get(pk=session.pk)
    docx = conclusion(session, "Giao việc.")
    holding.draft_conclusion(session.pk, text="Giao việc.", docx=docx, by=minh, at=timezone.now())
    refusal = Refusal.objects.select_related("matter").get()
    assert refusal.matter is not None
    visit = Visit.objects.get(pk=group.pk)
    desk = "/desk/reception/"
    return [
        f"{desk}days/{session.matter.code}",
        f"{desk}refusals/{refusal.matter.code}",
        desk,
        f"{desk}visits/{visit.pk}",
    ]


@pytest.mark.parametrize("username", ["minh", "chi"])
def test_no_link_of_the_reception_pages_breaks(
    username: str, starts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawling, "MOST", ENOUGH)
    pages = crawling.crawl(crawling.reader(username), *starts)
    broken = {a: (s, pages.shown_on.get(a)) for a, (s, _text) in pages.items() if s >= 400}
    assert broken == {}
    assert len(pages) > 15


@pytest.mark.parametrize("username", ["quang", "thanh", "lien", ""])
def test_nobody_outside_the_body_reads_who_came_or_why(
    username: str, starts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawling, "MOST", ENOUGH)
    client = crawling.reader(username) if username else Client()
    first = ["/desk/start"] if username else ["/reception/"]
    mine = starts[:2] if username == "quang" else []  # who sees the whole place sees the days
    pages = crawling.crawl(client, *mine, *first)
    broken = {a: (s, pages.shown_on.get(a)) for a, (s, _text) in pages.items() if s >= 400}
    assert broken == {}
    for address, (_status, words) in pages.items():
        assert EXPLAINED not in words, address
        if "/reception" in address:
            assert "Trần Thị Lan" not in words, address
