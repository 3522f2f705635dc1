"""Words that bear the stamp of a state secret stop at every door; whoever looked at them says so,
and nothing typed is lost (Law 117/2025/QH15, article 5(2)).
"""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands import intake, lodging, messaging, sealed_intake
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.sealed_intake import Denounced, Told
from doithoai.cases.models import Case, PersonsWord, Submission
from doithoai.cases.workflow import State
from doithoai.core.errors import Invalid
from doithoai.docket.models import Matter, Words
from doithoai.files.models import Attachment
from doithoai.ledger.models import Entry
from doithoai.notices.models import Incoming, Outbox
from doithoai.notices.plain_sms import LIMIT, plain_sms
from doithoai.notices.rendering import words
from tests.cases.reaching import committee, reach
from tests.cases.test_desk import address, signed_in
from tests.cases.test_portal import filled
from tests.cases.test_portal_sms import KEY, bring
from tests.conftest import become
from tests.files import making

pytestmark = pytest.mark.django_db
MARKED = "Gửi kèm công văn TỐI MẬT về kho xăng thôn Trung"
BOX = "Tôi đã xem, đây không phải bí mật nhà nước"
STATEMENT = Statement(text=MARKED, channel="web", occasion="web")


def asked(page: str) -> bool:
    """Whether the page shows the box."""
    return f"<span>{BOX}</span>" in page


# ------------------------------------------------------------------------------ on their pages
def test_the_portal_refuses_asks_and_takes_it_once_the_person_looked(client: Client) -> None:
    place = committee().place
    assert place is not None
    given = filled(client, place, text=MARKED, speaker="Nguyễn Thị Lan")
    assert not asked(client.get(f"/submit/{place.pk}?about=no").content.decode())
    refused = client.post(f"/submit/{place.pk}", given).content.decode()
    assert asked(refused)
    assert MARKED in refused
    assert "Nguyễn Thị Lan" in refused
    assert "117/2025/QH15, khoản 2 Điều 5" in refused
    assert "mang bản giấy đến nộp trực tiếp" in refused
    assert not Submission.objects.exists()
    assert not Case.objects.exists()
    client.post(f"/submit/{place.pk}", {**given, "not_secret": "on"})
    assert Submission.objects.get().text == MARKED


def test_at_the_counter_the_clerk_registers_only_the_number_or_says_it_is_none() -> None:
    minh = signed_in("minh")
    given = {"text": MARKED, "channel": "counter", "occasion": "counter",
             "kind": "recommendation", "who": "person", "speaker": "Bà Lan"}  # fmt: skip
    assert not asked(minh.get("/desk/cases/new").content.decode())
    refused = minh.post("/desk/cases/new", given).content.decode()
    assert asked(refused)
    assert MARKED in refused
    assert "chỉ ghi số của văn bản trong sổ tiếp nhận đơn" in refused
    assert not Submission.objects.exists()
    minh.post("/desk/cases/new", {**given, "not_secret": "on"})
    assert Submission.objects.get().text == MARKED


@pytest.mark.parametrize(
    ("state", "act", "who", "given"),
    [
        (State.CLASSIFIED, "add-statement", "minh",
         {"text": MARKED, "channel": "counter", "occasion": "counter", "kind": "recommendation",
          "who": "person"}),
        (State.CLASSIFIED, "fan-out", "minh", {"texts": MARKED}),
        (State.ASKED, "hear-reply", "hoa", {"text": MARKED}),
        (State.ANSWERED, "dispute", "quang", {"text": MARKED, "how": "counter"}),
        (State.ANSWERED, "confirm-part", "quang", {"text": MARKED, "how": "counter"}),
    ],
)  # fmt: skip
def test_an_act_that_takes_somebodys_words_asks_the_same(
    state: State, act: str, who: str, given: dict[str, str]
) -> None:
    story, client = reach(state), signed_in(who)
    if "how" in given:
        said = Submission.objects.get(carried__case=story.case_id)
        given = {**given, "submission": str(said.pk)}
    before = Entry.objects.count()
    assert not asked(client.get(address(story.case, act)).content.decode())
    refused = client.post(address(story.case, act), given).content.decode()
    assert asked(refused)
    assert MARKED in refused
    assert Entry.objects.count() == before
    client.post(address(story.case, act), {**given, "not_secret": "on"})
    assert Entry.objects.count() > before


