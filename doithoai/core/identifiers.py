"""Identifiers: UUIDv7 inside, UUIDv4 for what is sealed, twelve digits for people."""

import os
import secrets
import time
from uuid import UUID, uuid4

# The table of the Damm algorithm (H. M. Damm, 2004): catches every single wrong digit and every
# swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)

SEALED_DIGITS = 20


def uuid7() -> UUID:
    """A time-ordered identifier (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 12 bits of the
    part of a millisecond (§6.2, method 3), so that ids made one after another sort so; the rest
    random.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | tail)


def sealed_id() -> UUID:
    """An identifier that tells nothing, not even when it was made (RFC 9562 §5.4)."""
    return uuid4()


def row_id(*, sealed: bool) -> UUID:
    """The key of a row beside a matter: of a sealed one it tells nothing, else when it was made."""
    return sealed_id() if sealed else uuid7()


def sealed_row() -> int:
    """The number of a sealed matter's row in a table that counts its rows: negative, of no
    sequence. Between which others it was written is not told by it, nor by a gap in theirs.
    """
    return -1 - secrets.randbelow(2**62)


def check_digit(digits: str) -> str:
    """The digit that makes ``digits`` plus it a valid code."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def new_code() -> str:
    """Twelve digits, the last a check digit. Never a record of when or where: all eleven are
    random.
    """
    return code_from(secrets.randbelow(9 * 10**10))


def code_from(number: int) -> str:
    """The code a number stands for: twelve digits, the first not 0, the last a check digit."""
    body = str(10**10 + number % (9 * 10**10))
    return body + check_digit(body)


def new_sealed_code() -> str:
    """Twenty digits for what is sealed, the last a check digit: 63 random bits, which nobody
    guesses by trying.
    """
    body = str(10**18 + secrets.randbelow(9 * 10**18))
    return body + check_digit(body)


def is_sealed_code(typed: str) -> bool:
    """Whether this is the twenty digits of a sealed matter's slip whose check digit is right."""
    digits = digits_of(typed)
    return len(digits) == SEALED_DIGITS and check_digit(digits[:-1]) == digits[-1]


def new_sealed_number() -> str:
    """The public number of a sealed matter: ten random digits, of no sequence. It tells neither how
    many there are nor when it was given.
    """
    return str(10**9 + secrets.randbelow(9 * 10**9))


def new_secret() -> str:
    """Six random digits that go with a code."""
    return secret_from(secrets.randbelow(10**6))


def secret_from(number: int) -> str:
    """The secret a number stands for: six digits."""
    return f"{number % 10**6:06d}"


def digits_of(typed: str) -> str:
    """What a person typed, without blanks, dots and dashes."""
    return "".join(c for c in typed if c.isdigit())


def is_code(typed: str) -> bool:
    """Whether this is twelve digits whose check digit is right."""
    digits = digits_of(typed)
    return len(digits) == 12 and check_digit(digits[:-1]) == digits[-1]


def spoken(code: str) -> str:
    """A code in groups of four, as it is read aloud: ``2611 4470 8163``."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
