"""What was sealed leaves every list, file and notice of its dialogue; what is doubtful waits."""

import io
from datetime import datetime
from uuid import UUID

import openpyxl
import pytest
from django.test import Client

from doithoai.accounts.actors import Official
from doithoai.cases.commands import placing
from doithoai.cases.models import Carried, Case
from doithoai.cases.suspicions import other_procedure
from doithoai.dialogues import papers, queries
from doithoai.dialogues.commands import hall
from doithoai.dialogues.models import Dialogue, Item
from tests.conftest import become
from tests.dialogues.grounds import SAMPLE, address, held, signed_in, text, upload

pytestmark = pytest.mark.django_db
SECRET = "Phản ánh thái độ tiếp dân"


@pytest.fixture
def dialogue(minh: Official, chi: Official) -> Dialogue:
    """The sample list, imported."""
    found = held(minh, chi)
    clerk = signed_in("minh")
    sheet = upload(clerk, found, SAMPLE.name, SAMPLE.read_bytes())
    clerk.post(address(found, f"/import/{sheet.pk}/confirm"))
    return found


@pytest.fixture
def exported(dialogue: Dialogue) -> bytes:
    """The list as it was before anything was sealed."""
    return bytes(signed_in("minh").get(address(dialogue, "/list.xlsx")).content)


@pytest.fixture
def sealed(dialogue: Dialogue, exported: bytes, chi: Official, now: datetime) -> Item:
    """Row 27, about an official's conduct, sealed by the chair: the clerk sees it no more."""
    item = dialogue.items.select_related("case__matter").get(number=27)
    kind = placing.Kind("other", other_procedure="denunciation")
    placing.classify(item.case_id, kind, by=chi, at=now)
    return item


