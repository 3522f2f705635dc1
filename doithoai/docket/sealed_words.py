"""Words added to a matter whose contents are in the vault: they go there too, and the rows that
would have held them say nothing (Law 25/2018/QH14, article 8).
"""

import json
from datetime import date
from typing import Final

from doithoai.docket.models import Matter
from doithoai.ledger.models import Entry
from doithoai.vault.commands import Kept, keep
from doithoai.vault.reading import holds

# Where the numbers of words begin that come after what came first; several at one moment differ.
LATER: Final = {
    "reason": 1_000,
    "note": 6_000,
    "denounced": 11_000,
    "relation": 16_000,
    "transfer": 21_000,
    "left": 26_000,
}


def in_vault(matter: Matter) -> bool:
    """Whether the contents of a matter are in the vault, so that nothing is added in clear."""
    return matter.sealed and holds(matter.pk)


def stow(matter: Matter, what: str, text: str, *, on: date | None = None) -> bool:
    """Keep further words (a key of ``LATER``) written on a day; whether they went into the vault.

    False, and nothing is kept, for a matter that is not there.
    """
    if not in_vault(matter):
        return False
    if text.strip():
        words = {"what": what, "text": text.strip(), "day": on.isoformat() if on else ""}
        turn = LATER[what] + Entry.objects.filter(matter=matter.pk).count()
        keep(matter.pk, Kept("text", json.dumps(words, ensure_ascii=False).encode(), turn))
    return True
