"""The register 03/TCD: columns 9 to 11 follow what is decided on what was raised, nothing retyped;
of what a reader may not know a line has its number alone.
"""

from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from doithoai.accounts.actors import Official
from doithoai.accounts.models import User
from doithoai.cases.commands import letters, placing
from doithoai.cases.commands.letters import Letter
from doithoai.cases.commands.petitions import deciding, passing, sorting
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.placing import Kind
from doithoai.cases.models import Case
from doithoai.core.days import local_day
from doithoai.core.errors import NotFound
from doithoai.docket import exclusion
from doithoai.docket.models import Matter
from doithoai.reception.commands import ending, raising, visits
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.raising import Brought
from doithoai.reception.commands.visits import WrittenDown
from doithoai.reception.models import Visit
from doithoai.reception.queries import register
from doithoai.reception.queries.register import Wanted
from tests.cases.reaching import committee, office, without_account
from tests.dialogues.grounds import signed_in, text
from tests.journeys.test_petitions import province
from tests.reception.receiving import HUNG, LAN, received

pytestmark = pytest.mark.django_db
LAND = "Khiếu nại Quyết định thu hồi đất số 12/QĐ-UBND vì bồi thường thiếu 120 m2."
WELL = "Đề nghị nối đường ống nước sạch cho xóm Bãi."
ELSEWHERE = Nature("complaint", "land", instance="first", competence="other")
OWN = Nature("complaint", "land", instance="first")
DESK = "/desk/reception/"


def ended(minh: Official, text_: str, kind: str, **said: object) -> tuple[Visit, Case]:
    """A visit in which something was raised, over by now."""
    visit = received(minh, LAN)
    taken = raising.raise_matter(visit.pk, Brought(text_, kind), by=minh, at=timezone.now())
    how = Ending(outcome="Đã nhận đơn", **said)  # type: ignore[arg-type]  # the words of a test
    ending.end(visit.pk, how, by=minh, at=timezone.now())
    return visit, taken.case


def columns(reader: Official, visit: Visit) -> tuple[str, str, str]:
    """Columns 9, 10 and 11."""
    page = register.register(reader, Wanted(), today=local_day(timezone.now()))
    texts = next(each.texts for each in page.lines if each.visit.pk == visit.pk)
    return texts[7], texts[8], texts[9]


def guide(case: Case, by: Official) -> None:
    """To the province, which has it."""
    deciding.advise(
        case.pk, ground="complaint_elsewhere", text="Mời gửi UBND tỉnh", to=province().pk,
        by=by, at=timezone.now(),
    )  # fmt: skip


def test_who_is_guided_after_the_visit_stands_in_column_10(minh: Official) -> None:
    visit, case = ended(minh, LAND, "complaint")
    assert columns(minh, visit) == ("", "", "")
    sorting.sort(case.pk, ELSEWHERE, by=minh, at=timezone.now())
    guide(case, minh)
    assert columns(minh, visit) == ("", province().short_name, "")


def test_what_was_said_at_the_desk_gives_way_to_what_is_decided(minh: Official) -> None:
    visit, case = ended(minh, LAND, "complaint", competent=True)
    assert columns(minh, visit)[0] == "x"
    sorting.sort(case.pk, ELSEWHERE, by=minh, at=timezone.now())
    assert columns(minh, visit) == ("", "", "")
    paper = passing.TransferPaper(
        "12/PC-UBND", local_day(timezone.now()), "Thuộc nơi khác", "complaint_competence"
    )
    there = without_account()
    passing.transfer(case.pk, to=there.pk, paper=paper, by=minh, at=timezone.now())
    assert columns(minh, visit) == ("", there.short_name, "")


