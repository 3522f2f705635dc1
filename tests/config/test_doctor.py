"""The doctor, on the tests' own database: what is well, what is said when it is not."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from doithoai.config import doctor
from doithoai.config.doctor import Finding

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
