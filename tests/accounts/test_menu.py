"""Officials find the navigation of their desk on the pages of their own account too."""

import pytest
from django.test import Client
from django.urls import reverse

from doithoai.accounts.models import User

pytestmark = pytest.mark.django_db
PAGES = ("account_change_password", "mfa_index", "account_logout", "posts")


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_an_account_have_the_desks_menu(name: str) -> None:
    client = Client(headers={"accept-language": "vi"})
    minh = User.objects.get(username="minh")
    client.force_login(minh, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse(name), follow=True).content.decode()
    assert f'href="{reverse("inbox")}"' in page
    assert f'action="{reverse("account_logout")}"' in page
    assert minh.name in page


def test_who_is_not_signed_in_has_the_citizens_menu() -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert f'href="{reverse("submit")}"' in page
    assert reverse("account_logout") not in page
