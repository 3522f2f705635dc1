"""A clerk's sheet of two thousand rows through the product's own import: rate and statements."""

import io
from datetime import timedelta
from time import perf_counter, process_time

from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from bench.cast import official_named
from bench.figures import Figure
from doithoai.core.days import local_day
from doithoai.dialogues.commands import importing, planning
from doithoai.dialogues.commands.planning import Plan
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.reading_sheets import read_list
from doithoai.units.models import Body

ROWS = 2000
STATEMENTS = 75.0  # a row of a list is classified, routed and dated: four commands, each its locks
HEAD = (
    "STT", "Nội dung kiến nghị", "Người/địa bàn kiến nghị", "Lĩnh vực", "Cơ quan chủ trì",
    "Thời hạn", "Nội dung trả lời", "Kết quả", "Số, ngày văn bản",
)  # fmt: skip
WISHES = (
    ("Nạo vét kênh tiêu", "Nông nghiệp", "Phòng Kinh tế"),
    ("Lắp điện chiếu sáng đường liên thôn", "Giao thông", "Phòng Kinh tế"),
    ("Sửa chữa nhà văn hóa", "Văn hóa", "Phòng Văn hóa - Xã hội"),
    ("Thu gom rác thải tại chợ", "Môi trường", "UBND xã"),
)
VILLAGES = ("Thôn Hưng Trung", "Thôn Lạc Thọ", "Thôn Yên Lạc", "Thôn Trường Sơn")


def run() -> list[Figure]:
    """Figures of the import: reading the file, and taking its rows in."""
    now = timezone.now()
    sheet = workbook(ROWS)
    began = perf_counter()
    parsed = read_list("bench.xlsx", sheet, held_on=local_day(now - timedelta(days=7)))
    read = perf_counter()
    dialogue = _dialogue()
    asked = _Counted()
    start, worked = perf_counter(), process_time()
    with connection.execute_wrapper(asked):
        result = importing.take_in(
            dialogue.pk, parsed, by=official_named("minh"), at=timezone.now()
        )
    end, done = perf_counter(), process_time()
    again = importing.take_in(dialogue.pk, parsed, by=official_named("minh"), at=timezone.now())
    return [
        Figure("import", "rows read from the file a second", ROWS / (read - began), "rows/s"),
        Figure("import", "rows taken in a second", result.imported / (end - start), "rows/s"),
        Figure(
            "import", "the same, of processor time", result.imported / (done - worked), "rows/s"
        ),
        Figure("import", "statements for a row", asked.statements / ROWS, at_most=STATEMENTS),
        Figure("import", "rows taken in", result.imported, f"of {ROWS:,}", at_least=ROWS),
        Figure("import", "rows refused", len(result.refused), at_most=0),
        Figure("import", "rows the same file adds again", again.imported, at_most=0),
    ]


class _Counted:
    """Counts statements; savepoints are among them."""

    statements = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's own untyped protocol
        self.statements += 1
        return execute(sql, params, many, context)


def workbook(rows: int) -> bytes:
    """An invented list as a clerk keeps it: a title, a header, one row in four answered already."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tổng hợp")
    sheet.append(["TỔNG HỢP Ý KIẾN, KIẾN NGHỊ CỦA NHÂN DÂN"])
    sheet.append(list(HEAD))
    for number in range(1, rows + 1):
        sheet.append(_row(number))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _row(number: int) -> list[str | int]:
    wish, field, lead = WISHES[number % len(WISHES)]
    village = VILLAGES[number // len(WISHES) % len(VILLAGES)]
    said = f"Đề nghị {wish[0].lower()}{wish[1:]} đoạn số {number} tại {village}"
    asked: list[str | int] = [number, said, f"Nhân dân {village}", field, lead]
    if number % 4 == 0:
        return [*asked, "", "Đã khảo sát và thực hiện xong.", "Đã xong", f"{number}/UBND-KT"]
    return [*asked, "30/12/2026", "", "", ""]


def _dialogue() -> Dialogue:
    now, minh, chi = timezone.now(), official_named("minh"), official_named("chi")
    planned = Plan(
        host=Body.objects.get(short_name="UBND xã Cẩm Lạc").pk,
        title="Hội nghị đối thoại",
        kind="conference",
        starts_at=now - timedelta(days=7),
        venue="Hội trường",
        chairs=(chi.post,),
    )
    return planning.plan(planned, by=minh, at=now)
