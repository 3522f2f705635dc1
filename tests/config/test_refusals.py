"""Whatever is given wrongly: one sentence in the operator's language, an exit code, no trace."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from doithoai.config import archives, environment
from doithoai.config.cli import main
from doithoai.config.refusals import sentence

RULE = "vn.recommendation.answer"


@pytest.fixture(autouse=True)
def _vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://doithoai_app@/doithoai")
    monkeypatch.setenv("DOITHOAI_LANGUAGE", "vi")
    monkeypatch.setenv("LANGUAGE", "vi")


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """The one line a command says when it refuses; as JSON it is the same."""
    assert main([*argv]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1, said.err
    assert "Traceback" not in said.err
    assert main([*argv, "--json"]) == 2
    told = json.loads(capsys.readouterr().out)["error"]
    assert told in said.err
    return said.err


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (("vn.khong.co", "--on", "2026-07-15"), "Không có quy tắc tên vn.khong.co"),
        ((RULE, "--on", "31/2/2026"), "31/2/2026 không phải là ngày"),
        ((RULE, "--on", "hôm qua"), "hôm qua không phải là ngày"),
        ((RULE, "--on", "2026-07-15", "--fact", "mau=do"), "Không diễn biến nào có dữ kiện"),
        ((RULE, "--on", "2026-07-15", "--fact", "remote_area"), "Dữ kiện viết theo dạng"),
        ((RULE,), "Hãy nêu bằng --on ngày bắt đầu tính"),
    ],
)  # fmt: skip
def test_a_wrong_question_to_the_law_is_answered_in_vietnamese(
    argv: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sentence in refused(capsys, "law", "due", *argv)


def test_a_rulebook_that_is_not_sound_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: object
) -> None:
    (tmp_path / "hong.toml").write_text("[[rule]]\nid = 3\n", encoding="utf-8")
    settings.RULEBOOKS = ["vn", str(tmp_path)]  # type: ignore[attr-defined]
    assert main(["law", "check", "--json"]) == 2
    assert "hong.toml" in json.loads(capsys.readouterr().out)["error"]
    assert "Bộ quy tắc không được chấp nhận" in refused(capsys, "law", "due", RULE)


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b broken"])
def test_a_broken_archive_is_refused(
    content: bytes,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archive = tmp_path / "hong.tar"
    archive.write_bytes(content)
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://doithoai_owner@/x?host=/nowhere")
    monkeypatch.setenv("DATABASE_ADMIN_URL", "postgresql://postgres@/x?host=/nowhere")
    said = refused(capsys, "restore", str(archive), "--check")
    assert "không phải là bản sao lưu hoàn chỉnh" in said


def test_an_archive_whose_manifest_is_no_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / archives.MANIFEST).write_text('{"odd": 1}')
    with pytest.raises(archives.Trouble):
        archives._read(tmp_path / "in" / archives.MANIFEST, tmp_path)


def test_a_missing_archive_and_missing_addresses_are_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.delenv("DATABASE_ADMIN_URL", raising=False)
    assert "Hãy đặt DATABASE_OWNER_URL" in refused(capsys, "backup", str(tmp_path / "a.tar"))
    owner = "postgresql://doithoai_owner:x@db.example/doithoai"
    monkeypatch.setenv("DATABASE_OWNER_URL", owner)
    assert "Hãy đặt DATABASE_ADMIN_URL" in refused(capsys, "restore", str(tmp_path / "a.tar"))


def test_a_folder_nobody_may_write_in_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://doithoai_owner@/x?host=/nowhere")
    said = refused(capsys, "backup", str(tmp_path / "file" / "a.tar"))
    assert str(tmp_path / "file") in said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "/x/y"), "không được đọc hoặc ghi /x/y"),
        (FileNotFoundError(2, "No such file", "/x/y"), "Không có tệp hoặc thư mục /x/y"),
        (IsADirectoryError(21, "Is a directory", "/x/y"), "/x/y là thư mục"),
        (OSError(28, "No space left on device", "/x/y"), "Không dùng được /x/y"),
        (OSError(28, "No space left on device"), "Hệ thống từ chối"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "odd"), "không phải văn bản UTF-8"),
    ],
)
def test_what_the_system_refuses_is_said_in_vietnamese(
    error: Exception, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--language", "vi", "--help"])
    capsys.readouterr()
    assert said in sentence(error)


@pytest.mark.parametrize("address", ["mysql://a@b/c", "postgresql://a@b:eighty/c"])
def test_a_wrong_address_of_the_database_is_said(address: str) -> None:
    with pytest.raises(environment.ImproperlyConfigured):
        environment.database(address)


def run(*argv: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "doithoai.config.cli", *argv],
        env={**os.environ, "DOITHOAI_LANGUAGE": "vi", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://doithoai_app@/x?host=/nowhere", "Cơ sở dữ liệu không trả lời"),
        ("mysql://root@/x", "DATABASE_URL phải bắt đầu bằng postgresql://"),
    ],
)
@pytest.mark.parametrize(
    "argv", [("users", "roles"), ("docket", "rederive"), ("verify",)], ids=lambda argv: argv[0]
)
def test_a_database_that_is_down_or_wrong_is_one_sentence(
    argv: tuple[str, ...], url: str, said: str
) -> None:
    done = run(*argv, "--json", DATABASE_URL=url, DATABASE_OWNER_URL=url, DATABASE_UNSEAL_URL=url)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert json.loads(done.stdout)["error"] in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"no workbook", "không phải là danh sách"),
        ("a.csv", b"\xff\xfe\x00odd", "không phải văn bản UTF-8"),
        ("a.csv", b"", "Tệp"),
        ("a.csv", b"one,two\n1,2\n", "thiếu"),
    ],
)
def test_a_wrong_list_of_people_is_refused(
    name: str, content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in refused(capsys, "users", "import", str(tmp_path / name))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "argv",
    [
        ("users", "import", "/khong/co.csv"),
        ("users", "roles", "/khong/co.toml"),
        ("import", "/khong/co.xlsx", "--dialogue", "DT26-000001"),
        ("docket", "move", "--from", "Không Có", "--to", "Không Có"),
        ("docket", "rederive", "--matter", "KN00-000000"),
    ],
    ids=lambda argv: " ".join(argv[:2]),
)
def test_what_is_not_there_is_named(
    argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, *argv).lower()
    assert "không" in said


def test_arguments_nobody_knows_are_json_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--json", "--odd"])
    assert ended.value.code == 2
    assert json.loads(capsys.readouterr().out)["error"] == "Tham số không đúng; xem --help."
