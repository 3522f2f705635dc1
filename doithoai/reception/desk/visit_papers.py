"""Forms of a visit and of an appointment, made for the reader and kept nowhere."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from doithoai.accounts.actors import Official
from doithoai.accounts.http import for_officials
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.files.form_queries import Made
from doithoai.files.http import handed_over
from doithoai.files.sniffing import DOCX, PDF
from doithoai.files.word_printing import printed
from doithoai.reception import policies, visit_papers
from doithoai.reception.queries import sessions, visits


@require_safe
@for_officials
def minutes(request: HttpRequest, actor: Official, visit: UUID, kind: str) -> HttpResponse:
    """The minutes of a reception, in Word or as PDF."""
    del request
    found = visits.visit(actor, visit)
    found.sealed = visits.hushed(found)
    require(policies.may_speak(actor, found))
    made = visit_papers.minutes(found, today=local_day(timezone.now()))
    return _given(made, kind, f"{found.number or ''} {found.year}")


@require_safe
@for_officials
def appointment(
    request: HttpRequest, actor: Official, code: str, appointment: UUID, kind: str
) -> HttpResponse:
    """The appointment slip, in Word or as PDF."""
    del request
    found = sessions.find(actor, code)
    asked = sessions.asked(actor, found, appointment)
    made = visit_papers.appointment(found, asked, today=local_day(timezone.now()))
    return _given(made, kind, code)


def _given(made: Made, kind: str, name: str) -> HttpResponse:
    title = f"{made.form.code} {name}".strip()
    if kind == "pdf":
        return handed_over(printed(made.data, title=made.form.vi), PDF, filename=title)
    return handed_over(made.data, DOCX, filename=title)
