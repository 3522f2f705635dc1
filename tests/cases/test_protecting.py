"""Whoever denounces asks that nobody learns who they are: the wish is kept sealed and entered, the
head who settles it is told, and no online reception is held about it.
"""

import re

import pytest
from django.test import Client
from django.utils import timezone

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands import protecting
from doithoai.cases.commands.protecting import Further
from doithoai.cases.commands.sealed_intake import Denounced, Told
from doithoai.core.errors import NotFound
from doithoai.docket.models import Matter
from doithoai.docket.unsealing import correspondence
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from tests.cases.reaching import committee
from tests.cases.test_desk import page, signed_in
from tests.cases.test_sealed_intake import PERSON, WORDS
from tests.conftest import become

TOLD = Told(WORDS, "web", "web", PERSON)
WISH = "giữ bí mật họ tên"


def lodged(*, protect: bool) -> tuple[Matter, Citizen]:
    """What is kept about the commune's chair, and the holder of its slip."""
    about = Denounced(committee().pk)
    made = protecting.lodge(TOLD, about, protect=protect, by=Citizen(), at=timezone.now())
    return Matter.objects.get(code=made.code), Citizen(made.receipt.id)


def asked(matter: Matter) -> int:
    return Entry.objects.filter(matter=matter.pk, kind="cases.protection_asked").count()


def test_the_wish_is_entered_with_its_day_alone_and_read_by_both_sides(committed_db: str) -> None:
    matter, person = lodged(protect=True)
    assert asked(matter) == 1
    entry = Entry.objects.get(matter=matter.pk, kind="cases.protection_asked")
    assert timezone.localtime(entry.at).time().isoformat() == "00:00:00"
    assert WISH in correspondence(matter, person)[0].text
    assert not Outbox.objects.filter(about=matter.pk).exists()
    assert "đề nghị giữ bí mật danh tính" in page(signed_in("tinh"), f"/desk/cases/{matter.code}/")


def test_who_does_not_ask_has_no_such_entry_and_may_ask_later_once(committed_db: str) -> None:
    matter, person = lodged(protect=False)
    assert asked(matter) == 0
    further = Further("Họ dọa tôi", protect=True)
    protecting.write_more(matter.pk, further, by=person, at=timezone.now())
    assert protecting.ask(matter.pk, by=person, at=timezone.now()) is False
    assert asked(matter) == 1
    assert [m.what for m in correspondence(matter, person)] == ["", "protection"]


@pytest.mark.django_db
def test_nobody_asks_for_another_s_matter() -> None:
    matter, _person = lodged(protect=False)
    _another, stranger = lodged(protect=False)
    with pytest.raises(NotFound):
        protecting.ask(matter.pk, by=stranger, at=timezone.now())


def test_the_pages_offer_it_say_what_follows_and_show_that_it_stands(committed_db: str) -> None:
    client = Client(headers={"accept-language": "vi"})
    about = {"words": "Cẩm Lạc", "body": str(committee().pk), "who": "leads"}
    offered = client.post("/denounce", about).content.decode()
    assert 'name="protect"' in offered
    assert "khoản 4 Điều 20" in offered
    slip = client.post("/denounce", {**about, "text": WORDS, "protect": "on"}).content.decode()
    code, secret = re.findall(r'class="code-value[^>]*>([\d ]+)<', slip)[:2]
    opened = client.post("/denounce/messages", {"code": code, "secret": secret}).content.decode()
    assert "đã đề nghị giữ bí mật danh tính" in opened
    assert WISH in opened
    assert 'name="protect"' not in opened


def test_a_clerk_takes_the_wish_down_as_the_person_s_own(committed_db: str) -> None:
    told = Told(WORDS, "counter", "counter", PERSON)
    about = Denounced(committee().pk)
    made = protecting.lodge(told, about, protect=True, by=become("son"), at=timezone.now())
    matter = Matter.objects.get(code=made.code)
    assert asked(matter) == 1
    assert (
        Entry.objects.get(matter=matter.pk, kind="cases.protection_asked").actor == made.receipt.id
    )
