"""What officials write about a sealed item after it was sealed goes into the vault: reasons, notes,
names, signed papers. Nothing of it stands in the database, and nothing lets one infer.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from doithoai.cases.commands import answering, ending, letters, paper_making, placing
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.paper_making import Signed
from doithoai.cases.commands.petitions import receiving, sorting
from doithoai.cases.commands.petitions.receiving import Arrival
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.petitions.splitting import Part
from doithoai.cases.models import LetterDraft, Note, Petition, Reason, Transfer
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.docket import unsealing
from doithoai.files.models import Attachment, Document
from doithoai.vault.reading import parts_of
from tests.cases.reaching import Story, committee, culture, reach, signed_paper, without_account
from tests.cases.test_desk import address, page, signed_in
from tests.cases.test_sealed_splitting import about_the_chair, open_parts
from tests.conftest import become
from tests.files import making
from tests.journeys.test_leaks import SENTENCE, dump, found_in


def sealed(competence: str = "own") -> Story:
    """A denunciation about the culture office, with the commune's committee."""
    story = reach(State.RECEIVED)
    from doithoai.docket.models import Matter  # noqa: PLC0415

    Matter.objects.filter(pk=story.case_id).update(channel="letter")
    nature = Nature(
        "denunciation", "other", competence=competence, respondents=(culture().pk,),
        people=f"Bà {SENTENCE}", leads=True,
    )  # fmt: skip
    sorting.sort(story.case_id, nature, by=story.who("minh"), at=story.later())
    return story


def texts(story: Story, who: str, at: datetime) -> str:
    """All texts that somebody opens with a reason."""
    by, case = become(who), story.case
    unsealing.unseal(case.pk, reason="Xác minh", identity=True, by=by, at=at)
    shown = unsealing.contents(case.matter, by, at=at)
    assert shown is not None
    return "\n".join(each.text for each in shown.texts)


def test_reasons_notes_and_names_of_a_sealed_item_are_read_through_unsealing_only(
    committed_db: str, tmp_path: Path
) -> None:
    story = sealed("other")
    minh, tinh, province = story.who("minh"), story.who("tinh"), become("tinh").body
    why = f"Vì {SENTENCE} thuộc tỉnh"
    placing.offer(story.case_id, to=province, why=why, by=minh, at=story.later())
    answering.note(story.case_id, text=f"Gọi lại, {SENTENCE}", by=minh, at=story.later())
    placing.give_back(story.case_id, reason=f"Trả lại: {SENTENCE}", by=tinh, at=story.later())
    assert not Reason.objects.filter(case=story.case_id).exclude(text="").exists()
    assert not Transfer.objects.filter(case=story.case_id).exclude(why="", reason="").exists()
    assert [n.text for n in Note.objects.filter(case=story.case_id)] == [""]
    assert not found_in(dump(committed_db, tmp_path))
    read = texts(story, "chi", story.later())
    for said in (why, f"Gọi lại, {SENTENCE}", f"Trả lại: {SENTENCE}", f"Bà {SENTENCE}"):
        assert said in read


def test_why_a_letter_was_being_drafted_is_sealed_with_its_item(committed_db: str) -> None:
    story = reach(State.CLASSIFIED)
    minh, why = story.who("minh"), f"Vì {SENTENCE} thuộc xã bên"
    to, at = without_account().pk, story.later()
    letters.draft_letter(story.case_id, to=to, why=why, docx=making.word(), by=minh, at=at)
    nature = Nature("denunciation_info", "other", respondents=(culture().pk,))
    sorting.convert(story.case_id, nature, why="x", by=minh, at=story.later())
    assert LetterDraft.objects.get(case=story.case_id).why == ""
    assert why in texts(story, "chi", story.later())


def test_the_signed_paper_of_a_sealed_item_is_kept_in_the_vault_alone(committed_db: str) -> None:
    story = sealed()
    chi, at = become("chi"), story.later()
    upload = SimpleUploadedFile(f"{SENTENCE}.pdf", making.pdf(), "application/pdf")
    made = paper_making.record_sealed_paper(
        story.case_id, "denunciation_admitted", Signed("15/TB", local_day(at), upload), by=chi,
        at=at,
    )  # fmt: skip
    assert (made.number, made.signed_file, made.draft) == ("15/TB", None, None)
    assert not Attachment.objects.filter(about=story.case_id).exists()
    unsealing.unseal(story.case_id, reason="Xem", identity=True, by=chi, at=at)
    shown = unsealing.contents(story.case.matter, chi, at=at)
    assert shown is not None
    (file,) = shown.files
    about, data = unsealing.file_of(story.case.matter, file.turn, chi, at=at)
    assert (about.extension, data[:4]) == ("pdf", b"%PDF")
    assert Document.objects.get(pk=made.pk).kind == "denunciation_admitted"


