"""Filters of the list of cases kept under a name."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import events, reading
from doithoai.cases.models import SavedView
from doithoai.core.actors import Actor, post_of
from doithoai.core.collation import nfc
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.ledger.commands import Dimensions, record

MOST: Final = 30  # views of one post


@transaction.atomic
def save_view(name: str, query: str, *, shared: bool, by: Actor, at: datetime) -> SavedView:
    """Keep a filter under a name; the same name again replaces what it asked.

    ``query`` is what ``Selection.to_query`` wrote. Raises Invalid without a name, for a filter that
    asks nothing, and beyond MOST views.
    """
    require(reading.may_list(by))
    tidy = nfc(name).strip()
    if not tidy or len(tidy) > 60:
        raise Invalid(_("Give the view a name of at most 60 characters."))
    if not query or len(query) > 2000:
        raise Invalid(_("Choose at least one condition first; a view keeps what you chose."))
    assert by.body is not None, "a policy lets only officials keep views"
    own = SavedView.objects.filter(post=post_of(by))
    if own.exclude(name=tidy).count() >= MOST:
        raise Invalid(_("You keep 30 views already. Take one out first."))
    kept, _new = SavedView.objects.update_or_create(
        post_id=post_of(by),
        name=tidy,
        defaults={"body_id": by.body, "shared": shared, "query": query, "at": at},
    )
    said = events.ViewSaved(kept.pk, shared=shared)
    record(said, by=by, at=at, dimensions=Dimensions(body=by.body))
    return kept


@transaction.atomic
def drop_view(view: UUID, *, by: Actor, at: datetime) -> None:
    """Take out a view of one's own post. Raises NotFound for any other."""
    require(reading.may_list(by))
    found = SavedView.objects.select_for_update().filter(pk=view, post=post_of(by)).first()
    if found is None:
        raise NotFound(_("There is no such view."))
    found.delete()
    record(events.ViewDropped(view), by=by, at=at, dimensions=Dimensions(body=by.body))
