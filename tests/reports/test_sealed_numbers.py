"""Whoever a sealed matter is about, or sits beside them, reads the same figures before and after it
was lodged, ran late, was opened and written about: on every page of numbers, in every file of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from difflib import unified_diff
from html import unescape
from typing import Final

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from doithoai.accounts.actors import Citizen, Clock
from doithoai.accounts.models import User
from doithoai.cases import tasks as cases_tasks
from doithoai.cases.commands import sealed_intake
from doithoai.cases.commands.sealed_intake import Denounced, Lodged, Told
from doithoai.docket import exclusion, unsealing
from doithoai.docket import tasks as docket_tasks
from doithoai.docket.models import Matter, Obligation
from doithoai.docket.unsealing import Person
from doithoai.ledger.commands import number_entries
from doithoai.ledger.models import Sequence
from doithoai.reports.queries.dialogue import cutoff
from tests.cases.reaching import body, committee
from tests.conftest import become
from tests.journeys.opening import words_in
from tests.reports.signing_in import signed_in
from tests.reports.story import Story

pytestmark = pytest.mark.django_db
SKIPPED: Final = ("account/", "i18n/", "static/", "api/", "health/")
NUMBERS: Final = ("/desk/reports", "/desk/supervision", "/desk/duties", "/desk/direct",
                  "/desk/reception", "/desk/cases", "/desk/petitions", "/duties")  # fmt: skip
LINK: Final = re.compile(r'href="([^"#]+)')
MOVING: Final = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|name="drawn" value="[\w-]+"'
    r'|value="[0-9a-f-]{32,36}"|nonce="[^"]+"|\d\d:\d\d(:\d\d)?|D:\d{14}\S*|\d{4}-\d\d-\d\dT\S+'
)


# ------------------------------------------------------------------------------ what is looked at
def _addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address of the house that needs nothing but itself."""
    for each in patterns:
        address = before + str(each.pattern).lstrip("^").rstrip("$")
        if isinstance(each, URLResolver):
            yield from _addresses(each.url_patterns, address)
        elif "<" not in address and "(" not in address and not address.startswith(SKIPPED):
            yield "/" + address


def _shown(client: Client, address: str) -> str:
    answer = client.get(address)
    parts = getattr(answer, "streaming_content", None)
    data = b"".join(parts) if parts is not None else answer.content
    words = words_in(data, answer.headers.get("Content-Type", ""))
    return f"{answer.status_code} {answer.headers.get('Location', '')}\n{words}"


def _seen_by(who: str) -> dict[str, str]:
    """Every page without an argument, and the pages and files of numbers each of them leads to."""
    cache.clear()
    client, found = signed_in(who), {}
    first = sorted(set(_addresses(get_resolver().url_patterns)))
    for address in first:
        found[address] = _shown(client, address)
    beyond = {
        unescape(link) if link.startswith("/") else address.partition("?")[0] + unescape(link)
        for address, words in list(found.items())
        for link in LINK.findall(words)
        if link.startswith(("/", "?"))
    }
    for address in sorted(beyond - set(found)):
        if address.startswith(NUMBERS):
            found[address] = _shown(client, address)
    return {address: MOVING.sub("", words) for address, words in found.items()}


# ---------------------------------------------------------------------------------- what happens
def _in_hours(now: datetime) -> datetime:
    """The last moment at which offices worked and something is told."""
    day = timezone.localtime(now).date() - timedelta(days=1)
    while not docket_tasks.in_hours(moment := timezone.make_aware(
        datetime.combine(day, time(9)))):  # fmt: skip
        day -= timedelta(days=1)
    return moment


def _time_passes(at: datetime) -> None:
    """All that the clock does with what is owed, and the numbers of the ledger."""
    cases_tasks.lapse(at)
    cases_tasks.shut_out(at)
    while docket_tasks.remind(at) + docket_tasks.escalate(at) + docket_tasks.alarm(at):
        pass
    number_entries()


