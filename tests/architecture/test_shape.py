"""The shape of the house: the ladder, short files and functions, named ideas, reasons given."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.reading import HOUSE, ROOT, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "managers",
            "service", "services", "handlers"}  # fmt: skip
# Functions longer than 40 lines, each with the reason; to be emptied.
LONG_FUNCTIONS = {
    "dialogues.sheets.statements._statement": "one argument a line for each column of a row",
}
ALL = {"Exception", "BaseException"}
# What catches everything, each with its reason.
CATCHES_ALL = {
    "dialogues.sheets.workbooks": "a broken workbook makes the reader panic, which is no Exception",
}


def test_the_ladder_holds() -> None:
    """import-linter: an app imports only from below it, and inside an app likewise."""
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    assert {m.name: m.lines for m in modules() if m.lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        name: node.end_lineno - node.lineno + 1
        for module in modules()
        for name, node in module.functions()
        if node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert set(long) == set(LONG_FUNCTIONS), long


def test_what_has_no_name_is_not_extracted() -> None:
    assert [m.name for m in modules() if NAMELESS & set(m.name.split("."))] == []


def test_imports_are_absolute() -> None:
    relative = [
        m.name
        for m in modules()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_nobody_catches_everything_and_nobody_puts_off_until_later() -> None:
    wide, later = [], []
    for module in modules():
        handlers = [n for n in ast.walk(module.tree) if isinstance(n, ast.ExceptHandler)]
        wide += [module.name for h in handlers if h.type is None or ast.unparse(h.type) in ALL]
        if re.search(r"\b(TODO|FIXME|XXX)\b", module.path.read_text(encoding="utf-8")):
            later.append(module.name)
    assert (wide, later) == (list(CATCHES_ALL), [])


def test_models_hold_no_order() -> None:
    """An order is asked for by the page that needs it."""
    found = [
        module.name
        for module in modules()
        if module.name.endswith("models")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name == "Meta"
        for line in node.body
        if ast.unparse(line).startswith("ordering")
    ]
    assert found == []


def test_every_public_function_of_a_command_or_query_has_a_docstring() -> None:
    places = {"commands", "queries", "policies", "models", "projection"}
    bare = [
        name
        for module in modules()
        if places & set(module.name.split("."))
        for name, node in module.functions()
        if not name.rpartition(".")[2].startswith("_")
        and node.col_offset == 0
        and not ast.get_docstring(node)
    ]
    assert bare == []


def test_each_dependency_has_a_sentence_that_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)["project"]
    wanted = [*table["dependencies"], *table["optional-dependencies"]["dev"]]
    bare = []
    for each in wanted:
        line = next(li for li in text.splitlines() if f'"{each}"' in li)
        if not re.search(r"#\s+\S+(\s+\S+)+", line):
            bare.append(each)
    assert bare == []


def test_no_address_of_a_machine_stands_in_a_file() -> None:
    told = re.compile(r"/(?:home|root|Users)/\w+|(?:index-url|registry)\s*=|https?://\S*proxy\S*")
    found = [
        str(path.relative_to(ROOT))
        for path in [ROOT / "pyproject.toml", ROOT / "package.json", *HOUSE.rglob("*.py"),
                     *HOUSE.rglob("*.html"), *HOUSE.rglob("*.toml")]
        if path.exists() and told.search(path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert found == []


@pytest.mark.parametrize("app", ["core", "law"])
def test_the_lowest_know_no_database(app: str) -> None:
    names = {
        alias.name if isinstance(node, ast.Import) else node.module or ""
        for module in modules()
        if module.app == app
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert not [n for n in names if n.startswith("django.db")]
    assert app == "core" or not [n for n in names if n.startswith("django")]
