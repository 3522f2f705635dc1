"""A complaint accepted turns out to be a denunciation, and the other way: what is owed follows."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.commands.petitions import deciding, sorting
from doithoai.cases.commands.petitions.deciding import Acceptance
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied
from doithoai.docket import lawbook, projection
from doithoai.docket.models import Obligation, Party
from tests.cases.reaching import culture
from tests.conftest import become
from tests.journeys.test_petitions import _do, registered, steps

pytestmark = pytest.mark.django_db
ORDINARY = ("recommendation", "reflection")
KINDS = (*ORDINARY, "complaint", "denunciation", "denunciation_info", "party_matter")
PATHS = {
    State.CLASSIFIED: (),
    State.RETURNED: ("offer", "return"),
    State.ROUTED: ("offer", "accept"),
    State.ADMITTED: ("examine", "admit"),
}
ADMITTED = [("complaint", State.ADMITTED), ("denunciation", State.ADMITTED)]
OTHERS = [(was, s) for was in ("complaint", "recommendation") for s in list(PATHS)[:3]]
WALKS = [(was, s, kind) for was, s in (*ADMITTED, *OTHERS) for kind in KINDS if kind != was]


def nature(kind: str, competence: str = "own") -> Nature:
    instance = "first" if kind == "complaint" else ""
    about = (culture().pk,)
    return Nature(kind, "other", instance=instance, competence=competence, respondents=about)


def in_state(was: str, state: State, moment: datetime, minh: Official) -> Case:
    """A petition of the kind, brought into the state by commands."""
    when = steps(moment)
    case = registered(moment).taken.case
    sorting.sort(
        case.pk, nature(was, "own" if state == State.ADMITTED else "other"), by=minh, at=next(when)
    )
    for name in PATHS[state]:
        _do(name, Case.objects.select_related("matter").get(pk=case.pk), minh, next(when))
    return Case.objects.get(pk=case.pk)


def running(case: Case) -> set[str]:
    """What is open or paused, alarms too."""
    rows = Obligation.objects.filter(matter=case.pk, state__in=["open", "paused"])
    return set(rows.values_list("rule", flat=True))


@pytest.mark.parametrize(("was", "state", "kind"), WALKS)
def test_no_state_after_a_conversion_is_without_a_clock_of_the_new_procedure(
    minh: Official, was: str, state: State, kind: str
) -> None:
    at = timezone.now() - timedelta(days=6)
    case = in_state(was, state, at, minh)
    assert case.state == state
    holder = become("nong") if state == State.ROUTED else minh
    later = at + timedelta(days=2)
    sorting.convert(case.pk, nature(kind), why="Nội dung khác", by=holder, at=later)
    case = Case.objects.select_related("matter").get(pk=case.pk)
    assert (case.state, case.matter.procedure) == (State.CLASSIFIED, kind)
    book = lawbook.rulebook()
    of_kind = [r for r in running(case) if any(v.of(kind) for v in book.versions[r])]
    assert set(of_kind) == running(case)
    clocks = Obligation.objects.filter(matter=case.pk, state="open").exclude(kind="alarm")
    begun = clocks if {was, kind} == set(ORDINARY) else clocks.filter(opened_at=later)
    assert begun.exists()
    assert not _changed(case)


def _changed(case: Case) -> object:
    """What deriving from nothing would store otherwise."""
    parties = list(Party.objects.filter(matter=case.pk).order_by("since", "id"))
    found = projection.compared(case.matter, projection.timeline(case.pk), parties)
    return found.begun or found.gone


def test_what_was_accepted_as_a_complaint_is_accepted_anew_as_a_denunciation(
    minh: Official,
) -> None:
    at = timezone.now() - timedelta(days=6)
    case = in_state("complaint", State.ADMITTED, at, minh)
    later = at + timedelta(days=2)
    assert "vn.complaint.settle_first" in running(case)
    sorting.convert(case.pk, nature("denunciation"), why="Tố cáo cán bộ", by=minh, at=later)
    settle = Obligation.objects.get(matter=case.pk, rule="vn.complaint.settle_first")
    assert (settle.state, settle.late) == ("closed", False)
    assert "vn.denunciation.register_classify_verify_identity" in running(case)
    assert "vn.denunciation.settle" not in running(case)
    assert Case.objects.get(pk=case.pk).accepted_on is None
    taken = Acceptance(local_day(later))
    with pytest.raises(Denied):  # its conditions are others: they are looked at again
        deciding.admit(case.pk, taken, by=minh, at=later + timedelta(hours=1))
    deciding.examine(case.pk, by=minh, at=later + timedelta(hours=1))
    deciding.admit(case.pk, taken, by=minh, at=later + timedelta(hours=2))
    owed = Obligation.objects.get(matter=case.pk, rule="vn.denunciation.settle", state="open")
    assert owed.derivation["start"] == local_day(later).isoformat()
