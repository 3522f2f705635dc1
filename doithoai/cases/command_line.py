"""``doithoai erase CODE``: what a person said, who they are and how to reach them is erased."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.accounts.queries import official
from doithoai.cases.commands.erasing import KEPT_YEARS, Erased, Ground, erase
from doithoai.cases.models import Case, Submission
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid


def main(argv: Sequence[str] | None = None) -> int:
    """Erase one person; 0 when done. A refusal raises a DomainError."""
    chosen = _parser().parse_args(argv)
    ground = Ground(
        reason=chosen.reason,
        basis=chosen.basis,
        document=chosen.document,
        decided_on=_day(chosen.decided_on),
        despite_duty=chosen.despite_duty_to_keep,
        kept_years=chosen.kept_years,
    )
    statement, by = _statement(chosen.code, chosen.statement), _head(chosen.username)
    with transaction.atomic():
        done = erase(statement, ground, by=by, at=timezone.now())
        if chosen.dry_run:
            transaction.set_rollback(True)
    sys.stdout.write(_said(done, dry_run=chosen.dry_run, as_json=chosen.json) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doithoai erase",
        description=_("Erase a person: what they said, who they are and how to reach them."),
    )
    parser.add_argument("code", metavar="CODE", help=_("the item, such as KN26-000412"))
    parser.add_argument(
        "--statement", type=int, metavar="N", help=_("which, when the item carries several: 1, 2 …")
    )
    parser.add_argument(
        "--as", dest="username", required=True, metavar="USER",
        help=_("the head of the body that has the item, who decided it"),
    )  # fmt: skip
    parser.add_argument("--reason", required=True, help=_("why, in a sentence that names nobody"))
    parser.add_argument("--basis", required=True, help=_("the legal basis: law and article"))
    parser.add_argument(
        "--document", required=True, help=_("number of the request or the decision")
    )
    parser.add_argument(
        "--decided-on", required=True, metavar="DAY", help=_("its day: 2026-11-22 or 22/11/2026")
    )
    parser.add_argument(
        "--kept-years", type=int, default=KEPT_YEARS, metavar="N",
        help=_("years an ended item is kept by your list of retention periods (%(default)s)"),
    )  # fmt: skip
    parser.add_argument(
        "--despite-duty-to-keep", action="store_true",
        help=_("erase although the item is not yet ended or still has to be kept"),
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would change"))
    parser.add_argument("--json", action="store_true", help=_("Print the result for machines."))
    return parser


def _day(written: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Invalid(_("%(text)s is not a date; write dd/mm/yyyy.") % {"text": written})


def _statement(code: str, number: int | None) -> UUID:
    """The statement of an item, counted from 1 by the moment it was made. Raises Invalid."""
    case = Case.objects.filter(matter__code=code.strip().upper()).first()
    if case is None:
        raise Invalid(_("There is no item with the code %(code)s.") % {"code": code})
    said = Submission.objects.filter(carried__case=case).distinct().order_by("said_at", "pk")
    found = list(said.values_list("pk", flat=True))
    if number is None and len(found) > 1:
        text = _("The item carries %(count)s statements: say with --statement whose is erased.")
        raise Invalid(text % {"count": len(found)})
    if not 1 <= (number or 1) <= len(found):
        raise Invalid(_("The item carries no statement of this number."))
    return found[(number or 1) - 1]


def _head(username: str) -> Official:
    user = User.objects.filter(username=username, is_active=True).first()
    found = official(user.pk, today=local_day(timezone.now())) if user else None
    if found is None:
        raise Invalid(_("%(name)s holds no post here today.") % {"name": username})
    return found


def _said(done: Erased, *, dry_run: bool, as_json: bool) -> str:
    if as_json:
        return json.dumps({**asdict(done), "dry_run": dry_run}, ensure_ascii=False)
    text = _("Erased in: %(codes)s. %(salts)s proofs confirm nothing any more.")
    lines = [text % {"codes": ", ".join(done.cases), "salts": done.salts}]
    if done.sealed:
        lines.append(_("What was sealed is destroyed: %(count)s items.") % {"count": done.sealed})
    lines += done.kept
    lines.append(
        _("This was a trial: nothing was changed.")
        if dry_run
        else _(
            "Copies in backups taken before stay until those are deleted; after a restore of one,"
            " erase again."
        )
    )
    return "\n".join(lines)
