"""The person's word by text message: what is clear counts, everything else waits for a clerk."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from doithoai.accounts.models import User
from doithoai.cases.models import Case, PersonsWord
from doithoai.cases.said_by_sms import meaning, without_slip
from doithoai.cases.workflow import State, Word
from doithoai.docket.models import Access
from doithoai.ledger.models import Entry
from doithoai.notices import tasks
from doithoai.notices.commands import claim, mark_failed, mark_sent
from doithoai.notices.models import Incoming, Outbox
from doithoai.notices.numbers import bare
from doithoai.notices.plain_sms import LIMIT, plain_sms
from doithoai.notices.queries import kept
from doithoai.notices.rendering import words
from tests.cases import reaching
from tests.cases.reaching import Story, begin, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db
KEY = "k" * 40
PHONE = "0900000001"
HELP = "cases/notices/sms_help"
HEARD = "cases/notices/sms_heard"


@pytest.fixture(autouse=True)
def _key(settings: Settings) -> None:
    settings.SMS_KEY = KEY


def bring(text: str, *, number: str = "+84900000001", as_id: str = "m1", key: str = KEY) -> int:
    """What the gateway does with one message; the status it gets."""
    body = json.dumps({"id": as_id, "from": number, "text": text})
    headers = {"Authorization": f"Bearer {key}"}
    answer = Client(enforce_csrf_checks=True).post(
        "/api/sms/", body, content_type="application/json", headers=headers
    )
    return answer.status_code


def asked() -> Story:
    """Lan was asked by text message whether she agrees with the answer."""
    return sent(reach(State.ANSWERED))


def sent(story: Story) -> Story:
    for row in claim(50, channels=["sms"], at=story.later()):
        mark_sent(row.pk, at=story.at)
    return story


def second() -> Story:
    """Another item of the same telephone, answered and asked about."""
    story = begin(phone="0900 000 001")
    for step, by in reaching.ANSWERED:
        story.do(step, by)
    return sent(story)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("DONG Y", Word.AGREED), ("Đồng ý.", Word.AGREED), ("dong y, cam on", Word.AGREED),
        ("1", Word.AGREED), ("2", Word.PARTLY), ("3", Word.DISAGREED), ("agree", Word.AGREED),
        ("Đồng ý một phần, còn đoạn cuối", Word.PARTLY), ("dong y 1 phan", Word.PARTLY),
        ("CHUA DONG Y vi kenh van can", Word.DISAGREED), ("khong dong y", Word.DISAGREED),
        ("KN26-000412 dong y", Word.AGREED), ("kn26 000412 3", Word.DISAGREED),
        ("dong y nhung chua xong", None), ("1 tuan nua", None), ("3 ho thieu nuoc", None),
        ("khong", None), ("", None), ("KN26-000999 dong y", None), ("toi dong y", None),
    ],
)  # fmt: skip
def test_only_what_cannot_be_misread_is_a_word(text: str, word: Word | None) -> None:
    assert meaning(text, ["KN26-000412"]).word == word


@pytest.mark.parametrize(
    "typed", ["0912 345 678", "+84912345678", "84912345678", "0084 912.345.678"]
)
def test_a_number_is_the_same_however_it_is_written(typed: str) -> None:
    assert bare(typed, "84") == "912345678"


def test_a_landline_that_ends_like_a_mobile_is_another_number() -> None:
    assert bare("02393456789", "84") != bare("0393456789", "84")


def test_a_clear_message_is_the_persons_own_word() -> None:
    story = asked()
    assert bring("Dong y") == 200
    word = PersonsWord.objects.get(case=story.case_id)
    assert (word.word, word.how, word.by_self) == (Word.AGREED, "sms", True)
    assert story.state == State.CONFIRMED
    message = Incoming.objects.get()
    assert (message.state, message.about) == ("counted", story.case_id)
    assert Entry.objects.filter(kind="notices.message_counted", matter=story.case_id).exists()
    back = Outbox.objects.get(template=HEARD)
    text = plain_sms(words(back).text)
    assert "DONG Y" in text
    assert len(text) <= LIMIT


def test_who_does_not_agree_is_heard_one_level_up_in_their_own_words() -> None:
    story = asked()
    assert bring("Chưa đồng ý, kênh vẫn cạn") == 200
    assert story.state == State.ESCALATED
    assert PersonsWord.objects.get(case=story.case_id).text == "Chưa đồng ý, kênh vẫn cạn"


def test_a_bare_digit_is_kept_with_what_it_means() -> None:
    story = asked()
    bring("3")
    said = PersonsWord.objects.get(case=story.case_id)
    assert said.word == Word.DISAGREED
    assert said.text.startswith("3 (")


def test_the_same_message_brought_twice_counts_once() -> None:
    story = asked()
    assert [bring("2"), bring("2")] == [200, 200]
    assert PersonsWord.objects.filter(case=story.case_id).count() == 1
    assert Outbox.objects.filter(template=HEARD).count() == 1


def test_without_the_key_nothing_is_taken_in(settings: Settings) -> None:
    story = asked()
    assert bring("dong y", key="another") == 403
    settings.SMS_KEY = ""
    assert bring("dong y", key="") == 403
    assert (story.state, Incoming.objects.count()) == (State.ANSWERED, 0)


@pytest.mark.parametrize("body", ["", "[]", "{", '{"id": "1", "from": "0900000001"}'])
def test_what_is_no_message_is_refused(body: str) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = Client().post("/api/sms/", body, content_type="application/json", headers=headers)
    assert answer.status_code == 400


def test_of_several_items_the_message_must_name_one() -> None:
    first, other = asked(), second()
    bring("dong y", as_id="1")
    assert (first.state, other.state) == (State.ANSWERED, State.ANSWERED)
    told = Outbox.objects.get(template=HELP)
    assert "1 (dong y)" in plain_sms(words(told).text)
    code = Case.objects.select_related("matter").get(pk=other.case_id).matter.code
    bring(f"{code} dong y", as_id="2")
    assert (first.state, other.state) == (State.ANSWERED, State.CONFIRMED)


def test_an_unclear_message_waits_for_the_body_that_asked_and_gets_one_answer_a_day() -> None:
    story = asked()
    bring("Khi nao lam tiep?", as_id="1")
    bring("Alo", as_id="2")
    assert story.state == State.ANSWERED
    waiting = kept(become("minh").acts_for)
    assert [m.text for m in waiting] == ["Khi nao lam tiep?", "Alo"]
    assert {m.about for m in waiting} == {story.case_id}
    told = Outbox.objects.get(template=HELP)
    text = plain_sms(words(told).text)
    assert len(words(told).text) <= LIMIT
    assert "1 (dong y)" in text
    assert told.address == "+84900000001"


def test_a_message_of_an_unknown_number_waits_for_somebody_too() -> None:
    assert bring("Duong thon toi hong", number="0977777777") == 200
    message = Incoming.objects.get()
    assert message.state == "kept"
    assert message.body is not None
    assert Outbox.objects.filter(template=HELP, address="0977777777").count() == 1


def test_a_short_code_gets_no_answer() -> None:
    bring("Quang cao", number="191")
    assert Incoming.objects.count() == 1
    assert not Outbox.objects.filter(template=HELP).exists()


def test_a_number_we_wrote_nothing_to_says_nothing() -> None:
    story = reach(State.ANSWERED)
    for row in claim(50, channels=["sms"], at=story.later()):
        mark_failed(row.pk, error="HTTP 400")
    bring("dong y")
    assert story.state == State.ANSWERED
    assert Incoming.objects.get().state == "kept"


def test_another_persons_number_says_nothing() -> None:
    story = asked()
    bring("dong y", number="0900000009")
    assert story.state == State.ANSWERED


def test_what_was_said_before_a_new_answer_is_not_about_it() -> None:
    story = asked()
    story.do("dispute", "lan")
    bring("1")
    assert story.state == State.ESCALATED
    assert Incoming.objects.get().state == "kept"


def test_a_sealed_item_is_never_spoken_of_by_message() -> None:
    story = asked()
    matter = story.case.matter
    matter.sealed = True
    matter.save(update_fields=["sealed"])
    bring("dong y")
    assert story.state == State.ANSWERED
    told = Outbox.objects.get(template=HELP)
    assert matter.code not in words(told).text


def test_the_digits_of_a_slip_are_never_kept() -> None:
    story = asked()
    bring(f"{story.code} {story.secret} dong y a?")
    text = Incoming.objects.get().text
    assert story.code not in text
    assert story.secret not in text
    assert without_slip("goi 0239 3456 789 nhe") == "goi 0239 3456 789 nhe"


def test_our_question_offers_an_answer_by_message_only_where_one_is_heard(
    settings: Settings,
) -> None:
    story = asked()
    row = Outbox.objects.get(about=story.case_id, template="cases/notices/answered")
    offered = words(row).text
    settings.SMS_KEY = ""
    assert "Nhắn 1" in offered
    assert len(plain_sms(offered)) <= LIMIT
    assert "Nhắn 1" not in words(row).text


# ------------------------------------------------------------------------------ the clerk's page
def desk(username: str) -> Client:
    """Somebody of the cast, signed in, reading English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=username))
    return client


