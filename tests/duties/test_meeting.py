"""What was held counts: once for each day, in person, for each head who chaired or received."""

from datetime import date, timedelta

import pytest

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Holding, Post, User
from doithoai.core.errors import Denied, Invalid, NotFound, WrongState
from doithoai.dialogues.commands import concluding
from doithoai.docket.models import Reason
from doithoai.duties import commands, queries, tasks
from doithoai.duties.models import Duty, Met
from doithoai.duties.workflow import State
from doithoai.ledger.models import Entry
from tests.conftest import become
from tests.dialogues.grounds import START, announced
from tests.duties.grounds import (
    DIALOGUE,
    HEARING,
    RECEIVE,
    event,
    hold,
    moment,
    opened,
    owed,
    state,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)
TENTH, TWENTIETH = date(2026, 10, 12), date(2026, 10, 20)
OVER = moment(date(2026, 11, 1), 2)


def test_two_days_of_two_are_the_whole_duty(minh: Official, chi: Official) -> None:
    duty = opened(DAY)
    hold(chi.post, TENTH, minh)
    assert state(duty) == State.OPEN
    hold(chi.post, TWENTIETH, minh)
    assert state(duty) == State.MET
    assert (owed(duty).state, owed(duty).late) == ("discharged", False)
    assert Duty.objects.get(pk=duty.pk).matter.final


def test_one_day_counts_once_however_many_receptions_it_had(minh: Official, chi: Official) -> None:
    duty = opened(DAY)
    hold(chi.post, TENTH, minh)
    hold(chi.post, TENTH, minh)
    assert state(duty) == State.OPEN
    line = queries.line_of(queries.find(chi, duty.matter.code))
    assert (line.held, line.left, len(line.uncounted)) == (1, 1, 1)


def test_the_same_event_is_counted_once(minh: Official, chi: Official) -> None:
    duty, about = opened(DAY), event(minh, "T26-000001")
    hold(chi.post, TENTH, minh, about=about)
    hold(chi.post, TENTH, minh, about=about)
    assert Met.objects.filter(duty=duty).count() == 1
    assert Entry.objects.filter(matter=duty.pk, kind="duties.met").count() == 1


def test_a_deputys_day_is_written_down_and_does_not_count(minh: Official, chi: Official) -> None:
    duty = opened(DAY)
    hold(chi.post, TENTH, minh)
    hold(chi.post, TWENTIETH, minh, in_person=False)
    assert state(duty) == State.OPEN
    line = queries.line_of(queries.find(chi, duty.matter.code))
    assert (line.held, len(line.by_deputy)) == (1, 1)
    assert line.asked.in_person
    tasks.miss(OVER)
    assert state(duty) == State.MISSED


def test_a_dialogue_is_the_yearly_duty_of_the_chair(minh: Official, chi: Official) -> None:
    dialogue = announced(minh, chi)
    chair = dialogue.chairs.get()
    at = START + timedelta(hours=4)
    concluding.hold(dialogue.pk, concluding.Held(120, (chair.pk,)), by=minh, at=at)
    duty = Duty.objects.get(post=chi.post, rule=DIALOGUE)
    assert (duty.state, duty.first_day) == (State.MET, date(2026, 1, 1))
    assert duty.met.get().about_id == dialogue.pk


def test_one_dialogue_counts_for_both_its_chairs(minh: Official, chi: Official) -> None:
    due = become("due")
    dialogue = announced(minh, chi, chairs=(chi.post, due.post))
    present = tuple(dialogue.chairs.values_list("pk", flat=True))
    at = START + timedelta(hours=4)
    concluding.hold(dialogue.pk, concluding.Held(120, present), by=minh, at=at)
    met = Met.objects.filter(about=dialogue.pk)
    assert {each.duty.post_id for each in met} == {chi.post, due.post}
    assert Duty.objects.filter(rule=DIALOGUE, state=State.MET).count() == 2


def test_who_stood_in_for_the_chair_is_shown_as_such(minh: Official, chi: Official) -> None:
    dialogue = announced(minh, chi)
    chair = dialogue.chairs.get()
    held = concluding.Held(90, (), {chair.pk: "Phó Chủ tịch UBND xã"})
    concluding.hold(dialogue.pk, held, by=minh, at=START + timedelta(hours=4))
    assert not Met.objects.get(about=dialogue.pk).in_person


def test_another_dialogue_is_not_the_conference_of_the_commune(
    minh: Official, chi: Official
) -> None:
    dialogue = announced(minh, chi, kind="thematic", commune_conference=False)
    present = (dialogue.chairs.get().pk,)
    concluding.hold(
        dialogue.pk, concluding.Held(20, present), by=minh, at=START + timedelta(hours=4)
    )
    assert not Met.objects.exists()


def test_nothing_is_counted_for_who_owes_nothing(minh: Official, hoa: Official) -> None:
    assert hold(hoa.post, TENTH, minh) == ()
    assert not Duty.objects.exists()


def test_who_may_not_see_what_was_held_counts_nothing(minh: Official, lien: Official) -> None:
    chi, about = become("chi"), event(minh, "T26-000001")
    with pytest.raises(Denied):
        hold(chi.post, TENTH, lien, about=about)


def test_what_is_held_before_the_clock_came_opens_the_period(minh: Official, chi: Official) -> None:
    (duty,) = hold(chi.post, TENTH, minh)
    assert (duty.rule, duty.first_day) == (RECEIVE, date(2026, 10, 1))
    assert tasks.open_periods(moment(date(2026, 10, 13))) > 0
    assert Duty.objects.filter(post=chi.post, rule=RECEIVE).count() == 1


