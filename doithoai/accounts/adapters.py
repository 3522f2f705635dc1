"""How allauth may let people in: known officials only, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from doithoai.accounts.models import User


class OfficialsOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by an administrator's list, not by a form."""

    def is_open_for_signup(self, request: object) -> bool:
        """Nobody signs up."""
        del request
        return False


class KnownOfficials(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The province's sign-on lets in people whose user name is already on our list."""

    def is_open_for_signup(self, request: object, sociallogin: object) -> bool:
        """Nobody signs up."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: object, sociallogin: object) -> None:
        """Tie the province's identity to our user of the same name.

        Raises PermissionDenied when no such user stands on the list.
        """
        if getattr(sociallogin, "is_existing", False):
            return
        account = getattr(sociallogin, "account")  # noqa: B009  # allauth has no types
        wanted = str(account.extra_data.get("preferred_username", ""))
        user = User.objects.filter(username=wanted, is_active=True).first()
        if user is None:
            raise PermissionDenied(
                _("Your account is not on this installation's list. Ask your administrator.")
            )
        getattr(sociallogin, "connect")(request, user)  # noqa: B009  # allauth has no types
