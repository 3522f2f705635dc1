"""What `make coverage` needs of the tests: templates that know their lines, and quiet children."""

import os
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).resolve().parent


def begin() -> None:
    """Prepare this process for being measured; without `make coverage` nothing happens.

    Programs that the tests start are measured by a configuration of their own, without templates.
    """
    if "COVERAGE_RUN" not in os.environ:
        return
    settings.TEMPLATES[0]["OPTIONS"]["debug"] = True
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
        os.environ["COVERAGE_PROCESS_START"] = str(HERE / "children.coveragerc")
        os.environ["COVERAGE_FILE"] = str(HERE.parent / ".coverage")