@dataclass(frozen=True)
class Sealed:
    """Matters about the commune's leaders, lodged three ways long ago."""

    lodged: tuple[Lodged, ...]

    @property
    def matters(self) -> list[Matter]:
        """Their matters."""
        return list(Matter.objects.filter(code__in=[each.code for each in self.lodged]))


def _lodge(about: Denounced, at: datetime) -> Sealed:
    person = Person("Hoàng Sao Mai", phone="0900000777")
    son, nobody = become("son"), Citizen()
    made = [
        sealed_intake.lodge(Told("Thu tiền", way, way, person), about, by=by, at=at)
        for way, by in (("web", nobody), ("counter", son), ("letter", son))
    ]
    return Sealed(tuple(made))


def _all_that_can_happen(sealed: Sealed, opener: str, at: datetime) -> None:
    """It is opened, written about, somebody declares a relation, and whom it shuts out is looked at
    anew.
    """
    by = become(opener)
    for matter in sealed.matters:
        unsealing.unseal(matter.pk, reason="Xác minh", identity=True, by=by, at=at)
        unsealing.write(matter.pk, text="Mời Ông/Bà", by=by, at=at)
        exclusion.recompute(matter.pk, by=Clock("shut_out"), at=at)
    first = sealed.matters[0]
    exclusion.declare_relation(first.pk, user=User.objects.get(username="kien").pk, by=by, at=at)


def _changed(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Addresses whose words differ, or that are there only before or after."""
    return {
        address: list(unified_diff(was.split("\n"), now.split("\n"), n=0))
        for address in sorted({*before, *after})
        if (was := before.get(address, "")) != (now := after.get(address, ""))
    }


def _late(sealed: Sealed) -> int:
    rows = Obligation.objects.filter(matter__in=[m.pk for m in sealed.matters], kind="duty")
    return rows.filter(escalated_on__isnull=False).count()


def test_a_body_denounced_and_its_officers_read_the_same_figures_as_before(
    said: Story, now: datetime
) -> None:
    at = _in_hours(now)
    _time_passes(at)
    readers = ("chi", "quang")
    before = {who: _seen_by(who) for who in readers}
    assert min(map(len, before.values())) > 30

    sealed = _lodge(Denounced(committee().pk), at - timedelta(days=75))
    _all_that_can_happen(sealed, "tinh", at)
    _time_passes(at)

    assert _late(sealed), "it has run late, and somebody was told"
    assert Sequence.objects.filter(seq__lt=0).exists()
    for who in readers:
        assert (who, _changed(before[who], _seen_by(who))) == (who, {})


def test_an_officer_denounced_and_those_beside_them_read_the_same_figures_as_before(
    said: Story, now: datetime
) -> None:
    at = _in_hours(now)
    _time_passes(at)
    readers = ("hoa", "kien")
    before = {who: _seen_by(who) for who in readers}
    inbox = _shown(signed_in("chi"), "/desk/")
    office = body("Phòng Kinh tế xã Cẩm Lạc")
    about = Denounced(office.pk, leads=False, name="bà Lê Thị Hoa")

    sealed = _lodge(about, at - timedelta(days=75))
    assert sealed.lodged[0].body == committee()
    _all_that_can_happen(sealed, "chi", at)
    _time_passes(at)

    for who in readers:
        assert (who, _changed(before[who], _seen_by(who))) == (who, {})
    # It is worth something only if it can fail: the head who settles it reads of what is sealed.
    assert _changed({"/desk/": inbox}, {"/desk/": _shown(signed_in("chi"), "/desk/")})


def test_the_number_a_report_is_cut_off_at_knows_nothing_of_what_is_sealed(
    said: Story, now: datetime
) -> None:
    number_entries()
    before = cutoff(become("chi"), at=now).seq
    _lodge(Denounced(committee().pk), now - timedelta(days=75))
    assert number_entries() > 0
    assert cutoff(become("chi"), at=now).seq == before
