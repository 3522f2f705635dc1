"""The late list: what is late, whose it is and why; every number opens its rows."""

import io
import zipfile
from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from doithoai.core.days import local_day
from doithoai.docket.models import Adoption, Obligation
from doithoai.supervision.queries import watching
from doithoai.supervision.queries.watching import NONE, Group, LateList, Watch
from tests.conftest import become
from tests.reports.signing_in import signed_in
from tests.reports.story import Story

READERS = ("chi", "quang", "thanh", "tinh")


def late_for(name: str, now: datetime, watch: Watch | None = None) -> LateList:
    return watching.late(become(name), watch or Watch(), today=local_day(now))


def test_what_is_late_is_shown_with_its_body_its_days_and_its_reason(
    said: Story, now: datetime
) -> None:
    found = late_for("quang", now)
    conclusion, *promised = found.rows  # the dialogue's own conclusion is late as well
    assert conclusion.line.obligation.matter == said.dialogue.matter
    assert [row.days_late for row in promised] == [10, 10]
    assert {row.line.obligation.body for row in found.rows} == {said.dialogue.host}
    page = signed_in("quang").get(reverse("late")).content.decode()
    assert said.dialogue.host.short_name in page
    assert "Thời hạn theo kết luận" in page


def test_every_figure_of_the_list_is_the_number_of_its_rows(said: Story, now: datetime) -> None:
    today = local_day(now)
    for name in READERS:
        reader = become(name)
        for tab in watching.TABS:
            found = late_for(name, now, Watch(tab=tab))
            assert found.counts[tab] == found.total
            for group in _groups(found):
                rows = watching.found(reader, group.watch, today=today).count()
                assert group.count == rows, (name, tab, group)
                assert Watch.from_query(_query(group.watch)) == group.watch


def _groups(found: LateList) -> tuple[Group, ...]:
    return (*found.bodies, *found.places, *found.fields, *found.dialogues)


def _query(watch: Watch) -> dict[str, str]:
    return dict(part.split("=") for part in watch.to_query().split("&"))


def test_choices_narrow_each_other(said: Story, now: datetime) -> None:
    whole = late_for("chi", now)
    village = whole.places[0]
    narrowed = late_for("chi", now, village.watch)
    assert narrowed.total == village.count < whole.total
    assert [group.label for group in narrowed.places if group.chosen] == [village.label]
    elsewhere = late_for("chi", now, Watch(dialogue=NONE))
    assert elsewhere.rows == ()


def test_a_provisional_date_is_listed_apart_until_its_rule_is_adopted(
    said: Story, now: datetime
) -> None:
    duty = Obligation.objects.get(
        matter=said.disputed.matter, rule="vn.recommendation.answer_dispute"
    )
    before = late_for("quang", now).counts
    duty.due_on = local_day(now) - timedelta(days=3)
    duty.save(update_fields=["due_on"])
    apart = late_for("quang", now, Watch(tab="provisional"))
    assert duty in [row.line.obligation for row in apart.rows]
    assert apart.counts["provisional"] == before["provisional"] + 1
    assert apart.counts["late"] == before["late"]
    Adoption.objects.create(
        rule=duty.rule, document="QĐ 1/QĐ-UBND", adopted_on=local_day(now),
        by_id=become("admin").user, at=now,
    )  # fmt: skip
    adopted = late_for("quang", now)
    assert duty in [row.line.obligation for row in adopted.rows]
    assert adopted.counts["late"] == before["late"] + 1


def test_nobody_watches_over_what_they_may_not_see(said: Story, now: datetime) -> None:
    assert late_for("due", now).counts["late"] == 0
    assert signed_in("lien").get(reverse("late")).status_code == 403
    assert signed_in("minh").get(reverse("late")).status_code == 403


def test_a_sealed_case_is_not_on_the_supervisors_list(said: Story, now: datetime) -> None:
    Obligation.objects.filter(matter=said.sealed.matter, state="open").update(
        due_on=local_day(now) - timedelta(days=5), certainty="A"
    )
    seen = [row.line.obligation.matter_id for row in late_for("quang", now).rows]
    assert said.sealed.pk not in seen
    assert said.sealed.pk in [r.line.obligation.matter_id for r in late_for("chi", now).rows]


