"""The door to officials' pages: signed in, and in a post."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.core.errors import Denied

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
