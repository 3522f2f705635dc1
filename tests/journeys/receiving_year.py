"""A year of a commune's reception as it is lived, by commands: each reception day of the chair, and
six visits on it; ``test_reception_year`` asks what is left of it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.duties import commands as duties
from doithoai.duties import tasks
from doithoai.reception.commands import ending, holding, planning, raising, visits
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.holding import Held
from doithoai.reception.commands.people import Who
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import Arrival, WrittenDown
from doithoai.reception.models import Session, Visit
from tests.cases.reaching import committee

YEAR: Final = 2026
CULTURE_DAY: Final = date(YEAR, 11, 24)  # a day off since Resolution 28/2026/QH16
TET: Final = date(YEAR, 2, 17)
NOT_HELD: Final = {
    date(YEAR, 6, 9): "Mưa lũ, cán bộ đi phòng chống thiên tai",  # called off: the week is missed
    date(YEAR, 9, 24): "Chủ tịch chỉ đạo chống bão tại hiện trường",  # called off and excused
}
BY_DEPUTY: Final = {date(YEAR, 4, 14), date(YEAR, 8, 24)}  # before and after Law 136/2025
PUT_OFF: Final = {date(YEAR, 5, 12): date(YEAR, 5, 14)}
A_DAY: Final = 6  # visits
ALL: Final = 120  # visits, after which the same people come with the same acts again
SECRET_NAME, SECRET = "Vũ Thị Nguyệt Quế", "con cú vọ đậu trên mái kho thóc"
WISH = "Đề nghị nạo vét kênh tiêu đoạn số {n}"
# Nobody brings the same twice but by ``comes_again``: when they return, they bring something else.
COMPLAINTS = (
    "Khiếu nại quyết định thu hồi đất số {n}/QĐ-UBND",
    "Không đồng ý mức hỗ trợ di dời chuồng trại theo thông báo {n}",
)
GROUPS = (
    "Đơn của 12 hộ về con đường ngập số {n}",
    "Mười hai gia đình xin chuyển điểm tập kết rác thải {n} ra xa trường học",
)
SPEAKERS = (Who(name="Lê Văn Bảy"), Who(name="Trần Thị Tám"))
GROUNDS: Final = ("art9_1", "art9_3", "c", "h", "k")


@dataclass
class Story:
    """What was done, counted while it was done: month → figure → how often."""

    done: dict[int, Counter[str]] = field(default_factory=dict)
    people: dict[int, set[str]] = field(default_factory=dict)
    raised: list[str] = field(default_factory=list)  # codes of open matters, in order
    nth: int = 0

    def count(self, day: date, *figures: str) -> None:
        """One more of these in the day's month."""
        self.done.setdefault(day.month, Counter()).update(figures)

    def came(self, day: date, who: Who) -> None:
        """Somebody the register names."""
        self.people.setdefault(day.month, set()).add(who.number or who.name)


def reception_days() -> list[date]:
    """As it is posted: each Tuesday until 30/6/2026, then the 10th and the 24th of a month."""
    tuesdays = [date(YEAR, 1, 6) + timedelta(weeks=n) for n in range(26)]
    return [*tuesdays, *(date(YEAR, month, day) for month in range(7, 12) for day in (10, 24))]


def at(day: date, minutes: int) -> datetime:
    """So many minutes after half past seven."""
    return timezone.make_aware(datetime.combine(day, time(7, 30))) + timedelta(minutes=minutes)


# ------------------------------------------------------------------------------------ the year
@dataclass(frozen=True)
class Desk:
    """A visit as it goes on: who works at the desk, on which day, for which session."""

    minh: Official
    story: Story
    session: Session

    @property
    def day(self) -> date:
        return self.session.day

    def came(self, who: Who, **more: Any) -> Visit:
        """Somebody takes a number and is called."""
        begins = at(self.day, self.story.nth % A_DAY * 30)
        arrival = Arrival(who=who, session=self.session.pk, **more)
        visit = visits.arrive(committee().pk, arrival, by=self.minh, at=begins)
        visit = visits.call(visit.pk, by=self.minh, at=begins + timedelta(minutes=5))
        self.story.count(self.day, "visits")
        return visit

    def said(self, visit: Visit, brought: Brought, *, again: bool = False) -> None:
        """One matter is raised, by itself or once more."""
        moment = at(self.day, self.story.nth % A_DAY * 30 + 10)
        if again:
            raising.raise_again(visit.pk, code=self.story.raised[0], by=self.minh, at=moment)
            self.story.count(self.day, "visits_repeated")
            return
        taken = raising.raise_matter(visit.pk, brought, by=self.minh, at=moment)
        self.story.raised.append(taken.case.matter.code)

    def ends(self, visit: Visit, ending_: Ending) -> None:
        """The person goes home with it."""
        moment = at(self.day, self.story.nth % A_DAY * 30 + 20)
        ending.end(visit.pk, ending_, by=self.minh, at=moment)


ANSWERED = Ending(outcome="Đã giải thích tại chỗ", competent=True)


def somebody(n: int) -> Who:
    """One of forty people, so that each comes several times in the year."""
    return Who(
        name=f"Nguyễn Văn Thứ {n % 40}", identity="card", number=f"0421800{n % 40:05d}",
        phone=f"09120{n % 40:05d}",
    )  # fmt: skip


def recommends(here: Desk, n: int) -> None:
    """Said and answered at once; nothing written, so no petition."""
    visit, who = here.came(somebody(n)), somebody(n)
    here.said(visit, Brought(WISH.format(n=n)))
    here.ends(visit, ANSWERED)
    here.story.came(here.day, who)


