"""A new migration lets the version that still serves go on working while it is carried out."""

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

# The last migration of each app that was there when this rule began. An app not named is checked
# from its second migration on: nobody serves a table that does not exist yet.
BEFORE = {
    "cases": 7, "dialogues": 3, "docket": 10, "files": 2, "ledger": 2, "notices": 2,
    "reception": 2, "vault": 2,
}  # fmt: skip
# Migrations that may do what the linter refuses, each with the reason.
REASONS: dict[tuple[str, str], str] = {
    ("reception", "0007_known_by_number"): "0006 left one row a number; desks write few at a time",
    ("duties", "0002_disclosure_withdrawn"): "one row a body that decided so: locked for a moment",
}


def _new() -> list[tuple[str, str]]:
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("doithoai.")]
    names = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return sorted(
        (app, name) for app, name in names if app in ours and int(name[:4]) > BEFORE.get(app, 1)
    )


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_new_migration_breaks_nothing_that_still_serves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    linter = MigrationLinter(no_cache=True, database="owner")
    for app, name in _new():
        if (app, name) not in REASONS:
            linter.lint_migration(linter.migration_loader.disk_migrations[app, name])
    assert not linter.has_errors, capsys.readouterr().out


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_linter_sees_what_would_break() -> None:
    """`reception.0002` adds columns that may not be empty: it came before anybody served."""
    linter = MigrationLinter(no_cache=True, database="owner", no_output=True)
    linter.lint_migration(linter.migration_loader.disk_migrations["reception", "0002_desk"])
    assert linter.has_errors
