"""Another body takes a matter over: what counts from receipt counts from its own day; by which
version of the law is judged, and what the former body owed, does not change.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from doithoai.law.vocabulary import Vocabulary
from tests.law.story import SMALL, book, derived, duty

VOCABULARY = Vocabulary(
    {**SMALL.events, "taken_over": {"registered_on": "date"}, "sorted": {}}, SMALL.roles
)
STEPS = [
    ("2026-06-30", "asked", {}),
    ("2026-07-02", "taken_over", {"registered_on": "2026-07-02"}),
    ("2026-07-03", "sorted", {}),
]
OPENS = '["asked", "sorted"]'
DAYS = '{ days = 10, count = "calendar" }'
CAME_IN = date(2026, 6, 30)


def test_who_takes_it_over_owes_from_the_day_it_registered_it(tmp_path: Path) -> None:
    rule = duty(opens_on=OPENS, counted_from='"received"', within=DAYS, closed_by='["taken_over"]')
    former, latter = derived(book(tmp_path, rule, vocabulary=VOCABULARY), STEPS, CAME_IN)
    assert (former.state, former.due_on) == ("closed", date(2026, 7, 10))
    assert (latter.state, latter.due_on) == ("open", date(2026, 7, 13))  # 12 July is a Sunday
    assert latter.derivation.start == date(2026, 7, 2)


def test_what_is_judged_by_receipt_is_judged_by_the_day_the_person_brought_it(
    tmp_path: Path,
) -> None:
    old = duty(opens_on='"sorted"', in_force="{ to = 2026-06-30 }", applies='"received"')
    new = duty(opens_on='"sorted"', in_force="{ from = 2026-07-01 }", applies='"received"')
    rules = book(tmp_path, old, new, vocabulary=VOCABULARY)
    (found,) = derived(rules, STEPS, CAME_IN)
    assert found.in_force_from is None
    (later,) = derived(rules, STEPS, date(2026, 7, 1))
    assert later.in_force_from == date(2026, 7, 1)


def test_the_last_body_that_took_it_over_counts(tmp_path: Path) -> None:
    rule = duty(opens_on='"sorted"', counted_from='"received"', within=DAYS)
    steps = [*STEPS[:2], ("2026-07-06", "taken_over", {"registered_on": "2026-07-06"}),
             ("2026-07-06", "sorted", {})]  # fmt: skip
    (found,) = derived(book(tmp_path, rule, vocabulary=VOCABULARY), steps, CAME_IN)
    assert found.derivation.start == date(2026, 7, 6)
