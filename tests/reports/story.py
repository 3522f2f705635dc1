"""A dialogue of Cẩm Lạc: some items settled, others disputed, late, sealed, published."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from doithoai.accounts.actors import Official
from doithoai.cases.commands import answering, ending, hearing, placing, publishing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.models import Case
from doithoai.core.days import local_day
from doithoai.dialogues.commands import concluding, hall, importing, planning
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.reading_sheets import read_list
from doithoai.units.models import Body, Place

SHEET = Path("tests/data/cam-lac-2026-07-15.xlsx")
START = datetime(2026, 7, 15, 7, 30, tzinfo=timezone(timedelta(hours=7)))


@dataclass(frozen=True)
class People:
    """Who acts in the story."""

    minh: Official
    chi: Official
    quang: Official


@dataclass(frozen=True)
class Story:
    """The dialogue and the cases that something happened to, each reached by running commands."""

    dialogue: Dialogue
    sealed: Case
    agreed: Case
    disputed: Case
    published: Case
    withheld: Case
    joined: Case


def tell(people: People, *, now: datetime) -> Story:
    """Plan, hold and import the dialogue; then let things happen to six of its cases."""
    dialogue = hold(people)
    importing.take_in(
        dialogue.pk, read_list(SHEET.name, SHEET.read_bytes()), by=people.minh, at=now
    )
    return _settle(dialogue, people, now)


def hold(people: People, *, start: datetime = START) -> Dialogue:
    """A dialogue, held, nothing said yet."""
    host = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    planned = planning.Plan(
        host=host.pk, title="Đối thoại ngày 15/7/2026", kind="conference", starts_at=start,
        venue="Hội trường xã", chairs=(people.chi.post,), commune_conference=True,
    )  # fmt: skip
    made = planning.plan(planned, by=people.minh, at=start - timedelta(days=14))
    planning.announce(made.pk, by=people.minh, at=start - timedelta(days=10))
    concluding.hold(made.pk, concluding.Held(120), by=people.minh, at=start + timedelta(hours=4))
    return made


def in_the_hall(people: People, *, now: datetime) -> Story:
    """Eight statements taken down in a hall forty days ago, each with a date ten days ago."""
    dialogue = hold(people, start=now - timedelta(days=40))
    villages = list(Place.objects.filter(parent=dialogue.host.place_id).order_by("sort_key")[:2])
    for number in range(8):
        line = hall.Line(
            sent_as=uuid5(NAMESPACE_URL, str(number)), text=f"Mương số {number} bị tắc.",
            speaker=f"Hộ ông Nguyễn Văn {number}", place=villages[number % 2].pk, field="land",
            lead=dialogue.host_id, due_on=local_day(now) - timedelta(days=10),
        )  # fmt: skip
        hall.take_down(dialogue.pk, line, by=people.minh, at=now - timedelta(days=30))
    return _settle(dialogue, people, now)


def _settle(dialogue: Dialogue, people: People, now: datetime) -> Story:
    mine = _open(dialogue, people)
    agreed, disputed, published, withheld, sealed, joined = mine[:6]
    for case in (agreed, disputed, published, withheld):
        settle(case, people, now)
    hearing.confirm(agreed.pk, Heard("slip"), by=people.quang, at=now)
    hearing.dispute(disputed.pk, Heard("slip", "Mương vẫn tắc"), by=people.quang, at=now)
    public = publishing.Public(
        "Kiến nghị về mương", "Mương bị tắc", "Đã nạo vét", "Nói tại hội nghị"
    )
    publishing.publish(published.pk, public, by=people.chi, at=now)
    publishing.withhold(withheld.pk, reason="private_life", by=people.chi, at=now)
    placing.classify(
        sealed.pk, placing.Kind("other", other_procedure="conduct"), by=people.chi, at=now
    )
    ending.join(joined.pk, into=mine[6].pk, by=people.chi, at=now)
    return Story(dialogue, sealed, agreed, disputed, published, withheld, joined)


def _open(dialogue: Dialogue, people: People) -> list[Case]:
    own = Case.objects.visible_to(people.chi).filter(
        occasion_matter=dialogue.pk, state="routed", handling_body__in=people.chi.acts_for
    )
    return list(own.order_by("matter__code"))


def settle(case: Case, people: People, now: datetime) -> None:
    """The commune's chair answers, with a document."""
    reply = Reply("Đã nạo vét xong.", "settled", "125/UBND-KT", START.date() + timedelta(days=20))
    answering.answer(case.pk, reply, by=people.chi, at=now)
