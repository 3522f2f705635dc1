"""What two hands do at one moment to a dialogue: for every locking command, from which state."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands import intake
from doithoai.core.days import local_day
from doithoai.dialogues.commands import (
    concluding,
    correcting,
    hall,
    importing,
    minutes,
    missing,
    planning,
    preparing,
    sheets,
    slips,
)
from doithoai.dialogues.models import Dialogue, Item
from doithoai.dialogues.reading_sheets import read_list
from doithoai.units.queries import villages
from tests.conftest import become
from tests.dialogues.grounds import (
    SAMPLE,
    announced,
    economy,
    held,
    plan,
    signed,
    signed_file,
    worded,
)
from tests.journeys.racing import Race, Ready


def dialogue(
    begin: Callable[[], Dialogue], act: Callable[[Dialogue], object], entry: str, *,
    once: bool = True,
) -> Race:  # fmt: skip
    """A command on a dialogue."""

    def ready() -> Ready:
        found = begin()
        return Ready(found.pk, lambda: act(found))

    return Race(entry, ready, once)


def _planned() -> Dialogue:
    return plan(become("minh"), become("chi"), start=timezone.now() + timedelta(days=20))


def _announced() -> Dialogue:
    return announced(become("minh"), become("chi"), start=timezone.now() + timedelta(days=20))


def _held() -> Dialogue:
    return held(become("minh"), become("chi"))


def _approved() -> Dialogue:
    found = _held()
    paper = worded(found, become("minh"), at=timezone.now())
    return concluding.approve_conclusion(
        found.pk, document=paper.pk, by=become("chi"), at=timezone.now()
    )


def _signed() -> Dialogue:
    return signed(_held(), become("minh"), become("chi"), at=timezone.now())


def _published_dialogue() -> Dialogue:
    return concluding.publish(_signed().pk, by=become("minh"), at=timezone.now())


def _minutes() -> Dialogue:
    return minutes.record_minutes(
        _held().pk, text="Diễn biến", by=become("minh"), at=timezone.now()
    )


def _spoken() -> Dialogue:
    found = _announced()
    line = hall.Line(sent_as=uuid4(), text="Đề nghị sửa đường.", speaker="Ông A")
    hall.take_down(found.pk, line, by=become("minh"), at=timezone.now())
    return found


def _ask(found: Dialogue) -> object:
    return preparing.ask_drafts(
        found.pk,
        items=[Item.objects.get(dialogue=found).pk],
        body=economy().pk,
        by=become("minh"),
        at=timezone.now(),
    )


def _asked() -> Dialogue:
    found = _spoken()
    _ask(found)
    return found


def _send(found: Dialogue) -> object:
    return preparing.send_draft(
        found.pk,
        item_id=Item.objects.get(dialogue=found).pk,
        draft="Sẽ sửa trong quý IV.",
        by=become("kien"),
        at=timezone.now(),
    )


def _change(found: Dialogue) -> object:
    changed = planning.Plan(
        host=found.host_id, title="Đối thoại", kind="conference", venue="Nhà văn hóa",
        starts_at=found.starts_at + timedelta(days=1), chairs=(become("chi").post,),
    )  # fmt: skip
    return planning.change(found.pk, changed, by=become("minh"), at=timezone.now())


def _approve(found: Dialogue) -> object:
    paper = PAPERS[found.pk]
    return concluding.approve_conclusion(
        found.pk, document=paper, by=become("chi"), at=timezone.now()
    )


PAPERS: Final = dict[UUID, UUID]()


def _worded() -> Dialogue:
    found = _held()
    PAPERS[found.pk] = worded(found, become("minh"), at=timezone.now()).pk
    return found


MARK = UUID("00000000-0000-4000-8000-0000000000ab")


def _take_down(found: Dialogue) -> object:
    line = hall.Line(sent_as=MARK, text="Đề nghị sửa đường.", speaker="Ông A")
    return hall.take_down(found.pk, line, by=become("minh"), at=timezone.now())


def _question(found: Dialogue) -> object:
    said = intake.Statement(text="Bao giờ có nước sạch?", channel="web", occasion="dialogue")
    mark = UUID(int=found.pk.int ^ 1)
    return hall.collect_question(found.pk, said, sent_as=mark, by=Citizen(), at=timezone.now())


def _sheet() -> SimpleUploadedFile:
    return SimpleUploadedFile(SAMPLE.name, SAMPLE.read_bytes())


SHEETS: Final = dict[UUID, UUID]()


def _kept_sheet() -> Dialogue:
    found = _held()
    SHEETS[found.pk] = sheets.keep_sheet(
        found.pk, _sheet(), by=become("minh"), at=timezone.now()
    ).pk
    return found


def _imported() -> Dialogue:
    found = _held()
    rows = "STT,Nội dung kiến nghị,Cơ quan chủ trì\n1,Đường hỏng,UBND xã\n"
    importing.take_in(
        found.pk, read_list("list.csv", rows.encode()), by=become("minh"), at=timezone.now()
    )
    return found


def _decide(found: Dialogue) -> object:
    codes = [item.case.matter.code for item in found.items.all()]
    return missing.decide(found.pk, missing=codes, decided={}, by=become("minh"), at=timezone.now())


def _set_date(found: Dialogue) -> object:
    day = local_day(timezone.now()) + timedelta(days=30)
    item = found.items.get()
    return correcting.set_date(item.pk, due_on=day, by=become("minh"), at=timezone.now())


def _name_village(found: Dialogue) -> object:
    village = villages(found.host.place, today=local_day(timezone.now()))[0]
    return correcting.name_village(
        found.items.get().pk, village=village.pk, by=become("minh"), at=timezone.now()
    )


def _sign(found: Dialogue) -> object:
    return concluding.sign(
        found.pk, number="45/TB-UBND", signed_on=local_day(timezone.now()), upload=signed_file(),
        by=become("minh"), at=timezone.now(),
    )  # fmt: skip


def _sign_minutes(found: Dialogue) -> object:
    return minutes.sign_minutes(
        found.pk, number="12/BB-UBND", signed_on=local_day(timezone.now()), upload=signed_file(),
        by=become("minh"), at=timezone.now(),
    )  # fmt: skip


def _now(
    command: Callable[..., object], by: str = "minh", **words: object
) -> Callable[[Dialogue], object]:
    return lambda found: command(found.pk, by=become(by), at=timezone.now(), **words)


DIALOGUES: Mapping[str, Race] = {
    "concluding.hold": dialogue(
        lambda: announced(become("minh"), become("chi")),
        lambda d: concluding.hold(
            d.pk, concluding.Held(120, (d.chairs.get().pk,)), by=become("minh"), at=timezone.now()
        ),
        "dialogues.held",
    ),
    "concluding.draft_conclusion": dialogue(
        _held, _now(concluding.draft_conclusion, text="Giao Văn phòng", docx=b""),
        "dialogues.conclusion_drafted", once=False,
    ),
    "concluding.approve_conclusion": dialogue(
        _worded, _approve, "dialogues.conclusion_approved", once=False
    ),
    "concluding.sign": dialogue(_approved, _sign, "dialogues.conclusion_signed"),
    "concluding.publish": dialogue(_signed, _now(concluding.publish), "dialogues.published"),
    "concluding.post_results": dialogue(
        _published_dialogue, _now(concluding.post_results), "dialogues.results_posted", once=False
    ),
    "hall.take_down": dialogue(_announced, _take_down, "dialogues.taken_down"),
    "hall.collect_question": dialogue(_announced, _question, "dialogues.taken_down"),
    "importing.take_in": dialogue(
        _held,
        lambda d: importing.take_in(
            d.pk, read_list(SAMPLE.name, SAMPLE.read_bytes()), by=become("minh"),
            at=timezone.now(),
        ),
        "dialogues.imported",
    ),
    "missing.decide": dialogue(_imported, _decide, "dialogues.missing_decided"),
    "correcting.set_date": dialogue(_imported, _set_date, "", once=False),
    "correcting.name_village": dialogue(_imported, _name_village, "", once=False),
    "minutes.record_minutes": dialogue(
        _held, _now(minutes.record_minutes, text="Diễn biến"), "dialogues.minutes_recorded",
        once=False,
    ),
    "minutes.sign_minutes": dialogue(_minutes, _sign_minutes, "dialogues.minutes_signed"),
    "planning.change": dialogue(_planned, _change, "dialogues.changed", once=False),
    "planning.announce": dialogue(_planned, _now(planning.announce), "dialogues.announced"),
    "planning.postpone": dialogue(
        _announced, _now(planning.postpone, reason="Bão"), "dialogues.postponed"
    ),
    "planning.reschedule": dialogue(
        _announced,
        lambda d: planning.reschedule(
            d.pk, starts_at=d.starts_at + timedelta(days=2), by=become("minh"), at=timezone.now()
        ),
        "dialogues.rescheduled", once=False,
    ),
    "planning.cancel": dialogue(
        _announced, _now(planning.cancel, reason="Bão"), "dialogues.cancelled"
    ),
    "preparing.prepare": dialogue(
        _spoken,
        lambda d: preparing.prepare(
            d.pk, item_id=Item.objects.get(dialogue=d).pk, draft_reply="Sẽ làm",
            by=become("minh"), at=timezone.now(),
        ),
        "dialogues.prepared", once=False,
    ),
    "preparing.ask_drafts": dialogue(_spoken, _ask, "dialogues.draft_asked"),
    "preparing.send_draft": dialogue(_asked, _send, "dialogues.draft_sent", once=False),
    "sheets.import_sheet": dialogue(
        _kept_sheet,
        lambda d: sheets.import_sheet(
            SHEETS[d.pk], accepted=frozenset(), sure=True, by=become("minh"), at=timezone.now()
        ),
        "dialogues.imported",
    ),
    "slips.reissue_slips": dialogue(
        _spoken,
        lambda d: slips.reissue_slips(
            d.pk, list(Item.objects.filter(dialogue=d)), by=become("minh"), at=timezone.now()
        ),
        "", once=False,
    ),
}  # fmt: skip
