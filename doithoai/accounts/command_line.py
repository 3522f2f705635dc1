"""``doithoai users import FILE``: posts, people and roles from a sheet; run again, differences
only. ``doithoai users roles``: where the rights differ from a file of roles, and write it.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from doithoai.accounts.actors import Clock
from doithoai.accounts.commands import (
    SHIPPED,
    Line,
    Taken,
    differences,
    load_roles,
    take_list,
    write_roles,
)
from doithoai.accounts.queries import body_named, village_of
from doithoai.core.collation import folded, nfc
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.core.progress import followed

COLUMNS = {
    "body": ("body", "co quan", "don vi"),
    "title": ("post", "chuc vu", "vi tri"),
    "username": ("user", "ten dang nhap"),
    "name": ("name", "ho ten", "ho va ten"),
    "roles": ("roles", "vai tro"),
    "is_head": ("head", "nguoi dung dau"),
    "since": ("from", "tu ngay"),
    "until": ("to", "den ngay"),
    "standing_in_for": ("standing in for", "thay cho"),
    "basis": ("basis", "can cu"),
    "phone": ("phone", "dien thoai"),
    "email": ("email", "thu dien tu"),
    "village": ("village", "thon"),
}


def main(argv: list[str]) -> int:
    """Take a list in. Exit code 0; a wrong line raises Invalid, which the command line says in a
    sentence.
    """
    parser = argparse.ArgumentParser(
        prog="doithoai users",
        description=_("Posts, people and roles from a list; run again, only differences."),
    )
    parser.add_argument("act", choices=["import", "roles"])
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        help=_(
            "import: XLSX or CSV with body, post, user, name, roles, head, from, to. roles: a file "
            "of roles, the shipped one if none is named"
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("Print the result for machines."))
    parser.add_argument(
        "--write", action="store_true", help=_("roles: give the acts the file names")
    )
    parser.add_argument(
        "--exact", action="store_true", help=_("roles: also take the acts it does not name")
    )
    chosen = parser.parse_args(argv)
    if chosen.act == "roles":
        return _roles(chosen)
    if chosen.file is None:
        raise Invalid(_("Name the file to import."))
    load_roles()
    now = timezone.now()
    listed = list(rows(chosen.file))
    lines = [line(number, row) for number, row in followed(listed, _("Reading the list"))]
    taken = take_list(lines, today=local_day(now), by=Clock("console"), at=now)
    sys.stdout.write(_said(taken, as_json=chosen.json) + "\n")
    return 0


def _roles(chosen: argparse.Namespace) -> int:
    """Say where the rights differ from the file; written only when asked for."""
    path = chosen.file or SHIPPED
    if not path.is_file():
        raise Invalid(_("There is no file %(name)s.") % {"name": path})
    if chosen.write or chosen.exact:
        found = write_roles(path, exact=chosen.exact, by=Clock("console"), at=timezone.now())
        title = _("Written: %(count)s") % {"count": len(found)}
    else:
        found = differences(path)
        title = _("Differences from the file: %(count)s") % {"count": len(found)}
    if chosen.json:
        sys.stdout.write(json.dumps([vars(each) for each in found]) + "\n")
        return 0
    lines = [f"{'+' if each.in_file else '-'} {each.role} {each.act}" for each in found]
    sys.stdout.write("\n".join([title, *lines]) + "\n")
    return 0


def _said(taken: Taken, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(vars(taken), ensure_ascii=False)
    return _(
        "%(posts)s posts, %(people)s people, %(holdings)s holdings written, %(ended)s ended."
    ) % vars(taken)


def rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line number and cells of each row under the header. Raises Invalid without the columns
    needed.
    """
    table = _table(path)
    if not table:
        raise Invalid(_("The file is empty."))
    names = [_column(cell) for cell in table[0]]
    missing = {"body", "title", "username", "name", "roles"} - set(names)
    if missing:
        raise Invalid(
            _("The first line must name the columns; missing: %(names)s.")
            % {"names": ", ".join(sorted(missing))}
        )
    for number, row in enumerate(table[1:], start=2):
        cells = {name: nfc(cell) for name, cell in zip(names, row, strict=False) if name}
        if any(cells.values()):
            yield number, cells


def _table(path: Path) -> list[list[str]]:
    if path.suffix.lower() == ".csv":
        with path.open(newline="", encoding="utf-8-sig") as handle:
            return [list(row) for row in csv.reader(handle)]
    try:
        sheet = CalamineWorkbook.from_object(BytesIO(path.read_bytes())).get_sheet_by_index(0)
    except CalamineError:
        said = _("%(name)s is no list: XLSX, XLS, ODS or CSV is wanted.")
        raise Invalid(said % {"name": path}) from None
    return [[_cell(value) for value in row] for row in sheet.to_python()]


def _cell(value: object) -> str:
    return value.isoformat()[:10] if isinstance(value, date | datetime) else str(value)


def _column(cell: str) -> str:
    wanted = folded(cell)
    return next((name for name, words in COLUMNS.items() if wanted in words or wanted == name), "")


def line(number: int, row: Mapping[str, str]) -> Line:
    """One row as a line of the list. Raises Invalid with the row's number."""
    body = body_named(row.get("body", ""))
    if body is None:
        raise Invalid(
            _("Line %(line)s: there is no body named %(body)s.")
            % {"line": number, "body": row.get("body", "")}
        )
    village = (
        village_of(row["village"], body.place_id) if row.get("village") and body.place_id else None
    )
    return Line(
        number=number,
        body=body.pk,
        title=row["title"],
        username=row["username"],
        name=row["name"],
        roles=tuple(r.strip() for r in row["roles"].split(",") if r.strip()),
        is_head=folded(row.get("is_head", "")) in {"x", "1", "yes", "co", "true"},
        since=_day(number, row.get("since", "")),
        until=_day(number, row.get("until", "")),
        standing_in_for=row.get("standing_in_for", ""),
        basis=row.get("basis", ""),
        phone=row.get("phone", ""),
        email=row.get("email", ""),
        village=village.pk if village else None,
    )


def _day(number: int, text: str) -> date | None:
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Invalid(
        _("Line %(line)s: %(text)s is not a date; write dd/mm/yyyy.")
        % {"line": number, "text": text}
    )
