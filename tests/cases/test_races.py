"""Eight at once: one is kept, the others are told. Threads, in a database in which commits stay."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands import answering, intake, lodging, placing
from doithoai.cases.commands.history import take_in_answer
from doithoai.cases.models import Case, PersonsWord
from doithoai.cases.workflow import State
from doithoai.core.errors import DomainError, NotFound
from doithoai.dialogues.commands import importing, planning
from doithoai.dialogues.commands.planning import Plan
from doithoai.dialogues.reading_sheets import read_list
from doithoai.docket.models import Obligation
from doithoai.ledger.commands import open_receipt
from doithoai.ledger.models import Entry, Receipt
from tests.cases.reaching import ACTS, Story, body, committee, reach, reply
from tests.conftest import become

EIGHT = 8
SHEET = Path(__file__).resolve().parents[1] / "data" / "cam-lac-2026-07-15.xlsx"
pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """Eight threads do it at one moment: how often it was ``kept``, what the others were told."""
    start, told, lock = threading.Barrier(EIGHT), Counter[str](), threading.Lock()

    def run(turn: int) -> None:
        start.wait()
        try:
            act(turn)
            outcome = "kept"
        except DomainError as refusal:
            outcome = type(refusal).__name__
        finally:
            connections.close_all()
        with lock:
            told[outcome] += 1

    threads = [threading.Thread(target=run, args=(turn,)) for turn in range(EIGHT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _entries(story: Story, kind: str) -> int:
    return Entry.objects.filter(matter=story.case_id, kind=kind).count()


def test_eight_officers_answer_from_the_same_page_and_one_answer_is_kept() -> None:
    story = reach(State.ROUTED)
    seen, hoa, at, answer = story.case.matter.version, story.who("hoa"), story.later(), reply(story)
    told = at_once(lambda _turn: answering.answer(story.case_id, answer, seen=seen, by=hoa, at=at))
    assert told == {"kept": 1, "Stale": 7}
    assert story.case.answers.count() == 1
    assert _entries(story, "cases.answered") == 1


@pytest.mark.parametrize(
    ("state", "step", "by", "entry"),
    [
        (State.OFFERED, "accept", "nong", "cases.accepted"),
        (State.OFFERED, "return", "nong", "cases.returned"),
        (State.ANSWERED, "confirm", "lan", "cases.confirmed"),
        (State.ANSWERED, "dispute", "quang", "cases.disputed"),
        (State.ROUTED, "withdraw", "lan", "cases.withdrawn"),
        (State.CLASSIFIED, "offer", "minh", "cases.offered"),
        (State.DISPUTED_LEAD, "decide_lead", "chi", "cases.decided_lead"),
        (State.ASKED, "hear_reply", "lan", "cases.person_replied"),
        (State.CONFIRMED, "reopen", "chi", "cases.reopened"),
        (State.JOINED, "part", "minh", "docket.split"),
    ],
    ids=str,
)
def test_eight_take_the_same_step_and_it_happens_once(
    state: State, step: str, by: str, entry: str
) -> None:
    story = reach(state)
    story.later()
    told = at_once(lambda _turn: ACTS[step](story, story.who(by)))
    assert told["kept"] == 1
    assert set(told) - {"kept"} <= {"WrongState", "Denied", "Invalid"}
    assert _entries(story, entry) == 1
    assert PersonsWord.objects.count() == (1 if step in {"confirm", "dispute"} else 0) + (
        1 if state == State.CONFIRMED else 0
    )
    keys = Obligation.objects.filter(matter=story.case_id).values_list("key", flat=True)
    assert len(keys) == len(set(keys))


def test_eight_new_slips_leave_one_that_opens() -> None:
    story = reach(State.ROUTED)
    issued: list[tuple[str, str]] = []
    minh, at = story.who("minh"), story.later()

    def again(_turn: int) -> None:
        slip = intake.reissue_slip(story.case_id, submission_id=story.submission, by=minh, at=at)
        issued.append((slip.code, slip.secret))

    assert at_once(again) == {"kept": 8}
    assert Receipt.objects.filter(about=story.submission, dead_at=None).count() == 1
    opened = []
    for code, secret in [*issued, (story.code, story.secret)]:
        try:
            opened.append(open_receipt(code, secret, at=at))
        except NotFound:
            continue
    assert len(opened) == 1


def test_the_same_form_sent_eight_times_is_one_case_with_one_slip() -> None:
    ground = reach(State.RECEIVED)
    said = intake.Statement(
        text="Đèn đường hỏng", channel="web", occasion="web", drawn="ve-mot-lan-duy-nhat"
    )
    cases: list[str] = []

    def send(_turn: int) -> None:
        taken = lodging.lodge(said, [], to=committee(), by=Citizen(), at=ground.at)
        assert taken.receipt is not None
        cases.append(f"{taken.case.pk} {taken.receipt.code} {taken.receipt.secret}")

    assert at_once(send) == {"kept": 8}
    assert len(set(cases)) == 1


def test_eight_lists_bring_an_answer_along_and_one_is_kept() -> None:
    story = reach(State.CLASSIFIED)
    minh, at, answer, lead = story.who("minh"), story.later(), reply(story), committee().pk
    told = at_once(lambda _turn: take_in_answer(story.case_id, answer, body=lead, by=minh, at=at))
    assert told == {"kept": 1, "Invalid": 7}
    assert story.case.answers.count() == 1


def test_two_officers_who_lock_several_cases_crosswise_do_not_wait_for_each_other() -> None:
    stories = [reach(State.ROUTED) for _each in range(4)]
    ids = [s.case_id for s in stories]
    hoa, at, answer = stories[0].who("hoa"), stories[-1].later(), reply(stories[-1])
    told = at_once(
        lambda turn: answering.answer_many(ids if turn % 2 else ids[::-1], answer, by=hoa, at=at)
    )
    assert told == {"kept": 8}
    assert all(s.case.answers.count() == EIGHT for s in stories)


def test_an_offer_is_accepted_by_one_body_while_another_clerk_takes_it_elsewhere() -> None:
    story = reach(State.OFFERED)
    nong, minh, at = story.who("nong"), story.who("minh"), story.later()
    police = body("Công an xã Cẩm Lạc").pk

    def act(turn: int) -> object:
        if turn % 2:
            return placing.accept(story.case_id, by=nong, at=at)
        return placing.route(story.case_id, to=police, why="Nhầm", by=minh, at=at)

    told = at_once(act)
    assert told["kept"] >= 1
    assert _entries(story, "cases.accepted") == 1
    assert story.case.transfers.filter(ended="").count() == 0


def test_one_list_imported_eight_times_at_once_is_imported_once() -> None:
    held = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)
    minh, chi, sheet = become("minh"), become("chi"), SHEET.read_bytes()
    plan = Plan(
        host=chi.body,
        title="Đối thoại",
        kind="conference",
        starts_at=held,
        venue="Hội trường xã",
        chairs=(chi.post,),
    )
    dialogue = planning.plan(plan, by=minh, at=held - timedelta(days=14))
    done: list[tuple[int, int]] = []

    def bring(_turn: int) -> None:
        parsed = read_list(SHEET.name, sheet)
        result = importing.take_in(dialogue.pk, parsed, by=minh, at=held + timedelta(days=1))
        done.append((result.imported, result.already))

    assert at_once(bring) == {"kept": 8}
    assert sorted(done) == [(0, 28)] * 7 + [(28, 0)]
    assert Case.objects.filter(items__dialogue=dialogue).count() == 28
