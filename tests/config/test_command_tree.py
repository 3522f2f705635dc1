"""Every command and every act of it, found by walking `--help`: each has help and JSON."""

import re
from collections.abc import Iterator

import pytest

from doithoai.config.cli import COMMANDS, main

DJANGOS = {"manage"}  # Django's own commands answer for themselves
ACTS = re.compile(r"\{([a-z,_]+)\}")
CHOICES_OF_OPTIONS = re.compile(r"\[--[a-z-]+ \{[a-z,_]+\}\]")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://doithoai_app@/doithoai")
    monkeypatch.setenv("DOITHOAI_LANGUAGE", "en")
    monkeypatch.setenv("LANGUAGE", "en")


def help_of(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*path, "--help"])
    assert ended.value.code == 0, path
    return capsys.readouterr().out


def below(path: tuple[str, ...], shown: str) -> Iterator[tuple[str, ...]]:
    """The acts its usage names, but not the choices of its options."""
    usage = CHOICES_OF_OPTIONS.sub("", " ".join(shown.partition("\n\n")[0].split()))
    named = {act for acts in ACTS.findall(usage) for act in acts.split(",")}
    yield from ((*path, act) for act in sorted(named - set(path)))


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - DJANGOS))
def test_every_command_and_every_act_has_help_and_json(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting, leaves = [(name,)], 0
    while waiting:
        path = waiting.pop()
        shown = help_of(path, capsys)
        acts = [] if len(path) > 1 else list(below(path, shown))
        waiting += acts
        if acts and "--json" not in shown:
            continue  # the options are those of its acts
        leaves += 1
        assert "--json" in shown, path
        assert f"usage: doithoai {name}" in shown, path
    assert leaves


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("law", {"check", "due"}), ("docket", {"move", "rederive"}), ("users", {"import", "roles"}),
        ("docs", {"write", "check"}), ("translations", {"check", "extract", "compile"}),
    ],
)  # fmt: skip
def test_the_walk_finds_the_acts(
    name: str, acts: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert {path[1] for path in below((name,), help_of((name,), capsys))} == acts


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - DJANGOS))
def test_every_command_says_what_it_does_in_vietnamese(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    english = help_of((name,), capsys)
    with pytest.raises(SystemExit):
        main(["--language", "vi", name, "--help"])
    vietnamese = capsys.readouterr().out
    sentences = {line for line in english.splitlines() if line.rstrip().endswith(".")}
    assert not sentences & set(vietnamese.splitlines())
    assert f"cách dùng: doithoai {name}" in vietnamese
