"""The views of the list a reader has: their own, and those shared within their body."""

from django.db.models import Q

from doithoai.accounts.actors import Official
from doithoai.cases.models import SavedView


def views(actor: Official) -> tuple[SavedView, ...]:
    """One's own first, then the body's, by name. One query."""
    rows = SavedView.objects.filter(Q(post=actor.post) | Q(body=actor.body, shared=True))
    return tuple(sorted(rows, key=lambda view: (view.post_id != actor.post, view.name)))
