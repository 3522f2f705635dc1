"""A double click that arrives twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from django.db import connection, transaction

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands.intake import Statement, Taken
from doithoai.cases.commands.lodging import lodge
from doithoai.cases.models import Case
from doithoai.units.models import Body

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
            connection.close()

    with ThreadPoolExecutor(SENDERS) as senders:
        taken = list(senders.map(send, range(SENDERS)))
    slips = {t.receipt.code + t.receipt.secret for t in taken if t.receipt}
    with transaction.atomic():
        assert Case.objects.filter(text=said.text).count() == 1
    assert len(slips) == 1
    assert sum(not t.again for t in taken) == 1
