"""What is public: masked versions at lasting addresses, figures that open their rows, no more."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from doithoai.accounts.actors import Citizen, Official
from doithoai.cases import portal_public
from doithoai.cases.commands import answering, hearing, intake, placing, publishing
from doithoai.cases.commands.intake import Statement, Taken
from doithoai.cases.commands.publishing import Public
from doithoai.cases.models import Case
from doithoai.docket.models import Adoption, Obligation
from doithoai.files.commands import keep, publish
from doithoai.units.models import Body
from tests.files import making

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]
TITLE = "Nạo vét kênh Đồng Lều"


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """What another test made is not this one's."""
    cache.clear()


@pytest.fixture
def lan(now: datetime) -> Taken:
    """Lan's recommendation, with her slip."""
    committee = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    said = Statement(
        text="Bà Nguyễn Thị Lan nói kênh Đồng Lều bồi lắng.",
        channel="web",
        occasion="web",
        may_publish=True,
    )
    return intake.submit(said, to=committee, by=Citizen(), at=now)


@pytest.fixture
def shown(lan: Taken, minh: Official, hoa: Official, chi: Official, now: datetime) -> Case:
    """Lan's recommendation, answered and published."""
    case = lan.case
    placing.classify(case.pk, placing.Kind("irrigation"), by=minh, at=now)
    office = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
    placing.route(case.pk, to=office.pk, why="Thủy lợi", by=minh, at=now)
    reply = answering.Reply("Đã nạo vét 1,2 km.", "settled", "12/UBND-KT", now.date())
    answering.answer(case.pk, reply, by=hoa, at=now)
    public = Public(TITLE, "Bà ▒▒▒ nói kênh Đồng Lều bồi lắng.", "Đã nạo vét 1,2 km.", "Đồng ý")
    publishing.publish(case.pk, public, by=chi, at=now)
    return Case.objects.get(pk=case.pk)


def test_nothing_is_public_before_it_was_published(client: Client, lan: Taken) -> None:
    assert lan.case.matter.code not in client.get("/cases/").content.decode()
    assert client.get(f"/cases/{lan.case.matter.code}/").status_code == 404


def test_a_published_case_shows_its_masked_version_only(client: Client, shown: Case) -> None:
    page = client.get(f"/cases/{shown.matter.code}/").content.decode()
    assert TITLE in page
    assert "12/UBND-KT" in page
    assert "Nguyễn Thị Lan" not in page


def test_earlier_versions_stay_readable(
    client: Client, shown: Case, chi: Official, now: datetime
) -> None:
    public = Public(TITLE, "Bản thứ hai.", "", "Đồng ý")
    publishing.publish(shown.pk, public, by=chi, at=now)
    base = f"/cases/{shown.matter.code}"
    assert "Bản thứ hai." in client.get(f"{base}/").content.decode()
    assert "kênh Đồng Lều bồi lắng" in client.get(f"{base}/v1").content.decode()
    assert client.get(f"{base}/v3").status_code == 404


def test_what_was_taken_back_stays_gone_when_a_later_version_is_published(
    client: Client, shown: Case, chi: Official, now: datetime
) -> None:
    publishing.withhold(shown.pk, reason="private_life", by=chi, at=now)
    publishing.publish(shown.pk, Public(TITLE, "Bản đã che kỹ.", ""), by=chi, at=now)
    base = f"/cases/{shown.matter.code}"
    assert "Bản đã che kỹ." in client.get(f"{base}/").content.decode()
    assert client.get(f"{base}/v1").status_code == 404
    assert f"{base}/v1" not in client.get(f"{base}/").content.decode()


def test_only_the_first_six_words_are_looked_for(client: Client, shown: Case) -> None:
    page = client.get("/cases/?q=nạo+vét+kênh+đồng+lều+nạo+không+có+chữ+này").content.decode()
    assert shown.matter.code in page


def test_the_figures_are_counted_once_a_minute(
    shown: Case, django_assert_num_queries: Counted, now: datetime
) -> None:
    portal_public.figures(today=now.date())
    with django_assert_num_queries(0):
        portal_public.figures(today=now.date())


def test_what_was_taken_back_is_gone_in_every_version(
    client: Client, shown: Case, chi: Official, now: datetime
) -> None:
    publishing.withhold(shown.pk, reason="no_consent", by=chi, at=now)
    base = f"/cases/{shown.matter.code}"
    assert client.get(f"{base}/").status_code == client.get(f"{base}/v1").status_code == 404
    assert portal_public.withheld() == [(str(portal_public.REASONS["no_consent"]), 1)]


@pytest.mark.parametrize("what", [{"matter__sealed": True}, {"other_procedure": "conduct"}])
def test_what_became_another_procedure_is_not_public(
    client: Client, shown: Case, what: dict[str, object]
) -> None:
    if "other_procedure" in what:
        Case.objects.filter(pk=shown.pk).update(**what)
    else:
        type(shown.matter).objects.filter(pk=shown.pk).update(sealed=True)
    assert client.get(f"/cases/{shown.matter.code}/").status_code == 404
    assert TITLE not in client.get("/cases/").content.decode()
    assert TITLE not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("q=nao+vet", True),
        ("q=KÊNH+đồng", True),
        ("q=Nguyễn", False),  # masked words are not found
        ("field=irrigation", True),
        ("field=nonsense", True),  # a filter that is not offered is no filter
        ("which=answered", True),
        ("which=self", False),
        ("page=99", True),
    ],
)
def test_the_list_finds_by_words_field_and_figure(
    client: Client, shown: Case, query: str, there: bool
) -> None:
    page = client.get(f"/cases/?{query}")
    assert page.status_code == 200
    assert (f"/cases/{shown.matter.code}/" in page.content.decode()) is there


