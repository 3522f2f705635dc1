"""Whom a petition is about, by name and post, and who stands too near to a party: neither handle
it, nor see it, nor can infer it.
"""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from doithoai.accounts.actors import Citizen, Official
from doithoai.accounts.models import Holding, Post, User
from doithoai.accounts.queries import official
from doithoai.cases import tasks
from doithoai.cases.commands import sealed_intake
from doithoai.cases.commands.petitions import relating, sorting
from doithoai.cases.commands.petitions.relating import Relation
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.sealed_intake import Denounced, Lodged, Told
from doithoai.cases.models import Case, Respondent
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket.models import Excluded, Matter
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from tests.cases.reaching import Story, committee, office, reach
from tests.cases.test_desk import address, do, page, signed_in
from tests.conftest import become

pytestmark = pytest.mark.django_db
TOLD = Told("Cán bộ thu tiền không có biên lai", "web", "web")


def lodge(about: Denounced) -> Lodged:
    return sealed_intake.lodge(TOLD, about, by=Citizen(), at=timezone.now())


def sees(who: str, matter: Matter) -> bool:
    return Matter.objects.visible_to(become(who)).filter(pk=matter.pk).exists()


def matter_of(lodged: Lodged) -> Matter:
    return Matter.objects.get(code=lodged.code)


def named(lodged: Lodged) -> set[str]:
    rows = Respondent.objects.filter(case__matter__code=lodged.code, user__isnull=False)
    return set(rows.values_list("user__username", flat=True))


# ------------------------------------------------------------------------------ on the portal
def test_an_officer_named_is_shut_out_and_the_committee_above_the_office_has_it() -> None:
    lodged = lodge(Denounced(office().pk, leads=False, name="le thi hoa"))
    assert lodged.body == committee()
    assert named(lodged) == {"hoa"}
    assert (sees("chi", matter_of(lodged)), sees("hoa", matter_of(lodged))) == (True, False)
    assert not sees("kien", matter_of(lodged))


def test_the_head_named_by_the_post_alone_is_settled_by_the_superior() -> None:
    about = Denounced(committee().pk, leads=False, position="ông chủ tịch, Chủ tịch UBND xã")
    lodged = lodge(about)
    assert lodged.body.pk == become("tinh").body
    assert "chi" in named(lodged)
    post = Respondent.objects.get(case__matter__code=lodged.code, post__is_head=True).post
    assert post == Post.objects.get(body=committee(), is_head=True)
    for who in ("chi", "minh", "hoa"):
        assert not sees(who, matter_of(lodged))


def test_two_named_in_one_line_are_both_shut_out() -> None:
    about = Denounced(committee().pk, leads=False, name="Lê Thị Hoa; Hồ Thị Vân")
    lodged = lodge(about)
    assert named(lodged) == {"hoa", "van"}
    assert lodged.body == committee()


def test_who_is_named_stays_out_in_a_post_taken_later_elsewhere() -> None:
    lodged = lodge(Denounced(office().pk, leads=False, name="Lê Thị Hoa"))
    today = local_day(timezone.now())
    hoa = User.objects.get(username="hoa")
    head = Post.objects.get(body=committee(), is_head=True)
    Holding.objects.filter(post=head).update(valid=(date(2025, 7, 1), today))
    Holding.objects.create(post=head, user=hoa, valid=(today, None))
    actor = official(hoa.pk, today=today, post=head.pk)
    assert actor is not None
    assert not Matter.objects.visible_to(actor).filter(code=lodged.code).exists()
    assert tasks.shut_out(timezone.now()) == 1
    assert matter_of(lodged).body_id == become("tinh").body


def test_somebody_nobody_here_knows_leaves_the_whole_body_out() -> None:
    lodged = lodge(Denounced(committee().pk, leads=False, name="Tạ Không Có", position="Kế toán"))
    assert lodged.body.pk == become("tinh").body
    assert named(lodged) == set()


def test_the_page_asks_for_name_and_post_before_any_text_and_says_where_it_goes() -> None:
    about = {
        "words": "Cẩm Lạc", "body": str(committee().pk), "who": "other",
        "name": "", "position": "Chủ tịch UBND xã",
    }  # fmt: skip
    first = Client().post("/denounce", {"words": "Cẩm Lạc"}).content.decode()
    assert 'name="position"' in first
    shown = Client().post("/denounce", about).content.decode()
    assert shown.index("tỉnh Hà Tĩnh") < shown.index("<textarea")
    client = Client()
    client.post("/denounce", {**about, "text": "Thu tiền không có biên lai"})
    assert "chi" in set(
        Respondent.objects.filter(user__isnull=False).values_list("user__username", flat=True)
    )
    assert not sees("chi", Matter.objects.get(sealed=True))


# ------------------------------------------------------------------------------ on the desk
def complaint(state: State = State.RECEIVED) -> Story:
    story = reach(state)
    Matter.objects.filter(pk=story.case_id).update(channel="letter")
    return story


