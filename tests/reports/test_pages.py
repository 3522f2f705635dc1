"""Reports on the screen, on paper and in the clerk's programs."""

import io
import zipfile

import pytest
from django.db import connection
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from doithoai.ledger.commands import number_entries
from doithoai.ledger.models import Sequence
from tests.reports.signing_in import signed_in
from tests.reports.story import Story

MOST = 12


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # the second look is what everybody pays
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_every_page_of_a_report_costs_few_queries(said: Story) -> None:
    code = said.dialogue.matter.code
    chi = signed_in("chi")
    for name in ("dialogue_report", "dialogue_report_print", "dialogue_report_said"):
        assert queries_of(chi, reverse(name, args=[code])) <= MOST, name
    assert queries_of(chi, reverse("reports")) <= MOST
    assert queries_of(chi, reverse("report_methods")) <= MOST


def test_a_report_names_its_moment_its_ledger_and_its_reader(said: Story) -> None:
    number_entries()
    last = Sequence.objects.aggregate(last=Max("seq"))["last"]
    code = said.dialogue.matter.code
    page = signed_in("quang").get(reverse("dialogue_report_print", args=[code])).content.decode()
    assert "Phó Chủ tịch MTTQ xã" in page
    assert f"diễn biến số {last} " in page


def test_who_has_no_right_to_reports_is_told_so(said: Story) -> None:
    code = said.dialogue.matter.code
    assert signed_in("tho").get(reverse("reports")).status_code == 403
    assert signed_in("lien").get(reverse("dialogue_report", args=[code])).status_code == 404
    anonymous = Client().get(reverse("dialogue_report", args=[code]))
    assert anonymous.status_code == 302


def test_the_statements_behind_what_was_received_are_listed(said: Story) -> None:
    address = reverse("dialogue_report_said", args=[said.dialogue.matter.code])
    chi = signed_in("chi").get(address).content.decode()
    assert chi.count("Hộ ông Nguyễn Văn") == 8
    front = signed_in("quang").get(address).content.decode()
    assert front.count("Hộ ông Nguyễn Văn") == 7
    assert said.sealed.text not in front


def test_the_workbook_holds_the_rows_behind_each_figure(said: Story) -> None:
    address = reverse("dialogue_report_excel", args=[said.dialogue.matter.code])
    answer = signed_in("chi").get(address)
    book = load_workbook(io.BytesIO(answer.content))
    figures, tables = book.worksheets[:2]
    counted = 0
    for label, number in figures.iter_rows(min_row=7, max_col=2):
        if number.hyperlink is None:
            assert number.value == 0, label.value
            continue
        rows = book[number.hyperlink.location.split("!")[0].strip("'")]
        assert rows.max_row - 4 == number.value, label.value
        counted += 1
    assert counted >= 10
    assert tables.max_row > 5


def test_the_word_draft_is_a_paper_of_its_body(said: Story) -> None:
    address = reverse("dialogue_report_word", args=[said.dialogue.matter.code])
    answer = signed_in("chi").get(address)
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "UBND" in text.upper()
    assert said.dialogue.title in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_reports_are_whole_in_both_languages(said: Story, language: str) -> None:
    client = signed_in("chi")
    client.cookies.load({"django_language": language})
    page = client.get(reverse("dialogue_report", args=[said.dialogue.matter.code])).content.decode()
    said_so = {"vi": "Đã giải quyết xong", "en": "Settled"}
    assert said_so[language] in page
