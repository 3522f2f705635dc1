"""The master key is changed by one command, kept by a service if there is one, and looked after by
the doctor.
"""

from base64 import b64encode
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from doithoai.config import doctor, vault_command_line
from doithoai.vault import keys
from doithoai.vault.commands import Kept, keep, mark
from doithoai.vault.keys import LocalKeys
from doithoai.vault.models import DataKey
from doithoai.vault.reading import holds, names_somebody_in, parts_of

OLD, NEW = (b64encode(bytes([n]) * 32).decode() for n in (1, 2))


class KeyService:
    """Stands for a province's key service: it wraps, and never gives its key away."""

    def __init__(self) -> None:
        self._inside = LocalKeys({"hsm-1": bytes(range(32))}, bytes(32))

    def wrap(self, key: bytes, matter: UUID) -> tuple[str, bytes]:
        return self._inside.wrap(key, matter)

    def unwrap(self, master: str, wrapped: bytes, matter: UUID) -> bytes:
        return self._inside.unwrap(master, wrapped, matter)

    def current(self) -> str:
        return "hsm-1"

    def blinding(self) -> bytes:
        return self._inside.blinding()


@pytest.fixture
def masters(settings: Settings) -> Iterator[Settings]:
    settings.VAULT_KEYS = [f"old:{OLD}"]
    keys.wrapping.cache_clear()
    yield settings
    keys.wrapping.cache_clear()


def test_a_key_service_wraps_in_place_of_the_environment(
    committed_db: str, masters: Settings
) -> None:
    masters.VAULT_WRAPPING = f"{__name__}.KeyService"
    keys.wrapping.cache_clear()
    matter = uuid4()
    keep(matter, Kept("text", b"sealed"))
    assert DataKey.objects.get(pk=matter).master == "hsm-1"
    assert parts_of(matter) == {("text", 0): b"sealed"}
    assert holds(matter)
    assert not holds(uuid4())


def test_the_command_rotates_and_the_doctor_says_when_it_is_due(
    committed_db: str, masters: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(uuid4(), Kept("text", b"sealed"))
    assert doctor.vault(timezone.now()).well
    masters.VAULT_KEYS = [f"new:{NEW}", f"old:{OLD}"]
    keys.wrapping.cache_clear()
    due = doctor.vault(timezone.now())
    assert not due.well
    assert "old" in due.says
    assert vault_command_line.main(["rotate"]) == 0
    assert vault_command_line.main(["rotate"]) == 0
    said = capsys.readouterr().out
    assert "1" in said
    assert "0" in said
    assert doctor.vault(timezone.now()).well


def test_the_doctor_says_when_nothing_sealed_can_be_opened(
    committed_db: str, masters: Settings
) -> None:
    masters.VAULT_KEYS = ["broken"]
    keys.wrapping.cache_clear()
    found = doctor.vault(timezone.now())
    assert not found.well
    assert "DOITHOAI_VAULT_KEYS" in found.says


def test_a_text_names_somebody_by_name_number_or_address(committed_db: str) -> None:
    matter, other = uuid4(), uuid4()
    marks = [("name", "Hoàng Sao Mai"), ("phone", "0900 000 123"), ("address", "Ngõ 3, thôn Lạc")]
    mark(matter, marks)
    for text in ("Bà HOÀNG SAO MAI nói", "gọi 0900000123", "ở ngõ 3 thôn lạc ấy"):
        assert names_somebody_in([matter], text), text
        assert not names_somebody_in([other], text)
    for text in ("Bà Mai nói", "Hoàng Sao", ""):
        assert not names_somebody_in([matter], text), text
