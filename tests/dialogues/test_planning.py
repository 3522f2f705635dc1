"""What is planned is changed: for the law, for the public, for whoever owes the next step."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import override

from doithoai.accounts.actors import Official
from doithoai.core.errors import Invalid
from doithoai.dialogues.commands import concluding, planning
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.workflow import State
from doithoai.docket.models import Obligation
from doithoai.ledger.models import Entry
from tests.dialogues.grounds import address, announced, committee, plan, signed_in, text

pytestmark = pytest.mark.django_db
STORM = "Bão số 9 đổ bộ vào tỉnh."


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


@pytest.fixture
def coming(now: datetime) -> datetime:
    """A dialogue nine days away: announced yesterday."""
    return (now + timedelta(days=9)).replace(minute=0, second=0, microsecond=0)


def planned(dialogue: Dialogue, chi: Official, **changes: object) -> planning.Plan:
    """The plan of a dialogue as it stands, but for what is changed."""
    words = {
        "title": dialogue.title,
        "kind": dialogue.kind,
        "starts_at": dialogue.starts_at,
        "venue": dialogue.venue,
        "chairs": (chi.post,),
        "party_head": dialogue.party_head,
        "commune_conference": dialogue.commune_conference,
        "other_regime": dialogue.other_regime,
        **changes,
    }
    return planning.Plan(host=committee().pk, **words)  # type: ignore[arg-type]  # the words of a test


def kinds(dialogue: Dialogue) -> list[str]:
    rows = Entry.objects.filter(matter=dialogue.pk).order_by("at", "id")
    return list(rows.values_list("kind", flat=True))


def still_owed(dialogue: Dialogue) -> set[str]:
    rows = Obligation.objects.filter(matter=dialogue.pk, state="open")
    return {rule.removeprefix("vn.") for rule in rows.values_list("rule", flat=True)}


ANNOUNCE = "commune_dialogue_conference.announce_time_place_content"
AGENDA = "party_dialogue_local_default.publish_agenda"


@pytest.mark.parametrize(
    "moved", [{"days": 1}, {"hours": 2}, {"venue": "Nhà văn hóa thôn Lạc Thọ"}], ids=str
)
def test_what_was_announced_is_not_moved_without_a_reason(
    minh: Official, chi: Official, now: datetime, coming: datetime, moved: dict[str, object]
) -> None:
    dialogue = announced(minh, chi, start=coming)
    changes = moved if "venue" in moved else {"starts_at": coming + timedelta(**moved)}  # type: ignore[arg-type]  # the words of a test
    with pytest.raises(Invalid, match="reason"):
        planning.change(dialogue.pk, planned(dialogue, chi, **changes), by=minh, at=now)
    dialogue.refresh_from_db()
    assert (dialogue.state, dialogue.starts_at) == (State.ANNOUNCED, coming)


def test_what_was_announced_and_moved_is_announced_again(
    minh: Official, chi: Official, now: datetime, coming: datetime
) -> None:
    dialogue = announced(minh, chi, start=coming)
    assert ANNOUNCE not in still_owed(dialogue)
    client = signed_in("minh")
    form = client.get(address(dialogue, "/change")).context["form"]
    facts = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    typed = {**facts, "on": (coming + timedelta(days=7)).date().isoformat(), "hour": "14:00"}
    assert "reason" in text(client.post(address(dialogue, "/change"), typed))
    page = text(client.post(address(dialogue, "/change"), {**typed, "reason": STORM}, follow=True))
    assert "Announce it again." in page
    dialogue.refresh_from_db()
    assert dialogue.state == State.PLANNED
    assert ANNOUNCE in still_owed(dialogue)
    client.post(address(dialogue, "/announce"))
    dialogue.refresh_from_db()
    assert dialogue.state == State.ANNOUNCED
    assert ANNOUNCE not in still_owed(dialogue)


def test_a_new_day_keeps_the_public_page_and_its_poster_without_the_day(
    minh: Official, chi: Official, now: datetime, coming: datetime
) -> None:
    dialogue = announced(minh, chi, start=coming)
    public, desk = f"/dialogues/{dialogue.matter.code}/", signed_in("minh")
    planning.postpone(dialogue.pk, reason=STORM, by=minh, at=now)
    later = coming + timedelta(days=30)
    planning.reschedule(dialogue.pk, starts_at=later, by=minh, at=now)
    reader = Client(headers={"accept-language": "en"})
    page, poster = reader.get(public), reader.get(public + "poster")
    assert (page.status_code, poster.status_code) == (200, 200)
    for shown in (text(page), text(poster), text(reader.get("/dialogues/"))):
        assert "announced" in shown
        assert f"{later:%d/%m/%Y}" not in shown
    assert STORM in text(page)
    assert "Why it was set anew: " + STORM in text(desk.get(address(dialogue)))
    planning.announce(dialogue.pk, by=minh, at=now)
    assert STORM not in text(desk.get(address(dialogue)))
    assert STORM not in text(reader.get(public))
    assert f"{later:%d/%m/%Y}" in text(reader.get(public))


def test_a_dialogue_set_anew_before_the_stamp_was_kept_gets_it_from_its_entry(
    minh: Official, chi: Official, now: datetime, coming: datetime
) -> None:
    dialogue = announced(minh, chi, start=coming)
    planning.reschedule(dialogue.pk, starts_at=coming + timedelta(days=3), by=minh, at=now)
    Dialogue.objects.update(first_announced_at=None)
    kept = import_module("doithoai.dialogues.migrations.0006_first_announced_kept")
    with connection.cursor() as cursor:
        cursor.execute(kept.FILL)
    entry = Entry.objects.get(matter=dialogue.pk, kind="dialogues.announced")
    dialogue.refresh_from_db()
    assert dialogue.first_announced_at == entry.at


def test_what_was_never_announced_is_not_public_after_a_new_day(
    minh: Official, chi: Official, now: datetime, coming: datetime
) -> None:
    dialogue = plan(minh, chi, start=coming)
    planning.reschedule(dialogue.pk, starts_at=coming + timedelta(days=3), by=minh, at=now)
    assert Client().get(f"/dialogues/{dialogue.matter.code}/").status_code == 404


def test_every_change_is_entered_with_the_day_and_what_it_counts_for(
    minh: Official, chi: Official, now: datetime, coming: datetime
) -> None:
    dialogue = announced(minh, chi, start=coming)
    planning.change(dialogue.pk, planned(dialogue, chi, agenda="Rác thải"), by=minh, at=now)
    entry = Entry.objects.get(matter=dialogue.pk, kind="dialogues.changed")
    assert entry.data == {
        "dialogue_day": coming.astimezone().date().isoformat(),
        "party_head": True,
        "commune_conference": True,
        "other_regime": False,
    }
    assert kinds(dialogue)[-1] == "dialogues.changed"
    assert ANNOUNCE not in still_owed(dialogue)


def test_before_it_is_announced_the_duties_follow_what_it_counts_for(
    minh: Official, chi: Official, now: datetime, coming: datetime
) -> None:
    dialogue = plan(minh, chi, start=coming, party_head=False)
    assert still_owed(dialogue) == {ANNOUNCE, "dialogue.hold"}
    other = planned(dialogue, chi, party_head=True, commune_conference=False)
    planning.change(dialogue.pk, other, by=minh, at=now)
    assert still_owed(dialogue) == {AGENDA, "dialogue.hold"}
    dialogue.refresh_from_db()
    planning.change(dialogue.pk, planned(dialogue, chi, title="Khác"), by=minh, at=now)
    assert kinds(dialogue).count("dialogues.counted_anew") == 1


def test_the_conclusion_is_owed_by_what_it_counted_for_in_the_end(
    minh: Official, chi: Official, now: datetime
) -> None:
    start = now - timedelta(hours=3)
    dialogue = announced(minh, chi, start=start, party_head=False)
    changed = planned(dialogue, chi, party_head=True, commune_conference=False)
    planning.change(dialogue.pk, changed, by=minh, at=start - timedelta(hours=1))
    concluding.hold(dialogue.pk, concluding.Held(60), by=minh, at=now)
    assert still_owed(dialogue) == {"party_dialogue_local_default.issue_conclusion_notice"}
