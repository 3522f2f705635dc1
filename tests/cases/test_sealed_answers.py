"""Nothing stands in clear on an item whose contents are in the vault: whatever command takes words
about it, they are found through unsealing and nowhere else.
"""

import inspect
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Final

import pytest
from django.test import Client

import doithoai.cases.commands
from doithoai.cases.acts import table
from doithoai.cases.commands import answering, hearing, informing, publishing, together
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.publishing import Public
from doithoai.cases.models import Answer, PersonsWord, Question
from doithoai.cases.workflow import State, Word
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid
from doithoai.docket import unsealing
from doithoai.files import commands as files
from doithoai.files.models import Attachment
from doithoai.ledger.models import Entry
from doithoai.notices.models import Incoming, Outbox
from tests.cases.reaching import PATHS, Story, begin
from tests.cases.saying import ANSWERED, SAYINGS, Saying, beside, paper, readers, reply, told
from tests.cases.test_desk import address, page, signed_in
from tests.conftest import become
from tests.journeys.test_leaks import SENTENCE, dump, found_in, kept_files

# Commands that take words and of which nothing is said of an item in the vault, each with why.
ELSEWHERE: Final = {
    "answering.draft": "refused: nothing sealed waits as a draft (below)",
    "publishing.publish": "refused: what is sealed is never published (below)",
    "publishing.withhold": "refused likewise; a reason is one of a list",
    "together.publish_with_files": "publishes by publishing.publish",
    "together.route": "says placing.route of each",
    "together.offer": "says placing.offer of each",
    "together.give_back": "says placing.give_back of each",
    "intake.add_submission": "refused (test_sealed_mending)",
    "intake.fan_out": "refused (test_sealed_mending)",
    "history.promise": "a day and the number of the conclusion that set it",
    "letters.draft_letter": "refused: nothing sealed waits as a draft (below)",
    "paper_making.draft_paper": "refused (test_sealed_papers)",
    "paper_making.record_sealed_paper": "number and day, the file sealed (test_sealed_words)",
    "paper_making.record_paper": "number and day of a paper drafted before",
    "petitions.splitting.split": "of an open item; its parts open items (test_leaks)",
    "sealed_intake.write_more": "into the vault (test_leaks)",
    "placing.classify": "of a sealed item nothing is classified anew but by petitions.sorting",
    "together.classify": "classifies by placing.classify",
    "petitions.sorting.sort": "names who is denounced (test_sealed_words)",
    "petitions.deciding.examine": "grounds of a list",
    "erasing.erase": "the vault's part is destroyed with its key",
}
ITEM: Final = {"case_id", "case_ids", "matter_id", "message_id", "submission_id"}
NO_WORDS: Final = frozenset({"code", "ground", "word", "secret"})
VALUES: Final = frozenset({"Reply", "Heard", "Extension", "Letter", "ReplyPaper", "Arrived",
    "Public", "Statement", "TransferPaper", "Nature", "Part", "Told", "Content", "Decided",
    "Ground", "Kind", "Signed", "Asked"})  # fmt: skip


def words_for(saying: Saying) -> str:
    """A sentence of its own for each command, with the planted words the search looks for."""
    return f"[{saying.command}] vì {SENTENCE}"


def opened(story: Story, at: datetime) -> str:
    """All the words somebody opens with a reason, with their headings."""
    by = readers(story)[0]
    unsealing.unseal(story.case_id, reason="Xác minh", identity=True, by=by, at=at)
    shown = unsealing.contents(story.case.matter, by, at=at)
    assert shown is not None
    said = [f"{each.called}: {each.text}" for each in shown.texts]
    said += [f"{each.called}: {each.text}" for each in shown.messages]
    return "\n".join(said)


# ------------------------------------------------------------------------------ every command
def test_what_any_command_is_told_of_a_sealed_item_is_read_through_unsealing_only(
    committed_db: str, tmp_path: Path
) -> None:
    stories = {saying: told(saying, words_for(saying)) for saying in SAYINGS}
    whole = dump(committed_db, tmp_path)
    assert b"cases_answer" in whole
    assert [line for line in whole.splitlines() if found_in(line)] == []
    for path, data in kept_files(tmp_path / "kept").items():
        assert not found_in(path.encode() + data), path
    for saying, story in stories.items():
        assert words_for(saying) in opened(story, story.later()), saying.command


def _commands() -> Iterator[tuple[str, inspect.Signature]]:
    """Every command on an item that is there already, by its name."""
    package = doithoai.cases.commands
    for found in walk_packages(package.__path__, f"{package.__name__}."):
        short = found.name.removeprefix(f"{package.__name__}.")
        for name, made in vars(import_module(found.name)).items():
            own = inspect.isfunction(made) and made.__module__ == found.name
            if own and not name.startswith("_"):
                asks = inspect.signature(made)
                if {"by", "at"} <= set(asks.parameters) and ITEM & set(asks.parameters):
                    yield f"{short}.{name}", asks


