"""``doithoai import FILE --dialogue CODE``: a clerk's list into a dialogue, from the machine."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from doithoai.accounts.models import User
from doithoai.accounts.queries import official
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid, NotFound
from doithoai.core.progress import followed
from doithoai.dialogues.commands.importing import Remark, Result, take_in
from doithoai.dialogues.models import Dialogue
from doithoai.dialogues.reading_sheets import read_list


def main(argv: list[str]) -> int:
    """Import; exit code 0 when every row was taken or already there, 1 when some were refused."""
    parser = argparse.ArgumentParser(
        prog="doithoai import", description=_("Take a clerk's list into a dialogue.")
    )
    parser.add_argument("file", type=Path, help=_("the list: XLSX, CSV, Word or pasted text"))
    parser.add_argument(
        "--dialogue", required=True, help=_("the dialogue's code, such as DT26-000001")
    )
    parser.add_argument("--as", dest="username", help=_("the clerk in whose name it is imported"))
    parser.add_argument(
        "--accept-changes", action="store_true", help=_("take changed rows as well")
    )
    parser.add_argument("--json", action="store_true", help=_("Print the result for machines."))
    chosen = parser.parse_args(argv)
    if not chosen.file.is_file():
        raise Invalid(_("There is no file %(name)s.") % {"name": chosen.file})
    dialogue = Dialogue.objects.filter(matter__code=chosen.dialogue.upper()).first()
    if dialogue is None:
        raise NotFound(
            _("There is no dialogue with the code %(code)s.") % {"code": chosen.dialogue}
        )
    now = timezone.now()
    parsed = read_list(
        chosen.file.name, chosen.file.read_bytes(), held_on=local_day(dialogue.starts_at)
    )
    clerk = _clerk(chosen.username, dialogue)
    result = take_in(
        dialogue.pk,
        parsed,
        accept_changes=chosen.accept_changes,
        by=clerk,
        at=now,
        along=lambda new: followed(new, _("Importing")),
    )
    sys.stdout.write(_said(result, as_json=chosen.json) + "\n")
    return 1 if result.refused else 0


def _clerk(username: str | None, dialogue: Dialogue) -> Actor:
    """The named clerk, else the first one whose post imports for the host."""
    today = local_day(timezone.now())
    users = User.objects.filter(is_active=True)
    wanted = (
        users.filter(username=username)
        if username
        else users.filter(
            holdings__post__body__place=dialogue.host.place,
            holdings__post__roles__rights__act="dialogues.import",
        ).order_by("date_joined")
    )
    for user in wanted:
        found = official(user.pk, today=today)
        if found is not None and dialogue.host_id in found.acts_for:
            return found
    raise Invalid(
        _("No clerk of %(body)s can import today; name one with --as.")
        % {"body": dialogue.host.short_name}
    )


def _said(result: Result, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(_values(result), ensure_ascii=False)
    lines = [_("%(rows)s rows: %(imported)s imported, %(already)s already there.") % vars(result)]
    odd, refused = _("Row %(row)s needs a person: %(reason)s"), _("Row %(row)s refused: %(reason)s")
    lines += [odd % _value(r) for r in result.attention]
    lines += [refused % _value(r) for r in result.refused]
    return "\n".join(lines)


def _values(result: Result) -> dict[str, object]:
    told = {name: [_value(r) for r in getattr(result, name)] for name in ("attention", "refused")}
    return {**asdict(result), **told}


def _value(remark: Remark) -> dict[str, object]:
    return {"row": remark.row, "reason": remark.reason}
