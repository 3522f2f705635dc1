"""``doithoai vault rotate``: wrap every data key with the master key in use now."""

import argparse
import json

from django.utils.translation import gettext as _

from doithoai.core.progress import during
from doithoai.vault.commands import rotate


def main(argv: list[str]) -> int:
    """Do one thing to what is sealed; say how much was done."""
    parser = argparse.ArgumentParser(
        prog="doithoai vault", description=_("Change the master key of what is sealed.")
    )
    parser.add_argument("act", choices=["rotate"])
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    with during(_("Wrapping keys")):
        done = rotate()
    if chosen.json:
        print(json.dumps({"wrapped": done}))
        return 0
    print(_("{number} keys were wrapped with the newest master key.").format(number=done))
    if done == 0:
        print(_("Nothing is left under an older one: it may be destroyed."))
    return 0
