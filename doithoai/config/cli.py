"""The command line `doithoai`: finds the command, gives it what it needs, says what went wrong.

A command is a function of its arguments that gives an exit code: 0 done, 1 something is wrong with
what was looked at, 2 it could not be done and one sentence says why.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from importlib import import_module
from importlib.metadata import version
from typing import Literal

from doithoai.config import refusals
from doithoai.config.console import noop, speak, taken_from
from doithoai.config.processes import REFUSED, end_with_supervisor
from doithoai.config.trouble import Trouble


@dataclass(frozen=True)
class Command:
    """Where a command's function lives and what must stand before it is called. ``pooled``: it
    serves many at once and shares connections.
    """

    place: str
    summary: str
    needs: Literal["nothing", "django", "database"] = "database"
    pooled: bool = False

    def function(self) -> Callable[[list[str]], int]:
        """Import it; only the command that was asked for is ever imported."""
        module, _colon, name = self.place.partition(":")
        found: Callable[[list[str]], int] = getattr(import_module(module), name)
        return found


COMMANDS = {
    "serve": Command("doithoai.config.serving:serve", noop("serve the pages"), pooled=True),
    "work": Command(
        "doithoai.config.serving:work", noop("do scheduled jobs and send notices"), pooled=True
    ),
    "demo": Command(
        "doithoai.config.demonstration:main",
        noop("everything at once on this machine, with invented data"),
        needs="nothing",
    ),
    "import": Command(
        "doithoai.dialogues.command_line:main", noop("import a clerk's sheet into a dialogue")
    ),
    "law": Command(
        "doithoai.config.law_command_line:main",
        noop("check the rulebooks; compute a due date with its reasons"),
        needs="django",
    ),
    "units": Command("doithoai.units.command_line:main", noop("load bodies and places")),
    "users": Command("doithoai.accounts.command_line:main", noop("import posts, people and roles")),
    "backup": Command(
        "doithoai.config.backups:backup", noop("database and files into one archive")
    ),
    "restore": Command("doithoai.config.backups:restore", noop("an archive back into place")),
    "docket": Command(
        "doithoai.docket.command_line:main",
        noop("give a body's items to its successor; derive due dates again"),
    ),
    "erase": Command(
        "doithoai.cases.command_line:main",
        noop("erase what a person said, who they are and how to reach them"),
    ),
    "verify": Command(
        "doithoai.config.verifying:main",
        noop("prove that no entry was changed, left out or put in"),
    ),
    "upgrade": Command(
        "doithoai.config.upgrading:main",
        noop("back up, migrate and check; the way back if it fails"),
    ),
    "doctor": Command("doithoai.config.doctor:main", noop("what is wrong with this installation")),
    "vault": Command(
        "doithoai.config.vault_command_line:main",
        noop("change the master key of what is sealed"),
    ),
    "database": Command(
        "doithoai.config.preparing:main",
        noop("make the roles and the database of a new installation"),
        needs="nothing",
    ),
    "translations": Command(
        "doithoai.config.translations:main",
        noop("extract, check and compile the texts"),
        needs="django",
    ),
    "docs": Command(
        "doithoai.config.documents:main",
        noop("write the generated documents, or check them"),
        needs="django",
    ),
    "manage": Command("doithoai.config.cli:manage", noop("Django's own management commands")),
}  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Run `doithoai COMMAND …`; the exit code."""
    end_with_supervisor()
    try:
        language, arguments = taken_from(sys.argv[1:] if argv is None else argv)
    except Trouble as refusal:
        return _refuse(str(refusal))
    speak(language)
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(_usage())
        return 0 if arguments else REFUSED
    if arguments[0] == "--version":
        print(version("doithoai"))
        return 0
    name, rest = arguments[0], arguments[1:]
    if name not in COMMANDS:
        said = _("There is no command %(name)s; `doithoai --help` lists them.")
        return _refuse(said % {"name": name})
    return _run(name, rest, language)


def _usage() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {_(command.summary)}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            _("usage: doithoai [--language vi|en] COMMAND [--help] …"),
            "",
            *lines,
            "",
            _("`doithoai COMMAND --help` says more."),
        ]
    )


def _run(name: str, rest: list[str], language: str) -> int:
    try:
        return _called(COMMANDS[name], rest, language)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone, for instance `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except SystemExit as ended:
        _tell_machines(ended, rest)
        raise
    except refusals.told() as refusal:
        if refusals.a_fault_of_ours(refusal):
            raise
        return _refuse(refusals.sentence(refusal), as_json="--json" in rest)


def _called(command: Command, rest: list[str], language: str) -> int:
    if command.needs == "nothing":
        return command.function()(rest)
    asked_for_help = bool({"-h", "--help"} & set(rest))
    set_up_django(with_database=command.needs == "database" and not asked_for_help)
    if not command.pooled:
        _connect_alone()
    return _in_language(language, command, rest)


def _connect_alone() -> None:
    """One process needs one connection; a pool would wait twenty seconds for a server that is
    away, and tell of each try.
    """
    from django.db import connections  # noqa: PLC0415 - after Django is set up

    connections["default"].settings_dict["OPTIONS"] = {}


def _tell_machines(ended: SystemExit, rest: list[str]) -> None:
    """argparse has told people what is wrong and how it is asked; machines read it as JSON."""
    if ended.code and "--json" in rest:
        _as_json(_("The arguments are wrong; see --help."))


def _in_language(language: str, command: Command, rest: list[str]) -> int:
    from django.utils.translation import override  # noqa: PLC0415 - after Django is set up

    with override(language):
        return command.function()(rest)


def _refuse(sentence: str, *, as_json: bool = False) -> int:
    print(f"doithoai: {sentence}", file=sys.stderr)
    if as_json:
        _as_json(sentence)
    return REFUSED


def _as_json(sentence: str) -> None:
    print(json.dumps({"error": sentence}, ensure_ascii=False))


def provide_database() -> None:
    """Put the database's addresses into the environment; if none is named, start the embedded one.

    Raises Trouble in production: the embedded database is for the demo and for development.
    """
    if os.environ.get("DATABASE_URL"):
        return
    if os.environ.get("DOITHOAI_PRODUCTION", "no").lower() in {"1", "yes", "true"}:
        raise Trouble(
            _("Set DATABASE_URL: the embedded PostgreSQL is for the demo and development only.")
        )
    from doithoai.config.postgres import ensure  # noqa: PLC0415 - not in production

    os.environ.update(ensure().environment())


def set_up_django(*, with_database: bool = True) -> None:
    """Make settings and models usable."""
    if with_database:
        provide_database()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doithoai.config.settings")
    import django  # noqa: PLC0415 - only when it is needed

    django.setup()


def manage(argv: list[str]) -> int:
    """Run one of Django's management commands."""
    from django.core.management import ManagementUtility  # noqa: PLC0415

    ManagementUtility(["doithoai manage", *argv]).execute()
    return 0


if __name__ == "__main__":
    sys.exit(main())
