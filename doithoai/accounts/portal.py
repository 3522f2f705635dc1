"""Doors of accounts: choose the post to act in; what a locked-out sign-in is told."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.accounts import queries
from doithoai.core.days import local_day


@login_required
@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest) -> HttpResponse:
    """The posts this person holds today; choosing one says in whose name they act."""
    assert request.user.pk is not None, "the decorator lets only known people in"
    held = list(queries.holdings(request.user.pk, today=local_day(timezone.now())))
    chosen = request.POST.get("post", "")
    if chosen in {str(each.post_id) for each in held}:
        request.session["post"] = chosen
        return redirect("start")
    return render(
        request, "accounts/posts.html", {"held": held, "current": request.session.get("post")}
    )


def locked_out(
    request: HttpRequest, credentials: object = None, *args: object, **kwargs: object
) -> HttpResponse:
    """Too many failed sign-ins for this name from this address."""
    del credentials, args, kwargs
    message = _(
        "Too many failed sign-ins. Sign-in with this name is closed "
        "for an hour; ask your administrator."
    )
    return render(request, "429.html", {"message": message, "retry_minutes": 60}, status=429)
