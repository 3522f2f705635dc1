"""People without a telephone: the sheets of a village, and what they said on signed slips."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from doithoai.cases.models import Case, PersonsWord
from doithoai.core.days import local_day
from doithoai.core.errors import Denied
from doithoai.core.identifiers import spoken
from doithoai.files.models import Attachment
from doithoai.ledger.commands import issue_receipt
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.supervision import commands
from doithoai.supervision.commands import Said
from doithoai.supervision.queries import by_hand, hearing
from tests.conftest import become
from tests.files import making
from tests.reports.signing_in import signed_in
from tests.reports.story import Story


def test_a_village_has_as_many_people_as_its_figure_says(said: Story) -> None:
    now = timezone.now()
    quang = become("quang")
    villages = by_hand.villages(quang, at=now)
    assert len(villages) == 2
    for village in villages:
        sheet = by_hand.sheet(quang, village.key, at=now)
        assert len(sheet.people) == village.people


def test_people_told_leave_the_sheet_and_the_teller_is_named(said: Story) -> None:
    quang = become("quang")
    village = by_hand.villages(quang, at=timezone.now())[0]
    people = by_hand.sheet(quang, village.key, at=timezone.now()).people
    address = reverse("village_sheet", args=[village.key])
    answer = signed_in("quang").post(address, {"notice": [str(people[0].notice)]})
    assert answer.status_code == 302
    told = Outbox.objects.get(pk=people[0].notice)
    assert (told.state, told.done_by) == ("done_by_hand", quang.user)
    left = by_hand.sheet(quang, village.key, at=timezone.now()).people
    assert len(left) == len(people) - 1


def test_the_sheet_of_another_commune_is_empty(said: Story) -> None:
    village = by_hand.villages(become("quang"), at=timezone.now())[0]
    assert by_hand.villages(become("lien"), at=timezone.now()) == ()
    assert by_hand.sheet(become("lien"), village.key, at=timezone.now()).people == ()
    notice = by_hand.sheet(become("quang"), village.key, at=timezone.now()).people[0].notice
    assert commands.tell_by_hand([notice], by=become("lien"), at=timezone.now()) == 0


def test_nobody_ticked_is_told_what_to_do(said: Story) -> None:
    village = by_hand.villages(become("quang"), at=timezone.now())[0]
    address = reverse("village_sheet", args=[village.key])
    answer = signed_in("quang").post(address, {})
    assert answer.status_code == 200
    assert Outbox.objects.filter(state="done_by_hand").count() == 0


def test_the_printed_sheet_has_call_list_posting_and_loudspeaker(said: Story) -> None:
    village = by_hand.villages(become("quang"), at=timezone.now())[0]
    address = reverse("village_sheet_print", args=[village.key])
    page = signed_in("quang").get(address).content.decode()
    assert page.count("new-page") == 2


def test_slips_of_a_village_are_recorded_each_by_itself(said: Story) -> None:
    published, withheld = said.published, said.withheld
    one, other = (case.carried.get().submission_id for case in (published, withheld))
    data = {
        "village": str(published.matter.place_id),
        f"{one}-word": "agreed",
        f"{other}-word": "disagreed",
        f"{other}-text": "",
    }
    withheld.matter.place_id = published.matter.place_id
    withheld.matter.save(update_fields=["place"])
    page = signed_in("quang").post(reverse("words"), data)
    assert page.status_code == 200  # one slip was refused and stands there with its reason
    assert withheld.matter.code in page.content.decode()
    assert Case.objects.get(pk=published.pk).word == "agreed"
    assert Case.objects.get(pk=withheld.pk).word == "none"
    kept = PersonsWord.objects.get(case=published)
    assert (kept.how, kept.by_self, kept.recorded_by_id) == ("slip", False, become("quang").post)
    assert Entry.objects.filter(kind="cases.confirmed", matter=published.pk).count() == 1


def test_a_slip_that_disagrees_goes_one_level_up(said: Story, now: datetime) -> None:
    done = commands.record_words(
        [Said(said.withheld.pk, "disagreed", "Chưa nạo vét hết.")], by=become("quang"), at=now
    )
    assert (done.kept, done.refused) == (1, ())
    assert Case.objects.get(pk=said.withheld.pk).state == "escalated"


def test_the_body_that_answered_may_not_write_down_the_word(said: Story, now: datetime) -> None:
    with pytest.raises(Denied):
        commands.record_words([Said(said.withheld.pk, "agreed")], by=become("minh"), at=now)
    assert signed_in("minh").get(reverse("words")).status_code == 403


def test_only_answered_items_without_a_word_wait_for_a_slip(said: Story) -> None:
    waiting = {case.pk for case in hearing.unheard(become("quang"))}
    assert waiting == {said.published.pk, said.withheld.pk}


def test_these_pages_cost_few_queries(said: Story) -> None:
    client = signed_in("quang")
    village = by_hand.villages(become("quang"), at=timezone.now())[0]
    for address in (
        reverse("words"),
        reverse("villages"),
        reverse("village_sheet", args=[village.key]),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        assert len(caught) <= 12, address


def test_a_slip_is_opened_by_the_code_printed_on_it(said: Story) -> None:
    client = signed_in("quang")
    page = client.get(reverse("words"), {"code": said.withheld.matter.code.lower()})
    assert [slip.case.pk for slip in page.context["round"].slips] == [said.withheld.pk]
    receipt = issue_receipt(said.published.carried.get().submission_id, at=timezone.now())
    page = client.get(reverse("words"), {"code": spoken(receipt.code)})
    assert [slip.case.pk for slip in page.context["round"].slips] == [said.published.pk]


def test_a_code_of_nothing_that_waits_says_so(said: Story) -> None:
    for code in (said.agreed.matter.code, "2611 4470 8163", "\0"):
        page = signed_in("quang").get(reverse("words"), {"code": code})
        assert page.status_code == 200
    page = signed_in("quang").get(reverse("words"), {"code": said.agreed.matter.code})
    assert page.context["round"].slips == ()
    assert "Không có phiếu nào mang mã này" in page.content.decode()


def test_slips_are_recorded_one_after_another_with_their_day_and_photo(said: Story) -> None:
    case = said.withheld
    one = case.carried.get().submission_id
    day = local_day(timezone.now())
    data = {
        "code": case.matter.code,
        f"{one}-word": "agreed",
        f"{one}-signed_on": day.isoformat(),
        f"{one}-photo": SimpleUploadedFile("slip.jpg", making.photo(), "image/jpeg"),
    }
    answer = signed_in("quang").post(reverse("words"), data)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("words")
    kept = PersonsWord.objects.get(case=case)
    assert kept.signed_on == day
    assert kept.slip is not None
    assert (kept.slip.about, kept.slip.public) == (case.pk, False)


def test_a_slip_signed_before_the_answer_is_refused_and_leaves_no_picture(
    said: Story, now: datetime
) -> None:
    early = local_day(now) - timedelta(days=400)
    one = Said(
        said.withheld.pk,
        "agreed",
        signed_on=early,
        photo=SimpleUploadedFile("slip.jpg", making.photo()),
    )
    done = commands.record_words([one], by=become("quang"), at=now)
    assert done.kept == 0
    assert done.refused[0].case == said.withheld.pk
    assert not Attachment.objects.filter(about=said.withheld.pk).exists()


def test_nobody_is_asked_again_who_has_given_their_word(said: Story, now: datetime) -> None:
    quang = become("quang")
    about = {row.about for row in by_hand.waiting_for(quang, at=timezone.now())}
    assert said.withheld.pk in about
    assert said.agreed.pk not in about
    commands.record_words([Said(said.withheld.pk, "agreed")], by=quang, at=now)
    about = {row.about for row in by_hand.waiting_for(quang, at=timezone.now())}
    assert said.withheld.pk not in about


def test_a_call_line_carries_the_telephone_given_meanwhile(said: Story) -> None:
    said.withheld.carried.get().submission.__class__.objects.filter(
        pk=said.withheld.carried.get().submission_id
    ).update(phone="0912000111")
    now = timezone.now()
    quang = become("quang")
    sheets = [
        by_hand.sheet(quang, village.key, at=now) for village in by_hand.villages(quang, at=now)
    ]
    lines = [person for sheet in sheets for person in sheet.people]
    assert any("0912000111" in line.address for line in lines if line.about == said.withheld.pk)
