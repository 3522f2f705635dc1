"""The readers of reports, and the dialogue they read about."""

from datetime import datetime

import pytest

from doithoai.accounts.actors import Official
from tests.conftest import become
from tests.reports import story
from tests.reports.story import People, Story


@pytest.fixture
def told(minh: Official, chi: Official, quang: Official, now: datetime) -> Story:
    """The dialogue with its 28 items, some of them on their way."""
    return story.tell(People(minh, chi, quang), now=now)


@pytest.fixture
def readers(told: Story) -> dict[str, Official]:
    """Everybody whose figures may differ."""
    del told
    return {name: become(name) for name in ("minh", "chi", "quang", "thanh", "tinh", "lien")}
