"""Steps and decisions: a yes, or a no with its reason."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from doithoai.core import errors
from doithoai.core.days import local_day
from doithoai.core.decisions import YES, no, require
from doithoai.core.errors import Denied, Invalid, WrongState
from doithoai.core.events import Event, event, fact_types, plain
from doithoai.core.workflow import step

ANSWER = step("answer", ["routed", "reopened"], "answered")
NOTE = step("note", ["routed"], None)


def test_a_step_moves_from_its_sources_to_its_target() -> None:
    thing = SimpleNamespace(state="reopened")
    ANSWER.take(thing)
    assert thing.state == "answered"


def test_a_step_without_a_target_leaves_the_thing_where_it_is() -> None:
    thing = SimpleNamespace(state="routed")
    NOTE.take(thing)
    assert thing.state == "routed"


def test_a_step_from_elsewhere_is_refused_with_a_sentence_and_moves_nothing() -> None:
    thing = SimpleNamespace(state="answered")
    with pytest.raises(WrongState) as refused:
        ANSWER.take(thing)
    assert refused.value.message == ANSWER.fits(thing).reason
    assert thing.state == "answered"


def test_the_same_check_serves_the_button_and_the_command() -> None:
    assert ANSWER.fits(SimpleNamespace(state="routed"))
    assert not ANSWER.fits(SimpleNamespace(state="closed"))


def test_a_no_carries_its_reason_to_the_person() -> None:
    with pytest.raises(Denied) as refused:
        require(no("Only the office that has it."))
    assert refused.value.message == "Only the office that has it."
    require(YES)


def test_a_yes_and_a_no_is_the_no() -> None:
    assert (YES and no("x")).reason == "x"
    assert (no("first") and YES).reason == "first"


def test_each_refusal_names_the_status_its_page_answers_with() -> None:
    classes = [c for c in vars(errors).values() if isinstance(c, type)]
    statuses = {c.__name__: c.status for c in classes if issubclass(c, errors.DomainError)}
    assert statuses == {
        "DomainError": 400, "Invalid": 400, "NotFound": 404, "Denied": 403, "WrongState": 409,
        "Stale": 409, "TooMany": 429,
    }  # fmt: skip
    assert Invalid("x", context={"a": "b"}).context == {"a": "b"}


def test_a_day_is_where_people_live() -> None:
    assert local_day(datetime(2026, 7, 14, 17, 30, tzinfo=UTC)) == date(2026, 7, 15)


def test_an_event_holds_plain_facts_only() -> None:
    @event("core_test.happened")
    class Happened(Event):
        """Something happened."""

        number: int
        day: date | None = None

    assert Happened(3, date(2026, 7, 15)).facts() == {"number": 3, "day": "2026-07-15"}
    assert fact_types(Happened) == {"number": "int", "day": "date"}
    with pytest.raises(TypeError):
        plain(["a", "list"])
