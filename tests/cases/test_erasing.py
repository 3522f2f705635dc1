"""A person is erased: nothing in the database names them afterwards, and the ledger still proves
what it proved.
"""

import json
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from doithoai.accounts.actors import Citizen
from doithoai.cases import command_line
from doithoai.cases.commands import answering, hearing, intake, placing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.erasing import Erased, Ground, erase
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.models import Answer, Submission
from doithoai.cases.workflow import State
from doithoai.config.verifying import prove
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket.models import Matter
from doithoai.files import commands as files
from doithoai.files.models import Attachment
from doithoai.files.storing import path_of
from doithoai.ledger.commands import open_receipt
from doithoai.ledger.models import Entry, Salt
from doithoai.notices.commands import Recipient, queue
from doithoai.vault.reading import holds
from tests.cases.reaching import PATHS, Story, begin, committee, reach
from tests.cases.tracing import traces_of
from tests.conftest import become

pytestmark = pytest.mark.django_db
NAME, PHONE = "Trịnh Thị Diệu Quế", "0912 345 678"
MAIL, HOUSE = "dieu.que@thu.example", "nhà 17 ngõ Vườn Trám"
TRACES = (NAME, "trinh thi dieu que", "345 678", "912345678", MAIL, "Vườn Trám", "vuon tram")
GROUND = Ground(
    reason="Người gửi yêu cầu xóa dữ liệu của mình",
    basis="Luật 91/2025/QH15",
    document="15/ĐN-XDL",
    decided_on=date(2026, 11, 20),
    despite_duty=True,
)


def traces() -> set[str]:
    """The tables in which anything names the person, whatever the column."""
    return traces_of(*TRACES)


def written() -> Story:
    """A case in which the person left traces everywhere: text, notes, answer, notices, a file."""
    story = begin()
    said = intake.Statement(
        text=f"Tôi là {NAME}, {HOUSE}. Kênh bị bồi lắng, gọi {PHONE}.", channel="counter",
        occasion="counter", speaker=NAME, phone=PHONE, email=MAIL, address=HOUSE,
    )  # fmt: skip
    taken = intake.submit(said, to=committee(), by=become("minh"), at=story.at)
    assert taken.receipt is not None
    mine = Story(
        taken.case.pk, taken.submission.pk, Citizen(taken.receipt.id), taken.receipt.code,
        taken.receipt.secret, story.at,
    )  # fmt: skip
    mine.cast = {**story.cast, "lan": mine.lan}
    paper = SimpleUploadedFile("Trinh Thi Dieu Que.txt", f"Đơn của {NAME}".encode())
    files.keep(paper, about=mine.case_id, purpose="other", by=mine.who("minh"), at=mine.later())
    for step, by in PATHS[State.ROUTED]:
        mine.do(step, by)
    answering.note(
        mine.case_id, text=f"Đã gọi bà  {NAME.upper()}", by=mine.who("minh"), at=mine.later()
    )
    mine.do("ask", "hoa")
    answering.hear_reply(mine.case_id, text=f"Vẫn là {NAME}", by=mine.lan, at=mine.later())
    text = f"Kính gửi bà {NAME}, {HOUSE}: đã nạo vét 400 m kênh."
    reply = Reply(text, "settled", "12/UBND-KT", local_day(mine.later()))
    answering.answer(mine.case_id, reply, by=mine.who("hoa"), at=mine.at)
    told = {"code": mine.case.matter.code, "body": f"gửi {NAME}"}
    queue(
        "cases/notices/answered", to=Recipient("sms", PHONE.replace(" ", ""), "vi"),
        about=mine.case_id, context=told, at=mine.later(),
    )  # fmt: skip
    slip = Heard("slip", f"{NAME} đồng ý")
    hearing.confirm(mine.case_id, slip, by=mine.lan, at=mine.later())
    return mine


def erased(story: Story, ground: Ground = GROUND, by: str = "chi") -> Erased:
    return erase(story.submission, ground, by=story.who(by), at=story.later())


def test_nothing_in_the_database_names_the_person_any_more() -> None:
    story = written()
    assert {"cases_submission", "cases_note", "docket_words", "notices_outbox"} <= traces()
    erased(story)
    assert traces() == set()


def test_what_the_office_wrote_stays_without_the_name() -> None:
    story = written()
    erased(story)
    answer = Answer.objects.get(case=story.case_id)
    assert answer.text.endswith("đã nạo vét 400 m kênh.")
    assert "▒▒▒" in answer.text
    assert story.state == State.CONFIRMED


def test_the_ledger_is_whole_before_and_after() -> None:
    story = written()
    before = Entry.objects.filter(matter=story.case_id).count()
    assert prove().whole
    done = erased(story)
    proof = prove()
    assert proof.whole
    assert proof.erased == done.salts > 0
    assert Entry.objects.filter(matter=story.case_id).count() == before + 1


def test_a_proof_that_is_gone_without_an_erasure_is_found() -> None:
    story = written()
    entry = Entry.objects.filter(matter=story.case_id).earliest("at")
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_forget(%s)", [entry.pk])
    assert prove().unproved == (str(entry.pk),)


def test_what_they_said_can_be_confirmed_no_more_and_what_happened_still_can() -> None:
    story = written()
    erased(story)
    entries = Entry.objects.filter(matter=story.case_id)
    salts = set(Salt.objects.filter(entry__in=entries.values("pk")).values_list("entry", flat=True))
    erasure = entries.get(kind="docket.erased")
    said = entries.exclude(content=[]).exclude(pk=erasure.pk)
    assert not salts & set(said.values_list("pk", flat=True))
    assert set(entries.filter(content=[]).values_list("pk", flat=True)) <= salts


