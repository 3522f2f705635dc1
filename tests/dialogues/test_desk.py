"""The pages of a dialogue: who may see and do what, every act by its page, bounded queries."""

import io
from datetime import datetime, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.cases.commands import placing
from doithoai.dialogues.commands import hall, importing
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.reading_sheets import read_list
from doithoai.ledger.models import Entry
from tests.dialogues.grounds import (
    SAMPLE,
    START,
    address,
    announced,
    committee,
    held,
    plan,
    signed_file,
    signed_in,
    text,
)

pytestmark = pytest.mark.django_db
PAGES = (
    "",
    "/change",
    "/postpone",
    "/reschedule",
    "/cancel",
    "/hold",
    "/minutes",
    "/conclusion",
    "/conclusion/signed",
    "/import",
    "/hall",
    "/chair",
    "/chair.docx",
    "/follow-up",
    "/follow-up.xlsx",
    "/slips",
    "/list.xlsx",
    "/list.docx",
    "/form.xlsx",
    "/form.docx",
)
ACTS = (
    "/announce",
    "/conclusion/publish",
    "/results-posted",
    "/hall",
    "/hall/line",
    "/slips",
    "/cancel",
    "/import",
)


def events(dialogue: Dialogue) -> list[str]:
    return list(
        Entry.objects.filter(matter=dialogue.pk).order_by("at", "id").values_list("kind", flat=True)
    )


def typed(chi: Official, **changes: object) -> dict[str, object]:
    """The form of a plan as a clerk fills it in."""
    return {
        "title": "Đối thoại với thanh niên",
        "host": str(committee().pk),
        "kind": "thematic",
        "form": "hall",
        "on": "2027-03-10",
        "hour": "08:00",
        "venue": "Nhà văn hóa xã",
        "chair": str(chi.post),
        "agenda": "Vốn vay khởi nghiệp",
        **changes,
    }


def test_a_dialogue_is_planned_by_its_form(minh: Official, chi: Official) -> None:
    secretary = Post.objects.get(title="Bí thư Đảng ủy", body__short_name="Đảng ủy xã Cẩm Lạc")
    answer = signed_in("minh").post(
        "/desk/dialogues/plan",
        typed(
            chi, party_head="on", co_chairs=[str(secretary.pk)], other_regime="Quy định 02-QĐ/ĐU"
        ),
        follow=True,
    )
    dialogue = Dialogue.objects.get()
    assert answer.redirect_chain[-1][0] == address(dialogue)
    assert [c.post_id for c in dialogue.chairs.order_by("pk")] == [chi.post, secretary.pk]
    assert (dialogue.party_head, dialogue.commune_conference) == (True, False)
    assert dialogue.starts_at.isoformat() == "2027-03-10T01:00:00+00:00"
    page = text(answer)
    assert "Bí thư Đảng ủy" in page
    assert "Quy định 02-QĐ/ĐU" in page
    assert "Why this due date?" in page


def test_a_plan_without_a_title_keeps_what_was_typed(minh: Official, chi: Official) -> None:
    answer = signed_in("minh").post("/desk/dialogues/plan", typed(chi, title=""))
    assert "Vốn vay khởi nghiệp" in text(answer)
    assert not Dialogue.objects.exists()


def test_a_day_within_the_time_of_notice_is_set_but_warned_of(
    minh: Official, chi: Official, now: datetime
) -> None:
    soon = (now + timedelta(days=3)).date().isoformat()
    words = typed(chi, on=soon, commune_conference="on")
    page = text(signed_in("minh").post("/desk/dialogues/plan", words, follow=True))
    assert Dialogue.objects.count() == 1
    assert "leaves too little time" in page
    far = (now + timedelta(days=40)).date().isoformat()
    words = typed(chi, on=far, commune_conference="on")
    page = text(signed_in("minh").post("/desk/dialogues/plan", words, follow=True))
    assert "leaves too little time" not in page


