"""The bodies a reception day names beside its matter: the successor of an abolished one stands
there.
"""

from uuid import UUID

from doithoai.docket.succession import Successor
from doithoai.reception.models import Session


def follow(matter: UUID, to: Successor) -> None:
    """Put the successor, and its head, where the former body was to receive. Who received stays."""
    session = Session.objects.select_related("receiver").get(pk=matter)
    if session.host_id == to.former:
        session.host = to.body
    if session.receiver.body_id == to.former and to.head is not None:
        session.receiver = to.head
    session.save(update_fields=["host", "receiver"])
