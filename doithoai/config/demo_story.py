"""What has happened in the demo's commune by the time a visitor arrives: its dialogue and what came
of it; its reception days are in ``demo_reception``. Everything is invented and done by commands.
"""

import io
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from doithoai.accounts.actors import Citizen, Official
from doithoai.cases.commands import answering, ending, hearing, letters, placing, publishing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.intake import Statement, submit
from doithoai.cases.commands.letters import Letter
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case, Submission
from doithoai.config import demo_reception
from doithoai.config.demo_acting import actor, at, body
from doithoai.config.environment import ROOT
from doithoai.dialogues import papers, queries
from doithoai.dialogues.commands import concluding, importing, minutes, planning
from doithoai.dialogues.commands.concluding import Held
from doithoai.dialogues.commands.planning import Plan
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.reading_sheets import read_list
from doithoai.duties import tasks as duties_tasks
from doithoai.files.commands import keep
from doithoai.files.documents import Text
from doithoai.files.printing import Page, page
from doithoai.ledger.commands import number_entries
from doithoai.reception.models import Session
from doithoai.units.models import Place

SHEET = ROOT / "doithoai/config/demo_data/cam-lac-2026-07-15.xlsx"
CONCLUSION = (
    "Giao Phòng Kinh tế và các cơ quan có tên trong danh mục "
    "giải quyết từng nội dung đúng thời hạn; "
    "trả lời bằng văn bản kèm tài liệu, hình ảnh; báo cáo kết quả về Văn phòng HĐND và UBND xã."
)


def tell(now: datetime) -> None:
    """Plan, hold and follow one dialogue, announce the next, receive citizens; each once."""
    if not Dialogue.objects.exists():
        _dialogues(now)
    if not Session.objects.exists():
        demo_reception.tell(now)
    duties_tasks.miss(now)
    duties_tasks.open_periods(now)
    number_entries()


def _dialogues(now: datetime) -> None:
    held = _held_dialogue()
    _import(held)
    _walk(held)
    _next_dialogue(now)
    _this_week(now)


def _held_dialogue() -> Dialogue:
    minh, chi, bac = actor("minh"), actor("chi"), actor("bac")
    host = body("UBND xã Cẩm Lạc")
    plan = Plan(
        host=host.pk,
        title="Hội nghị đối thoại trực tiếp giữa người đứng đầu cấp ủy, chính quyền với Nhân dân",
        kind="conference",
        starts_at=at("2026-07-15 07:30"),
        venue="Hội trường UBND xã Cẩm Lạc",
        chairs=(chi.post, bac.post),
        organisers=(body("Ủy ban MTTQ xã Cẩm Lạc").pk,),
        villages=tuple(
            Place.objects.filter(parent=host.place, level="village").values_list("pk", flat=True)
        ),
        invited=(
            "Đại diện các hộ dân, trưởng thôn, trưởng ban công tác Mặt trận, các phòng chuyên môn"
        ),
        agenda="Kết cấu hạ tầng, môi trường; an sinh, việc làm, trật tự; các lĩnh vực khác",
        party_head=True,
        commune_conference=True,
    )
    dialogue = planning.plan(plan, by=minh, at=at("2026-07-01 08:00"))
    planning.announce(dialogue.pk, by=minh, at=at("2026-07-06 09:00"))
    present = tuple(dialogue.chairs.values_list("pk", flat=True))
    concluding.hold(
        dialogue.pk, Held(attendance=186, present=present), by=minh, at=at("2026-07-15 11:40")
    )
    minutes.record_minutes(
        dialogue.pk,
        text=("28 ý kiến, kiến nghị; người chủ trì trả lời và giao giải quyết từng nội dung."),
        by=minh,
        at=at("2026-07-15 16:00"),
    )
    _sign(dialogue, minh, chi)
    return concluding.publish(dialogue.pk, by=minh, at=at("2026-07-22 08:30"))