def test_heads_stand_first_among_those_who_may_chair(minh: Official) -> None:
    form = signed_in("minh").get("/desk/dialogues/plan").context["form"]
    first, second = [label for _value, label in form.fields["chair"].choices][:2]
    assert {first, second} == {
        "Bí thư Đảng ủy · Đảng ủy xã Cẩm Lạc",
        "Chủ tịch UBND xã · UBND xã Cẩm Lạc",
    }


def test_a_plan_is_changed_and_another_day_is_entered(minh: Official, chi: Official) -> None:
    dialogue = plan(minh, chi)
    client = signed_in("minh")
    form = client.get(address(dialogue, "/change")).context["form"]
    assert form["title"].value() == dialogue.title
    client.post(address(dialogue, "/change"), typed(chi, on="2026-08-01"))
    dialogue.refresh_from_db()
    assert dialogue.title == "Đối thoại với thanh niên"
    assert "dialogues.rescheduled" in events(dialogue)


def test_it_is_announced_postponed_set_anew_and_announced_again(
    minh: Official, chi: Official
) -> None:
    dialogue = plan(minh, chi, start=START + timedelta(days=300))
    client = signed_in("minh")
    client.post(address(dialogue, "/announce"))
    client.post(address(dialogue, "/postpone"), {"reason": "Bão số 3 đổ bộ vào tỉnh."})
    assert "Bão số 3" in text(client.get(address(dialogue)))
    client.post(address(dialogue, "/reschedule"), {"on": "2027-06-01", "hour": "08:00"})
    client.post(address(dialogue, "/announce"))
    dialogue.refresh_from_db()
    assert dialogue.state == "announced"
    assert events(dialogue) == [
        "dialogues.planned",
        "dialogues.announced",
        "dialogues.postponed",
        "dialogues.rescheduled",
        "dialogues.announced",
    ]


def test_postponing_needs_a_reason(minh: Official, chi: Official) -> None:
    dialogue = announced(minh, chi)
    answer = signed_in("minh").post(address(dialogue, "/postpone"), {"reason": ""})
    assert "is-invalid" in text(answer) or "field-error" in text(answer)
    dialogue.refresh_from_db()
    assert dialogue.state == "announced"


def test_who_really_chaired_is_recorded(minh: Official, chi: Official) -> None:
    dialogue = announced(minh, chi)
    chair = dialogue.chairs.get()
    signed_in("minh").post(
        address(dialogue, "/hold"),
        {"attendance": "118", f"stood_in_{chair.pk}": "Phó Chủ tịch Lê Văn Bình"},
    )
    page = text(signed_in("minh").get(address(dialogue)))
    assert "118 people came" in page
    assert "Authorised to chair: Phó Chủ tịch Lê Văn Bình" in page


