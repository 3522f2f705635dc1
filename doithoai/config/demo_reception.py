"""Citizen reception in the demo's commune: three months of the chair's days, and who came to them.
Everybody is invented, and everything is done by commands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from doithoai.accounts.actors import Citizen, Official
from doithoai.cases.commands import hearing, placing
from doithoai.cases.commands.petitions import sorting
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.config.demo_acting import actor, body
from doithoai.core.days import local_day
from doithoai.docket.lawbook import calendar
from doithoai.duties.commands import disclose
from doithoai.files.documents import Text
from doithoai.files.printing import Page, page
from doithoai.reception import papers
from doithoai.reception.commands import ending, holding, planning, preparing, raising, visits
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.holding import Held
from doithoai.reception.commands.people import Who, caller
from doithoai.reception.commands.planning import Plan
from doithoai.reception.commands.preparing import Asked
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import Arrival, WrittenDown
from doithoai.reception.models import Session, Visit

VENUE: Final = "Phòng tiếp công dân, trụ sở UBND xã Cẩm Lạc"
OPENS, NOTICE = time(7, 30), timedelta(days=20)
WEEKEND: Final = 5  # Saturday; Monday is 0
MOI = Who(name="Phan Văn Mới", phone="0912000501", address="Thôn Yên Lạc")
NHAN = Who(
    name="Dương Thị Nhàn", identity="card", number="042175000502", phone="0912000502",
    address="Thôn Hưng Trung",
)  # fmt: skip
SAU = Who(name="Hồ Văn Sáu", phone="0912000503", address="Thôn Quang Trung 1")
TAM = Who(name="Lê Thị Tám", identity="card", number="042168000504", address="Thôn Lạc Thọ")
BAY = Who(name="Trần Văn Bảy", identity="card", number="042170000505", address="Thôn Lạc Thọ")
CHIN = Who(name="Nguyễn Văn Chín", phone="0912000506", address="Thôn Trường Sơn")
LUA = Who(name="Võ Thị Lúa", phone="0912000507", address="Thôn Hưng Thắng")
ROAD = "Đề nghị san gạt đoạn đường liên thôn Yên Lạc bị lún sau mưa."
WELL = "Nước giếng khoan của 6 hộ xóm Bãi bị nhiễm phèn, đề nghị nối đường ống nước sạch."
LAND = (
    "Khiếu nại Quyết định số 88/QĐ-UBND về thu hồi đất: diện tích đo đạc thiếu 120 m2 so với "
    "giấy chứng nhận; đề nghị đo lại và bồi thường đủ."
)
BOOK = "Hỏi thủ tục cấp lại sổ hộ nghèo bị mất."
BOOK_SAID = "Đã chỉ dẫn hồ sơ, nơi nộp tại Trung tâm."
MONEY = "Đề nghị cho biết bao giờ chi trả tiền hỗ trợ nhà ở hộ cận nghèo."
CULVERT = "Cống qua đường thôn Yên Lạc bị gãy, xe không qua được, đề nghị thay cống."
CONTACT: Final = "Ông Võ Văn Kiên, Trưởng phòng Kinh tế, 0239 000 106"
POND = "Bảy hộ xóm Đình đề nghị kè bờ ao làng vì đất sạt vào vườn mỗi mùa mưa."


@dataclass(frozen=True)
class Desk:
    """Who works at the desk, and who receives."""

    minh: Official
    chi: Official
    host: UUID
    department: UUID


def tell(now: datetime) -> None:
    """Two months ago one day of two, last month both, this month one with its visits; a day moved
    off a holiday; the desk as it stands now; and the decision that makes the fulfilment public.
    """
    desk = Desk(
        minh=actor("minh"),
        chi=actor("chi"),
        host=body("UBND xã Cẩm Lạc").pk,
        department=body("Phòng Kinh tế xã Cẩm Lạc").pk,
    )
    today = local_day(now)
    last = _month_before(today)
    before = _month_before(last)
    _quiet_day(desk, before.replace(day=9), Told(MOI, ROAD, "transport", "Xã sửa trong quý này."))
    _agreed()
    _quiet_day(desk, last.replace(day=8), Told(NHAN, WELL, "clean_water"))
    _quiet_day(
        desk, last.replace(day=22), Told(LUA, BOOK, "social_policy", "Đã chỉ dẫn hồ sơ, nơi nộp.")
    )
    _full_day(desk, _recent(today))
    _coming(desk, now)
    _at_the_desk(desk, now)
    _made_public(desk, now)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _recent(today: date) -> date:
    """The last working day but two: this month's, save in its first days."""
    return calendar().add_working(today - timedelta(days=4), -1)


