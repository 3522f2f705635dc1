"""Tell the people whose words a case carries: by SMS, by mail, else on a sheet for their
village.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from doithoai.cases.models import Case, Submission
from doithoai.notices.commands import Notice, Recipient, queue_all
from doithoai.vault.reading import holds


def tell(
    case: Case,
    what: str,
    context: Mapping[str, str],
    *,
    at: datetime,
    only: UUID | None = None,
) -> None:
    """Queue one notice for each submission the case carries, or for ``only`` one of them, in the
    change's own transaction.
    """
    if case.matter.sealed and holds(case.pk):
        return  # only the vault knows them; they read it with their slip
    said = Submission.objects.filter(carried__case=case, carried__until=None).select_related(
        "place"
    )
    said = said.filter(pk=only) if only else said
    shared = {
        **context,
        "code": case.matter.code,
        "title": case.matter.title,
        "body": case.matter.body.short_name,
        "phone": case.matter.body.phone,
    }
    notices = [
        Notice(
            template=f"cases/notices/{what}",
            to=recipient(s),
            about=case.pk,
            context={**shared, **_addressed(s)},
        )
        for s in said
    ]
    queue_all(notices, at=at)


def _addressed(said: Submission) -> dict[str, str]:
    """Whom a notice speaks to: a person by name, or a group, which no Sir or Madam fits."""
    if said.who == Submission.Who.PERSON:
        return {"speaker": said.speaker}
    return {"group": said.speaker or said.place_text}


def recipient(said: Submission) -> Recipient:
    """How this person can be reached, if at all: nobody is left out for want of a telephone."""
    village = said.place_id
    if said.phone:
        return Recipient("sms", said.phone, said.language, village)
    if said.email:
        return Recipient("email", said.email, said.language, village)
    return Recipient("print", said.address or said.place_text, said.language, village)
