"""What time tells of a sealed matter: every column of every table that is written when somebody
denounces on the web, at a counter, or an item proves a denunciation.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import psycopg
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from doithoai.accounts.actors import Citizen
from doithoai.accounts.models import User
from doithoai.cases.commands import intake, placing, sealed_intake
from doithoai.cases.commands.placing import Kind
from doithoai.cases.commands.sealed_intake import Denounced, Told
from doithoai.config import databases
from doithoai.docket import unsealing
from doithoai.docket.models import Matter
from doithoai.docket.unsealing import Person
from doithoai.ledger.models import Entry
from doithoai.notices.models import Incoming, Outbox
from doithoai.vault.models import Part
from tests.cases.reaching import committee
from tests.cases.test_portal_sms import KEY as KEY_OF_GATEWAY
from tests.cases.test_portal_sms import bring
from tests.conftest import _addresses, become

WORDS: Final = "Chủ tịch nhận tiền của tôi ngày 3/5 tại quán Sao Băng"
PERSON: Final = {"speaker": "Hoàng Sao Mai", "address": "Thôn Lạc Thọ", "phone": "0900000777"}
ABOUT: Final = {"words": "Cẩm Lạc", "who": "leads", "name": ""}
NEAR: Final = timedelta(hours=1)
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:?\d\d|Z)?")
KEY: Final = re.compile(
    r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}\b"
)
Row = tuple[str, str]  # table, row as JSON


def _rows(address: str) -> set[Row]:
    """Every row of every table, as only the server's administrator reads them."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(databases.within(_addresses()[0], str(name))) as every:
        tables = every.execute(
            "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        return {
            (table, text)
            for (table,) in tables
            for (text,) in every.execute(f"SELECT to_jsonb(t)::text FROM {table} t".encode())
        }


def _telling(row: Row, since: datetime) -> Iterator[tuple[str, str]]:
    """The columns of a row that hold a moment or a key made within the hour, or a number that puts
    it between others of its table.
    """
    table, text = row
    for column, value in json.loads(text).items():
        if column == "id" and isinstance(value, int) and value > 0:
            yield table, column
        said = json.dumps(value)
        if any(_recent(found, since) for found in MOMENT.findall(said)) or any(
            _made(found) >= since for found in KEY.findall(said)
        ):
            yield table, column


def _recent(text: str, since: datetime) -> bool:
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    midnight = timezone.localtime(moment).time().isoformat() == "00:00:00"
    return not midnight and since - NEAR < moment < timezone.now() + NEAR


def _made(key: str) -> datetime:
    return datetime.fromtimestamp((UUID(key).int >> 80) / 1000, tz=UTC)


def _traces(address: str, act: Callable[[], object]) -> set[tuple[str, str]]:
    """Table and column of all that tells the moment of what ``act`` wrote."""
    before, since = _rows(address), timezone.now()
    act()
    fresh = _rows(address) - before
    assert fresh, "nothing was written at all"
    return {found for row in fresh for found in _telling(row, since)}


def _on_the_web() -> None:
    sent = {**ABOUT, **PERSON, "body": str(committee().pk), "text": WORDS}
    assert Client().post(reverse("denounce"), sent).status_code == 200
    assert Matter.objects.filter(sealed=True).count() == 1


def _at_the_counter(client: Client) -> None:
    sent = {**ABOUT, **PERSON, "body": str(committee().pk), "text": WORDS, "way": "counter"}
    assert client.post(reverse("sealed_intake"), sent).status_code == 200
    assert Matter.objects.filter(sealed=True).count() == 1


def test_nothing_tells_when_somebody_denounced_on_the_web(committed_db: str) -> None:
    assert _traces(committed_db, _on_the_web) == set()


def test_nothing_tells_when_somebody_denounced_at_a_counter(committed_db: str) -> None:
    client = Client()
    client.force_login(
        User.objects.get(username="son"), "django.contrib.auth.backends.ModelBackend"
    )
    assert _traces(committed_db, lambda: _at_the_counter(client)) == set()


def _lodged() -> tuple[Matter, Citizen]:
    told = Told(WORDS, "web", "web", Person("Hoàng Sao Mai"))
    at = timezone.now() - timedelta(days=3)
    lodged = sealed_intake.lodge(told, Denounced(committee().pk), by=Citizen(), at=at)
    return Matter.objects.get(code=lodged.code), Citizen(lodged.receipt.id)


