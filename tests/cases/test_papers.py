"""Papers of a case: the forms it offers, drafted from its record, signed and recorded; views."""

import io
from datetime import datetime

import docx
import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.cases import paper_rules, petition_papers
from doithoai.cases.commands import paper_making, placing
from doithoai.cases.commands import views as view_commands
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.paper_making import Signed
from doithoai.cases.commands.petitions import deciding, receiving, sorting
from doithoai.cases.commands.petitions.receiving import Arrival
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.models import Case, SavedView
from doithoai.cases.petition_papers import Asked
from doithoai.cases.queries.views import views
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, NotFound, WrongState
from doithoai.files import queries as kept
from doithoai.files.commands import templates
from doithoai.files.commands.templates import Replacement, Wording
from doithoai.files.models import Document
from doithoai.units.models import Body
from tests.cases.reaching import committee
from tests.conftest import become
from tests.files import making

pytestmark = pytest.mark.django_db
TEXT = "Quyết định thu hồi đất số 12 không đúng diện tích thực tế của gia đình"
COMPLAINT = Nature("complaint", "land", instance="first", competence="own")
DENUNCIATION = Nature("denunciation", "land", competence="own")


def _received(by: Official, at: datetime, nature: Nature | None = COMPLAINT) -> Case:
    said = Statement(text=TEXT, channel="letter", occasion="letter", speaker="Bà Lê Thị Thử",
                     address="thôn Hưng Trung")  # fmt: skip
    arrival = Arrival(local_day(at), originals=("Sổ đỏ", "Biên bản đo đạc"))
    made = receiving.receive(said, arrival, to=committee(), by=by, at=at)
    if nature is not None:
        sorting.sort(made.taken.case.pk, nature, by=by, at=at)
    return Case.objects.select_related("matter", "receiving_body", "handling_body").get(
        pk=made.taken.case.pk
    )