def _takes_words(asks: inspect.Signature) -> bool:
    return any(
        (each.annotation is str and name not in NO_WORDS)
        or str(each.annotation).replace("'", "").endswith("Sequence[str]")
        or any(str(each.annotation).rstrip("'>]").endswith(f".{value}") for value in VALUES)
        for name, each in asks.parameters.items()
    )


def test_every_command_that_takes_words_is_said_or_says_why_not() -> None:
    taking = {name for name, asks in _commands() if _takes_words(asks)}
    said = {saying.command.split(" ")[0] for saying in SAYINGS} - {"docket.correct"}
    assert said >= {"answering.ask", "hearing.dispute", "ending.withdraw"}
    assert taking - said == set(ELSEWHERE)


# --------------------------------------------------------------- what stays right, and what is not
@pytest.mark.django_db
def test_states_and_figures_of_a_sealed_item_are_as_of_any_other() -> None:
    story = beside(ANSWERED)
    heard = Heard("web", "Chưa xong đoạn cuối")
    hearing.dispute(story.case_id, heard, by=story.lan, at=story.later())
    word = PersonsWord.objects.get(case=story.case_id)
    assert (story.state, word.word, word.text) == (State.ESCALATED, Word.DISAGREED, "")
    assert Entry.objects.filter(matter=story.case_id, kind="docket.written").count() == 1
    by_person = Entry.objects.get(matter=story.case_id, kind="docket.written").data["by_person"]
    assert by_person is True


@pytest.mark.django_db
def test_no_draft_of_a_sealed_item_is_kept_and_the_page_says_what_to_do() -> None:
    story = beside()
    kien = become("kien")
    with pytest.raises(Denied, match="trả lời ngay"):
        answering.draft(story.case_id, reply(story, "Đã làm"), seen=None, by=kien,
                        at=story.later())  # fmt: skip
    button = next(b for b in table.buttons(kien, story.case).refused if b.act.name == "draft")
    assert "trên giấy" in str(button.decision.reason)
    with pytest.raises(Denied, match="trên giấy"):
        story.do("draft_letter", "minh")


def test_a_draft_that_waited_when_the_item_was_sealed_is_answered_at_once(
    committed_db: str,
) -> None:
    story = beside(PATHS[State.DRAFTED])
    kien = become("kien")
    with pytest.raises(Denied, match="niêm phong"):
        answering.approve(story.case_id, seen=None, by=kien, at=story.later())
    made = answering.answer(story.case_id, reply(story, "Đã làm"), by=kien, at=story.later())
    assert (story.state, made.text, made.approved_by) == (State.ANSWERED, "", None)


def test_files_alone_are_no_evidence_of_what_is_sealed(committed_db: str) -> None:
    story = beside()
    kien, bare = become("kien"), Reply("Đã làm", "settled")
    with pytest.raises(Invalid, match="số, ngày"):
        together.answer_with_evidence(
            story.case_id, bare, uploads=[paper("Ảnh")], seen=None, by=kien, at=story.later()
        )
    assert not Attachment.objects.filter(about=story.case_id).exists()


def test_evidence_of_several_goes_where_each_item_is(committed_db: str) -> None:
    sealed = beside()
    plain = begin()
    for step, by in PATHS[State.ROUTED]:
        plain.do(step, by)
    kien = become("kien")
    both = [sealed.case_id, plain.case_id]
    together.answer_many_with_evidence(
        both, reply(sealed, "Đã sửa cả hai"), uploads=[paper("Biên bản")], by=kien,
        at=max(sealed.later(), plain.later()),
    )  # fmt: skip
    texts = dict(Answer.objects.filter(case__in=both).values_list("case", "text"))
    assert texts == {sealed.case_id: "", plain.case_id: "Đã sửa cả hai"}
    assert [a.about for a in Attachment.objects.filter(about__in=both)] == [plain.case_id]
    assert "Kết quả giải quyết: Đã sửa cả hai" in opened(sealed, sealed.later())


