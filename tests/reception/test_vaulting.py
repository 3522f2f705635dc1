"""What the reception keeps about a matter goes into the vault with it."""

from django.utils import timezone

from doithoai.cases.commands.petitions import sorting
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.docket import unsealing
from doithoai.reception.commands import preparing, raising
from doithoai.reception.commands.raising import Brought
from doithoai.reception.models import Prepared
from tests.cases.reaching import department
from tests.conftest import become
from tests.reception.receiving import HOLIDAY, LAN, plan, received

BRIEF = "Bà Lan nói ông Kiên thu tiền"


def test_what_was_prepared_for_the_head_is_sealed_with_the_matter(committed_db: str) -> None:
    minh, chi, now = become("minh"), become("chi"), timezone.now
    visit, session = received(minh, LAN), plan(minh, chi, start=HOLIDAY)
    brought = Brought("Khiếu nại bồi thường", "complaint")
    case = raising.raise_matter(visit.pk, brought, by=minh, at=now()).case
    preparing.prepare(session.pk, code=case.matter.code, brief=BRIEF, invited=(), by=minh, at=now())
    nature = Nature("denunciation", "other", respondents=(department().pk,))
    sorting.sort(case.pk, nature, by=minh, at=now())
    assert Prepared.objects.get(matter=case.pk).brief == ""
    tinh = become("tinh")  # the province has it: it is about one of its departments
    unsealing.unseal(case.pk, reason="Xác minh", identity=True, by=tinh, at=now())
    shown = unsealing.contents(case.matter, tinh, at=now())
    assert shown is not None
    assert BRIEF in [each.text for each in shown.texts]