def _hour(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


# ---------------------------------------------------------------------------------------- the days
def _day(desk: Desk, usual: date, planned_at: datetime | None = None) -> Session:
    """The chair's day, set and posted in time; it is moved by itself where it is a day off."""
    starts = timezone.make_aware(datetime.combine(usual, OPENS))
    at = planned_at or starts - NOTICE
    plan = Plan(
        host=desk.host,
        receiver=desk.chi.post,
        kind="head_scheduled",
        starts_at=starts,
        ends_at=starts + timedelta(hours=4),
        venue=VENUE,
    )
    session = planning.plan(plan, by=desk.minh, at=at)
    return planning.post(session.pk, by=desk.minh, at=at)


@dataclass(frozen=True)
class Told:
    """Who came with what; ``answer``: said at once, else it is given to the department."""

    who: Who
    words: str
    field: str
    answer: str = ""


def _quiet_day(desk: Desk, usual: date, told: Told) -> None:
    """One who came, heard by the chair in person."""
    session = _day(desk, usual)
    at = _hour(session.day, 8)
    visit = _called(desk, session, told.who, at)
    _written(desk, visit, told.words, at + timedelta(minutes=10))
    if told.answer:
        _answered(desk, visit, told, at + timedelta(minutes=15))
    else:
        _given(desk, visit, told, 30, at + timedelta(minutes=15))
    _concluded(desk, session)


def _agreed() -> None:
    """The Front's board asked the first of them by telephone."""
    case = Case.objects.get(state=State.ANSWERED, matter__raised_in__isnull=False)
    assert case.answered_at is not None, "it was answered on the chair's day"
    word = hearing.Heard("telephone", "Đường đã san, đi lại được.")
    at = case.answered_at + timedelta(days=12)
    hearing.confirm(case.pk, word, by=actor("quang"), at=at)


def _answered(desk: Desk, visit: Visit, told: Told, at: datetime) -> None:
    brought = Brought(told.words, field=told.field, may_publish=True)
    raising.raise_matter(visit.pk, brought, by=desk.minh, at=at)
    said = Ending(outcome=told.answer, answers=True, competent=True)
    ending.end(visit.pk, said, by=desk.chi, at=at + timedelta(minutes=10))


def _given(
    desk: Desk, visit: Visit, told: Told, days: int, at: datetime, *, written: bool = False
) -> None:
    """A day and a person to ask; the clerk gives it to the department in the same hour."""
    brought = Brought(told.words, field=told.field, may_publish=True, written=written)
    case = raising.raise_matter(visit.pk, brought, by=desk.minh, at=at).case
    later = at + timedelta(minutes=10)
    placing.classify(case.pk, Kind(told.field), by=desk.minh, at=later)
    why = "Chủ tịch giao tại buổi tiếp công dân"
    placing.route(case.pk, to=desk.department, why=why, by=desk.minh, at=later)
    due_on = calendar().add_working(local_day(at), days)
    promised = Ending(due_on=due_on, contact=CONTACT, competent=True)
    ending.end(visit.pk, promised, by=desk.chi, at=later)


def _full_day(desk: Desk, day: date) -> None:
    """Appointments, one answered now, one with a day and a person, a group, a complaint written
    down and read back, one who came before, one kept sealed, a refusal.
    """
    session = _day(desk, day)
    day = session.day
    _appointments(desk, session)
    _answered_now(desk, session, day)
    _with_a_deadline(desk, session, day)
    _group(desk, session, day)
    _complaint(desk, session, day)
    _again(desk, session, day)
    _kept_sealed(desk, session, day)
    _refused(desk, session, day)
    _concluded(desk, session)


def _appointments(desk: Desk, session: Session) -> None:
    asked_at = session.starts_at - timedelta(days=3)
    asked = []
    for who, about in ((SAU, "Đường điện qua vườn"), (CHIN, "Tiền hỗ trợ giống lúa")):
        wish = Asked(who.name, who.phone, about)
        asked.append(preparing.ask(session.pk, wish, by=Citizen(), at=asked_at))
    for each in asked:
        preparing.answer(
            session.pk, appointment=each.pk, given=True, reason="", by=desk.minh,
            at=asked_at + timedelta(hours=2),
        )  # fmt: skip
    visit = visits.keep_appointment(asked[0].pk, by=desk.minh, at=_hour(session.day, 7, 40))
    visits.call(visit.pk, by=desk.minh, at=_hour(session.day, 7, 45))
    words = "Đề nghị di dời cột điện nghiêng trong vườn nhà."
    _written(desk, visit, words, _hour(session.day, 7, 50))
    said = Ending(competent=False, guided_to="Điện lực Cẩm Xuyên", outcome="Đã hướng dẫn gửi đơn")
    ending.end(visit.pk, said, by=desk.chi, at=_hour(session.day, 8))


def _called(
    desk: Desk,
    session: Session | None,
    who: Who,
    at: datetime,
    people: int = 1,
    speakers: Sequence[Who] = (),
) -> Visit:
    known = caller(who.name, who.phone, desk.host).known
    arrival = Arrival(
        who=replace(who, known=known),
        people=people,
        representatives=tuple(speakers),
        session=session.pk if session else None,
    )
    visit = visits.arrive(desk.host, arrival, by=desk.minh, at=at - timedelta(minutes=10))
    return visits.call(visit.pk, by=desk.minh, at=at)


def _written(desk: Desk, visit: Visit, said: WrittenDown | str, at: datetime) -> None:
    words = WrittenDown(said, "recommendation") if isinstance(said, str) else said
    visits.write_down(visit.pk, words, by=desk.minh, at=at)


def _answered_now(desk: Desk, session: Session, day: date) -> None:
    answer = "Danh sách đã được duyệt; chi trả ngày 28 hằng tháng tại Nhà văn hóa thôn."
    told = Told(LUA, MONEY, "social_policy", answer)
    visit = _called(desk, session, LUA, _hour(day, 8, 5))
    _written(desk, visit, MONEY, _hour(day, 8, 8))
    _answered(desk, visit, told, _hour(day, 8, 10))


def _with_a_deadline(desk: Desk, session: Session, day: date) -> None:
    visit = _called(desk, session, MOI, _hour(day, 8, 25))
    _written(desk, visit, CULVERT, _hour(day, 8, 28))
    _given(desk, visit, Told(MOI, CULVERT, "transport"), 15, _hour(day, 8, 30))


def _group(desk: Desk, session: Session, day: date) -> None:
    speakers = (BAY, Who(name="Lê Văn Hạnh", address="Thôn Lạc Thọ"))
    visit = _called(desk, session, BAY, _hour(day, 8, 45), 7, speakers)
    papers = "Đơn kiến nghị có 7 chữ ký, 2 tờ, bản chính\nẢnh chụp bờ ao, 4 tờ"
    _written(desk, visit, WrittenDown(POND, "recommendation", papers=papers), _hour(day, 8, 50))
    told = Told(BAY, POND, "irrigation")
    _given(desk, visit, told, 20, _hour(day, 8, 55), written=True)


def _complaint(desk: Desk, session: Session, day: date) -> None:
    visit = _called(desk, session, TAM, _hour(day, 9, 15))
    papers = "Giấy chứng nhận quyền sử dụng đất, 1 tờ, bản sao"
    said = WrittenDown(LAND, "complaint", read_back=True, papers=papers)
    _written(desk, visit, said, _hour(day, 9, 30))
    brought = Brought(LAND, "complaint", field="land", written=True)
    case = raising.raise_matter(visit.pk, brought, by=desk.minh, at=_hour(day, 9, 35)).case
    nature = Nature("complaint", "land", instance="first")
    sorting.sort(case.pk, nature, by=desk.minh, at=_hour(day, 14))
    ended = Ending(outcome="Nhận đơn, xem xét điều kiện thụ lý theo quy định", competent=True)
    ending.end(visit.pk, ended, by=desk.chi, at=_hour(day, 9, 45))


def _again(desk: Desk, session: Session, day: date) -> None:
    """She came last month on the same matter: found by her papers, counted as a further visit."""
    visit = _called(desk, session, NHAN, _hour(day, 9, 50))
    earlier = Visit.objects.filter(person=visit.person).exclude(pk=visit.pk)
    matter = earlier.get().raised.get().matter
    raising.raise_again(visit.pk, code=matter.code, by=desk.minh, at=_hour(day, 9, 52))
    _written(desk, visit, WELL, _hour(day, 9, 55))
    promised = Ending(due_on=calendar().add_working(day, 12), contact=CONTACT, competent=True)
    ending.end(visit.pk, promised, by=desk.chi, at=_hour(day, 10, 5))


def _kept_sealed(desk: Desk, session: Session, day: date) -> None:
    visit = _called(desk, session, Who(name="Người dân"), _hour(day, 10, 10))
    raising.seal(visit.pk, by=desk.minh, at=_hour(day, 10, 12))
    ending.end(visit.pk, Ending(), by=desk.minh, at=_hour(day, 10, 30))


def _refused(desk: Desk, session: Session, day: date) -> None:
    visit = _called(desk, session, Who(name="Cao Văn Rằm"), _hour(day, 10, 40))
    why = "Đã nhắc hai lần vẫn phát trực tiếp; đề nghị tắt máy rồi lấy số mới để được tiếp."
    ending.refuse(visit.pk, ground="c", explained=why, by=desk.minh, at=_hour(day, 10, 45))


def _concluded(desk: Desk, session: Session) -> None:
    """Held in person; the notice worded, signed on paper, its scan kept."""
    day = session.day
    held = holding.hold(session.pk, Held(in_person=True), by=desk.minh, at=_hour(day, 11, 30))
    came = Visit.objects.visible_to(desk.minh).marked_for(desk.minh).filter(session=held)
    text = papers.conclusion_words(held, list(came.order_by("number")))
    at = _hour(day, 15)
    draft = papers.conclusion(held, text)
    holding.draft_conclusion(held.pk, text=text, docx=draft, by=desk.minh, at=at)
    signed_on = min(calendar().add_working(day, 2), local_day(timezone.now()))
    number = f"{session.matter.code[-3:]}/TB-UBND"
    holding.sign(
        held.pk, number=number, signed_on=signed_on, upload=_scan(number, text),
        by=desk.minh, at=min(_hour(signed_on, 10), timezone.now()),
    )  # fmt: skip


def _scan(number: str, text: str) -> SimpleUploadedFile:
    paper = Page(issuer="UBND xã Cẩm Lạc", title=f"Thông báo số {number}", blocks=(Text(text),))
    name = f"{number.replace('/', '-')}.pdf"
    return SimpleUploadedFile(name, page(paper), content_type="application/pdf")


# ------------------------------------------------------------------------------------- what is now
def _coming(desk: Desk, now: datetime) -> None:
    """The next holiday that would have been the usual day, and the day after that."""
    usual = local_day(now) + timedelta(days=1)
    off = calendar().day_off
    while off(usual) is None or usual.weekday() >= WEEKEND:
        usual += timedelta(days=1)
    moved = _day(desk, usual, now - timedelta(hours=1))
    wish = Asked("Đậu Thị Mười", "0912000510", "Xin cấp lại giấy chứng nhận bị rách")
    preparing.ask(moved.pk, wish, by=Citizen(), at=now)


def _at_the_desk(desk: Desk, now: datetime) -> None:
    """One who is being received and two who wait, at the regular desk."""
    visit = _called(desk, None, SAU, now - timedelta(minutes=4))
    words = "Hỏi kết quả việc di dời cột điện đã nêu với Chủ tịch."
    _written(desk, visit, words, now - timedelta(minutes=2))
    for who in (LUA, Who(name="Đặng Văn Thêm", address="Thôn Hưng Trung")):
        visits.arrive(desk.host, Arrival(who), by=desk.minh, at=now)


def _made_public(desk: Desk, now: datetime) -> None:
    """The competent body decided that everybody may read how the chair keeps his days."""
    number = "97/QĐ-UBND"
    disclose(
        desk.host, number=number, decided_on=local_day(now) - timedelta(days=10),
        upload=_scan(number, "Công khai việc thực hiện tiếp công dân, đối thoại."),
        by=desk.chi, at=now,
    )  # fmt: skip