def test_a_complaint_accepted_here_is_within_competence(minh: Official) -> None:
    visit, case = ended(minh, LAND, "complaint", competent=False, guided_to="Tòa án")
    assert columns(minh, visit) == ("", "Tòa án", "")
    sorting.sort(case.pk, OWN, by=minh, at=timezone.now())
    deciding.examine(case.pk, by=minh, at=timezone.now())
    accepted = deciding.Acceptance(local_day(timezone.now()))
    deciding.admit(case.pk, accepted, by=minh, at=timezone.now())
    assert columns(minh, visit) == ("x", "", committee().short_name)


def test_what_an_office_of_the_same_place_has_is_within_competence_and_what_goes_by_letter_is_not(
    minh: Official,
) -> None:
    visit, case = ended(minh, WELL, "recommendation")
    placing.classify(case.pk, Kind("clean_water"), by=minh, at=timezone.now())
    here = office()
    placing.route(case.pk, to=here.pk, why="Giao phòng", by=minh, at=timezone.now())
    assert columns(minh, visit) == ("x", "", here.short_name)
    letter = Letter("5/UBND", local_day(timezone.now()), "Thuộc công ty")
    there = without_account()
    letters.forward(case.pk, to=there.pk, letter=letter, by=minh, at=timezone.now())
    assert columns(minh, visit) == ("", there.short_name, "")


def test_a_year_s_page_asks_no_more_however_much_was_decided(
    minh: Official, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(4):
        _visit, case = ended(minh, LAND, "complaint")
        sorting.sort(case.pk, ELSEWHERE, by=minh, at=timezone.now())
    guide(case, minh)
    with django_assert_max_num_queries(10):
        register.register(minh, Wanted(), today=local_day(timezone.now()))


# ------------------------------------------------------------------------------------------ hushed
def keep_from(case: UUID, who: str, by: Official) -> None:
    """Somebody stands too near to those it is about."""
    user = User.objects.get(username=who).pk
    exclusion.declare_relation(case, user=user, by=by, at=timezone.now())


def test_whoever_is_shut_out_misses_no_number_and_is_told_nothing(
    minh: Official, chi: Official
) -> None:
    first = received(minh, HUNG)
    visit, case = ended(minh, WELL, "recommendation")
    keep_from(case.pk, "chi", minh)
    page = register.register(chi, Wanted(), today=local_day(timezone.now()))
    assert [each.number for each in page.lines] == [first.number, visit.number]
    (hushed,) = {page.lines[1].texts} - {page.lines[0].texts}
    assert hushed == (*("",) * 11, "Không hiển thị với vị trí công tác này")
    figures = page.counted
    # As many as before it was hushed: a figure that fell would tell that something was sealed.
    assert (figures.visits, figures.persons, figures.matters, figures.groups) == (2, 2, 1, 0)
    assert "Trần Thị Lan" not in text(signed_in("chi").get(f"{DESK}visits/{visit.pk}"))
    told = register.register(minh, Wanted(), today=local_day(timezone.now()))
    assert (told.counted.persons, told.counted.matters) == (2, 1)


def test_whoever_is_shut_out_does_nothing_at_that_visit(minh: Official, chi: Official) -> None:
    visit = received(minh, LAN)
    taken = raising.raise_matter(visit.pk, Brought(WELL), by=minh, at=timezone.now())
    keep_from(taken.case.pk, "chi", minh)
    with pytest.raises(NotFound):
        visits.write_down(visit.pk, WrittenDown("x"), by=chi, at=timezone.now())


def test_a_sealed_line_has_no_day_and_the_same_words_as_any_other_hushed_one(
    minh: Official, chi: Official
) -> None:
    visit = received(minh, LAN)
    raising.seal(visit.pk, by=minh, at=timezone.now())
    _later, case = ended(minh, WELL, "recommendation")
    Matter.objects.filter(pk=case.pk).update(sealed=True)
    page = register.register(chi, Wanted(), today=local_day(timezone.now()))
    assert len({each.texts for each in page.lines}) == 1
    shown = text(signed_in("chi").get(f"{DESK}register"))
    assert "Niêm phong" not in shown
    assert f"{timezone.localdate():%d/%m/%Y}" not in shown
