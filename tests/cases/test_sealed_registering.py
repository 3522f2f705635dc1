"""A petition known to be sealed when it is registered: never an open matter, not for a moment."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.petitions import receiving
from doithoai.cases.commands.petitions.receiving import Arrival, Registered
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.models import Case, Petition, Submission
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid
from doithoai.docket import unsealing
from doithoai.docket.models import Access, Counter, Matter, Words
from doithoai.files.models import Attachment
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from tests.cases.reaching import body, committee, culture
from tests.cases.test_desk import signed_in
from tests.cases.test_petition_desk import paper
from tests.conftest import become
from tests.files import making

TEXT = "Trưởng phòng nhận tiền tại quán Sao Băng ngày 3/5"


def register(
    at: datetime, nature: Nature, *uploads: SimpleUploadedFile, **more: object
) -> Registered:
    """As the clerk of the commune registers it."""
    said = Statement(
        text=TEXT, channel="letter", occasion="letter", speaker="Bà Hoàng Sao Mai",
        phone="0900000778", address="Thôn Lạc Thọ",
    )  # fmt: skip
    arrival = Arrival(arrived_on=local_day(at) - timedelta(days=2), nature=nature, **more)  # type: ignore[arg-type]  # facts by name
    return receiving.receive(said, arrival, uploads, to=committee(), by=become("minh"), at=at)


def culture_denounced(**more: object) -> Nature:
    """About the culture office, which the committee settles."""
    return Nature("denunciation", "other", respondents=(culture().pk,), **more)  # type: ignore[arg-type]  # facts by name


def passed_on(at: datetime) -> Registered:
    """By the press, with a letter and two original papers."""
    return register(
        at, culture_denounced(people="Ông Kiều Văn Thử"),
        SimpleUploadedFile("don-cua-ba-Mai.pdf", making.pdf(), "application/pdf"),
        arrived_by="post", forwarder="press", forwarder_name="Báo Sao Hôm", letter_number="12/CV",
        letter_on=local_day(at) - timedelta(days=3), originals=("Biên lai số 7", "Ảnh chụp"),
        dated_on=local_day(at) - timedelta(days=5), signatories=3,
    )  # fmt: skip


@pytest.mark.django_db
def test_it_has_a_code_an_id_and_a_day_that_tell_nothing(now: datetime) -> None:
    made = passed_on(now)
    matter = Matter.objects.get(pk=made.taken.case.pk)
    assert (matter.code[:2], matter.title) == ("S-", "Hồ sơ được niêm phong")
    assert {matter.pk.version, made.taken.submission.pk.version} == {4}
    entries = Entry.objects.filter(matter=matter.pk)
    assert {timezone.localtime(e.at).time().isoformat() for e in entries} == {"00:00:00"}
    assert matter.received_on == local_day(now) - timedelta(days=2)
    assert made.taken.receipt is not None
    assert len(made.taken.receipt.code) == 20


@pytest.mark.django_db
def test_it_never_was_in_the_open_series_nor_in_the_open_register(now: datetime) -> None:
    passed_on(now)
    assert not Petition.objects.filter(sealed=False).exists()
    assert not Counter.objects.filter(body=committee(), register="petitions").exists()
    assert not Matter.objects.filter(code__startswith="KN").exists()


@pytest.mark.django_db
def test_no_word_and_no_name_of_it_stands_outside_the_vault(now: datetime) -> None:
    made = passed_on(now)
    case = Case.objects.get(pk=made.taken.case.pk)
    said = Submission.objects.get(carried__case=case)
    assert (case.text, said.text, said.speaker, said.phone, said.address) == ("", "", "", "", "")
    assert Words.objects.get(matter=case.pk).text == ""
    line = Petition.objects.get()
    assert (line.forwarder_name, line.originals, line.sender_key) == ("", [], "")
    assert not Attachment.objects.filter(about=case.pk).exists()
    assert not Outbox.objects.filter(about=case.pk).exists()


def test_all_of_it_is_read_by_unsealing(committed_db: str, now: datetime) -> None:
    del committed_db
    made, chi = passed_on(now), become("chi")
    matter = Matter.objects.get(pk=made.taken.case.pk)
    unsealing.unseal(matter.pk, reason="Xác minh", identity=True, by=chi, at=timezone.now())
    shown = unsealing.contents(matter, chi, at=timezone.now())
    assert shown is not None
    read = "\n".join(each.text for each in shown.texts)
    for said in (TEXT, "Ông Kiều Văn Thử", "Báo Sao Hôm", "Biên lai số 7"):
        assert said in read
    assert [(p.name, p.phone, p.address) for p in shown.persons] == [
        ("Bà Hoàng Sao Mai", "0900000778", "Thôn Lạc Thọ")
    ]
    assert len(shown.files) == 1


@pytest.mark.django_db
def test_the_facts_of_the_paper_stay_in_the_register_of_the_body_that_settles_it(
    now: datetime,
) -> None:
    line = passed_on(now).petition
    assert (line.sealed, line.body, line.number) == (True, committee(), 1)
    assert (line.forwarder, line.letter_number) == ("press", "12/CV")
    assert (line.arrived_by, line.written, line.signed, line.signatories) == ("post", True, True, 3)
    assert line.arrived_on == local_day(now) - timedelta(days=2)
    came = Entry.objects.get(matter=line.submission.carried.get().case_id, kind="cases.received")
    assert came.data["forwarder"] == "press"


@pytest.mark.django_db
def test_the_head_who_settles_it_and_the_slip_alone_open_it(now: datetime) -> None:
    made = passed_on(now)
    assert made.taken.receipt is not None
    rows = Access.objects.filter(matter=made.taken.case.pk)
    assert {(row.post_id, row.body_id, row.holder) for row in rows} == {
        (become("chi").post, None, None), (None, None, made.taken.receipt.id),
    }  # fmt: skip
    assert not Matter.objects.visible_to(become("minh")).filter(sealed=True).exists()
    assert Matter.objects.visible_to(Citizen(made.taken.receipt.id)).exists()


@pytest.mark.django_db
def test_what_nobody_can_tell_is_numbered_one_level_up(now: datetime) -> None:
    made = register(now, Nature("denunciation", "other", unknown=True))
    assert made.petition.body_id == become("tinh").body
    assert not made.taken.case.matter.excluded.exists()
    assert not Matter.objects.visible_to(become("chi")).exists()


@pytest.mark.django_db
def test_nothing_is_registered_without_saying_whom_it_is_about(now: datetime) -> None:
    with pytest.raises(Invalid, match="không xác định được"):
        register(now, Nature("denunciation_info", "other"))
    assert not Matter.objects.filter(kind="case").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("way", "said"), [("post", "phong bì"), ("in_person", "hướng dẫn công dân")]
)
def test_a_clerk_of_the_body_it_is_about_registers_nothing(
    now: datetime, way: str, said: str
) -> None:
    about = Nature("denunciation", "other", respondents=(committee().pk,))
    with pytest.raises(Denied) as refusal:
        register(now, about, arrived_by=way)
    assert "tỉnh Hà Tĩnh" in refusal.value.message
    assert said in refusal.value.message.lower()
    assert not Matter.objects.filter(kind="case").exists()


@pytest.mark.django_db
def test_a_party_matter_nobody_here_may_have_is_kept_on_paper_only(now: datetime) -> None:
    party = body("Đảng ủy xã Cẩm Lạc")
    with pytest.raises(Invalid, match="Kiểm tra"):
        register(now, Nature("party_matter", "other", respondents=(party.pk,)))
    assert not Matter.objects.filter(kind="case").exists()


@pytest.mark.django_db
def test_the_page_hands_out_the_sealed_slip_and_names_no_item() -> None:
    client = signed_in("minh")
    given = paper(
        sealed_kind="denunciation", respondent=culture().pk, text="Tố cáo Sao Mai thu sai"
    )
    shown = client.post("/desk/petitions/new", given).content.decode()
    code = Matter.objects.get(sealed=True).code
    assert "Mã bí mật" in shown
    assert reverse("denounce_messages") in shown
    assert code not in shown
    assert 'content="petition"' in shown  # the draft in the browser is thrown away


@pytest.mark.django_db
def test_the_page_takes_the_tick_that_nobody_can_tell() -> None:
    client = signed_in("minh")
    asked = client.post("/desk/petitions/new", paper(sealed_kind="denunciation"))
    assert "không xác định được" in asked.content.decode()
    given = paper(sealed_kind="denunciation", respondent_unknown="on")
    assert "Mã bí mật" in client.post("/desk/petitions/new", given).content.decode()
    assert Petition.objects.get().body_id == become("tinh").body
