"""Errors that end a command, as one sentence in the operator's language. What a library says of it
comes after a colon, in its own words.
"""

import sys
from gettext import gettext as _
from typing import Final

from doithoai.config.console import noop
from doithoai.config.trouble import Trouble

Errors = tuple[type[Exception], ...]
DATABASE: Final = frozenset({"psycopg", "psycopg.errors", "django.db.utils"})
# SQLSTATE: none for an address that is none; a table, column, function or schema is not there; a
# right is not given.
NOT_AS_NEEDED: Final = frozenset({None, "42P01", "42703", "42883", "3F000", "42501"})
SENTENCES: Final = {
    "OperationalError": noop("The database does not answer: %(reason)s"),
    "ConnectionTimeout": noop("The database does not answer: %(reason)s"),
    "RulebookError": noop("The rulebooks are refused: %(reason)s"),
    "Locked": noop("What is sealed cannot be opened here: %(reason)s"),
}


def told() -> Errors:
    """Errors that are the operator's to mend; any other is a fault of ours and shows where it is.

    Those of libraries are looked up late: a command that needs none does not wait for it.
    """
    known: Errors = (Trouble, OSError, UnicodeDecodeError)
    if "psycopg" in sys.modules:
        known += _of_psycopg()
    if "django" in sys.modules:
        known += _of_django()
    return known


def _of_psycopg() -> Errors:
    import psycopg  # noqa: PLC0415 - loaded already

    return (psycopg.OperationalError, psycopg.ProgrammingError)


def _of_django() -> Errors:
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - loaded already
    from django.core.management.base import CommandError  # noqa: PLC0415
    from django.db import OperationalError, ProgrammingError  # noqa: PLC0415

    from doithoai.core.errors import DomainError  # noqa: PLC0415
    from doithoai.core.toml_tables import BadFile  # noqa: PLC0415
    from doithoai.law.rulebooks import RulebookError  # noqa: PLC0415
    from doithoai.vault.keys import Locked  # noqa: PLC0415

    said = (ImproperlyConfigured, CommandError, DomainError, BadFile, RulebookError, Locked)
    return (*said, OperationalError, ProgrammingError)


def a_fault_of_ours(error: Exception) -> bool:
    """A statement the database refuses for its own sake: nothing an operator could mend."""
    if type(error).__name__ in SENTENCES or not _of_the_database(error):
        return False
    cause = error.__cause__ or error
    return getattr(cause, "sqlstate", None) not in NOT_AS_NEEDED


def sentence(error: Exception) -> str:
    """What is wrong and, where we know it, what to do: one line."""
    return " ".join(_said(error).split())


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, UnicodeDecodeError):
        return _("The file is not text in UTF-8. Save it as UTF-8 and give it again.")
    text = SENTENCES.get(type(error).__name__)
    if text is None and _of_the_database(error):
        text = noop(
            "The database is not as this version needs it: run `doithoai upgrade`. %(reason)s"
        )
    return _(text) % {"reason": error} if text else str(error)


def _of_the_database(error: Exception) -> bool:
    return any(each.__module__ in DATABASE for each in type(error).__mro__)


def _of_the_system(error: OSError) -> str:
    name = {"name": error.filename or "", "reason": error.strerror or error}
    if not error.filename:
        return _("The system refuses: %(reason)s.") % name
    if isinstance(error, FileNotFoundError):
        return _("There is no file or folder %(name)s.") % name
    if isinstance(error, PermissionError):
        return _("%(name)s may not be read or written by this user.") % name
    if isinstance(error, IsADirectoryError):
        return _("%(name)s is a folder; a file is wanted.") % name
    return _("%(name)s cannot be used: %(reason)s.") % name
