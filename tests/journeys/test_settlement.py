"""The whole story: what was said in a hall is written in a list, sent to who must act, answered
with a picture, disputed, answered one level up, and confirmed - by the person, or on a slip.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet

from doithoai.accounts.actors import Citizen, Official
from doithoai.cases.commands import hearing, intake, placing
from doithoai.cases.commands.answering import Reply, answer
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case, PersonsWord
from doithoai.core.days import local_day
from doithoai.core.errors import NotFound
from doithoai.dialogues.commands import concluding, importing, planning
from doithoai.dialogues.commands.concluding import Held
from doithoai.dialogues.commands.planning import Plan
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.reading_sheets import read_list
from doithoai.docket.models import Matter, Obligation
from doithoai.docket.queries import TABS, inbox, why
from doithoai.files.commands import keep
from doithoai.ledger.commands import Issued, number_entries, open_receipt
from doithoai.ledger.models import Entry, Sequence
from doithoai.notices.models import Outbox
from doithoai.supervision.commands import Said, record_words
from tests.conftest import become, own_database
from tests.dialogues import grounds
from tests.files import making

pytestmark = pytest.mark.django_db
SHEET = Path(__file__).resolve().parents[1] / "data" / "cam-lac-2026-07-15.xlsx"
HELD = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)  # eight o'clock in the hall
DAY = timedelta(days=1)


@dataclass
class Village:
    """Everybody in the story, and how far it has come."""

    dialogue: Dialogue
    result: importing.Result

    @property
    def cases(self) -> QuerySet[Case]:
        """The cases of the list, in its order."""
        return Case.objects.filter(items__dialogue=self.dialogue).order_by("items__number")


@pytest.fixture(scope="module")
def taken_in(
    django_db_setup: None, django_db_blocker: Any, worker_id: str
) -> Iterator[importing.Result]:
    """The list is taken in once, in a database of its own; each test goes on from there."""
    del django_db_setup
    with own_database(worker_id, django_db_blocker):
        with django_db_blocker.unblock():
            made = _held_and_taken_in()
        yield made


@pytest.fixture
def village(taken_in: importing.Result, db: None) -> Village:
    """The dialogue, its list taken in the day after."""
    del db
    return Village(Dialogue.objects.get(starts_at=HELD), taken_in)


def _held_and_taken_in() -> importing.Result:
    """A dialogue planned, announced, held, and its list taken in the day after."""
    minh, chi = become("minh"), become("chi")
    plan = Plan(
        host=chi.body, title="Đối thoại với Nhân dân xã Cẩm Lạc", kind="conference",
        starts_at=HELD, venue="Hội trường xã", chairs=(chi.post,), commune_conference=True,
    )  # fmt: skip
    dialogue = planning.plan(plan, by=minh, at=HELD - 14 * DAY)
    planning.announce(dialogue.pk, by=minh, at=HELD - 10 * DAY)
    concluding.hold(dialogue.pk, Held(120), by=minh, at=HELD + timedelta(hours=4))
    parsed = read_list(SHEET.name, SHEET.read_bytes())
    return importing.take_in(dialogue.pk, parsed, by=minh, at=HELD + DAY)


def _given_to_the_economy_office(village: Village, words: str, at: datetime) -> Case:
    """The list names the committee; its clerk gives the case to the office that does the work."""
    hoa = become("hoa")
    case = village.cases.get(text__contains=words, state="routed")
    return placing.route(case.pk, to=hoa.body, why="Phụ trách", by=become("minh"), at=at)


def _slip(case: Case, by: Official, at: datetime) -> Issued:
    carried = case.carried.get(until=None)
    return intake.reissue_slip(case.pk, submission_id=carried.submission_id, by=by, at=at)


def _kinds(case: Case) -> list[str]:
    entries = Entry.objects.filter(matter=case.pk).order_by("at", "id")
    return list(entries.values_list("kind", flat=True))


def _in_order(wanted: Iterable[str], said: Iterable[str]) -> bool:
    rest = iter(said)
    return all(any(each == kind for each in rest) for kind in wanted)


def test_every_row_of_the_list_is_a_case_and_none_is_lost(village: Village) -> None:
    result = village.result
    assert (result.rows, result.imported, len(result.refused)) == (28, 28, 0)
    assert village.cases.count() == 28
    parsed = read_list(SHEET.name, SHEET.read_bytes())
    again = importing.take_in(village.dialogue.pk, parsed, by=become("minh"), at=HELD + 2 * DAY)
    assert (again.imported, again.already) == (0, 28)
    assert village.cases.count() == 28


def test_whatever_of_the_list_is_not_final_has_a_clock(village: Village) -> None:
    for case in village.cases.filter(matter__final=False):
        running = Obligation.objects.filter(
            matter=case.pk, state__in=["open", "paused"], kind__in=["duty", "window"]
        )
        assert running.exists(), case.text


def test_a_recommendation_goes_all_the_way_from_the_hall_to_the_persons_yes(
    village: Village,
) -> None:
    minh, hoa, chi = become("minh"), become("hoa"), become("chi")
    at = HELD + 2 * DAY
    case = _given_to_the_economy_office(village, "Đồng Lều", at)

    # the clerk hands the person a slip; the officer finds what she owes, with its reason
    slip = _slip(case, minh, at)
    lan = Citizen(open_receipt(slip.code, slip.secret, at=at).pk)
    lines = [line for tab in TABS for line in inbox(hoa, today=local_day(at), tab=tab).lines]
    debt = next(line.obligation for line in lines if line.obligation.matter_id == case.pk)
    assert why(debt.pk, hoa, today=local_day(at)).sentences

    # she answers with a picture of what was done
    picture = keep(
        making.upload(making.photo(size=(640, 480)), "kenh.jpg"), about=case.pk,
        purpose="evidence", by=hoa, at=at, place_note="Kênh Đồng Lều",
    )  # fmt: skip
    done = Reply("Đã nạo vét 400 m", "settled", evidence=(picture.pk,))
    answer(case.pk, done, by=hoa, at=at + DAY)
    debt.refresh_from_db()
    assert (debt.state, debt.late) == ("discharged", False)
    assert Outbox.objects.filter(about=case.pk, template="cases/notices/answered").exists()

    # the person does not agree; one level up has it, and owes an answer
    hearing.dispute(case.pk, Heard("web", "Mới làm một nửa"), by=lan, at=at + 2 * DAY)
    case.refresh_from_db()
    assert (case.state, case.handling_body_id) == ("escalated", chi.body)
    owed_above = Obligation.objects.get(matter=case.pk, state="open", kind="duty")
    assert (owed_above.rule, owed_above.body_id) == (
        "vn.recommendation.answer_dispute", chi.body,
    )  # fmt: skip

    # the chair answers under a document, and the person agrees
    signed = Reply("Đã nạo vét nốt 400 m", "settled", "125/UBND-KT", local_day(at + 3 * DAY))
    answer(case.pk, signed, by=chi, at=at + 3 * DAY)
    hearing.confirm(case.pk, Heard("web"), by=lan, at=at + 4 * DAY)
    case.refresh_from_db()
    assert (case.state, case.word, case.word_by_self) == ("confirmed", "agreed", True)
    assert not Obligation.objects.filter(matter=case.pk, state__in=["open", "paused"]).exists()
    assert _in_order(
        [
            "cases.received", "cases.classified", "cases.routed", "cases.slip_reissued",
            "cases.answered", "cases.disputed", "cases.escalated", "cases.answered",
            "cases.confirmed", "cases.closed",
        ],
        _kinds(case),
    )  # fmt: skip


def test_a_person_without_a_telephone_confirms_on_a_slip_the_front_writes_down(
    village: Village,
) -> None:
    hoa, quang = become("hoa"), become("quang")
    at = HELD + 3 * DAY
    case = _given_to_the_economy_office(village, "Chó thả rông", at)
    day = local_day(at)
    answer(case.pk, Reply("Đã làm xong", "settled", "126/UBND-KT", day), by=hoa, at=at)
    assert Outbox.objects.get(about=case.pk).channel == "print"
    told = record_words([Said(case.pk, "agreed", "Đồng ý")], by=quang, at=at + DAY)
    assert (told.kept, told.refused) == (1, ())
    word = PersonsWord.objects.get(case=case)
    assert (word.how, word.by_self, word.recorded_by_id) == ("slip", False, quang.post)
    case.refresh_from_db()
    assert (case.state, case.word_by_self) == ("confirmed", False)


def test_what_looks_like_another_procedure_waits_for_a_person_to_decide(village: Village) -> None:
    minh, hoa = become("minh"), become("hoa")
    waiting = list(village.cases.filter(state="received"))
    assert waiting
    assert all(case.attention for case in waiting)
    case = waiting[0]
    at = HELD + 2 * DAY
    about_the_office = Kind("land", other_procedure="complaint", complained_of=hoa.body)
    placing.classify(case.pk, about_the_office, by=minh, at=at)
    assert not Matter.objects.visible_to(hoa).filter(pk=case.pk).exists()
    assert not Matter.objects.visible_to(become("quang")).filter(pk=case.pk).exists()


def test_the_conclusion_starts_the_time_of_what_is_still_owed(village: Village) -> None:
    minh = become("minh")
    at = HELD + 5 * DAY
    grounds.signed(village.dialogue, minh, become("chi"), at=at)
    concluding.publish(village.dialogue.pk, by=minh, at=at + DAY)
    waiting = village.cases.filter(matter__final=False, answered_at=None)
    told = Entry.objects.filter(kind="cases.conclusion_published").values_list("matter", flat=True)
    assert set(told) == set(waiting.values_list("pk", flat=True))
    assert Matter.objects.get(pk=village.dialogue.pk).final


def test_a_stranger_meets_nothing_of_it_anywhere(village: Village) -> None:
    lien, somebody = become("lien"), Citizen()
    for actor in (lien, somebody):
        assert not Case.objects.visible_to(actor).filter(items__dialogue=village.dialogue).exists()
    with pytest.raises(NotFound):
        intake.reissue_slip(
            village.cases[0].pk, submission_id=village.cases[0].pk, by=lien, at=HELD + DAY
        )


def test_every_entry_of_the_story_gets_its_number(village: Village) -> None:
    assert village.result.imported == 28
    number_entries()
    numbers = sorted(Sequence.objects.values_list("seq", flat=True))
    assert numbers == list(range(1, Entry.objects.count() + 1))
