"""Keeping files, and recording what was signed elsewhere."""

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from doithoai.core.errors import Invalid, NotFound, WrongState
from doithoai.files import commands, queries
from doithoai.files.models import Attachment, Document, Stored
from doithoai.files.storing import path_of
from doithoai.ledger.models import Entry
from tests.files import making

pytestmark = pytest.mark.django_db

ABOUT = UUID(int=42)
BY = making.Somebody()
PAPER = commands.Paper(kind="answer", layout="state", body=making.BODY)
DAY = date(2026, 8, 12)


def _keep(data: bytes, now: datetime, *, name: str = "hinh.jpg") -> Attachment:
    upload = making.upload(data, name)
    return commands.keep(upload, about=ABOUT, purpose="evidence", by=BY, at=now)


def test_a_kept_file_lies_under_its_digest_and_is_entered(now: datetime) -> None:
    kept = _keep(making.photo(), now, name="cầu hỏng.JPG")

    data = queries.content(kept.stored)
    assert sha256(data).hexdigest() == kept.stored.sha256
    assert kept.title == "cầu hỏng"
    assert (kept.added_by, kept.added_post, kept.public) == (making.USER, making.POST, False)
    entry = Entry.objects.get(kind="files.kept")
    assert (entry.matter, entry.data["attachment"]) == (ABOUT, str(kept.pk))
    assert len(entry.content) == 1
    assert "cầu" not in str(entry.data)


def test_the_same_bytes_are_stored_once(now: datetime) -> None:
    first, second = _keep(making.photo(), now), _keep(making.photo(), now)

    assert first.pk != second.pk
    assert first.stored_id == second.stored_id
    assert Stored.objects.count() == 1


def test_a_file_for_several_matters_is_stored_once_and_entered_for_each(now: datetime) -> None:
    abouts = [UUID(int=1), UUID(int=2)]
    made = commands.keep_for(
        making.upload(making.photo(), "cot-dien.jpg"), abouts=abouts, purpose="evidence",
        by=BY, at=now,
    )  # fmt: skip
    assert [each.about for each in made] == abouts
    assert Stored.objects.count() == 1
    for each in made:
        assert Entry.objects.get(matter=each.about, kind="files.kept").data["attachment"] == str(
            each.pk
        )
    with pytest.raises(Invalid):
        commands.keep_for(
            making.upload(making.photo(), "a.jpg"), abouts=abouts, purpose="x", by=BY, at=now
        )


def test_half_a_file_left_by_a_crash_is_written_again(now: datetime) -> None:
    stored = _keep(making.photo(), now).stored
    name = path_of(stored.sha256, stored.extension)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"half"))

    _keep(making.photo(), now)

    assert sha256(queries.content(stored)).hexdigest() == stored.sha256


def test_bytes_in_an_object_store_are_kept_too(now: datetime, settings: Settings) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}

    stored = _keep(making.photo(), now).stored

    assert sha256(queries.content(stored)).hexdigest() == stored.sha256


def test_a_lost_file_is_named_for_the_doctor(now: datetime) -> None:
    stored = _keep(making.photo(), now).stored
    assert queries.missing() == []

    Path(default_storage.path(path_of(stored.sha256, "jpg"))).unlink()

    assert queries.missing() == [stored.sha256]


