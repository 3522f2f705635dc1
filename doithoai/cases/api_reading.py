"""What the message gateway posts, as values."""

import json

from doithoai.notices.commands import Arrived

LONGEST = {"id": 100, "from": 20, "text": 2000}  # characters; ten joined messages have 1,530


def arrived(body: bytes) -> Arrived | None:
    """The message in this JSON; None when it is no JSON or a part is missing or too long."""
    try:
        given = json.loads(body)
    except ValueError:
        return None
    if not isinstance(given, dict):
        return None
    parts = [_text(given.get(name), most) for name, most in LONGEST.items()]
    if "" in parts:
        return None
    return Arrived(*parts)


def _text(value: object, most: int) -> str:
    """A text without NUL, which the database does not take; empty when it is none."""
    if not isinstance(value, str | int) or len(str(value)) > most:
        return ""
    return str(value).replace("\x00", "").strip()
