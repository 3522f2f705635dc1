"""The actor of a request, for doors below ``accounts``."""

from django.http import HttpRequest

from doithoai.core.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request: put there by ``config.middleware.acting``."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware's
    return actor
