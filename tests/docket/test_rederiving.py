"""After a change of rules or of days off, due dates are derived again: said before, then done."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from doithoai.cases.workflow import State
from doithoai.config import vocabulary
from doithoai.core.errors import Denied, Invalid
from doithoai.docket import command_line, lawbook
from doithoai.docket.commands import rederive
from doithoai.docket.models import Obligation
from doithoai.law import calendars, rulebooks
from doithoai.ledger.models import Entry
from tests.cases.reaching import Story, begin, reach

pytestmark = pytest.mark.django_db
RULE = "vn.recommendation.answer"


@pytest.fixture(autouse=True)
def _law_put_back() -> Iterator[None]:
    yield
    lawbook.install(vocabulary.lawbook)


def shorter(folder: Path) -> None:
    """The province adopts ten working days instead of fifteen."""
    changed = folder / "vn"
    shutil.copytree(rulebooks.NATIONAL, changed)
    file = changed / "recommendation.toml"
    before, found, after = file.read_text(encoding="utf-8").partition(f'id = "{RULE}"\n')
    fifteen, ten = "within = { days = 15, count", "within = { days = 10, count"
    assert fifteen in after.partition("[[rule]]")[0]
    file.write_text(before + found + after.replace(fifteen, ten, 1), encoding="utf-8")
    book = rulebooks.load([changed], vocabulary.vocabulary())
    lawbook.install(lambda: (book, calendars.load()))


def debt(story: Story) -> Obligation:
    return Obligation.objects.get(matter=story.case_id, rule=RULE)


def asked(*argv: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    code = command_line.main(["rederive", *argv, "--json"])
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    assert code == 0, told
    return told


def changed_dates(story: Story) -> int:
    return Entry.objects.filter(matter=story.case_id, kind="docket.due_changed").count()


def test_while_nothing_has_changed_nothing_would(capsys: pytest.CaptureFixture[str]) -> None:
    story = reach(State.ROUTED)
    told = asked("--matter", story.case.matter.code, capsys=capsys)
    assert (told["looked_at"], told["changed"]) == (1, [])


def test_a_dry_run_says_which_dates_would_move_and_why_and_moves_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = reach(State.ROUTED)
    before = debt(story).due_on
    shorter(tmp_path)
    told = asked("--dry-run", capsys=capsys)
    (found,) = [c for c in told["changed"] if c["code"] == story.case.matter.code]  # type: ignore[attr-defined]
    (shift,) = [s for s in found["shifts"] if s["rule"] == RULE]
    assert before is not None
    assert shift["old"] == before.isoformat()
    assert shift["new"] < shift["old"]
    assert "10 ngày làm việc" in shift["why"]
    assert (debt(story).due_on, changed_dates(story)) == (before, 0)


def test_a_new_rule_moves_the_date_with_an_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = reach(State.ROUTED)
    before = debt(story).due_on
    shorter(tmp_path)
    foreseen = asked("--dry-run", capsys=capsys)
    done = asked(capsys=capsys)
    assert done == {**foreseen, "dry_run": False}
    after = debt(story).due_on
    assert before is not None
    assert after is not None
    assert after < before
    entry = Entry.objects.get(matter=story.case_id, kind="docket.due_changed")
    assert entry.data["old"] == before.isoformat()
    assert (entry.data["new"], entry.data["why"]) == (after.isoformat(), "rederive")
    assert asked(capsys=capsys)["changed"] == []


def test_a_day_off_announced_late_moves_the_date_and_is_given_as_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = begin(at=timezone.now() - timedelta(days=1))
    due = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.classify").due_on
    assert due is not None
    text = calendars.NATIONAL.read_text(encoding="utf-8")
    late = (
        f'\n[[day]]\ndate = {due.isoformat()}\nkind = "off"\nsource = "12/CĐ-UBND"\n'
        'name = { vi = "nghỉ tránh bão", en = "storm" }\n'
    )
    (tmp_path / "calendar.toml").write_text(text + late, encoding="utf-8")
    calendar, book = calendars.load(tmp_path / "calendar.toml"), lawbook.rulebook()
    lawbook.install(lambda: (book, calendar))
    command_line.main(["rederive", "--matter", story.case.matter.code])
    said = capsys.readouterr().out
    assert "Ngày nghỉ được công bố hoặc thay đổi." in said
    moved = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.classify").due_on
    assert moved is not None
    assert moved > due


def test_what_has_ended_is_not_derived_again_unless_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = reach(State.CLOSED)
    shorter(tmp_path)
    codes = {c["code"] for c in asked("--dry-run", capsys=capsys)["changed"]}  # type: ignore[attr-defined]
    assert story.case.matter.code not in codes
    named = asked("--dry-run", "--matter", story.case.matter.code, capsys=capsys)
    assert len(named["changed"]) == 1  # type: ignore[arg-type]


def test_an_unknown_code_is_named_in_the_refusal() -> None:
    with pytest.raises(Invalid, match="KN26-999999"):
        command_line.main(["rederive", "--matter", "KN26-999999"])


@pytest.mark.parametrize("who", ["minh", "chi", "lan"])
def test_only_the_operator_derives_again(who: str) -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Denied):
        rederive(story.case_id, by=story.who(who), at=story.later())
