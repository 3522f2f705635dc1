"""The door to officials' pages: signed in, and in a post; where a sign-in comes from."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.core.errors import Denied
from doithoai.core.http import address_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
OfficialView = Callable[Concatenate[HttpRequest, Official, P], HttpResponseBase]


def for_officials(view: OfficialView[P]) -> View[P]:
    """Give the view the official who acts; strangers sign in first.

    Raises Denied for somebody who holds no post today.
    """

    @login_required
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = getattr(request, "actor", None)
        if not isinstance(actor, Official):
            raise Denied(_("You hold no post today. Ask your administrator to enter the dates."))
        return view(request, actor, *args, **kwargs)

    return door


def sign_in_address(request: HttpRequest) -> str | None:
    """The address failed sign-ins are counted for; None when it is not known.

    Of IPv6 the first address of the connection's network, for the counter's column takes no prefix.
    """
    address = address_of(request).partition("/")[0]
    return None if address == "unknown" else address
