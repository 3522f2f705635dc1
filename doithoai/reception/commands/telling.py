"""Who asked to be received is told when their day moves, is put off or called off."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from doithoai.core.actors import Actor
from doithoai.docket.commands import enter
from doithoai.notices.commands import Notice, Recipient, queue_all
from doithoai.notices.models import Channel
from doithoai.reception import events
from doithoai.reception.models import DECLINED, Appointment, Session
from doithoai.theme.formatting import day, moment


def tell_applicants(session: Session, what: str, *, by: Actor, at: datetime) -> None:
    """One notice to each whose request was not declined: by text message where a telephone is
    known, else for the office to call or to hand over. ``what``: the name of its template.
    """
    asked = session.appointments.exclude(answer=DECLINED).filter(visit=None).order_by("asked_at")
    notices = [_notice(session, each, what) for each in asked]
    if notices:
        queue_all(notices, at=at)
        told = events.ApplicantsTold(len(notices))
        enter(told, about=session.matter, by=by, at=at)


def _notice(session: Session, asked: Appointment, what: str) -> Notice:
    channel = Channel.SMS if asked.phone else Channel.PRINT
    page = reverse("reception_day", args=[session.matter.code])
    context = {
        "speaker": asked.name,
        "code": session.matter.code,
        "body": session.host.short_name,
        "phone": session.host.phone,
        "venue": session.venue,
        "starts": moment(session.starts_at),
        "before": day(session.moved_from) if session.moved_from else "",
        "reason": session.why_not_held,
        "url": f"{settings.SITE_URL}{page}",
    }
    to = Recipient(channel=channel, address=asked.phone)
    template = f"reception/notices/{what}"
    return Notice(template=template, to=to, about=session.pk, context=context)
