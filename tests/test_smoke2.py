from datetime import datetime, timezone, timedelta
from pathlib import Path
import pytest
from doithoai.dialogues.commands import planning, importing, concluding
from doithoai.dialogues.reading_sheets import read_list
from doithoai.accounts.models import Post
from doithoai.units.models import Body
from doithoai.docket.models import Obligation


@pytest.mark.django_db
def test_import(minh, chi, now):
    ubnd = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    start = datetime(2026, 7, 15, 7, 30, tzinfo=timezone(timedelta(hours=7)))
    d = planning.plan(
        planning.Plan(
            host=ubnd.pk,
            title="Đối thoại 15/7",
            kind="conference",
            starts_at=start,
            venue="Hội trường xã",
            chairs=(chi.post,),
            commune_conference=True,
        ),
        by=minh,
        at=start - timedelta(days=14),
    )
    planning.announce(d.pk, by=minh, at=start - timedelta(days=10))
    concluding.hold(d.pk, concluding.Held(120), by=minh, at=start + timedelta(hours=4))
    data = Path("tests/data/cam-lac-2026-07-15.xlsx").read_bytes()
    p = read_list("x.xlsx", data)
    r = importing.take_in(d.pk, p, by=minh, at=now)
    print(r.rows, r.imported, r.already)
    for a in r.attention + r.refused:
        print(a.row, a.reason)
    for i in d.items.select_related("case__matter", "case__handling_body").order_by("number"):
        os = Obligation.objects.filter(matter=i.case.matter, state__in=["open", "paused"])
        print(
            i.number,
            i.case.state,
            i.case.outcome,
            i.case.handling_body,
            [(o.rule.split(".")[-1], o.kind, str(o.due_on), o.source) for o in os],
        )
    r = importing.take_in(d.pk, p, by=minh, at=now)
    print(r)
    assert r.already == 28


@pytest.mark.django_db
def test_story(now):
    from doithoai.config import demo_story

    demo_story.tell(now)
