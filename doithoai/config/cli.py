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

from doithoai.config.console import noop, speak, taken_from
from doithoai.config.processes import REFUSED, end_with_supervisor
from doithoai.config.trouble import Trouble


@dataclass(frozen=True)
class Command:
    """Where a command's function lives and what must stand before it is called."""

    place: str
    summary: str
    needs: Literal["nothing", "django", "database"] = "database"

    def function(self) -> Callable[[list[str]], int]:
        """Import it; only the command that was asked for is ever imported."""
        module, _colon, name = self.place.partition(":")
        found: Callable[[list[str]], int] = getattr(import_module(module), name)
        return found


COMMANDS = {
    "serve": Command("doithoai.config.serving:serve", noop("serve the pages")),
    "work": Command("doithoai.config.serving:work", noop("do scheduled jobs and send notices")),
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
    command = COMMANDS[name]
    try:
        if command.needs == "nothing":
            return command.function()(rest)
        asked_for_help = bool({"-h", "--help"} & set(rest))
        set_up_django(with_database=command.needs == "database" and not asked_for_help)
        return _in_language(language, command, rest)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone, for instance `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except _told() as refusal:
        return _refuse(" ".join(str(refusal).split()), as_json="--json" in rest)


def _in_language(language: str, command: Command, rest: list[str]) -> int:
    from django.utils.translation import override  # noqa: PLC0415 - after Django is set up

    with override(language):
        return command.function()(rest)


def _told() -> tuple[type[Exception], ...]:
    """Errors whose text is already a sentence for the operator.

    Those of libraries are looked up late: a command that needs none does not wait for it.
    """
    known: tuple[type[Exception], ...] = (Trouble, OSError)
    if "psycopg" in sys.modules:
        import psycopg  # noqa: PLC0415

        known += (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege)
    if "django" in sys.modules:
        from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
        from django.core.management.base import CommandError  # noqa: PLC0415
        from django.db import OperationalError  # noqa: PLC0415

        from doithoai.core.errors import DomainError  # noqa: PLC0415

        known += (ImproperlyConfigured, CommandError, OperationalError, DomainError)
    return known


def _refuse(sentence: str, *, as_json: bool = False) -> int:
    print(f"doithoai: {sentence}", file=sys.stderr)
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    return REFUSED


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