def test_the_page_records_the_signed_paper_of_a_sealed_item(committed_db: str) -> None:
    story, client = sealed(), signed_in("chi")
    where = f"/desk/cases/{story.case.matter.code}/papers/new/denunciation_admitted"
    assert "Lưu kín" in page(client, where) or "niêm phong" in page(client, where)
    upload = SimpleUploadedFile("x.pdf", making.pdf(), "application/pdf")
    today = local_day(timezone.now()).isoformat()
    given = {"number": "15/TB", "signed_on": today, "upload": upload}
    response = client.post(f"{where}/signed", given, follow=True)
    assert response.status_code == 200
    assert "15/TB" in response.content.decode()
    assert signed_in("minh").post(f"{where}/signed", {"number": ""}).status_code in {200, 404}


def test_the_paper_on_which_somebody_withdrew_is_sealed_too(committed_db: str) -> None:
    story = sealed()
    chi, at = become("chi"), story.later()
    ending.withdraw(
        story.case_id, reason=f"Rút vì {SENTENCE}", paper=signed_paper(at), by=chi, at=at
    )
    assert not Attachment.objects.filter(about=story.case_id).exists()
    assert f"Rút vì {SENTENCE}" in texts(story, "chi", story.later())
    assert any(name == "file" for name, _turn in parts_of(story.case_id))


def registered(text: str, at: datetime) -> Petition:
    said = Statement(text=text, channel="letter", occasion="letter", speaker="Bà Sao")
    arrival = Arrival(arrived_on=local_day(at), forwarder="none", ordinary=True)
    return receiving.receive(said, arrival, to=committee(), by=become("minh"), at=at).petition


def test_what_is_sealed_later_leaves_a_line_that_says_nothing(committed_db: str) -> None:
    at = timezone.now() - timedelta(days=2)
    registered("Kênh trước nhà bị bồi lắng", at)
    second = registered(f"Tố cáo {SENTENCE}", at + timedelta(minutes=3))
    third = registered("Đèn đường thôn hỏng đã lâu", at + timedelta(minutes=5))
    case = second.submission.carried.get().case
    nature = Nature("denunciation", "other", respondents=(culture().pk,))
    sorting.sort(case.pk, nature, by=become("minh"), at=at + timedelta(minutes=9))
    for who in ("van", "kien", "quang", "hoa"):
        shown = signed_in(who).get("/desk/petitions/").content.decode()
        assert SENTENCE not in shown
        assert case.matter.code not in shown
        assert "Bà Sao" in shown or "Kênh trước" not in shown
    assert third.number == 3


def test_whoever_holds_an_ordinary_slip_reads_what_was_written_once_it_was_sealed(
    committed_db: str,
) -> None:
    story = reach(State.RECEIVED)
    kind = placing.Kind("other", other_procedure="denunciation")
    minh = story.who("minh")
    placing.classify(story.case_id, kind, by=minh, at=story.later())
    letter = "Mời Ông/Bà gửi đơn tố cáo có chữ ký đến UBND tỉnh"
    placing.guide(story.case_id, letter=letter, by=minh, at=story.later())
    assert not Reason.objects.filter(case=story.case_id).exclude(text="").exists()
    lan = Client(headers={"accept-language": "vi"})
    lan.post("/follow", {"code": story.code, "secret": story.secret})
    assert letter in page(lan, f"/follow/case/{story.case_id}")
    assert letter not in page(signed_in("minh"), address(story.case))


def test_whoever_opens_a_sealed_part_reads_there_which_open_parts_the_petition_has(
    committed_db: str,
) -> None:
    del committed_db
    office = Part(Nature("denunciation", "other", respondents=(culture().pk,)), "Phòng thu sai")
    _made, cases = about_the_chair(timezone.now() - timedelta(days=4), office)
    codes = ", ".join(each.matter.code for each in open_parts(cases))
    sealed = [each for each in cases if each.matter.sealed]
    assert len(sealed) == 2
    for each in sealed:
        kept = b"".join(parts_of(each.pk, names=("text",)).values()).decode()
        assert f"Các phần khác của đơn: {codes}" in kept
