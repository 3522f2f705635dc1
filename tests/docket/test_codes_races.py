"""Codes drawn by many at the same moment: each gets one, and the first of a series too."""

import pytest

from doithoai.docket.models import Matter
from tests.cases.reaching import begin
from tests.duties.test_races import at_once

MANY = 8


@pytest.mark.usefixtures("committed_db")
def test_eight_at_once_get_the_numbers_from_one_to_eight() -> None:
    at_once(*[begin] * MANY)
    codes = Matter.objects.filter(kind="case").values_list("code", flat=True)
    assert sorted(int(code[-6:]) for code in codes) == list(range(1, MANY + 1))
