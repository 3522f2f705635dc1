"""The doctor, on the tests' own database: what is well, what is said when it is not."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from doithoai.accounts.actors import Official
from doithoai.config import doctor, environment, vocabulary
from doithoai.config.doctor import Finding
from doithoai.docket.models import Adoption

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(databases=["default", "owner", "unseal"])


def found(name: str, at: datetime = NOW) -> Finding:
    return {finding.name: finding for finding in doctor.examine(at)}[name]


def test_every_finding_is_looked_at() -> None:
    names = "database roles migrations vault worker rules calendar mail messages disk production"

    assert [finding.name for finding in doctor.examine(NOW)] == names.split()


def test_the_database_and_its_migrations_are_well() -> None:
    assert found("database").well
    assert found("migrations").well


def test_the_webs_role_owns_nothing_and_cannot_rewrite() -> None:
    assert found("roles").well


def test_a_web_that_runs_as_the_owner_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "connection", connections["owner"])

    finding = doctor.roles(NOW)

    assert not finding.well
    assert "doithoai_owner" in finding.says


def test_a_worker_that_does_not_run_is_found() -> None:
    assert not found("worker").well


def test_rules_nobody_adopted_are_named() -> None:
    assert not found("rules").well
    assert "vn.recommendation.answer" in found("rules").says


def test_an_announced_year_is_well_and_the_next_is_asked_for_from_november() -> None:
    assert found("calendar").well
    assert not found("calendar", datetime(2026, 11, 21, 2, 0, tzinfo=UTC)).well


def test_a_mail_server_that_does_not_answer_is_found(settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert not found("mail").well
    assert "127.0.0.1" in found("mail").says


def test_no_mail_server_is_found(settings: Any) -> None:
    settings.EMAIL_HOST = ""

    assert not found("mail").well


def test_production_needs_https(settings: Any) -> None:
    settings.PRODUCTION, settings.SITE_URL = True, "http://doithoai.hatinh.example"
    assert not found("production").well

    settings.SITE_URL = "https://doithoai.hatinh.example"
    assert found("production").well


def test_machines_get_json_and_the_exit_code_says_that_something_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert doctor.main(["--json"]) == 1

    findings = json.loads(capsys.readouterr().out)
    assert {"name": "database", "well": True, "says": findings[0]["says"]} == findings[0]


def test_messages_that_go_out_and_cannot_come_in_are_found(settings: Any) -> None:
    settings.GATEWAY_URL, settings.SMS_KEY = "https://gateway.example/send", ""
    assert "DOITHOAI_SMS_KEY" in found("messages").says
    assert not found("messages").well
    settings.SMS_KEY = "short"
    assert not found("messages").well
    settings.SMS_KEY = "k" * doctor.SHORTEST_KEY
    assert found("messages").well


def test_a_migration_that_is_missing_is_found_and_nothing_breaks_over_it() -> None:
    MigrationRecorder.Migration.objects.using("owner").filter(app="notices").delete()

    looked_at = {finding.name: finding for finding in doctor.examine(NOW)}

    assert not looked_at["migrations"].well
    assert "upgrade" in looked_at["migrations"].says
    assert {"calendar", "mail", "disk", "production"} <= set(looked_at)
    assert "worker" not in looked_at


def test_a_database_that_does_not_answer_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    away = ConnectionHandler(
        {"default": {**environment.database(f"postgresql://a@/x?host={tmp_path}")}}
    )
    monkeypatch.setattr(doctor, "connection", away["default"])

    looked_at = doctor.examine(NOW)

    assert not looked_at[0].well
    assert "DATABASE_URL" in looked_at[0].says
    names = [finding.name for finding in looked_at]
    assert names == ["database", "calendar", "mail", "messages", "disk", "production"]


def beating(at: datetime) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at])


def test_a_worker_is_alive_while_its_heart_beats() -> None:
    beating(NOW - timedelta(seconds=30))
    assert found("worker").well

    beating(NOW - timedelta(minutes=2))
    assert not found("worker").well


def test_jobs_nobody_does_are_found() -> None:
    beating(NOW)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, scheduled_at)"
            " VALUES ('default', 'test', '{}', 'todo', now() - interval '2 hours')"
        )
    assert not found("worker").well
    assert "1" in found("worker").says


def test_a_full_disk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("disk").well
    full = (100_000_000_000, 99_500_000_000, 500_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(*full))  # type: ignore[attr-defined]
    assert not found("disk").well


def test_a_folder_in_which_nothing_can_be_written_is_found(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.VAR = tmp_path / "file" / "var"
    assert not found("disk").well
    assert str(settings.VAR) in found("disk").says


def test_rules_are_well_once_each_has_its_document(minh: Official) -> None:
    rulebook, _calendar = vocabulary.lawbook()
    for rule in {rule.id for rule in rulebook.not_adopted()}:
        Adoption.objects.create(
            rule=rule, document="12/QĐ-UBND", adopted_on=NOW.date(), by_id=minh.user, at=NOW
        )
    assert found("rules").well


def test_what_is_wrong_is_one_line_each_and_the_exit_code_is_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert doctor.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(doctor.examine(NOW))
