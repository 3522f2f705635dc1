"""Numbers of papers and of telephones as they are kept and as they are sought: one way each."""

from typing import Final

from doithoai.notices.numbers import bare
from doithoai.units.territory import country

SHORTEST_AT_HOME: Final = 9  # digits of a telephone number within the country, without its 0
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WITHOUT_LETTER: Final = (7, 8)  # digits of a passport


def as_paper(typed: str) -> str:
    """Letters in capitals and digits; nothing between them."""
    return "".join(c for c in typed.upper() if c.isalnum())


def telephone(typed: str) -> str:
    """Within the country with its 0, from abroad with a plus: +84 912 345 678 is 0912345678."""
    digits = "".join(c for c in typed if c.isascii() and c.isdigit())
    code = country().calling_code
    abroad = typed.strip().startswith("+") or digits.startswith("00")
    if abroad and not digits.lstrip("0").startswith(code):
        return f"+{digits.lstrip('0')}" if digits else ""
    at_home = bare(typed, code)
    return f"0{at_home}" if len(at_home) >= SHORTEST_AT_HOME else digits


def papers_sought(typed: str) -> list[str]:
    """The numbers of papers that may be meant: as typed, and a passport without its letter."""
    number = as_paper(typed)
    if number.isdigit() and len(number) in WITHOUT_LETTER:
        return [number, *(f"{letter}{number}" for letter in LETTERS)]
    return [number]
