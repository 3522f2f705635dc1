"""What exclusion and audience cost the inbox among a million matters: the same inbox in the same
database, before and after every matter has a wider audience and every third shuts somebody out.

Before and after, the largest database is asked in turns with the smallest, which stays as it is: a
machine that became slower meanwhile weighs on both.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg.conninfo import conninfo_to_dict

from bench.asking import looking, signed_in, use
from bench.figures import Figure, middle, p95, timed
from doithoai.config.databases import within

CLERK, OFFICER = "minh", "hoa"
ROUNDS, EACH, WARMING = 5, 12, 3
COST: Final = 2.0  # times
QUERIES: Final = 10
# Two more bodies of the province may see each matter. Of ten matters one shuts out a body, one a
# post, one a person; among those that are shut out so are the reader, their post and their body.
WIDER = """
CREATE TABLE bench_bodies AS
  SELECT id, row_number() OVER (ORDER BY code) - 1 AS nth FROM units_body;
CREATE TABLE bench_posts AS
  SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth FROM accounts_post;
CREATE TABLE bench_users AS
  SELECT id, row_number() OVER (ORDER BY username) - 1 AS nth FROM accounts_user;
CREATE TABLE bench_drawn AS
  SELECT id, received_on, abs(hashtext(id::text)::bigint) AS drawn FROM docket_matter;
INSERT INTO docket_access (matter_id, body_id, received_on)
  SELECT d.id, b.id, d.received_on FROM bench_drawn d CROSS JOIN generate_series(1, 2) turn
  JOIN bench_bodies b
    ON b.nth = (d.drawn + turn * 7) % (SELECT count(*) FROM bench_bodies)
  ON CONFLICT DO NOTHING;
INSERT INTO docket_excluded (matter_id, body_id, reason, since)
  SELECT d.id, b.id, 'respondent_body', d.received_on
  FROM bench_drawn d JOIN bench_bodies b
    ON b.nth = d.drawn / 10 % (SELECT count(*) FROM bench_bodies) WHERE d.drawn % 10 = 1;
INSERT INTO docket_excluded (matter_id, post_id, reason, since)
  SELECT d.id, p.id, 'respondent_post', d.received_on
  FROM bench_drawn d JOIN bench_posts p
    ON p.nth = d.drawn / 10 % (SELECT count(*) FROM bench_posts) WHERE d.drawn % 10 = 2;
INSERT INTO docket_excluded (matter_id, user_id, reason, since)
  SELECT d.id, u.id, 'relation', d.received_on
  FROM bench_drawn d JOIN bench_users u
    ON u.nth = d.drawn / 10 % (SELECT count(*) FROM bench_users) WHERE d.drawn % 10 = 3;
DROP TABLE bench_bodies, bench_posts, bench_users, bench_drawn;
"""


@dataclass
class Asked:
    """How long the inbox took at one size, in seconds, before and after; and its queries."""

    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    queries: int = 0


def figures(smallest: str, largest: str) -> list[Figure]:
    """The inbox in the largest database, by the smallest, without and with the rows."""
    control, inbox = Asked(), Asked()
    for _round in range(ROUNDS):
        control.before += _look(smallest, control)
        inbox.before += _look(largest, inbox)
    connection.close()
    widen(within(os.environ["DATABASE_ADMIN_URL"], str(conninfo_to_dict(largest)["dbname"])))
    for _round in range(ROUNDS):
        control.after += _look(smallest, control)
        inbox.after += _look(largest, inbox)
    return _told(control, inbox)


def widen(admin: str) -> None:
    """Write the rows as the database's superuser, for guards are lifted, and take note of them."""
    with psycopg.connect(admin, autocommit=True) as at:
        at.execute("SET session_replication_role = replica")
        at.execute("SET synchronous_commit = off")
        at.execute(WIDER.encode())
        for table in (b"docket_access", b"docket_excluded"):
            at.execute(b"VACUUM (ANALYZE) " + table)
        at.execute("CHECKPOINT")


def _look(url: str, into: Asked) -> list[float]:
    use(url)
    address, people = reverse("inbox"), [signed_in(name) for name in (CLERK, OFFICER)]
    calls: list[Callable[[], None]] = [
        looking(person, address, asked) for person in people for asked in ({}, {"tab": "later"})
    ]
    timed([*calls[:WARMING]])
    with CaptureQueriesContext(connection) as queries:
        calls[0]()
    into.queries = max(len(queries), into.queries)
    return timed([calls[n % len(calls)] for n in range(EACH)])


def _told(control: Asked, inbox: Asked) -> list[Figure]:
    def cost(of: Callable[[Sequence[float]], float]) -> float:
        return (of(inbox.after) / of(inbox.before)) / (of(control.after) / of(control.before))

    name = "audience and exclusion"
    return [
        Figure(name, "p95 of the inbox without", p95(inbox.before), "ms"),
        Figure(name, "p95 of the inbox with", p95(inbox.after), "ms"),
        Figure(name, "what they cost the inbox, p50", cost(middle), "×", at_most=COST),
        Figure(name, "what they cost the inbox, p95", cost(p95), "×"),
        Figure(name, "queries", inbox.queries, at_most=QUERIES),
    ]
