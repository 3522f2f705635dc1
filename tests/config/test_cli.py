"""The command line: help for every command, one sentence and exit code 2 for a refusal."""

import json
from pathlib import Path

import pytest

from doithoai.config import cli
from doithoai.config.cli import COMMANDS, main
from doithoai.config.console import language_of

OWN = ["serve", "work", "demo", "law", "backup", "restore", "upgrade", "doctor", "database"]


@pytest.fixture(autouse=True)
def _named_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database is named, so that no command starts the embedded one."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://doithoai_app@/doithoai")
    monkeypatch.setenv("DOITHOAI_LANGUAGE", "en")
    monkeypatch.setenv("LANGUAGE", "en")  # the command line writes it; put back afterwards


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0

    listed = capsys.readouterr().out
    assert all(f"\n  {name} " in listed for name in COMMANDS)


def test_no_command_is_a_refusal_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage: doithoai [--language vi|en] COMMAND" in capsys.readouterr().out


@pytest.mark.parametrize("name", OWN)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = main([name, "--help"])
    except SystemExit as ended:  # argparse leaves this way
        code = ended.code

    assert code == 0
    assert f"usage: doithoai {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_found(name: str) -> None:
    assert callable(COMMANDS[name].function())


def test_an_unknown_command_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dance"]) == 2

    said = capsys.readouterr().err
    assert said == "doithoai: There is no command dance; `doithoai --help` lists them.\n"


def test_production_never_starts_the_embedded_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("DOITHOAI_PRODUCTION", "yes")

    assert main(["doctor"]) == 2
    assert "demo and development only" in capsys.readouterr().err


def test_a_missing_setting_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_ADMIN_URL", raising=False)

    assert main(["database", "prepare"]) == 2
    assert capsys.readouterr().err.startswith("doithoai: Set DATABASE_ADMIN_URL")


def test_a_database_that_does_not_answer_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", f"postgresql://doithoai_owner@/x?host={tmp_path}")

    assert main(["backup", str(tmp_path / "a.tar")]) == 2

    said = capsys.readouterr().err
    assert said.startswith("doithoai: ")
    assert said.count("\n") == 1


def test_an_odd_port_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOITHOAI_PORT", "eighty")

    with pytest.raises(SystemExit) as ended:
        main(["serve"])

    assert ended.value.code == 2
    assert "invalid int value: 'eighty'" in capsys.readouterr().err


def test_a_missing_archive_is_one_sentence_and_json_for_machines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["restore", "/nowhere/x.tar", "--check", "--json"]) == 2

    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert json.loads(said.out)["error"]


def test_the_rulebooks_are_checked_without_a_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "check"]) == 0
    assert "sound" in capsys.readouterr().out


def test_a_due_date_is_json_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["law", "due", "vn.recommendation.answer", "--on", "2026-07-15", "--json"]

    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-08-05"


def test_an_unknown_rule_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "due", "vn.nothing.at_all", "--on", "2026-07-15"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_commands_stand_where_the_command_line_looks() -> None:
    assert {c.needs for c in cli.COMMANDS.values()} == {"nothing", "django", "database"}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8", "DOITHOAI_LANGUAGE": "vi"}, "vi"),
        ({"LANG": "fr_FR.UTF-8"}, "vi"),
    ],
)
def test_the_command_line_speaks_vietnamese_unless_told_otherwise(
    environment: dict[str, str], language: str
) -> None:
    assert language_of(environment) == language


@pytest.mark.parametrize("name", ["demo", "backup", "restore", "upgrade", "doctor", "users"])
def test_the_help_of_an_operators_command_is_whole_in_vietnamese(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--language", "vi", name, "--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"cách dùng: doithoai {name}" in said
    assert "show this help" not in said
    with pytest.raises(SystemExit):
        main(["--language=en", name, "--help"])
    english = capsys.readouterr().out
    words_of_commands = {"", "  {import,roles}", "  {import}"}
    assert not (set(said.splitlines()) & set(english.splitlines())) - words_of_commands


def test_every_line_of_the_list_of_commands_is_in_vietnamese(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--language", "vi", "--help"]) == 0
    said = capsys.readouterr().out
    assert not [c.summary for c in COMMANDS.values() if c.summary in said]


def test_a_language_nobody_wrote_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "fr", "doctor"]) == 2
    assert "vi | en" in capsys.readouterr().err
