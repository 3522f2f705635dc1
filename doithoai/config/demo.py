"""The demo's data: Hà Tĩnh's real units, invented people, one dialogue on its way. Run again:
nothing new.
"""

import sys
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from doithoai.accounts import command_line
from doithoai.accounts.actors import Clock
from doithoai.accounts.commands import load_roles, take_list
from doithoai.accounts.models import User
from doithoai.config import environment as env
from doithoai.core.days import local_day
from doithoai.units import command_line as units_command_line
from doithoai.units.commands import add_villages
from doithoai.units.models import Body, Place

DATA = Path(__file__).parent / "demo_data"
COMMUNE = "Xã Cẩm Lạc"
VILLAGES = """Thôn Hưng Trung
Thôn Hưng Thắng
Thôn Lạc Thọ
Thôn Quang Trung 1
Thôn Quang Trung 2
Thôn Yên Lạc
Thôn Trường Sơn"""
PASSWORD = "doi-thoai-2026"  # noqa: S105 - shown on the demo's first screen


def load() -> None:
    """Make everything the demo shows, and print who can sign in."""
    ground()
    from doithoai.config import demo_story  # noqa: PLC0415 - only the demo needs it

    demo_story.tell(timezone.now())
    _print_accounts()


def ground() -> None:
    """Units, villages, roles, posts and people, with one password for all."""
    if not Body.objects.filter(short_name="UBND xã Cẩm Lạc").exists():
        units_command_line.main(["load", "--province", env.text("DOITHOAI_PROVINCE", "Hà Tĩnh")])
    load_roles()
    _villages(timezone.now())
    _people(timezone.now())


def _villages(now: datetime) -> None:
    place = commune()
    add_villages(
        place.pk,
        names=VILLAGES,
        since=date(2025, 7, 1),
        by=units_command_line.AtTheMachine(),
        at=now,
    )


def commune() -> Place:
    """The commune of the sample sheet."""
    return Place.objects.get(name=COMMUNE, parent__level="province")


def _people(now: datetime) -> None:
    rows = command_line.rows(DATA / "people.csv")
    lines = [command_line.line(number, row) for number, row in rows]
    taken = take_list(lines, today=local_day(now), by=Clock("demo"), at=now)
    if taken.usernames:
        User.objects.filter(username__in=taken.usernames).update(password=make_password(PASSWORD))


def _print_accounts() -> None:
    out = sys.stdout
    out.write(f"\nTài khoản dùng thử (mật khẩu chung: {PASSWORD})\n")
    for user in User.objects.exclude(holdings=None).order_by("date_joined"):
        held = user.holdings.select_related("post__body").first()
        if held is not None:
            where = f"{held.post.title}, {held.post.body.short_name}"
            out.write(f"  {user.username:<8} {user.name:<20} {where}\n")
    out.flush()
