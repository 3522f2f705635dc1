"""No text that others read names who spoke under seal: stopped with the article, whichever act
writes it (Law 25/2018/QH14, articles 8 and 40).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.commands import (
    answering,
    ending,
    history,
    letters,
    offering,
    paper_making,
    placing,
    publishing,
)
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.letters import Letter
from doithoai.cases.commands.naming import refuse_naming_in
from doithoai.cases.commands.petitions import deciding
from doithoai.cases.commands.publishing import Public
from doithoai.cases.models import Case
from doithoai.cases.petition_papers import Asked
from doithoai.cases.workflow import Outcome, State
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.dialogues.commands import concluding, hall, minutes, planning, preparing
from doithoai.dialogues.commands.hall import Line
from doithoai.docket.models import Link, Matter
from doithoai.ledger.models import Entry
from doithoai.reception.commands import ending as leaving
from doithoai.reception.commands import holding
from doithoai.reception.commands import preparing as inviting
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.holding import Held
from doithoai.reception.commands.raising import Brought, raise_matter
from tests.cases.reaching import Story, committee, department, office, reach, without_account
from tests.conftest import become
from tests.dialogues.grounds import announced, held
from tests.journeys.test_leaks import NAME, NUMBER, by_desk
from tests.reception.receiving import received, today

TOLD = f"Theo lời bà {NAME}, kênh đã cạn"
Act = Callable[[Story, datetime], object]


def beside(case: Case) -> None:
    """A sealed item was split off from this one."""
    sealed = Matter.objects.get(code=by_desk(timezone.now()).code)
    Link.objects.create(source=sealed, kind=Link.Kind.SPLIT_FROM, target=case.matter)


def _minh() -> Official:
    return become("minh")


ACTS: dict[str, tuple[State, tuple[tuple[str, str], ...], Act]] = {
    "route": (State.CLASSIFIED, (), lambda s, at: placing.route(
        s.case_id, to=office().pk, why=TOLD, by=_minh(), at=at)),
    "offer": (State.CLASSIFIED, (), lambda s, at: placing.offer(
        s.case_id, to=department().pk, why=TOLD, by=_minh(), at=at)),
    "give back": (State.OFFERED, (), lambda s, at: placing.give_back(
        s.case_id, reason=TOLD, by=become("nong"), at=at)),
    "take back": (State.OFFERED, (), lambda s, at: offering.take_back(
        s.case_id, reason=TOLD, by=_minh(), at=at)),
    "urge": (State.OFFERED, (), lambda s, at: offering.urge_offered(
        s.case_id, text=TOLD, by=_minh(), at=at)),
    "letter drafted": (State.CLASSIFIED, (), lambda s, at: letters.draft_letter(
        s.case_id, to=without_account().pk, why=TOLD, docx=b"", by=_minh(), at=at)),
    "letter sent": (State.CLASSIFIED, (), lambda s, at: letters.forward(
        s.case_id, to=without_account().pk, letter=Letter("1/UBND", local_day(at), TOLD),
        by=_minh(), at=at)),
    "first measure": (State.ROUTED, (), lambda s, at: answering.act(
        s.case_id, what=TOLD, by=become("hoa"), at=at)),
    "answer": (State.ROUTED, (), lambda s, at: answering.answer(
        s.case_id, Reply(TOLD, Outcome.EXPLAINED), by=become("hoa"), at=at)),
    "answer on the spot": (State.CLASSIFIED, (), lambda s, at: history.answer_on_the_spot(
        s.case_id, text=TOLD, body=committee().pk, by=_minh(), at=at)),
    "answer of a list": (State.CLASSIFIED, (), lambda s, at: history.take_in_answer(
        s.case_id, Reply(TOLD, Outcome.EXPLAINED), body=committee().pk, by=_minh(), at=at)),
    "published": (State.ANSWERED, (), lambda s, at: publishing.publish(
        s.case_id, Public("Kênh", "Kênh cạn", TOLD, "Người dân đồng ý"), by=_minh(), at=at)),
    "published title": (State.ANSWERED, (), lambda s, at: publishing.publish(
        s.case_id, Public(TOLD, "Kênh cạn", "Đã làm", "Người dân đồng ý"), by=_minh(), at=at)),
    "ground of publication": (State.ANSWERED, (), lambda s, at: publishing.publish(
        s.case_id, Public("Kênh", "Kênh cạn", "Đã làm", TOLD), by=_minh(), at=at)),
    "reopened": (State.CONFIRMED, (), lambda s, at: ending.reopen(
        s.case_id, reason=TOLD, by=become("chi"), at=at)),
    "petition advised": (State.RECEIVED, (("sort", "minh"),), lambda s, at: deciding.advise(
        s.case_id, ground="court_matter", text=TOLD, by=_minh(), at=at)),
    "paper of a petition": (State.RECEIVED, (("sort", "minh"),), lambda s, at:
        paper_making.draft_paper(
            s.case_id, "not_eligible", Asked(explanation=TOLD), by=_minh(), at=at)),
}  # fmt: skip


def refused(call: Callable[[], object]) -> bool:
    """Whether the act stopped with the article, and left nothing behind."""
    before = Entry.objects.count()
    try:
        call()
    except Invalid as refusal:
        return "25/2018/QH14" in refusal.message and Entry.objects.count() == before
    return False


def test_an_act_on_an_open_item_names_nobody_who_spoke_in_the_sealed_one_beside_it(
    committed_db: str,
) -> None:
    went_through = set()
    for name, (state, more, do) in ACTS.items():
        story = reach(state, *more)
        beside(story.case)
        if not refused(partial(do, story, story.later())):
            went_through.add(name)
    assert not went_through


def test_what_is_worded_about_a_dialogue_names_nobody_who_spoke_under_seal(
    committed_db: str,
) -> None:
    minh, chi, now = become("minh"), become("chi"), timezone.now()
    past = held(minh, chi)
    kept = hall.take_down(past.pk, Line(uuid4(), "Kênh cạn"), by=minh, at=now)
    beside(kept.item.case)
    coming = announced(minh, chi, start=now + timedelta(days=12))
    asked = hall.take_down(coming.pk, Line(uuid4(), "Đường hỏng"), by=minh, at=now)
    beside(asked.item.case)
    acts: list[Callable[[], object]] = [
        lambda: minutes.record_minutes(past.pk, text=TOLD, by=minh, at=now),
        lambda: concluding.draft_conclusion(past.pk, text=TOLD, docx=b"", by=minh, at=now),
        lambda: preparing.prepare(
            coming.pk, item_id=asked.item.pk, draft_reply=TOLD, by=minh, at=now
        ),
        lambda: planning.postpone(coming.pk, reason=TOLD, by=minh, at=now),
        lambda: planning.cancel(coming.pk, reason=f"Gọi {NUMBER}", by=minh, at=now),
    ]
    assert [n for n, act in enumerate(acts) if not refused(act)] == []
    planning.postpone(coming.pk, reason="Mưa lũ", by=minh, at=now)


def test_what_is_worded_at_a_reception_names_nobody_who_spoke_under_seal(
    committed_db: str,
) -> None:
    minh, chi, now = become("minh"), become("chi"), timezone.now()
    session = today(minh, chi)
    visit = received(minh, session=session.pk)
    taken = raise_matter(visit.pk, Brought("Kênh cạn"), by=minh, at=now)
    beside(taken.case)
    acts: list[Callable[[], object]] = [
        lambda: leaving.end(visit.pk, Ending(outcome=TOLD), by=minh, at=timezone.now()),
        lambda: leaving.end(visit.pk, Ending("Đã trả lời", remark=TOLD), by=minh, at=now),
        lambda: leaving.refuse(visit.pk, ground="art9_1", explained=TOLD, by=minh, at=now),
        lambda: inviting.prepare(
            session.pk, code=taken.case.matter.code, brief=TOLD, invited=(), by=minh, at=now
        ),
    ]
    assert [n for n, act in enumerate(acts) if not refused(act)] == []
    leaving.end(visit.pk, Ending(outcome="Đã trả lời"), by=minh, at=timezone.now())
    holding.hold(session.pk, Held(in_person=True), by=minh, at=timezone.now())
    assert refused(
        lambda: holding.draft_conclusion(
            session.pk, text=TOLD, docx=b"", by=minh, at=timezone.now()
        )
    )


def test_who_has_a_sealed_item_in_hand_is_stopped_in_whatever_they_announce(
    committed_db: str,
) -> None:
    tinh, now = become("tinh"), timezone.now()
    by_desk(now)
    with pytest.raises(Invalid, match="25/2018/QH14"):
        refuse_naming_in((), TOLD, by=tinh)
    refuse_naming_in((), TOLD, by=become("hoa"))  # who does not have it learns nothing here
