"""The actor of a request, for doors below ``accounts``; the address it comes from."""

from django.conf import settings
from django.http import HttpRequest

from doithoai.core.actors import Actor
from doithoai.core.limits import client_address


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request: put there by ``config.middleware.acting``."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware's
    return actor


def address_of(request: HttpRequest) -> str:
    """Who really asks, behind our own proxies (DOITHOAI_PROXIES); see ``client_address``."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return client_address(request.META.get("REMOTE_ADDR", ""), forwarded, settings.TRUSTED_PROXIES)
