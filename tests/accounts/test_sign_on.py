"""Signing in through the province's sign-on: a real OpenID Connect server in its own process."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from doithoai.accounts.models import User
from doithoai.config.processes import reachable
from tests.conftest import become

pytestmark = pytest.mark.django_db
LISTED = [
    {"sub": "cccd-of-hoa", "preferred_username": "hoa", "name": "Lê Thị Hoa"},
    {"sub": "another-hoa", "preferred_username": "hoa"},
    {"sub": "outsider", "preferred_username": "khach"},
    {"sub": "nameless"},
]


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """The port of a real OpenID Connect server that knows these four."""
    from socket import socket  # noqa: PLC0415 - the module's own free port

    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for claims in LISTED:
        command += ["--user-claims", json.dumps(claims)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        patience = time.monotonic() + 30
        while not reachable("127.0.0.1", port):
            assert child.poll() is None, "the OpenID Connect server has ended"
            assert time.monotonic() < patience, "the OpenID Connect server does not listen"
        yield port
        child.terminate()


@pytest.fixture
def sign_on(server: int, settings) -> int:  # type: ignore[no-untyped-def]
    """The installation is told of the server as DOITHOAI_OIDC_SERVER would tell it."""
    app = {
        "provider_id": "province", "name": "SSO Hà Tĩnh", "client_id": "doithoai", "secret": "x",
        "settings": {"server_url": f"http://127.0.0.1:{server}"},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    return server


def _at_the_server(address: str, **typed: str) -> str:
    """What a person's browser does there: choose who one is; the address one is sent back to."""
    asked = urlsplit(address)
    with closing(HTTPConnection("127.0.0.1", asked.port or 0, timeout=20)) as line:
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", f"{asked.path}?{asked.query}", urlencode(typed), head)
        answer = line.getresponse()
        assert answer.status in {302, 303}, answer.read()
        back = urlsplit(answer.headers["Location"])
    state = parse_qs(asked.query)["state"][0]  # RFC 6749 §4.1.2.1; this server forgets it on a no
    return f"{back.path}?{back.query}" + ("" if "state=" in back.query else f"&state={state}")


def _come_by(client: Client, **typed: str):  # type: ignore[no-untyped-def]
    """From our sign-in page to the server and back; our answer to whoever comes back."""
    page = client.get(reverse("account_login")).content.decode()
    assert "SSO Hà Tĩnh" in page
    sent = client.get(reverse("openid_connect_login", args=["province"]))
    assert sent.status_code == 302
    assert "code_challenge_method=S256" in sent["Location"]
    return client.get(_at_the_server(sent["Location"], **typed))


def test_a_listed_official_comes_in_and_post_and_roles_are_our_own_rows(sign_on: int) -> None:
    client = Client(headers={"accept-language": "vi"})
    answer = _come_by(client, sub="cccd-of-hoa")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("start")
    hoa = become("hoa")
    assert client.session["_auth_user_id"] == str(hoa.user)
    page = client.get(reverse("inbox")).content.decode()
    assert hoa.title in page
    assert SocialAccount.objects.get(uid="cccd-of-hoa").user_id == hoa.user
    again = Client()
    _come_by(again, sub="cccd-of-hoa")
    assert again.session["_auth_user_id"] == str(hoa.user)


@pytest.mark.parametrize("sub", ["outsider", "nameless"])
def test_whoever_has_no_account_here_is_told_so_in_a_sentence(sign_on: int, sub: str) -> None:
    people = User.objects.count()
    client = Client(headers={"accept-language": "vi"})
    answer = _come_by(client, sub=sub)
    assert answer.status_code == 403
    assert "chưa có trong danh sách của hệ thống này" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (people, 0)


def test_a_user_name_given_to_somebody_else_there_opens_nothing_here(sign_on: int) -> None:
    _come_by(Client(), sub="cccd-of-hoa")
    second = Client(headers={"accept-language": "vi"})
    assert _come_by(second, sub="another-hoa").status_code == 403
    assert "_auth_user_id" not in second.session


def test_somebody_whose_sign_in_is_closed_does_not_come_in_that_way(sign_on: int) -> None:
    _come_by(Client(), sub="cccd-of-hoa")
    User.objects.filter(username="hoa").update(is_active=False)
    client = Client()
    _come_by(client, sub="cccd-of-hoa")
    assert "_auth_user_id" not in client.session


def test_breaking_off_there_is_no_error_here(sign_on: int) -> None:
    client = Client(headers={"accept-language": "vi"})
    answer = _come_by(client, action="deny")
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    assert "dừng đăng nhập" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_answer_that_was_not_asked_for_signs_nobody_in(sign_on: int) -> None:
    sent = Client().get(reverse("openid_connect_login", args=["province"]))
    stolen = _at_the_server(sent["Location"], sub="cccd-of-hoa")
    other = Client(headers={"accept-language": "vi"})
    answer = other.get(stolen)
    assert "_auth_user_id" not in other.session
    assert "Chưa đăng nhập được" in answer.content.decode()


def test_a_sign_on_that_is_down_leaves_the_password_way_open(settings, free_port: int) -> None:  # type: ignore[no-untyped-def]
    app = {
        "provider_id": "province", "name": "SSO", "client_id": "doithoai", "secret": "x",
        "settings": {"server_url": f"http://127.0.0.1:{free_port}"},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    client = Client(headers={"accept-language": "vi"})
    assert client.get(reverse("account_login")).status_code == 200
    answer = client.get(reverse("openid_connect_login", args=["province"]))
    assert answer.status_code == 503
    assert "Chưa đăng nhập được" in answer.content.decode()
