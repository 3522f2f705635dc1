"""``doithoai law check`` and ``doithoai law due``: the law without a database."""

import os
import sys

from doithoai.law.rulebooks import RulebookError


def main(argv: list[str]) -> int:
    """Load every rulebook, or compute one due date. 0 done, 1 a rulebook is refused, 2 asked
    wrongly.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doithoai.config.settings")
    import django  # noqa: PLC0415 - events are named beside models, which need Django set up

    django.setup()
    from doithoai.config import vocabulary  # noqa: PLC0415
    from doithoai.law import command_line  # noqa: PLC0415

    if argv and argv[0] == "check":
        return command_line.check(lambda: vocabulary.lawbook()[0])
    if argv and argv[0] == "due":
        try:
            rulebook, calendar = vocabulary.lawbook()
        except RulebookError as refused:
            sys.stderr.write(f"{refused}\n")
            return 1
        return command_line.due(argv[1:], rulebook, calendar)
    sys.stdout.write(
        "usage: doithoai law check | doithoai law due RULE --on DATE "
        "[--fact name=value …] [--json]\n"
    )
    return 0 if argv and argv[0] in {"-h", "--help"} else 2
