"""Forms of papers: every one in every layout, a template of one's own, a body's texts."""

import io
import re
import zipfile
from datetime import datetime

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.files import filling, form_queries, template_making, wordings
from doithoai.files.commands import templates as writing
from doithoai.files.commands.templates import Replacement, Wording
from doithoai.files.facts import LABELS, PLACEHOLDERS, Facts, Head
from doithoai.files.models import FormTemplate, Layout, Paragraph
from doithoai.files.word_printing import printed
from doithoai.ledger.models import Entry
from tests.conftest import become
from tests.files import making

FACTS = Facts(
    person_name="Bà Lê Thị Thử",
    person_address="thôn Hưng Trung",
    content="Đề nghị nạo vét kênh {{ code }}\nĐề nghị <sửa> đường & cầu",
    papers="1. Sổ đỏ (bản sao)\n2. Ảnh",
    ground="Hết thời hiệu",
    answer="Giao Phòng Kinh tế",
)
REPLACED = Replacement(
    code="guidance", layout="state", note="Thông tư 05/2021/TT-TTCP, phụ lục", certainty="A"
)
EVERY = [(form, layout) for form in wordings.forms() for layout in Layout.values]


def _head(layout: str) -> Head:
    return Head(
        issuer="Ủy ban nhân dân xã Cẩm Lạc",
        parent_issuer="Ủy ban nhân dân tỉnh Hà Tĩnh",
        layout=layout,
        year=2026,
        place="Cẩm Lạc",
        signer_title="Chủ tịch",
        signer_name="Trần Văn Thử",
    )


def _words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _own(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_each_placeholder_is_explained_and_each_form_names_only_known_ones() -> None:
    assert set(LABELS) == PLACEHOLDERS
    assert {form.code: form.facts - PLACEHOLDERS for form in wordings.forms()} == {
        form.code: frozenset() for form in wordings.forms()
    }


@pytest.mark.parametrize(("form", "layout"), EVERY, ids=lambda each: getattr(each, "code", each))
def test_a_form_is_filled_in_by_layout_and_leaves_no_placeholder(
    form: wordings.Form, layout: str
) -> None:
    template = template_making.make(form, layout)
    assert filling.check(template) == template
    said = _words(filling.fill(form, template, _head(layout), FACTS))

    assert form.title.upper() in said
    assert "ỦY BAN NHÂN DÂN XÃ CẨM LẠC" in said
    assert ("ĐẢNG CỘNG SẢN VIỆT NAM" in said) == (layout == "party")
    assert not re.search(r"\{%|\[\[", said)
    assert "{{" not in said.replace("{{ code }}", "")


def test_what_people_said_is_never_a_template_and_stays_in_its_lines() -> None:
    form = wordings.by_code()["guidance"]
    paper = filling.fill(form, template_making.make(form, "state"), _head("state"), FACTS)
    said = _words(paper)

    assert "Đề nghị nạo vét kênh {{ code }}\nĐề nghị <sửa> đường & cầu" in said
    assert filling.GAP in said
    assert paper == filling.fill(form, template_making.make(form, "state"), _head("state"), FACTS)


def test_a_paper_is_printed_as_it_stands_in_word() -> None:
    form = wordings.by_code()["papers_received"]
    paper = filling.fill(form, template_making.make(form, "front"), _head("front"), FACTS)
    pages = PdfReader(io.BytesIO(printed(paper, title=form.vi))).pages
    said = " ".join(pages[0].extract_text().split())

    assert "GIẤY BIÊN NHẬN" in said
    assert "Bà Lê Thị Thử" in said
    assert "Sổ đỏ (bản sao)" in said


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_own("{{ person_name }} {{ ma_so_thue }}"), "ma_so_thue"),
        (_own("{{ person_name.__class__ }}"), "only name placeholders"),
        (_own("{{ person_name|upper }}"), "only name placeholders"),
        (_own("{% for x in range(9) %}{% endfor %}"), "only name placeholders"),
        (_own("{% set a = 1 %}{{ person_name }}"), "only name placeholders"),
        (_own("{% if person_name %} a"), "cannot be filled in"),
        (_own("Không có gì để điền"), "no placeholder"),
        (b"%PDF-1.4 x", "Word document"),
    ],
)
def test_a_bad_template_is_refused_with_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        filling.check(data)


