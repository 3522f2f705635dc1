"""An administrator enters people, makes posts, seats and unseats, without a command line."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from doithoai.accounts.commands.people import (
    Person,
    close_sign_in,
    correct_person,
    enter_person,
    forget_password,
)
from doithoai.accounts.commands.seats import Term, leave, make_post, seat, set_roles, stand_in
from doithoai.accounts.models import Holding, Post, Role, User
from doithoai.accounts.queries import official
from doithoai.config.demo import PASSWORD
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid
from doithoai.ledger.models import Entry
from doithoai.units.models import Body
from tests.conftest import become

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
OFFICE = "Phòng Kinh tế xã Cẩm Lạc"
SINCE = date(2026, 7, 1)


def _window(username: str) -> Client:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(User.objects.get(username=username), BACKEND)
    return client


def _office() -> Body:
    return Body.objects.get(name=OFFICE)


@pytest.fixture
def linh() -> User:
    """Administers the commune Cẩm Lạc, and no more than that."""
    user = User.objects.create(username="linh", name="Mai Thị Linh")
    post = Post.objects.create(
        body_id=become("minh").body, title="Quản trị của xã", valid=DateRange(SINCE, None)
    )
    post.roles.set(Role.objects.filter(name="place_administrator"))
    Holding.objects.create(post=post, user=user, valid=DateRange(SINCE, None))
    return user


@pytest.mark.parametrize("administrator", ["admin", "linh"])
def test_somebody_new_is_entered_seated_and_signs_in_without_a_command_line(
    administrator: str, linh: User
) -> None:
    client = _window(administrator)
    entered = client.post(
        reverse("new_person"), {"username": "tam", "name": "Hà Thị Tâm", "phone": "0239000777"}
    )
    tam = User.objects.get(username="tam")
    assert entered["Location"] == reverse("person", args=[tam.pk])
    made = client.post(
        reverse("body_posts", args=[_office().pk]),
        {"title": "Kế toán", "since": "2026-07-01", "roles": ["case_officer"]},
    )
    post = Post.objects.get(title="Kế toán")
    assert made["Location"] == reverse("post_page", args=[post.pk])
    client.post(made["Location"], {"username": "tam", "since": "2026-07-01"})
    page = client.post(reverse("person_link", args=[tam.pk])).content.decode()
    (link,) = re.findall(r"<code>http://testserver([^<]+)</code>", page)
    newcomer = Client()
    form = newcomer.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    chosen = {"password1": "ruong-lua-vang-88", "password2": "ruong-lua-vang-88"}
    assert newcomer.post(address, chosen).status_code == 302
    given = {"login": "tam", "password": "ruong-lua-vang-88"}
    assert newcomer.post(reverse("account_login"), given)["Location"] == reverse("start")
    assert become("tam").may("cases.answer")
    again = Client().get(link, follow=True).content.decode()
    assert "password1" not in again
    kinds = set(Entry.objects.filter(actor=User.objects.get(username=administrator).pk)
                .values_list("kind", flat=True))  # fmt: skip
    assert {
        "accounts.person_entered", "accounts.post_made", "accounts.post_held",
        "accounts.password_forgotten",
    } <= kinds  # fmt: skip


def test_nobody_else_opens_the_pages_of_people(client: Client) -> None:
    assert client.get(reverse("people")).status_code == 302
    for who in ("minh", "chi", "quang"):
        assert _window(who).get(reverse("people")).status_code == 403
        body = reverse("body_posts", args=[_office().pk])
        assert _window(who).get(body).status_code == 403


def test_a_place_s_administrator_stays_in_the_place(linh: User) -> None:
    client = _window("linh")
    shown = client.get(reverse("people")).content.decode()
    assert "Phan Thị Minh" in shown
    assert "Trần Thị Liên" not in shown
    elsewhere = User.objects.get(username="lien")
    assert client.get(reverse("person", args=[elsewhere.pk])).status_code == 404
    assert client.post(reverse("person_link", args=[elsewhere.pk])).status_code == 403
    assert client.get(reverse("body_posts", args=[become("lien").body])).status_code == 403
    elsewhere.refresh_from_db()
    assert elsewhere.has_usable_password()


def test_a_place_s_administrator_gives_no_right_over_the_whole(linh: User, now: datetime) -> None:
    by = become("linh")
    for roles in (["administrator"], ["inspector"], ["place_administrator"]):
        with pytest.raises(Denied):
            make_post(_office().pk, title="Khác", roles=roles, since=SINCE, by=by, at=now)
    theirs = make_post(
        _office().pk, title="Quản trị", roles=["administrator"], since=SINCE,
        by=become("admin"), at=now,
    )  # fmt: skip
    with pytest.raises(Denied):
        seat(theirs.pk, username="linh", term=Term(SINCE), by=by, at=now)
    with pytest.raises(Denied):
        set_roles(theirs.pk, roles=["case_officer"], is_head=False, by=by, at=now)
    seat(theirs.pk, username="van", term=Term(SINCE), by=become("admin"), at=now)
    with pytest.raises(Denied):
        forget_password(User.objects.get(username="van").pk, by=by, at=now)


def test_a_substitute_needs_a_document_and_a_last_day_and_acts_by_name(now: datetime) -> None:
    admin, today = become("admin"), local_day(now)
    held = Holding.objects.get(user__username="chi")
    for term in (Term(today), Term(today, today), Term(today, basis="12/QĐ-UBND")):
        with pytest.raises(Invalid):
            stand_in(held.pk, username="ngan", term=term, by=admin, at=now)
    page = reverse("substitute", args=[held.pk])
    week = today + timedelta(days=7)
    typed = {"username": "ngan", "since": f"{today}", "last_day": f"{week}", "basis": "12/QĐ-UBND"}
    assert _window("admin").post(page, typed).status_code == 302
    ngan = User.objects.get(username="ngan")
    acting = official(ngan.pk, today=week, post=held.post_id)
    assert acting is not None
    assert (acting.post, acting.standing_in_for) == (held.post_id, held.user_id)
    after = official(ngan.pk, today=week + timedelta(days=1), post=held.post_id)
    assert after is not None
    assert after.post != held.post_id


def test_a_holding_ends_after_its_last_day_and_never_before_it_began(now: datetime) -> None:
    held = Holding.objects.get(user__username="hoa")
    page = reverse("leave_post", args=[held.pk])
    refused = _window("admin").post(page, {"last_day": "2020-01-01"})
    assert "không nằm trong thời gian" in refused.content.decode()
    today = local_day(now)
    assert _window("admin").post(page, {"last_day": f"{today}"}).status_code == 302
    assert official(held.user_id, today=today) is not None
    assert official(held.user_id, today=today + timedelta(days=1)) is None


def test_nobody_locks_themselves_out(now: datetime) -> None:
    admin = become("admin")
    with pytest.raises(Denied):
        close_sign_in(admin.user, by=admin, at=now)
    with pytest.raises(Denied):
        leave(Holding.objects.get(user=admin.user).pk, last_day=local_day(now), by=admin, at=now)


def test_whose_sign_in_is_closed_is_out_at_once_and_may_be_let_in_again() -> None:
    van, inside = User.objects.get(username="van"), _window("van")
    assert inside.get(reverse("inbox")).status_code == 200
    page = reverse("person_access", args=[van.pk])
    _window("admin").post(page)
    assert inside.get(reverse("inbox")).status_code == 302
    given = {"login": "van", "password": PASSWORD}
    assert "_auth_user_id" not in Client().post(reverse("account_login"), given).client.session
    _window("admin").post(page, {"open": "1"})
    van.refresh_from_db()
    assert van.is_active


def test_a_new_link_ends_every_session_of_the_old_password() -> None:
    van, inside = User.objects.get(username="van"), _window("van")
    assert inside.get(reverse("inbox")).status_code == 200
    _window("admin").post(reverse("person_link", args=[van.pk]))
    assert inside.get(reverse("inbox")).status_code == 302


def test_roles_of_a_post_change_from_now_on() -> None:
    post = become("hoa").post
    page = reverse("post_roles", args=[post])
    assert _window("admin").post(page, {"roles": ["read_only"]}).status_code == 302
    assert not become("hoa").may("cases.answer")
    assert Entry.objects.filter(kind="accounts.roles_changed", data__post=str(post)).exists()


def test_a_title_or_a_user_name_is_not_given_twice(now: datetime) -> None:
    admin = become("admin")
    with pytest.raises(Invalid):
        make_post(
            _office().pk,
            title="Trưởng phòng Kinh tế",
            roles=["head"],
            since=SINCE,
            by=admin,
            at=now,
        )
    for name in ("Minh", "a b", ""):
        with pytest.raises(Invalid):
            enter_person(name, person=Person("Ai Đó"), by=admin, at=now)
    with pytest.raises(Invalid):
        seat(become("hoa").post, username="nobody", term=Term(SINCE), by=admin, at=now)


def test_a_name_is_mended(now: datetime) -> None:
    hoa = User.objects.get(username="hoa")
    correct_person(hoa.pk, person=Person("Lê Thị Hòa", "0239"), by=become("admin"), at=now)
    hoa.refresh_from_db()
    assert (hoa.name, hoa.phone) == ("Lê Thị Hòa", "0239")


def test_people_are_found_without_accents() -> None:
    page = _window("admin").get(reverse("people"), {"q": "phan minh"}).content.decode()
    assert "Phan Thị Minh" in page
    assert "Lê Thị Hoa" not in page
    bodies = _window("admin").get(reverse("people"), {"q": "phong kinh te"}).content.decode()
    assert OFFICE in bodies


def test_a_role_that_demands_a_second_step_opens_nothing_before_it_is_set_up(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SECOND_STEP = ["administrator"]
    asked = _window("admin").get(reverse("people"))
    assert asked["Location"] == reverse("mfa_activate_totp")
    assert _window("admin").get(reverse("posts")).status_code == 200
    assert _window("hoa").get(reverse("inbox")).status_code == 200
