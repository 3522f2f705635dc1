"""What stands in an address may be anything: no page breaks over it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.reports.signing_in import signed_in
from tests.reports.story import Story

ODD = (
    "9999-12-31", "0001-01-01", "9999-12", "0001-01", "2026-13", "abc", "-1", "99999999999",
)  # fmt: skip
ASKED = ("day", "month", "year", "page", "since", "until", "period", "body", "post")


def _without_arguments(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            if not each.pattern.converters:
                yield from _without_arguments(each)
        elif not each.pattern.converters:
            yield each


READING = tuple(
    f"doithoai.{app}." for app in ("reports", "home", "duties", "supervision", "reception", "cases")
)
OURS = sorted(
    {
        str(p.name)
        for p in _without_arguments(get_resolver())
        if getattr(p.callback, "__module__", "").startswith(READING)
    }
)


def test_the_pages_in_question_are_among_them() -> None:
    assert {"duties", "duties_excel", "head_report", "head_report_word", "late"} <= set(OURS)


def test_an_odd_day_month_year_or_page_breaks_no_page(said: Story) -> None:
    client = signed_in("chi")
    client.raise_request_exception = False
    papers = ("_excel", "_word", "_print")  # made of the same rows as their page
    broken = {
        (name, odd)
        for name in OURS
        for odd in (ODD[:2] if name.endswith(papers) else ODD)
        if client.get(reverse(name), dict.fromkeys(ASKED, odd)).status_code >= 500
    }
    assert broken == set()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("9999-12-31", "01/12/2199"),
        ("0001-01-01", "01/01/1900"),
        ("22/11/2026", "01/11/2026"),
    ],
)
def test_a_day_beyond_all_reports_asks_for_the_nearest_one(
    said: Story, asked: str, shown: str
) -> None:
    page = signed_in("chi").get(reverse("head_report"), {"day": asked})
    assert page.status_code == 200
    assert shown in page.content.decode()


@pytest.mark.parametrize(("asked", "shown"), [("9999-12", "2199-12"), ("0001-01", "1900-01")])
def test_a_month_beyond_all_duties_asks_for_the_nearest_one(
    said: Story, asked: str, shown: str
) -> None:
    page = signed_in("chi").get(reverse("duties"), {"month": asked})
    assert page.status_code == 200
    assert f"month={shown}" in page.content.decode()


def test_neither_do_the_rows_of_a_figure(said: Story) -> None:
    client = signed_in("chi")
    for odd in ODD:
        address = reverse("head_report_rows", args=["visits"])
        assert client.get(address, dict.fromkeys(ASKED, odd)).status_code < 500