def _sign(dialogue: Dialogue, minh: Official, chi: Official) -> None:
    """Worded by the office, approved by who chaired, signed on paper, the scan kept here."""
    draft = papers.conclusion(dialogue, CONCLUSION, (), queries.chairs(dialogue))
    worded = concluding.draft_conclusion(
        dialogue.pk, text=CONCLUSION, docx=draft, by=minh, at=at("2026-07-17 09:00")
    )
    concluding.approve_conclusion(
        dialogue.pk, document=worded.pk, by=chi, at=at("2026-07-17 16:30")
    )
    title = "Thông báo số 45/TB-UBND ngày 20/7/2026"
    paper = Page(issuer=dialogue.host.name, title=title, blocks=(Text(CONCLUSION),))
    concluding.sign(
        dialogue.pk,
        number="45/TB-UBND",
        signed_on=date(2026, 7, 20),
        upload=SimpleUploadedFile("45-TB-UBND.pdf", page(paper), content_type="application/pdf"),
        by=minh,
        at=at("2026-07-20 15:00"),
    )


def _import(dialogue: Dialogue) -> None:
    parsed = read_list(SHEET.name, SHEET.read_bytes())
    importing.take_in(dialogue.pk, parsed, by=actor("minh"), at=at("2026-08-21 08:15"))


def _case(dialogue: Dialogue, number: int) -> UUID:
    case: UUID = dialogue.items.get(number=number).case_id
    return case


def _walk(dialogue: Dialogue) -> None:
    """Some cases answered, some confirmed, one disputed, one on its way by letter, some late."""
    minh, hoa, chi = actor("minh"), actor("hoa"), actor("chi")
    kt = body("Phòng Kinh tế xã Cẩm Lạc")
    for number in (2, 3, 17, 18, 23):
        why = "Phòng Kinh tế tham mưu lĩnh vực này cho UBND xã"
        placing.route(
            _case(dialogue, number), to=kt.pk, why=why, by=minh, at=at("2026-08-21 14:00")
        )
    _canal(_case(dialogue, 2), hoa)
    _road_light(dialogue, minh, chi)
    _dam(_case(dialogue, 25), chi)
    _letters(dialogue, minh)
    _seal(dialogue, minh)
    _words(dialogue)


def photo(label: str) -> SimpleUploadedFile:
    """A small invented picture."""
    image = Image.new("RGB", (640, 420), (196, 214, 190))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 250, 640, 420), fill=(120, 160, 190))
    draw.line((0, 250, 640, 240), fill=(90, 110, 80), width=8)
    draw.text((20, 20), label, fill=(40, 60, 40))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return SimpleUploadedFile("anh.jpg", buffer.getvalue(), content_type="image/jpeg")


def _canal(case: UUID, hoa: Official) -> None:
    moment = at("2026-09-10 10:20")
    picture = keep(
        photo("Kenh Dong Leu"),
        about=case,
        purpose="evidence",
        by=hoa,
        at=moment,
        title="Kênh sau nạo vét",
    )
    reply = Reply(
        "Đã nạo vét 1,8 km kênh Đồng Lều, nước đã tới cuối kênh từ ngày 08/9/2026.",
        "settled",
        "131/UBND-KT",
        date(2026, 9, 9),
        evidence=(picture.pk,),
    )
    answering.answer(case, reply, by=hoa, at=moment)
    hearing.confirm(
        case,
        Heard("slip", "Nước đã về đủ, bà con đồng ý."),
        by=actor("quang"),
        at=at("2026-09-18 09:00"),
    )
    public = publishing.propose(Case.objects.get(pk=case))
    publishing.publish(case, public, by=actor("minh"), at=at("2026-09-21 08:00"))


def _road_light(dialogue: Dialogue, minh: Official, chi: Official) -> None:
    """Two statements with one wish are one case; answered, disputed by the Front's board, answered
    again.
    """
    first, second = _case(dialogue, 11), _case(dialogue, 12)
    theirs = Submission.objects.get(carried__case=first)
    ending.join(second, into=first, by=minh, at=at("2026-08-24 09:00"))
    reply = Reply(
        "Đã khảo sát và lắp 2 bóng đèn tại đầu cầu Rác.",
        "settled",
        "150/UBND-KT",
        date(2026, 9, 14),
    )
    answering.answer(first, reply, by=chi, at=at("2026-09-15 15:00"))
    word = Heard("counter", "Mới lắp một bên cầu, bên kia vẫn tối.", theirs.pk)
    hearing.dispute(first, word, by=actor("quang"), at=at("2026-09-25 08:40"))


