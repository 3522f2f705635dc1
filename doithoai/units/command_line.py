"""``doithoai units load``: places, successions and bodies into the database."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.core.errors import DomainError
from doithoai.core.progress import during
from doithoai.core.toml_tables import BadFile
from doithoai.units import loading, territory


@dataclass(frozen=True)
class AtTheMachine:
    """Whoever may run commands on the server; recorded as the clock, for no official acts."""

    kind: str = "clock"
    ref: UUID | None = None
    post: UUID | None = None
    standing_in_for: UUID | None = None
    body: UUID | None = None

    def may(self, right: str) -> bool:
        """Only what this program does."""
        return right == "units.edit"


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``load`` and say what was made; 0 when done, 1 when refused."""
    chosen = _parser().parse_args(argv)
    try:
        with during(_("Loading places and bodies")):
            report = loading.load(
                territory.country(),
                province=chosen.province,
                folder=chosen.data,
                by=AtTheMachine(),
                at=datetime.now(tz=UTC),
            )
    except (DomainError, BadFile) as refused:
        sys.stderr.write(f"{refused}\n")
        if chosen.json:
            sys.stdout.write(json.dumps({"error": str(refused)}, ensure_ascii=False) + "\n")
        return 1
    sys.stdout.write(_said(report, as_json=chosen.json) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doithoai units", description=_("Places and bodies from the shipped files.")
    )
    acts = parser.add_subparsers(dest="act", required=True)
    load = acts.add_parser("load", help=_("Load places, successions and bodies."))
    load.add_argument("--province", default="", help=_("Also make the bodies of this province."))
    load.add_argument("--data", type=Path, help=_("A folder with corrected files."))
    load.add_argument("--json", action="store_true", help=_("Print the result for machines."))
    return parser


def _said(report: loading.Report, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(asdict(report))
    if not report.changed():
        return _("Everything was there already; nothing changed.")
    return _(
        "Places: %(places)d new, %(periods)d corrected. Successions: %(successions)d. "
        "Fields: %(fields)d. Competence: %(rules)d. Bodies: %(bodies)d."
    ) % asdict(report)
