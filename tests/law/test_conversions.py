"""A petition goes on as another kind: the former procedure owes no more, the new one begins."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest

from doithoai.law import rulebooks
from doithoai.law.derivation import Owed, derive
from doithoai.law.rulebooks import RulebookError
from tests.law.story import HA_TINH, VIET_NAM, Step, timeline
from tests.law.words import VOCABULARY

ORDINARY = ("recommendation", "reflection")
SETTLED = ("complaint", "denunciation")
KINDS = (*ORDINARY, *SETTLED, "denunciation_info", "party_matter")
# Which rule begins each procedure once more.
BEGINS = {
    "recommendation": "recommendation.route",
    "reflection": "recommendation.route",
    "complaint": "complaint.accept_first",
    "denunciation": "denunciation.register_classify_verify_identity",
    "denunciation_info": "petition_handling.look_into_information",
    "party_matter": "petition_handling.pass_on_party_matter",
}
REQUEST, BODY = str(UUID(int=7)), str(UUID(int=9))
ASKED = {"body": BODY, "request": REQUEST}
CAME: Step = ("2026-07-13", "cases.received", {"occasion": "letter", "history": False})


def classified(kind: str) -> Step:
    instance = "first" if kind == "complaint" else None
    facts = {"kind": kind, "other_procedure": "none", "instance": instance, "competence": "own"}
    return ("2026-07-14", "cases.classified", facts)


def converted(was: str, kind: str, day: str = "2026-08-03", competence: str = "own") -> Step:
    instance = "first" if kind == "complaint" else None
    facts = {"kind": kind, "was": was, "instance": instance, "competence": competence}
    return (day, "cases.converted", facts)


def admitted(day: str) -> Step:
    facts = {"accepted_on": day, "remote_area": False, "complexity": "normal"}
    return (day, "cases.admitted", facts)


def routed(kind: str) -> list[Step]:
    if kind in ORDINARY:
        return [("2026-07-15", "cases.routed", {"body": BODY})]
    took: Step = ("2026-07-16", "cases.accepted", ASKED)
    return [("2026-07-15", "cases.offered", ASKED), took]


def paths(kind: str) -> dict[str, list[Step]]:
    """How a petition of the kind comes into each state that may be converted."""
    offered: Step = ("2026-07-15", "cases.offered", ASKED)
    returned: Step = ("2026-07-16", "cases.returned", {**ASKED, "times": 1})
    taken: dict[str, list[Step]] = {"admitted": [admitted("2026-07-17")]}
    again: list[Step] = [
        *routed(kind), ("2026-07-17", "cases.answered", {"outcome": "partly"}),
        ("2026-07-20", "cases.disputed", {}), ("2026-07-21", "cases.reopened", {}),
    ]  # fmt: skip
    return {
        "classified": [],
        "returned": [offered, returned],
        "routed": routed(kind),
        **(taken if kind in SETTLED else {"taken up again": again}),
    }


WALKS = [(was, kind, path) for was, kind in permutations(KINDS, 2) for path in paths(was)]


def owed(steps: list[Step], procedure: str) -> list[Owed]:
    found = derive(
        timeline(steps), HA_TINH, VIET_NAM, procedure=procedure, received=date(2026, 7, 13)
    )
    return list(found)


def running(found: list[Owed]) -> dict[str, Owed]:
    return {one.rule.removeprefix("vn."): one for one in found if one.state in {"open", "paused"}}


@pytest.mark.parametrize(("was", "kind", "path"), WALKS)
def test_after_a_conversion_only_the_new_procedure_has_clocks_and_it_has_one(
    was: str, kind: str, path: str
) -> None:
    steps = [CAME, classified(was), *paths(was)[path]]
    assert running(owed(steps, was)), "no state without a clock before"
    found = running(owed([*steps, converted(was, kind)], kind))
    assert not [name for name in found if not _of(name, kind)]
    assert kind in ORDINARY or not [name for name in found if name.startswith("recommendation.")]
    assert BEGINS[kind] in found


def _of(rule: str, procedure: str) -> bool:
    return any(version.of(procedure) for version in HA_TINH.versions[f"vn.{rule}"])


@pytest.mark.parametrize(("was", "kind"), [SETTLED, SETTLED[::-1]])
def test_what_was_admitted_is_closed_unfulfilled_and_admitted_anew(was: str, kind: str) -> None:
    steps = [CAME, classified(was), admitted("2026-07-17"), converted(was, kind)]
    settle = {"complaint": "vn.complaint.settle_first", "denunciation": "vn.denunciation.settle"}
    found = {one.rule: one for one in owed(steps, kind)}
    assert (found[settle[was]].state, found[settle[was]].late) == ("closed", False)
    assert settle[kind] not in found
    again = {one.rule: one for one in owed([*steps, admitted("2026-08-05")], kind)}
    assert (again[settle[kind]].state, again[settle[kind]].due_on) == ("open", date(2026, 9, 4))
    assert again[f"vn.{BEGINS[kind]}"].state == "discharged"


def test_the_clocks_of_the_new_procedure_count_from_the_day_it_came_in() -> None:
    steps = [CAME, classified("complaint"), admitted("2026-07-17")]
    steps.append(converted("complaint", "denunciation", "2026-07-20"))
    (first,) = running(owed(steps, "denunciation")).values()
    assert (first.derivation.start, first.due_on) == (date(2026, 7, 13), date(2026, 7, 22))


def test_a_conversion_to_what_another_body_settles_owes_its_transfer() -> None:
    steps = [CAME, classified("complaint"), admitted("2026-07-17")]
    steps.append(converted("complaint", "denunciation", competence="other"))
    found = running(owed(steps, "denunciation"))
    assert "denunciation.transfer_out_of_competence" in found


def test_converted_there_and_back_it_is_admitted_once_more() -> None:
    steps = [CAME, classified("complaint"), admitted("2026-07-17")]
    steps.append(converted("complaint", "recommendation", "2026-07-20"))
    steps += [("2026-07-21", "cases.routed", {"body": BODY})]
    mid = running(owed(steps, "recommendation"))
    assert set(mid) == {"recommendation.answer"}
    steps.append(converted("recommendation", "complaint", "2026-07-22"))
    back = running(owed(steps, "complaint"))
    assert "complaint.accept_first" in back
    assert "recommendation.answer" not in back


def test_the_date_of_an_answer_does_not_start_again_between_recommendation_and_reflection() -> None:
    steps = [CAME, classified("recommendation"), *routed("recommendation")]
    before = running(owed(steps, "recommendation"))["recommendation.answer"]
    steps.append(converted("recommendation", "reflection", "2026-07-20"))
    steps.append(("2026-07-21", "cases.routed", {"body": BODY}))
    after = running(owed(steps, "reflection"))["recommendation.answer"]
    assert (after.key, after.due_on) == (before.key, before.due_on)


@pytest.mark.parametrize("kind", KINDS)
def test_a_petition_taken_up_again_has_a_clock_of_its_own(kind: str) -> None:
    steps = [CAME, classified(kind), ("2026-07-20", "cases.archived", {})]
    again = running(owed([*steps, ("2026-07-27", "cases.reopened", {})], kind))
    of_ours = "recommendation.answer_again" if kind in ORDINARY else "petition_handling.take_up"
    assert any(name.startswith(of_ours) for name in again)
    assert not [name for name in again if not _of(name, kind)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ('event = "cases.turned"\nout_of = "was"', "cases.turned: unknown event cases.turned"),
        ('event = "cases.converted"\nout_of = "from"', "it does not state the fact from"),
        ('event = "cases.converted"\nout_of = "was"\nundoes = ["x"]', "unknown event x"),
        ('event = "cases.converted"\nout_of = "was"\ninto = "kind"', "unknown field: into"),
    ],
)
def test_a_conversion_that_cannot_be_is_refused_at_load(
    tmp_path: Path, words: str, reason: str
) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(f"[[conversion]]\n{words}\n", encoding="utf-8")
    with pytest.raises(RulebookError, match=reason):
        rulebooks.load([path], VOCABULARY)
