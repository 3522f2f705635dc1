"""Reception days, the people who came, each visit, and the numbers of the register.

Visits, persons, matters and groups are counted apart (Circular 06/2025/TT-TTCP, form 01/TCD): a
visit is a row of ``Visit``, a person a row of ``Person``, a matter a ``docket.Matter`` raised in a
visit, a group a visit of five people or more.
"""

from doithoai.reception.kinds import (
    CONNECTED,
    DECLINED,
    GIVEN,
    LARGE,
    MIXED,
    SILENT,
    Deputy,
    Form,
    Identity,
    Kind,
)
from doithoai.reception.models.sessions import Prepared, Session, SessionQuerySet
from doithoai.reception.models.visits import (
    Appointment,
    Person,
    Raised,
    Refusal,
    Visit,
    VisitQuerySet,
)

__all__ = [
    "CONNECTED",
    "DECLINED",
    "GIVEN",
    "LARGE",
    "MIXED",
    "SILENT",
    "Appointment",
    "Deputy",
    "Form",
    "Identity",
    "Kind",
    "Person",
    "Prepared",
    "Raised",
    "Refusal",
    "Session",
    "SessionQuerySet",
    "Visit",
    "VisitQuerySet",
]
