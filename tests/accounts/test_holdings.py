"""Work belongs to posts; people hold them from a day to a day; a substitute acts by name."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange

from doithoai.accounts import queries
from doithoai.accounts.actors import Citizen, Clock, Official, Representative
from doithoai.accounts.commands import hold, leave, load_roles
from doithoai.accounts.models import Holding, Post, Right, Role, User
from doithoai.cases.commands import placing
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid
from doithoai.ledger.models import Entry
from tests.cases.reaching import reach
from tests.conftest import become

pytestmark = pytest.mark.django_db
BY = Clock("console")
DAY = date(2026, 3, 2)


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _post(username: str) -> UUID:
    return become(username).post


def test_the_database_refuses_the_same_person_in_the_same_post_twice_on_one_day() -> None:
    with pytest.raises(IntegrityError, match="holding_not_twice_at_once"):
        Holding.objects.create(
            post_id=_post("minh"), user=_user("minh"), valid=DateRange(DAY, date(2030, 1, 1))
        )


def test_the_command_says_so_in_a_sentence(now: datetime) -> None:
    with pytest.raises(Invalid):
        hold(_post("minh"), user=_user("minh").pk, since=DAY, until=None, by=BY, at=now)


def test_two_people_may_hold_one_post(now: datetime) -> None:
    made = hold(_post("minh"), user=_user("hoa").pk, since=DAY, until=None, by=BY, at=now)
    assert made.post_id == _post("minh")
    entry = Entry.objects.get(kind="accounts.post_held", data__user=str(_user("hoa").pk))
    assert entry.actor_kind == "clock"


def test_only_an_administrator_says_who_sits_where(now: datetime) -> None:
    for by in (become("minh"), become("chi"), Citizen()):
        with pytest.raises(Denied):
            hold(_post("minh"), user=_user("hoa").pk, since=DAY, until=None, by=by, at=now)
    assert hold(
        _post("minh"), user=_user("hoa").pk, since=DAY, until=None, by=become("admin"), at=now
    )


def test_nobody_acts_in_a_post_they_do_not_hold_that_day(now: datetime) -> None:
    hoa = _user("hoa")
    holding = Holding.objects.get(user=hoa)
    last = local_day(now)
    leave(holding.pk, last_day=last, by=BY, at=now)
    assert queries.official(hoa.pk, today=last) is not None
    assert queries.official(hoa.pk, today=last + timedelta(days=1)) is None
    assert queries.official(hoa.pk, today=date(2025, 6, 30)) is None


def test_nobody_acts_in_a_post_that_is_no_more_or_when_their_account_is_closed() -> None:
    Post.objects.filter(pk=_post("hoa")).update(valid=DateRange(date(2025, 7, 1), date(2026, 1, 1)))
    assert queries.official(_user("hoa").pk, today=date(2026, 1, 1)) is None
    User.objects.filter(username="minh").update(is_active=False)
    assert queries.official(_user("minh").pk, today=date(2026, 1, 1)) is None


def test_somebody_with_two_posts_chooses_in_whose_name_they_act(now: datetime) -> None:
    van, today = _user("van"), local_day(now)
    hold(_post("minh"), user=van.pk, since=date(2026, 1, 1), until=None, by=BY, at=now)
    own = Post.objects.get(title="Chuyên viên Phòng Văn hóa - Xã hội")
    clerk = queries.official(van.pk, today=today, post=_post("minh"))
    officer = queries.official(van.pk, today=today, post=own.pk)
    assert clerk is not None
    assert officer is not None
    assert (clerk.may("cases.receive"), officer.may("cases.receive")) == (True, False)
    assert clerk.body != officer.body
    elsewhere = queries.official(van.pk, today=today, post=_post("chi"))
    assert elsewhere is not None
    assert elsewhere.post in {clerk.post, officer.post}


def test_a_substitute_acts_by_name_and_the_entry_says_for_whom() -> None:
    story = reach(State.DISPUTED_LEAD)
    chi, ngan = _user("chi"), _user("ngan")
    Holding.objects.create(
        post_id=_post("chi"), user=ngan, standing_in_for=chi, basis="12/QĐ-UBND",
        valid=DateRange(date(2026, 7, 1), None),
    )  # fmt: skip
    stand_in = queries.official(ngan.pk, today=local_day(story.at), post=_post("chi"))
    assert stand_in is not None
    to = story.case.handling_body_id
    assert to is not None
    placing.decide_lead(story.case_id, to=to, why="Kênh nội đồng", by=stand_in, at=story.later())
    entry = Entry.objects.get(matter=story.case_id, kind="cases.decided_lead")
    assert (entry.actor, entry.standing_in_for, entry.post) == (ngan.pk, chi.pk, _post("chi"))


@pytest.mark.parametrize(
    ("who", "sees_others", "works_for"),
    [
        ("hoa", False, 1),  # an officer: her own body
        ("minh", True, 2),  # the office: its own, and the committee whose office it is
        ("lien", True, 2),
    ],
)
def test_how_far_a_post_sees_and_for_whom_it_works(
    who: str, sees_others: bool, works_for: int
) -> None:
    actor = become(who)
    assert (len(actor.sees) > 1) is sees_others
    assert len(actor.acts_for) == works_for
    assert actor.body in actor.acts_for
    assert actor.body in actor.sees


def test_a_head_works_for_the_bodies_under_the_committee_in_its_place_only() -> None:
    chi = become("chi")
    assert {become("hoa").body, become("minh").body} <= chi.acts_for
    assert not {become("nong").body, become("lien").body, become("due").body} & chi.acts_for


def test_the_inspector_sees_every_commune_below_and_the_administrator_nothing_more() -> None:
    below = {become("hoa").body, become("lien").body, become("nong").body}
    assert below <= become("thanh").sees
    assert len(become("admin").sees) == 1


def test_roles_are_rows_and_what_a_province_changed_stays() -> None:
    assert set(Role.objects.values_list("name", flat=True)) == {
        "reception_clerk", "case_officer", "head", "front_supervisor", "village_front",
        "inspector", "administrator", "place_administrator", "read_only",
    }  # fmt: skip
    Right.objects.filter(role="case_officer", act="cases.note").delete()
    assert load_roles() == 0
    assert not become("hoa").may("cases.note")
    assert "cases.note" not in queries.rights_table()["case_officer"]


def test_no_role_may_both_answer_and_write_down_the_persons_word() -> None:
    for acts in queries.rights_table().values():
        assert not {"cases.answer", "cases.record_word"} <= set(acts)


@pytest.mark.parametrize(
    "actor",
    [Citizen(UUID(int=1)), Representative(UUID(int=1)), Clock("lapse")],
    ids=lambda a: a.kind,
)
def test_whoever_holds_no_post_has_no_right_of_a_role(actor: Actor) -> None:
    assert (actor.post, actor.body, actor.standing_in_for) == (None, None, None)
    assert not any(actor.may(act) for act in Right.objects.values_list("act", flat=True))


def test_an_actor_is_a_value_that_cannot_be_changed() -> None:
    minh = become("minh")
    with pytest.raises(AttributeError):
        minh.rights = frozenset({"everything"})  # type: ignore[misc]
    assert isinstance(minh, Official)
