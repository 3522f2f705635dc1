"""The ledger is whole, or it is said which entry is not: `doithoai verify`."""

import json

import pytest

from doithoai.config import verifying
from doithoai.ledger.commands import number_entries
from doithoai.ledger.models import Entry
from tests.cases.reaching import begin

pytestmark = pytest.mark.django_db


def test_a_ledger_nobody_touched_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    begin()
    number_entries()
    assert verifying.main(["--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["whole"] is True
    assert told["entries"] == Entry.objects.count()
    assert (told["changed"], told["unproved"], told["missing"], told["waiting"]) == ([], [], [], 0)


def test_entries_without_a_number_yet_are_counted_and_nothing_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin()
    assert verifying.main(["--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["waiting"], told["whole"]) == (Entry.objects.count(), True)