def test_the_list_costs_few_queries(said: Story) -> None:
    for name, address in (("quang", "late"), ("thanh", "late"), ("quang", "late_print")):
        client = signed_in(name)
        client.get(reverse(address))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(address)).status_code == 200
        assert len(caught) <= 12, (name, address)


def test_the_printed_list_names_its_moment_and_its_reader(said: Story, now: datetime) -> None:
    page = signed_in("quang").get(reverse("late_print")).content.decode()
    assert "Phó Chủ tịch MTTQ xã" in page
    assert page.count("<tr>") == 1 + late_for("quang", now).total


def test_an_odd_address_asks_nothing(said: Story) -> None:
    address = reverse("late") + "?tab=x&body=nobody&place=1&page=abc&field=%00"
    assert signed_in("quang").get(address).status_code == 200


def test_the_list_says_who_has_it_since_when_and_what_they_were_told(
    said: Story, now: datetime
) -> None:
    row = late_for("quang", now).rows[-1]
    owed = row.line.obligation
    assert row.since == (owed.moved_at or owed.opened_at)
    before = row.told
    owed.reminders, owed.escalated_on = 2, local_day(now)
    owed.save(update_fields=["reminders", "escalated_on"])
    page = signed_in("quang").get(reverse("late")).content.decode()
    assert "chưa nhắc trước hạn" in before
    assert "đã nhắc 2 lần trước hạn; đã báo cáo cấp trên ngày" in page
    assert "giữ việc từ" in page


def test_a_provisional_date_says_so_once_in_its_row(said: Story, now: datetime) -> None:
    duty = Obligation.objects.get(
        matter=said.disputed.matter, rule="vn.recommendation.answer_dispute"
    )
    duty.due_on = local_day(now) - timedelta(days=3)
    duty.save(update_fields=["due_on"])
    page = signed_in("quang").get(reverse("late") + "?tab=provisional").content.decode()
    row = page[page.index("<tr data-row>") :].partition("</tr>")[0]
    assert row.count("thời hạn tạm tính") == 1


def test_the_excel_file_holds_the_rows_of_the_screen(said: Story, now: datetime) -> None:
    answer = signed_in("quang").get(reverse("late_excel"))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    listed = [row.line.obligation.matter.code for row in late_for("quang", now).rows]
    assert [cells[8].value for cells in sheet.iter_rows(min_row=5)] == listed
    assert "Phó Chủ tịch MTTQ xã" in sheet["A2"].value
    assert signed_in("minh").get(reverse("late_excel")).status_code == 403


def test_a_letter_urges_one_body_about_what_is_late(said: Story, now: datetime) -> None:
    mine = late_for("quang", now).bodies[0].watch
    answer = signed_in("quang").get(f"{reverse('late_urge')}?{mine.to_query()}")
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    for row in late_for("quang", now).rows:
        assert row.line.obligation.matter.code in text
    assert said.dialogue.host.name in text
    assert "VĂN BẢN ĐÔN ĐỐC" in text


def test_a_letter_needs_a_body_with_something_late(said: Story, now: datetime) -> None:
    client = signed_in("quang")
    assert client.get(reverse("late_urge")).status_code == 403
    nobody = late_for("quang", now, Watch(body=str(become("lien").body)))
    assert nobody.rows == ()
    assert client.get(f"{reverse('late_urge')}?{nobody.watch.to_query()}").status_code == 404
    page = client.get(reverse("late")).content.decode()
    assert "Chọn một cơ quan có việc quá hạn" in page


def test_a_letter_names_nothing_sealed(said: Story, now: datetime) -> None:
    Obligation.objects.filter(matter=said.sealed.matter, state="open").update(
        due_on=local_day(now) - timedelta(days=5), certainty="A"
    )
    sealed = said.sealed.matter
    row = next(r for r in late_for("chi", now).rows if r.line.obligation.matter == sealed)
    watch = Watch(body=str(row.line.obligation.body_id))
    answer = signed_in("chi").get(f"{reverse('late_urge')}?{watch.to_query()}")
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert answer.status_code == 200
    assert sealed.code not in text
