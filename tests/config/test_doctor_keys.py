"""The doctor finds master keys that are missing before anybody needs them."""

from base64 import b64encode
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from doithoai.config import doctor
from doithoai.config.doctor import Finding
from doithoai.vault import keys
from doithoai.vault.commands import Kept, keep

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)


def found_with(settings: Any, *named: str) -> Finding:
    settings.VAULT_KEYS = list(named)
    keys.wrapping.cache_clear()
    finding = doctor.vault(NOW)
    keys.wrapping.cache_clear()
    return finding


def test_a_master_key_that_is_missing_is_found(committed_db: str, settings: Any) -> None:
    old, new = (b64encode(bytes([n]) * 32).decode() for n in (1, 2))
    assert found_with(settings, f"old:{old}").well
    settings.VAULT_KEYS = [f"old:{old}"]
    keep(uuid4(), Kept("text", b"sealed"))
    assert found_with(settings, f"old:{old}").well
    gone = found_with(settings, f"new:{new}")
    assert not gone.well
    assert "old" in gone.says
    assert "DOITHOAI_VAULT_KEYS" in gone.says
    assert not found_with(settings, f"old:{new}").well
    assert not found_with(settings).well
    assert "rotate" in found_with(settings, f"new:{new}", f"old:{old}").says
