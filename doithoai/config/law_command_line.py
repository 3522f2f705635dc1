"""``doithoai law check`` and ``doithoai law due``: the law without a database."""

import argparse
import os
from gettext import gettext as _

from doithoai.config.console import language_of


def main(argv: list[str]) -> int:
    """Load every rulebook, or compute one due date. 0 done, 2 a rulebook is refused or asked
    wrongly.
    """
    act = _act(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doithoai.config.settings")
    import django  # noqa: PLC0415 - events are named beside models, which need Django set up

    django.setup()
    from doithoai.config import vocabulary  # noqa: PLC0415
    from doithoai.law import command_line  # noqa: PLC0415

    if act.name == "check":
        return command_line.check(lambda: vocabulary.lawbook()[0], as_json=act.json)
    rulebook, calendar = vocabulary.lawbook()
    language = language_of({"LANGUAGE": os.environ.get("LANGUAGE", "")})
    return command_line.due(argv[1:], rulebook, calendar, language=language)


def _act(argv: list[str]) -> argparse.Namespace:
    """Which of the two; what ``due`` asks further it reads itself."""
    parser = argparse.ArgumentParser(
        prog="doithoai law",
        description=_("Are the rulebooks sound, and when is a thing due. No database is needed."),
    )
    acts = parser.add_subparsers(dest="name", required=True)
    check = acts.add_parser("check", help=_("load every rulebook and say whether it is sound"))
    check.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    acts.add_parser("due", add_help=False, help=_("compute a due date with its reasons"))
    return parser.parse_known_args(argv)[0] if argv[:1] == ["due"] else parser.parse_args(argv)
