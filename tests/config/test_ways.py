"""From every page that answered a form there is a way to one that can be loaded."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.converters import get_converters

from doithoai.accounts.actors import Official
from doithoai.config.middleware import refusals
from doithoai.config.ways import answers_get, way_back
from doithoai.core.errors import Stale
from tests.reports.signing_in import signed_in

PARTS = {"int": 7, "str": "KN26-000001", "slug": "x", "path": "x/y", "uuid": UUID(int=7)}
NEXT = re.compile(r'name="next" value="([^"]*)"')


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        elif getattr(each.callback, "__module__", "").startswith("doithoai"):
            yield each


def _address(pattern: URLPattern) -> str:
    kinds = {converter: name for name, converter in get_converters().items()}
    given = {name: PARTS[kinds[c]] for name, c in pattern.pattern.converters.items()}
    return reverse(str(pattern.name), kwargs=given)


POST_ONLY = sorted({_address(p) for p in _patterns(get_resolver()) if not answers_get(p.callback)})


def test_what_takes_a_form_only_is_known_by_its_decorator() -> None:
    assert len(POST_ONLY) > 25
    assert reverse("reception_arrive") in POST_ONLY
    assert reverse("head_report") not in POST_ONLY


@pytest.mark.parametrize("address", POST_ONLY)
def test_the_way_back_can_be_loaded(address: str) -> None:
    sent = RequestFactory().post
    outside = "https://elsewhere.example/desk/start"
    for referer in ("", address, outside, "not an address", "http://testserver/nowhere/at/all"):
        found = way_back(sent(address, headers={"referer": f"{referer}"}))
        assert answers_get(resolve(urlsplit(found).path).func), (referer, found)
        assert address.startswith(("/desk", "/api")) == found.startswith("/desk") or found == "/"


@pytest.mark.parametrize("address", POST_ONLY)
def test_the_form_s_own_page_is_the_way_back_when_the_browser_names_it(address: str) -> None:
    form_page = reverse("head_report") + "?period=year"
    sent = RequestFactory().post(address, headers={"referer": f"http://testserver{form_page}"})
    assert way_back(sent) == form_page


def test_without_that_it_is_what_the_form_was_about() -> None:
    visit = UUID(int=7)
    sent = RequestFactory().post(reverse("reception_refuse", args=[visit]))
    assert way_back(sent) == reverse("reception_visit", args=[visit])


def test_the_page_of_a_change_meanwhile_leads_to_the_thing_as_it_is_now() -> None:
    visit = UUID(int=7)
    sent = RequestFactory().post(reverse("reception_refuse", args=[visit]), {"text": "Say rượu"})
    refused = refusals(lambda request: HttpResponse()).process_exception(sent, Stale("Đã có."))  # type: ignore[attr-defined]  # the middleware's
    page = refused.content.decode()
    assert f'<li><a href="{reverse("reception_visit", args=[visit])}">' in page
    assert f'action="{sent.path}"' in page


def test_an_address_nobody_has_leads_to_the_front() -> None:
    assert way_back(RequestFactory().post("/desk/nowhere/at/all")) == reverse("start")
    assert way_back(RequestFactory().post("/nowhere")) == reverse("home")


@pytest.fixture
def browser(minh: Official) -> Client:
    """The clerk who receives people, signed in."""
    assert minh.user
    return signed_in("minh")


def test_after_a_refused_form_the_language_can_be_changed(browser: Client) -> None:
    refused = browser.post(reverse("reception_arrive"), {"people": "x"})
    page = refused.content.decode()
    assert refused.status_code == 200
    assert "nội dung đang nhập mà chưa lưu sẽ không được giữ lại" in page
    then = browser.post(reverse("set_language"), {"next": NEXT.findall(page)[0], "language": "en"})
    assert browser.get(then.headers["Location"]).status_code == 200


def test_a_page_that_can_be_loaded_says_nothing_of_lost_words(browser: Client) -> None:
    page = browser.get(reverse("head_report")).content.decode()
    assert NEXT.findall(page) == [reverse("head_report")]
    assert "chưa lưu sẽ không được giữ lại" not in page
