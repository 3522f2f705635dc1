"""A denunciation is sealed from the first moment, goes to the competent superior, and only a reason
opens it.
"""

import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document as Word

from doithoai.accounts.actors import Citizen, Clock, Official
from doithoai.accounts.models import Holding, Post, User
from doithoai.cases import tasks
from doithoai.cases.commands import sealed_intake
from doithoai.cases.commands.sealed_intake import Denounced, Lodged, Told
from doithoai.cases.models import Case, Petition, Submission
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket import exclusion, unsealing
from doithoai.docket.models import Access, Excluded, Matter, Unsealing, Words
from doithoai.docket.unsealing import Person
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.units.models import Body
from doithoai.vault.reading import parts_of
from tests.cases.reaching import body, committee
from tests.conftest import become

WORDS = "Chủ tịch nhận tiền của tôi ngày 3/5 tại quán Sao Băng"
PERSON = Person("Hoàng Sao Mai", "Thôn Lạc Thọ", "0900000777", "", "042180001234")
TOLD = Told(WORDS, "web", "web", PERSON)


def lodge(about: Denounced | None = None, told: Told = TOLD) -> Lodged:
    chair = about or Denounced(committee().pk)
    return sealed_intake.lodge(told, chair, by=Citizen(), at=timezone.now())


def matter_of(lodged: Lodged) -> Matter:
    return Matter.objects.get(code=lodged.code)


def sees(who: str, lodged: Lodged) -> bool:
    return Matter.objects.visible_to(become(who)).filter(code=lodged.code).exists()


@pytest.mark.django_db
def test_no_row_outside_the_vault_says_who_or_what() -> None:
    lodged = lodge()
    matter = matter_of(lodged)
    case = Case.objects.get(pk=matter.pk)
    said = Submission.objects.get(carried__case=case)
    assert (case.text, said.text, said.speaker, said.phone, said.address) == ("", "", "", "", "")
    assert (matter.title, matter.procedure) == ("Hồ sơ được niêm phong", "denunciation_info")
    assert Words.objects.get(matter=matter).text == ""
    assert {matter.pk.version, said.pk.version} == {4}
    assert matter.code.startswith("S-")
    assert not Outbox.objects.filter(about=matter.pk).exists()


@pytest.mark.django_db
def test_only_the_day_it_came_is_kept() -> None:
    lodged = lodge()
    entries = Entry.objects.filter(matter=matter_of(lodged).pk)
    moments = {timezone.localtime(e.at).time().isoformat() for e in entries}
    assert moments == {"00:00:00"}


@pytest.mark.django_db
def test_only_the_head_above_sees_it_and_never_the_body_it_is_about() -> None:
    lodged = lodge()
    assert lodged.body.short_name == "UBND tỉnh Hà Tĩnh"
    assert sees("tinh", lodged)
    for who in ("chi", "minh", "hoa", "kien", "bac", "thanh", "admin", "son", "quang", "doc"):
        assert not sees(who, lodged), who
    rows = Access.objects.filter(matter=matter_of(lodged))
    assert {r.post_id for r in rows if r.post_id} == {become("tinh").post}
    assert not rows.filter(body__isnull=False).exists()


@pytest.mark.django_db
def test_somebody_who_does_not_lead_is_settled_by_the_head_over_them() -> None:
    economy = body("Phòng Kinh tế xã Cẩm Lạc")
    lodged = lodge(Denounced(economy.pk, leads=False, name="bà Lê Thị Hoa"))
    assert lodged.body == committee()
    assert sees("chi", lodged)
    for who in ("hoa", "kien", "minh"):
        assert not sees(who, lodged), who


@pytest.mark.django_db
def test_a_number_tells_neither_how_many_there_are_nor_when() -> None:
    first, second = lodge(), lodge()
    assert abs(int(first.code[2:]) - int(second.code[2:])) != 1
    assert len(first.receipt.code) == 20
    own = Petition.objects.filter(sealed=True).order_by("number").values_list("number", flat=True)
    assert list(own) == [1, 2]
    assert {p.body for p in Petition.objects.filter(sealed=True)} == {first.body}


