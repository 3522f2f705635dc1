"""What a letter that urges a body speaks of: what this body has let pass, and who writes."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.core.errors import NotFound
from doithoai.docket.queries import lines
from doithoai.supervision.queries import watching
from doithoai.supervision.queries.watching import PRINTED, Watch, Watched
from doithoai.units.models import Body


@dataclass(frozen=True)
class Urging:
    """Who urges whom about what, on which day."""

    post: Post
    debtor: Body
    rows: tuple[Watched, ...]
    day: date


def urging(actor: Official, watch: Watch, *, today: date) -> Urging:
    """What the chosen body has let pass, as this reader sees it; nothing sealed goes on paper.

    Raises NotFound when no body is chosen or nothing of it has passed its date.
    """
    late = watching.found(actor, watch, today=today).filter(
        body__isnull=False, due_on__lt=today, matter__sealed=False
    )
    found = list(late[:PRINTED]) if watch.body_chosen else []
    if not found or found[0].body is None:
        raise NotFound(_("Nothing of this body has passed its date."))
    post = Post.objects.select_related("body__place").get(pk=actor.post)
    return Urging(post, found[0].body, watching.watched(lines(found, today=today), today), today)
