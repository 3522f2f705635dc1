"""Texts to translate, without the gettext program: extract, check, compile, one catalogue per
app.
"""

import argparse
import io
import json
import sys
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path

import polib
from django.utils.translation import templatize

from doithoai.core.progress import during

PACKAGE = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str, str, str]  # context, text, plural
# Said by the standard library's gettext at the prompt, so it stands in the catalogue read there.
BESIDE = {"config": ("law",)}


def main(argv: list[str]) -> int:
    """``check`` finds what is missing, ``extract`` writes it into the catalogues, ``compile`` makes
    .mo files.
    """
    parser = argparse.ArgumentParser(
        prog="doithoai translations", description=_("Extract, check and compile the texts.")
    )
    acts = {"check": check, "extract": extract, "compile": compile_all}
    parser.add_argument("act", choices=list(acts))
    parser.add_argument("--app", choices=apps(), metavar="APP", help=_("only this app"))
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    with during(_("Reading the texts")):
        lines = acts[chosen.act](chosen.app)
    if chosen.json:
        sys.stdout.write(json.dumps({chosen.act: lines}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if lines and chosen.act == "check" else 0


def apps() -> list[str]:
    """The apps of the ladder."""
    return sorted(p.parent.name for p in PACKAGE.glob("*/apps.py"))


def catalogue(app: str) -> Path:
    """Where an app's Vietnamese stands."""
    return PACKAGE / app / "locale" / "vi" / "LC_MESSAGES" / "django.po"


def messages(app: str) -> dict[Message, list[str]]:
    """Every text of an app's Python and templates, with the places it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted(p for name in (app, *BESIDE.get(app, ())) for p in _files(name)):
        if (
            path.suffix not in {".py", ".html", ".txt"}
            or "migrations" in path.parts
            or "vendor" in path.parts
        ):
            continue
        for message in _texts(path):
            found.setdefault(message, []).append(path.relative_to(PACKAGE.parent).as_posix())
    return found


def _files(app: str) -> Iterator[Path]:
    return (PACKAGE / app).rglob("*")


def _texts(path: Path) -> Iterator[Message]:
    from babel.messages.extract import extract as babel_extract  # noqa: PLC0415 - development only

    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = templatize(source, origin=str(path))
    stream = io.BytesIO(source.encode())
    options = {"encoding": "utf-8"}
    for _line, text, _comments, context in babel_extract(
        "python", stream, KEYWORDS, options=options
    ):
        single, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, "")
        if single:
            yield (context or "", single, plural if plural != single else "")


def _known() -> set[tuple[str, str]]:
    """Everything any catalogue translates: texts are looked up across apps."""
    return {
        (e.msgctxt or "", e.msgid)
        for app in apps()
        if catalogue(app).exists()
        for e in polib.pofile(str(catalogue(app)))
        if e.translated() and "fuzzy" not in e.flags and not e.obsolete
    }


def check(app: str | None) -> list[str]:
    """What is wrong: a text has no Vietnamese anywhere, a catalogue is fuzzy, or holes do not
    match.
    """
    wrong: list[str] = []
    known = _known()
    for name in [app] if app else apps():
        missing = [m for m in messages(name) if (m[0], m[1]) not in known]
        wrong += [f"{name}: no Vietnamese for: {text}" for _context, text, _plural in missing]
        wrong += _flawed(name)
    return wrong


def _flawed(app: str) -> list[str]:
    if not catalogue(app).exists():
        return []
    entries = polib.pofile(str(catalogue(app)))
    fuzzy = [f"{app}: fuzzy: {e.msgid}" for e in entries if "fuzzy" in e.flags]
    holes = [
        f"{app}: other placeholders: {e.msgid}"
        for e in entries
        if e.msgstr and _holes(e.msgid) != _holes(e.msgstr)
    ]
    return fuzzy + holes


def _holes(text: str) -> set[str]:
    return {part.split(")")[0] for part in text.split("%(")[1:]}


def extract(app: str | None) -> list[str]:
    """Add missing texts, empty, to each app's catalogue; nothing is taken out that is still
    used. Says how many each app has to translate.
    """
    known, added = _known(), []
    for name in [app] if app else apps():
        missing = [m for m in messages(name) if (m[0], m[1]) not in known]
        if missing:
            _add(name, missing)
            added.append(f"{name}: {len(missing)} to translate")
    return added


def _add(app: str, missing: list[Message]) -> None:
    path = catalogue(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = polib.pofile(str(path)) if path.exists() else polib.POFile()
    if not entries.metadata:
        entries.metadata = {
            "Language": "vi",
            "Content-Type": "text/plain; charset=UTF-8",
            "Plural-Forms": "nplurals=1; plural=0;",
        }
    there = {(e.msgctxt or "", e.msgid) for e in entries}
    for context, text, plural in missing:
        if (context, text) not in there:
            entries.append(
                polib.POEntry(
                    msgctxt=context or None,
                    msgid=text,
                    msgid_plural=plural,
                    msgstr="",
                    msgstr_plural={0: ""} if plural else {},
                )
            )
    entries.save(str(path))


def compile_all(app: str | None) -> list[str]:
    """Make the .mo file beside each catalogue, unless it is newer."""
    for name in [app] if app else apps():
        path = catalogue(name)
        made = path.with_suffix(".mo")
        if path.exists() and (not made.exists() or made.stat().st_mtime < path.stat().st_mtime):
            polib.pofile(str(path)).save_as_mofile(str(made))
    return []
