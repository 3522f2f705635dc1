"""What an address asks, read with care: what is not understood asks nothing."""

from uuid import UUID


def id_of(text: str) -> str:
    """An identifier as it is written in addresses, or nothing."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def text_of(text: str) -> str:
    """A short text."""
    return text.replace("\0", "").strip()[:100]


def page_of(text: str) -> int:
    """A page number; the first one for anything else."""
    return int(text) if text.isdecimal() and len(text) < 6 else 1
