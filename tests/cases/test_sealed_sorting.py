"""Sorting what must be sealed: whom it is about is asked first, and who settles it has it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from doithoai.accounts.models import Holding, Post, User
from doithoai.cases.commands import placing
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.petitions import receiving, sorting
from doithoai.cases.commands.petitions.receiving import Arrival, Registered
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case, Respondent
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket import unsealing
from doithoai.docket.models import Access, Matter, Obligation, Unsealing
from doithoai.units.models import Body
from doithoai.vault.reading import holds
from tests.cases.reaching import body, committee, culture, department
from tests.cases.test_desk import address, page, signed_in
from tests.conftest import become

pytestmark = pytest.mark.django_db
TEXT = "Có người thu tiền của các hộ khi cấp giấy chứng nhận, không có biên lai"
COMMUNE = ("minh", "chi", "hoa", "kien", "van")
NOBODY_KNOWS = Nature("denunciation", "other", unknown=True)


@pytest.fixture
def at() -> datetime:
    """Some days ago, in office hours."""
    return timezone.now() - timedelta(days=3)


def registered(at: datetime, *, by: str = "minh", to: Body | None = None) -> Registered:
    """A signed petition in the register of the commune."""
    said = Statement(text=TEXT, channel="letter", occasion="letter", speaker="Bà L.")
    arrival = Arrival(arrived_on=local_day(at))
    return receiving.receive(said, arrival, to=to or committee(), by=become(by), at=at)


def sees(who: str, case: Case) -> bool:
    return Matter.objects.visible_to(become(who)).filter(pk=case.pk).exists()


def sorted_as(nature: Nature, at: datetime, *, by: str = "minh") -> Case:
    case = registered(at).taken.case
    sorting.sort(case.pk, nature, by=become(by), at=at + timedelta(hours=1))
    return Case.objects.select_related("matter", "handling_body").get(pk=case.pk)


def commission(username: str = "kiem") -> Body:
    """The province's Inspection Commission, with somebody who leads it."""
    found = Body.objects.get(kind="party_inspection", level="province")
    post = Post.objects.create(
        body=found, title="Chủ nhiệm", is_head=True, valid=("2025-07-01", None)
    )
    post.roles.set(Post.objects.get(pk=become("tinh").post).roles.all())
    kiem = User.objects.create(username=username, name="Lý Văn Kiểm")
    Holding.objects.create(post=post, user=kiem, valid=("2025-07-01", None))
    return found


# -------------------------------------------------------------------------- whom it is about
@pytest.mark.parametrize("kind", ["denunciation", "denunciation_info", "party_matter"])
def test_nothing_is_sealed_before_somebody_says_whom_it_is_about(at: datetime, kind: str) -> None:
    case = registered(at).taken.case
    with pytest.raises(Invalid, match="không xác định được"):
        sorting.sort(case.pk, Nature(kind, "other"), by=become("minh"), at=at)
    assert not Matter.objects.get(pk=case.pk).sealed


def test_what_was_said_and_that_nobody_can_tell_do_not_go_together(at: datetime) -> None:
    nature = Nature("denunciation", "other", respondents=(culture().pk,), unknown=True)
    with pytest.raises(Invalid, match="một trong hai"):
        sorted_as(nature, at)


def test_what_nobody_can_tell_is_with_the_head_one_level_up_and_nobody_it_came_to(
    at: datetime,
) -> None:
    case = sorted_as(NOBODY_KNOWS, at)
    tinh = become("tinh")
    assert (case.handling_body_id, case.matter.body_id) == (tinh.body, tinh.body)
    assert sees("tinh", case)
    assert not any(sees(who, case) for who in COMMUNE)
    rows = Access.objects.filter(matter=case.pk, holder=None)
    assert [(row.post_id, row.body_id) for row in rows.filter(body=None)] == [(tinh.post, None)]
    assert set(rows.exclude(body=None).values_list("body", flat=True)) <= {tinh.body}
    owed = Obligation.objects.filter(matter=case.pk, state="open", kind="duty")
    assert {row.body_id for row in owed} == {tinh.body}


def test_the_body_it_came_to_is_not_written_down_as_if_it_were_about_it(at: datetime) -> None:
    case = sorted_as(NOBODY_KNOWS, at)
    assert not case.matter.excluded.exists()
    assert not Respondent.objects.filter(case=case).exists()


def test_nobody_of_the_body_it_came_to_hears_that_it_was_opened() -> None:
    case = sorted_as(NOBODY_KNOWS, timezone.now() - timedelta(days=3))
    unsealing.unseal(case.pk, reason="Xem ai bị tố cáo", by=become("tinh"), at=timezone.now())
    told = Unsealing.objects.get(matter=case.pk).told
    assert told is None or told.body.place_id != committee().place_id


def test_it_goes_no_level_further_when_the_upper_body_sorts_it_again(at: datetime) -> None:
    case = sorted_as(NOBODY_KNOWS, at)
    tinh, later = become("tinh"), at + timedelta(hours=3)
    sorting.sort(case.pk, Nature("denunciation_info", "other"), by=tinh, at=later)
    case.refresh_from_db()
    assert case.handling_body_id == tinh.body
    assert sees("tinh", case)
    assert not any(sees(who, case) for who in COMMUNE)