# ------------------------------------------------------------------------------- the commands
def _submitted(now: datetime) -> object:
    return intake.submit(STATEMENT, to=committee(), by=Citizen(), at=now)


def _added(now: datetime) -> object:
    story = reach(State.CLASSIFIED)
    return intake.add_submission(story.case_id, STATEMENT, by=become("minh"), at=now)


def _replied(now: datetime) -> object:
    story = reach(State.ASKED)
    return lodging.reply(story.case_id, text=MARKED, uploads=(), by=story.lan, at=now)


def _disputed(now: datetime) -> object:
    story = reach(State.ANSWERED)
    heard = Heard("web", MARKED)
    return lodging.say(story.case_id, "disagreed", heard, (), by=story.lan, at=now)


def _denounced(now: datetime) -> object:
    about = Denounced(committee().pk)
    return sealed_intake.lodge(Told(MARKED, "web", "web"), about, by=Citizen(), at=now)


DOORS: list[Callable[[datetime], object]] = [_submitted, _added, _replied, _disputed, _denounced]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: str(door.__name__))
def test_no_command_takes_stamped_words_nobody_looked_at(
    door: Callable[[datetime], object],
) -> None:
    with pytest.raises(Invalid, match="117/2025/QH15") as refused:
        door(timezone.now())
    assert refused.value.context == {"field": "not_secret"}
    assert not Words.objects.filter(text__contains="kho xang").exists()
    assert not PersonsWord.objects.exists()


def test_a_stamped_file_takes_its_whole_statement_along(client: Client) -> None:
    place = committee().place
    assert place is not None
    paper = SimpleUploadedFile("Ke hoach TOI MAT.pdf", making.pdf(), "application/pdf")
    given = filled(client, place, pictures=paper, not_secret="on")
    refused = client.post(f"/submit/{place.pk}", given).content.decode()
    assert "117/2025/QH15" in refused
    assert not Submission.objects.exists()
    assert not Attachment.objects.exists()


# ------------------------------------------------------------------------------ text messages
def test_nothing_of_a_stamped_message_is_kept_and_its_sender_is_told_to_come(
    settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SMS_KEY = KEY  # type: ignore[attr-defined]  # the fixture of pytest-django
    story = reach(State.ANSWERED)
    assert bring(MARKED) == 200
    kept = Incoming.objects.get()
    assert "kho xăng" not in kept.text
    assert "không được lưu lại" in kept.text
    assert "kho xăng" not in caplog.text
    told = Outbox.objects.get(template=messaging.STAMPED)
    said = plain_sms(words(told).text)
    assert "nop truc tiep" in said
    assert len(said) <= LIMIT
    assert story.state == State.ANSWERED
    bring(MARKED, as_id="m2")
    assert Outbox.objects.filter(template=messaging.STAMPED).count() == 1


# ------------------------------------------------------------------------------- what is sealed
def test_a_whistleblower_is_told_before_writing_to_hand_a_stamped_paper_over_in_person(
    client: Client,
) -> None:
    about = {"body": str(committee().pk), "who": "leads", "words": "Cẩm Lạc"}
    page = client.post("/denounce", about).content.decode()
    assert page.index("Tài liệu có độ mật") < page.index("<textarea")


def test_a_stamped_paper_does_not_go_into_the_vault_either() -> None:
    paper = SimpleUploadedFile("Ke hoach TOI MAT.pdf", making.pdf(), "application/pdf")
    told, before = Told("Kho xăng xây sai", "web", "web", not_secret=True), Matter.objects.count()
    with pytest.raises(Invalid, match="người đứng đầu Ủy ban nhân dân tỉnh Hà Tĩnh"):
        sealed_intake.lodge(
            told, Denounced(committee().pk), [paper], by=Citizen(), at=timezone.now()
        )
    assert Matter.objects.count() == before


def test_words_somebody_looked_at_go_on_into_the_vault() -> None:
    told = Told(MARKED, "web", "web", not_secret=True)
    lodged = sealed_intake.lodge(told, Denounced(committee().pk), by=Citizen(), at=timezone.now())
    assert Case.objects.filter(matter__code=lodged.code).exists()
