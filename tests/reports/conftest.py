"""The readers of reports, and the dialogue they read about."""

from datetime import datetime

import pytest

from doithoai.accounts.actors import Official
from tests.reports import story
from tests.reports.story import People, Story


@pytest.fixture
def told(minh: Official, chi: Official, quang: Official, now: datetime) -> Story:
    """The clerk's sheet with its 28 items, some of them on their way."""
    return story.tell(People(minh, chi, quang), now=now)


@pytest.fixture
def said(minh: Official, chi: Official, quang: Official, now: datetime) -> Story:
    """Eight items taken down in the hall, some of them on their way, the others late."""
    return story.in_the_hall(People(minh, chi, quang), now=now)
