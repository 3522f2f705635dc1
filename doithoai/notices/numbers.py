"""Telephone numbers as people and gateways write them: 0912 345 678 is +84 912 345 678. Pure."""


def bare(number: str, calling_code: str) -> str:
    """The digits that are the same however the number is written, without 0, 00, + and country.

    ``calling_code`` is the country's (ITU-T E.164); with an empty one only the zeros are left out.
    """
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    if digits.startswith("0") and not digits.startswith("00"):
        return digits[1:]
    return digits.lstrip("0").removeprefix(calling_code)
