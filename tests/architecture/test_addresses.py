"""Every address resolves, and every name a template or a redirect uses is an address."""

import ast
import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.converters import get_converters

from tests.architecture.reading import HOUSE, modules

PARTS = {
    "int": 7, "str": "x", "slug": "x", "path": "x/y", "uuid": UUID(int=7),
    "date": "2026-07-15", "code": "KN26-000001",
}  # fmt: skip


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        else:
            yield each


OURS = [
    p for p in _patterns(get_resolver())
    if getattr(p.callback, "__module__", "").startswith("doithoai")
]  # fmt: skip
NAMES = {p.name for p in _patterns(get_resolver()) if p.name}


def test_there_are_addresses() -> None:
    assert len(OURS) > 30


@pytest.mark.parametrize("pattern", OURS, ids=lambda p: str(p.name))
def test_every_address_has_a_name_and_resolves_to_its_view(pattern: URLPattern) -> None:
    assert pattern.name
    given = {}
    for name, converter in pattern.pattern.converters.items():
        kind = next((k for k, c in get_converters().items() if c is converter), "str")
        given[name] = PARTS[kind]
    address = reverse(pattern.name, kwargs=given)
    assert resolve(address).url_name == pattern.name


def test_no_two_views_share_a_name() -> None:
    named: dict[str, set[str]] = {}
    for pattern in OURS:
        view = f"{pattern.callback.__module__}.{getattr(pattern.callback, '__name__', '')}"
        named.setdefault(str(pattern.name), set()).add(view)
    assert {name: views for name, views in named.items() if len(views) > 1} == {}


def _templates() -> list[str]:
    return sorted(str(p.relative_to(HOUSE)) for p in HOUSE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", _templates())
def test_a_template_compiles_and_names_only_addresses_that_exist(path: str) -> None:
    text = (HOUSE / path).read_text(encoding="utf-8")
    engines["django"].from_string(text)
    used = set(re.findall(r"""\{%\s*url\s+['"]([\w:-]+)['"]""", text))
    assert used <= NAMES, used - NAMES


def test_a_redirect_names_only_addresses_that_exist() -> None:
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "id", None)
            first = node.args[0]
            if called in {"redirect", "reverse"} and isinstance(first, ast.Constant):
                name = str(first.value)
                if not name.startswith(("/", "http")) and name not in NAMES:
                    wrong.append((module.name, name))
    assert wrong == []


def test_a_lower_apps_template_knows_no_higher_apps_address() -> None:
    """A template may link only to addresses of its own app or of apps below it."""
    ladder = [
        "core", "theme", "ledger", "vault", "units", "accounts", "law", "notices", "files",
        "docket", "duties", "cases", "dialogues", "reception", "supervision", "reports",
        "home", "config",
    ]  # fmt: skip
    owner = {str(p.name): p.callback.__module__.split(".")[1] for p in OURS}
    wrong = []
    for path in _templates():
        app = path.split("/")[0]
        text = (HOUSE / path).read_text(encoding="utf-8")
        used = set(re.findall(r"""\{%\s*url\s+['"]([\w:-]+)['"]""", text)) & set(owner)
        wrong += [(path, n) for n in used if ladder.index(owner[n]) > ladder.index(app)]
    found = {(path, name) for path, name in wrong if not path.startswith("theme/")}
    assert found == set(EXPLAINED_ABOVE)


# Links upwards, each with its reason; to be emptied.
EXPLAINED_ABOVE = {
    ("cases/templates/cases/portal/who_reads.html", "visibility"): "who sees what is told once",
    ("cases/templates/cases/portal/why.html", "deadlines"): "how days are counted is told once",
    ("units/templates/units/tabs.html", "people"): "one row of tabs for the administrator's pages",
    ("units/templates/units/tabs.html", "rules"): "one row of tabs for the administrator's pages",
}
