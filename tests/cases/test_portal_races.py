"""A double click that arrives twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from django.db import connections, transaction

from doithoai.accounts.actors import Citizen, Clock
from doithoai.cases.commands.intake import Statement, Taken
from doithoai.cases.commands.lodging import lodge
from doithoai.cases.commands.messaging import hear_message
from doithoai.cases.models import Case, PersonsWord
from doithoai.cases.workflow import State
from doithoai.notices.commands import Arrived, claim, mark_sent
from doithoai.notices.models import Incoming
from doithoai.units.models import Body
from tests.cases.reaching import reach

SENDERS = 4


def test_the_same_form_sent_at_once_makes_one_case_and_one_slip(
    committed_db: str, now: datetime
) -> None:
    committee = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    said = Statement(text="Cầu dân sinh bị nứt.", channel="web", occasion="web", drawn="d" * 32)
    ready = Barrier(SENDERS)

    def send(_number: int) -> Taken:
        ready.wait(timeout=30)
        try:
            return lodge(said, [], to=committee, by=Citizen(), at=now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SENDERS) as senders:
        taken = list(senders.map(send, range(SENDERS)))
    slips = {t.receipt.code + t.receipt.secret for t in taken if t.receipt}
    with transaction.atomic():
        assert Case.objects.filter(text=said.text).count() == 1
    assert len(slips) == 1
    assert sum(not t.again for t in taken) == 1


def test_a_message_the_gateway_brings_twice_at_once_is_one_word(
    committed_db: str, now: datetime
) -> None:
    story = reach(State.ANSWERED)
    for row in claim(50, channels=["sms"], at=now):
        mark_sent(row.pk, at=now)
    message = Arrived("the-same", "0900000001", "2")
    ready = Barrier(SENDERS)

    def bring(_number: int) -> Incoming | None:
        ready.wait(timeout=30)
        try:
            return hear_message(message, by=Clock("sms"), at=now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SENDERS) as gateways:
        heard = list(gateways.map(bring, range(SENDERS)))
    with transaction.atomic():
        assert PersonsWord.objects.filter(case=story.case_id).count() == 1
        assert Incoming.objects.count() == 1
    assert sum(each is not None for each in heard) == 1