@pytest.mark.django_db
def test_when_everybody_up_to_the_top_is_excluded_only_paper_is_left() -> None:
    province = Body.objects.get(pk=become("tinh").body)
    before = Matter.objects.count()
    with pytest.raises(Invalid, match="Ủy ban nhân dân tỉnh Hà Tĩnh"):
        lodge(Denounced(province.pk))
    assert Matter.objects.count() == before


@pytest.mark.django_db
def test_a_clerk_of_the_body_it_is_about_writes_nothing_down() -> None:
    before = Matter.objects.count()
    with pytest.raises(Denied, match="tỉnh Hà Tĩnh"):
        sealed_intake.lodge(
            Told(WORDS, "counter", "counter", PERSON), Denounced(committee().pk),
            by=become("minh"), at=timezone.now(),
        )  # fmt: skip
    assert Matter.objects.count() == before


@pytest.mark.django_db
def test_what_is_said_in_person_is_a_denunciation_and_its_clerk_sees_it_no_more() -> None:
    son = become("son")
    told = Told(WORDS, "counter", "counter", PERSON)
    lodged = sealed_intake.lodge(told, Denounced(committee().pk), by=son, at=timezone.now())
    assert matter_of(lodged).procedure == "denunciation"
    assert not sees("son", lodged)
    assert sees("tinh", lodged)


@pytest.mark.django_db
def test_a_party_matter_goes_to_the_inspection_commission_or_to_nobody_here() -> None:
    party = body("Đảng ủy xã Cẩm Lạc")
    with pytest.raises(Invalid, match="Kiểm tra"):
        lodge(Denounced(party.pk, party=True))
    commission = Body.objects.get(kind="party_inspection", level="province")
    post = Post.objects.create(
        body=commission, title="Chủ nhiệm", is_head=True, valid=("2025-07-01", None)
    )
    kiem = User.objects.create(username="kiem", name="Lý Văn Kiểm")
    Holding.objects.create(post=post, user=kiem, valid=("2025-07-01", None))

    lodged = lodge(Denounced(party.pk, party=True))

    assert (lodged.body, matter_of(lodged).procedure) == (commission, "party_matter")
    assert lodged.receipt.code
    assert not sees("tinh", lodged)
    assert sees("kiem", lodged)


# ---------------------------------------- who is shut out, and when
def seat(username: str, post: Post, since: object) -> Holding:
    user = User.objects.get(username=username)
    return Holding.objects.create(post=post, user=user, valid=(since, None))


@pytest.mark.django_db
def test_whoever_takes_a_post_in_the_body_later_is_shut_out_at_once_in_every_post() -> None:
    lodged = lodge()
    assert sees("tinh", lodged)
    office = Post.objects.get(body=committee(), is_head=True)
    seat("tinh", office, local_day(timezone.now()))
    tinh = User.objects.get(username="tinh")
    from doithoai.accounts.queries import official  # noqa: PLC0415

    above = Post.objects.get(body=lodged.body, is_head=True)
    actor = official(tinh.pk, today=local_day(timezone.now()), post=above.pk)
    assert actor is not None
    assert actor.body == lodged.body.pk
    assert not Matter.objects.visible_to(actor).filter(code=lodged.code).exists()


@pytest.mark.django_db
def test_whoever_left_before_is_not_shut_out_and_whoever_leaves_after_stays_out() -> None:
    today = local_day(timezone.now())
    office = Post.objects.get(body=committee(), is_head=True)
    son, nong = User.objects.get(username="son"), User.objects.get(username="nong")
    Holding.objects.create(post=office, user=son, valid=("2025-08-01", "2026-01-01"))
    after = Holding.objects.create(post=office, user=nong, valid=(today, None))
    lodged = lodge()
    matter = matter_of(lodged)
    for user in (son, nong):
        Access.objects.create(matter=matter, holder=user.pk)
    assert sees("son", lodged)
    assert not sees("nong", lodged)
    Holding.objects.filter(pk=after.pk).update(valid=(today, today + timedelta(days=1)))
    assert not sees("nong", lodged)


