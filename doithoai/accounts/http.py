"""The door to officials' pages: signed in, in a post, by a second step where the role demands one;
where a sign-in comes from.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.core.errors import Denied
from doithoai.core.http import address_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponse]
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


def second_step(get_response: GetResponse) -> GetResponse:
    """Middleware: whoever acts in a role of DOITHOAI_SECOND_STEP sets up codes on the telephone
    before any page of work opens; from then on every sign-in asks for one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _owes_second_step(request):
            return get_response(request)
        messages.info(
            request,
            _("Your post demands a second step at sign-in. Set it up now; it takes a minute."),
        )
        return redirect("mfa_activate_totp")

    return middleware


def _owes_second_step(request: HttpRequest) -> bool:
    wanted = frozenset(settings.SECOND_STEP)
    if not wanted or not request.path.startswith("/desk/") or request.path == reverse("posts"):
        return False
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Official) or not actor.roles & wanted:
        return False
    return not is_mfa_enabled(request.user)


def sign_in_address(request: HttpRequest) -> str | None:
    """The address failed sign-ins are counted for; None when it is not known.

    Of IPv6 the first address of the connection's network, for the counter's column takes no prefix.
    """
    address = address_of(request).partition("/")[0]
    return None if address == "unknown" else address
