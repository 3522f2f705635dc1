"""At the reception desk nothing is written down that bears the stamp of a state secret (Law
117/2025/QH15, article 5(2)).
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.cases.models import Submission
from doithoai.core.errors import Invalid
from doithoai.reception.commands import holding
from doithoai.reception.commands.holding import Held
from doithoai.reception.models import Visit
from tests.files import making
from tests.reception.receiving import arrived, received, today

pytestmark = pytest.mark.django_db
MARKED = "Bà nói về công văn TỐI MẬT, kho xăng thôn Trung"
BOX = "<span>Tôi đã xem, đây không phải bí mật nhà nước</span>"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(
        User.objects.get(username="minh"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_what_is_written_down_is_looked_at_first(minh: Official, desk: Client) -> None:
    visit = received(minh)
    given = {"write-summary": MARKED, "write-kind": "recommendation"}
    where = reverse("reception_write_down", args=[visit.pk])
    refused = desk.post(where, given).content.decode()
    assert BOX in refused
    assert MARKED in refused
    assert Visit.objects.get(pk=visit.pk).summary == ""
    desk.post(where, {**given, "write-not_secret": "on"})
    assert Visit.objects.get(pk=visit.pk).summary == MARKED


@pytest.mark.parametrize("written", [{}, {"raise-written": "on"}])
def test_what_is_raised_is_looked_at_first(
    minh: Official, desk: Client, written: dict[str, str]
) -> None:
    visit = received(minh)
    given = {"raise-text": MARKED, "raise-kind": "recommendation", **written}
    where = reverse("reception_raise", args=[visit.pk])
    refused = desk.post(where, given).content.decode()
    assert BOX in refused
    assert not Submission.objects.exists()
    desk.post(where, {**given, "raise-not_secret": "on"})
    assert Submission.objects.get().text == MARKED


def test_a_stamped_authority_of_a_group_is_not_kept(minh: Official) -> None:
    paper = SimpleUploadedFile("uy quyen TOI MAT.pdf", making.pdf(), "application/pdf")
    with pytest.raises(Invalid, match="117/2025"):
        arrived(minh, authority=paper)
    assert not Visit.objects.exists()


def test_the_conclusion_of_a_head_is_looked_at_first(minh: Official, chi: Official) -> None:
    session, now = today(minh, chi), timezone.now()
    holding.hold(session.pk, Held(in_person=True), by=minh, at=now)
    with pytest.raises(Invalid, match="117/2025"):
        holding.draft_conclusion(session.pk, text=MARKED, docx=b"", by=minh, at=now)
    holding.draft_conclusion(session.pk, text=MARKED, docx=b"", not_secret=True, by=minh, at=now)
