"""Whatever happens to a matter in whatever order, these hold."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.law.derivation import derive
from doithoai.law.explanation import Derivation
from doithoai.law.timeline import Happening
from tests.law.story import HA_TINH, RECEIVED, VIET_NAM, timeline
from tests.law.words import VOCABULARY

EVENTS = sorted(
    event for event in VOCABULARY.events if event.startswith(("cases.", "docket.", "dialogues."))
)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "occasion": st.sampled_from(["dialogue", "letter", "web"]),
        "outcome": st.sampled_from(["settled", "partly", "scheduled"]),
        "other_procedure": st.sampled_from(["none", "complaint"]),
        "request": st.sampled_from([str(UUID(int=7)), str(UUID(int=8))]),
        "due_on": st.dates(date(2026, 7, 1), date(2026, 12, 31)).map(date.isoformat),
        "dialogue_day": st.dates(date(2026, 7, 1), date(2026, 12, 31)).map(date.isoformat),
        "history": st.booleans(),
        "party_head": st.booleans(),
        "reason": st.sampled_from(["complex", "other"]),
        "days": st.integers(1, 40),
    },
)


@st.composite
def histories(draw: st.DrawFn) -> list[Happening]:
    days = sorted(draw(st.lists(st.dates(date(2026, 7, 1), date(2027, 1, 31)), max_size=12)))
    return timeline([(day.isoformat(), draw(st.sampled_from(EVENTS)), draw(FACTS)) for day in days])


@settings(derandomize=True, deadline=None, max_examples=150)
@given(histories(), st.data())
def test_what_has_ended_stays_as_it_was_and_what_opened_stays_opened(
    history: list[Happening], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(history)))
    whole = derive(history, HA_TINH, VIET_NAM, procedure="recommendation", received=RECEIVED)
    again = derive(history, HA_TINH, VIET_NAM, procedure="recommendation", received=RECEIVED)
    part = derive(history[:cut], HA_TINH, VIET_NAM, procedure="recommendation", received=RECEIVED)
    assert whole == again
    assert [one.key for one in whole][: len(part)] == [one.key for one in part]
    assert len({one.key for one in whole}) == len(whole)
    later = {one.key: one for one in whole}
    for one in part:
        if one.ended_by is not None:
            assert later[one.key].ended_by == one.ended_by
            assert later[one.key].late == one.late


@settings(derandomize=True, deadline=None, max_examples=100)
@given(histories())
def test_every_derivation_survives_storage_and_can_be_said(history: list[Happening]) -> None:
    for one in derive(history, HA_TINH, VIET_NAM, procedure="x", received=RECEIVED):
        assert Derivation.from_json(one.derivation.to_json()) == one.derivation
        for language in ("vi", "en"):
            assert all(one.derivation.sentences(language))
