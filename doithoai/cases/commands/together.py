"""One act on several cases at once: all of them, or none."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases.commands import answering, placing, publishing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.commands.placing import Kind
from doithoai.cases.commands.publishing import Public
from doithoai.cases.commands.sealed_intake import cleaned
from doithoai.cases.models import Answer, Case, Publication, Transfer
from doithoai.cases.policies import may_answer
from doithoai.cases.sealed_rules import in_vault
from doithoai.core.actors import Actor
from doithoai.core.decisions import require
from doithoai.core.errors import Stale
from doithoai.files import commands as files
from doithoai.files.models import Purpose

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]


Seen = Mapping[UUID, int]  # the version of each case that the page showed
UNSEEN: Final[Seen] = {}


@transaction.atomic
def classify(
    case_ids: Sequence[UUID], kind: Kind, *, seen: Seen = UNSEEN, by: Actor, at: datetime
) -> list[Case]:
    """Classify several cases alike, each with its own entry. Raises Stale as all acts here do."""
    return [placing.classify(pk, kind, by=by, at=at) for pk in _as_seen(case_ids, seen, by)]


@transaction.atomic
def route(
    case_ids: Sequence[UUID],
    *,
    to: UUID,
    why: str,
    seen: Seen = UNSEEN,
    by: Actor,
    at: datetime,
) -> list[Case]:
    """Give several cases to one body, each with its own entry."""
    return [placing.route(pk, to=to, why=why, by=by, at=at) for pk in _as_seen(case_ids, seen, by)]


@transaction.atomic
def offer(
    case_ids: Sequence[UUID],
    *,
    to: UUID,
    why: str,
    seen: Seen = UNSEEN,
    by: Actor,
    at: datetime,
) -> list[Transfer]:
    """Ask one other body to take several cases; it answers for each."""
    return [placing.offer(pk, to=to, why=why, by=by, at=at) for pk in _as_seen(case_ids, seen, by)]


@transaction.atomic
def accept(case_ids: Sequence[UUID], *, seen: Seen = UNSEEN, by: Actor, at: datetime) -> list[Case]:
    """The body asked takes several cases."""
    return [placing.accept(pk, by=by, at=at) for pk in _as_seen(case_ids, seen, by)]


@transaction.atomic
def give_back(
    case_ids: Sequence[UUID], *, reason: str, seen: Seen = UNSEEN, by: Actor, at: datetime
) -> list[Case]:
    """The body asked returns several cases for one reason."""
    return [
        placing.give_back(pk, reason=reason, by=by, at=at) for pk in _as_seen(case_ids, seen, by)
    ]


@transaction.atomic
def assign(
    case_ids: Sequence[UUID], *, post: UUID, seen: Seen = UNSEEN, by: Actor, at: datetime
) -> list[Case]:
    """One post works on several cases."""
    return [answering.assign(pk, post=post, by=by, at=at) for pk in _as_seen(case_ids, seen, by)]


def _as_seen(case_ids: Sequence[UUID], seen: Seen, by: Actor) -> list[UUID]:
    """The cases, locked in the order of their ids, none of which anybody changed since the page
    showed it. Raises Stale that names those somebody did.
    """
    cases = Case.objects.lock_all(case_ids, seen_by=by)
    changed = [c.matter.code for c in cases if seen.get(c.pk, c.matter.version) != c.matter.version]
    if changed:
        raise Stale(
            _(
                "Somebody else changed these items meanwhile: %(codes)s. Nothing was recorded for "
                "any of the chosen items. Look at them, then do it again."
            )
            % {"codes": ", ".join(changed)}
        )
    return [case.pk for case in cases]


@transaction.atomic
def publish_with_files(
    case_id: UUID,
    public: Public,
    *,
    files_shown: Collection[UUID],
    seen: int | None,
    by: Actor,
    at: datetime,
) -> Publication:
    """Publish the masked texts and exactly these files of the answers; the others are private."""
    made = publishing.publish(case_id, public, seen=seen, by=by, at=at)
    evidence = Answer.objects.filter(case=case_id, evidence__isnull=False)
    for pk in evidence.values_list("evidence", flat=True).distinct():
        (files.publish if pk in files_shown else files.withhold)(pk, by=by, at=at)
    return made


@transaction.atomic
def answer_with_evidence(
    case_id: UUID,
    reply: Reply,
    *,
    uploads: Sequence["Upload"],
    seen: int | None,
    by: Actor,
    at: datetime,
) -> Answer:
    """Keep the evidence and answer: both, or neither. Raises what ``keep`` and ``answer`` raise."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(may_answer(by, case))
    proven = _proven(reply, uploads, [case], by, at)
    return answering.answer(case_id, proven, seen=seen, by=by, at=at)


@transaction.atomic
def answer_many_with_evidence(
    case_ids: Sequence[UUID],
    reply: Reply,
    *,
    uploads: Sequence["Upload"],
    seen: Seen = UNSEEN,
    by: Actor,
    at: datetime,
) -> list[Answer]:
    """One answer settles several cases, each with its own entry and its own row of every file."""
    _as_seen(case_ids, seen, by)
    cases = Case.objects.lock_all(case_ids, seen_by=by)
    for case in cases:
        require(may_answer(by, case))
    proven = _proven(reply, uploads, cases, by, at)
    return answering.answer_many(case_ids, proven, by=by, at=at)


def _proven(
    reply: Reply, uploads: Sequence["Upload"], cases: Sequence[Case], by: Actor, at: datetime
) -> Reply:
    """Evidence among the files of each case; of one in the vault it goes there with the answer."""
    open_ = [case.pk for case in cases if not in_vault(case)]
    sealed = cleaned(uploads) if len(open_) < len(cases) else ()
    for upload in uploads:
        upload.seek(0)
    kept = [
        attachment.pk
        for upload in (uploads if open_ else ())
        for attachment in files.keep_for(
            upload, abouts=open_, purpose=Purpose.EVIDENCE, by=by, at=at
        )
    ]
    return replace(reply, evidence=(*reply.evidence, *kept), sealed_files=sealed)
