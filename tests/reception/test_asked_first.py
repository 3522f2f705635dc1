"""Words that seem to denounce somebody are asked about before anything of them is kept, at the
reception desk and in the register of petitions alike (Law 25/2018/QH14, article 56).
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case, Petition, Submission
from doithoai.core.errors import Invalid
from doithoai.docket.models import Matter
from doithoai.reception.commands import raising, visits
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import WrittenDown
from doithoai.reception.models import Visit
from tests.cases.reaching import committee, culture
from tests.cases.test_petition_desk import paper
from tests.dialogues.grounds import signed_in, text
from tests.reception.receiving import LAN, received

pytestmark = pytest.mark.django_db
DENOUNCED = "Tôi tố cáo ông Trần Quốc Chi nhận hối lộ khi giao thầu kênh Đồng Lều"
QUESTION = "who is reported or denounced?"
PAGES = (
    "/desk/cases/", "/desk/petitions/", "/desk/reception/", "/desk/reception/register",
    "/desk/inbox/",
)  # fmt: skip


def _raise(visit: Visit) -> str:
    return reverse("reception_raise", args=[visit.pk])


def _nothing_is_read_by_the_chair(visit: Visit | None = None) -> None:
    chair = signed_in("chi")
    for where in PAGES:
        assert "nhận hối lộ" not in text(chair.get(where)), where
    if visit is not None:
        shown = chair.get(reverse("reception_visit", args=[visit.pk]))
        assert "nhận hối lộ" not in shown.content.decode()


def test_the_register_of_petitions_asks_before_it_keeps_a_denunciation(minh: Official) -> None:
    client = signed_in("minh")
    asked = text(client.post("/desk/petitions/new", paper(text=DENOUNCED)))
    assert QUESTION in asked
    assert DENOUNCED in asked
    assert "I have asked: it is no denunciation" in asked
    assert not Submission.objects.exists()
    _nothing_is_read_by_the_chair()


def test_a_denunciation_of_the_chair_is_kept_from_the_chair(minh: Official) -> None:
    client = signed_in("minh")
    answered = paper(
        text=DENOUNCED, respondent=committee().pk, respondent_people="Trần Quốc Chi, Chủ tịch"
    )
    refused = client.post("/desk/petitions/new", answered)
    assert refused.status_code == 403
    assert not Submission.objects.exists()
    _nothing_is_read_by_the_chair()


def test_the_answer_alone_seals_it_in_the_register_of_petitions(minh: Official) -> None:
    client = signed_in("minh")
    sealed = client.post("/desk/petitions/new", paper(text=DENOUNCED, respondent=culture().pk))
    assert "Secret code" in text(sealed)
    assert Petition.objects.get().sealed
    assert Submission.objects.get().text == ""


def test_what_is_no_denunciation_is_confirmed_and_read_by_few(minh: Official) -> None:
    client = signed_in("minh")
    taken = client.post("/desk/petitions/new", paper(text=DENOUNCED, ordinary="on"))
    assert taken.status_code == 200
    matter = Case.objects.get().matter
    assert not matter.sealed
    assert not Matter.objects.filter(pk=matter.pk, audience__body=committee()).exists()
    assert DENOUNCED not in text(signed_in("quang").get("/desk/cases/"))


def test_the_desk_asks_before_a_denunciation_is_raised(minh: Official) -> None:
    visit, client = received(minh, LAN), signed_in("minh")
    given = {"raise-text": DENOUNCED, "raise-kind": "recommendation"}
    asked = text(client.post(_raise(visit), given))
    assert QUESTION in asked
    assert DENOUNCED in asked
    assert 'name="raise-about"' in asked
    assert not Submission.objects.exists()
    assert Visit.objects.get(pk=visit.pk).summary == ""
    _nothing_is_read_by_the_chair(visit)


def test_the_desk_asks_before_a_denunciation_is_written_down(minh: Official) -> None:
    visit, client = received(minh, LAN), signed_in("minh")
    where = reverse("reception_write_down", args=[visit.pk])
    given = {"write-summary": DENOUNCED, "write-kind": "recommendation"}
    assert QUESTION in text(client.post(where, given))
    assert Visit.objects.get(pk=visit.pk).summary == ""
    assert DENOUNCED not in text(client.get("/desk/reception/register"))
    client.post(where, {**given, "write-ordinary": "on"})
    assert Visit.objects.get(pk=visit.pk).summary == DENOUNCED


@pytest.mark.parametrize(("door", "words"), [("raise", "text"), ("write-down", "summary")])
def test_the_answer_at_the_desk_seals_visit_and_item_at_once(
    minh: Official, door: str, words: str
) -> None:
    visit, client = received(minh, LAN), signed_in("minh")
    form = door.partition("-")[0]
    given = {
        f"{form}-{words}": DENOUNCED, f"{form}-kind": "recommendation",
        f"{form}-about": str(culture().pk), f"{form}-about_people": "Trưởng phòng",
    }  # fmt: skip
    slip = client.post(f"/desk/reception/visits/{visit.pk}/{door}", given)
    assert "Secret code" in text(slip)
    assert Case.objects.get().matter.sealed
    visit.refresh_from_db()
    assert (visit.sealed, visit.person, visit.summary) == (True, None, "")
    assert not visit.raised.exists()
    register = text(client.get("/desk/reception/register"))
    for telling in ("nhận hối lộ", "Trần Thị Lan"):
        assert telling not in register


def test_a_denunciation_of_the_chair_at_the_desk_keeps_nothing_the_chair_reads(
    minh: Official,
) -> None:
    visit, client = received(minh, LAN), signed_in("minh")
    given = {
        "raise-text": DENOUNCED, "raise-kind": "recommendation",
        "raise-about": str(committee().pk), "raise-about_people": "Trần Quốc Chi",
    }  # fmt: skip
    assert client.post(_raise(visit), given).status_code == 403
    assert not Submission.objects.exists()
    _nothing_is_read_by_the_chair(visit)


def test_a_complaint_is_not_taken_in_as_a_recommendation_unasked(minh: Official) -> None:
    visit, now = received(minh, LAN), timezone.now()
    words = "Khiếu nại quyết định thu hồi đất số 45"
    with pytest.raises(Invalid, match="khiếu nại"):
        raising.raise_matter(visit.pk, Brought(words), by=minh, at=now)
    raising.raise_matter(visit.pk, Brought(words, "complaint"), by=minh, at=now)


def test_what_was_asked_when_it_was_written_down_is_not_asked_again(minh: Official) -> None:
    visit, now = received(minh, LAN), timezone.now()
    said = WrittenDown(DENOUNCED, ordinary=True)
    visits.write_down(visit.pk, said, by=minh, at=now)
    taken = raising.raise_matter(visit.pk, Brought(DENOUNCED), by=minh, at=now)
    assert not taken.case.matter.sealed


def test_the_register_shows_the_words_to_nobody_who_may_not_see_the_item(
    minh: Official, chi: Official
) -> None:
    visit, now = received(minh, LAN), timezone.now()
    brought = Brought(DENOUNCED, ordinary=True)
    matter = raising.raise_matter(visit.pk, brought, by=minh, at=now).case.matter
    register = "/desk/reception/register"
    assert DENOUNCED in text(signed_in("minh").get(register))
    matter.audience.filter(post=chi.post).delete()
    for where in (register, reverse("reception_visit", args=[visit.pk])):
        assert DENOUNCED not in text(signed_in("chi").get(where))
