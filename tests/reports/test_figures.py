"""No figure without its rows: every number opens exactly as many items as it says, per reader."""

import re
from datetime import datetime

import pytest
from django.urls import reverse

from doithoai.accounts.actors import Official
from doithoai.cases.models import Case
from doithoai.cases.queries.selection import Selection, select
from doithoai.core.days import local_day
from doithoai.core.errors import NotFound
from doithoai.docket.models import Adoption
from doithoai.reports.queries import counting
from doithoai.reports.queries import dialogue as reading
from doithoai.reports.queries.counting import Figure
from doithoai.reports.queries.dialogue import Report
from tests.conftest import become
from tests.reports.signing_in import signed_in
from tests.reports.story import Story

READERS = ("minh", "chi", "quang", "thanh")


def every_figure(report: Report) -> list[Figure]:
    """All figures of a report: its sections, its tables and their totals."""
    found = [figure for section in report.sections for _measure, figure in section.figures]
    found += [f for table in report.tables for row in table.rows for f in row.figures]
    return [*found, *report.total.figures]


def test_every_figure_of_the_clerks_sheet_is_the_number_of_its_rows(
    told: Story, now: datetime
) -> None:
    for name in READERS:
        reader = become(name)
        report = reading.report(told.dialogue.matter.code, reader, at=now)
        figures = set(every_figure(report))
        # What looks like a complaint or conduct is read by few until it is classified.
        assert report.count("cases") >= (26 if name in {"minh", "chi"} else 23)
        assert len(figures) > 60
        for figure in figures:
            rows = select(reader, figure.selection, today=local_day(now)).count()
            assert figure.count == rows, (name, figure)


def test_every_address_of_a_figure_reads_back_as_its_selection(said: Story, now: datetime) -> None:
    report = reading.report(said.dialogue.matter.code, become("quang"), at=now)
    for figure in every_figure(report):
        query = dict(part.split("=") for part in figure.selection.to_query().split("&"))
        assert Selection.from_query(query) == figure.selection


def test_the_linked_page_has_exactly_the_rows_of_each_headline_figure(
    said: Story, now: datetime
) -> None:
    for name in ("chi", "quang"):
        report = reading.report(said.dialogue.matter.code, become(name), at=now)
        client = signed_in(name)
        for section in report.sections:
            for _measure, figure in section.figures:
                page = client.get(f"{reverse('cases')}?{figure.selection.to_query()}")
                codes = set(re.findall(r"KN\d\d-\d+", page.content.decode()))
                assert len(codes) == figure.count, (name, figure)


def test_the_parts_of_a_chapter_add_up_to_their_whole(told: Story, now: datetime) -> None:
    report = reading.report(told.dialogue.matter.code, become("chi"), at=now)
    for section in report.sections:
        if section.chapter.parts:
            assert sum(f.count for _m, f in section.figures) == section.whole, section.chapter.key
    for table in report.tables:
        assert sum(row.figures[0].count for row in table.rows) == report.count("cases")


def test_a_sealed_case_is_in_nobodys_figures_but_those_let_in(said: Story, now: datetime) -> None:
    code = said.dialogue.matter.code
    head, front = (reading.report(code, become(name), at=now) for name in ("chi", "quang"))
    assert said.sealed.pk in {case.pk for case in head.cases}
    assert said.sealed.pk not in {case.pk for case in front.cases}
    assert front.count("cases") == head.count("cases") - 1
    assert front.submissions == head.submissions - 1


def test_who_may_not_see_the_dialogue_finds_no_report(said: Story, now: datetime) -> None:
    for name in ("lien", "tinh"):
        with pytest.raises(NotFound):
            reading.report(said.dialogue.matter.code, become(name), at=now)
    assert reading.dialogues(become("lien"), at=now).dialogues == ()


def test_who_has_one_item_of_a_dialogue_finds_the_dialogue_but_not_its_report(
    said: Story, now: datetime
) -> None:
    (held,) = reading.dialogues(become("tinh"), at=now).dialogues
    assert (held.dialogue, held.whole) == (said.dialogue, False)


def test_a_joined_case_is_counted_once_and_its_statement_still_is(
    said: Story, now: datetime
) -> None:
    report = reading.report(said.dialogue.matter.code, become("chi"), at=now)
    assert said.joined.pk not in {case.pk for case in report.cases}
    assert report.submissions == 8
    assert report.count("cases") == 7


def test_the_story_is_what_the_figures_say(said: Story, now: datetime) -> None:
    report = reading.report(said.dialogue.matter.code, become("chi"), at=now)
    assert {key: report.count(key) for key in FIGURES} == FIGURES


FIGURES = {
    "answered": 4, "waiting": 3, "outcome_settled": 4, "outcome_none": 3,
    "agreed_self": 0, "agreed_others": 1, "disputed": 1, "ever_disputed": 1, "unconfirmed": 2,
    "nobody_to_ask": 0, "late_now": 2, "answered_late": 4, "on_time": 0,
    "published": 1, "withheld_private_life": 1, "undecided": 5,
}  # fmt: skip


def test_silence_is_never_agreement(said: Story, now: datetime) -> None:
    report = reading.report(said.dialogue.matter.code, become("chi"), at=now)
    silent = [case.pk for case in report.cases if "unconfirmed" in case.meets]
    assert set(silent) == {said.published.pk, said.withheld.pk}
    assert not any(
        {"agreed_self", "agreed_others"} & c.meets for c in report.cases if c.pk in silent
    )


def test_a_provisional_date_is_late_only_once_a_document_adopts_its_rule(
    said: Story, now: datetime
) -> None:
    chi = become("chi")
    base = Selection(occasion=said.dialogue.matter.code, joined=False)
    duty = said.sealed.matter.obligations.get(rule="vn.recommendation.guide_other_procedure")
    duty.due_on = local_day(now).replace(day=1).replace(year=local_day(now).year - 1)
    duty.save(update_fields=["due_on"])
    before = counting.read(chi, base, today=local_day(now))
    sealed = next(case for case in before if case.pk == said.sealed.pk)
    assert "provisional_late" in sealed.meets
    assert "late_now" not in sealed.meets
    Adoption.objects.create(
        rule=duty.rule, document="QĐ 1/QĐ-UBND", adopted_on=local_day(now), by_id=chi.user, at=now
    )
    after = counting.read(chi, base, today=local_day(now))
    sealed = next(case for case in after if case.pk == said.sealed.pk)
    assert "late_now" in sealed.meets
    assert "provisional_late" not in sealed.meets


def test_nobody_to_ask_stays_in_the_whole(said: Story, now: datetime) -> None:
    chi = become("chi")
    silent = Case.objects.get(pk=said.withheld.pk)
    one = silent.carried.get().submission
    one.speaker, one.place, one.place_text = "", None, ""
    one.save(update_fields=["speaker", "place", "place_text"])
    from doithoai.ledger.models import Receipt  # noqa: PLC0415

    Receipt.objects.filter(about=one.pk).update(dead_at=now)
    report = reading.report(said.dialogue.matter.code, chi, at=now)
    assert report.count("nobody_to_ask") == 1
    assert report.count("cases") == 7


@pytest.mark.parametrize("official", ["chi"])
def test_counting_is_one_query(
    said: Story, now: datetime, official: str, django_assert_num_queries: object
) -> None:
    chi: Official = become(official)
    base = Selection(occasion=said.dialogue.matter.code, joined=False)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert counting.read(chi, base, today=local_day(now))