def test_the_picture_of_a_slip_goes_into_the_vault_with_the_word(committed_db: str) -> None:
    story = beside(ANSWERED)
    slip = files.keep(paper("Phiếu"), about=story.case_id, purpose="other", by=story.lan,
                      at=story.later())  # fmt: skip
    heard = Heard("slip", "Đồng ý", signed_on=local_day(story.at), slip=slip.pk)
    hearing.confirm(story.case_id, heard, by=story.lan, at=story.later())
    assert PersonsWord.objects.get(case=story.case_id).slip is None
    assert not Attachment.objects.filter(about=story.case_id).exists()
    by = readers(story)[0]
    unsealing.unseal(story.case_id, reason="Xem", identity=True, by=by, at=story.later())
    shown = unsealing.contents(story.case.matter, by, at=story.at)
    assert shown is not None
    assert [each.extension for each in shown.files] == ["txt"]


@pytest.mark.django_db
def test_nothing_sealed_is_published() -> None:
    story = beside(ANSWERED)
    with pytest.raises(Denied):
        publishing.publish(story.case_id, Public("a", "b", "c", "d"), by=story.who("minh"),
                           at=story.later())  # fmt: skip


# --------------------------------------------------------------------------- notices and messages
def test_nobody_is_written_to_about_a_sealed_item(committed_db: str) -> None:
    story = beside()
    before = set(Outbox.objects.values_list("pk", flat=True))
    kien = become("kien")
    answering.ask(story.case_id, text="Đoạn nào?", by=kien, at=story.later())
    answering.hear_reply(story.case_id, text="Đoạn cuối", by=story.lan, at=story.later())
    informing.inform(story.case_id, text="Đang làm", by=kien, at=story.later())
    answering.answer(story.case_id, reply(story, "Đã xong"), by=kien, at=story.later())
    assert set(Outbox.objects.values_list("pk", flat=True)) == before
    assert not Outbox.objects.filter(about=story.case_id).exclude(context={}, address="").exists()


def test_a_text_message_from_whom_only_the_vault_knows_leaves_no_number(committed_db: str) -> None:
    story = told(next(s for s in SAYINGS if s.command == "messaging.hear_message"), "Nước vẫn đục")
    row = Incoming.objects.get()
    assert (row.sender, row.text, row.about, row.body) == ("", "", None, None)
    assert not Outbox.objects.filter(template="cases/notices/sms_help").exists()
    assert "Nước vẫn đục" in opened(story, story.later())


# ----------------------------------------------------------------------------------- who reads it
def test_the_person_reads_question_and_answer_with_code_and_secret(committed_db: str) -> None:
    story = beside()
    kien = become("kien")
    answering.ask(story.case_id, text="Đoạn đường nào?", by=kien, at=story.later())
    assert Question.objects.get(case=story.case_id).text == ""
    lan = Client(headers={"accept-language": "vi"})
    lan.post("/follow", {"code": story.code, "secret": story.secret})
    where = f"/follow/case/{story.case_id}"
    asked = page(lan, where)
    assert "Cơ quan đề nghị làm rõ" in asked
    assert "Đoạn đường nào?" in asked
    lan.post(f"{where}/reply", {"text": "Đoạn sau trường", "pictures": [paper("Ảnh đường")]})
    answering.answer(story.case_id, reply(story, "Đã rải đá 200 m"), by=kien, at=story.later())
    read = page(lan, where)
    for said in (
        "Kết quả giải quyết",
        "Đã rải đá 200 m",
        "Trả lời của người dân",
        "Đoạn sau trường",
    ):
        assert said in read, said
    assert not Attachment.objects.filter(about=story.case_id).exists()


def test_officials_read_it_under_its_headings_only_while_it_is_open(committed_db: str) -> None:
    story = beside()
    kien = become("kien")
    answering.ask(story.case_id, text="Đoạn đường nào?", by=kien, at=story.later())
    answering.hear_reply(story.case_id, text="Đoạn sau trường", by=story.lan, at=story.later())
    answering.note(story.case_id, text="Đã gọi thầu", by=kien, at=story.later())
    answering.answer(story.case_id, reply(story, "Đã rải đá"), by=kien, at=story.later())
    hearing.confirm_part(story.case_id, Heard("web", "Còn ổ gà"), by=story.lan, at=story.later())
    chi, code = signed_in("chi"), story.case.matter.code
    said = ("Đoạn đường nào?", "Đoạn sau trường", "Đã gọi thầu", "Đã rải đá", "Còn ổ gà")
    for where in (address(story.case), f"/desk/sealed/{code}"):
        assert not any(words in page(chi, where) for words in said), where
    chi.post(f"/desk/sealed/{code}/open", {"reason": "Xác minh", "text": "on"})
    shown = page(chi, f"/desk/sealed/{code}")
    headings = ("Cơ quan đề nghị làm rõ", "Trả lời của người dân", "Ghi chú nội bộ",
                "Kết quả giải quyết", "Ý kiến của người dân về kết quả giải quyết")  # fmt: skip
    for words in (*said, *headings):
        assert words in shown, words