def test_from_the_conclusion_to_the_follow_up_list(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    importing.take_in(dialogue.pk, read_list(SAMPLE.name, SAMPLE.read_bytes()), by=minh, at=now)
    client = signed_in("minh")
    wording = client.get(address(dialogue, "/conclusion")).context["form"]["text"].value()
    assert "UBND xã Cẩm Lạc" in wording
    assert "20/08/2026" in wording
    client.post(address(dialogue, "/conclusion"), {"text": f"{wording}\nGiao Văn phòng theo dõi."})
    dialogue.refresh_from_db()
    signed_in("chi").post(
        address(dialogue, "/conclusion/approve"), {"document": str(dialogue.conclusion_document)}
    )
    client.post(
        address(dialogue, "/conclusion/signed"),
        {"number": "45/TB-UBND", "signed_on": "2026-07-20", "file": signed_file()},
    )
    client.post(address(dialogue, "/conclusion/publish"))
    dialogue.refresh_from_db()
    assert dialogue.state == "published"
    page = text(client.get(address(dialogue, "/follow-up")))
    assert "45/TB-UBND" in page
    assert "20/08/2026" in page


def test_an_act_that_is_not_possible_now_says_why(minh: Official, chi: Official) -> None:
    dialogue = held(minh, chi)
    client = signed_in("minh")
    assert "Record the signed conclusion notice first." in text(client.get(address(dialogue)))
    assert client.post(address(dialogue, "/announce")).status_code == 409
    assert client.get(address(dialogue, "/postpone")).status_code == 403


def test_a_clerk_of_another_commune_finds_nothing(
    minh: Official, chi: Official, lien: Official
) -> None:
    dialogue = announced(minh, chi)
    client = signed_in("lien")
    assert {client.get(address(dialogue, page)).status_code for page in PAGES} == {404}
    assert {client.post(address(dialogue, act), {"reason": "x"}).status_code for act in ACTS} == {
        404
    }
    assert dialogue.matter.code not in text(client.get("/desk/dialogues/"))


def test_the_front_reads_and_changes_nothing(
    minh: Official, chi: Official, quang: Official
) -> None:
    dialogue = announced(minh, chi)
    client = signed_in("quang")
    page = text(client.get(address(dialogue)))
    assert "Only a clerk of a body that holds the dialogue takes down what is said." in page
    reads = ("/chair", "/follow-up", "/list.xlsx", "/list.docx", "/hall")
    assert {client.get(address(dialogue, each)).status_code for each in reads} == {200}
    forms = ("/change", "/postpone", "/cancel", "/hold", "/import", "/slips")
    assert {client.get(address(dialogue, each)).status_code for each in forms} == {403}
    line = {"sent_as": str(uuid4()), "text": "Đường hỏng", "how": "settle"}
    assert client.post(address(dialogue, "/hall"), line).status_code == 403
    assert client.post(address(dialogue, "/announce")).status_code == 403
    assert client.post(address(dialogue, "/slips"), {"village": ""}).status_code == 403
    assert "Only a clerk" in text(client.get(address(dialogue, "/hall")))


def test_somebody_who_has_not_signed_in_is_asked_to(minh: Official, chi: Official) -> None:
    dialogue = announced(minh, chi)
    assert {Client().get(address(dialogue, page)).status_code for page in PAGES} == {302}


def test_the_page_costs_the_same_however_much_was_said(
    minh: Official,
    chi: Official,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    dialogue = held(minh, chi)
    importing.take_in(dialogue.pk, read_list(SAMPLE.name, SAMPLE.read_bytes()), by=minh, at=now)
    client = signed_in("minh")
    client.get(address(dialogue))
    with django_assert_max_num_queries(16):
        client.get(address(dialogue))
    with django_assert_max_num_queries(10):
        client.get("/desk/dialogues/")
    with django_assert_max_num_queries(14):
        client.get(address(dialogue, "/follow-up"))
    with django_assert_max_num_queries(16):  # two of them for the coordinating bodies' names
        client.get(address(dialogue, "/list.xlsx"))


def test_what_is_said_to_be_an_officials_conduct_is_on_nobody_elses_list(
    minh: Official, chi: Official, quang: Official, now: datetime
) -> None:
    dialogue = held(minh, chi)
    kept = hall.take_down(
        dialogue.pk,
        hall.Line(sent_as=uuid4(), text="Phản ánh thái độ của một công chức địa chính."),
        by=minh,
        at=now,
    )
    placing.classify(
        kept.item.case_id,
        placing.Kind("service_attitude", other_procedure="conduct"),
        by=minh,
        at=now,
    )
    for reader in (signed_in("quang"), signed_in("minh")):
        for page in ("", "/chair", "/follow-up", "/hall", "/conclusion"):
            assert "địa chính" not in text(reader.get(address(dialogue, page)))
        book = openpyxl.load_workbook(
            io.BytesIO(reader.get(address(dialogue, "/list.xlsx")).content)
        )
        shown = [
            cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell
        ]
        assert not any("địa chính" in str(cell) for cell in shown)
