"""What an official's pages cost at ten thousand, a hundred thousand and a million matters.

The sizes are asked in turns, each in a database of its own, through the whole of Django in this
process: middleware, session, queries, templates. So whatever else the machine does weighs on all.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import audience
from bench.asking import PLACES, looking, signed_in, use
from bench.figures import Figure, middle, p95, timed

ROUNDS, EACH, WARMING = 6, 20, 4
CLERK, OFFICER, INSPECTOR = "minh", "hoa", "thanh"
GROWTH, SEARCH_GROWTH, QUERIES = 1.5, 3.0, 10
WORDS = (
    "kênh tiêu", "đường", "cầu Rác", "điện chiếu sáng", "nước sạch", "rác thải", "hồ đập",
    "ngõ 3", "xóm 7", "Cẩm Lạc ngõ 2", "Hưng Trung", "KN26-000", "giấy chứng nhận", "khong co gi",
)  # fmt: skip
FILTERS: tuple[dict[str, str], ...] = (
    {"state": "routed"},
    {"field": "land"},
    {"late": "now"},
    {"final": "no", "page": "3"},
)
SAMPLE = """
SELECT code FROM (
  SELECT m.code, row_number() OVER (PARTITION BY c.text ORDER BY md5(m.code)) AS nth
  FROM docket_matter m JOIN cases_case c ON c.matter_id = m.id
  WHERE NOT m.sealed AND EXISTS (
    SELECT FROM docket_access a JOIN units_body b ON b.id = a.body_id
    WHERE a.matter_id = m.id AND b.short_name = 'UBND xã Cẩm Lạc')
) found WHERE nth <= 3 ORDER BY code
"""


@dataclass
class Size:
    """One database: its pages' addresses, and how long each page took, in seconds."""

    matters: int
    url: str
    cases: list[str] = field(default_factory=list)
    took: dict[str, list[float]] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)


Way = tuple[Client, str, dict[str, str]]


def run() -> list[Figure]:
    """Figures of the pages; sizes and addresses come from the environment."""
    given: Mapping[str, str] = json.loads(os.environ[PLACES])
    sizes = [Size(int(matters), url) for matters, url in given.items()]
    for size in sizes:
        use(size.url)
        with connection.cursor() as cursor:
            cursor.execute(SAMPLE)
            size.cases = [reverse("case", args=[code]) for (code,) in cursor.fetchall()]
    for turn in range(ROUNDS):
        for size in sizes:
            use(size.url)
            _visit(size, turn)
    found = [*_figures(sizes), *_search(sizes)]
    return [*found, *audience.figures(sizes[0].url, sizes[-1].url)]


def _visit(size: Size, turn: int) -> None:
    clerk, officer, inspector = (signed_in(name) for name in (CLERK, OFFICER, INSPECTOR))
    inbox, cases, search = reverse("inbox"), reverse("cases"), reverse("search")
    visits: dict[str, list[Way]] = {
        "inbox": [(clerk, inbox, {}), (officer, inbox, {}), (clerk, inbox, {"tab": "later"})],
        "case list": [(who, cases, {}) for who in (clerk, officer, inspector)],
        "case list, filtered": [
            (who, cases, asked) for who in (clerk, officer, inspector) for asked in FILTERS
        ],
        "case page": [(clerk, address, {}) for address in size.cases],
        "search": [(clerk, search, {"q": words}) for words in WORDS],
    }
    for page, ways in visits.items():
        calls = [looking(*way) for way in islice(_around(ways, turn * EACH), EACH + WARMING)]
        timed(calls[:WARMING])
        with CaptureQueriesContext(connection) as asked:
            calls[0]()
        size.queries[page] = max(len(asked), size.queries.get(page, 0))
        size.took.setdefault(page, []).extend(timed(calls[WARMING:]))


def _around(ways: Sequence[Way], start: int) -> Iterator[Way]:
    while True:
        yield ways[start % len(ways)]
        start += 1


def _figures(sizes: Sequence[Size]) -> list[Figure]:
    """Each page at each size, and how much its p95 grew from the smallest to the largest."""
    found = []
    for page in ("inbox", "case list", "case list, filtered", "case page"):
        found += [
            Figure(page, f"p95 at {s.matters:,} matters", p95(s.took[page]), "ms") for s in sizes
        ]
        found += [
            Figure(page, "p50 at the largest", middle(sizes[-1].took[page]) * 1000, "ms"),
            Figure(page, "growth of p95", _growth(page, sizes[0], sizes[-1]), "×", at_most=GROWTH),
            Figure(page, "queries", max(s.queries[page] for s in sizes), at_most=QUERIES),
        ]
    return found


def _search(sizes: Sequence[Size]) -> list[Figure]:
    found = [
        Figure("search", f"p95 at {s.matters:,} matters", p95(s.took["search"]), "ms")
        for s in sizes
    ]
    growth = _growth("search", sizes[0], sizes[1])
    return [
        *found,
        Figure("search", "growth of p95, second size", growth, "×", at_most=SEARCH_GROWTH),
        Figure("search", "queries", max(s.queries["search"] for s in sizes), at_most=QUERIES),
    ]


def _growth(page: str, small: Size, large: Size) -> float:
    return p95(large.took[page]) / p95(small.took[page])
