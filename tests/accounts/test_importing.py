"""``doithoai users import``: a list of posts and people; run again, only what differs."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from doithoai.accounts import command_line
from doithoai.accounts.models import Holding, Post, User
from doithoai.core.errors import Invalid
from doithoai.ledger.models import Entry
from tests.conftest import become

pytestmark = pytest.mark.django_db
HEADER = [
    "Cơ quan", "Chức vụ", "Tên đăng nhập", "Họ và tên", "Vai trò", "Người đứng đầu", "Từ ngày",
    "Đến ngày",
]  # fmt: skip
OFFICE = "Phòng Kinh tế xã Cẩm Lạc"
ROWS = [
    [OFFICE, "Kế toán", "lam", "Đỗ Thị Lam", "read_only", "", "01/07/2026", ""],
    [OFFICE, "Phó Trưởng phòng", "phuc", "Cao Văn Phúc", "case_officer", "", "2026-07-01", ""],
]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def _write(path: Path, rows: list[list[str]], header: list[str] | None = None) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as out:
        csv.writer(out).writerows([header or HEADER, *rows])
    return path


def _import(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert command_line.main(["import", str(path), "--json"]) == 0
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    return said


def test_the_same_list_twice_writes_the_differences_only(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = _import(_write(sheet, ROWS), capsys)
    assert (first["posts"], first["people"], first["holdings"], first["ended"]) == (2, 2, 2, 0)
    again = _import(sheet, capsys)
    assert (again["posts"], again["people"], again["holdings"], again["ended"]) == (0, 0, 0, 0)
    assert Entry.objects.filter(kind="accounts.listed", data__people=2).count() == 1
    assert become("phuc").may("cases.answer")
    assert not User.objects.get(username="phuc").has_usable_password()


def test_an_end_date_ends_the_holding_and_the_post_stays(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _import(_write(sheet, ROWS), capsys)
    ended = [*ROWS[0][:-1], "01/08/2026"]
    told = _import(_write(sheet, [ended, ROWS[1]]), capsys)
    assert (told["ended"], told["people"]) == (1, 0)
    assert str(Holding.objects.get(user__username="lam").valid.upper) == "2026-08-01"
    assert Post.objects.filter(title="Kế toán").exists()


def test_other_roles_in_the_list_are_other_rights_at_once(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _import(_write(sheet, ROWS), capsys)
    _import(_write(sheet, [[*ROWS[0][:4], "case_officer, read_only", *ROWS[0][5:]]]), capsys)
    assert become("lam").may("cases.answer")


def test_a_sheet_of_excel_is_read_like_a_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEADER, *ROWS):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    assert _import(tmp_path / "people.xlsx", capsys)["people"] == 2


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, "Cơ quan không có"), (4, "grand_vizier"), (6, "31/02/2026"), (7, "mai")],
)
def test_a_bad_line_is_named_by_its_number_and_nothing_is_written(
    sheet: Path, place: int, value: str
) -> None:
    bad = list(ROWS[1])
    bad[place] = value
    before = User.objects.count()
    with pytest.raises(Invalid) as refused:
        command_line.main(["import", str(_write(sheet, [ROWS[0], bad]))])
    assert "3" in refused.value.message
    assert value in refused.value.message
    assert User.objects.count() == before


def test_a_list_without_its_columns_says_which_are_missing(sheet: Path) -> None:
    with pytest.raises(Invalid) as refused:
        command_line.main(["import", str(_write(sheet, ROWS, HEADER[:2]))])
    assert "username" in refused.value.message


def test_an_empty_file_is_said_to_be_empty(sheet: Path) -> None:
    sheet.write_text("")
    with pytest.raises(Invalid):
        command_line.main(["import", str(sheet)])
