"""One dialogue may meet several duties; wherever it is counted, it is counted once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from doithoai.accounts.actors import Official
from doithoai.dialogues.commands import concluding
from doithoai.dialogues.models import Dialogue
from doithoai.docket.models import Obligation
from doithoai.duties.models import Duty, Met
from doithoai.ledger.models import Entry
from tests.conftest import become
from tests.dialogues.grounds import START, announced, text
from tests.dialogues.grounds import signed_in as in_english

pytestmark = pytest.mark.django_db
YEARLY = "vn.commune_dialogue_conference.hold"


@pytest.fixture
def both(minh: Official, chi: Official) -> Dialogue:
    """Two heads in the chair, the Party's dialogue and the commune's conference in one, held."""
    found = announced(
        minh,
        chi,
        chairs=(chi.post, become("due").post),
        party_head=True,
        commune_conference=True,
        other_regime="Quy chế dân chủ ở cơ sở 10/2022/QH15",
    )
    present = tuple(found.chairs.values_list("pk", flat=True))
    at = START + timedelta(hours=4)
    return concluding.hold(found.pk, concluding.Held(120, present), by=minh, at=at)


def test_its_page_names_every_regime_it_counts_for(both: Dialogue) -> None:
    page = text(in_english("minh").get(reverse("dialogue", args=[both.matter.code])))
    assert "Direct dialogue of the head with the people" in page
    assert "Yearly conference of the commune with the people" in page
    assert "Quy chế dân chủ ở cơ sở 10/2022/QH15" in page


def test_each_regime_asks_for_its_own_acts_and_the_day_is_owed_once(both: Dialogue) -> None:
    rules = list(Obligation.objects.filter(matter=both.pk).values_list("rule", flat=True))
    assert rules.count("vn.dialogue.hold") == 1
    # A further regime takes nothing away from what the law asks of the conference.
    assert rules.count("vn.commune_dialogue_conference.announce_time_place_content") == 1
    assert rules.count("vn.commune_dialogue_conference.publish_results") == 1
    assert Entry.objects.filter(matter=both.pk, kind="dialogues.held").count() == 1


def test_it_meets_the_yearly_duty_of_each_chair_once(both: Dialogue, chi: Official) -> None:
    assert Met.objects.filter(about=both.pk).count() == 2
    for post in (chi.post, become("due").post):
        duty = Duty.objects.get(post=post, rule=YEARLY)
        assert (duty.state, duty.met.count()) == ("met", 1)
    duty = Duty.objects.get(post=chi.post, rule=YEARLY)
    page = text(in_english("chi").get(reverse("duty", args=[duty.matter.code])))
    assert page.count(reverse("dialogue", args=[both.matter.code])) == 1


def test_the_reports_count_it_once(both: Dialogue) -> None:
    chi = in_english("chi")
    listed = chi.get(reverse("reports")).context["listed"].dialogues
    assert [held.dialogue.pk for held in listed] == [both.pk]
    asked = {"body": str(both.host_id), "period": "year", "day": "2026-07-15"}
    rows = chi.get(reverse("head_report_rows", args=["dialogues"]), asked)
    assert rows.status_code == 200
    assert text(rows).count(f">{both.matter.code}<") == 1


def test_the_public_list_shows_it_once(both: Dialogue) -> None:
    page = text(in_english("lien").get(reverse("dialogues")))
    assert page.count(reverse("dialogue_public", args=[both.matter.code])) == 1
