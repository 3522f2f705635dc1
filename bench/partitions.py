"""Is the ledger better off in monthly partitions? Plain against partitioned, two million entries.

The measurement behind docs/adr/0002; run it with `python -m bench --only partitions`.
"""

import os
from dataclasses import dataclass
from time import perf_counter

import psycopg

from bench.figures import Figure, middle, p95

ROWS, MATTERS, MONTHS = 2_000_000, 400_000, 24
LOOKS, SINGLE = 2000, 3000

COLUMNS = """
  id uuid NOT NULL, kind varchar(80) NOT NULL, matter uuid, procedure varchar(60) NOT NULL,
  body uuid, place uuid, field varchar(60) NOT NULL, channel varchar(30) NOT NULL,
  actor_kind varchar(20) NOT NULL, actor uuid, post uuid, standing_in_for uuid,
  at timestamptz NOT NULL, entered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  data jsonb NOT NULL, content jsonb NOT NULL, digest bytea NOT NULL
"""
INDEXES = ("(matter, at, id)", "(kind, at)", "(entered_at)")
ROW = """
  SELECT (lpad(to_hex(1735689600000 + n * 31536::bigint), 12, '0')
      || '7' || substr(md5(n::text), 14))::uuid,
    (ARRAY['cases.received', 'cases.classified', 'cases.routed', 'cases.answered',
      'cases.confirmed'])[1 + n %% 5],
    md5('m' || n %% %(matters)s)::uuid, 'recommendation', md5('b' || n %% 69)::uuid,
    md5('p' || n %% 69)::uuid, 'agriculture', 'web', 'official', md5('a' || n %% 500)::uuid,
    md5('o' || n %% 300)::uuid, NULL,
    timestamptz '2025-01-01' + n * interval '31.536 s',
    timestamptz '2025-01-01' + n * interval '31.536 s',
    jsonb_build_object('submission', md5(n::text), 'channel', 'web', 'occasion', 'web'),
    jsonb_build_array(md5(n::text) || md5((n + 1)::text)),
    decode(md5(n::text) || md5((n + 2)::text), 'hex')
  FROM generate_series(%(first)s, %(last)s) n
"""


@dataclass(frozen=True)
class Way:
    """One way to keep entries: the table's name, and how it is called in the figures."""

    table: str
    called: str


PLAIN, PARTED = Way("bench_entry", "plain"), Way("bench_entry_parted", "by month")


def run() -> list[Figure]:
    """Bulk and single inserts, a matter's timeline, an entry by its id, the size on disk."""
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as connection:
        _make(connection)
        found: list[Figure] = []
        for way in (PLAIN, PARTED):
            found += _measure(connection, way)
    return found


def _make(connection: psycopg.Connection) -> None:
    connection.execute(f"CREATE TABLE {PLAIN.table} ({COLUMNS}, PRIMARY KEY (id))".encode())
    # A unique key of a partitioned table must hold its partition column: the id alone is no key.
    connection.execute(
        f"CREATE TABLE {PARTED.table} ({COLUMNS}, PRIMARY KEY (id, entered_at))"
        " PARTITION BY RANGE (entered_at)".encode()
    )
    for month in range(MONTHS + 1):
        connection.execute(
            f"CREATE TABLE {PARTED.table}_{month} PARTITION OF {PARTED.table} FOR VALUES"
            f" FROM ({_month(month)}) TO ({_month(month + 1)})".encode()
        )
    for way in (PLAIN, PARTED):
        for index in INDEXES:
            connection.execute(f"CREATE INDEX ON {way.table} {index}".encode())


def _month(number: int) -> str:
    return f"'{2025 + number // 12}-{number % 12 + 1:02d}-01+00'"


def _measure(connection: psycopg.Connection, way: Way) -> list[Figure]:
    began = perf_counter()
    _fill(connection, way, 1, ROWS)
    bulk = ROWS / (perf_counter() - began)
    connection.execute(f"VACUUM (ANALYZE) {way.table}".encode())
    single = _singles(connection, way)
    timeline = _looks(
        connection,
        f"SELECT * FROM {way.table} WHERE matter = md5('m' || %s)::uuid ORDER BY at, id",
        7,
    )
    by_id = _looks(
        connection,
        f"SELECT * FROM {way.table} WHERE id = (lpad("
        "to_hex(1735689600000 + %s * 31536::bigint), 12, '0')"
        " || '7' || substr(md5(%s::text), 14))::uuid",
        997,
    )
    named = lambda what: f"{way.called}: {what}"  # noqa: E731 - a word put before each name
    return [
        Figure("partitions", named("rows inserted a second, in bulk"), bulk, "/s"),
        Figure("partitions", named("rows inserted a second, each committed"), single, "/s"),
        Figure("partitions", named("timeline of a matter, p50"), middle(timeline) * 1000, "ms"),
        Figure("partitions", named("timeline of a matter, p95"), p95(timeline), "ms"),
        Figure("partitions", named("an entry by its id, p50"), middle(by_id) * 1000, "ms"),
        Figure("partitions", named("on disk with indexes"), _megabytes(connection, way), "MB"),
    ]


def _fill(connection: psycopg.Connection, way: Way, first: int, last: int) -> None:
    given = {"matters": MATTERS, "first": first, "last": last}
    connection.execute(f"INSERT INTO {way.table} {ROW}".encode(), given)


def _singles(connection: psycopg.Connection, way: Way) -> float:
    began = perf_counter()
    for n in range(ROWS + 1, ROWS + SINGLE + 1):
        _fill(connection, way, n, n)
    return SINGLE / (perf_counter() - began)


def _looks(connection: psycopg.Connection, query: str, step: int) -> list[float]:
    took = []
    places = query.count("%s")
    for n in range(LOOKS):
        given = [1 + n * step % MATTERS] * places
        began = perf_counter()
        connection.execute(query.encode(), given).fetchall()
        took.append(perf_counter() - began)
    return took


def _megabytes(connection: psycopg.Connection, way: Way) -> float:
    found = connection.execute(
        "SELECT coalesce((SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree(%s)),"
        " pg_total_relation_size(%s)) / 1e6",
        [way.table, way.table],
    ).fetchone()
    assert found is not None
    return float(found[0])
