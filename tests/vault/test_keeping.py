"""What is sealed opens with the key alone, and the web's role reads nothing of it."""

from base64 import b64encode
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections
from pytest_django.fixtures import Settings

from doithoai.vault import keys
from doithoai.vault.commands import Kept, keep, mark, rotate
from doithoai.vault.keys import Locked
from doithoai.vault.models import Part
from doithoai.vault.reading import parts_of, same

WORDS = "Tôi tố cáo Hoàng Sao Mai nhận tiền."
OLD, NEW = (b64encode(bytes([n]) * 32).decode() for n in (1, 2))


@pytest.fixture
def matter() -> UUID:
    return uuid4()


@pytest.fixture
def masters(settings: Settings) -> Iterator[Settings]:
    """The settings, with the wrapping made anew from them and forgotten afterwards."""
    settings.VAULT_KEYS = [f"old:{OLD}"]
    keys.wrapping.cache_clear()
    yield settings
    keys.wrapping.cache_clear()


def test_what_was_kept_is_read_back(committed_db: str, matter: UUID) -> None:
    keep(matter, Kept("text", WORDS.encode()), Kept("file", b"\x00\xff", turn=1))
    keep(matter, Kept("file", b"more", turn=2))

    assert parts_of(matter) == {
        ("text", 0): WORDS.encode(),
        ("file", 1): b"\x00\xff",
        ("file", 2): b"more",
    }
    assert parts_of(matter, names=("text",)) == {("text", 0): WORDS.encode()}
    assert parts_of(uuid4()) == {}


def test_the_database_holds_no_word_of_it(committed_db: str, matter: UUID) -> None:
    keep(matter, Kept("text", WORDS.encode()))
    mark(matter, [("name", "Hoàng Sao Mai")])

    with connections["unseal"].cursor() as cursor:
        cursor.execute("SELECT string_agg(p::text, '') FROM vault_part p")
        (parts,) = cursor.fetchone() or ("",)
        cursor.execute("SELECT string_agg(m::text, '') FROM vault_mark m")
        (marks,) = cursor.fetchone() or ("",)
    shown = bytes.fromhex(parts.split("\\\\x")[-1].rstrip('")'))
    assert WORDS.encode() not in shown
    assert b"Mai".hex() not in parts + marks


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT content FROM vault_part",
        "SELECT digest FROM vault_mark",
        "DELETE FROM vault_part",
        "UPDATE vault_part SET turn = 9",
        "UPDATE vault_datakey SET master = ''",
        "TRUNCATE vault_datakey",
    ],
)
def test_the_webs_role_may_not(db: None, matter: UUID, statement: str) -> None:
    keep(matter, Kept("text", b"-"))

    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_part_moved_to_another_matter_does_not_open(committed_db: str, matter: UUID) -> None:
    other = uuid4()
    keep(matter, Kept("text", b"mine"))
    keep(other, Kept("text", b"theirs"))
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM vault_part WHERE matter = %s", [other])
        cursor.execute("UPDATE vault_part SET matter = %s WHERE matter = %s", [other, matter])

    with pytest.raises(Locked):
        parts_of(other)


def test_a_part_is_never_overwritten(committed_db: str, matter: UUID) -> None:
    keep(matter, Kept("text", b"first"))

    with pytest.raises(DatabaseError):
        keep(matter, Kept("text", b"second"))
    assert parts_of(matter) == {("text", 0): b"first"}


def test_the_same_person_is_found_again_however_written(committed_db: str, matter: UUID) -> None:
    mark(matter, [("name", "Hoàng Sao Mai"), ("phone", "0900 000 123")])

    assert same("name", "HOÀNG  sao mai") == [matter]
    assert same("name", "hoang sao mai") == [matter]
    assert same("phone", "0900000123") == [matter]
    assert same("phone", "hoang sao mai") == []


def test_a_new_master_key_takes_over_and_the_old_may_go(
    committed_db: str, matter: UUID, masters: Settings
) -> None:
    keep(matter, Kept("text", WORDS.encode()))
    before = list(Part.objects.using("unseal").values_list("content", flat=True))

    masters.VAULT_KEYS = [f"new:{NEW}", f"old:{OLD}"]
    keys.wrapping.cache_clear()
    assert rotate() == 1
    assert rotate() == 0
    masters.VAULT_KEYS = [f"new:{NEW}"]
    keys.wrapping.cache_clear()

    assert parts_of(matter) == {("text", 0): WORDS.encode()}
    assert list(Part.objects.using("unseal").values_list("content", flat=True)) == before


def test_without_its_master_key_nothing_opens(
    committed_db: str, matter: UUID, masters: Settings
) -> None:
    keep(matter, Kept("text", b"-"))
    masters.VAULT_KEYS = [f"new:{NEW}"]
    keys.wrapping.cache_clear()
    with pytest.raises(Locked, match="old"):
        parts_of(matter)

    masters.VAULT_KEYS = [f"old:{NEW}"]
    keys.wrapping.cache_clear()
    with pytest.raises(Locked, match="old"):
        parts_of(matter)


@pytest.mark.parametrize(
    "odd", [[], ["old"], [f":{OLD}"], ["old:c2hvcnQ="], ["old:?"], [f"a:{OLD}", f"a:{NEW}"]]
)
def test_an_odd_master_key_stops_the_start(masters: Settings, odd: list[str]) -> None:
    masters.VAULT_KEYS = odd

    with pytest.raises(ImproperlyConfigured, match="DOITHOAI_VAULT_KEYS"):
        keys.from_environment()


def test_each_keeping_looks_different(committed_db: str) -> None:
    one, two = uuid4(), uuid4()
    keep(one, Kept("text", WORDS.encode()))
    keep(two, Kept("text", WORDS.encode()))

    contents = {bytes(c) for c in Part.objects.using("unseal").values_list("content", flat=True)}
    assert len(contents) == 2
