"""The shape of the house: the ladder, short files and functions, named ideas, reasons given."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.reading import HOUSE, ROOT, is_commands, modules, statements

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "managers",
            "service", "services", "handlers"}  # fmt: skip
MOST_STATEMENTS = 20
# Functions of more than 20 statements, each with the reason; to be emptied.
MANY_STATEMENTS: dict[str, str] = {}
# Signatures that somebody else dictates.
BAGS = {"accounts.portal.locked_out": "django-axes calls it so"}
# Doors that have a try, each with the reason.
TRYING = {"files.portal": "bytes missing from the storage are a 404 for whoever may see the file"}
CLOCK_PLACES = {"portal", "desk", "api", "tasks", "command_line", "config", "middleware", "jobs",
                "sealed_desk", "desk_papers", "desk_views", "portal_denunciation", "portal_denying",
                "portal_published", "petition_desk"}  # fmt: skip
DOORS = {"portal", "desk", "api", "petition_desk", "sealed_desk", "desk_papers", "desk_views",
         "portal_denunciation", "portal_denying", "portal_published"}  # fmt: skip
# Elsewhere, each with the reason.
CLOCKS = {"ledger.commands": "refuses what is said to happen in the future"}
TYPED_ANY = {"core.events": "the types of a dataclass's fields are what typing gives"}
# Ignores without a reason on their line; to be emptied.
IGNORES = {
    "config.middleware": "attributes Django and we hang on its own objects",
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
    assert long == {}


def test_no_function_has_more_than_twenty_statements() -> None:
    """Commands may have 25 (test_commands); ruff counts the same without inner functions."""
    long = {
        name: statements(node)
        for module in modules()
        if not is_commands(module)
        for name, node in module.functions()
        if statements(node) > MOST_STATEMENTS
    }
    assert set(long) == set(MANY_STATEMENTS), long


def test_nothing_is_typed_any() -> None:
    found = [
        (module.name, node.lineno)
        for module in modules()
        if module.name not in TYPED_ANY
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Name) and node.id == "Any")
        or (isinstance(node, ast.Attribute) and node.attr == "Any")
    ]
    assert found == []


def test_there_is_no_cast_and_every_ignore_has_its_reason() -> None:
    casts, bare = [], []
    for module in modules():
        calls = [n for n in ast.walk(module.tree) if isinstance(n, ast.Call)]
        casts += [module.name for n in calls if ast.unparse(n.func) in {"cast", "typing.cast"}]
        for line in module.path.read_text(encoding="utf-8").splitlines():
            ignore = re.search(r"#\s*type: ignore(\[[\w-]+\])?(.*)", line)
            if ignore and not (ignore[1] and re.search(r"#\s*\w+", ignore[2])):
                bare.append(module.name)
    assert (casts, set(bare)) == ([], set(IGNORES))


def test_nobody_takes_a_bag_of_arguments() -> None:
    """No **kwargs but those a decorator hands on with their types (ParamSpec)."""
    found = {
        name
        for module in modules()
        for name, node in module.functions()
        if (bag := node.args.kwarg) is not None
        and not (bag.annotation and ast.unparse(bag.annotation) == "P.kwargs")
    }
    assert found == set(BAGS)


def test_nobody_writes_a_form_of_a_model_or_listens_to_signals() -> None:
    found = [
        (module.name, name)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
        for name in [node.id if isinstance(node, ast.Name) else node.attr]
        if name in {"ModelForm", "modelform_factory", "GenericForeignKey", "post_save", "pre_save"}
    ]
    assert found == []


def test_a_door_has_no_try() -> None:
    found = [
        module.name
        for module in modules()
        if DOORS & set(module.name.split(".")) and module.name not in TRYING
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Try)
    ]
    assert found == []


def test_only_doors_and_tasks_read_the_clock() -> None:
    """``timezone.now``, ``datetime.now``, ``date.today``: everywhere else time is an argument."""
    found = sorted(
        {
            module.name
            for module in modules()
            if module.name not in CLOCKS and not CLOCK_PLACES & set(module.name.split("."))
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func)
            in {"timezone.now", "datetime.now", "date.today", "datetime.utcnow", "localdate"}
        }
    )
    assert found == []


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
        if "models" in module.name.split(".")
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