def test_a_clerk_reads_a_message_and_says_what_was_done() -> None:
    story = asked()
    bring("Khi nao lam tiep?")
    message = Incoming.objects.get()
    minh = desk("minh")
    assert "Messages (1)" in minh.get("/desk/cases/").content.decode()
    shown = minh.get("/desk/messages/").content.decode()
    assert "Khi nao lam tiep?" in shown
    assert story.case.matter.code in shown
    empty = minh.post(f"/desk/messages/{message.pk}/looked", {"done": " "})
    assert empty.status_code == 200
    done = minh.post(f"/desk/messages/{message.pk}/looked", {"done": "Đã gọi lại"}, follow=True)
    assert "No message waits" in done.content.decode()
    message.refresh_from_db()
    assert (message.state, message.done) == ("seen", "Đã gọi lại")
    assert message.seen_by == User.objects.get(username="minh").pk
    again = minh.post(f"/desk/messages/{message.pk}/looked", {"done": "x"})
    assert again.status_code == 409


def test_a_clerk_of_another_body_reads_no_message() -> None:
    asked()
    bring("Khi nao lam tiep?")
    message = Incoming.objects.get()
    nong = desk("nong")
    assert "Khi nao lam tiep?" not in nong.get("/desk/messages/").content.decode()
    assert nong.post(f"/desk/messages/{message.pk}/looked", {"done": "x"}).status_code in {403, 404}
    assert desk("hoa").get("/desk/messages/").status_code == 403


