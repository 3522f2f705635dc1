"""The same petition sent again is found whoever fills in the village and however the sender is
addressed; two of one name in two villages are two senders.
"""

from uuid import UUID

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.petitions import receiving
from doithoai.cases.commands.petitions.arrivals import Arrival
from doithoai.cases.commands.petitions.threads import sender_key
from doithoai.cases.models import Petition
from doithoai.cases.queries import petitions
from doithoai.core.days import local_day
from doithoai.units.models import Body
from doithoai.units.queries import villages
from tests.cases.reaching import committee
from tests.conftest import become
from tests.journeys.test_petitions import province

pytestmark = pytest.mark.django_db
TEXT = "Đề nghị xem xét lại mức bồi thường khi thu hồi 120 m2 đất vườn tại xóm Bãi."


def two_villages() -> tuple[UUID, UUID]:
    """Two villages of the commune."""
    place = committee().place
    assert place is not None
    first, second = villages(place, today=local_day(timezone.now()))[:2]
    return first.pk, second.pk


def sent(
    speaker: str, place: UUID | None = None, *, to: Body | None = None, by: str = "minh"
) -> Petition:
    """A petition registered, the village as the clerk fills it in."""
    said = Statement(text=TEXT, channel="letter", occasion="letter", speaker=speaker, place=place)
    arrival = Arrival(arrived_on=local_day(timezone.now()))
    registered = receiving.receive(
        said, arrival, to=to or committee(), by=become(by), at=timezone.now()
    )
    return registered.petition


def threads() -> list[UUID | None]:
    return list(Petition.objects.order_by("arrived_on", "pk").values_list("thread", flat=True))


def test_a_village_filled_in_by_one_clerk_alone_does_not_hide_the_same_petition() -> None:
    village, _other = two_villages()
    first = sent("Nguyễn Thị Lan", village)
    there = sent("Nguyễn Thị Lan", to=province(), by="tinh")
    assert len(set(threads())) == 1
    assert None not in threads()
    again = sent("Nguyễn Thị Lan")
    assert (there.repeats, again.repeats) == (None, first)


@pytest.mark.parametrize("speaker", ["Bà Nguyễn Thị Lan", "BÀ NGUYỄN THỊ LAN", "Chị nguyễn thị lan",
                                     "ba Nguyen Thi Lan", "  Nguyễn  Thị Lan "])  # fmt: skip
def test_a_word_of_address_before_the_name_is_no_part_of_it(speaker: str) -> None:
    first = sent("Nguyễn Thị Lan")
    assert sent(speaker).repeats == first


def test_a_name_is_not_eaten_by_words_of_address() -> None:
    assert sender_key("Bà", anonymous=False) == "ba"
    assert sender_key("Chu Văn An", anonymous=False) == "chu van an"
    assert sender_key("Ông Cù Huy", anonymous=False) == "cu huy"
    assert sender_key("  ", anonymous=False) == sender_key("Lan", anonymous=True) == ""


def test_two_of_one_name_in_two_villages_are_two_senders(minh: Official) -> None:
    here, there = two_villages()
    sent("Nguyễn Thị Lan", here)
    assert sent("Nguyễn Thị Lan", there).repeats is None
    assert set(threads()) == {None}
    year = local_day(timezone.now()).year
    assert petitions.register(minh, committee(), petitions.Wanted(year)).counts.senders == 2


def test_another_body_is_told_where_and_when_and_nothing_else(minh: Official) -> None:
    village, _other = two_villages()
    mine = sent("Ông Nguyễn Văn Hùng", village)
    there = sent("Nguyễn Văn Hùng", to=province(), by="tinh")
    case = mine.submission.carried.get(until=None).case
    beside = petitions.beside(case, minh)
    assert beside is not None
    (elsewhere,) = beside.elsewhere
    assert (elsewhere.here, elsewhere.number) == (False, there.number)
    assert not petitions.register(minh, province(), petitions.Wanted(mine.year)).lines[0].cases