def comes_again(here: Desk, n: int) -> None:
    """The first matter of the year, once more."""
    visit = here.came(somebody(n))
    here.said(visit, Brought(""), again=True)
    here.ends(visit, ANSWERED)
    here.story.came(here.day, somebody(n))


def a_group_writes(here: Desk, n: int) -> None:
    """Twelve people with a paper: a petition, to be settled by a day, with whom to ask."""
    visit = here.came(somebody(n), people=12, representatives=SPEAKERS)
    here.said(visit, Brought(GROUPS[n // ALL].format(n=n), written=True))
    due = here.day + timedelta(days=30)
    here.ends(visit, Ending(due_on=due, contact="Ông Ba, Phòng Kinh tế, 0239 000 000"))
    here.story.count(here.day, "groups", "petitions")
    here.story.came(here.day, somebody(n))


def complains(here: Desk, n: int) -> None:
    """A complaint, by somebody who showed papers; every third time several matters on one paper."""
    visit = here.came(somebody(n))
    kind = "mixed" if n // A_DAY % 3 == 0 else "complaint"
    here.said(visit, Brought(COMPLAINTS[n // ALL].format(n=n), kind))
    here.ends(visit, ANSWERED)
    here.story.count(here.day, "petitions")
    here.story.came(here.day, somebody(n))


def is_refused(here: Desk, n: int) -> None:
    """One in two is refused; the other leaves before being called, and has no line."""
    begins = at(here.day, here.story.nth % A_DAY * 30)
    arrival = Arrival(who=somebody(n), session=here.session.pk)
    visit = visits.arrive(committee().pk, arrival, by=here.minh, at=begins)
    if n // A_DAY % 2:
        visits.leave(visit.pk, by=here.minh, at=begins + timedelta(minutes=9))
        return
    ending.refuse(
        visit.pk, ground=GROUNDS[n // A_DAY % len(GROUNDS)], explained="Đã giải thích",
        by=here.minh, at=begins + timedelta(minutes=5),
    )  # fmt: skip
    here.story.count(here.day, "visits", "refused")
    here.story.came(here.day, somebody(n))


def denounces(here: Desk, n: int) -> None:
    """One in two denounces: the line says that somebody was received; the other is sent on."""
    if n // A_DAY % 2:
        visit = here.came(Who(name=f"{SECRET_NAME} {n}", identity="card", number=f"0421999{n:05d}"))
        moment = at(here.day, here.story.nth % A_DAY * 30 + 6)
        visits.write_down(visit.pk, WrittenDown(f"{SECRET} {n}"), by=here.minh, at=moment)
        raising.seal(visit.pk, by=here.minh, at=moment + timedelta(minutes=1))
        here.ends(visit, Ending(outcome=SECRET))
        here.story.count(here.day, "sealed")
        return
    visit = here.came(somebody(n), interpreter="Tiếng Lào")
    moment = at(here.day, here.story.nth % A_DAY * 30 + 6)
    said = WrittenDown(WISH.format(n=n), kind="reflection", read_back=True)
    visits.write_down(visit.pk, said, by=here.minh, at=moment)
    here.ends(visit, Ending("Đã hướng dẫn", competent=False, guided_to="Sở Xây dựng"))
    here.story.came(here.day, somebody(n))


ACTS: Final = (recommends, comes_again, a_group_writes, complains, is_refused, denounces)


def receive(planned: date, story: Story, minh: Official, chi: Official) -> None:
    """One reception day from its plan to who really received."""
    session = planning.plan(
        planning.Plan(
            host=committee().pk, receiver=chi.post, kind="head_scheduled",
            starts_at=at(planned, 0), venue="Phòng tiếp công dân",
        ),
        by=minh, at=at(planned, 0) - timedelta(days=14),
    )  # fmt: skip
    session = planning.post(session.pk, by=minh, at=at(planned, 0) - timedelta(days=12))
    if planned in NOT_HELD:
        planning.cancel(session.pk, reason=NOT_HELD[planned], by=minh, at=at(planned, -60))
    elif planned in PUT_OFF:
        before = at(planned, -60)
        planning.postpone(session.pk, reason="Họp bất thường của tỉnh", by=minh, at=before)
        session = planning.move(session.pk, starts_at=at(PUT_OFF[planned], 0), by=minh, at=before)
    if planned in NOT_HELD or planned == CULTURE_DAY:
        return
    for act in ACTS:
        act(Desk(minh, story, session), story.nth)
        story.nth += 1
    deputy = planned in BY_DEPUTY
    held = Held(not deputy, chi.post if deputy else None, "Phó Chủ tịch UBND xã" if deputy else "")
    holding.hold(session.pk, held, by=minh, at=at(session.day, 8 * 60))
    story.count(session.day, "sessions_deputy" if deputy else "sessions")


def keep_time(chi: Official, until: date) -> None:
    """What the Clock did of a day: the chair's period begins, those that are over are missed."""
    duties.open_periods(chi.post, day=until, kind="reception", by=duties.CLOCK, at=at(until, -300))
    tasks.miss(at(until, -300))


def live(minh: Official, chi: Official) -> Story:
    """The year, day after day."""
    story, days = Story(), {day: day for day in reception_days()}
    monday, last = date(YEAR, 1, 5), date(YEAR, 11, 20)
    for n in range((last - monday).days + 1):
        day = monday + timedelta(days=n)
        if day.weekday() == 0 or day.day == 1:
            keep_time(chi, day)
        if day in days:
            receive(day, story, minh, chi)
    receive(CULTURE_DAY, story, minh, chi)
    return story
