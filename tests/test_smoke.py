from doithoai.cases.commands import answering, hearing, intake, placing
from doithoai.accounts.actors import Citizen
from doithoai.docket.models import Obligation
from doithoai.units.models import Body
import pytest


def show(case):
    for o in Obligation.objects.filter(matter=case.matter).order_by("opened_at"):
        print(
            "   ",
            o.rule,
            o.kind,
            o.state,
            o.body.short_name if o.body else None,
            o.due_on,
            o.late,
            "unassigned" if o.unassigned else "",
        )


@pytest.mark.django_db
def test_walk(minh, hoa, chi, now, django_assert_max_num_queries):
    ubnd = Body.objects.get(short_name="UBND xã Cẩm Lạc")
    with django_assert_max_num_queries(14) as q:
        t = intake.submit(
            intake.Statement(
                text="Kênh Đồng Lều bị bồi lắng, ông Nguyễn Văn An nói",
                channel="web",
                occasion="web",
                phone="0912345678",
            ),
            to=ubnd,
            by=Citizen(),
            at=now,
        )
    for x in q.captured_queries:
        print(x["sql"][:90])
    c = t.case
    show(c)
    placing.classify(c.pk, placing.Kind("irrigation"), by=minh, at=now)
    print("classified")
    show(c)
    kt = Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")
    placing.route(c.pk, to=kt.pk, why="vì", by=minh, at=now)
    print("routed")
    show(c)
    answering.answer(
        c.pk, answering.Reply("Đã nạo vét", "settled", "12/UBND", now.date()), by=hoa, at=now
    )
    print("answered")
    show(c)
    lan = Citizen(t.receipt.id)
    hearing.dispute(c.pk, hearing.Heard("web", "chưa"), by=lan, at=now)
    print("disputed")
    show(c)
    answering.answer(
        c.pk, answering.Reply("Đã nạo vét xong", "settled", "13/UBND", now.date()), by=chi, at=now
    )
    print("answered")
    show(c)
    hearing.confirm(c.pk, hearing.Heard("web", "được"), by=lan, at=now)
    print("confirmed")
    show(c)
