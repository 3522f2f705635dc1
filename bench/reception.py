"""The reception desk among ten thousand, a hundred thousand, a million people who came before; the
register of a year of twenty thousand visits.

The sizes are asked in turns, each in a database of its own, as for the pages: what is found, and
the whole page with it.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.asking import PLACES, looking, signed_in, use
from bench.cast import official_named
from bench.figures import Figure, middle, p95, timed
from bench.visits import A_YEAR, DESK
from doithoai.accounts.actors import Official
from doithoai.core.days import local_day
from doithoai.reception.queries import visits
from doithoai.units.models import Body

CLERK = "minh"
ROUNDS, EACH = 6, 6  # of each way of asking, EACH questions a round
GROWTH, QUERIES = 3.0, 10
SAMPLE = """
SELECT folded, name, number, phone FROM reception_person p
WHERE EXISTS (SELECT FROM reception_visit v WHERE v.person_id = p.id)
  AND id >= ('70000000-0000-7000-8100-' || lpad(to_hex(%s), 12, '0'))::uuid
ORDER BY id LIMIT 1
"""
# What a clerk types who has not heard the whole name: its beginning, its end, what many have.
PARTS = (
    "nguyen",
    "nguyen van",
    "tran thi",
    "ha",
    "hung",
    "thi an",
    "lan ha",
    "ba yen sang",
    "khong co ai",
)


@dataclass
class Size:
    """One database: what is typed into the desk, and how long each took, in seconds."""

    people: int
    url: str
    typed: dict[str, list[str]] = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=dict)
    queries: int = 0


def run() -> list[Figure]:
    """Figures of the desk and of the register; sizes and addresses come from the environment."""
    given: Mapping[str, str] = json.loads(os.environ[PLACES])
    sizes = [Size(int(people), url) for people, url in given.items()]
    for size in sizes:
        use(size.url)
        size.typed = _typed(size.people)
    for turn in range(ROUNDS):
        for size in sizes:
            use(size.url)
            _ask(size, turn)
            _read(size)
    return [*_found(sizes), *_register(sizes)]


def _typed(people: int) -> dict[str, list[str]]:
    """What is typed, by way of asking: for people spread over all who came."""
    count = ROUNDS * EACH
    with connection.cursor() as cursor:
        rows = []
        for nth in range(count):
            cursor.execute(SAMPLE, [1 + nth * (people - 50) // count])
            rows.append(cursor.fetchone())
    names = [row[0] if n % 2 else row[1] for n, row in enumerate(rows)]
    return {
        "name": names,
        "part of a name": [PARTS[n % len(PARTS)] for n in range(count)],
        "number of papers": [row[2] for row in rows],
        "telephone": [row[3] for row in rows],
    }


def _ask(size: Size, turn: int) -> None:
    """Each way of asking: the look-up itself, then the desk's whole page with it."""
    minh, client = official_named(CLERK), signed_in(CLERK)
    desk = Body.objects.get(short_name=DESK)
    for way, typed in size.typed.items():
        asked = typed[turn * EACH : (turn + 1) * EACH]
        timed([_finding(minh, desk, words) for words in asked[:2]])  # warming
        _note(size, way, [_finding(minh, desk, words) for words in asked])
        page = [looking(client, reverse("reception_desk"), {"q": words}) for words in asked[:2]]
        _note(size, "page", page)


def _finding(actor: Official, desk: Body, words: str) -> Callable[[], object]:
    return lambda: visits.people(actor, desk, words)


def _note(size: Size, way: str, calls: Iterable[Callable[[], object]]) -> None:
    size.took.setdefault(way, []).extend(timed(calls))


def _read(size: Size) -> None:
    """The newest year's register: its first page, one in the middle, the last."""
    client: Client = signed_in(CLERK)
    year = local_day(timezone.now()).year
    pages = (1, A_YEAR // 100, A_YEAR // 50)
    calls = [
        looking(client, reverse("reception_register"), {"year": str(year), "page": str(page)})
        for page in pages
    ]
    with CaptureQueriesContext(connection) as asked:
        calls[0]()
    size.queries = max(len(asked), size.queries)
    _note(size, "register", calls)


def _found(sizes: Sequence[Size]) -> list[Figure]:
    """How much each way of finding somebody grew from the smallest to the largest, by its p95."""
    found = []
    for way in ("name", "part of a name", "number of papers", "telephone", "page"):
        found += [
            Figure("reception desk", f"{way}: p95 at {s.people:,} people", p95(s.took[way]), "ms")
            for s in sizes
        ]
        growth = p95(sizes[-1].took[way]) / p95(sizes[0].took[way])
        found.append(Figure("reception desk", f"{way}: growth of p95", growth, "×", at_most=GROWTH))
    return found


def _register(sizes: Sequence[Size]) -> list[Figure]:
    last = sizes[-1]
    return [
        Figure(
            "register",
            f"p50, a year of {A_YEAR:,} visits",
            middle(last.took["register"]) * 1000,
            "ms",
        ),
        Figure("register", "queries", max(s.queries for s in sizes), at_most=QUERIES),
    ]
