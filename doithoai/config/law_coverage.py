"""docs/law-coverage.md: every row of the tables of time limits beside the rule that says it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from doithoai.config import vocabulary
from doithoai.config.environment import ROOT
from doithoai.law import coverage, rulebooks
from doithoai.law.coverage import Alone, Line
from doithoai.law.rules import Rule

TESTS = ROOT / "tests" / "law"
HEAD = (
    "| {first} | rule | kind | length | in force | article | certainty | tests |\n"
    + "|---" * 8
    + "|"
)
INTRODUCTION = """# The law and its rules

Generated from `doithoai/law/data/*.csv` and the national rulebooks by `make docs`; do not edit.

Each row of the tables of legal time limits stands beside the rule that says it;
`doithoai law due RULE --on DATE` answers for every rule named here. Every row is held by
`test_coverage`; the last column names the other tests of `tests/law` that speak of the rule.

Certainty: A read word for word · A- read, a later act may have changed it · B secondary source ·
C not checked · D a default of ours that no text prescribes.
"""


def written() -> str:
    """The whole document, from the national rulebooks."""
    rulebook = rulebooks.load([rulebooks.NATIONAL], vocabulary.vocabulary())
    lines, alone = coverage.lines(rulebook), coverage.alone(rulebook)
    ruled = [line for line in lines if line.rules]
    parts = [
        INTRODUCTION,
        f"{len(lines)} rows, {len(ruled)} with a rule; {len(rulebook.versions)} rules in "
        f"{len(rulebook.rules)} versions.\n",
        *_tables(ruled),
        *_no_rule(line for line in lines if not line.rules),
        *_differing(line for line in ruled if line.note),
        *_beyond(alone),
        *_to_come(rulebook),
    ]
    return "\n".join([*parts, ""])


def _tables(lines: Sequence[Line]) -> list[str]:
    parts: list[str] = []
    for procedure in dict.fromkeys(line.row.procedure for line in lines):
        parts += [f"## {procedure}\n", HEAD.format(first="row")]
        parts += [
            _line(f"{line.row.step}: {line.row.length}", line.rules)
            for line in lines
            if line.row.procedure == procedure
        ]
        parts.append("")
    return parts


def _line(first: str, rules: Sequence[Rule]) -> str:
    cells = (
        first,
        "<br>".join(f"`{name}`" for name in _each(rule.id for rule in rules)),
        ", ".join(_each(rule.kind for rule in rules)),
        "<br>".join(_each(coverage.length(rule) for rule in rules)),
        coverage.said_force(rules),
        "<br>".join(_each(rule.basis for rule in rules)),
        ", ".join(_each(rule.certainty for rule in rules)),
        ", ".join(_tests(rules)),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _no_rule(lines: Iterable[Line]) -> list[str]:
    said = [f"| {line.row.name} | {line.row.basis} | {line.note} |" for line in lines]
    return ["## Rows that are no rule\n", "| row | basis | why |", "|---|---|---|", *said, ""]


def _differing(lines: Iterable[Line]) -> list[str]:
    said = [f"| {line.row.name} | {line.note} |" for line in lines]
    return ["## Rules that say something else\n", "| row | why |", "|---|---|", *said, ""]


def _beyond(alone: Sequence[Alone]) -> list[str]:
    parts = ["## Rules beyond the tables\n", HEAD.format(first="why")]
    return [*parts, *(_line(each.reason, each.rules) for each in alone), ""]


def _to_come(rulebook: rulebooks.Rulebook) -> list[str]:
    """What the apps of coming procedures still have to bring for their rules to run."""
    parts = ["## Events to come\n", "| procedure | app | event or role | in words | facts |"]
    parts.append("|---|---|---|---|---|")
    for procedure in rulebook.announced:
        name = f"{procedure.name.en} ({procedure.name.vi}) | {procedure.app}"
        for event in procedure.events:
            words = f"{event.words.en} ({event.words.vi})" if event.words else "more facts"
            facts = ", ".join(f"{fact}: {kind}" for fact, kind in event.facts.items())
            parts.append(f"| {name} | `{event.event}` | {words} | {facts.replace('|', ' or ')} |")
        parts += [
            f"| {name} | role `{role}` | {words.en} ({words.vi}) | |"
            for role, words in procedure.roles.items()
        ]
    return parts


def _tests(rules: Sequence[Rule]) -> list[str]:
    tails = [rule.id.removeprefix("vn.") for rule in rules]
    return [name for name, text in _texts() if any(tail in text for tail in tails)]


def _texts() -> list[tuple[str, str]]:
    files: list[Path] = sorted(TESTS.glob("test_*.py"))
    return [(file.stem, file.read_text(encoding="utf-8")) for file in files]


def _each(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
