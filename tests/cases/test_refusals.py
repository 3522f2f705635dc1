"""What the law forbids is stopped on its page: with the ground, the article, and what to do next.

There is no other door that writes: the door for machines takes text messages only.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from doithoai.cases.acts.table import ACTS
from doithoai.cases.models import Case, Petition, Publication
from doithoai.cases.workflow import State
from doithoai.docket.models import Link, Matter, Obligation
from tests.cases.reaching import Story, reach, without_account
from tests.cases.test_desk import address, do, page, signed_in
from tests.cases.test_petition_desk import paper, today
from tests.files import making
from tests.journeys.test_leaks import NAME, NUMBER, by_desk

SETTLE = "vn.complaint.settle_first"


def admitted() -> Story:
    """A complaint with its thirty days."""
    return reach(State.ADMITTED)


def due(story: Story, rule: str = SETTLE) -> object:
    return Obligation.objects.get(matter=story.case_id, rule=rule, state="open").due_on


# ------------------------------------------------------------------------- without competence
@pytest.mark.django_db
def test_accepting_without_competence_is_stopped_with_the_article_and_the_way_on() -> None:
    story, client = reach(State.RECEIVED, ("sort_elsewhere", "minh")), signed_in("minh")
    given = {"accepted_on": today(), "complexity": "normal"}
    refused = client.post(address(story.case, "admit"), given)
    said = refused.content.decode()
    assert refused.status_code == 403
    assert "02/2011" in said
    assert "25/2018" in said
    assert "Chuyển" in said
    assert story.state == State.CLASSIFIED


@pytest.mark.django_db
def test_declining_or_passing_on_against_competence_says_what_to_do() -> None:
    mine, client = reach(State.RECEIVED, ("sort", "minh")), signed_in("minh")
    moved = {"to": without_account().pk, "why": "x", "number": "9/PC", "signed_on": today(),
             "ground": "complaint_competence"}  # fmt: skip
    refused = client.post(address(mine.case, "transfer"), moved)
    assert refused.status_code == 403
    assert "thụ lý" in refused.content.decode()
    assert mine.state == State.CLASSIFIED


# ------------------------------------------------------------------------- a legal date
@pytest.mark.django_db
def test_no_form_has_a_field_for_a_date_of_the_law() -> None:
    dates = {
        (act.name, name)
        for act in ACTS
        for name in act.filled.form.base_fields
        if "due" in name or "deadline" in name or name == "until"
    }
    assert dates <= {("extend", "until")}


@pytest.mark.django_db
def test_a_date_of_the_law_typed_beside_a_form_changes_nothing() -> None:
    story = reach(State.RECEIVED, ("sort", "minh"), ("examine", "minh"))
    given = {"accepted_on": today(), "complexity": "normal", "due_on": "2030-01-01"}
    do(signed_in("minh"), story.case, "admit", **given)
    assert str(due(story)) < "2030"
    row = Obligation.objects.get(matter=story.case_id, rule=SETTLE)
    assert row.derivation["start"] == today()


@pytest.mark.django_db
def test_the_date_of_a_complaint_is_moved_once_as_far_as_the_law_lets_it_and_no_further() -> None:
    story, chi = admitted(), signed_in("chi")
    before = due(story)
    given = {
        "rule": SETTLE, "ground": "complex", "days": "90", "reason": "Phải giám định",
        "document": "3/QĐ-UBND", "signed_on": today(),
    }  # fmt: skip
    chi.post(address(story.case, "extend"), given)
    after = due(story)
    assert isinstance(after, type(before))
    assert after - before <= timedelta(days=15 + 7)  # fifteen days, rolled over days off
    again = chi.post(address(story.case, "extend"), given, follow=True).content.decode()
    assert due(story) == after
    assert "không" in again


@pytest.mark.django_db
def test_extending_without_its_document_is_refused() -> None:
    story, chi = admitted(), signed_in("chi")
    before = due(story)
    given = {"rule": SETTLE, "ground": "complex", "days": "5", "reason": "Phải giám định"}
    said = chi.post(address(story.case, "extend"), given).content.decode()
    assert due(story) == before
    assert "số văn bản" in said.lower() or "văn bản gia hạn" in said.lower()


# ------------------------------------------------------------------------- a state secret
@pytest.mark.django_db
def test_a_file_marked_secret_is_never_kept_whatever_is_ticked() -> None:
    client = signed_in("minh")
    scan = SimpleUploadedFile("Cong van TOI MAT so 4.pdf", making.pdf(), "application/pdf")
    said = client.post("/desk/petitions/new", paper(scans=scan, not_secret="on"))
    text = said.content.decode()
    assert "117/2025" in text
    assert "số" in text
    assert (Petition.objects.count(), Case.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_marked_words_are_kept_once_somebody_said_that_they_are_none() -> None:
    client = signed_in("minh")
    given = paper(text="Đơn nhắc tới công văn MẬT của xóm")
    assert "117/2025" in client.post("/desk/petitions/new", given).content.decode()
    assert Petition.objects.count() == 0
    client.post("/desk/petitions/new", {**given, "not_secret": "on"})
    assert Petition.objects.count() == 1


@pytest.mark.django_db
def test_of_a_paper_kept_outside_only_the_number_comes_in() -> None:
    client = signed_in("minh")
    number = {"kept_on_paper": "07/MĐ-2026"}
    refused = client.post("/desk/petitions/new", paper(text="Nội dung", **number))
    assert Petition.objects.count() == 0
    assert "bản giấy" in refused.content.decode()
    client.post("/desk/petitions/new", paper(text="", **number))
    assert "07/MĐ-2026" in Petition.objects.get().submission.text


# ------------------------------------------------------------------------- naming who denounced
def test_a_public_text_that_names_who_denounced_is_stopped_on_its_page(committed_db: str) -> None:
    story = reach(State.ANSWERED)
    lodged = by_desk(timezone.now())
    sealed = Matter.objects.get(code=lodged.code)
    Link.objects.create(source=sealed, kind=Link.Kind.SPLIT_FROM, target=story.case.matter)
    client = signed_in("minh")
    for text in (f"Bà {NAME} phản ánh", f"Gọi {NUMBER}"):
        given = {"title": "Kênh", "text": text, "answer": "Đã làm", "ground": "Người dân đồng ý"}
        refused = client.post(address(story.case, "publish"), given)
        said = refused.content.decode()
        assert refused.status_code == 200
        assert "Luật Tố cáo" in said
        assert "Bỏ" in said or "bỏ" in said
    assert not Publication.objects.filter(case=story.case_id).exists()


# ------------------------------------------------------------------------- every refusal
@pytest.mark.django_db
def test_every_refusal_of_a_page_is_a_sentence_that_says_more_than_no() -> None:
    story = reach(State.RECEIVED, ("sort_elsewhere", "minh"))
    shown = page(signed_in("minh"), address(story.case))
    for each in ("Luật Khiếu nại", "thẩm quyền"):
        assert each in shown