@pytest.mark.django_db
def test_a_case_nobody_may_see_any_more_goes_one_level_up_by_the_clock() -> None:
    economy = body("Phòng Kinh tế xã Cẩm Lạc")
    lodged = lodge(Denounced(economy.pk))
    assert lodged.body == committee()
    head = Post.objects.get(body=economy, is_head=True)
    seat("chi", head, local_day(timezone.now()))

    assert tasks.shut_out(timezone.now()) == 1

    assert matter_of(lodged).body_id == become("tinh").body
    assert sees("tinh", lodged)
    assert not sees("chi", lodged)
    assert Entry.objects.filter(matter=matter_of(lodged).pk, kind="docket.handed_up").count() == 1
    chi = User.objects.get(username="chi")
    assert Excluded.objects.filter(matter=matter_of(lodged), user=chi).exists()
    assert tasks.shut_out(timezone.now()) == 0


@pytest.mark.django_db
def test_who_declares_a_relation_sees_it_no_more() -> None:
    lodged = lodge(Denounced(body("Phòng Kinh tế xã Cẩm Lạc").pk))
    chi = become("chi")
    exclusion.declare_relation(matter_of(lodged).pk, user=chi.user, by=chi, at=timezone.now())
    assert not sees("chi", lodged)
    assert sees("tinh", lodged)
    with pytest.raises(NotFound):
        exclusion.declare_relation(
            matter_of(lodged).pk, user=chi.user, by=become("minh"), at=timezone.now()
        )


@pytest.mark.django_db
def test_only_the_clock_looks_anew() -> None:
    lodged = lodge()
    with pytest.raises(Denied):
        exclusion.recompute(matter_of(lodged).pk, by=become("tinh"), at=timezone.now())
    assert exclusion.recompute(matter_of(lodged).pk, by=Clock("x"), at=timezone.now()) is False


# ---------------------------------------- opened with a reason
def unseal(lodged: Lodged, by: Official, **what: object) -> Unsealing:
    given = {"reason": "Xác minh nội dung tố cáo", **what}
    return unsealing.unseal(matter_of(lodged).pk, by=by, at=timezone.now(), **given)  # type: ignore[arg-type]  # words of the test


def test_it_opens_for_half_an_hour_to_one_user_and_who_it_is_apart(committed_db: str) -> None:
    lodged, tinh = lodge(), become("tinh")
    matter, now = matter_of(lodged), timezone.now()
    assert unsealing.contents(matter, tinh, at=now) is None
    made = unseal(lodged, tinh)
    shown = unsealing.contents(matter, tinh, at=made.at)
    assert shown is not None
    assert [t.text for t in shown.texts] == [WORDS]
    assert shown.persons == ()
    assert unsealing.contents(matter, become("son"), at=made.at) is None
    assert unsealing.contents(matter, tinh, at=made.at + timedelta(minutes=30)) is None

    made = unseal(lodged, tinh, text=False, identity=True)
    both = unsealing.contents(matter, tinh, at=made.at)
    assert both is not None
    assert both.persons == (PERSON,)


def test_opening_is_entered_without_words_and_shown_to_a_supervisor(committed_db: str) -> None:
    lodged, tinh = lodge(), become("tinh")
    made = unseal(lodged, tinh)
    entry = Entry.objects.get(matter=matter_of(lodged).pk, kind="docket.unsealed")
    assert entry.data == {"unsealing": str(made.pk), "text": True, "identity": False}
    thanh = become("thanh")
    assert made.told_id == thanh.post
    (read,) = unsealing.unsealings(thanh)
    assert (read.why, read.name) == ("Xác minh nội dung tố cáo", "Đinh Công Tĩnh")
    assert unsealing.unsealings(become("chi")) == ()
    mail = Outbox.objects.get(template="docket/notices/unsealed")
    assert mail.address == "thanh@example.vn"
    assert lodged.code not in str(mail.context)


