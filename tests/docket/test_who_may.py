"""A row in the inbox of somebody who may not answer says who may."""

import pytest
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post, Right
from doithoai.cases.commands import placing
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.docket.queries import answerers
from tests.cases.reaching import body, reach
from tests.conftest import become
from tests.dialogues.grounds import signed_in, text

pytestmark = pytest.mark.django_db
NOBODY = "Nobody in your body may answer it here"


def given_to_the_front() -> None:
    """The canal goes to the commune's Front, where nobody has the role of answering."""
    story = reach(State.CLASSIFIED)
    front = body("Ủy ban MTTQ xã Cẩm Lạc").pk
    placing.route(story.case_id, to=front, why="Nhầm", by=story.who("minh"), at=story.later())


@pytest.mark.parametrize("username", ["tho", "quang"])
def test_where_nobody_of_the_body_may_answer_the_row_says_so(username: str) -> None:
    given_to_the_front()
    assert NOBODY in text(signed_in(username).get("/desk/"))


def test_where_a_colleague_may_answer_the_row_names_the_post() -> None:
    given_to_the_front()
    quang = Post.objects.get(pk=become("quang").post)
    Right.objects.create(role_id="front_supervisor", act="cases.answer")
    shown = text(signed_in("tho").get("/desk/"))
    assert f"Your post does not answer it; these may: {quang.title}." in shown
    assert NOBODY not in text(signed_in("quang").get("/desk/"))


def test_who_may_answer_is_told_nothing(hoa: Official) -> None:
    assert answerers(hoa, today=local_day(timezone.now())) is None
