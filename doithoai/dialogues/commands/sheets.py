"""A clerk's file: kept as it came, its columns chosen, then imported once somebody has looked at
it.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.core.sentences import Sentence
from doithoai.dialogues import policies, workflow
from doithoai.dialogues.commands.importing import Remark, Result, take_in
from doithoai.dialogues.commands.missing import Decided, decide
from doithoai.dialogues.models import Dialogue, Sheet
from doithoai.dialogues.reading_sheets import find_tables, read_list, remapped
from doithoai.files.commands import keep_list
from doithoai.files.queries import content

NOTHING_DECIDED: Mapping[str, Decided] = {}
AT_ONCE = 400  # new rows of one request: no proxy waits longer than a minute


@transaction.atomic
def keep_sheet(
    dialogue_id: UUID, upload: "UploadedFile[bytes]", *, by: Actor, at: datetime
) -> Sheet:
    """Keep a file that holds a list, byte for byte. Raises Invalid with what is wrong with it."""
    dialogue = Dialogue.objects.lock(dialogue_id, seen_by=by)
    require(policies.may_import(by, dialogue))
    workflow.IMPORT.take(dialogue)
    assert by.post is not None, "whoever imports has a post"
    name = (upload.name or "")[:200]
    if (upload.size or 0) > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // 1_000_000
        raise Invalid(
            _("The file is larger than %(limit)s MB. Send a smaller one.") % {"limit": limit}
        )
    data = upload.read()
    find_tables(name, data)
    kept = keep_list(data, about=dialogue.pk, name=name, by=by, at=at)
    return Sheet.objects.create(
        dialogue=dialogue, stored=kept.stored, name=name, by_id=by.post, at=at
    )


@transaction.atomic
def choose_columns(sheet_id: UUID, chosen: Mapping[str, int], *, by: Actor, at: datetime) -> Sheet:
    """Say which column holds what: name of a column → its place from 0, -1 for none. Raises
    Invalid.
    """
    del at  # nothing has happened yet: the file is read anew each time
    sheet = _lock(sheet_id, by)
    for _table, mapping in find_tables(sheet.name, content(sheet.stored)):
        remapped(mapping, chosen)
    sheet.mapping = dict(chosen)
    sheet.save(update_fields=["mapping"])
    return sheet


@transaction.atomic
def import_sheet(
    sheet_id: UUID,
    *,
    accepted: frozenset[str] = frozenset(),
    decided: Mapping[str, Decided] = NOTHING_DECIDED,
    sure: bool = False,
    by: Actor,
    at: datetime,
) -> Result:
    """Import a kept file; ``accepted`` are the codes of cases whose changed rows the clerk takes,
    ``decided`` says by code what becomes of those the file no longer has; the others stay.

    Of a long list the first rows only: the result says how many are ``left`` for the same command
    again. Raises Invalid for a dialogue not yet held, unless the clerk is ``sure``: dates of a
    conclusion would be owed at once.
    """
    sheet = _lock(sheet_id, by)
    if sheet.dialogue.state in workflow.COMING and not sure:
        raise Invalid(
            _(
                "This dialogue has not been held yet. Say that the list belongs to it, or choose "
                "the right dialogue."
            )
        )
    parsed = read_list(
        sheet.name,
        content(sheet.stored),
        held_on=local_day(sheet.dialogue.starts_at),
        chosen=sheet.mapping or None,
    )
    result = take_in(
        sheet.dialogue_id, parsed, accepted=accepted, by=by, at=at,
        along=lambda new: islice(new, AT_ONCE),
    )  # fmt: skip
    refused = decide(sheet.dialogue_id, missing=result.missing, decided=decided, by=by, at=at)
    result.refused += [Remark(0, each.why, each.code) for each in refused]
    result = _together(sheet, result)
    sheet.result = asdict(result)
    sheet.save(update_fields=["result"])
    return result


def _together(sheet: Sheet, result: Result) -> Result:
    """What all parts of one import did, where it was done in parts."""
    before = sheet.result
    if not before or not before.get("left"):
        return result
    odd = [Remark(each["row"], Sentence(**each["why"])) for each in before["attention"]]
    return replace(
        result,
        imported=before["imported"] + result.imported,
        already=max(result.already - before["imported"] - before["changed"], 0),
        changed=before["changed"] + result.changed,
        attention=[*odd, *(each for each in result.attention if each not in odd)],
    )


def _lock(sheet_id: UUID, by: Actor) -> Sheet:
    sheet = Sheet.objects.select_related("stored").filter(pk=sheet_id).first()
    if sheet is None:
        raise NotFound(_("There is no such file."))
    sheet.dialogue = Dialogue.objects.lock(sheet.dialogue_id, seen_by=by)
    require(policies.may_import(by, sheet.dialogue))
    return sheet
