"""What tests of duties begin with: the heads of the commune, and days of November 2026."""

from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.accounts.models import Post
from doithoai.docket.models import Matter, Obligation
from doithoai.duties import commands, tasks
from doithoai.duties.models import Duty
from doithoai.law.periods import Span
from tests.conftest import become

RECEIVE = "vn.citizen_reception.receive.commune_chair"
DIALOGUE = "vn.commune_dialogue_conference.hold"
HEARING = "vn.front_hearing.hear"


def moment(day: date, hour: int = 9) -> datetime:
    """A local moment of a day."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def head(username: str = "chi") -> Post:
    """The post of somebody of the cast."""
    return Post.objects.select_related("body").get(pk=become(username).post)


def opened(day: date, username: str = "chi", rule: str = RECEIVE) -> Duty:
    """The duty of the period around a day, opened by the Clock on that day."""
    tasks.open_periods(moment(day, 2))
    return Duty.objects.get(
        post=become(username).post, rule=rule, first_day__lte=day, last_day__gte=day
    )


def event(by: Official, code: str) -> Matter:
    """Something of the commune that can be held, as a matter."""
    body = Post.objects.select_related("body__place").get(pk=by.post).body
    made = Matter.objects.create(
        kind="session", procedure="citizen_reception", code=code, title="Tiếp công dân",
        state="planned", state_label="Planned", body=body, place=body.place,
        received_on=date(2026, 1, 1),
    )  # fmt: skip
    made.audience.create(body=body)
    return made


def hold(
    post: UUID,
    day: date,
    by: Official,
    *,
    in_person: bool = True,
    about: Matter | None = None,
    at: datetime | None = None,
    kind: str = "reception",
) -> tuple[Duty, ...]:
    """A reception day held, and counted for a post."""
    held = about or event(by, f"T26-{Matter.objects.count():06d}")
    return commands.meet(
        post, duty=kind, about=held, held_on=day, in_person=in_person, by=by,
        at=at or moment(day, 16),
    )  # fmt: skip


def owed(duty: Duty) -> Obligation:
    """What the law makes of it."""
    return Obligation.objects.get(matter=duty.pk, rule=duty.rule)


def state(duty: Duty) -> str:
    """Where it stands now."""
    return Duty.objects.get(pk=duty.pk).state


MONTH = Span(date(2026, 10, 1), date(2026, 10, 31))