def test_the_desk_names_people_and_those_alone_are_shut_out() -> None:
    story = complaint()
    do(
        signed_in("minh"), story.case, "sort", kind="denunciation", field="other",
        competence="own", respondents=[str(office().pk)], people="Lê Thị Hoa, chuyên viên",
        people_only="on",
    )  # fmt: skip
    case = Case.objects.select_related("matter").get(pk=story.case_id)
    assert case.matter.sealed
    assert (sees("hoa", case.matter), sees("chi", case.matter)) == (False, True)
    rows = Respondent.objects.filter(case=case)
    assert {r.user.username for r in rows if r.user} == {"hoa"}


def test_people_without_their_body_are_asked_for_it() -> None:
    story = complaint()
    nature = Nature("denunciation", "other", people="Lê Thị Hoa")
    with pytest.raises(Invalid):
        sorting.sort(story.case_id, nature, by=story.who("minh"), at=story.later())


def test_the_head_of_the_office_named_alone_shuts_the_office_out() -> None:
    story = complaint()
    nature = Nature(
        "denunciation", "other", respondents=(office().pk,), people="Võ Văn Kiên", leads=False
    )
    case = sorting.sort(story.case_id, nature, by=story.who("minh"), at=story.later())
    assert not sees("kien", case.matter)
    assert not sees("hoa", case.matter)
    assert sees("chi", case.matter)


# ------------------------------------------------------------------------------ too near
def declared(story: Story, who: str, by: str = "minh", kind: str = "spouse") -> Case:
    relation = Relation(become(who).user, kind, "sender")
    return relating.declare(story.case_id, relation, by=become(by), at=story.later())


def test_a_relation_declared_on_the_page_shuts_the_official_out_of_a_complaint() -> None:
    story = reach(State.RECEIVED, ("sort", "minh"))
    assert sees("kien", story.case.matter)
    before = page(signed_in("kien"), "/desk/cases/")
    assert story.case.matter.code in before
    shown = page(signed_in("minh"), address(story.case, "relation"))
    assert "Võ Văn Kiên" in shown
    said = do(
        signed_in("minh"), story.case, "relation", user=str(become("kien").user), kind="spouse",
        side="sender",
    )  # fmt: skip
    assert "Võ Văn Kiên" not in said
    assert not sees("kien", story.case.matter)
    assert story.case.matter.code not in page(signed_in("kien"), "/desk/cases/")
    assert signed_in("kien").get(address(story.case)).status_code == 404
    assert Entry.objects.filter(matter=story.case_id, kind="docket.shut_out").count() == 1
    row = Respondent.objects.get(case=story.case_id, user__username="kien")
    assert row.relation == "spouse/sender"


def test_whoever_settles_a_sealed_item_and_is_kin_hands_it_up() -> None:
    lodged = lodge(Denounced(office().pk, leads=False, name="Lê Thị Hoa"))
    case = Case.objects.get(matter__code=lodged.code)
    relating.declare(
        case.pk, Relation(become("chi").user, "sibling", "respondent"), by=become("chi"),
        at=timezone.now(),
    )  # fmt: skip
    case.refresh_from_db()
    assert case.handling_body_id == become("tinh").body
    assert (sees("chi", case.matter), sees("tinh", case.matter)) == (False, True)
    mails = Outbox.objects.filter(address="chi@example.vn")
    assert not any(lodged.code in str(each.context) for each in mails)


def test_who_worked_on_it_does_so_no_longer() -> None:
    story = reach(State.ADMITTED)
    hoa = become("hoa")
    Case.objects.filter(pk=story.case_id).update(handling_post=hoa.post)
    declared(story, "hoa")
    assert Case.objects.get(pk=story.case_id).handling_post is None


def test_a_relation_is_of_the_list_and_declared_once_by_those_who_have_the_item() -> None:
    story = reach(State.RECEIVED, ("sort", "minh"))
    with pytest.raises(Invalid):
        declared(story, "kien", kind="friend")
    declared(story, "kien")
    with pytest.raises(Invalid):
        declared(story, "kien")
    with pytest.raises(NotFound):
        declared(story, "van", by="nong")
    with pytest.raises(Denied):
        declared(story, "van", by="quang")
    wish = reach(State.CLASSIFIED)
    with pytest.raises(Denied):
        declared(wish, "kien")


def test_what_is_declared_holds_in_every_post_taken_later() -> None:
    story = reach(State.RECEIVED, ("sort", "minh"))
    declared(story, "nong")
    nong, today = User.objects.get(username="nong"), local_day(timezone.now())
    seat = Post.objects.create(body=committee(), title="Biệt phái", valid=("2025-07-01", None))
    Holding.objects.create(post=seat, user=nong, valid=(today, None))
    actor = official(nong.pk, today=today, post=seat.pk)
    assert isinstance(actor, Official)
    assert not Matter.objects.visible_to(actor).filter(pk=story.case_id).exists()
    assert Excluded.objects.get(matter=story.case_id).reason == "relation"
