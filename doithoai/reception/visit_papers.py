"""Forms of a visit filled in from the register: receipt (02/TCD), minutes, appointment slip, notice
of refusal (01/TCD). Papers speak the language of the office, whatever language the clerk reads in.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from doithoai.core.errors import NotFound
from doithoai.files.facts import Facts
from doithoai.files.form_queries import Made, made, own
from doithoai.files.signing import headed
from doithoai.reception.models import Appointment, Person, Session, Visit
from doithoai.reception.queries.sessions import Refused
from doithoai.theme.formatting import day, moment
from doithoai.units.models import Body


def receipt(visit: Visit, *, today: date) -> Made:
    """The receipt for documents (form 02/TCD); signed by both sides by hand."""
    return _made("papers_received", visit.body, _visited(visit), today)


def minutes(visit: Visit, *, today: date) -> Made:
    """The minutes of a reception: who, what was said, what is asked, the answer."""
    return _made("reception_minutes", visit.body, _visited(visit), today)


def refusal(found: Refused, *, today: date) -> Made:
    """The notice of refusal (form 01/TCD): ground, article, what can be done."""
    visit = found.visit
    facts = _of_person(visit.person if visit else None) | {
        "visit_at": day(found.matter.received_on),
        "content": _bare(visit.summary) if visit else "",
        "ground": _bare(found.ground.label(settings.LANGUAGE_CODE)),
        "article": found.ground.article,
        "explanation": found.refusal.explained,
    }
    return _made("reception_refused", found.matter.body, Facts(**facts), today)


def appointment(session: Session, asked: Appointment, *, today: date) -> Made:
    """The appointment slip of somebody who asked to be received. Raises NotFound unless it was
    given.
    """
    if asked.answer != "given":
        raise NotFound("")
    facts = Facts(
        person_name=asked.name,
        content=_bare(asked.about),
        appointment_at=moment(session.starts_at),
        appointment_place=session.venue,
        explanation=asked.reason,
        contact=session.receiver.title,
    )
    return _made("appointment", session.host, facts, today)


def conclusion(session: Session, text: str) -> Made | None:
    """The conclusion notice from an administrator's own template, where there is one."""
    on = session.held_on or session.day
    facts = Facts(
        answer=text,
        visit_at=day(on),
        venue=session.venue,
        received_by=session.received_by_name,
    )
    with override(settings.LANGUAGE_CODE):
        return own("reception_conclusion", headed(session.host, today=on), facts)


def _made(code: str, body: Body, facts: Facts, today: date) -> Made:
    with override(settings.LANGUAGE_CODE):
        return made(code, headed(body, today=today), facts)


def _visited(visit: Visit) -> Facts:
    when: datetime = timezone.localtime(visit.received_at or visit.arrived_at)
    papers = [line.strip() for line in visit.papers.splitlines() if line.strip()]
    facts = _of_person(visit.person) | {
        "people": str(visit.people) if visit.people > 1 else "",
        "received_on": day(when),
        "visit_at": day(when),
        "visit_number": f"{visit.number}/{visit.year}" if visit.number else "",
        "venue": visit.session.venue if visit.session else visit.body.name,
        "received_by": _receiver(visit),
        "content": visit.summary,
        "papers": "\n".join(f"{n}. {words}" for n, words in enumerate(papers, 1)),
        "answer": visit.outcome,
        "due_on": day(visit.due_on) if visit.due_on else "",
        "contact": visit.contact,
    }
    return Facts(**facts)


def _receiver(visit: Visit) -> str:
    """A head's session is received by the head, whoever called the number."""
    if visit.session and visit.session.by_head:
        return visit.session.receiver.title
    return visit.received_by.title if visit.received_by else ""


def _of_person(person: Person | None) -> dict[str, str]:
    if person is None:
        return {}
    return {
        "person_name": person.name,
        "person_address": person.address,
        "person_identity": person.number,
    }


def _bare(words: str) -> str:
    """A full stop follows in the form."""
    return words.strip().rstrip(". ")
