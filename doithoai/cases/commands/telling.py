"""Tell the people whose words a case carries: by SMS, by mail, else on a sheet for their
village. Tell officials at once of danger.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from doithoai.accounts.models import User
from doithoai.accounts.queries import head_of, holders
from doithoai.cases.danger import first_measures
from doithoai.cases.models import Case, Submission
from doithoai.core.days import local_day
from doithoai.docket.models import people_shut_out
from doithoai.docket.telling import debtors
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


def tell_of_danger(case: Case, *, at: datetime) -> None:
    """Mail the head of the body that received it and whoever owes the first measure there, at once:
    danger does not wait for the day's one mail.
    """
    url = settings.SITE_URL + reverse("case", args=[case.matter.code])
    context = {
        "code": case.matter.code,
        "title": case.matter.title,
        "body": case.receiving_body.short_name,
        "url": url,
    }
    notices = [
        Notice(
            template="cases/notices/urgent",
            to=Recipient("email", user.email.strip(), user.language),
            about=case.pk,
            context=context,
        )
        for user in _in_danger(case, at)
        if user.email.strip()
    ]
    queue_all(notices, at=at)


def _in_danger(case: Case, at: datetime) -> list[User]:
    today = local_day(at)
    head = head_of(case.receiving_body_id, today=today)
    told = set(holders([head.pk] if head else [], today=today))
    for owed in first_measures(case.matter.obligations.filter(state="open")):
        told |= set(debtors(owed, at))
    out = set(people_shut_out(case.pk))
    return sorted(told - out, key=lambda user: user.pk)


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
