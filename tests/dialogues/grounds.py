"""What tests of dialogues begin with: a dialogue as it is planned and held, and the sample list."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.dialogues.commands import concluding, planning
from doithoai.dialogues.models import Dialogue, Sheet
from doithoai.files.models import Document
from doithoai.files.printing import Page, page
from doithoai.units.models import Body

HANOI = timezone(timedelta(hours=7))
START = datetime(2026, 7, 15, 7, 30, tzinfo=HANOI)
SAMPLE = Path(__file__).parents[1] / "data" / "cam-lac-2026-07-15.xlsx"


def signed_in(username: str) -> Client:
    """A browser of this official, in English unless a test asks otherwise."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(
        User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def committee() -> Body:
    """The commune's People's Committee."""
    return Body.objects.get(short_name="UBND xã Cẩm Lạc")


def economy() -> Body:
    """The commune's economy office, where Hoa and Kiên work."""
    return Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")


def plan(minh: Official, chi: Official, *, start: datetime = START, **changes: object) -> Dialogue:
    """A dialogue of the commune, planned by the clerk two weeks before."""
    words = {
        "title": "Hội nghị trao đổi, đối thoại với Nhân dân",
        "kind": "conference",
        "venue": "Hội trường UBND xã",
        "chairs": (chi.post,),
        "commune_conference": True,
        "party_head": True,
        **changes,
    }
    planned = planning.Plan(host=committee().pk, starts_at=start, **words)  # type: ignore[arg-type]  # the words of a test
    return planning.plan(planned, by=minh, at=min(start - timedelta(days=14), datetime.now(UTC)))


def announced(
    minh: Official, chi: Official, *, start: datetime = START, **changes: object
) -> Dialogue:
    """The same, announced ten days before."""
    dialogue = plan(minh, chi, start=start, **changes)
    at = min(start - timedelta(days=10), datetime.now(UTC))
    return planning.announce(dialogue.pk, by=minh, at=at)


def held(minh: Official, chi: Official, *, start: datetime = START, **changes: object) -> Dialogue:
    """The same, held, with its chair there."""
    dialogue = announced(minh, chi, start=start, **changes)
    chair = dialogue.chairs.get()
    return concluding.hold(
        dialogue.pk, concluding.Held(120, (chair.pk,)), by=minh, at=start + timedelta(hours=4)
    )


def address(dialogue: Dialogue, rest: str = "") -> str:
    """The officials' address of a dialogue."""
    return f"/desk/dialogues/{dialogue.matter.code}{rest}"


def upload(client: Client, dialogue: Dialogue, name: str, data: bytes) -> Sheet:
    """Send a file through the page and come back with what was kept of it."""
    answer = client.post(address(dialogue, "/import"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return Sheet.objects.latest("at", "id")


def text(answer: object) -> str:
    """The page as text."""
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]  # any answer of the test client


def signed_file(name: str = "45-TB-UBND.pdf") -> SimpleUploadedFile:
    """A conclusion notice as it comes back from signature."""
    paper = Page(issuer="UBND xã Cẩm Lạc", title="Thông báo kết luận", blocks=())
    return SimpleUploadedFile(name, page(paper), content_type="application/pdf")


def worded(dialogue: Dialogue, minh: Official, *, at: datetime) -> Document:
    """The conclusion worded by the clerk, as the chair has it before them."""
    words = "Giao Văn phòng theo dõi."
    return concluding.draft_conclusion(dialogue.pk, text=words, docx=b"", by=minh, at=at)


def signed(dialogue: Dialogue, minh: Official, chi: Official, *, at: datetime) -> Dialogue:
    """The same, approved by the chair, signed and recorded."""
    paper = worded(dialogue, minh, at=at)
    concluding.approve_conclusion(dialogue.pk, document=paper.pk, by=chi, at=at)
    return concluding.sign(
        dialogue.pk,
        number="45/TB-UBND",
        signed_on=dialogue.held_on or at.date(),
        upload=signed_file(),
        by=minh,
        at=at,
    )
