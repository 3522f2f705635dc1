"""The statements pgbench runs, and the answers the load reads."""

import pytest

from bench import intake
from bench.loading import Arriving

ID = "01a20068f66c7de9bb29627aa43a0f99"
KNOWN = "01a20068f66c73f6a02e6e9a66de2d05"


def test_what_a_run_makes_anew_ends_in_its_own_counter() -> None:
    script = intake.as_pgbench([f"INSERT INTO t VALUES ('{ID}'::uuid, '{KNOWN}'::uuid)"], {KNOWN})
    assert script.splitlines()[-1] == (
        f"INSERT INTO t VALUES ('01a20068f66c7de9bb29:one'::uuid, '{KNOWN}'::uuid);"
    )


def test_hashes_and_numbers_of_matters_differ_from_run_to_run() -> None:
    script = intake.as_pgbench(
        [r"INSERT INTO r VALUES ('\x00112233445566778899aabbccddeeff', 'KN26-000103')"], ()
    )
    assert r"'\x00112233445566778899:one', 'KN26-:one'" in script


def test_the_counter_has_as_many_digits_as_it_replaces() -> None:
    script = intake.as_pgbench(["SELECT 1"], ())
    assert r"\set one 100000000000 + :client_id * 1000000000 + :run" in script


def test_an_answer_may_come_in_pieces() -> None:
    arriving = Arriving()
    for piece in (b"HTTP/1.1 200 OK\r\nContent-Le", b"ngth: 4\r\n\r\nab", b"cd"):
        assert not arriving.complete
        arriving.take(piece)
    assert arriving.complete
    assert arriving.status == 200


def test_a_server_that_hangs_up_in_the_middle_is_no_answer() -> None:
    with pytest.raises(ConnectionError):
        Arriving().take(b"")
