"""The start page and the pages that explain."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from doithoai.accounts.actors import Official
from doithoai.docket.models import Adoption
from doithoai.home import queries

pytestmark = pytest.mark.django_db
PAGES = ("/", "/submit", "/follow", "/cases/", "/dialogues/", "/deadlines", "/who-sees-what")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_an_account_in_both_languages(page: str, language: str) -> None:
    shown = Client(headers={"accept-language": language}).get(page)
    assert shown.status_code == 200
    assert f'<html lang="{language}">' in shown.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_needs_a_script(client: Client, page: str) -> None:
    text = client.get(page).content.decode()
    assert "onclick" not in text
    assert "javascript:" not in text
    assert "hx-" not in text


def test_the_start_page_asks_little(
    client: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_max_num_queries(10):
        client.get("/")


def test_every_rule_says_its_text_and_whether_it_is_provisional(client: Client) -> None:
    page = client.get("/deadlines").content.decode()
    assert "Luật Tổ chức chính quyền địa phương 72/2025/QH15" in page
    assert "Thời hạn tạm tính, chưa có văn bản quy định" in page


def test_an_adopted_rule_names_its_document(chi: Official) -> None:
    Adoption.objects.create(
        rule="vn.recommendation.classify",
        document="Quyết định 01/QĐ-UBND",
        adopted_on=date(2026, 8, 1),
        by_id=chi.user,
        at="2026-08-01T00:00:00Z",
    )
    lines = queries.chapters(today=date(2026, 11, 21))[0].lines
    assert [line.provisional for line in lines if line.adopted_by] == [False]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_in_force_says_from_when_it_counts(language: str) -> None:
    with translation.override(language):
        for chapter in queries.chapters(today=date(2026, 11, 21)):
            assert chapter.lines
            said = [(line.period, line.counted_from) for line in chapter.lines]
            set_by_conclusion = "conclusion sets", "kết luận ấn định"
            assert all(
                period and (since or any(words in period for words in set_by_conclusion))
                for period, since in said
            )


def test_a_date_the_conclusion_sets_is_counted_from_nothing_and_is_no_text_of_law(
    db: None,
) -> None:
    with translation.override("en"):
        lines = queries.chapters(today=date(2026, 11, 21))[0].lines
    ordered = [line for line in lines if line.duty == "Finish what the conclusion ordered"]
    assert [(line.period, line.counted_from, line.sure) for line in ordered] == [
        ("on the date the conclusion sets", "", "By the text of the conclusion.")
    ]
    page = Client(headers={"accept-language": "vi"}).get("/deadlines").content.decode()
    assert "ngày do kết luận ấn định" in page
    assert "Theo văn bản kết luận." in page


@pytest.mark.parametrize(
    "duty", ["Finish the rest and answer", "Review the roadmap and tell the person"]
)
def test_versions_of_one_rule_stand_in_one_row(db: None, duty: str) -> None:
    with translation.override("en"):
        lines = queries.chapters(today=date(2026, 11, 21))[0].lines
    assert len([line for line in lines if line.duty == duty]) == 1


def test_swapped_days_and_estimated_years_are_marked() -> None:
    this, following = queries.years(today=date(2026, 11, 21))
    days = {off.day: off for off in this.days}
    assert days[date(2026, 8, 22)].worked
    assert "9441/TB-BNV" in days[date(2026, 8, 31)].source
    assert (this.confirmed, following.confirmed) == (True, False)


def test_the_page_says_what_cannot_be_protected(client: Client) -> None:
    page = client.get("/who-sees-what", headers={"accept-language": "en"}).content.decode()
    assert "What we cannot protect" in page
    assert "profiles" in page


def test_a_basis_that_is_a_sentence_is_said_in_the_readers_language(db: None) -> None:
    page = Client(headers={"accept-language": "en"}).get("/deadlines").content.decode()
    assert "No text prescribes it yet; a default until each province adopts its own" in page
    assert "Chưa có văn bản quy định" not in page
    page = Client(headers={"accept-language": "vi"}).get("/deadlines").content.decode()
    assert "Chưa có văn bản quy định" in page