def test_who_proves_to_be_denounced_later_is_shut_out_where_it_was_sent_on(at: datetime) -> None:
    case = sorted_as(NOBODY_KNOWS, at)
    nature = Nature("denunciation", "other", respondents=(committee().pk,))
    sorting.sort(case.pk, nature, by=become("tinh"), at=at + timedelta(hours=3))
    assert case.matter.excluded.filter(body=committee()).exists()
    assert sees("tinh", case)
    assert not any(sees(who, case) for who in COMMUNE)


def test_a_recommendation_that_proves_a_denunciation_of_nobody_known_goes_up_too(
    at: datetime,
) -> None:
    case = sorted_as(Nature("recommendation", "other"), at)
    later = at + timedelta(hours=3)
    sorting.convert(case.pk, NOBODY_KNOWS, why="Có nội dung tố cáo", by=become("minh"), at=later)
    assert not any(sees(who, case) for who in COMMUNE)
    assert sees("tinh", case)


def test_what_was_only_kept_private_goes_up_when_it_proves_a_denunciation_of_nobody_known(
    at: datetime,
) -> None:
    case = registered(at).taken.case
    minh, kind = become("minh"), Kind("other", other_procedure="conduct")
    placing.classify(case.pk, kind, by=minh, at=at + timedelta(hours=1))
    assert sees("chi", case)
    sorting.sort(case.pk, NOBODY_KNOWS, by=minh, at=at + timedelta(hours=2))
    assert not any(sees(who, case) for who in COMMUNE)
    assert sees("tinh", case)


def test_at_the_top_the_head_of_the_body_alone_has_it(at: datetime) -> None:
    tinh = become("tinh")
    province = Body.objects.get(pk=tinh.body)
    case = registered(at, by="tinh", to=province).taken.case
    sorting.sort(case.pk, NOBODY_KNOWS, by=tinh, at=at + timedelta(hours=1))
    posts = Access.objects.filter(matter=case.pk, post__isnull=False)
    assert [row.post_id for row in posts] == [tinh.post]


# --------------------------------------------------------------------------- who settles it
def test_what_is_about_a_department_of_the_province_is_not_kept_in_the_commune(
    at: datetime,
) -> None:
    case = sorted_as(Nature("denunciation", "other", respondents=(department().pk,)), at)
    assert case.handling_body_id == become("tinh").body
    assert sees("tinh", case)
    assert not any(sees(who, case) for who in (*COMMUNE, "nong"))


def test_what_is_about_two_is_settled_by_the_lowest_body_over_both(at: datetime) -> None:
    about = (culture().pk, department().pk)
    case = sorted_as(Nature("denunciation", "other", respondents=about), at)
    assert case.handling_body_id == become("tinh").body
    assert set(case.matter.excluded.filter(body__isnull=False).values_list("body", flat=True)) >= {
        *about
    }


def test_what_is_about_an_office_stays_with_its_committee(at: datetime) -> None:
    case = sorted_as(Nature("denunciation", "other", respondents=(culture().pk,)), at)
    assert case.handling_body_id is None
    assert (sees("chi", case), sees("van", case)) == (True, False)


def test_a_party_matter_goes_to_the_inspection_commission_over_the_place(at: datetime) -> None:
    found, party = commission(), body("Đảng ủy xã Cẩm Lạc")
    case = sorted_as(Nature("party_matter", "other", respondents=(party.pk,)), at)
    assert case.handling_body == found
    assert sees("kiem", case)
    assert not any(sees(who, case) for who in (*COMMUNE, "tinh"))


def test_a_party_matter_without_a_commission_here_is_sealed_and_goes_on_by_paper(
    at: datetime,
) -> None:
    party = body("Đảng ủy xã Cẩm Lạc")
    case = sorted_as(Nature("party_matter", "other", respondents=(party.pk,)), at)
    assert holds(case.pk)
    assert not sees("tinh", case)
    shown = page(signed_in("chi"), address(case))
    assert "Ủy ban Kiểm tra" in shown
    assert "phong bì" in shown


def test_a_party_matter_about_who_has_it_is_for_nobody_here_and_says_to_whom_it_goes(
    at: datetime,
) -> None:
    with pytest.raises(Invalid, match="Kiểm tra"):
        sorted_as(Nature("party_matter", "other", respondents=(committee().pk,)), at)


# ----------------------------------------------------------------------------------- the page
def form(**more: object) -> Mapping[str, object]:
    return {"kind": "denunciation", "field": "other", "competence": "own", **more}


def test_the_page_asks_whom_it_is_about_and_says_what_happens_when_nobody_can_tell(
    at: datetime,
) -> None:
    case, client = registered(at).taken.case, signed_in("minh")
    where = address(case, "sort")
    asked = page(client, where)
    assert "Ai bị phản ánh, tố cáo" in asked
    assert "Chưa xác định được người bị tố cáo" in asked
    refused = client.post(where, form())
    assert "không xác định được" in refused.content.decode()
    kept = client.post(where, form(unknown="on"), follow=True)
    assert kept.status_code == 200
    assert case.matter.code not in kept.content.decode()
    with pytest.raises(NotFound):
        Case.objects.lock(case.pk, seen_by=become("minh"))