def test_a_notice_that_failed_is_listed_and_sent_again() -> None:
    story = reach(State.ANSWERED)
    for row in claim(50, channels=["sms"], at=story.later()):
        mark_failed(row.pk, error="HTTP 400")
    notice = Outbox.objects.get(about=story.case_id, state="failed")
    minh = desk("minh")
    assert "Could not be sent" in minh.get("/desk/messages/").content.decode()
    address = f"/desk/messages/notices/{notice.pk}/again"
    assert desk("hoa").post(address).status_code == 403
    sent_again = minh.post(address, follow=True)
    assert "Every notice got through" in sent_again.content.decode()
    notice.refresh_from_db()
    assert (notice.state, notice.tries) == ("queued", 0)
    assert Entry.objects.filter(kind="notices.sent_again", matter=story.case_id).count() == 1
    assert minh.post(address).status_code == 409


def test_a_notice_about_what_one_may_not_see_is_not_found() -> None:
    story = reach(State.ANSWERED)
    for row in claim(50, channels=["sms"], at=story.later()):
        mark_failed(row.pk, error="HTTP 400")
    notice = Outbox.objects.get(about=story.case_id, state="failed")
    Access.objects.filter(matter=story.case_id).delete()
    answer = desk("minh").post(f"/desk/messages/notices/{notice.pk}/again")
    assert answer.status_code == 404


def test_messages_are_read_in_a_fixed_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    asked()
    for number in range(5):
        bring(f"Alo {number}", as_id=str(number))
    minh = desk("minh")
    minh.get("/desk/messages/")
    with django_assert_max_num_queries(14):
        minh.get("/desk/messages/")


def test_words_of_messages_are_forgotten_after_their_days_unless_nobody_read_them(
    settings: Settings,
) -> None:
    asked()
    bring("1", as_id="counted")
    bring("Alo ai đấy", number="0900000777", as_id="unread")
    settings.SMS_KEPT_DAYS = 30
    later = timezone.now() + timedelta(days=31)
    assert tasks.forget_words(timezone.now()) == 0
    assert tasks.forget_words(later) == 1
    assert tasks.forget_words(later) == 0
    counted, unread = (Incoming.objects.get(gateway_id=g) for g in ("counted", "unread"))
    assert (counted.state, counted.sender, counted.text) == ("counted", "", "")
    assert unread.text == "Alo ai đấy"
    assert bring("1", as_id="counted") == 200  # the same message again is still known
    assert Incoming.objects.count() == 2
    settings.SMS_KEPT_DAYS = 0
    assert tasks.forget_words(later + timedelta(days=4000)) == 0
