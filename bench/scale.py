"""Ten thousand, a hundred thousand, a million matters: the demo's own cases, made by commands,
copied by the database over all communes of the province and over five years.

What a row says stays as the commands wrote it; only ids, numbers, bodies, places and dates differ.
Matters that have ended lie up to five years back; those that run came in during the last four
months, so that every commune has as many things late, due and to come as its share.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psycopg
from psycopg import sql

BATCH = 25  # copies of the whole province in one statement
HOME = "18748"  # the code of the demo's commune, in the codes of its bodies


@dataclass(frozen=True)
class Copied:
    """One table: the columns whose ids are made anew, those that name a body, and its matter."""

    table: str
    matter: str
    made: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    at_home: str = "FALSE"  # rows that stay in the demo's own commune: the others have no posts


TABLES = (
    Copied("docket_matter", "t.id", ("id",), ("body_id",), ("place_id",)),
    Copied("docket_party", "t.matter_id", ("id", "matter_id"), ("body_id",)),
    Copied(
        "docket_access", "t.matter_id", ("matter_id", "holder"), ("body_id",),
        at_home="t.post_id IS NOT NULL",
    ),
    Copied("docket_words", "t.matter_id", ("matter_id",)),
    Copied(
        "cases_case", "t.matter_id", ("matter_id", "occasion_matter_id"),
        ("receiving_body_id", "handling_body_id", "answering_body_id"),
    ),
    Copied(
        "cases_submission",
        "(SELECT c.case_id FROM cases_carried c WHERE c.submission_id = t.id LIMIT 1)",
        ("id", "occasion_matter_id"), (), ("place_id",),
    ),
    Copied("cases_carried", "t.case_id", ("case_id", "submission_id")),
    Copied("cases_answer", "t.case_id", ("id", "case_id"), ("body_id",)),
    Copied(
        "cases_personsword", "t.case_id", ("id", "case_id", "submission_id", "answer_id"),
    ),
    Copied("ledger_entry", "t.matter", ("id", "matter"), ("body",), ("place",)),
    Copied(
        "docket_obligation", "t.matter_id", ("id", "matter_id", "opened_by", "ended_by"),
        ("body_id",),
    ),
)  # fmt: skip
KEPT = {"in_force_from"}  # a date of the law, not of the matter

GROUND = """
CREATE TABLE bench_commune AS
  SELECT p.id AS place, split_part(b.code, '.', 1) AS code, p.name,
    row_number() OVER (ORDER BY b.code) AS nth
  FROM units_body b JOIN units_place p ON p.id = b.place_id
  WHERE b.office = 'committee' AND b.level = 'commune';
CREATE TABLE bench_body AS
  SELECT c.nth, mine.id AS old, theirs.id AS new
  FROM bench_commune c JOIN units_body mine ON mine.code LIKE %(home)s || '.%%'
  JOIN units_body theirs ON theirs.code = c.code || '.' || mine.office;
CREATE TABLE bench_home AS
  SELECT p.id FROM units_place p, bench_commune c
  WHERE c.code = %(home)s AND (p.id = c.place OR p.parent_id = c.place);
CREATE TABLE bench_ended AS
  SELECT m.id FROM docket_matter m WHERE NOT EXISTS (
    SELECT FROM docket_obligation o
    WHERE o.matter_id = m.id AND o.kind = 'duty' AND o.state = 'open');
CREATE TABLE bench_copy AS
  SELECT n,
    lpad(to_hex((extract(epoch FROM now() - interval '5 years' * back) * 1000)::bigint), 12, '0')
      AS moment,
    (since - n %% 50)::int AS days_open,
    (since - 1825 * back)::int AS days_ended
  FROM generate_series(1, %(of)s) n,
    LATERAL (SELECT 1 - n / %(of)s::float AS back) b,
    (SELECT floor(extract(epoch FROM now() - max(at)) / 86400) AS since
     FROM ledger_entry WHERE matter IN (SELECT matter_id FROM cases_case)) l;
"""


@dataclass(frozen=True)
class Scale:
    """How many matters to make, and where: the superuser's address, for guards are lifted."""

    admin: str
    matters: int


def make(scale: Scale, tell: Callable[[str], None]) -> int:
    """Copy until there are about so many matters; the number there are."""
    with psycopg.connect(scale.admin, autocommit=True) as connection:
        each = _stage(connection, scale.matters)
        lifted = _lift(connection)
    tell(f"{each} matters in each of the copies")
    with ThreadPoolExecutor(2) as two:
        list(two.map(lambda tables: _copy_all(scale.admin, tables), (TABLES[:-2], TABLES[-2:])))
    tell("rows are there; indexes")
    with ThreadPoolExecutor(2) as two:
        list(two.map(lambda each: _run(scale.admin, each), lifted))
    _settle(scale.admin)
    with psycopg.connect(scale.admin) as connection:
        found = connection.execute("SELECT count(*) FROM docket_matter").fetchone()
    assert found is not None
    return int(found[0])


