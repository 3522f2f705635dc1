"""A browser of one of the cast."""

from django.test import Client

from doithoai.accounts.models import User


def signed_in(username: str) -> Client:
    """Signed in, in the only or first post of this person."""
    client = Client()
    user = User.objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
