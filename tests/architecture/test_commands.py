"""Every change is a command: it says who and when, asks for the right, leaves an entry behind."""

import ast
import re
from typing import TypeGuard

from tests.architecture.reading import (
    Function,
    Module,
    called,
    is_command,
    is_commands,
    modules,
    statements,
)

ENTRIES = {"enter", "enter_all", "enter_for_person", "record", "record_all", "open_matter",
           "open_sealed"}  # fmt: skip
WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create",
          "update_or_create", "insert", "aupdate", "acreate", "adelete", "asave"}  # fmt: skip
SQL_WRITES = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE\s+\w+|COPY\s+\w+.*\bFROM\s+STDIN)\b",
    re.IGNORECASE | re.DOTALL,
)
LONGEST = 25  # statements of a command

SENDER = "the sender's own book-keeping of the outbox; nobody does anything"
ABOVE = "the app of the matter decided who may; files and notices know no matters"
# Commands nobody does: they say no ``by``, ask no policy and leave no entry. Each with its reason.
NO_ACTOR = {
    "ledger.commands.number_entries": "numbers what others did",
    "ledger.commands.reissue_receipt": "part of cases.reissue_slip, which says who and enters it",
    "notices.commands.claim": SENDER,
    "notices.commands.mark_sent": SENDER,
    "notices.commands.mark_retry": SENDER,
    "notices.commands.mark_failed": SENDER,
    "notices.commands.mark_uncertain": SENDER,
    "notices.commands.release_stuck": SENDER,
    "notices.commands.merge_digest": SENDER,
    "notices.commands.forget_words": "time does it: the words of old messages, nothing of a matter",
}
# Commands that make their own actor.
OWN_ACTOR = {"cases.commands.lodging.reply_by_link": "the link says which body replies"}
# Commands that ask no policy of their own.
NO_POLICY = {
    "files.commands.keep": ABOVE,
    "files.commands.publish": ABOVE,
    "files.commands.withhold": ABOVE,
    "files.commands.keep_draft": ABOVE,
    "files.commands.record_signed": ABOVE,
    "notices.commands.mark_done_by_hand": ABOVE,
    "notices.commands.send_again": ABOVE,
    "dialogues.commands.hall.collect_question": "anybody may ask before an announced dialogue",
}
# Commands that leave no entry of their own.
NO_ENTRY = {
    "dialogues.commands.sheets.choose_columns": "nothing has happened before the import",
}
# Files that write although they are not commands.
WRITERS = {
    "units.loading": "loads the shipped list of units",
    "units.body_loading": "loads the shipped list of units",
    "config.demo": "invents the demo's people",
    "docket.projection": "stores what the law makes of the entries; called by docket.enter only",
}
# Files that write by SQL of their own although they are not commands.
SQL_WRITERS = {
    "ledger.inserting": "entries in one statement; called by ledger.commands only",
    "docket.codes": "draws the next number of a register; called by commands only",
    "config.databases": "roles and rights of the database itself",
}
# ``save`` and the like on things that are not rows: documents, workbooks, pictures, forms, dicts.
NOT_ROWS = {
    "files": "Word, PDF and pictures are saved to bytes",
    "dialogues.sheets": "workbooks are saved to bytes",
    "config": "files of the operator: back-ups, secrets, translations",
    "core.toml_tables": "dict.update",
}


def _commands() -> list[tuple[str, Function, Module]]:
    return [
        (name, function, module)
        for module in modules()
        if is_commands(module)
        for name, function in module.functions()
        if is_command(function)
    ]


def _private(module: Module) -> dict[str, Function]:
    """What the module keeps to itself: a command may hand a move to one of these."""
    return {f.name: f for _name, f in module.functions() if not is_command(f)}


def _reaches(function: Function, module: Module, wanted: set[str], seen: set[str]) -> bool:
    """Whether the function, or a helper or another command it calls, calls one of these."""
    names = called(function)
    if names & wanted:
        return True
    helpers = _private(module)
    for name in (names & set(helpers)) - seen:
        if _reaches(helpers[name], module, wanted, seen | {name}):
            return True
    return False


COMMANDS = {function.name for _name, function, _module in _commands()}


def test_there_are_commands_to_look_at() -> None:
    assert len(COMMANDS) > 40


def test_every_command_says_by_whom_and_when() -> None:
    silent = []
    for name, function, _module in _commands():
        named = {a.arg for a in function.args.kwonlyargs}
        if name not in NO_ACTOR and not {"at"} | ({"by"} - set(_own(name))) <= named:
            silent.append(name)
    assert silent == []


