"""The language of the command line: Vietnamese unless the machine or the operator says otherwise.

The texts stand in this app's catalogue and are read by the standard library's gettext, so that
`--help` needs no Django, and argparse's own words, which ask the same gettext, are translated too.
"""

import gettext
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from doithoai.config.trouble import Trouble

LANGUAGES = ("vi", "en")
CATALOGUES = Path(__file__).resolve().parent / "locale"
ASKED_OF = ("DOITHOAI_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # first come


def language_of(environment: Mapping[str, str]) -> str:
    """vi or en: the installation's DOITHOAI_LANGUAGE, else what the terminal is set to.

    A terminal that names neither (C, POSIX, nothing) is spoken to in Vietnamese.
    """
    said = (environment.get(name, "").lower()[:2] for name in ASKED_OF)
    return next((language for language in said if language in LANGUAGES), LANGUAGES[0])


def taken_from(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The language asked for by `--language vi|en` before the command, and the other arguments.

    Raises Trouble for another language.
    """
    rest = list(arguments)
    if not rest or rest[0].partition("=")[0] != "--language":
        return language_of(os.environ), rest
    _name, _equals, value = rest.pop(0).partition("=")
    wanted = value or (rest.pop(0) if rest else "")
    if wanted not in LANGUAGES:
        raise Trouble(_unknown(wanted))
    return wanted, rest


def _unknown(wanted: str) -> str:
    """In the language the terminal is set to: none was chosen."""
    speak(language_of(os.environ))
    said = gettext.gettext("There is no language %(name)s here: --language vi | en.")
    return said % {"name": wanted or "?"}


def speak(language: str) -> None:
    """From now on the standard library's gettext answers in this language."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("django", str(CATALOGUES))
    gettext.textdomain("django")


def noop(text: str) -> str:
    """Mark a text for the catalogue where it is not shown yet."""
    return text
