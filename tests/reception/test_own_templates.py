"""A template an administrator put in place makes the papers of reception, dialogues and letters."""

import io
from datetime import datetime

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.papers import transfer_letter
from doithoai.core.days import local_day
from doithoai.dialogues import papers as dialogue_papers
from doithoai.files.commands.templates import Replacement, replace_template
from doithoai.files.models import Document
from doithoai.files.queries import content
from doithoai.reception.commands import holding
from doithoai.reception.commands.holding import Held
from tests.cases.reaching import begin, office, without_account
from tests.conftest import become
from tests.dialogues import grounds
from tests.dialogues.grounds import signed_in
from tests.reception.receiving import today

pytestmark = pytest.mark.django_db
OURS = "Mẫu của tỉnh: "


def _put_in_place(code: str, *lines: str) -> None:
    """The administrator's own Word file for a form, in the layout of the State."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    upload = SimpleUploadedFile("mau.docx", out.getvalue())
    new = Replacement(code=code, layout="state", note="Công văn của tỉnh", certainty="B")
    replace_template(new, upload=upload, by=become("admin"), at=timezone.now())


def _words(data: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def test_the_conclusion_of_a_reception_is_made_from_it(minh: Official, chi: Official) -> None:
    _put_in_place("reception_conclusion", OURS + "{{ answer }} ({{ visit_at }})")
    session = today(minh, chi)
    holding.hold(session.pk, Held(in_person=True), by=minh, at=timezone.now())
    client = signed_in("minh")
    address = f"/desk/reception/days/{session.matter.code}/conclusion"
    assert client.post(address, {"text": "Giao Phòng Kinh tế."}).status_code == 302
    paper = Document.objects.get(about=session.pk)
    assert (paper.kind, paper.template) == ("reception_conclusion", 1)
    assert paper.draft is not None
    assert OURS + "Giao Phòng Kinh tế." in _words(content(paper.draft))


def test_the_conclusion_of_a_dialogue_is_made_from_it(
    minh: Official, chi: Official, now: datetime
) -> None:
    dialogue = grounds.held(minh, chi)
    assert OURS not in _words(dialogue_papers.conclusion(dialogue, "Giao các phòng.", (), ()))
    _put_in_place("dialogue_conclusion", OURS + "{{ answer }} {{ parts }}")
    made = dialogue_papers.conclusion(dialogue, "Giao các phòng.", (), ())
    assert OURS + "Giao các phòng." in _words(made)


def test_the_letter_to_another_body_is_made_from_it(db: None) -> None:
    _put_in_place("recommendation_transferred", OURS + "{{ to_body }}: {{ explanation }}")
    story = begin()
    made = transfer_letter(
        story.case, to=without_account().pk, why="Thuộc điện lực", today=local_day(story.at)
    )
    assert f"{OURS}{without_account().name}: Thuộc điện lực" in _words(made)
    assert office().layout == "state"
