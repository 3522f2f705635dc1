"""The table of rights beside the file of roles: shown, given, taken, each change entered."""

from datetime import datetime
from pathlib import Path

import pytest

from doithoai.accounts import command_line
from doithoai.accounts.actors import Clock
from doithoai.accounts.commands import differences, write_roles
from doithoai.accounts.models import Right
from doithoai.core.errors import Denied
from doithoai.ledger.models import Entry
from tests.conftest import become

pytestmark = pytest.mark.django_db
ROLES = """
[[role]]
name = "read_only"
vi = "Chỉ xem"
en = "Read only"
sees = "place"
acts = ["cases.read", "dialogues.read", "supervision.read"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in which this role may supervise and read no report."""
    found = tmp_path / "roles.toml"
    found.write_text(ROLES, encoding="utf-8")
    return found


def acts() -> set[str]:
    return set(Right.objects.filter(role="read_only").values_list("act", flat=True))


def test_differences_are_shown_and_nothing_is_written(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = acts()
    assert command_line.main(["roles", str(path)]) == 0
    said = capsys.readouterr().out
    assert "+ read_only supervision.read" in said
    assert "- read_only reports.read" in said
    assert acts() == before


def test_what_the_file_names_is_given_once_and_entered(path: Path, now: datetime) -> None:
    [given] = write_roles(path, by=Clock("console"), at=now)
    assert (given.act, given.in_file) == ("supervision.read", True)
    assert {"supervision.read", "reports.read"} <= acts()
    assert Entry.objects.get(kind="accounts.right_given").data == {
        "role": "read_only",
        "act": "supervision.read",
    }
    assert write_roles(path, by=Clock("console"), at=now) == []


def test_what_it_does_not_name_is_taken_only_when_asked_for(path: Path, now: datetime) -> None:
    write_roles(path, exact=True, by=Clock("console"), at=now)
    assert acts() == {"cases.read", "dialogues.read", "supervision.read"}
    assert Entry.objects.filter(kind="accounts.right_taken").count() == 1
    assert differences(path) == []


def test_only_the_administrator_of_the_installation_changes_rights(
    path: Path, now: datetime
) -> None:
    with pytest.raises(Denied):
        write_roles(path, by=become("minh"), at=now)