def changed(data: bytes, code: str, words: str) -> bytes:
    """The export with other words in the row of this code."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book.worksheets[0].iter_rows():
        if row[-1].value == code:
            row[1].value = words
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_preview_tells_nothing_of_a_row_its_reader_may_not_see(
    dialogue: Dialogue, exported: bytes, sealed: Item
) -> None:
    clerk = signed_in("minh")
    code = sealed.case.matter.code
    sheet = upload(clerk, dialogue, "list.xlsx", changed(exported, code, "Câu chữ khác hẳn."))
    answer = clerk.get(address(dialogue, f"/import/{sheet.pk}"))
    assert SECRET not in text(answer)
    assert "is not changed by a list" in text(answer)
    done = clerk.post(
        address(dialogue, f"/import/{sheet.pk}/confirm"), {"accept": [code]}, follow=True
    )
    assert (done.status_code, done.context["result"].changed) == (200, 0)
    assert "is not changed by a list" in text(done)


def test_a_sealed_row_never_comes_in_anew_as_an_open_one(dialogue: Dialogue, sealed: Item) -> None:
    clerk = signed_in("minh")
    sheet = upload(clerk, dialogue, SAMPLE.name, SAMPLE.read_bytes())
    done = clerk.post(address(dialogue, f"/import/{sheet.pk}/confirm"), follow=True)
    result = done.context["result"]
    assert (result.imported, result.already, result.refused) == (0, 28, ())
    assert Case.objects.count() == 28


def test_the_file_as_it_came_is_not_handed_out_once_a_row_is_sealed(
    dialogue: Dialogue, sealed: Item
) -> None:
    sheet = dialogue.sheets.get()
    answer = signed_in("minh").get(address(dialogue, f"/import/{sheet.pk}/file"))
    assert answer.status_code == 403


def test_the_file_as_it_came_is_for_who_may_read_all_its_rows(
    dialogue: Dialogue, hoa: Official, now: datetime
) -> None:
    """A row that waits for somebody to decide on its procedure is not for every importer."""
    doubtful = dialogue.items.get(number=27).case
    doubtful.matter.audience.exclude(post=hoa.post).delete()
    sheet = dialogue.sheets.get()
    answer = signed_in("minh").get(address(dialogue, f"/import/{sheet.pk}/file"))
    assert answer.status_code == 403


def test_what_a_sealed_case_carries_is_on_no_list(
    dialogue: Dialogue, minh: Official, sealed: Item, now: datetime
) -> None:
    joined = dialogue.items.get(number=17)
    Carried.objects.create(case=sealed.case, submission=joined.submission, since=now)
    assert {sealed.pk, joined.pk}.isdisjoint(row.item.pk for row in queries.rows(dialogue, minh))


def test_a_notice_leaves_out_what_may_be_another_procedure(
    dialogue: Dialogue, minh: Official
) -> None:
    rows = queries.rows(dialogue, minh)
    doubtful = [r for r in rows if other_procedure(r.item.case.text) != "none"]
    words = papers.conclusion_words(dialogue, rows, ())
    assert doubtful
    assert all(row.item.case.matter.title.rstrip(" .…") not in words for row in doubtful)


def test_the_clerk_is_warned_before_the_conclusion_is_public(dialogue: Dialogue) -> None:
    Dialogue.objects.filter(pk=dialogue.pk).update(
        state="signed", conclusion_number="31/TB-UBND", conclusion_on=dialogue.held_on
    )
    shown = text(signed_in("minh").get(address(dialogue)))
    assert "Read the wording once more" in shown
    assert "Decide first on the procedure of no. " in shown


def test_the_public_conclusion_drops_the_line_of_what_was_sealed_later(
    client: Client, dialogue: Dialogue, chi: Official, now: datetime
) -> None:
    item = dialogue.items.select_related("case").get(number=27)
    lines = [f"1. {item.case.text[:80]}", "2. Nạo vét kênh Đồng Lều."]
    Dialogue.objects.filter(pk=dialogue.pk).update(
        state="published",
        conclusion="\n".join(lines),
        conclusion_number="31/TB-UBND",
        conclusion_on=dialogue.held_on,
        published_at=now,
    )
    kind = placing.Kind("other", other_procedure="denunciation")
    placing.classify(item.case_id, kind, by=chi, at=now)
    shown = client.get(f"/dialogues/{dialogue.matter.code}/").content.decode()
    assert SECRET not in shown
    assert "Nạo vét kênh Đồng Lều." in shown
    assert client.get(f"/dialogues/{dialogue.matter.code}/conclusion").status_code == 404


def test_a_line_of_another_dialogue_is_not_this_ones(
    dialogue: Dialogue, minh: Official, chi: Official, now: datetime
) -> None:
    other = held(minh, chi)
    mark = UUID(int=7)
    words = hall.Line(sent_as=mark, text="Đề nghị sửa cống.", speaker="Ông A")
    hall.take_down(dialogue.pk, words, by=minh, at=now)
    kept = hall.take_down(other.pk, words, by=minh, at=now)
    assert kept.taken is not None
    assert kept.item.dialogue_id == other.pk


def test_who_does_not_work_with_dialogues_is_told_so(dialogue: Dialogue) -> None:
    assert signed_in("tho").get("/desk/dialogues/").status_code == 403
    assert signed_in("doc").get("/desk/dialogues/").status_code == 200


def test_what_a_dialogue_keeps_of_a_denunciation_goes_into_the_vault(
    dialogue: Dialogue, sealed: Item
) -> None:
    sealed.refresh_from_db()
    assert (sealed.row_values, sealed.leader_words, sealed.draft_reply) == ({}, "", "")


def test_a_figure_counts_only_what_its_reader_may_know_of(
    client: Client, dialogue: Dialogue, sealed: Item, now: datetime
) -> None:
    Dialogue.objects.filter(pk=dialogue.pk).update(
        state="published", conclusion="Giao xã.", conclusion_number="31/TB-UBND",
        conclusion_on=dialogue.held_on, published_at=now,
    )  # fmt: skip
    public = client.get(f"/dialogues/{dialogue.matter.code}/").context["shown"].follow_up
    filed = dialogue.items.unsealed().exclude(case__state="received")
    assert public.items == filed.filter(case__other_procedure="none").count() < 27
    for name in ("minh", "quang"):
        reader = signed_in(name)
        rows = len(reader.get(address(dialogue)).context["page"].rows)
        assert rows == dialogue.items.readable(become(name)).count() <= 27
        [listed] = reader.get("/desk/dialogues/").context["listed"].dialogues
        assert listed.said == rows
    page = text(signed_in("minh").get(address(dialogue)))
    assert "Counted and numbered are those you may read" in page


def test_no_number_is_missing_where_something_was_sealed(
    dialogue: Dialogue, sealed: Item, now: datetime
) -> None:
    other = dialogue.items.get(number=17)
    placing.classify(
        other.case_id,
        placing.Kind("other", other_procedure="denunciation"),
        by=become("minh"),
        at=now,
    )
    reader = signed_in("minh")
    shown = [row.item.number for row in reader.get(address(dialogue)).context["page"].rows]
    assert shown == list(range(1, len(shown) + 1))
    book = openpyxl.load_workbook(io.BytesIO(reader.get(address(dialogue, "/list.xlsx")).content))
    column = [row[0].value for row in book.worksheets[0].iter_rows()]
    numbers = [int(cell) for cell in column if str(cell or "").isdigit()]
    assert numbers == shown


def test_an_imported_file_is_handed_out_to_nobody_sealed_or_not(dialogue: Dialogue) -> None:
    sheet = dialogue.sheets.get()
    for name in ("minh", "chi"):
        answer = signed_in(name).get(address(dialogue, f"/import/{sheet.pk}/file"))
        assert answer.status_code == 403
