"""What several hands do to one petition at one moment: for every locking command on petitions."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.utils import timezone

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands import protecting, sealed_intake
from doithoai.cases.commands.petitions import passing, relating, sorting
from doithoai.cases.commands.sealed_intake import Denounced, Told
from doithoai.cases.models import Petition
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.docket.models import Matter
from tests.cases.reaching import ACTS, LAND, Story, culture, reach
from tests.conftest import become
from tests.journeys.racing import Race, Ready

EIGHT = 8
SORTED = (("sort", "minh"),)
SORTED_ELSEWHERE = (("sort_elsewhere", "minh"),)
EXAMINED = (*SORTED, ("examine", "minh"))
Act = Callable[[Story], object]


def _race(entry: str, act: Act, *before: tuple[str, str], once: bool = True) -> Race:
    """By minh, on a petition of the commune after these steps."""

    def ready() -> Ready:
        story = reach(State.RECEIVED, *before)
        story.later()
        return Ready(story.case_id, lambda: act(story))

    return Race(entry, ready, once, at_once=EIGHT)


def _passed_on() -> Ready:
    """A petition the Front sent: it is told what became of it."""
    story = _from_the_front()
    at, minh = story.later(), story.who("minh")
    return Ready(story.case_id, lambda: passing.tell_forwarder(story.case_id, by=minh, at=at))


def _denounced() -> Ready:
    """Somebody denounced, and asks several times at once that nobody learns who they are."""
    at = timezone.now() - timedelta(days=2)
    lodged = sealed_intake.lodge(
        Told("Cán bộ thu tiền khống", "web", "web"), Denounced(culture().pk), by=Citizen(), at=at
    )
    matter = Matter.objects.get(code=lodged.code).pk
    person = Citizen(lodged.receipt.id)
    return Ready(matter, lambda: protecting.ask(matter, by=person, at=at))


def _told() -> Ready:
    """The Front was told, and has told the person."""
    story = _from_the_front()
    passing.tell_forwarder(story.case_id, by=story.who("minh"), at=story.later())
    at, minh = story.later(), story.who("minh")
    return Ready(story.case_id, lambda: passing.citizen_told(story.case_id, by=minh, at=at))


def _from_the_front() -> Story:
    story = reach(State.RECEIVED, *SORTED)
    Petition.objects.create(
        submission_id=story.submission,
        body_id=story.case.receiving_body_id,
        year=2026,
        number=Petition.objects.count() + 1,
        arrived_on=local_day(story.at),
        arrived_by="post",
        forwarder="front",
        forwarder_name="Mặt trận xã",
    )
    return story


def _from_one_page(act: Callable[[Story, int], object], *before: tuple[str, str]) -> Race:
    """A command that says which version of the page it was sent from."""

    def ready() -> Ready:
        story = reach(State.RECEIVED, *before)
        story.later()
        version = story.case.matter.version
        return Ready(story.case_id, lambda: act(story, version))

    return Race("cases.classified", ready, at_once=EIGHT)


def _step(name: str, entry: str, *before: tuple[str, str], once: bool = True) -> Race:
    """A step of ``tests.cases.reaching``, by minh."""
    return _race(entry, lambda s: ACTS[name](s, s.who("minh")), *before, once=once)


ASKED = (*SORTED, ("ask_to_withdraw", "lan"))


def _by_the_chair(name: str, entry: str, *before: tuple[str, str], once: bool = True) -> Race:
    return _race(entry, lambda s: ACTS[name](s, s.who("chi")), *before, once=once)


GONE = (*SORTED_ELSEWHERE, ("transfer", "minh"))
PETITIONS: Mapping[str, Race] = {
    "petitions.sorting.sort": _from_one_page(
        lambda s, v: sorting.sort(s.case_id, LAND, seen=v, by=s.who("minh"), at=s.at)
    ),
    "petitions.sorting.convert": _step("convert", "cases.converted", *SORTED),
    "petitions.splitting.split": _step("split", "cases.divided", once=False),
    "petitions.deciding.examine": _step("examine", "cases.examined", *SORTED, once=False),
    "petitions.deciding.admit": _step("admit", "cases.admitted", *EXAMINED),
    "petitions.deciding.decline": _step("decline", "cases.declined", *SORTED),
    "petitions.deciding.advise": _step("advise", "cases.guided", *SORTED),
    "petitions.deciding.hand_back": _step("hand_back", "cases.handed_back", *SORTED),
    "petitions.deciding.notify_acceptance": _step(
        "notify_acceptance", "cases.acceptance_notified", *EXAMINED, ("admit", "minh"), once=False
    ),
    "petitions.passing.transfer": _step("transfer", "cases.transferred", *SORTED_ELSEWHERE),
    "petitions.passing.urge": _step("urge_transferred", "cases.urged", *GONE, once=False),
    "petitions.passing.record_settled": _step("record_settled", "cases.settled", *GONE),
    "petitions.passing.citizen_told": Race(
        "cases.citizen_informed", _told, once=False, at_once=EIGHT
    ),
    "petitions.withdrawing.go_on": _by_the_chair("go_on", "cases.withdrawal_not_followed", *ASKED),
    "petitions.withdrawing.stop": _by_the_chair("stop", "cases.terminated", *ASKED),
    "petitions.withdrawing.send_stop": _by_the_chair(
        "send_stop", "cases.suspension_sent", *ASKED, ("stop", "chi"), once=False
    ),
    "petitions.relating.declare": _race(
        "docket.shut_out",
        lambda s: relating.declare(
            s.case_id,
            relating.Relation(become("kien").user, "spouse", "sender"),
            by=s.who("minh"),
            at=s.at,
        ),
        *SORTED,
    ),
    "protecting.ask": Race("cases.protection_asked", _denounced),
    "petitions.passing.tell_forwarder": Race(
        "cases.forwarder_informed", _passed_on, once=False, at_once=EIGHT
    ),
}