def _dam(case: UUID, chi: Official) -> None:
    what = "Công an xã và Phòng Kinh tế đã rào khu vực, hạ mực nước hồ, cắm biển cảnh báo."
    answering.act(case, what=what, by=chi, at=at("2026-08-21 16:30"))


def _letters(dialogue: Dialogue, minh: Official) -> None:
    ward = _case(dialogue, 16)
    letter = Letter("152/UBND-VX", date(2026, 8, 27), "Thuộc thẩm quyền của Sở Nội vụ")
    letters.forward(
        ward, to=body("Sở Nội vụ").pk, letter=letter, by=minh, at=at("2026-08-27 10:00")
    )


def _seal(dialogue: Dialogue, minh: Official) -> None:
    centre = body("Trung tâm Phục vụ hành chính công xã Cẩm Lạc")
    case = Case.objects.select_related("matter").get(pk=_case(dialogue, 27))
    field = case.matter.field
    placing.classify(
        case.pk,
        Kind(field, other_procedure="conduct", complained_of=centre.pk),
        by=minh,
        at=at("2026-08-21 11:00"),
    )


def _words(dialogue: Dialogue) -> None:
    """People asked by the Front's board: by slip and telephone."""
    quang = actor("quang")
    hearing.confirm(_case(dialogue, 5), Heard("slip"), by=quang, at=at("2026-08-31 09:00"))
    hearing.confirm(_case(dialogue, 14), Heard("telephone"), by=quang, at=at("2026-09-01 09:00"))


def _next_dialogue(now: datetime) -> None:
    minh, chi = actor("minh"), actor("chi")
    day = now + timedelta(days=12)
    plan = Plan(
        host=body("UBND xã Cẩm Lạc").pk,
        title=("Đối thoại với thanh niên về vốn vay khởi nghiệp"),
        kind="thematic",
        starts_at=day.replace(hour=1, minute=30, second=0, microsecond=0),
        venue="Nhà văn hóa thôn Hưng Thắng",
        chairs=(chi.post,),
        agenda=("Vốn vay khởi nghiệp; việc làm tại cụm công nghiệp"),
        commune_conference=True,
    )
    dialogue = planning.plan(plan, by=minh, at=now)
    planning.announce(dialogue.pk, by=minh, at=now)


LATELY = (
    (
        6,
        "Cống thoát nước trước cổng trường mầm non bị tắc, mưa là ngập.",
        "Thôn Lạc Thọ",
        "irrigation",
    ),
    (3, "Đề nghị sửa hàng rào cầu treo thôn Yên Lạc bị hư.", "Thôn Yên Lạc", "transport"),
    (2, "Loa truyền thanh thôn Hưng Trung hỏng hai tuần nay.", "Thôn Hưng Trung", ""),
    (1, "Đề nghị thông báo lịch cắt điện trước ít nhất một ngày.", "Thôn Trường Sơn", ""),
)


def _this_week(now: datetime) -> None:
    """What came in by the web in the last days: some routed, some waiting to be classified."""
    host, minh = body("UBND xã Cẩm Lạc"), actor("minh")
    for days, text, village, code in LATELY:
        moment = now - timedelta(days=days)
        place = Place.objects.get(name=village, parent=host.place)
        said = Statement(
            text=text,
            channel="web",
            occasion="web",
            place=place.pk,
            place_text=village,
            field=code,
            may_publish=True,
        )
        taken = submit(said, to=host, by=Citizen(), at=moment)
        if code:
            placing.classify(taken.case.pk, Kind(code), by=minh, at=moment)
            to = body("Phòng Kinh tế xã Cẩm Lạc").pk
            placing.route(
                taken.case.pk, to=to, why="Thuộc lĩnh vực phòng phụ trách", by=minh, at=moment
            )
