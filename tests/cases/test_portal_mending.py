"""What a citizen's form says when something is missing, and where it says it."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from doithoai.cases.portal_forms import (
    Following,
    NotWithdrawn,
    Replying,
    SayingWord,
    Submitting,
    Withdrawing,
)
from tests.cases.reaching import committee

DJANGOS = ("Trường này là bắt buộc", "Tập tin được gửi là rỗng", "Nhập một", "Hãy nhập", "Chọn một")


def errors(form: object) -> str:
    return str(getattr(form, "errors"))  # noqa: B009 - whichever form it is


@pytest.mark.parametrize(
    "form",
    [
        lambda: Submitting(
            {"kind": "x", "phone": "abcdefgh", "email": "lan@", "place": "y", "drawn": "a" * 32},
            villages=(),
        ),
        lambda: Following({}),
        lambda: SayingWord({}, words=("agreed",)),
        lambda: SayingWord({"word": "x"}, words=("agreed",)),
        lambda: Replying({}),
        lambda: Withdrawing({}),
        lambda: NotWithdrawn({}),
    ],
)
def test_every_field_says_in_our_words_what_to_do(form: object) -> None:
    assert callable(form)
    with translation.override("vi"):
        said = errors(form())
    assert "Vui lòng" in said or "Hãy viết" in said
    assert not any(words in said for words in DJANGOS), said


def test_an_empty_file_is_said_beside_the_files() -> None:
    files = {"pictures": SimpleUploadedFile("anh.jpg", b"")}
    with translation.override("vi"):
        form = Replying({"text": "Đây"}, files)  # type: ignore[arg-type]  # one file by its name
        assert list(form.errors) == ["pictures"]
        assert "Tệp này không có nội dung" in errors(form)


@pytest.mark.django_db
def test_a_file_that_cannot_be_kept_is_named_beside_the_files_and_the_summary_leads_there() -> None:
    place = committee().place
    assert place is not None
    given = {"text": "Kênh Đồng Lều bị bồi lắng", "kind": "recommendation", "drawn": "a" * 32,
             "pictures": SimpleUploadedFile("virus.exe", b"MZ\x90\x00" * 40)}  # fmt: skip
    client = Client(headers={"accept-language": "vi"})
    shown = unescape(client.post(f"/submit/{place.pk}", given).content.decode())
    assert 'href="#id_pictures"' in shown
    assert "virus.exe: " in shown
    assert "Kênh Đồng Lều bị bồi lắng" in shown
