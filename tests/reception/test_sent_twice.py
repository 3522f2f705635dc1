"""A form sent twice is done once: at the reception desk and on the portal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case, Petition
from doithoai.core.errors import Invalid
from doithoai.reception.commands import planning, raising
from doithoai.reception.commands.raising import Brought
from doithoai.reception.models import Appointment, Visit
from tests.dialogues.grounds import signed_in, text
from tests.reception.receiving import LAN, plan, received

pytestmark = pytest.mark.django_db
CANAL = "Kênh Đồng Lều bị bồi lắng, đề nghị nạo vét"


def test_the_same_words_are_raised_once_in_a_visit_whatever_the_form(minh: Official) -> None:
    visit, now = received(minh, LAN), timezone.now()
    raising.raise_matter(visit.pk, Brought(CANAL), by=minh, at=now)
    with pytest.raises(Invalid, match="KN"):
        raising.raise_matter(visit.pk, Brought(f" {CANAL} "), by=minh, at=now)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("written", [{}, {"raise-written": "on"}])
def test_what_is_raised_twice_by_one_form_is_one_matter(
    minh: Official, written: dict[str, str]
) -> None:
    visit, client = received(minh, LAN), signed_in("minh")
    where = reverse("reception_raise", args=[visit.pk])
    assert 'name="once"' in text(client.get(reverse("reception_visit", args=[visit.pk])))
    given = {"raise-text": CANAL, "raise-kind": "recommendation", "once": "a1", **written}
    assert "Secret code" in text(client.post(where, given))
    again = client.post(where, given)
    assert again["Location"] == reverse("reception_visit", args=[visit.pk])
    assert "it was done once" in text(client.get(again["Location"]))
    assert Case.objects.count() == 1
    assert Petition.objects.count() == len(written)
    client.post(where, {**given, "once": "a2", "raise-text": "Đèn đường hỏng"})
    assert Case.objects.count() == 2


def test_one_form_gives_one_number(minh: Official) -> None:
    client = signed_in("minh")
    given = {"name": "Trần Thị Lan", "identity": "none", "people": "1", "once": "b1"}
    for _sent in range(2):
        assert client.post("/desk/reception/arrive", given).status_code == 302
    assert Visit.objects.count() == 1
    client.post("/desk/reception/arrive", {**given, "once": "b2"})
    assert Visit.objects.count() == 2


def test_what_is_sent_back_to_be_mended_keeps_its_id(minh: Official) -> None:
    client = signed_in("minh")
    page = client.post("/desk/reception/arrive", {"people": "1", "once": "c1"})
    assert 'name="once" value="c1"' in text(page)


def test_an_appointment_sent_twice_is_asked_for_once(minh: Official, chi: Official) -> None:
    start = timezone.now() + timedelta(days=20)
    session = plan(minh, chi, start=start, kind="unscheduled", grounds=("complex",))
    planning.post(session.pk, by=minh, at=timezone.now())
    public = Client(headers={"accept-language": "en"})
    where = reverse("reception_appointment", args=[session.matter.code])
    given = {"name": "Bà Lan", "phone": "0912000111", "people": "2", "about": "Đường thôn"}
    for _sent in range(2):
        sent = public.post(where, {**given, "once": "d1"})
        assert sent.status_code == 302
        assert "Your request is with the office" in text(public.get(sent["Location"]))
    assert Appointment.objects.count() == 1
    assert "Your request is with the office" not in text(public.get(f"{where}?sent=other"))


@pytest.mark.parametrize("phone", ["abc", "12", "09120001110912000111"])
def test_an_appointment_wants_a_telephone_that_can_be_called(
    phone: str, minh: Official, chi: Official
) -> None:
    start = timezone.now() + timedelta(days=20)
    session = plan(minh, chi, start=start, kind="unscheduled", grounds=("complex",))
    planning.post(session.pk, by=minh, at=timezone.now())
    where = reverse("reception_appointment", args=[session.matter.code])
    given = {"name": "Bà Lan", "phone": phone, "people": "2", "about": "Đường thôn"}
    refused = Client(headers={"accept-language": "en"}).post(where, given)
    assert "telephone number" in text(refused)
    assert not Appointment.objects.exists()
