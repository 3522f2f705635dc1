"""docs/workflow.md, rights.md, law-coverage.md and forms.md, written from the tables they describe;
``check`` finds drift.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.accounts.commands import SHIPPED
from doithoai.cases import policies as cases_policies
from doithoai.cases import workflow as cases_workflow
from doithoai.config import forms_listed, law_coverage
from doithoai.config.environment import ROOT
from doithoai.core.progress import during
from doithoai.core.workflow import Step
from doithoai.dialogues import policies as dialogues_policies
from doithoai.dialogues import workflow as dialogues_workflow
from doithoai.duties import policies as duties_policies
from doithoai.duties import workflow as duties_workflow
from doithoai.reception import policies as reception_policies
from doithoai.reception import workflow as reception_workflow

DOCS = ROOT / "docs"
S = TypeVar("S", bound=str)


def main(argv: list[str]) -> int:
    """``write`` the documents, or ``check`` that they are what the code says (1 when not)."""
    parser = argparse.ArgumentParser(
        prog="doithoai docs", description=_("Write the generated documents, or check them.")
    )
    parser.add_argument("act", choices=["write", "check"], nargs="?", default="check")
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    with during(_("Making the documents")):
        written = _written()
    if chosen.act == "write":
        for name, text in written.items():
            (DOCS / name).write_text(text, encoding="utf-8")
        _tell("written", list(written), as_json=chosen.json)
        return 0
    stale = [n for n, text in written.items() if not _is(DOCS / n, text)]
    _tell("drifted", stale, as_json=chosen.json)
    return 1 if stale else 0


def _tell(what: str, names: list[str], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({what: names}) + "\n")
    elif what == "drifted":
        said = _("docs/%(name)s has drifted: run make docs")
        sys.stdout.write("".join(said % {"name": name} + "\n" for name in names))


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def _written() -> dict[str, str]:
    return {
        "workflow.md": workflow(),
        "rights.md": rights(),
        "law-coverage.md": law_coverage.written(),
        "forms.md": forms_listed.written(),
    }


def workflow() -> str:
    """Each procedure's steps as a table and a diagram."""
    parts = [
        "# Workflow\n",
        "Generated from `workflow.py` of each app by `make docs`; do not edit.\n",
    ]
    with override("en"):
        parts += _procedure(
            "Recommendations and reflections", cases_workflow.STEPS, cases_workflow.State
        )
        parts += _procedure("Dialogues", dialogues_workflow.STEPS, dialogues_workflow.State)
        parts += _procedure("Duties of heads", duties_workflow.STEPS, duties_workflow.State)
        parts += _procedure("Reception days", reception_workflow.STEPS, reception_workflow.State)
        parts += _procedure(
            "Visits at reception", reception_workflow.VISIT_STEPS, reception_workflow.VisitState
        )
    return "\n".join(parts)


def _procedure(title: str, steps: Iterable[Step[S]], states: Iterable[str]) -> list[str]:
    lines = [f"## {title}\n", "| step | from | to |", "|---|---|---|"]
    steps = list(steps)
    lines += [f"| {s.name} | {', '.join(s.sources)} | {s.target or '(stays)'} |" for s in steps]
    lines += ["", "```mermaid", "stateDiagram-v2"]
    lines += [
        f"  {source} --> {s.target}: {s.name}"
        for s in steps
        if s.target
        for source in s.sources
        if source != s.target
    ]
    lines += ["```", "", "| state | on screen (English) |", "|---|---|"]
    lines += [f"| {state} | {getattr(state, 'label', state)} |" for state in states]
    return [*lines, ""]


def rights() -> str:
    """Which role may do which act, and which act needs which right and place."""
    roles: Sequence[dict[str, list[str]]] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))[
        "role"
    ]
    acts = sorted({act for role in roles for act in role["acts"]})
    head = "| act | " + " | ".join(str(role["name"]) for role in roles) + " |"
    lines = [
        "# Rights\n",
        "Generated from `accounts/roles.toml` and the `policies.py` "
        "of each app by `make docs`; do not edit.\n",
    ]
    lines += [head, "|---|" + "---|" * len(roles)]
    lines += [
        f"| {act} | " + " | ".join("yes" if act in role["acts"] else "" for role in roles) + " |"
        for act in acts
    ]
    lines += ["", "| role | sees |", "|---|---|"]
    lines += [f"| {role['name']} ({role['vi']}) | {role['sees']} |" for role in roles]
    lines += [
        "",
        "## What a step asks besides the right\n",
        "| step | policy | what it says |",
        "|---|---|---|",
    ]
    tables = (
        ("cases", cases_policies.RIGHTS),
        ("dialogues", dialogues_policies.RIGHTS),
        ("duties", duties_policies.RIGHTS),
        ("reception", reception_policies.RIGHTS),
        ("reception", reception_policies.VISIT_RIGHTS),
    )
    for app, table in tables:
        for step, policy in table.items():
            said = (getattr(policy, "__doc__", "") or "").strip().split("\n")[0]
            lines.append(f"| {app}.{step.name} | {getattr(policy, '__name__', '')} | {said} |")
    return "\n".join([*lines, ""])