def _stage(connection: psycopg.Connection, matters: int) -> int:
    """The rows of every commune once, with what a copy only has to complete."""
    cases = _number(connection, "SELECT count(*) FROM docket_matter")
    communes = _number(
        connection,
        "SELECT count(*) FROM units_body WHERE office = 'committee' AND level = 'commune'",
    )
    each = cases * communes
    given = {"home": HOME, "of": max(round(matters / each), 1)}
    connection.execute(psycopg.ClientCursor(connection).mogrify(GROUND, given))
    for table in TABLES:
        connection.execute(_staging(connection, table))
    return each


def _number(connection: psycopg.Connection, query: str) -> int:
    found = connection.execute(query.encode()).fetchone()
    assert found is not None
    return int(found[0])


def _columns(connection: psycopg.Connection, table: str) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s"
        " AND is_generated = 'NEVER' AND is_identity = 'NO' ORDER BY ordinal_position",
        [table],
    )
    return [(str(name), str(kind)) for name, kind in rows]


def _staging(connection: psycopg.Connection, copied: Copied) -> str:
    parts = [_staged(name, copied) for name, _ in _columns(connection, copied.table)]
    return (
        f"CREATE TABLE bench_{copied.table} AS SELECT {', '.join(parts)}, c.nth AS _nth,"
        f" row_number() OVER () AS _row, lower(unaccent(c.name)) AS _commune,"
        f" {copied.matter} IN (SELECT id FROM bench_ended) AS _ended"
        f" FROM {copied.table} t CROSS JOIN bench_commune c"
        f" WHERE c.code = '{HOME}' OR NOT ({copied.at_home})"
    )


def _staged(name: str, copied: Copied) -> str:
    if name in copied.made:
        return (
            f"'7' || substr(md5(t.{name}::text || c.nth), 14, 3)"
            f" || '8' || substr(md5(t.{name}::text || c.nth), 18, 15) AS {name}"
        )
    if name in copied.bodies:
        return (
            f"coalesce((SELECT b.new FROM bench_body b WHERE b.nth = c.nth AND b.old = t.{name}),"
            f" t.{name}) AS {name}"
        )
    if name == "readers":
        return (
            "ARRAY(SELECT coalesce((SELECT b.new FROM bench_body b"
            " WHERE b.nth = c.nth AND b.old = r), r) FROM unnest(t.readers) r) AS readers"
        )
    if name in copied.places:
        return (
            f"CASE WHEN t.{name} IN (SELECT id FROM bench_home) AND c.code <> '{HOME}'"
            f" THEN c.place ELSE t.{name} END AS {name}"
        )
    return f"t.{name}"


def _copying(connection: psycopg.Connection, copied: Copied) -> str:
    columns = _columns(connection, copied.table)
    parts = [_copied(name, kind, copied) for name, kind in columns]
    names = ", ".join(name for name, _ in columns)
    return (
        f"INSERT INTO {copied.table} ({names}) SELECT {', '.join(parts)}"
        f" FROM bench_copy p CROSS JOIN bench_{copied.table} s WHERE p.n BETWEEN %s AND %s"
    )


def _copied(name: str, kind: str, copied: Copied) -> str:
    if name in copied.made:
        return f"(p.moment || s.{name})::uuid"
    if (copied.table, name) == ("docket_matter", "code"):
        number = "lpad((p.n * 100000 + s._row)::text, 9, '0')"
        return f"'KN' || to_char(s.received_on, 'YY') || '-' || {number}"
    if (copied.table, name) == ("docket_words", "text"):
        return (
            "s.text || ' ' || s._commune || ' ngo ' || p.n || ' xom ' || (p.n * 7 + s._row) %% 40"
        )
    days = "CASE WHEN s._ended THEN p.days_ended ELSE p.days_open - s._nth::int END"
    if kind == "timestamptz":
        return f"s.{name} + make_interval(days => {days})"
    if kind == "date" and name not in KEPT:
        return f"s.{name} + {days}"
    return f"s.{name}"


def _copy_all(admin: str, tables: Sequence[Copied]) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        copies = _number(connection, "SELECT count(*) FROM bench_copy")
        for table in tables:
            statement = _copying(connection, table)
            for first in range(1, copies + 1, BATCH):
                connection.execute(statement.encode(), [first, first + BATCH - 1])


def _lift(connection: psycopg.Connection) -> list[str]:
    """Drop indexes and unique constraints but primary keys; the statements that bring them back."""
    names = [t.table for t in TABLES]
    constraints = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)",
        [names],
    ).fetchall()
    for table, name, _ in constraints:
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'.encode())
    indexes = connection.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE NOT indisprimary AND indrelid::regclass::text = ANY(%s)",
        [names],
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}".encode())
    back = [f'ALTER TABLE {t} ADD CONSTRAINT "{n}" {how}' for t, n, how in constraints]
    return [*(how for _, how in indexes), *back]


def _run(admin: str, statement: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute(statement.encode())


def _settle(admin: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        for table in TABLES:
            connection.execute(
                sql.SQL("DROP TABLE {}").format(sql.Identifier(f"bench_{table.table}"))
            )
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table.table)))
        connection.execute("CHECKPOINT")
