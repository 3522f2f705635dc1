"""The source as trees: what the architecture tests look at."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "doithoai"
Function = ast.FunctionDef


@dataclass(frozen=True)
class Module:
    """One file: its dotted name without ``doithoai``, its text and its tree."""

    name: str
    path: Path
    lines: int
    tree: ast.Module

    @property
    def app(self) -> str:
        """The app it belongs to."""
        return self.name.split(".")[0]

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Every function with its dotted name, methods and inner functions too."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield f"{self.name}.{node.name}", node


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the house but migrations, which Django writes."""
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        name = ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
        found.append(Module(name, path, text.count("\n"), ast.parse(text)))
    return tuple(found)


# Commands on what is sealed, with what they alone may read beside them.
SEALED = {"docket.unsealing", "docket.exclusion", "docket.succession"}


def is_commands(module: Module) -> bool:
    """Whether this is where an app writes."""
    return "commands" in module.name.split(".") or module.name in SEALED


def called(node: ast.AST) -> set[str]:
    """The names this code calls: the last part of each, ``enter`` of ``docket.enter(...)``."""
    names = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            if isinstance(each.func, ast.Name):
                names.add(each.func.id)
            elif isinstance(each.func, ast.Attribute):
                names.add(each.func.attr)
    return names


def statements(function: Function) -> int:
    """How many statements a function has, its docstring not counted."""
    every = sum(isinstance(n, ast.stmt) for n in ast.walk(function)) - 1
    return every - (ast.get_docstring(function) is not None)


def is_command(function: Function) -> bool:
    """A public function that opens a transaction."""
    if function.name.startswith("_"):
        return False
    marks = [d.func if isinstance(d, ast.Call) else d for d in function.decorator_list]
    return any(isinstance(m, ast.Attribute) and m.attr == "atomic" for m in marks)
