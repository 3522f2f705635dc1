"""Signing in: passwords, lock-out, a second factor, the province's sign-on; nobody signs up."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import time

import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from doithoai.accounts.models import User
from doithoai.config.demo import PASSWORD
from tests.conftest import become

pytestmark = pytest.mark.django_db


def _sign_in(client: Client, password: str = PASSWORD, name: str = "minh") -> int:
    given = {"login": name, "password": password}
    return client.post(reverse("account_login"), given).status_code


def test_a_known_official_signs_in_and_comes_to_what_they_owe(client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "minh", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("inbox")
    assert client.session["_auth_user_id"] == str(become("minh").user)


def test_five_failed_sign_ins_close_the_name_even_to_the_right_password(client: Client) -> None:
    statuses = [_sign_in(client, "wrong-password-1") for _try in range(5)]
    assert statuses[:4] == [200] * 4
    assert statuses[4] == 429
    assert _sign_in(client) == 429
    assert "_auth_user_id" not in client.session
    assert _sign_in(Client(), name="hoa") == 302


def test_a_right_sign_in_begins_the_count_anew() -> None:
    for _round in range(2):
        client = Client()
        for _try in range(3):
            _sign_in(client, "wrong-password-1")
        assert _sign_in(client) == 302


def test_nobody_signs_up(client: Client) -> None:
    before = User.objects.count()
    given = {"username": "newcomer", "password1": "doi-thoai-99-x", "password2": "doi-thoai-99-x"}
    client.post(reverse("account_signup"), given)
    assert User.objects.count() == before


def _code(secret: str) -> str:
    """RFC 6238 with SHA-1, 30 seconds, 6 digits, written independently of the library."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, int(time.time() // 30).to_bytes(8), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 10**6:06d}"


def test_a_second_factor_is_enrolled_and_then_asked_for(client: Client) -> None:
    assert _sign_in(client) == 302
    first = client.get(reverse("mfa_activate_totp"))
    assert first["Location"].startswith(reverse("account_reauthenticate"))
    client.post(first["Location"], {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret = str(client.session["mfa.totp.secret"])
    done = client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert done.status_code == 302
    other = Client()
    asked = other.post(reverse("account_login"), {"login": "minh", "password": PASSWORD})
    assert asked["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in other.session
    wrong = f"{(int(_code(secret)) + 500_000) % 10**6:06d}"
    assert other.post(reverse("mfa_authenticate"), {"code": wrong}).status_code == 200
    assert "_auth_user_id" not in other.session


def _configured(**environment: str) -> list[dict[str, object]]:
    asked = (
        "import json; from doithoai.config import settings as s;"
        "print(json.dumps(s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS']))"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    apps: list[dict[str, object]] = json.loads(said.stdout)
    return apps


def test_the_provinces_sign_on_is_there_only_when_it_is_set() -> None:
    assert _configured(DOITHOAI_OIDC_SERVER="") == []
    (app,) = _configured(
        DOITHOAI_OIDC_SERVER="https://sso.example.vn/realms/tinh", DOITHOAI_OIDC_CLIENT="doithoai"
    )
    assert app["client_id"] == "doithoai"
    assert app["settings"] == {"server_url": "https://sso.example.vn/realms/tinh"}


def test_a_provider_is_built_from_what_is_set(rf: RequestFactory, settings) -> None:  # type: ignore[no-untyped-def]
    request = rf.get("/")
    with pytest.raises(SocialApp.DoesNotExist):
        get_adapter(request).get_provider(request, "province")
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "province", "name": "SSO", "client_id": "doithoai",
                    "secret": "x",
                    "settings": {"server_url": "https://sso.example.vn/realms/tinh"},
                }
            ]
        }
    }  # fmt: skip
    provider = get_adapter(request).get_provider(request, "province")
    assert provider.server_url.startswith("https://sso.example.vn/realms/tinh")


def _coming(username: str) -> SocialLogin:
    account = SocialAccount(
        provider="province", uid=f"uid-{username}", extra_data={"preferred_username": username}
    )
    return SocialLogin(user=User(), account=account)


def test_the_sign_on_lets_in_who_stands_on_the_list_and_nobody_else(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.session = SessionStore()
    with pytest.raises(PermissionDenied):
        get_adapter(request).pre_social_login(request, _coming("nobody"))
    User.objects.filter(username="hoa").update(is_active=False)
    with pytest.raises(PermissionDenied):
        get_adapter(request).pre_social_login(request, _coming("hoa"))
    assert not get_adapter(request).is_open_for_signup(request, _coming("nobody"))
