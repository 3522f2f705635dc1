"""A name and a sentence planted through every way in are found by the unseal command, and
nowhere else: pages, mails, logs, exports, search words, jobs, ledger, dump, files.
"""

import base64
import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from difflib import unified_diff
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from docx import Document as Word
from PIL import Image
from pytest_django.fixtures import Settings

from doithoai.accounts.actors import Citizen
from doithoai.accounts.models import User
from doithoai.cases.commands import answering, intake, placing, sealed_intake
from doithoai.cases.commands.placing import Kind
from doithoai.cases.commands.publishing import Public, publish
from doithoai.cases.commands.sealed_intake import Denounced, Lodged, Told
from doithoai.cases.models import Case, Note
from doithoai.cases.searching import similar
from doithoai.config import databases, jobs
from doithoai.config.backups import _run
from doithoai.core.collation import folded
from doithoai.core.errors import Invalid
from doithoai.docket import queries as docket_queries
from doithoai.docket import unsealing
from doithoai.docket.models import Link, Matter
from doithoai.docket.unsealing import Person
from doithoai.files import commands as files
from doithoai.notices.models import Outbox
from tests.cases.reaching import State, begin, committee, reach
from tests.conftest import _addresses, become
from tests.journeys.opening import words_in
from tests.journeys.test_crawl import ROLES, crawl, reader

NAME = "Hoàng Sao Băng Tuyết"
SENTENCE = "con trâu tím gặm trăng đêm mười ba"
NUMBER = "0987012399"
PERSON = Person(NAME, f"Ngõ {SENTENCE}", NUMBER, "saobang@example.vn", "042199007788")
TEXT = f"Chủ tịch nhận tiền; {SENTENCE}. Tôi là {NAME}."
PLANTED = (NAME, SENTENCE, NUMBER)


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "kept")}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