def test_every_figure_opens_exactly_its_rows(
    lan: Taken, shown: Case, client: Client, now: datetime
) -> None:
    assert lan.receipt
    hearing.confirm(shown.pk, hearing.Heard("web"), by=Citizen(lan.receipt.id), at=now)
    for figure in portal_public.figures(today=now.date()):
        page = client.get(f"/cases/?which={figure.name}")
        assert page.context["page"].paginator.count == figure.count
    counts = {f.name: f.count for f in portal_public.figures(today=now.date())}
    assert (counts["self"], counts["others"], counts["disputed"]) == (1, 0, 0)


def test_a_provisional_date_makes_nobody_late_in_public(
    shown: Case, admin_user_id: object, now: datetime
) -> None:
    past = now.date() - timedelta(days=9)
    rows = Obligation.objects.filter(matter=shown.matter, rule="vn.recommendation.classify")
    rows.update(state="open", due_on=past, kind="duty")
    assert _late(now) == 0
    Adoption.objects.create(
        rule="vn.recommendation.classify",
        document="Quyết định 01/QĐ-UBND",
        adopted_on=past,
        by_id=admin_user_id,
        at=now,
    )
    assert _late(now) == 1


@pytest.fixture
def admin_user_id(chi: Official) -> object:
    """Whoever recorded the adopting document."""
    return chi.user


def _late(now: datetime) -> int:
    cache.clear()  # a minute later
    return next(f.count for f in portal_public.figures(today=now.date()) if f.name == "late")


def test_only_published_files_open(
    client: Client, shown: Case, hoa: Official, now: datetime
) -> None:
    upload = making.upload(making.photo(), "kenh.jpg")
    kept = keep(upload, about=shown.pk, purpose="evidence", by=hoa, at=now)
    address = f"/cases/{shown.matter.code}/file/{kept.pk}"
    assert client.get(address).status_code == 404
    publish(kept.pk, by=hoa, at=now)
    assert client.get(address).getvalue()


def test_an_unknown_address_is_not_found(client: Client) -> None:
    assert client.get("/cases/KN26-999999/").status_code == 404


def test_a_published_picture_opens_for_anybody_and_the_rest_for_nobody(
    client: Client, shown: Case, hoa: Official, now: datetime
) -> None:
    upload = making.upload(making.photo(), "nha ba Nguyen Thi Lan.jpg")
    picture = keep(upload, about=shown.pk, purpose="evidence", by=hoa, at=now)
    signed = making.upload(making.pdf(), "125 UBND-KT.pdf")
    paper = keep(signed, about=shown.pk, purpose="signed", by=hoa, at=now)
    base = f"/cases/{shown.matter.code}"
    publish(picture.pk, by=hoa, at=now)
    page = client.get(f"{base}/").content.decode()
    assert f"{base}/file/{picture.pk}" in page
    assert f"{base}/file/{paper.pk}" not in page
    opened = client.get(f"{base}/file/{picture.pk}")
    assert opened["Content-Type"] == "image/jpeg"
    assert opened.getvalue()
    assert client.get(f"{base}/file/{paper.pk}").status_code == 404
    publish(paper.pk, by=hoa, at=now)
    read = client.get(f"{base}/file/{paper.pk}")
    assert read["Content-Type"] == "application/pdf"
    assert read.getvalue()
    told = page + str(opened.headers)
    assert "Nguyen" not in told, "a file's own name may name a person"


def test_the_files_of_what_was_taken_back_open_no_more(
    client: Client, shown: Case, hoa: Official, chi: Official, now: datetime
) -> None:
    upload = making.upload(making.photo(), "kenh.jpg")
    kept = keep(upload, about=shown.pk, purpose="evidence", by=hoa, at=now)
    publish(kept.pk, by=hoa, at=now)
    address = f"/cases/{shown.matter.code}/file/{kept.pk}"
    assert client.get(address).getvalue()
    publishing.withhold(shown.pk, reason="private_life", by=chi, at=now)
    assert client.get(address).status_code == 404


def test_a_published_file_opens_only_under_its_own_item(
    client: Client, lan: Taken, shown: Case, hoa: Official, now: datetime
) -> None:
    committee = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    said = Statement(text="Đường tối", channel="web", occasion="web")
    other = intake.submit(said, to=committee, by=Citizen(), at=now)
    upload = making.upload(making.photo(), "kenh.jpg")
    kept = keep(upload, about=other.case.pk, purpose="evidence", by=hoa, at=now)
    publish(kept.pk, by=hoa, at=now)
    for code in (other.case.matter.code, shown.matter.code):
        assert client.get(f"/cases/{code}/file/{kept.pk}").status_code == 404
