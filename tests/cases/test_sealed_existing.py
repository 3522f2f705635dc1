"""An ordinary item that proves a denunciation: what was said leaves the readable rows at once."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from doithoai.cases.commands import answering, intake, placing
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case, Note, Submission
from doithoai.docket import unsealing
from doithoai.docket.models import Excluded, Matter, Words
from doithoai.files import commands as files
from doithoai.files.models import Attachment, Stored
from doithoai.files.storing import path_of
from doithoai.notices.models import Outbox
from doithoai.vault.reading import holds
from tests.cases.reaching import TEXT, Story, begin, committee
from tests.conftest import become

DENUNCIATION = Kind("irrigation", other_procedure="denunciation")
COMPLAINT = Kind("irrigation", other_procedure="complaint")


def _sealed(kind: Kind = DENUNCIATION) -> Story:
    story = begin()
    minh = story.who("minh")
    paper = SimpleUploadedFile("don.txt", "Kênh bị lấp, có người nhận tiền".encode())
    files.keep(paper, about=story.case_id, purpose="other", by=minh, at=story.later())
    answering.note(story.case_id, text="Bà L. gọi lại", by=minh, at=story.later())
    placing.classify(story.case_id, kind, by=minh, at=story.later())
    return story


@pytest.mark.django_db
def test_rows_files_notes_and_words_say_nothing_any_more(
    django_capture_on_commit_callbacks: object,
) -> None:
    story = begin()
    minh = story.who("minh")
    paper = SimpleUploadedFile("don.txt", b"Kenh bi lap")
    kept = files.keep(paper, about=story.case_id, purpose="other", by=minh, at=story.later())
    name = path_of(kept.stored_id, "txt")
    answering.note(story.case_id, text="Bà L. gọi lại", by=minh, at=story.later())
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        placing.classify(story.case_id, DENUNCIATION, by=minh, at=story.later())
    case, said = story.case, Submission.objects.get(pk=story.submission)
    assert (case.text, case.matter.title) == ("", "Hồ sơ được niêm phong")
    assert (said.text, said.speaker, said.phone, said.place_id) == ("", "", "", None)
    assert set(Note.objects.filter(case=case).values_list("text", flat=True)) == {""}
    assert not Words.objects.filter(matter=case.pk).exists()
    assert not Attachment.objects.filter(about=case.pk).exists()
    assert not Stored.objects.filter(pk=kept.stored_id).exists()
    assert not default_storage.exists(name)


@pytest.mark.django_db
def test_a_file_that_another_item_keeps_too_stays_there() -> None:
    story, other = begin(), begin()
    minh = story.who("minh")
    for case in (story.case_id, other.case_id):
        paper = SimpleUploadedFile("don.txt", b"Kenh bi lap")
        files.keep(paper, about=case, purpose="other", by=minh, at=story.later())
    placing.classify(story.case_id, DENUNCIATION, by=minh, at=story.later())
    assert Attachment.objects.get(about=other.case_id).stored.size == 11


def test_the_head_who_settles_it_reads_all_of_it_with_a_reason(committed_db: str) -> None:
    story = _sealed()
    chi, now = become("chi"), timezone.now()
    unsealing.unseal(story.case_id, reason="Xác minh", identity=True, by=chi, at=now)
    shown = unsealing.contents(story.case.matter, chi, at=now)
    assert shown is not None
    assert {t.text for t in shown.texts} >= {TEXT, "Bà L. gọi lại"}
    assert [(p.name, p.phone) for p in shown.persons] == [("Bà L.", "0900000001")]
    assert [f.extension for f in shown.files] == ["txt"]


def test_each_sibling_keeps_the_statement_they_share(committed_db: str) -> None:
    story = begin()
    minh = story.who("minh")
    (made,) = intake.fan_out(story.case_id, texts=["Đường hỏng"], by=minh, at=story.later())
    placing.classify(story.case_id, DENUNCIATION, by=minh, at=story.later())
    chi, now = become("chi"), timezone.now()
    for case in (story.case_id, made.pk):
        assert Case.objects.get(pk=case).text == ""
        unsealing.unseal(case, reason="Xác minh", identity=True, by=chi, at=now)
        shown = unsealing.contents(Matter.objects.get(pk=case), chi, at=now)
        assert shown is not None
        assert TEXT in {t.text for t in shown.texts}
        assert [p.name for p in shown.persons] == ["Bà L."]


@pytest.mark.django_db
def test_nothing_is_sent_to_an_address_that_was_sealed() -> None:
    story = _sealed()
    before = Outbox.objects.count()
    placing.guide(story.case_id, letter="Gửi đơn tố cáo", by=story.who("minh"), at=story.later())
    assert Outbox.objects.count() == before
    rows = Outbox.objects.filter(about=story.case_id)
    assert not rows.exclude(address="", context={}).exists()


@pytest.mark.django_db
def test_another_procedure_is_kept_private_and_stays_readable_for_who_settles_it() -> None:
    story = _sealed(COMPLAINT)
    assert story.case.text == TEXT
    assert story.case.matter.sealed
    assert not holds(story.case_id)


@pytest.mark.django_db
def test_who_is_shut_out_is_written_with_cause_and_day() -> None:
    story = begin()
    kind = Kind("irrigation", other_procedure="denunciation", complained_of=committee().pk)
    placing.classify(story.case_id, kind, by=story.who("minh"), at=story.later())
    rows = Excluded.objects.filter(matter=story.case_id)
    assert {r.reason for r in rows} == {"respondent_body", "respondent_user"}
    assert all(r.since > timezone.now().date() - timedelta(days=40) for r in rows)
