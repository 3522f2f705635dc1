"""What is sealed stays sealed: one register, no words in clear, no body it is about."""

from datetime import datetime
from importlib import import_module

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from doithoai.accounts.actors import Citizen, Official
from doithoai.cases.acts import table
from doithoai.cases.commands import ending, hearing, intake, placing, sealed_intake
from doithoai.cases.commands.hearing import Heard
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.petitions import passing, receiving, sorting
from doithoai.cases.commands.petitions.passing import TransferPaper
from doithoai.cases.commands.petitions.receiving import Arrival
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.placing import Kind
from doithoai.cases.commands.sealed_intake import Denounced, Told
from doithoai.cases.forms.fields import Given
from doithoai.cases.forms.placing import Offering
from doithoai.cases.forms.sending_on import Transferring
from doithoai.cases.models import Case, PersonsWord, Petition
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid
from doithoai.docket.models import Counter
from doithoai.files import commands as files
from doithoai.vault.reading import holds
from tests.cases.reaching import Story, begin, committee, culture, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db


def _denounced(competence: str = "own") -> Nature:
    return Nature("denunciation", "other", competence=competence, respondents=(culture().pk,))


def _at_the_desk(at: datetime, nature: Nature | None = None) -> receiving.Registered:
    said = Statement(text="Nhận tiền của dân", channel="letter", occasion="letter", speaker="Bà L.")
    arrival = Arrival(arrived_on=local_day(at), nature=nature)
    return receiving.receive(said, arrival, to=committee(), by=become("minh"), at=at)


def _sealed(competence: str = "own") -> Story:
    story = begin()
    minh = story.who("minh")
    made = _at_the_desk(story.later())
    story.case_id = made.taken.case.pk
    sorting.sort(story.case_id, _denounced(competence), by=minh, at=story.later())
    return story


def test_the_web_and_the_desk_number_one_sealed_register() -> None:
    now = timezone.now()
    told = Told("Cán bộ thu tiền", "web", "web")
    sealed_intake.lodge(told, Denounced(culture().pk, leads=True), by=Citizen(), at=now)
    web = Petition.objects.get(sealed=True)
    desk = _at_the_desk(now, _denounced()).petition
    assert (desk.body_id, desk.number) == (web.body_id, web.number + 1)


def test_the_two_counters_become_one_that_goes_on_after_the_greater() -> None:
    sql = import_module("doithoai.docket.migrations.0012_one_sealed_register")
    body = committee()
    for register, year, last in (
        ("sealed", 2024, 3), ("petitions_sealed", 2024, 7),
        ("sealed", 2025, 9), ("petitions_sealed", 2025, 2), ("petitions_sealed", 2026, 4),
    ):  # fmt: skip
        Counter.objects.create(body=body, register=register, year=year, last=last)
    with connection.cursor() as cursor:
        cursor.execute(sql.FORWARD)
    kept = Counter.objects.filter(register="sealed").values_list("year", "last").order_by("year")
    assert list(kept) == [(2024, 7), (2025, 9), (2026, 4)]
    assert not Counter.objects.filter(register="petitions_sealed").exists()
    with connection.cursor() as cursor:
        cursor.execute(sql.BACKWARD)
    back = Counter.objects.filter(register="petitions_sealed").values_list("last", flat=True)
    assert sorted(back) == [4, 7, 9]


def test_no_words_are_added_to_a_sealed_item_and_none_split_off() -> None:
    story = _sealed()
    minh = story.who("minh")
    assert isinstance(minh, Official)
    more = Statement(text="Tôi cũng thấy", channel="counter", occasion="counter", speaker="Ông N.")
    with pytest.raises(Denied, match="niêm phong"):
        intake.add_submission(story.case_id, more, by=minh, at=story.later())
    with pytest.raises(Denied, match="niêm phong"):
        intake.fan_out(story.case_id, texts=["Đường hỏng"], by=minh, at=story.later())
    offered = table.buttons(minh, story.case)
    now = {button.act.name for button in (*offered.main, *offered.others)}
    assert not now & {"add-statement", "fan-out"}


def test_no_body_it_is_about_is_asked_or_written_to() -> None:
    story = _sealed("other")
    minh, shut = story.who("minh"), culture().pk
    with pytest.raises(Invalid, match="nói về"):
        placing.offer(story.case_id, to=shut, why="Thẩm quyền", by=minh, at=story.later())
    paper = TransferPaper("1/PC", local_day(story.at), "Thẩm quyền",
                          "denunciation_competence")  # fmt: skip
    with pytest.raises(Invalid, match="nói về"):
        passing.transfer(story.case_id, to=shut, paper=paper, by=minh, at=story.later())


def test_no_body_it_is_about_stands_among_the_choices() -> None:
    story = _sealed("other")
    minh = story.who("minh")
    assert isinstance(minh, Official)
    for kind in (Offering, Transferring):
        form = kind()
        form.prepare(Given(story.case, minh, local_day(story.at)))
        assert str(culture().pk) not in {pk for pk, _name in form.fields["to"].choices}  # type: ignore[attr-defined]  # a ChoiceField


def test_no_body_it_is_about_is_named_the_lead() -> None:
    story = reach(State.DISPUTED_LEAD)
    shut = culture()
    story.case.matter.excluded.create(body=shut, reason="body", since=local_day(story.at))
    with pytest.raises(Invalid, match="nói về"):
        placing.decide_lead(
            story.case_id, to=shut.pk, why="Thẩm quyền", by=story.who("chi"), at=story.later()
        )


def test_an_open_item_is_not_joined_into_a_sealed_one() -> None:
    sealed, opened = _sealed(), begin()
    minh = opened.who("minh")
    with pytest.raises(Invalid, match="xử lý chung"):
        ending.join(opened.case_id, into=sealed.case_id, by=minh, at=opened.later())
    assert Case.objects.get(pk=opened.case_id).state == State.RECEIVED


def test_an_item_with_a_scanned_slip_is_sealed_after_it_was_taken_up_again() -> None:
    story = reach(State.ANSWERED)
    minh = story.who("minh")
    picture = SimpleUploadedFile("phieu.txt", "Tôi đồng ý".encode())
    slip = files.keep(picture, about=story.case_id, purpose="other", by=minh, at=story.later())
    heard = Heard("slip", "Đồng ý", signed_on=local_day(story.at), slip=slip.pk)
    hearing.confirm(story.case_id, heard, by=story.who("quang"), at=story.later())
    ending.reopen(story.case_id, reason="Sai", by=story.who("chi"), at=story.later())
    kind = Kind("irrigation", other_procedure="denunciation")
    placing.classify(story.case_id, kind, by=minh, at=story.later())
    assert holds(story.case_id)
    assert PersonsWord.objects.get(case=story.case_id).slip is None