def _words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(
        User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_a_complaint_offers_the_forms_of_complaints_where_it_stands(
    minh: Official, now: datetime
) -> None:
    case = _received(minh, now)
    assert {f.code for f in paper_rules.offered(case)} == {
        "guidance", "complaint_transferred", "complaint_admitted", "complaint_declined",
        "admission_proposed", "handed_back", "several_contents", "not_eligible",
    }  # fmt: skip
    deciding.hand_back(
        case.pk,
        ground="not_eligible_originals",
        text="Không đủ điều kiện",
        papers=["Sổ đỏ", "Biên bản đo đạc"],
        by=minh,
        at=now,
    )
    handed = Case.objects.select_related("matter").get(pk=case.pk)
    assert {f.code for f in paper_rules.offered(handed)} == {"handed_back"}


@pytest.mark.parametrize("layout", ["state", "party", "front"])
def test_every_form_of_a_case_is_filled_from_its_record_in_every_layout(
    layout: str, minh: Official, now: datetime
) -> None:
    case = _received(minh, now)
    case.receiving_body.layout = layout
    case.handling_body = None
    to = Body.objects.exclude(pk=committee().pk).order_by("pk")[0]
    for form in paper_rules.offered(case):
        asked = Asked(to=to.pk, grounds=("time_barred",), explanation="Ghi thêm một câu.")
        made = petition_papers.paper(case, form.code, asked, today=local_day(now))
        said = _words(made.data)
        assert case.matter.code in said, form.code
        assert "{{" not in said
        assert (made.layout, made.version) == (layout, 0)


def test_nothing_is_typed_twice(minh: Official, now: datetime) -> None:
    case = _received(minh, now)
    made = petition_papers.paper(
        case, "complaint_declined", Asked(grounds=("time_barred",)), today=local_day(now)
    )
    said = _words(made.data)
    assert "Bà Lê Thị Thử" in said
    assert "thôn Hưng Trung" in said
    assert TEXT in said
    assert "Hết thời hiệu" in said
    assert "Điều 11 khoản 6" in said

    deciding.hand_back(
        case.pk,
        ground="not_eligible_originals",
        text="Trả lại",
        papers=["Sổ đỏ", "Biên bản đo đạc"],
        by=minh,
        at=now,
    )
    handed = Case.objects.select_related("matter", "receiving_body").get(pk=case.pk)
    back = petition_papers.paper(handed, "handed_back", Asked(), today=local_day(now))
    assert "1. Sổ đỏ\n2. Biên bản đo đạc" in _words(back.data)


def test_a_draft_is_kept_with_its_version_then_numbered_once(minh: Official, now: datetime) -> None:
    case = _received(minh, now)
    draft = paper_making.draft_paper(case.pk, "handed_back", Asked(), by=minh, at=now)
    assert (draft.kind, draft.template, draft.layout) == ("handed_back", 0, "state")

    own = docx.Document()
    own.add_paragraph("Mẫu của tỉnh: {{ person_name }}")
    out = io.BytesIO()
    own.save(out)
    new = Replacement(code="handed_back", layout="state", note="Phụ lục", certainty="A")
    templates.replace_template(
        new, upload=making.upload(out.getvalue(), "m.docx"), by=become("admin"), at=now
    )
    again = paper_making.draft_paper(case.pk, "handed_back", Asked(), by=minh, at=now)
    assert again.template == 1
    assert again.draft is not None
    assert _words(kept.content(again.draft)) == "Mẫu của tỉnh: Bà Lê Thị Thử"

    signed = Signed("12/TB-UBND", local_day(now))
    paper_making.record_paper(case.pk, again.pk, signed, by=minh, at=now)
    assert Document.objects.get(pk=again.pk).number == "12/TB-UBND"
    with pytest.raises(WrongState):
        paper_making.record_paper(case.pk, again.pk, signed, by=minh, at=now)


def test_only_the_body_that_has_it_makes_papers_and_only_what_belongs_there(
    minh: Official, quang: Official, lien: Official, now: datetime
) -> None:
    case = _received(minh, now)
    with pytest.raises(Denied):
        paper_making.draft_paper(case.pk, "handed_back", Asked(), by=quang, at=now)
    with pytest.raises(NotFound):
        paper_making.draft_paper(case.pk, "handed_back", Asked(), by=lien, at=now)
    for wrong in ("denunciation_admitted", "urging", "nothing"):
        with pytest.raises(Denied):
            paper_making.draft_paper(case.pk, wrong, Asked(), by=minh, at=now)


def test_an_officer_drafts_prints_and_records_a_paper_on_the_pages(
    minh: Official, now: datetime
) -> None:
    case = _received(minh, now)
    wording = Wording(name="Bổ sung", text="Đề nghị bổ sung giấy tờ.")
    text = templates.keep_paragraph(wording, by=minh, at=now)
    client, start = _signed_in("minh"), f"/desk/cases/{case.matter.code}/"
    assert "papers/new/not_eligible" in client.get(start).content.decode()

    address = f"{start}papers/new/not_eligible"
    typed = {"grounds": ["no_date"], "explanation": "Đã gõ.", "paragraph": str(text.series)}
    back = client.post(address, typed | {"insert": "1"}).content.decode()
    assert "Đã gõ.\nĐề nghị bổ sung giấy tờ." in back
    assert not Document.objects.filter(about=case.pk).exists()

    assert client.post(address, typed).status_code == 302
    paper = Document.objects.get(about=case.pk)
    pdf = client.get(f"{start}papers/{paper.pk}/pdf")
    assert "Đã gõ." in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    given = {"number": "3/TB", "signed_on": local_day(timezone.now()).isoformat()}
    assert client.post(f"{start}papers/{paper.pk}/signed", given).status_code == 302
    assert "3/TB" in client.get(f"{start}papers/").content.decode()
    assert _signed_in("lien").get(address).status_code == 404
    assert _signed_in("quang").get(address).status_code == 403


def test_a_view_keeps_only_conditions_the_list_knows(
    minh: Official, hoa: Official, lien: Official
) -> None:
    client = _signed_in("minh")
    assert "Keep this view" in client.get("/desk/cases/?late=now").content.decode()
    given = {"name": "Trễ hạn", "shared": "on", "query": "late=now&evil=1&state=routed"}
    assert client.post("/desk/cases/views/", given).status_code == 302
    view = SavedView.objects.get()
    assert (view.query, view.shared) == ("state=routed&late=now", True)
    assert "Trễ hạn" in client.get("/desk/cases/").content.decode()
    assert views(lien) == ()
    assert views(minh) == (view,)
    empty = client.post("/desk/cases/views/", {"name": "x", "query": "evil=1"})
    assert "at least one condition" in empty.content.decode()
    assert client.post(f"/desk/cases/views/{view.pk}/drop").status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_of_ones_own_is_nobody_elses(minh: Official, hoa: Official, now: datetime) -> None:
    own = view_commands.save_view("Của tôi", "late=now", shared=False, by=minh, at=now)
    assert views(hoa) == ()
    with pytest.raises(NotFound):
        view_commands.drop_view(own.pk, by=hoa, at=now)
    view_commands.save_view("Của tôi", "state=routed", shared=True, by=minh, at=now)
    assert [v.query for v in views(minh)] == ["state=routed"]


def test_a_text_of_the_body_is_put_into_an_answer_and_nothing_typed_is_lost(
    minh: Official, hoa: Official, now: datetime
) -> None:
    routed = _received(minh, now, None)
    placing.classify(routed.pk, placing.Kind("irrigation"), by=minh, at=now)
    placing.route(routed.pk, to=hoa.body, why="Thủy lợi", by=minh, at=now)
    wording = Wording(name="Cảm ơn", text="Trân trọng cảm ơn ông bà.", forms=("answer",))
    text = templates.keep_paragraph(wording, by=hoa, at=now)
    typed = {"text": "Đã nạo vét.", "number": "7/UBND", "paragraph": str(text.series)}
    address = f"/desk/cases/{routed.matter.code}/answer"
    page = _signed_in("hoa").post(address, typed | {"insert": "1"}).content.decode()
    assert "Đã nạo vét.\nTrân trọng cảm ơn ông bà." in page
    assert "7/UBND" in page
    assert not routed.answers.exists()
