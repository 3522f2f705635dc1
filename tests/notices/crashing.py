"""A worker that dies between the server's acceptance and our commit: run as a program by a test."""

import os
import sys
from datetime import datetime

import django


def main() -> None:
    """Send what is due at the moment given, and die before the first result is written."""
    django.setup()
    from doithoai.notices import commands, tasks  # noqa: PLC0415 - models need the set-up above

    commands.mark_sent = lambda *_args, **_kwargs: os._exit(9)
    tasks.send_due(datetime.fromisoformat(sys.argv[1]))


if __name__ == "__main__":
    main()
