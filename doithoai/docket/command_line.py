"""``doithoai docket move``: what a body still has goes to its successor. ``doithoai docket
rederive``: due dates derived again, after a change of rules or of days off.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Clock
from doithoai.accounts.queries import body_named
from doithoai.core.errors import DomainError, Invalid
from doithoai.core.progress import followed
from doithoai.docket import foreseeing, succession
from doithoai.docket.commands import rederive
from doithoai.docket.foreseeing import Foreseen
from doithoai.docket.models import Matter
from doithoai.law.explanation import said
from doithoai.units.models import Body

DONE, REFUSED = 0, 1


@dataclass(frozen=True)
class Refused:
    """A matter that was left as it is, and why."""

    code: str
    reason: str


@dataclass(frozen=True)
class Moved:
    """What went, or would go, from a body to its successor."""

    former: str
    successor: str
    dry_run: bool
    matters: int
    debts: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class Rederived:
    """What deriving again changed, or would change; matters that stay as they are only count."""

    dry_run: bool
    looked_at: int
    changed: tuple[Foreseen, ...]
    refused: tuple[Refused, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """Do one of the two. 0 done, 1 some matters were left as they are."""
    chosen = _parser().parse_args(argv)
    act: Callable[[argparse.Namespace], int] = chosen.run
    return act(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doithoai docket",
        description=_("What a body has and owes goes to its successor; due dates derived again."),
    )
    acts = parser.add_subparsers(dest="act", required=True)
    move = acts.add_parser(
        "move", help=_("Give what an abolished body still has and owes to its successor.")
    )
    move.add_argument(
        "--from", dest="former", required=True, metavar="BODY",
        help=_("the body that was abolished or joined: its code or name"),
    )  # fmt: skip
    move.add_argument(
        "--to", dest="to", required=True, metavar="BODY",
        help=_("the body that follows it: its code or name"),
    )  # fmt: skip
    again = acts.add_parser(
        "rederive", help=_("Derive due dates again: after a change of rules or of days off.")
    )
    again.add_argument(
        "--matter", metavar="CODE", help=_("only this item, such as KN26-000412; else all running")
    )
    for each, run in ((move, _move), (again, _rederive)):
        each.add_argument("--dry-run", action="store_true", help=_("only say what would change"))
        each.add_argument("--json", action="store_true", help=_("Print the result for machines."))
        each.set_defaults(run=run)
    return parser


def _move(chosen: argparse.Namespace) -> int:
    former, body = _body(chosen.former), _body(chosen.to)
    now = timezone.now()
    to = succession.successor(former.pk, body, at=now)
    left = list(succession.left_by(former.pk).order_by("received_on", "code"))
    if chosen.dry_run:
        debts = succession.owed_by(former.pk).count()
        told = Moved(former.short_name, body.short_name, True, len(left), debts, ())
        return _tell(told, _said_moved(told), as_json=chosen.json)
    done: list[int] = []
    refused = _each(
        left,
        lambda matter: done.append(
            succession.take_over(matter, to, by=Clock("console"), at=timezone.now())
        ),
        _("Moving items"),
    )
    told = Moved(former.short_name, body.short_name, False, len(done), sum(done), refused)
    return _tell(told, _said_moved(told), as_json=chosen.json)


def _body(named: str) -> Body:
    """A body by its code or name. Raises Invalid."""
    found = Body.objects.filter(code=named).first() or body_named(named.strip())
    if found is None:
        raise Invalid(_("There is no body named %(body)s.") % {"body": named})
    return found


def _rederive(chosen: argparse.Namespace) -> int:
    matters = [_matter(chosen.matter)] if chosen.matter else foreseeing.running()
    found: list[Foreseen] = []
    refused = _each(
        list(matters),
        lambda matter: found.append(_again(matter, dry_run=chosen.dry_run)),
        _("Deriving due dates"),
    )
    changed = tuple(each for each in found if each.changes)
    told = Rederived(chosen.dry_run, len(found), changed, refused)
    return _tell(told, _said_rederived(told), as_json=chosen.json)


def _again(matter: UUID, *, dry_run: bool) -> Foreseen:
    """What changes, said before it is done: afterwards nothing differs any more."""
    seen = foreseeing.foreseen(matter)
    if seen.changes and not dry_run:
        rederive(matter, by=Clock("console"), at=timezone.now())
    return seen


def _matter(code: str) -> Matter:
    found = Matter.objects.filter(code=code.strip().upper()).first()
    if found is None:
        raise Invalid(_("There is no item with the code %(code)s.") % {"code": code})
    return found


def _each(
    matters: Sequence[Matter], act: Callable[[UUID], object], label: str
) -> tuple[Refused, ...]:
    """Do it for every matter in a transaction of its own; those that refuse, with their reasons."""
    refused = []
    for matter in followed(matters, label):
        try:
            act(matter.pk)
        except DomainError as reason:
            refused.append(Refused(matter.code, str(reason)))
    return tuple(refused)


def _tell(told: Moved | Rederived, lines: list[str], *, as_json: bool) -> int:
    lines += [
        _("%(code)s stays as it is: %(reason)s") % asdict(refused) for refused in told.refused
    ]
    text = json.dumps(asdict(told), ensure_ascii=False, default=date.isoformat)
    sys.stdout.write(f"{text if as_json else chr(10).join(lines)}\n")
    return REFUSED if told.refused else DONE


def _said_moved(told: Moved) -> list[str]:
    if told.dry_run:
        text = _(
            "%(matters)s items with %(debts)s tasks would go from %(former)s to %(successor)s."
            " Nothing was changed."
        )
    else:
        text = _("%(matters)s items with %(debts)s tasks went from %(former)s to %(successor)s.")
    return [text % asdict(told)]


def _said_rederived(told: Rederived) -> list[str]:
    lines = [line for each in told.changed for line in _said(each)]
    count = {"count": len(told.changed), "all": told.looked_at}
    if told.dry_run:
        text = _("%(count)s of %(all)s items would change. Nothing was changed.")
    else:
        text = _("%(count)s of %(all)s items changed.")
    return [*lines, text % count]


def _said(each: Foreseen) -> list[str]:
    moved = _("%(code)s: %(duty)s: from %(old)s to %(new)s. %(why)s")
    lines = [
        moved
        % {
            "code": each.code, "duty": s.duty, "old": _day(s.old), "new": _day(s.new), "why": s.why,
        }
        for s in each.shifts
    ]  # fmt: skip
    begun, gone = _("%(code)s: newly owed: %(duty)s"), _("%(code)s: owed no more: %(duty)s")
    lines += [begun % {"code": each.code, "duty": duty} for duty in each.begun]
    return lines + [gone % {"code": each.code, "duty": duty} for duty in each.gone]


def _day(day: date | None) -> str:
    return said(day) if day else _("no date (paused)")
