"""Signing in: passwords, lock-out, a second factor, the province's sign-on; nobody signs up."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from allauth.core.context import request_context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from doithoai.accounts.models import User
from doithoai.config.demo import PASSWORD
from doithoai.core.errors import Denied
from tests.conftest import become

pytestmark = pytest.mark.django_db


def _sign_in(client: Client, password: str = PASSWORD, name: str = "minh") -> int:
    given = {"login": name, "password": password}
    return client.post(reverse("account_login"), given).status_code


def test_a_known_official_signs_in_and_comes_to_what_they_owe(client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "minh", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("start")
    assert client.get(reverse("start"))["Location"] == reverse("inbox")
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


def _coming(username: str, subject: str = "") -> SocialLogin:
    """As allauth hands it over after the token was checked: claims inside ``userinfo``."""
    uid = subject or f"uid-{username}"
    said = {"sub": uid, "preferred_username": username}
    account = SocialAccount(
        provider="province", uid=uid, extra_data={"userinfo": said, "id_token": {"sub": uid}}
    )
    return SocialLogin(user=User(), account=account)


@pytest.fixture
def sign_on(rf: RequestFactory, settings) -> Iterator[HttpRequest]:  # type: ignore[no-untyped-def]
    """A request that comes back from the province's sign-on."""
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
    request = rf.get("/")
    request.session = SessionStore()
    request.user = AnonymousUser()
    request._messages = FallbackStorage(request)
    with request_context(request):
        yield request


def test_the_first_sign_on_finds_the_official_and_records_the_subject(sign_on: HttpRequest) -> None:
    coming = _coming("hoa")
    get_adapter(sign_on).pre_social_login(sign_on, coming)
    assert coming.user.pk == become("hoa").user
    assert SocialAccount.objects.get(uid="uid-hoa").user.username == "hoa"


def test_a_name_given_to_somebody_else_at_the_sign_on_opens_nothing(sign_on: HttpRequest) -> None:
    get_adapter(sign_on).pre_social_login(sign_on, _coming("hoa"))
    with pytest.raises(Denied):
        get_adapter(sign_on).pre_social_login(sign_on, _coming("hoa", subject="another-person"))


def test_failed_sign_ins_behind_the_proxy_count_for_the_address_they_come_from(settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    guesser = Client(headers={"X-Forwarded-For": "203.0.113.9"})
    assert [_sign_in(guesser, "wrong-password-1") for _try in range(5)][4] == 429
    assert _sign_in(Client(headers={"X-Forwarded-For": "2001:db8:7:8:9::1"})) == 302


def test_a_header_from_somebody_who_is_no_proxy_of_ours_is_not_believed(settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRUSTED_PROXIES = []
    for number in range(5):
        _sign_in(Client(headers={"X-Forwarded-For": f"203.0.113.{number}"}), "wrong-password-1")
    assert _sign_in(Client(headers={"X-Forwarded-For": "203.0.113.77"})) == 429


def test_the_sign_on_lets_in_who_stands_on_the_list_and_nobody_else(sign_on: HttpRequest) -> None:
    request = sign_on
    with pytest.raises(Denied):
        get_adapter(request).pre_social_login(request, _coming("nobody"))
    User.objects.filter(username="hoa").update(is_active=False)
    with pytest.raises(Denied):
        get_adapter(request).pre_social_login(request, _coming("hoa"))
    assert not get_adapter(request).is_open_for_signup(request, _coming("nobody"))


def test_a_post_without_an_inbox_starts_where_it_may_read(client: Client) -> None:
    client.force_login(
        User.objects.get(username="thanh"), "django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(reverse("start"))["Location"] == reverse("cases")
    client.force_login(
        User.objects.get(username="admin"), "django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(reverse("start"))["Location"] == reverse("units")
