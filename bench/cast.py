"""People of the demo as actors, and how they sign in."""

from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.accounts.queries import official
from doithoai.core.days import local_day


def official_named(username: str) -> Official:
    """This person in their post today."""
    found = official(User.objects.get(username=username).pk, today=local_day(timezone.now()))
    assert found is not None, username
    return found