@pytest.mark.django_db
def test_who_may_not_open_it() -> None:
    lodged = lodge()
    for who in ("chi", "admin", "thanh"):
        with pytest.raises(NotFound):
            unseal(lodged, become(who))
    exclusion.admit(matter_of(lodged), post=become("son").post)
    with pytest.raises(Denied):
        unseal(lodged, become("son"))
    with pytest.raises(Invalid):
        unseal(lodged, become("tinh"), reason="  ")
    with pytest.raises(Invalid):
        unseal(lodged, become("tinh"), text=False)


@pytest.mark.django_db
def test_the_record_of_openings_cannot_be_changed() -> None:
    from django.db import DatabaseError, transaction  # noqa: PLC0415

    lodged = lodge()
    unseal(lodged, become("tinh"))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Unsealing.objects.update(text=False)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Unsealing.objects.all()._raw_delete("default")


# ---------------------------------------- files, messages
def word_file(author: str) -> SimpleUploadedFile:
    document = Word()
    document.add_paragraph("Bảng kê tiền")
    document.core_properties.author = author
    data = io.BytesIO()
    document.save(data)
    return SimpleUploadedFile("don-cua-Sao-Mai.docx", data.getvalue())


def test_a_file_keeps_neither_name_nor_author(committed_db: str) -> None:
    lodged = sealed_intake.lodge(
        TOLD, Denounced(committee().pk), [word_file("Hoàng Sao Mai")],
        by=Citizen(), at=timezone.now(),
    )  # fmt: skip
    matter, tinh = matter_of(lodged), become("tinh")
    made = unseal(lodged, tinh, identity=True)
    about, data = unsealing.file_of(matter, 0, tinh, at=made.at)
    assert about.extension == "docx"
    assert Word(io.BytesIO(data)).core_properties.author == ""
    kept = b"".join(parts_of(matter.pk, names=("file", "file_about")).values())
    assert b"Sao-Mai" not in kept
    with pytest.raises(NotFound):
        unsealing.file_of(matter, 0, become("thanh"), at=made.at)


def test_the_person_and_the_body_write_to_each_other_with_the_slip_alone(
    committed_db: str,
) -> None:
    lodged, tinh = lodge(), become("tinh")
    matter = matter_of(lodged)
    unsealing.write(matter.pk, text="Cho biết thêm ngày giờ", by=tinh, at=timezone.now())
    client = Client()
    slip = {"code": lodged.receipt.code, "secret": lodged.receipt.secret}
    page = client.post("/denounce/messages", slip).content.decode()
    assert "Cho biết thêm ngày giờ" in page
    assert WORDS not in page
    page = client.post("/denounce/messages", {**slip, "text": "Lúc 9 giờ tối"}).content.decode()
    assert "Lúc 9 giờ tối" in page
    assert "sessionid" not in client.cookies
    unseal(lodged, tinh)
    shown = unsealing.contents(matter, tinh, at=timezone.now())
    assert shown is not None
    assert [(m.text, m.by_person) for m in shown.messages] == [
        ("Cho biết thêm ngày giờ", False), ("Lúc 9 giờ tối", True),
    ]  # fmt: skip
    wrong = client.post("/denounce/messages", {**slip, "secret": "000000"})
    assert wrong.status_code == 404


@pytest.mark.django_db
def test_the_slip_of_an_ordinary_item_opens_no_messages() -> None:
    with pytest.raises(Invalid):
        sealed_intake.recognise("123456789012", "123456", at=timezone.now())


