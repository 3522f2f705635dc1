"""How allauth may let people in: known officials only, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from requests import RequestException

from doithoai.accounts.models import User
from doithoai.core.errors import Denied
from doithoai.core.http import address_of


class OfficialsOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by an administrator's list, not by a form."""

    def is_open_for_signup(self, request: object) -> bool:
        """Nobody signs up."""
        del request
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose tries are counted together: the connection behind our own proxies."""
        return address_of(request)


class KnownOfficials(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The province's sign-on lets in people whose user name is already on our list."""

    def is_open_for_signup(self, request: object, sociallogin: object) -> bool:
        """Nobody signs up."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: object, sociallogin: object) -> None:
        """Tie the province's identity to our user of the same name, once.

        From then on the recorded subject (OpenID Connect Core §5.7) tells who it is, and a name
        given to somebody else there opens nothing here. Raises Denied for such a one and for
        whoever does not stand on the list: the sign-in library would swallow PermissionDenied.
        """
        if getattr(sociallogin, "is_existing", False):
            return
        account = getattr(sociallogin, "account")  # noqa: B009  # allauth has no types
        claims = account.get_provider_account().get_user_data() or {}
        wanted = str(claims.get("preferred_username", ""))
        user = User.objects.filter(username=wanted, is_active=True).first()
        if user is None or _known_otherwise(user, account.provider):
            raise Denied(
                _("Your account is not on this installation's list. Ask your administrator.")
            )
        getattr(sociallogin, "connect")(request, user)  # noqa: B009  # allauth has no types


def _known_otherwise(user: User, provider: str) -> bool:
    """Whether this user already came with another subject of the same sign-on."""
    return bool(SocialAccount.objects.filter(user=user, provider=provider).exists())


def sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the province's sign-on; when it cannot be reached, a page that says so (503).

    The sign-in library asks the server for its addresses here and lets the failure through.
    """
    try:
        answer: HttpResponse = login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=503)
    return answer
