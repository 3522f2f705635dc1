"""What was prepared about a matter for a head's reception goes into the vault with the matter."""

from uuid import UUID

from doithoai.docket.unsealing import Text
from doithoai.reception.models import Prepared


def stow_briefs(case: UUID) -> list[Text]:
    """The briefs about a case, which then say nothing."""
    prepared = Prepared.objects.filter(matter=case).order_by("pk")
    texts = [Text("brief", each.brief) for each in prepared if each.brief]
    prepared.update(brief="")
    return texts
