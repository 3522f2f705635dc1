"""What a clerk types into the register of petitions agrees with itself, or is sent back to be
mended with what was typed.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from doithoai.cases.models import Petition, Submission
from doithoai.core.days import local_day
from tests.cases.reaching import culture
from tests.cases.test_desk import signed_in
from tests.cases.test_petition_desk import TEXT, paper

pytestmark = pytest.mark.django_db


def _sent(**more: object) -> str:
    given = {name: value for name, value in paper(**more).items() if value is not None}
    return signed_in("minh", "en").post("/desk/petitions/new", given).content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"arrived_on": "0001-01-01"}, "2000"),
        ({"arrived_on": "1999-12-31", "long_ago": "on"}, "begins in the year 2000"),
        ({"arrived_on": "2019-03-04"}, "more than 5 years ago"),
        ({"signatories": 1_000_001, "who": "group"}, "10000"),
        ({"signatories": 3}, "One person signs once"),
        ({"anonymous": "on"}, "bears neither a name nor a signature"),
        ({"anonymous": "on", "signed": None}, "bears neither a name nor a signature"),
        ({"anonymous": "on", "speaker": ""}, "bears neither a name nor a signature"),
        ({"forwarder_name": "Báo Sao Hôm"}, "nobody did"),
        ({"arrived_by": "telephone"}, "neither in writing nor signed"),
        ({"arrived_by": "telephone", "signed": None}, "neither in writing nor signed"),
        ({"arrived_by": "reception"}, "belongs to a visit"),
    ],
)
def test_what_contradicts_itself_is_sent_back_with_its_sentence(
    given: dict[str, object], sentence: str
) -> None:
    said = _sent(**given)
    assert sentence in said
    assert TEXT in said
    assert not Submission.objects.exists()


def test_a_body_that_passed_it_on_is_not_dropped_silently() -> None:
    assert "nobody did" in _sent(forwarding_body=culture().pk)
    assert not Petition.objects.exists()


def test_a_letter_dated_in_the_future_is_refused() -> None:
    later = (local_day(timezone.now()) + timedelta(days=1)).isoformat()
    letter = {"forwarder": "press", "forwarder_name": "Báo Sao Hôm", "letter_number": "12/CV"}
    assert "a day yet to come" in _sent(**letter, letter_on=later)
    assert not Petition.objects.exists()


def test_a_day_long_ago_is_taken_once_somebody_looked() -> None:
    assert "I have looked at it: it came in so long ago" in _sent(arrived_on="2019-03-04")
    assert "Secret" in _sent(arrived_on="2019-03-04", long_ago="on")
    assert Petition.objects.get().year == 2019


@pytest.mark.parametrize(
    "given",
    [
        {"arrived_by": "telephone", "signed": None, "written": None},
        {"anonymous": "on", "signed": None, "speaker": ""},
        {"who": "group", "signatories": 23},
    ],
)
def test_what_agrees_is_registered(given: dict[str, object]) -> None:
    _sent(**given)
    assert Petition.objects.count() == 1
