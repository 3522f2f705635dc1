"""The theme is tested by itself: its own two addresses, and files served as they lie."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """No other app's addresses, and no manifest of collected files."""
    with override_settings(
        ROOT_URLCONF="tests.theme.urls",
        TIME_ZONE="Asia/Ho_Chi_Minh",
        STORAGES={"staticfiles": PLAIN},
        TEMPLATES=settings.TEMPLATES,  # read anew: a frame keeps the addresses of its files
    ):
        yield