def test_the_entry_says_who_decided_on_which_basis_and_names_nobody() -> None:
    story = written()
    erased(story)
    entry = Entry.objects.get(matter=story.case_id, kind="docket.erased")
    assert entry.actor == become("chi").user
    assert (entry.data["basis"], entry.data["document"]) == ("Luật 91/2025/QH15", "15/ĐN-XDL")
    assert entry.data["despite_duty"] is True


def test_the_slip_opens_nothing_any_more() -> None:
    story = written()
    erased(story)
    with pytest.raises(NotFound):
        open_receipt(story.code, story.secret, at=story.later())
    assert not Matter.objects.visible_to(story.lan).filter(pk=story.case_id).exists()


def test_the_file_they_brought_is_gone_from_the_storage(
    django_capture_on_commit_callbacks: object,
) -> None:
    story = written()
    kept = Attachment.objects.get(about=story.case_id)
    name = path_of(kept.stored_id, kept.stored.extension)
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        erased(story)
    assert not default_storage.exists(name)
    assert not Attachment.objects.filter(about=story.case_id).exists()


def test_what_is_still_being_settled_is_kept_unless_a_decision_says_otherwise() -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Invalid, match=story.case.matter.code):
        erased(story, Ground("Yêu cầu", "Luật", "1/ĐN", date(2026, 11, 20)))
    erased(story)
    assert Submission.objects.get(pk=story.submission).text == ""


def test_what_has_ended_is_kept_for_the_years_of_the_list() -> None:
    story = reach(State.CLOSED)
    ground = Ground("Yêu cầu", "Luật", "1/ĐN", date(2026, 11, 20), kept_years=5)
    year = local_day(story.at).year + 6
    with pytest.raises(Invalid, match=f"1/1/{year}|01/01/{year}"):
        erased(story, ground)
    before = Submission.objects.get(pk=story.submission).text
    assert before != ""


@pytest.mark.parametrize("field", ["reason", "basis", "document"])
def test_the_ground_is_given_and_names_nobody(field: str) -> None:
    story = written()
    given = {**vars(GROUND), field: f"Theo yêu cầu của {NAME}"}
    with pytest.raises(Invalid):
        erased(story, Ground(**given))
    with pytest.raises(Invalid):
        erased(story, Ground(**{**vars(GROUND), field: " "}))


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("minh", Denied), ("hoa", Denied), ("quang", Denied), ("lan", Denied), ("lien", NotFound)],
)
def test_only_the_head_of_the_body_decides(who: str, refusal: type[Exception]) -> None:
    story = reach(State.CLOSED)
    with pytest.raises(refusal):
        erased(story, by=who)


def test_of_several_people_in_one_item_only_the_one_is_erased() -> None:
    story = written()
    more = intake.Statement(
        text="Tôi cũng thiếu nước", channel="counter", occasion="counter", speaker="Ông Bảy"
    )
    other = intake.add_submission(story.case_id, more, by=story.who("minh"), at=story.later())
    erased(story)
    stays = Submission.objects.get(pk=other.submission.pk)
    assert (stays.text, stays.speaker) == ("Tôi cũng thiếu nước", "Ông Bảy")
    carried = Entry.objects.get(matter=story.case_id, data__submission=str(other.submission.pk))
    assert Salt.objects.filter(entry=carried.pk).exists()
    assert traces() == set()
    assert prove().whole


def test_what_was_sealed_is_destroyed() -> None:
    story = begin()
    kind = placing.Kind("irrigation", other_procedure="denunciation")
    placing.classify(story.case_id, kind, by=story.who("minh"), at=story.later())
    assert holds(story.case_id)
    done = erased(story)
    assert done.sealed == 1
    assert not holds(story.case_id)


def test_erasing_twice_erases_nothing_more() -> None:
    story = written()
    erased(story)
    again = erased(story)
    assert again.salts <= 1


def arguments(story: Story, *more: str) -> list[str]:
    return [
        story.case.matter.code, "--as", "chi", "--reason", GROUND.reason, "--basis", GROUND.basis,
        "--document", GROUND.document, "--decided-on", "20/11/2026", *more,
    ]  # fmt: skip


def test_the_command_says_what_it_would_do_and_then_does_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    story = written()
    despite = "--despite-duty-to-keep"
    assert command_line.main(arguments(story, despite, "--dry-run", "--json")) == 0
    foreseen = json.loads(capsys.readouterr().out)
    assert "cases_submission" in traces()
    assert command_line.main(arguments(story, despite, "--json")) == 0
    done = json.loads(capsys.readouterr().out)
    assert done == {**foreseen, "dry_run": False}
    assert done["cases"] == [story.case.matter.code]
    assert len(done["kept"]) >= 2
    assert traces() == set()


def test_the_command_refuses_wrong_words_in_a_sentence() -> None:
    story = written()
    for wrong in (
        ["KN26-999999", *arguments(story)[1:]],
        arguments(story, "--decided-on", "hôm qua"),
        arguments(story, "--as", "nobody"),
        arguments(story, "--statement", "7"),
        arguments(story),
    ):
        with pytest.raises(Invalid):
            command_line.main(wrong)