# ---------------------------------------- the pages
def reader(username: str) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_the_desk_shows_it_only_while_it_is_open_and_keeps_no_copy(committed_db: str) -> None:
    lodged = lodge()
    tinh, address = reader("tinh"), f"/desk/sealed/{lodged.code}"
    page = tinh.get(address)
    assert WORDS not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "Xem thông tin người tố cáo (phải nêu lý do, có ghi nhận)" in page.content.decode()
    empty = tinh.post(f"{address}/open", {"text": "on"})
    assert empty.status_code == 200
    assert Unsealing.objects.count() == 0
    tinh.post(f"{address}/open", {"text": "on", "reason": "Xác minh"})
    text = tinh.get(address).content.decode()
    assert WORDS in text
    assert PERSON.name not in text
    tinh.post(f"{address}/open", {"identity": "on", "reason": "Mời làm việc"})
    assert PERSON.name in tinh.get(address).content.decode()
    assert lodged.code in tinh.get("/desk/sealed/").content.decode()
    assert WORDS not in tinh.get(f"/desk/cases/{lodged.code}/").content.decode()
    for who in ("chi", "minh", "admin", "son", "thanh"):
        assert reader(who).get(address).status_code == 404
        assert lodged.code not in reader(who).get("/desk/sealed/").content.decode()


@pytest.mark.django_db
def test_the_page_asks_who_it_is_about_before_any_text() -> None:
    client = Client()
    page = client.get("/denounce").content.decode()
    assert "<textarea" not in page
    page = client.post("/denounce", {"words": "Cẩm Lạc"}).content.decode()
    assert "<textarea" not in page
    assert "UBND xã Cẩm Lạc" in page or "Ủy ban nhân dân xã Cẩm Lạc" in page
    about = {"words": "Cẩm Lạc", "body": str(committee().pk), "who": "leads"}
    page = client.post("/denounce", about).content.decode()
    assert "<textarea" in page
    assert page.index("tỉnh Hà Tĩnh") < page.index("<textarea")
    province = {"words": "Hà Tĩnh", "body": str(become("tinh").body), "who": "leads"}
    assert "<textarea" not in client.post("/denounce", province).content.decode()


@pytest.mark.django_db
def test_a_denunciation_on_the_ordinary_page_is_led_here_before_it_is_stored() -> None:
    client, before = Client(), Matter.objects.count()
    place = committee().place_id
    drawn = "a" * 32
    given = {"drawn": drawn, "text": "Tôi tố cáo ông X", "kind": "reflection"}
    page = client.post(f"/submit/{place}", given).content.decode()
    assert 'href="/denounce"' in page
    assert Matter.objects.count() == before


def test_the_matter_of_another_slip_is_not_found(committed_db: str) -> None:
    lodged = lodge()
    stranger = Citizen(UUID("00000000-0000-4000-8000-000000000001"))
    with pytest.raises(NotFound):
        unsealing.correspondence(matter_of(lodged), stranger)


def test_the_clerk_of_the_province_takes_it_down_and_hands_the_slip_over(committed_db: str) -> None:
    son = reader("son")
    assert "<textarea" not in son.get("/desk/sealed-intake").content.decode()
    about = {"words": "Cẩm Lạc", "body": str(committee().pk), "who": "leads"}
    assert "<textarea" in son.post("/desk/sealed-intake", about).content.decode()
    told = {**about, "text": WORDS, "way": "counter", "speaker": PERSON.name}
    page = son.post("/desk/sealed-intake", told).content.decode()
    assert WORDS not in page
    (matter,) = Matter.objects.filter(sealed=True)
    assert matter.procedure == "denunciation"
    assert matter.code not in son.get("/desk/cases/").content.decode()


@pytest.mark.django_db
def test_the_clerk_of_the_commune_is_told_where_to_send_who_denounces_its_chair() -> None:
    about = {"words": "Cẩm Lạc", "body": str(committee().pk), "who": "leads"}
    answer = reader("minh").post("/desk/sealed-intake", about)
    assert answer.status_code == 403
    assert "Ủy ban nhân dân tỉnh Hà Tĩnh" in answer.content.decode()
    assert not Matter.objects.filter(sealed=True).exists()
    assert reader("hoa").get("/desk/sealed-intake").status_code == 403
