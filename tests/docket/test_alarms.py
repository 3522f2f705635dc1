"""An alarm that has passed is told once and shown in red, and nobody owes it; whose lateness is
told to whom.
"""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from doithoai.accounts.actors import Citizen, Clock, Official
from doithoai.accounts.models import Post, User
from doithoai.accounts.queries import official
from doithoai.cases.commands import intake, placing
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case
from doithoai.core.errors import Denied
from doithoai.docket import commands, tasks
from doithoai.docket.models import Access, Excluded, Matter, Obligation
from doithoai.docket.queries import alarms
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.notices.rendering import words
from doithoai.units.models import Body
from tests.conftest import become

pytestmark = pytest.mark.django_db
RULE = "vn.citizen_reception.petition_unprocessed_dismissal_threshold"
BASIS = "Nghị định 154/2026/NĐ-CP, Điều 41"
PASSED = "2026-08-18 09:00"


def at(text: str) -> datetime:
    """A local moment written ``2026-07-15 07:30``."""
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def canal(db: None) -> Case:
    """Received on 1 July 2026 and left alone: 45 days end on Saturday 15 August."""
    said = intake.Statement(text="Kênh Đồng Lều bị bồi lắng.", channel="web", occasion="web")
    committee = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    return intake.submit(said, to=committee, by=Citizen(), at=at("2026-07-01 09:00")).case


def alarm_of(case: Case) -> Obligation:
    """The alarm of the decree."""
    return Obligation.objects.get(matter=case.matter, rule=RULE)


def told(template: str) -> set[str]:
    """Who is told by this template."""
    return set(Outbox.objects.filter(template=template).values_list("address", flat=True))


def signed_in(username: str) -> Client:
    """A browser of this official, in Vietnamese."""
    client = Client(headers={"accept-language": "vi"})
    user = User.objects.get(username=username)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_head_and_supervisor_are_told_once_when_it_has_passed(canal: Case) -> None:
    assert tasks.alarm(at("2026-08-14 09:00")) == 0
    assert tasks.alarm(at("2026-08-17 06:00")) == 0, "outside working hours"
    assert tasks.alarm(at(PASSED)) == 1
    assert tasks.alarm(at("2026-08-19 09:00")) == 0
    assert told("docket/notices/alarmed") == {"chi@example.vn", "quang@example.vn"}
    assert Entry.objects.filter(matter=canal.pk, kind="docket.alarmed").count() == 1
    assert alarm_of(canal).escalated_on == at(PASSED).date()


def test_the_notice_says_that_nobody_owes_it_and_on_what_ground(canal: Case) -> None:
    tasks.alarm(at(PASSED))
    said = words(Outbox.objects.get(template="docket/notices/alarmed", address="chi@example.vn"))
    assert said.subject.startswith("Cảnh báo: Quá 45 ngày")
    assert BASIS in said.text
    assert "không phải việc giao cho riêng ai" in said.text
    assert f"/desk/why/{alarm_of(canal).pk}" in said.text


def test_what_was_told_is_not_told_again_after_a_derivation_from_nothing(canal: Case) -> None:
    tasks.alarm(at(PASSED))
    commands.rederive(canal.pk, by=Clock("test"), at=at("2026-08-20 08:00"))
    assert tasks.alarm(at("2026-08-20 09:00")) == 0


def test_an_alarm_is_neither_reminded_nor_counted_late(canal: Case) -> None:
    row = alarm_of(canal)
    assert not commands.escalate(row.pk, by=Clock("test"), at=at(PASSED))
    assert (row.body_id, row.post_id, row.late) == (None, None, False)


def test_only_the_clock_says_that_an_alarm_has_passed(canal: Case, minh: Official) -> None:
    with pytest.raises(Denied):
        commands.alarm(alarm_of(canal).pk, by=minh, at=at(PASSED))


def test_what_was_dealt_with_raises_no_alarm(canal: Case, minh: Official) -> None:
    placing.classify(canal.pk, Kind("irrigation"), by=minh, at=at("2026-07-02 09:00"))
    office = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc").pk
    placing.route(canal.pk, to=office, why="Thủy lợi", by=minh, at=at("2026-07-02 10:00"))
    assert tasks.alarm(at(PASSED)) == 0
    assert alarms(minh, today=at(PASSED).date()) == ()


