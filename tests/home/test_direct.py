"""The head's page: what waits for a signature or a decision, what is late, what was promised."""

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from doithoai.cases.commands import answering
from doithoai.cases.commands.answering import Reply
from doithoai.core.days import local_day
from doithoai.dialogues.commands import concluding
from doithoai.docket.models import Adoption
from doithoai.home import desk_queries
from doithoai.home.desk_queries import Direct
from tests.conftest import become
from tests.reports.signing_in import signed_in
from tests.reports.story import Story


def direct_of(name: str, now: datetime) -> Direct:
    return desk_queries.direct(become(name), today=local_day(now))


def counts(found: Direct) -> dict[str, int]:
    return {section.name: section.count for section in found.sections}


def test_what_is_late_and_what_was_promised_wait_for_the_chair(said: Story, now: datetime) -> None:
    found = counts(direct_of("chi", now))
    # late: two promises, and the dialogue's own conclusion
    assert (found["late"], found["promises"]) == (3, 2)
    assert found["sign"] == found["tie_break"] == found["conclusions"] == 0


def test_an_answer_drafted_waits_for_approval(said: Story, now: datetime) -> None:
    open_one = direct_of("chi", now).sections[-1].owed[0].obligation.matter_id
    reply = Reply("Đang nạo vét.", "in_progress")
    answering.draft(open_one, reply, seen=None, by=become("minh"), at=now)
    found = direct_of("chi", now).sections[0]
    assert (found.name, found.count) == ("sign", 1)
    assert [case.pk for case in found.cases] == [open_one]


def test_a_conclusion_with_its_wording_waits_for_the_signature(said: Story, now: datetime) -> None:
    concluding.draft_conclusion(
        said.dialogue.pk, text="Giao UBND xã nạo vét.", docx=b"", by=become("minh"), at=now
    )
    assert counts(direct_of("chi", now))["conclusions"] == 1


def test_a_dispute_comes_up_to_the_province(said: Story, now: datetime) -> None:
    assert counts(direct_of("tinh", now))["disputed"] == 1
    assert counts(direct_of("chi", now))["disputed"] == 0


def test_every_section_has_exactly_as_many_rows_as_its_figure(said: Story, now: datetime) -> None:
    for name in ("chi", "tinh", "bac", "due"):
        head = become(name)
        for section in direct_of(name, now).sections:
            whole = desk_queries.section(head, section.name, today=local_day(now))
            rows = len(whole.cases) + len(whole.owed) + len(whole.dialogues)
            assert section.count == whole.count == rows, (name, section.name)


def test_promises_are_gathered_by_village(said: Story, now: datetime) -> None:
    found = direct_of("chi", now)
    assert sum(len(village.owed) for village in found.villages) == 2
    assert all(village.name for village in found.villages)


def test_the_head_of_another_commune_has_nothing_of_ours(said: Story, now: datetime) -> None:
    assert direct_of("due", now).nothing
    assert signed_in("due").get(reverse("direct")).status_code == 200
    assert signed_in("minh").get(reverse("direct")).status_code == 403


def test_the_page_and_its_paper_cost_few_queries(said: Story) -> None:
    client = signed_in("chi")
    for address in (
        reverse("direct"),
        reverse("direct_print"),
        reverse("direct_section", args=["late"]),
        reverse("handovers"),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        assert len(caught) <= 14, address


def test_an_unknown_section_is_not_there(said: Story) -> None:
    assert signed_in("chi").get(reverse("direct_section", args=["all"])).status_code == 404


def test_a_hand_over_list_holds_what_goes_with_the_post(said: Story, now: datetime) -> None:
    chi = become("chi")
    found = desk_queries.handover(chi, chi.post, today=local_day(now))
    assert found.holders == ("Trần Quốc Chi",)
    assert len(found.promises) == 2
    assert {line.obligation.body for line in found.owed} == {said.dialogue.host}
    assert said.dialogue in found.dialogues
    page = signed_in("chi").get(reverse("handover", args=[chi.post]))
    assert page.status_code == 200


def test_nobody_prints_the_hand_over_list_of_a_post_they_do_not_direct(said: Story) -> None:
    chi, lien = become("chi"), signed_in("lien")
    assert lien.get(reverse("handover", args=[chi.post])).status_code == 404
    assert lien.get(reverse("handover", args=[become("lien").post])).status_code == 200


def test_soon_is_five_working_days(said: Story, now: datetime) -> None:
    before = direct_of("chi", now)
    owed = before.sections[-1].owed[0].obligation
    owed.due_on = local_day(now) + timedelta(days=1)
    owed.save(update_fields=["due_on"])
    after = counts(direct_of("chi", now))
    assert after["late"] == counts(before)["late"] - 1
    assert after["soon"] == counts(before)["soon"] + 1


def test_every_heading_counts_its_sections_and_opens_all_their_rows(
    said: Story, now: datetime
) -> None:
    for name in ("chi", "tinh"):
        client = signed_in(name)
        for group in direct_of(name, now).groups():
            rows = sum(
                whole.shown
                for whole in desk_queries.whole(become(name), group.name, today=local_day(now))
            )
            assert group.count == rows, (name, group.name)
            assert sum(section.shown for section in group.first) == min(rows, 3)
            page = client.get(reverse("direct_section", args=[group.name])).content.decode()
            assert page.count("<li data-row>") == rows


def test_the_four_figures_stand_before_their_lines(said: Story) -> None:
    page = signed_in("chi").get(reverse("direct")).content.decode()
    assert page.count('class="count"') == 4
    assert page.rindex('class="count"') < page.index("data-row")


def test_what_is_past_a_provisional_date_has_a_line_that_opens_exactly_its_rows(
    said: Story, now: datetime
) -> None:
    later = now + timedelta(days=60)
    chi, today = become("chi"), local_day(later)
    found = desk_queries.direct(chi, today=today)
    past = counts(found)["provisional"]
    assert past > 0
    whole = desk_queries.section(chi, "provisional", today=today)
    assert (whole.count, len(whole.owed)) == (past, past)
    assert all(line.provisional for line in whole.owed)
    late = desk_queries.section(chi, "late", today=today)
    assert not any(line.provisional for line in late.owed)
    assert found.provisional.count == past


def test_an_adopted_rule_makes_it_late_and_no_longer_provisional(
    said: Story, now: datetime
) -> None:
    chi, today = become("chi"), local_day(now + timedelta(days=60))
    whole = desk_queries.section(chi, "provisional", today=today)
    rules = {line.obligation.rule for line in whole.owed}
    Adoption.objects.bulk_create(
        Adoption(rule=rule, document="QĐ 1/2026/QĐ-UBND", adopted_on=today, by_id=chi.user, at=now)
        for rule in rules
    )
    assert desk_queries.section(chi, "provisional", today=today).count == 0