def test_a_template_with_macros_is_refused() -> None:
    out = io.BytesIO(_own("{{ person_name }}"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Invalid, match="macros"):
        filling.check(out.getvalue())


@pytest.mark.django_db
class TestReplacing:
    """A template of an administrator's own, its versions and its rights."""

    def test_a_template_of_ones_own_is_used_and_the_earlier_ones_are_kept(
        self, now: datetime
    ) -> None:
        admin = become("admin")
        for words in ("Bản một {{ person_name }}", "Bản hai {{ person_name }}"):
            file = making.upload(_own(words), "mau.docx")
            writing.replace_template(REPLACED, upload=file, by=admin, at=now)

        made = form_queries.made("guidance", _head("state"), FACTS)
        assert (made.version, _words(made.data)) == (2, "Bản hai Bà Lê Thị Thử")
        assert form_queries.made("guidance", _head("party"), FACTS).version == 0
        assert [v.version for v in form_queries.form_page("guidance", "state").versions] == [2, 1]
        entry = Entry.objects.filter(kind="files.template_replaced").latest("at")
        assert (entry.data["code"], entry.body) == ("guidance", admin.body)
        assert len(entry.content) == 1

        writing.choose_template("guidance", "state", 1, by=admin, at=now)
        assert form_queries.made("guidance", _head("state"), FACTS).version == 1
        writing.choose_template("guidance", "state", 0, by=admin, at=now)
        assert form_queries.made("guidance", _head("state"), FACTS).version == 0
        assert FormTemplate.objects.count() == 2

    def test_only_an_administrator_replaces_and_only_what_exists(
        self, now: datetime, minh: Official
    ) -> None:
        file = making.upload(_own("{{ person_name }}"), "mau.docx")
        with pytest.raises(Denied):
            writing.replace_template(REPLACED, upload=file, by=minh, at=now)
        with pytest.raises(NotFound):
            writing.choose_template("guidance", "state", 7, by=become("admin"), at=now)
        with pytest.raises(NotFound):
            writing.choose_template("nothing", "state", 0, by=become("admin"), at=now)

    def test_an_administrator_sees_what_was_not_found_and_puts_it_in_place(self) -> None:
        client = _signed_in("admin")
        page = client.get("/desk/forms/")
        assert "official wording not found" in page.content.decode()
        shipped = client.get("/desk/forms/guidance/state/0.docx")
        assert "{{ person_name }}" in _words(shipped.content)
        given = {"note": "Thông tư 05/2021", "certainty": "B",
                 "upload": making.upload(shipped.content, "mau.docx")}  # fmt: skip
        assert client.post("/desk/forms/guidance/state", given).status_code == 302
        assert "Thông tư 05/2021" in client.get("/desk/forms/guidance/state").content.decode()
        bad = given | {"upload": making.upload(_own("{{ nothing_like_it }}"), "mau.docx")}
        answer = client.post("/desk/forms/guidance/state", bad)
        assert "nothing_like_it" in answer.content.decode()
        client.post("/desk/forms/guidance/state/use", {"version": "0"})
        assert form_queries.form_page("guidance", "state").current == 0

    def test_a_clerk_reads_the_forms_and_changes_none(self) -> None:
        client = _signed_in("minh")
        page = client.get("/desk/forms/guidance/state").content.decode()
        assert 'type="file"' not in page
        assert client.get("/desk/forms/guidance/nowhere").status_code == 404
        assert _signed_in("tho").get("/desk/forms/").status_code == 403


@pytest.mark.django_db
class TestParagraphs:
    """A body's own texts."""

    def test_each_change_is_a_version_and_others_have_none_of_it(
        self, now: datetime, minh: Official, nong: Official
    ) -> None:
        said = Wording(name="Hồ sơ", text="Đề nghị bổ sung giấy tờ.", forms=("guidance", "x"))
        first = writing.keep_paragraph(said, by=minh, at=now)
        again = Wording(name="Hồ sơ", text="Đề nghị bổ sung hồ sơ.")
        second = writing.keep_paragraph(again, series=first.series, by=minh, at=now)

        assert first.forms == ["guidance"]
        assert (second.version, second.current) == (2, True)
        assert [p.text for p in form_queries.paragraphs(minh.body)] == ["Đề nghị bổ sung hồ sơ."]
        assert form_queries.paragraphs(nong.body) == ()
        with pytest.raises(NotFound):
            writing.keep_paragraph(again, series=first.series, by=nong, at=now)
        with pytest.raises(NotFound):
            form_queries.paragraph_versions(first.series, body=nong.body)
        entry = Entry.objects.filter(kind="files.paragraph_kept").latest("at")
        assert "hồ sơ" not in str(entry.data)

        writing.withdraw_paragraph(first.series, by=minh, at=now)
        assert form_queries.paragraphs(minh.body) == ()
        assert Paragraph.objects.filter(series=first.series).count() == 2

    def test_a_text_is_for_the_forms_it_names(self, now: datetime, minh: Official) -> None:
        for name, forms in (("a", ("guidance",)), ("b", ("answer",)), ("c", ())):
            wording = Wording(name=name, text="x", forms=forms)
            writing.keep_paragraph(wording, by=minh, at=now)

        assert [p.name for p in form_queries.paragraphs(minh.body, code="guidance")] == ["a", "c"]
        assert [p.name for p in form_queries.paragraphs(minh.body, code="answer")] == ["b", "c"]

    def test_an_empty_text_is_refused_and_so_is_whoever_writes_no_papers(
        self, now: datetime, minh: Official, quang: Official
    ) -> None:
        with pytest.raises(Invalid):
            writing.keep_paragraph(Wording(name="a", text=" "), by=minh, at=now)
        with pytest.raises(Denied):
            writing.keep_paragraph(Wording(name="a", text="b"), by=quang, at=now)

    def test_an_officer_writes_changes_and_withdraws_a_text_on_its_page(self) -> None:
        client = _signed_in("minh")
        given = {"name": "Hồ sơ", "text": "Đề nghị bổ sung.", "used_for": ["guidance"]}
        assert client.post("/desk/texts/new", given).status_code == 302
        series = Paragraph.objects.get().series
        assert "Hồ sơ" in client.get("/desk/texts/").content.decode()
        client.post(f"/desk/texts/{series}", given | {"text": "Lần hai."})
        page = client.get(f"/desk/texts/{series}").content.decode()
        assert "Lần hai." in page
        assert "Đề nghị bổ sung." in page
        client.post(f"/desk/texts/{series}/withdraw")
        assert not Paragraph.objects.filter(current=True).exists()
        assert _signed_in("lien").get(f"/desk/texts/{series}").status_code == 404


def _signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(
        User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    return client