def _own(name: str) -> tuple[str, ...]:
    return ("by",) if name in OWN_ACTOR else ()


def test_every_command_asks_whether_they_may() -> None:
    asking = {"require"} | COMMANDS
    silent = [
        name
        for name, function, module in _commands()
        if name not in NO_ACTOR | NO_POLICY and not _reaches(function, module, asking, set())
    ]
    assert silent == []


def test_every_command_leaves_an_entry() -> None:
    leaving = ENTRIES | COMMANDS
    silent = [
        name
        for name, function, module in _commands()
        if name not in NO_ACTOR | NO_ENTRY and not _reaches(function, module, leaving, set())
    ]
    assert silent == []


def test_no_command_is_longer_than_a_screen_of_statements() -> None:
    long = {name: statements(f) for name, f, _module in _commands() if statements(f) > LONGEST}
    assert long == {}


def test_a_command_locks_before_it_looks_and_looks_before_it_writes() -> None:
    wrong = []
    for name, function, _module in _commands():
        order = [
            n for n in (_first(function, w) for w in ({"lock", "lock_all"}, {"require"}, {"take"}))
            if n
        ]  # fmt: skip
        if order != sorted(order):
            wrong.append(name)
    assert wrong == []


def _first(function: Function, names: set[str]) -> int | None:
    lines = [
        n.lineno
        for n in ast.walk(function)
        if isinstance(n, ast.Call)
        and (getattr(n.func, "attr", None) in names or getattr(n.func, "id", None) in names)
    ]
    return min(lines, default=None)


def test_only_commands_write() -> None:
    writing = []
    for module in modules():
        if is_commands(module) or module.name in WRITERS:
            continue
        if any(module.name == m or module.name.startswith(m + ".") for m in NOT_ROWS):
            continue
        found = sorted(_written(module.tree))
        if found:
            writing.append((module.name, found))
    assert writing == []


def test_only_commands_write_by_hand_written_sql() -> None:
    writing = []
    for module in modules():
        if is_commands(module) or module.name in WRITERS | SQL_WRITERS:
            continue
        texts = [
            node.value
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        docs = {ast.get_docstring(n, clean=False) for n in ast.walk(module.tree) if _has_doc(n)}
        writing += [(module.name, t) for t in texts if t not in docs and SQL_WRITES.search(t)]
    assert writing == []


def _has_doc(node: ast.AST) -> TypeGuard[ast.Module | ast.ClassDef | ast.FunctionDef]:
    return isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)


def _written(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if node.func.attr in WRITES and ("objects" in owner or node.func.attr != "update"):
                found.add(f"{owner}.{node.func.attr}")
    return found


def test_nothing_happens_behind_a_models_back() -> None:
    hidden = [
        name
        for module in modules()
        if "models" in module.name.split(".")
        for name, function in module.functions()
        if function.name in {"save", "delete", "clean", "full_clean"}
    ]
    assert hidden == []


def test_every_exception_to_the_rules_still_exists() -> None:
    known = {name for name, _function, _module in _commands()} | {m.name for m in modules()}
    known |= {m.name.rpartition(".")[0] for m in modules()} | {m.app for m in modules()}
    listed = NO_ACTOR | OWN_ACTOR | NO_POLICY | NO_ENTRY | WRITERS | SQL_WRITERS | NOT_ROWS
    assert sorted(set(listed) - known) == []


def _reads_the_clock(node: ast.AST) -> TypeGuard[ast.Call]:
    """``localdate()`` and ``localtime()`` without a moment mean now; ``today()`` always does."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    asks = name in {"localdate", "localtime"} and not node.args and not node.keywords
    return asks or (name == "today" and not node.args)


def test_no_command_asks_what_day_it_is() -> None:
    asking = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if is_commands(module)
        for node in ast.walk(module.tree)
        if _reads_the_clock(node)
    ]
    assert asking == []


def test_the_clock_is_known_by_its_names() -> None:
    read = "timezone.localdate()", "localtime()", "date.today()", "datetime.today()"
    assert all(_reads_the_clock(ast.parse(code, mode="eval").body) for code in read)
    told = "timezone.localdate(at)", "localtime(at)", "local_day(at)"
    assert not any(_reads_the_clock(ast.parse(code, mode="eval").body) for code in told)
