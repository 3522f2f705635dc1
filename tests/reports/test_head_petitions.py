"""The head's report: petitions (đơn) apart from their matters, and what was decided of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from doithoai.accounts.actors import Official
from doithoai.cases.commands import ending
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.petitions import deciding, passing, receiving, splitting
from doithoai.cases.commands.petitions.deciding import Acceptance
from doithoai.cases.commands.petitions.passing import TransferPaper
from doithoai.cases.commands.petitions.receiving import Arrival
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.petitions.splitting import Part
from doithoai.cases.models import Case
from doithoai.core.days import local_day
from doithoai.reports import periods
from doithoai.reports.queries import heads, petition_rows
from doithoai.reports.queries.heads import HeadReport
from doithoai.units.territory import country
from tests.cases.reaching import committee, culture, without_account
from tests.conftest import become
from tests.reports.signing_in import signed_in

OWN = Nature("complaint", "land", instance="first")
ELSEWHERE = Nature("complaint", "land", instance="first", competence="other")
WISH = Nature("recommendation", "irrigation")


def report_of(name: str, now: datetime, code: str = "month") -> HeadReport:
    body, _all = heads.chosen(become(name), committee().pk, today=local_day(now))
    return heads.report(become(name), body, periods.named(code), local_day(now), at=now)


def counts(report: HeadReport, *keys: str) -> list[int]:
    return [report.count(key) for key in keys]


def registered(at: datetime, text: str, *, nature: Nature | None = None) -> Case:
    """A petition written into the register of the commune, as its clerk does."""
    said = Statement(text=text, channel="letter", occasion="letter", speaker=f"Bà {text[:1]}.",
                     phone="0900000001")  # fmt: skip
    arrival = Arrival(arrived_on=local_day(at), nature=nature)
    made = receiving.receive(said, arrival, to=committee(), by=become("minh"), at=at)
    return made.taken.case


def moments(at: datetime) -> Iterator[datetime]:
    while True:
        at += timedelta(minutes=1)
        yield at


def test_petitions_and_their_matters_are_counted_apart_and_by_kind(
    minh: Official, chi: Official, now: datetime
) -> None:
    at = moments(now - timedelta(hours=1))
    registered(next(at), "Khiếu nại quyết định thu hồi đất số 45", nature=OWN)
    registered(next(at), "Đề nghị nạo vét kênh Đồng Lều", nature=WISH)
    registered(next(at), "Bảo vệ mùa màng, không rõ đơn gì")
    mixed = registered(next(at), "Gia đình tôi khiếu nại và kiến nghị")
    parts = [Part(OWN, "Khiếu nại việc đo đất thiếu"), Part(WISH, "Kiến nghị sửa đường vào xóm")]
    splitting.split(mixed.pk, parts, guidance="Mời Ông/Bà viết riêng", by=minh, at=next(at))
    found = report_of("chi", now)
    assert counts(found, "petitions", "petition_matters") == [4, 5]
    kinds = (
        "petitions_complaints", "petitions_denunciations", "petitions_recommendations",
        "petitions_party", "petitions_mixed", "petitions_unsorted",
    )  # fmt: skip
    assert counts(found, *kinds) == [1, 0, 1, 0, 1, 1]
    assert sum(counts(found, *kinds)) == found.count("petitions")


def test_what_was_decided_of_petitions_is_counted_by_the_day_of_the_decision(
    minh: Official, chi: Official, now: datetime
) -> None:
    at = moments(now - timedelta(hours=1))
    admitted = registered(next(at), "Một: khiếu nại thu hồi đất", nature=OWN)
    declined = registered(next(at), "Hai: khiếu nại thu hồi đất", nature=OWN)
    passed = registered(next(at), "Ba: khiếu nại thu hồi đất", nature=ELSEWHERE)
    guided = registered(next(at), "Bốn: khiếu nại thu hồi đất", nature=ELSEWHERE)
    handed = registered(next(at), "Năm: khiếu nại thu hồi đất", nature=ELSEWHERE)
    filed = registered(next(at), "Sáu: đề nghị nạo vét kênh", nature=WISH)
    for case in (admitted, declined, passed, guided, handed):
        deciding.examine(case.pk, by=minh, at=next(at))
    deciding.admit(admitted.pk, Acceptance(local_day(now)), by=chi, at=next(at))
    deciding.decline(declined.pk, ground="in_court", text="Đã có bản án", by=chi, at=next(at))
    letter = TransferPaper("12/PC-UBND", local_day(now), "Thuộc thẩm quyền của xã bạn",
                           "complaint_competence")  # fmt: skip
    passing.transfer(passed.pk, to=without_account().pk, paper=letter, by=chi, at=next(at))
    deciding.advise(guided.pk, ground="court_matter", text="Mời Ông/Bà gửi đơn đến nơi khác",
                    by=chi, at=next(at))  # fmt: skip
    deciding.hand_back(handed.pk, ground="not_eligible_originals", text="Xin trả lại đơn",
                       papers=(), by=chi, at=next(at))  # fmt: skip
    ending.archive(filed.pk, ground="duplicate", why="Trùng đơn", by=chi, at=next(at))
    decided = (
        "petitions_admitted", "petitions_declined", "petitions_transferred", "petitions_guided",
        "petitions_handed_back", "petitions_archived",
    )  # fmt: skip
    assert counts(report_of("chi", now), *decided) == [1] * 6
    nobody_sees = report_of("chi", now - timedelta(days=62))
    assert counts(nobody_sees, *decided) == [0] * 6
    client = signed_in("chi")
    for key in (*decided, "petitions", "petition_matters"):
        page = client.get(
            f"{reverse('head_report_rows', args=[key])}?body={committee().pk}&day={local_day(now)}"
        ).content.decode()
        assert page.count("<tr data-row>") == report_of("chi", now).count(key), key


def test_a_sealed_petition_counts_only_for_who_may_see_it(
    minh: Official, chi: Official, quang: Official, now: datetime
) -> None:
    accused = Nature("denunciation", "other", respondents=(culture().pk,))
    registered(now - timedelta(hours=1), "Tố cáo thu tiền không biên lai", nature=accused)
    keys = ("petitions", "petitions_denunciations", "petition_matters")
    assert counts(report_of("chi", now), *keys) == [1, 1, 1]
    for name in ("quang", "minh"):
        assert counts(report_of(name, now), *keys) == [0, 0, 0]
    page = signed_in("quang").get(
        f"{reverse('head_report_rows', args=['petitions'])}?body={committee().pk}"
    )
    assert page.content.decode().count("<tr data-row>") == 0


def test_a_petition_sent_again_is_counted_as_such(
    minh: Official, chi: Official, now: datetime
) -> None:
    registered(now - timedelta(hours=2), "Khiếu nại quyết định thu hồi đất số 45", nature=OWN)
    registered(now - timedelta(hours=1), "Khiếu nại quyết định thu hồi đất số 45", nature=OWN)
    assert counts(report_of("chi", now), "petitions", "petitions_again") == [2, 1]


def test_every_kind_of_petition_has_its_figure(db: None) -> None:
    assert set(country().petition_kinds) <= set(petition_rows.GROUPS)
    assert {f"petitions_{group}" for group in petition_rows.GROUPS.values()} <= set(heads.MEASURES)
