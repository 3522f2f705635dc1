"""What the law wants done at once: duties that a first measure meets."""

from collections.abc import Iterable
from typing import Final

from doithoai.cases.events import Acted
from doithoai.cases.models import Case
from doithoai.docket import lawbook
from doithoai.docket.models import Obligation

MEASURE: Final = Acted.name


def first_measures(rows: Iterable[Obligation]) -> list[Obligation]:
    """Those of these duties that a first measure discharges."""
    versions = lawbook.rulebook().versions
    return [
        row
        for row in rows
        if row.kind == "duty"
        and any(MEASURE in rule.life.discharged for rule in versions.get(row.rule, ()))
    ]


def waits_for_a_measure(case: Case) -> bool:
    """Whether an urgent item has no first measure yet. No query where a page read its duties."""
    owed = [row for row in case.matter.obligations.all() if row.state == Obligation.State.OPEN]
    return case.urgent and bool(first_measures(owed))
