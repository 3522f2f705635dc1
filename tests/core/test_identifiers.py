"""Codes people read aloud, and ids in the order they were made."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.core import identifiers

NUMBERS = st.integers(0, 9 * 10**10 - 1)


@settings(derandomize=True, max_examples=200)
@given(NUMBERS, st.integers(0, 11), st.integers(1, 9))
def test_no_single_wrong_digit_passes(number: int, place: int, off: int) -> None:
    code = identifiers.code_from(number)
    wrong = str((int(code[place]) + off) % 10)
    assert identifiers.is_code(code)
    assert not identifiers.is_code(code[:place] + wrong + code[place + 1 :])


@settings(derandomize=True, max_examples=200)
@given(NUMBERS, st.integers(0, 10))
def test_no_swap_of_neighbours_passes(number: int, place: int) -> None:
    code = identifiers.code_from(number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert identifiers.is_code(swapped) == (swapped == code)


@settings(derandomize=True, max_examples=100)
@given(NUMBERS)
def test_a_code_is_twelve_digits_and_never_begins_with_nought(number: int) -> None:
    code = identifiers.code_from(number)
    assert len(code) == 12
    assert code.isdigit()
    assert code[0] != "0"


@pytest.mark.parametrize("typed", ["{}", "{0:.4} {1:.4} {2}", " {}. ", "{0:.4}-{1:.4}-{2}"])
def test_blanks_dots_and_dashes_do_not_matter(typed: str) -> None:
    code = identifiers.code_from(26114470816)
    groups = (code, "", "") if typed.count("{") == 1 else (code[:4], code[4:8], code[8:])
    assert identifiers.is_code(typed.format(*groups))
    assert identifiers.digits_of(typed.format(*groups)) == code


@pytest.mark.parametrize("typed", ["", "123", "2611 4470 816", "abcdefghijkl", "1" * 13])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert not identifiers.is_code(typed)


def test_a_code_is_spoken_in_groups_of_four() -> None:
    assert identifiers.spoken("261144708163") == "2611 4470 8163"


def test_a_secret_is_six_digits_with_its_noughts() -> None:
    assert identifiers.secret_from(42) == "000042"
    assert all(len(identifiers.new_secret()) == 6 for _each in range(50))


def test_ids_sort_in_the_order_they_were_made_and_say_version_seven() -> None:
    made = [identifiers.uuid7() for _each in range(2000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(each.version == 7 for each in made)
    assert all(each.variant == "specified in RFC 4122" for each in made)


def test_a_sealed_id_tells_no_time() -> None:
    made: list[UUID] = [identifiers.sealed_id() for _each in range(20)]
    assert all(each.version == 4 for each in made)
    assert made != sorted(made)