# -------------------------------------------------------------------------------- looking for it
def _forms(word: str) -> Iterator[bytes]:
    """The planted words as they may be written: any case and accents, in base64, hex, UTF-16, JSON,
    an address.
    """
    for plain in {word, folded(word), word.lower(), word.upper(),
                  unicodedata.normalize("NFD", word)}:  # fmt: skip
        raw = plain.encode()
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        yield plain.encode("utf-16-le")
        yield plain.encode("unicode_escape")
        yield quote(plain).encode()
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + raw)
            yield coded[4 if shift else 0 : len(coded) // 4 * 4 - 4]


WANTED = tuple(dict.fromkeys(form for word in PLANTED for form in _forms(word)))
_BYTES = re.compile(rb"\\x((?:[0-9a-f]{2}){8,})")


def found_in(data: bytes) -> list[bytes]:
    """The forms of the planted words these bytes hold, in the open or inside hex of a dump."""
    inside = b"\n".join(bytes.fromhex(m.decode()) for m in _BYTES.findall(data))
    return [form for form in WANTED if form in data or form in inside]


def dump(address: str, folder: Path) -> bytes:
    """The whole database as its owner reads it."""
    path, name = folder / "dump.sql", urlsplit(address).path.lstrip("/")
    major = connection.connection.info.server_version // 10000
    _run("pg_dump", major, databases.within(_addresses()[1], name), f"--file={path}")
    return path.read_bytes()


def kept_files(folder: Path) -> dict[str, bytes]:
    """Every file under the folder by its path, with the words inside what can be opened."""
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# --------------------------------------------------------------------------------- planting it
def word_file() -> SimpleUploadedFile:
    document = Word()
    document.add_paragraph(TEXT)
    document.core_properties.author = NAME
    data = io.BytesIO()
    document.save(data)
    return SimpleUploadedFile(f"don {NAME}.docx", data.getvalue())


def picture() -> SimpleUploadedFile:
    data = io.BytesIO()
    image = Image.new("RGB", (40, 30), "red")
    exif = Image.Exif()
    exif[0x013B] = NAME  # artist
    image.save(data, "JPEG", exif=exif)
    return SimpleUploadedFile(f"{NAME}.jpg", data.getvalue())


def by_portal() -> str:
    """Through the citizens' page, files beside it; the matter's number."""
    before = set(Matter.objects.values_list("code", flat=True))
    about = {"words": "Cẩm Lạc", "body": str(committee().pk), "who": "leads", "name": ""}
    told = {"text": TEXT, "speaker": NAME, "address": PERSON.address, "phone": NUMBER}
    sent = {**about, **told, "number": PERSON.number, "pictures": [word_file(), picture()]}
    answer = Client(HTTP_USER_AGENT="Mozilla/Marked", REMOTE_ADDR="203.0.113.77").post(
        "/denounce", sent
    )
    assert answer.status_code == 200, answer.content.decode()
    (code,) = set(Matter.objects.values_list("code", flat=True)) - before
    return str(code)


def by_desk(now: datetime) -> Lodged:
    """Told in person to a clerk of the province."""
    told = Told(TEXT, "counter", "counter", PERSON)
    return sealed_intake.lodge(
        told, Denounced(committee().pk), [word_file()], by=become("son"), at=now
    )


def by_conversion(now: datetime) -> str:
    """An ordinary item, with files, notes, drafts and notices, that proves a denunciation."""
    minh, said = become("minh"), intake.Statement(
        text=TEXT, channel="counter", occasion="counter", speaker=NAME, phone=NUMBER,
        address=PERSON.address, email=PERSON.email, place_text=PERSON.address,
    )  # fmt: skip
    taken = intake.submit(said, to=committee(), by=minh, at=now - timedelta(minutes=9))
    pk, at = taken.case.pk, now - timedelta(minutes=5)
    assert taken.receipt is not None
    files.keep(word_file(), about=pk, purpose="other", by=minh, at=at)
    answering.note(pk, text=f"Gọi lại cho {NAME}: {SENTENCE}", by=minh, at=at)
    intake.reissue_slip(pk, submission_id=taken.submission.pk, by=minh, at=at)
    assert Outbox.objects.filter(about=pk, address=NUMBER).exists()
    intake.fan_out(pk, texts=[f"Đường hỏng, {SENTENCE}"], by=minh, at=at)
    kind = Kind("irrigation", other_procedure="denunciation", title=f"Việc {SENTENCE}")
    placing.classify(pk, kind, by=minh, at=at)
    return taken.case.matter.code


def _plant(now: datetime) -> list[str]:
    codes = [by_portal(), by_desk(now).code, by_conversion(now)]
    tinh = become("tinh")
    matter = Matter.objects.get(code=codes[0])
    past = now - timedelta(minutes=40)
    unsealing.unseal(
        matter.pk, reason=f"Mời {NAME} làm việc về {SENTENCE}", identity=True, by=tinh, at=past
    )
    unsealing.write(matter.pk, text=f"Chào {NAME}, {SENTENCE}?", by=tinh, at=now)
    return codes


# ------------------------------------------------------------------------------------ the test
def test_the_planted_words_are_found_through_the_unseal_command_only(
    committed_db: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    now = timezone.now()
    begin()
    codes = _plant(now)
    jobs.one_round()

    for who in (None, *ROLES):
        pages = crawl(reader(who) if who else Client(), *(["/desk/start"] if who else []), "/")
        leaking = [a for a, (_s, text) in pages.items() if found_in(text.encode())]
        # The supervisor's own list shows why it was opened: that is the command's own record.
        allowed = {"/desk/sealed/opened"} if who in {"tinh", "thanh"} else set()
        assert set(leaking) <= allowed, (who, leaking)
        for code in codes:
            client = reader(who) if who else Client()
            for address in (f"/desk/cases/{code}/", f"/desk/sealed/{code}", f"/cases/{code}/"):
                assert not found_in(client.get(address).content), (who, address)
        assert not found_in(b"".join(a.encode() for a in pages)), who
    for who in ROLES:
        for word in (NAME, SENTENCE, "sao bang tuyet"):
            assert docket_queries.search(become(who), word) == (), (who, word)

    told = "\n".join(f"{m.to} {m.subject} {m.message()}" for m in mail.outbox)
    assert not found_in(told.encode())
    said = "\n".join(f"{r.getMessage()} {r.args} {r.exc_text}" for r in caplog.records)
    assert not found_in(said.encode())
    assert "203.0.113.77" not in said
    assert "Mozilla/Marked" not in said
    assert not found_in(repr(getattr(cache, "_cache", "")).encode())
    for path, data in kept_files(tmp_path / "kept").items():
        assert not found_in(path.encode() + data), path
        if path.endswith(".docx"):
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            assert not found_in(words_in(data, kind).encode()), path
    whole = dump(committed_db, tmp_path)
    assert b"docket_words" in whole
    assert not found_in(whole)
    assert b"203.0.113.77" not in whole
    assert b"Mozilla/Marked" not in whole

    for code in codes[:2]:
        _opens(Matter.objects.get(code=code), "tinh", now)
    _opens(Matter.objects.get(code=codes[2]), "chi", now)


def _opens(matter: Matter, who: str, now: datetime) -> None:
    by = become(who)
    assert unsealing.contents(matter, by, at=now) is None
    unsealing.unseal(matter.pk, reason="Xác minh", identity=True, by=by, at=now)
    shown = unsealing.contents(matter, by, at=now)
    assert shown is not None
    assert any(SENTENCE in each.text for each in shown.texts)
    assert [each.name for each in shown.persons] == [NAME]
    assert shown.files
    about, data = unsealing.file_of(matter, shown.files[0].turn, by, at=now)
    if about.extension == "docx":
        assert SENTENCE in words_in(data, about.media_type)


def test_the_search_itself_finds_a_leak_when_there_is_one(
    committed_db: str, tmp_path: Path
) -> None:
    """The looking above is worth something only if it can fail."""
    lodged, now = by_desk(timezone.now()), timezone.now()
    case = Case.objects.get(matter__code=lodged.code)
    assert not found_in(dump(committed_db, tmp_path))
    note = Note.objects.create(case=case, text=f"x {NAME}", by_id=become("tinh").post, at=now)
    assert found_in(dump(committed_db, tmp_path))
    for hidden in (
        base64.b64encode(f"ab{SENTENCE}cd".encode()).decode(), NAME.encode().hex(),
        folded(SENTENCE), NUMBER,
    ):  # fmt: skip
        Note.objects.filter(pk=note.pk).update(text=hidden)
        assert found_in(dump(committed_db, tmp_path)), hidden


# ---------------------------------------------------------- what the excluded can infer: nothing
MOVING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|name="drawn" value="[\w-]+"|"X-CSRFToken": "\w+"'
    r'|value="[0-9a-f-]{32,36}"|\d\d:\d\d(:\d\d)?|D:\d{14}\S*'
)


def _seen_by(who: str | None) -> dict[str, str]:
    cache.clear()  # public figures are a minute old at most; here they are of this moment
    client = reader(who) if who else Client()
    pages = crawl(client, *(["/desk/start"] if who else []), "/")
    pages |= {f"search {w}": (0, client.get(f"/desk/search?q={w}").content.decode())
              for w in ("niem phong", "S-", "cam lac") if who}  # fmt: skip
    # Files (sheets, PDF) carry the moment they were made; their words are compared.
    return {address: MOVING.sub("", text) for address, (_s, text) in pages.items()}


@pytest.mark.parametrize("who", ["chi", "minh", "admin", "quang", "doc", None])
def test_who_is_excluded_or_only_administers_sees_the_same_pages_before_and_after(
    committed_db: str, who: str | None
) -> None:
    begin()
    before, mails = _seen_by(who), Outbox.objects.count()
    for _each in range(3):
        by_desk(timezone.now())
    by_portal()
    after = _seen_by(who)
    assert set(after) == set(before)
    changed = {
        address: list(unified_diff(before[address].split("\n"), text.split("\n"), n=0))
        for address, text in after.items()
        if text != before[address]
    }
    assert changed == {}
    assert Outbox.objects.count() == mails


@pytest.mark.django_db
def test_ordinary_numbers_have_no_gap_where_something_sealed_came_in() -> None:
    first = begin().case.matter.code
    by_desk(timezone.now())
    by_desk(timezone.now())
    second = begin().case.matter.code
    assert int(second[-6:]) == int(first[-6:]) + 1


@pytest.mark.django_db
def test_nothing_sealed_resembles_anything() -> None:
    lodged = by_desk(timezone.now())
    ordinary = begin().case
    assert similar(ordinary, seen_by=become("tinh")) == ()
    sealed = Case.objects.get(matter__code=lodged.code)
    assert similar(sealed, seen_by=become("tinh")) == ()


# ------------------------------------------------------------------ naming the person in public
def test_a_public_text_that_names_who_denounced_is_stopped(committed_db: str) -> None:
    story = reach(State.ANSWERED)
    lodged = by_desk(timezone.now())
    sealed = Matter.objects.get(code=lodged.code)
    Link.objects.create(source=sealed, kind=Link.Kind.SPLIT_FROM, target=story.case.matter)
    minh = story.who("minh")
    for text in (f"Bà {NAME.upper()} phản ánh", f"Gọi {NUMBER}", "ba hoang sao bang tuyet noi"):
        with pytest.raises(Invalid, match="Luật Tố cáo"):
            publish(
                story.case_id, Public("Kênh", text, "Đã làm", "đồng ý"), by=minh, at=story.later()
            )
    publish(
        story.case_id, Public("Kênh", "Kênh bồi lắng", "Đã làm", "x"), by=minh, at=story.later()
    )


def test_an_unrelated_text_is_no_way_to_ask_who_denounced(committed_db: str) -> None:
    by_desk(timezone.now())
    story = reach(State.ANSWERED)
    public = Public("Kênh", f"Bà {NAME} nói", "Đã làm", "đồng ý")
    assert publish(story.case_id, public, by=story.who("minh"), at=story.later()).pk


def test_no_one_signed_in_is_behind_a_denunciation(committed_db: str) -> None:
    """An official's own browser leaves no trace of them in what they send as a citizen."""
    client = reader("hoa")
    about = {"words": "Cẩm Lạc", "body": str(committee().pk), "who": "leads"}
    client.post("/denounce", {**about, "text": TEXT})
    matter = Matter.objects.get(sealed=True)
    from doithoai.ledger.models import Entry  # noqa: PLC0415

    hoa = User.objects.get(username="hoa").pk
    assert not Entry.objects.filter(matter=matter.pk, actor=hoa).exists()
    assert Citizen().ref is None
