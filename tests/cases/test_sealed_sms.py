"""What denounces by text message, and what a clerk takes in sealed from one: no clerk reads it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from doithoai.accounts.actors import Clock
from doithoai.accounts.models import User
from doithoai.cases.commands import placing, sealed_intake
from doithoai.cases.commands.placing import Kind
from doithoai.cases.commands.sealed_intake import Denounced, Told
from doithoai.cases.models import PersonsWord, Submission
from doithoai.cases.workflow import State
from doithoai.core.errors import NotFound
from doithoai.docket.models import Access, Matter
from doithoai.docket.unsealing import Person
from doithoai.ledger.models import Entry
from doithoai.notices import commands as notices
from doithoai.notices.commands import Arrived
from doithoai.notices.models import Incoming, Outbox
from doithoai.notices.plain_sms import LIMIT, plain_sms
from doithoai.notices.rendering import words
from doithoai.vault.models import Part
from doithoai.vault.reading import parts_of
from tests.cases.reaching import begin, committee
from tests.cases.test_portal_sms import HELP, KEY, PHONE, asked, bring, desk
from tests.conftest import become

DENOUNCES = "Toi to cao Chu tich xa Tran Quoc Chi nhan tien quan Sao Bang"


@pytest.fixture(autouse=True)
def _key(settings: Settings) -> None:
    settings.SMS_KEY = KEY
    settings.SITE_URL = "https://doithoai.hatinh.gov.vn"


@pytest.mark.django_db
@pytest.mark.parametrize("text", [DENOUNCES, f"Chua dong y. {DENOUNCES}"])
def test_a_message_that_denounces_is_read_by_nobody_of_the_commune(text: str) -> None:
    story = asked()
    assert bring(text) == 200

    row = Incoming.objects.get()
    assert (row.sender, row.text, row.about, row.body) == ("", "", None, None)
    for who in ("chi", "minh"):
        shown = desk(who).get("/desk/messages/").content.decode()
        assert "Sao Bang" not in shown
        assert PHONE[1:] not in shown.replace(" ", "")
    assert (story.state, PersonsWord.objects.count()) == (State.ANSWERED, 0)


@pytest.mark.parametrize("number", ["+84900000001", "0977777777"])
def test_the_head_one_level_above_has_it_sealed_with_the_number(
    number: str, committed_db: str
) -> None:
    asked()
    bring(DENOUNCES, number=number)

    matter = Matter.objects.select_related("body__place", "place").get(sealed=True)
    assert matter.procedure == "denunciation_info"
    assert matter.body.place != committee().place
    assert Access.objects.get(matter=matter, holder=None).post is not None
    kept = b"".join(parts_of(matter.pk).values()).decode()
    assert "Sao Bang" in kept
    assert number in kept
    assert Submission.objects.get(carried__case=matter.pk).phone == ""


@pytest.mark.django_db
def test_the_sender_is_told_where_to_denounce_and_no_word_of_the_message() -> None:
    asked()
    bring(DENOUNCES)

    told = Outbox.objects.get(template=HELP)
    said = plain_sms(words(told).text)
    assert "/denounce hoac truc tiep" in said
    assert "Sao Bang" not in said
    assert len(words(told).text) <= LIMIT
    assert (told.about, timezone.localtime(told.made_at).hour) == (None, 0)


def test_a_message_that_denounces_brought_twice_is_one_matter_and_a_second_one_joins_it(
    committed_db: str,
) -> None:
    asked()
    assert [bring(DENOUNCES), bring(DENOUNCES)] == [200, 200]
    assert Matter.objects.filter(sealed=True).count() == 1
    bring(f"{DENOUNCES} lan nua", as_id="m2")
    assert Matter.objects.filter(sealed=True).count() == 1
    assert Part.objects.using("unseal").filter(name="message").count() == 1
    assert Incoming.objects.count() == 2


def test_a_message_taken_in_sealed_by_a_clerk_is_emptied(committed_db: str) -> None:
    asked()
    bring("Ong do lay tien, quan Sao Bang")
    message = Incoming.objects.get()
    minh = desk("minh")
    page = minh.get("/desk/messages/").content.decode()
    assert f"{reverse('sealed_intake')}?message={message.pk}" in page
    first = minh.get(reverse("sealed_intake"), {"message": str(message.pk)}).content.decode()
    assert f'name="message" value="{message.pk}"' in first

    son = become("son")
    told = Told(message.text, "sms", "sms", Person("", phone=PHONE), message=message.pk)
    with pytest.raises(NotFound):
        sealed_intake.lodge(told, Denounced(committee().pk), by=become("son"), at=timezone.now())
    Incoming.objects.update(body=son.body)
    sealed_intake.lodge(told, Denounced(committee().pk), by=son, at=timezone.now())

    message.refresh_from_db()
    assert (message.sender, message.text, message.about, message.state) == ("", "", None, "seen")
    assert message.gateway_id != "m1"
    assert timezone.localtime(message.came_at).hour == 0
    seen = Entry.objects.get(kind="notices.message_seen")
    assert (seen.matter, seen.pk.version, timezone.localtime(seen.at).hour) == (None, 4, 0)
    assert bring("Ong do lay tien, quan Sao Bang") == 200
    assert Incoming.objects.count() == 1
    with pytest.raises(NotFound):
        sealed_intake.lodge(told, Denounced(committee().pk), by=son, at=timezone.now())


@pytest.mark.django_db
def test_the_clerks_page_takes_the_message_along() -> None:
    asked()
    bring("Ong do lay tien, quan Sao Bang", number="0977777777")
    message = Incoming.objects.get()
    son = User.objects.get(username="son")
    Incoming.objects.update(body=become("son").body)
    sent = {
        "words": "Cẩm Lạc", "who": "leads", "name": "", "body": str(committee().pk),
        "message": str(message.pk),
    }  # fmt: skip
    client = desk("son")
    second = client.post(reverse("sealed_intake"), sent).content.decode()
    assert f'name="message" value="{message.pk}"' in second
    lodged = client.post(reverse("sealed_intake"), {**sent, "text": "Lấy tiền", "way": "telephone"})
    assert lodged.status_code == 200
    message.refresh_from_db()
    assert (message.text, message.sender, message.seen_by) == ("", "", son.pk)


def test_a_message_about_an_item_that_proves_a_denunciation_tells_neither_number_nor_moment(
    committed_db: str,
) -> None:
    story = begin()
    came = Arrived("m1", "+84900000001", "Alo ai day")
    body, at = committee().pk, story.later()
    notices.keep_message(came, about=story.case_id, body=body, by=Clock("sms"), at=at)
    message = Incoming.objects.get(about=story.case_id)
    kind = Kind("irrigation", other_procedure="denunciation", complained_of=committee().pk)
    placing.classify(story.case_id, kind, by=become("minh"), at=story.later())
    message.refresh_from_db()
    assert (message.text, message.sender) == ("", "")
    assert message.gateway_id != "m1"
    assert timezone.localtime(message.came_at).hour == 0
    assert bring("Alo ai day") == 200
    assert Incoming.objects.count() == 1