@pytest.mark.parametrize(
    ("reader", "page"),
    [("minh", "/desk/cases/{}/"), ("chi", "/desk/direct/"), ("quang", "/desk/supervision/")],
)
def test_a_passed_alarm_is_shown_in_red_with_its_basis(canal: Case, reader: str, page: str) -> None:
    text = signed_in(reader).get(page.format(canal.matter.code)).content.decode()
    assert "badge is-late" in text
    assert BASIS in text
    assert "không giao cho riêng ai" in text


def test_a_stranger_in_office_sees_no_alarm_of_another_commune(canal: Case, lien: Official) -> None:
    assert canal.matter.code
    assert alarms(lien, today=at(PASSED).date()) == ()


# --------------------------------------------------------------------- the post above
def debt(case: Case) -> Obligation:
    """The duty to classify it, of the People's Committee."""
    return Obligation.objects.get(matter=case.matter, rule="vn.recommendation.classify")


def escalate(case: Case) -> set[str]:
    """Its date passes; who is told."""
    assert commands.escalate(debt(case).pk, by=Clock("escalate"), at=at("2026-07-09 08:00"))
    return {address.split("@")[0] for address in told("docket/notices/escalated")}


def give(case: Case, username: str, *, body: str | None = None) -> None:
    """Let this person's post owe it."""
    post = become(username).post
    Obligation.objects.filter(pk=debt(case).pk).update(
        post=post, body=Body.objects.get(short_name=body) if body else None
    )


def test_a_late_peoples_committee_is_told_to_the_head_of_the_province(canal: Case) -> None:
    assert escalate(canal) == {"chi", "quang", "tinh"}


@pytest.mark.parametrize(
    ("debtor", "body", "expected"),
    [
        ("hoa", "Phòng Kinh tế xã Cẩm Lạc", {"kien", "quang"}),
        ("hoa", None, {"kien", "quang"}),
        ("kien", "Phòng Kinh tế xã Cẩm Lạc", {"kien", "chi", "quang"}),
        ("chi", "UBND xã Cẩm Lạc", {"chi", "tinh", "quang"}),
        ("tinh", "UBND tỉnh Hà Tĩnh", {"tinh"}),
    ],
)
def test_the_post_above_is_the_head_and_above_a_head_the_head_of_the_body_above(
    canal: Case, debtor: str, body: str | None, expected: set[str]
) -> None:
    give(canal, debtor, body=body)
    assert escalate(canal) == expected


def test_a_post_named_above_is_told_instead(canal: Case) -> None:
    give(canal, "hoa", body="Phòng Kinh tế xã Cẩm Lạc")
    Post.objects.filter(pk=become("hoa").post).update(above=become("chi").post)
    assert escalate(canal) == {"kien", "chi", "quang"}


def test_whoever_is_told_may_open_what_they_are_told_of(canal: Case) -> None:
    for name in escalate(canal):
        user = User.objects.get(username=name)
        reader = official(user.pk, today=at(PASSED).date())
        assert reader is not None
        assert Matter.objects.visible_to(reader).filter(pk=canal.pk).exists(), name


def test_of_a_sealed_matter_the_post_above_hears_only_as_one_of_its_audience(canal: Case) -> None:
    Matter.objects.filter(pk=canal.pk).update(sealed=True)
    before = Access.objects.filter(matter=canal.pk).count()
    assert escalate(canal) == set()
    assert Access.objects.filter(matter=canal.pk).count() == before


def test_of_a_sealed_matter_a_post_of_the_audience_is_told(canal: Case) -> None:
    Matter.objects.filter(pk=canal.pk).update(sealed=True)
    commands.admit(canal.matter, post=become("tinh").post)
    assert escalate(canal) == {"tinh"}


@pytest.mark.parametrize("whole", [False, True], ids=["person", "body"])
def test_an_excluded_post_above_is_neither_told_nor_admitted(canal: Case, whole: bool) -> None:
    tinh = become("tinh")
    out = {"body_id": tinh.body} if whole else {"user_id": tinh.user}
    Excluded.objects.create(matter=canal.matter, reason="test", **out)
    assert escalate(canal) == {"chi", "quang"}
    assert not Matter.objects.visible_to(tinh).filter(pk=canal.pk).exists()