def test_a_post_that_changed_hands_keeps_its_days(minh: Official, chi: Official) -> None:
    duty = opened(DAY)
    hold(chi.post, TENTH, minh)
    new = User.objects.create(username="moi", name="Đặng Văn Mới")
    Holding.objects.filter(post=chi.post).update(valid=(date(2025, 7, 1), date(2026, 10, 15)))
    Holding.objects.create(post_id=chi.post, user=new, valid=(date(2026, 10, 15), None))
    hold(chi.post, TWENTIETH, minh)
    assert state(duty) == State.MET
    line = queries.line_of(Duty.objects.get(pk=duty.pk))
    assert line.holders == ("Trần Quốc Chi", "Đặng Văn Mới")


def test_what_was_held_in_time_and_written_down_later_was_on_time(
    minh: Official, chi: Official
) -> None:
    duty = opened(DAY)
    hold(chi.post, TENTH, minh)
    tasks.miss(OVER)
    assert state(duty) == State.MISSED
    hold(chi.post, date(2026, 10, 30), minh, at=moment(date(2026, 11, 3)))
    assert state(duty) == State.MET
    assert (owed(duty).state, owed(duty).late, owed(duty).was_late) == ("discharged", False, True)


# -------------------------------------------------------------------------------------- excuses
def test_the_head_above_excuses_and_it_is_not_late(chi: Official) -> None:
    duty, tinh = opened(DAY), become("tinh")
    commands.excuse(
        duty.pk, reason="Chỉ huy phòng chống bão", document="Công văn số 45/UBND-NC",
        by=tinh, at=moment(TWENTIETH),
    )  # fmt: skip
    assert state(duty) == State.EXCUSED
    assert (owed(duty).state, owed(duty).late) == ("closed", False)
    tasks.miss(OVER)
    assert state(duty) == State.EXCUSED


def test_what_was_missed_may_be_excused_and_is_missed_no_more(quang: Official) -> None:
    duty = opened(DAY)
    tasks.miss(OVER)
    commands.excuse(
        duty.pk, reason="Điều trị tại bệnh viện", document="Công văn số 46/UBND-NC",
        by=quang, at=moment(date(2026, 11, 4)),
    )  # fmt: skip
    assert (state(duty), owed(duty).late) == (State.EXCUSED, False)
    assert Reason.objects.get(matter=duty.pk).text == "Điều trị tại bệnh viện"


def test_an_excuse_has_a_reason_and_a_document(quang: Official) -> None:
    duty = opened(DAY)
    for reason, document in (("", "Công văn số 45"), ("Ốm", " ")):
        with pytest.raises(Invalid):
            commands.excuse(
                duty.pk, reason=reason, document=document, by=quang, at=moment(TWENTIETH)
            )


def test_what_is_held_after_an_excuse_is_still_written_down(
    minh: Official, chi: Official, quang: Official
) -> None:
    duty = opened(DAY)
    commands.excuse(duty.pk, reason="Ốm", document="CV 45", by=quang, at=moment(TENTH))
    hold(chi.post, TWENTIETH, minh)
    assert state(duty) == State.EXCUSED
    assert duty.met.count() == 1
    with pytest.raises(WrongState):
        commands.excuse(duty.pk, reason="Ốm", document="CV 45", by=quang, at=moment(TWENTIETH))


EXCUSES: dict[str, type[Exception] | None] = {
    "chi": Denied,  # nobody excuses themself
    "minh": Denied,
    "bac": NotFound,
    "quang": None,
    "tinh": None,
    "thanh": Denied,  # an inspector watches and excuses nobody
    "hoa": NotFound,
    "lien": NotFound,
    "due": NotFound,
    "doc": NotFound,
}


@pytest.mark.parametrize("username", EXCUSES)
def test_who_may_excuse(username: str) -> None:
    duty, refusal = opened(DAY), EXCUSES[username]
    by = become(username)

    def act() -> None:
        commands.excuse(duty.pk, reason="Ốm", document="CV 45", by=by, at=moment(TENTH))

    if refusal is None:
        act()
        assert state(duty) == State.EXCUSED
        return
    with pytest.raises(refusal):
        act()


# ---------------------------------------------------------------------------------------- notes
def noted(by: Official, duty: Duty, day: date = TENTH, document: str = "BB 12") -> Duty:
    return commands.note(
        duty.pk, held_on=day, in_person=True, document=document, by=by, at=moment(TWENTIETH)
    )


def test_a_hearing_is_noted_with_its_document(minh: Official) -> None:
    duty = opened(DAY, rule=HEARING)
    noted(minh, duty)
    noted(minh, duty)
    assert (state(duty), duty.met.count()) == (State.OPEN, 1)
    noted(minh, duty, date(2026, 10, 13))
    assert state(duty) == State.MET


def test_a_note_needs_its_document_and_a_day_of_the_period(minh: Official) -> None:
    duty = opened(DAY, rule=HEARING)
    for day, document in ((TENTH, " "), (date(2026, 11, 2), "BB"), (date(2025, 12, 31), "BB")):
        with pytest.raises(Invalid):
            noted(minh, duty, day, document)


def test_reception_and_dialogues_are_never_noted_by_hand(minh: Official, chi: Official) -> None:
    for rule in (RECEIVE, DIALOGUE):
        with pytest.raises(Denied):
            noted(minh, opened(DAY, rule=rule))
        with pytest.raises(Denied):
            noted(chi, opened(DAY, rule=rule))


def test_only_the_post_and_its_office_note(quang: Official) -> None:
    duty = opened(DAY, rule=HEARING)
    for name, refusal in (("quang", Denied), ("hoa", NotFound), ("lien", NotFound)):
        with pytest.raises(refusal):
            noted(become(name), duty)
    assert Post.objects.get(pk=duty.post_id).is_head
