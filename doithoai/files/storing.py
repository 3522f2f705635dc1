"""Where bytes lie in the storage."""


def path_of(digest: str, extension: str) -> str:
    """``ab/cd/abcd….pdf``: folders stay small, and the name is nothing but the bytes' SHA-256."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}.{extension}"
