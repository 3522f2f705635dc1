"""Who asked that nobody learns who they are (Law 25/2018/QH14, articles 47 to 56)."""

from uuid import UUID

from doithoai.cases import petition_events
from doithoai.ledger.models import Entry


def protection_asked(matter_id: UUID) -> bool:
    """Whether the person of this matter asked for it."""
    kind = petition_events.ProtectionAsked.name
    return Entry.objects.filter(matter=matter_id, kind=kind).exists()
