"""An online reception: everybody told, connection tested, points connected, recording archived
(Decree 154/2026, articles 16 to 24).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import enter
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.settling import store
from doithoai.reception.models import Session


@transaction.atomic
def notify(session_id: UUID, *, by: Actor, at: datetime) -> Session:
    """The person and all points of an online reception were told (Decree 154/2026, article 23)."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_tell_points(by, session))
    workflow.NOTIFY.take(session)
    session.notified_at = at
    store(session, "notified_at")
    enter(events.ParticipantsNotified(), about=session.matter, by=by, at=at)
    return session


@transaction.atomic
def test(session_id: UUID, *, by: Actor, at: datetime) -> Session:
    """All points were connected in a test that succeeded (Decree 154/2026, article 23)."""
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_test(by, session))
    workflow.TEST.take(session)
    session.tested_at = at
    store(session, "tested_at")
    enter(events.ConnectionTested(), about=session.matter, by=by, at=at)
    return session


@transaction.atomic
def connect(session_id: UUID, *, by: Actor, at: datetime) -> Session:
    """All points are connected; at least one hour before it begins, and late is late, not refused.
    Raises Invalid before its day.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_connect(by, session))
    workflow.CONNECT.take(session)
    if at < session.starts_at - timedelta(days=1):
        raise Invalid(_("All points are connected on the day itself, one hour before it begins."))
    session.connected_at = at
    store(session, "connected_at")
    enter(events.PointsConnected(), about=session.matter, by=by, at=at)
    return session


@transaction.atomic
def archive(session_id: UUID, *, recording: str, by: Actor, at: datetime) -> Session:
    """Sound and pictures were recorded and given to the archive, under this reference. Raises
    Invalid without it.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_archive(by, session))
    workflow.ARCHIVE.take(session)
    if not recording.strip():
        raise Invalid(_("Say where the recording is kept: the number of the archive unit."))
    session.recording, session.recorded_at = recording.strip(), at
    store(session, "recording", "recorded_at")
    archived = events.RecordingArchived()
    enter(archived, about=session.matter, by=by, at=at, content=[session.recording])
    return session
