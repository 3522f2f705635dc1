"""A dialogue put off or called off: its pages and its poster tell the news, not the old day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from doithoai.accounts.actors import Official
from doithoai.dialogues.commands import concluding, planning
from doithoai.dialogues.models import Dialogue
from tests.dialogues.grounds import address, announced, held, plan, signed_in, text, worded

pytestmark = pytest.mark.django_db
REASON = "Bão số 9 đổ bộ, hoãn để bảo đảm an toàn."
SOON = timedelta(days=20)


@pytest.fixture
def put_off(minh: Official, chi: Official) -> Dialogue:
    found = announced(minh, chi, start=datetime.now(UTC) + SOON)
    return planning.postpone(found.pk, reason=REASON, by=minh, at=datetime.now(UTC))


def public(dialogue: Dialogue, rest: str = "") -> str:
    client = Client(headers={"accept-language": "en"})
    return text(client.get(f"/dialogues/{dialogue.matter.code}/{rest}"))


def test_the_poster_tells_that_it_is_put_off_and_invites_to_no_day(put_off: Dialogue) -> None:
    poster = public(put_off, "poster")
    assert REASON in poster
    assert "Was set for <s>" in poster
    assert "send a question beforehand" not in poster


def test_the_public_page_strikes_the_old_day_out(put_off: Dialogue) -> None:
    page = public(put_off)
    assert REASON in page
    assert "<s>" in page
    assert "The new day is announced here" in page


def test_a_called_off_dialogue_is_not_listed_as_held(put_off: Dialogue, minh: Official) -> None:
    planning.cancel(put_off.pk, reason=REASON, by=minh, at=datetime.now(UTC))
    page = text(Client(headers={"accept-language": "en"}).get("/dialogues/"))
    assert "Held or called off" in page
    assert REASON in public(put_off, "poster")


def test_the_clerk_is_told_why_nothing_is_taken_down_meanwhile(put_off: Dialogue) -> None:
    page = text(signed_in("minh").get(address(put_off)))
    assert "not while the dialogue is put off or cancelled" in page
    assert "Poster with its QR code" in page


def main_button(client: Client, dialogue: Dialogue) -> str:
    """What stands first on the page of a dialogue."""
    shown = client.get(address(dialogue)).context["buttons"].now
    [first] = [each for each in shown if each.primary] or [None]
    return str(first.label) if first else ""


def test_each_state_offers_first_what_it_asks_for(minh: Official, chi: Official) -> None:
    clerk, head = signed_in("minh"), signed_in("chi")
    planned = plan(minh, chi, start=datetime.now(UTC) + SOON)
    assert main_button(clerk, planned) == "Announce the dialogue"
    planning.announce(planned.pk, by=minh, at=datetime.now(UTC))
    assert main_button(clerk, planned) == "Take down what is said"
    over = held(minh, chi)
    assert main_button(clerk, over) == "Word the conclusion notice"
    paper = worded(over, minh, at=datetime.now(UTC))
    assert main_button(head, over) == "Approve the wording of the conclusion"
    concluding.approve_conclusion(over.pk, document=paper.pk, by=chi, at=datetime.now(UTC))
    assert main_button(clerk, over) == "Record the signed conclusion notice"


def test_what_cannot_be_done_now_is_folded_away_with_its_reason(
    minh: Official, chi: Official
) -> None:
    page = text(signed_in("minh").get(address(held(minh, chi))))
    folded = page[page.index("Not now, and why") :]
    assert "Record the signed conclusion notice first." in folded


def test_gaps_in_the_wording_are_told_before_it_is_approved(minh: Official, chi: Official) -> None:
    over = held(minh, chi)
    concluding.draft_conclusion(
        over.pk, text="Giao … chủ trì.", docx=b"", by=minh, at=datetime.now(UTC)
    )
    assert "still has gaps" in text(signed_in("chi").get(address(over, "/conclusion/approve")))


def test_slips_for_nobody_are_said_to_be_for_nobody(minh: Official, chi: Official) -> None:
    page = text(signed_in("minh").get(address(held(minh, chi), "/slips")))
    assert "There is nobody to hand a slip to yet." in page
