"""Who acts in the demo's story, for whom, and when."""

from datetime import datetime

from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.accounts.queries import official
from doithoai.core.days import local_day
from doithoai.units.models import Body


def at(text: str) -> datetime:
    """A local moment written ``2026-07-15 07:30``."""
    return timezone.make_aware(datetime.fromisoformat(text))


def actor(username: str) -> Official:
    """Somebody of the demo in their post."""
    user = User.objects.get(username=username)
    found = official(user.pk, today=local_day(timezone.now()))
    assert found is not None, username
    return found


def body(short_name: str) -> Body:
    """A body by the name on screens."""
    return Body.objects.get(short_name=short_name)
