"""`doithoai verify`: is every entry as it was written, and is none missing; exits 1 if not."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from doithoai.core.progress import during
from doithoai.ledger import verifying
from doithoai.ledger.models import Entry
from doithoai.ledger.verifying import Verdict


@dataclass(frozen=True)
class Proof:
    """What a verification found. ``erased`` entries confirm nothing, because a person was erased;
    ``unproved`` ones, although nobody was.
    """

    entries: int
    erased: int
    changed: tuple[str, ...]
    unproved: tuple[str, ...]
    missing: tuple[int, ...]
    waiting: int

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.changed or self.unproved or self.missing)


def main(argv: Sequence[str] | None = None) -> int:
    """Compute every digest again and count the sequence through. 0 whole, 1 something is wrong."""
    parser = argparse.ArgumentParser(
        prog="doithoai verify",
        description=_("Prove that no entry was changed, left out or put in."),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    proof = prove()
    if chosen.json:
        print(json.dumps({**asdict(proof), "whole": proof.whole}))
    else:
        print("\n".join(_said(proof)))
    return 0 if proof.whole else 1


def prove() -> Proof:
    """Verify the ledger, and tell what was erased from what was tampered with."""
    with during(_("Verifying entries")):
        verdict = verifying.verified(verifying.with_salts().iterator(verifying.AT_ONCE))
    erased = _erased(verdict)
    return Proof(
        entries=verdict.entries,
        erased=len(erased),
        changed=tuple(map(str, verdict.changed)),
        unproved=tuple(str(pk) for pk in verdict.unproved if pk not in erased),
        missing=verdict.missing,
        waiting=verdict.waiting,
    )


def _erased(verdict: Verdict) -> frozenset[UUID]:
    """Of the entries without a proof, those about something from which a person was erased."""
    erasures = Entry.objects.filter(kind="docket.erased").values_list("matter", "data__subject")
    about = {matter for matter, _subject in erasures}
    about |= {UUID(subject) for _matter, subject in erasures}
    known = Entry.objects.filter(pk__in=verdict.unproved, matter__in=about)
    return frozenset(known.values_list("pk", flat=True))


def _said(proof: Proof) -> list[str]:
    looked_at = _("%(entries)s entries looked at, %(waiting)s of them not yet numbered.")
    lines = [looked_at % vars(proof)]
    if proof.erased:
        text = _("%(erased)s entries confirm nothing any more, because a person was erased.")
        lines.append(text % vars(proof))
    for text, found in (
        (_("Entry %(id)s was changed: it does not fit its digest."), proof.changed),
        (_("Entry %(id)s lost its proof, although nobody was erased."), proof.unproved),
        (_("Number %(id)s of the sequence has no entry."), tuple(map(str, proof.missing))),
    ):
        lines += [text % {"id": each} for each in found]
    lines.append(_("The ledger is whole.") if proof.whole else _("The ledger is not whole."))
    return lines
