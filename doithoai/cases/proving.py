"""Whether what is said to be settled is settled with evidence: a document's number and date, or a
file.
"""

from django.db.models import Exists, OuterRef, Q

from doithoai.cases.models import Answer, Case
from doithoai.cases.workflow import Outcome

_DOCUMENT = ~Q(number="") & Q(signed_on__isnull=False)
_PROVING = Answer.objects.filter(_DOCUMENT | Q(evidence__isnull=False), outcome=Outcome.SETTLED)


def unproven(case: Case) -> bool:
    """Said to be settled, in a list for one, without any evidence. One query, if it is settled."""
    return case.outcome == Outcome.SETTLED and not _PROVING.filter(case=case.pk).exists()


def proven(case: str = "pk") -> Q:
    """An answer that says settled has its evidence; ``case`` is the column that names the case."""
    return Q(Exists(_PROVING.filter(case=OuterRef(case))))
