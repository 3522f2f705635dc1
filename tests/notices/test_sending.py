"""Sending through real servers on the loopback."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from doithoai.notices import commands, queries, sending, tasks
from doithoai.notices.commands import Notice, Recipient
from doithoai.notices.models import Outbox
from doithoai.notices.workflow import State
from tests.notices.conftest import Gateway, Mailbox, free_port
from tests.notices.test_commands import ABOUT, CONTEXT, queued, reload

pytestmark = pytest.mark.django_db

PHONE = Recipient("sms", "0900000000")


def test_a_mail_arrives_with_its_words_and_its_lasting_id(mailbox: Mailbox, now: datetime) -> None:
    row = queued(now)

    assert tasks.send_due(now) == Counter(sent=1)

    (mail,) = mailbox.mails
    assert mail["Subject"].strip() == "Kiến nghị 2611 4470 8163 đã có kết quả"
    assert mail["Message-ID"] == row.message_id
    assert mail["To"] == "lan@nha.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "<đã giải quyết>: 125/UBND-KT." in mail.get_content()
    assert (reload(row).state, reload(row).sent_at) == (State.SENT, now)
    assert tasks.send_due(now) == Counter()


def test_a_mail_is_in_the_readers_language(mailbox: Mailbox, now: datetime) -> None:
    queued(now, Recipient("email", "ann@home.example", "en"))

    tasks.send_due(now)

    assert mailbox.mails[0]["Subject"].strip() == "Recommendation 2611 4470 8163 has an answer"


def test_without_a_server_everything_waits(now: datetime) -> None:
    row = queued(now)
    queued(now, PHONE)

    assert tasks.send_due(now) == Counter()
    assert sending.channels() == []
    assert reload(row).state == State.QUEUED
    assert queries.waiting() == queries.Waiting({"email": 1, "sms": 1}, 0, 0, now)


@pytest.mark.parametrize(
    ("answer", "state"), [("450 later", State.QUEUED), ("550 never", State.FAILED)]
)
def test_a_refused_mail_is_tried_again_or_listed(
    answer: str, state: State, mailbox: Mailbox, now: datetime
) -> None:
    mailbox.answer = answer
    row = queued(now)

    tasks.send_due(now)

    assert (reload(row).state, reload(row).error) == (state, f"SMTP {answer[:3]}")


@pytest.mark.parametrize(
    ("answer", "state"), [("451 later", State.QUEUED), ("550 no such", State.FAILED)]
)
def test_a_refused_address_is_tried_again_or_listed(
    answer: str, state: State, mailbox: Mailbox, now: datetime
) -> None:
    mailbox.recipient_answer = answer
    row = queued(now)

    tasks.send_due(now)

    assert (reload(row).state, reload(row).error) == (state, f"SMTP {answer[:3]}")


def test_a_server_that_is_down_is_tried_again(settings: Settings, now: datetime) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    row = queued(now)

    assert tasks.send_due(now) == Counter(retry=1)
    assert reload(row).next_at == now + timedelta(minutes=1)
    assert reload(row).error == "ConnectionRefusedError"


def test_an_address_with_a_line_break_cannot_add_headers(mailbox: Mailbox, now: datetime) -> None:
    row = queued(now, Recipient("email", "lan@nha.example\nBcc: ai@do.example"))

    assert tasks.send_due(now) == Counter(failed=1)
    assert mailbox.mails == []
    assert reload(row).state == State.FAILED


def test_a_notice_without_words_is_listed_and_stops_no_other(
    mailbox: Mailbox, now: datetime
) -> None:
    odd = commands.queue(
        "tests/unwritten",
        to=commands.Recipient("email", "a@b.example"),
        about=None,
        context={},
        at=now,
    )
    queued(now)

    assert tasks.send_due(now) == Counter(sent=1, failed=1)
    assert reload(odd).error.startswith("no template tests/unwritten.email.vi.txt")
    assert len(mailbox.mails) == 1


def test_a_text_message_goes_without_accents_in_one_segment(
    gateway: Gateway, now: datetime
) -> None:
    row = queued(now, PHONE)

    assert tasks.send_due(now) == Counter(sent=1)

    (message,) = gateway.messages
    assert message["text"] == (
        "UBND xa Cam Lac: Kien nghi 2611 4470 8163 da giai quyet, VB 125/UBND-KT. "
        "Ong/Ba dong y chua? Goi 0239000000 hoac gap Truong ban Mat tran thon."
    )
    assert (message["to"], message["channel"]) == ("0900000000", "sms")
    assert gateway.keys == [str(row.pk)]
    assert gateway.tokens == ["Bearer token"]


def test_a_zalo_message_keeps_its_accents(gateway: Gateway, now: datetime) -> None:
    queued(now, Recipient("zalo", "123456"))

    tasks.send_due(now)

    assert "đã giải quyết" in gateway.messages[0]["text"]


def test_where_the_gateway_knows_zalo_a_telephone_is_reached_by_zalo(
    gateway: Gateway, settings: Settings, now: datetime
) -> None:
    settings.GATEWAY_ZALO = True
    row = queued(now, PHONE)

    assert tasks.send_due(now) == Counter(sent=1)

    (message,) = gateway.messages
    assert message["channel"] == "zalo"
    assert "đã giải quyết" in message["text"]
    assert reload(row).state == State.SENT


def test_a_number_without_zalo_gets_the_sms_at_once_under_a_key_of_its_own(
    gateway: Gateway, settings: Settings, now: datetime
) -> None:
    settings.GATEWAY_ZALO, gateway.refuses = True, frozenset({"zalo"})
    row = queued(now, PHONE)

    assert tasks.send_due(now) == Counter(sent=1)

    assert [message["channel"] for message in gateway.messages] == ["zalo", "sms"]
    assert gateway.keys == [f"{row.pk}-zalo", str(row.pk)]
    assert "da giai quyet" in gateway.messages[1]["text"]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (202, State.SENT),
        (302, State.FAILED),
        (400, State.FAILED),
        (429, State.QUEUED),
        (500, State.UNCERTAIN),
        (503, State.QUEUED),
    ],
)
def test_the_gateways_answer_decides(
    status: int, state: State, gateway: Gateway, now: datetime
) -> None:
    gateway.status = status
    row = queued(now, PHONE)

    tasks.send_due(now)

    assert reload(row).state == state
    assert len(gateway.messages) == 1


def test_a_gateway_that_takes_a_message_and_says_nothing_leaves_it_uncertain(
    gateway: Gateway, now: datetime
) -> None:
    gateway.silent = True
    row = queued(now, PHONE)

    tasks.send_due(now)
    tasks.send_due(now + timedelta(days=1))

    assert reload(row).state == State.UNCERTAIN
    assert len(gateway.messages) == 1


def test_a_gateway_that_cannot_be_reached_has_taken_nothing(
    settings: Settings, now: datetime
) -> None:
    settings.GATEWAY_URL = f"http://127.0.0.1:{free_port()}/"
    row = queued(now, PHONE)

    assert tasks.send_due(now) == Counter(retry=1)
    assert reload(row).state == State.QUEUED


def test_a_digest_is_one_mail_for_one_official(mailbox: Mailbox, now: datetime) -> None:
    hoa = Recipient("email", "hoa@xa.example")
    minh = Recipient("email", "minh@xa.example")
    notices = [
        Notice(template="tests/answered", to=to, about=ABOUT, context=CONTEXT, digest=True)
        for to in (hoa, hoa, minh)
    ]
    rows = commands.queue_all(notices, at=now)

    assert tasks.send_due(now) == Counter()
    assert tasks.digest_due(now) == 2
    assert tasks.digest_due(now) == 0
    assert tasks.send_due(now) == Counter(sent=2)

    mails = {mail["To"]: mail for mail in mailbox.mails}
    assert set(mails) == {"hoa@xa.example", "minh@xa.example"}
    assert mails["hoa@xa.example"]["Subject"].strip() == "Việc cần xử lý hôm nay: 2 thông báo"
    said = mails["hoa@xa.example"].get_content()
    assert said.count("- Kiến nghị 2611 4470 8163 đã có kết quả") == 2
    assert {reload(row).state for row in rows} == {State.MERGED}
    assert Outbox.objects.filter(state=State.SENT).count() == 2


def test_an_official_gets_one_mail_of_the_day_and_the_rest_the_next_day(now: datetime) -> None:
    one = Notice(
        template="tests/answered", to=Recipient("email", "hoa@xa.example"), about=ABOUT,
        context=CONTEXT, digest=True,
    )  # fmt: skip
    commands.queue_all([one], at=now)
    assert tasks.digest_due(now) == 1
    later = now + timedelta(minutes=15)
    commands.queue_all([one], at=later)
    assert tasks.digest_due(later) == 0
    assert tasks.digest_due(later + timedelta(days=1)) == 1


def test_nothing_to_gather_is_no_mail(now: datetime) -> None:
    assert commands.merge_digest("hoa@xa.example", at=now) is None


def test_what_was_emptied_after_it_was_gathered_is_not_told_and_an_empty_digest_not_sent(
    mailbox: Mailbox, now: datetime
) -> None:
    hoa, minh = (Recipient("email", f"{who}@xa.example") for who in ("hoa", "minh"))
    told = [
        Notice(template="tests/answered", to=to, about=ABOUT, context=CONTEXT, digest=True)
        for to in (hoa, hoa, minh)
    ]
    first, _other, alone = commands.queue_all(told, at=now)
    assert tasks.digest_due(now) == 2
    Outbox.objects.filter(pk__in=[first.pk, alone.pk]).update(context={}, address="")

    assert tasks.send_due(now) == Counter(sent=1, failed=1)

    (mail,) = mailbox.mails
    assert mail["To"] == "hoa@xa.example"
    assert mail["Subject"].strip() == "Việc cần xử lý hôm nay: 1 thông báo"
    assert mail.get_content().count("- Kiến nghị") == 1
