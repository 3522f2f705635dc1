"""Forms of a visit filled in from the register: receipt (02/TCD), minutes, appointment slip, notice
of refusal (01/TCD). Papers speak the language of the office, whatever language the clerk reads in.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.accounts.models import Post
from doithoai.accounts.queries import holders
from doithoai.core.days import local_day
from doithoai.core.errors import NotFound
from doithoai.files.facts import Facts
from doithoai.files.form_queries import Made, made, own
from doithoai.files.signing import headed
from doithoai.reception.models import Appointment, Session, Visit
from doithoai.reception.queries.groups import who_came
from doithoai.reception.queries.sessions import Refused
from doithoai.reception.queries.visits import hushed
from doithoai.theme.formatting import day, moment
from doithoai.units.models import Body


def receipt(visit: Visit, *, today: date) -> Made:
    """The receipt for documents (form 02/TCD); signed by both sides by hand."""
    return _made("papers_received", visit.body, _spoken(visit), today)


def minutes(visit: Visit, *, today: date) -> Made:
    """The minutes of a reception: who, what was said, what is asked, the answer; of a head's
    session, with room for what the members say.
    """
    by_head = visit.session is not None and visit.session.by_head
    code = "head_reception_minutes" if by_head else "reception_minutes"
    return _made(code, visit.body, _spoken(visit), today)


def refusal(found: Refused, *, today: date) -> Made:
    """The notice of refusal (form 01/TCD): ground, article, what can be done. Of a visit kept
    sealed it names nobody and repeats nothing.
    """
    visit = found.visit if found.visit and not hushed(found.visit) else None
    facts = _of_person(visit) | {
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
    with override(settings.LANGUAGE_CODE):
        facts = Facts(
            answer=text,
            visit_at=day(on),
            venue=session.venue,
            received_by=who_received(session),
        )
        return own("reception_conclusion", headed(session.host, today=on), facts)


def _made(code: str, body: Body, facts: Facts, today: date) -> Made:
    with override(settings.LANGUAGE_CODE):
        return made(code, headed(body, today=today), facts)


def _spoken(visit: Visit) -> Facts:
    with override(settings.LANGUAGE_CODE):
        return _visited(visit)


def _visited(visit: Visit) -> Facts:
    when: datetime = timezone.localtime(visit.received_at or visit.arrived_at)
    papers = [line.strip() for line in visit.papers.splitlines() if line.strip()]
    facts = _of_person(visit) | {
        "person_name": who_came(visit),
        "people": str(visit.people) if visit.people > 1 else "",
        "present": _present(visit),
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
    """Who received, by name and post. Of a head's session that is who the session says; until it
    is recorded as held, whoever it was planned for, whoever called the number.
    """
    session = visit.session
    if session is None or not session.by_head:
        return _named(visit.received_by, visit)
    return who_received(session) or _named(session.receiver, visit)


def who_received(session: Session) -> str:
    """Who really received, by name and post, and for whom they stood in; empty until it is held."""
    if session.held_on is None or session.received_by is None:
        return ""
    facts = {"name": session.received_by_name, "post": session.received_by.title}
    if session.in_person:
        return _("%(name)s, %(post)s") % facts
    stood = facts | {"head": session.receiver.title}
    return _("%(name)s, %(post)s, who stood in for the %(head)s") % stood


def _named(post: Post | None, visit: Visit) -> str:
    """A post, and who sat in it on the day of the visit."""
    if post is None:
        return ""
    sitting = holders([post.pk], today=local_day(visit.received_at or visit.arrived_at)).first()
    return (
        _("%(name)s, %(post)s") % {"name": sitting.name, "post": post.title}
        if sitting
        else post.title
    )


def _present(visit: Visit) -> str:
    deputy = visit.session.deputy_words if visit.session else ""
    speaks = _("interpreter: %(who)s") % {"who": visit.interpreter} if visit.interpreter else ""
    return "; ".join(filter(None, (deputy, speaks)))


def _of_person(visit: Visit | None) -> dict[str, str]:
    """As it was said at this visit, whatever is known of the person by now."""
    if visit is None:
        return {}
    return {
        "person_name": visit.came_name,
        "person_address": visit.came_address,
        "person_identity": visit.came_number,
    }


def _bare(words: str) -> str:
    """A full stop follows in the form."""
    return words.strip().rstrip(". ")