def test_nothing_tells_when_the_person_wrote_again(committed_db: str) -> None:
    matter, me = _lodged()
    User.objects.filter(username="tinh").update(email="tinh@example.vn")

    def write() -> object:
        return sealed_intake.write_more(matter.pk, text="Có thêm giấy", by=me, at=timezone.now())

    assert _traces(committed_db, write) == set()
    assert Outbox.objects.filter(template="docket/notices/written").count() == 1


OF_OFFICIALS: Final = {
    ("docket_unsealing", "at"): "who opened it and when is exact: it is what a supervisor checks",
    ("docket_unsealing", "until"): "the same, and when it closes again",
    ("ledger_entry", "at"): "the same: an act of an official in a post, none of the person",
    ("notices_outbox", "made_at"): "a supervisor is told of the opening, in the mail of the day",
    ("notices_outbox", "next_at"): "the same",
}


def test_of_an_opening_the_moment_of_the_act_is_exact_and_no_key_tells_it(
    committed_db: str,
) -> None:
    matter, _me = _lodged()
    tinh = become("tinh")
    User.objects.filter(username="thanh").update(email="thanh@example.vn")
    found = _traces(
        committed_db,
        lambda: unsealing.unseal(matter.pk, reason="Xác minh", by=tinh, at=timezone.now()),
    )
    assert found <= set(OF_OFFICIALS)
    assert {("docket_unsealing", "at"), ("ledger_entry", "at")} <= found


OF_A_CONVERSION: Final = {
    ("ledger_entry", "at"): "the clerk's act of classifying, in their post",
    ("docket_obligation", "opened_at"): "the moment of that act, from which duties run",
    ("docket_obligation", "ended_at"): "the same, of duties that ended with it",
    ("docket_obligation", "opened_by"): "an entry made while it was an open item",
    ("docket_obligation", "ended_by"): "an entry made while it was an open item",
    ("docket_obligation", "derivation"): "the same moment, in the reason of the date",
    ("docket_obligation", "moved_at"): "the same, of duties that went one level up",
    ("docket_debtor", "id"): "the same row, of an act of an official",
    ("docket_debtor", "until"): "until when somebody owed it: lateness stays with them",
    ("docket_party", "since"): "who had it from that act on",
    ("docket_party", "until"): "who had it until that act",
}


def test_what_is_written_of_an_item_once_it_proves_a_denunciation_has_keys_that_tell_nothing(
    committed_db: str,
) -> None:
    minh = become("minh")
    said = intake.Statement(text=WORDS, channel="counter", occasion="counter", speaker="Bà M.")
    day = timezone.now() - timedelta(days=3)
    case = intake.submit(said, to=committee(), by=minh, at=day).case
    before = set(Entry.objects.values_list("pk", flat=True))
    kind = Kind("irrigation", other_procedure="denunciation", complained_of=committee().pk)

    found = _traces(
        committed_db, lambda: placing.classify(case.pk, kind, by=minh, at=timezone.now())
    )

    assert found <= set(OF_A_CONVERSION)
    fresh = Entry.objects.filter(matter=case.pk).exclude(pk__in=before)
    assert {e.pk.version for e in fresh} == {4}
    assert {timezone.localtime(e.entered_at).hour for e in fresh} == {0}


def test_nothing_tells_when_the_person_of_a_sealed_matter_sent_a_text_message(
    committed_db: str, settings: Settings
) -> None:
    told = Told(WORDS, "web", "web", Person("Hoàng Sao Mai", phone=PERSON["phone"]))
    at = timezone.now() - timedelta(days=3)
    sealed_intake.lodge(told, Denounced(committee().pk), by=Citizen(), at=at)
    settings.SMS_KEY = KEY_OF_GATEWAY

    assert _traces(committed_db, lambda: bring("Có thêm giấy", number=PERSON["phone"])) == set()
    assert bring("Có thêm giấy", number=PERSON["phone"]) == 200
    assert Incoming.objects.get().gateway_id != "m1"
    assert Part.objects.using("unseal").filter(name="message").count() == 1


def test_nothing_tells_when_a_text_message_denounced_somebody(
    committed_db: str, settings: Settings
) -> None:
    settings.SMS_KEY = KEY_OF_GATEWAY
    assert _traces(committed_db, lambda: bring(f"Tố cáo: {WORDS}", number=PERSON["phone"])) == set()
    assert Matter.objects.filter(sealed=True).count() == 1