@pytest.mark.parametrize("limit", [1000, 10])
def test_a_file_over_the_limit_is_refused_with_the_limit(
    limit: int, now: datetime, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT = limit

    with pytest.raises(Invalid, match="larger than"):
        _keep(b"chu " * 1000, now)
    assert not Attachment.objects.exists()


def test_an_empty_file_is_refused(now: datetime) -> None:
    with pytest.raises(Invalid, match="empty"):
        _keep(b"", now)


def test_a_purpose_not_known_is_refused(now: datetime) -> None:
    with pytest.raises(Invalid, match="what the file is for"):
        commands.keep(making.upload(b"chu"), about=ABOUT, purpose="x", by=BY, at=now)


def test_a_picture_of_tomorrow_is_refused(now: datetime) -> None:
    upload = making.upload(making.photo())
    tomorrow = date(2026, 8, 13)

    with pytest.raises(Invalid, match="future"):
        commands.keep(upload, about=ABOUT, purpose="evidence", by=BY, at=now, taken_on=tomorrow)


def test_a_file_without_a_name_gets_one(now: datetime) -> None:
    upload = making.upload(b"van ban")
    upload.name = None

    kept = commands.keep(upload, about=ABOUT, purpose="other", by=BY, at=now)

    assert kept.title == "File"


def test_publishing_and_withholding_are_entered_once(now: datetime) -> None:
    kept = _keep(making.photo(), now)

    assert commands.publish(kept.pk, by=BY, at=now).public
    assert commands.publish(kept.pk, by=BY, at=now).public
    assert queries.attachments(ABOUT, public_only=True) == [kept]
    assert not commands.withhold(kept.pk, by=BY, at=now).public
    assert queries.attachments(ABOUT, public_only=True) == []
    assert Entry.objects.filter(kind="files.published").count() == 1
    assert Entry.objects.filter(kind="files.withheld").count() == 1


def test_publishing_what_is_not_there_is_not_found(now: datetime) -> None:
    with pytest.raises(NotFound):
        commands.publish(UUID(int=1), by=BY, at=now)


def test_a_file_of_another_matter_is_not_found(now: datetime) -> None:
    kept = _keep(making.photo(), now)

    assert queries.attachment(kept.pk, about=ABOUT) == kept
    with pytest.raises(NotFound):
        queries.attachment(kept.pk, about=UUID(int=43))


def _drafted(now: datetime, draft: bytes | None = None) -> Document:
    return commands.keep_draft(PAPER, about=ABOUT, draft=draft, by=BY, at=now)


def test_a_draft_is_kept_as_it_was_made(now: datetime) -> None:
    draft = making.word()

    document = _drafted(now, draft)

    assert document.draft is not None
    assert queries.content(document.draft) == draft
    assert document.draft.extension == "docx"
    assert Entry.objects.get(kind="files.drafted").data["kind"] == "answer"
    assert queries.documents(ABOUT) == [document]


def test_a_signed_paper_is_recorded_with_number_date_and_untouched_file(now: datetime) -> None:
    document = _drafted(now)
    signed = making.pdf(signed=True)

    recorded = commands.record_signed(
        document.pk,
        number=" 125/UBND-KT ",
        signed_on=DAY,
        upload=making.upload(signed),
        by=BY,
        at=now,
    )

    assert (recorded.number, recorded.signed_on) == ("125/UBND-KT", DAY)
    assert recorded.signed_file is not None
    assert queries.content(recorded.signed_file) == signed
    facts = Entry.objects.get(kind="files.signed_recorded").data
    assert (facts["number"], facts["signed_on"]) == ("125/UBND-KT", "2026-08-12")
    assert facts["sha256"] == sha256(signed).hexdigest()


def test_a_number_without_its_file_can_be_recorded_from_an_old_list(now: datetime) -> None:
    document = _drafted(now)

    commands.record_signed(
        document.pk, number="12-TB/ĐU", signed_on=DAY, upload=None, by=BY, at=now
    )

    found = queries.document(document.pk, about=ABOUT)
    assert (found.number, found.signed_file) == ("12-TB/ĐU", None)


def test_a_number_is_not_recorded_twice(now: datetime) -> None:
    document = _drafted(now)
    commands.record_signed(document.pk, number="1", signed_on=DAY, upload=None, by=BY, at=now)

    with pytest.raises(WrongState):
        commands.record_signed(document.pk, number="2", signed_on=DAY, upload=None, by=BY, at=now)


@pytest.mark.parametrize(
    ("number", "signed_on", "sentence"),
    [
        ("  ", DAY, "number"),
        ("9" * 61, DAY, "too long"),
        ("125/UBND", date(2026, 8, 13), "future"),
    ],
)
def test_a_number_or_day_that_cannot_be_is_refused(
    number: str, signed_on: date, sentence: str, now: datetime
) -> None:
    document = _drafted(now)

    with pytest.raises(Invalid, match=sentence):
        commands.record_signed(
            document.pk, number=number, signed_on=signed_on, upload=None, by=BY, at=now
        )


def test_today_is_the_local_day(now: datetime) -> None:
    late = now.replace(hour=18)  # 01:00 of the next day in Hà Tĩnh
    document = _drafted(late)

    recorded = commands.record_signed(
        document.pk, number="1", signed_on=date(2026, 8, 13), upload=None, by=BY, at=late
    )

    assert recorded.signed_on == date(2026, 8, 13)


def test_a_document_that_is_not_there_is_not_found(now: datetime) -> None:
    with pytest.raises(NotFound):
        queries.document(UUID(int=1), about=ABOUT)
    with pytest.raises(NotFound):
        commands.record_signed(UUID(int=1), number="1", signed_on=DAY, upload=None, by=BY, at=now)


@pytest.mark.parametrize("half", [{"number": "1"}, {"signed_on": DAY}])
def test_the_database_refuses_a_number_without_its_date(
    half: dict[str, object], now: datetime
) -> None:
    document = _drafted(now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**half)


def test_a_citizen_without_a_post_may_hand_over_a_file(now: datetime) -> None:
    citizen = replace(BY, kind="citizen", post=None, body=None)

    kept = commands.keep(
        making.upload(making.photo()), about=ABOUT, purpose="other", by=citizen, at=now
    )

    assert kept.added_post is None
