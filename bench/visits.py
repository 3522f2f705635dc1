"""Ten thousand, a hundred thousand, a million people at one reception desk, each with a visit.

All of them came to the demo's own commune: that is harder than a province's share of each desk.
Names are drawn from the syllables Vietnamese names are made of, so that many are alike; numbers and
telephones are each person's own. A year has twenty thousand visits.
"""

from collections.abc import Callable
from typing import Final

import psycopg

from bench.scale import Scale

DESK: Final = "UBND xã Cẩm Lạc"
A_YEAR: Final = 20_000  # visits
AFTER: Final = 1_001  # numbers below are of the demo's own visits
SURNAMES: Final = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Nguyễn", "Trần", "Lê", "Nguyễn",
)  # fmt: skip
MIDDLE: Final = (
    "Thị", "Văn", "Đức", "Hữu", "Ngọc", "Thu", "Minh", "Quang", "Xuân", "Thanh", "Kim", "Bá",
)  # fmt: skip
SECOND: Final = (
    "An", "Bảo", "Công", "Diệu", "Đình", "Gia", "Hải", "Hoài", "Khánh", "Lan", "Mai", "Nam", "Oanh",
    "Phương", "Quỳnh", "Sơn", "Tâm", "Uyên", "Việt", "Yên",
)  # fmt: skip
GIVEN: Final = (
    "Ánh", "Bình", "Chi", "Cường", "Dung", "Dũng", "Đạt", "Giang", "Hà", "Hạnh", "Hiền", "Hòa",
    "Hùng", "Hương", "Khoa", "Kiên", "Liên", "Linh", "Long", "Lợi", "Nga", "Nghĩa", "Nhung",
    "Oánh", "Phúc", "Quân", "Sáng", "Thảo", "Thịnh", "Trang", "Trí", "Tuấn", "Tuyết", "Vinh",
    "Xuyến", "Ý",
)  # fmt: skip
KEY: Final = "('70000000-0000-7000-8{kind}00-' || lpad(to_hex(n), 12, '0'))::uuid"
PERSON: Final = KEY.format(kind="1")
VISIT: Final = KEY.format(kind="2")

# How often a syllable is drawn is even; `hashint4` scatters them, and gives the same each time.
PEOPLE = f"""
INSERT INTO reception_person
  (id, body_id, name, folded, identity, number, issued_on, phone, address, place_id, first_seen)
SELECT {PERSON}, b.id, s.name, lower(unaccent(s.name)), 'card',
  '042' || lpad((n * 7)::text, 9, '0'), NULL, '09' || lpad((n * 13)::text, 8, '0'),
  'Thôn Hưng Trung', NULL, current_date - n %% 3650
FROM units_body b, generate_series(1, %(of)s) n, LATERAL (SELECT concat_ws(' ',
  (%(surnames)s::text[])[1 + abs(hashint4(n) %% cardinality(%(surnames)s::text[]))],
  (%(middle)s::text[])[1 + abs(hashint4(n * 3 + 1) %% cardinality(%(middle)s::text[]))],
  (%(second)s::text[])[1 + abs(hashint4(n * 5 + 2) %% cardinality(%(second)s::text[]))],
  (%(given)s::text[])[1 + abs(hashint4(n * 7 + 3) %% cardinality(%(given)s::text[]))]) AS name) s
WHERE b.short_name = %(desk)s AND n %% 50 <> 0
"""
# One visit in fifty is sealed, one in forty a group with two who speak for it.
VISITS = f"""
INSERT INTO reception_visit
  (id, body_id, session_id, state, year, number, ticket, arrived_at, received_at, ended_at,
   received_by_id, person_id, came_name, came_identity, came_number, came_phone, came_address,
   people, appointed, sealed, repeated, interpreter, summary, read_back, papers, kind,
   settled_before_by, competent, guided_to, outcome, due_on, contact, note)
SELECT {VISIT}, b.id, NULL, 'ended', y.year, {AFTER} + (n - 1) %% %(a_year)s, 1 + n %% 200,
  came, came, came + interval '20 minutes', NULL,
  CASE WHEN n %% 50 = 0 THEN NULL ELSE {PERSON} END,
  coalesce(p.name, ''), coalesce(p.identity, 'none'), coalesce(p.number, ''),
  coalesce(p.phone, ''), coalesce(p.address, ''),
  CASE WHEN n %% 40 = 1 THEN 7 ELSE 1 END, FALSE, n %% 50 = 0, n %% 10 = 3, '',
  CASE WHEN n %% 50 = 0 THEN '' ELSE 'Đề nghị nạo vét kênh tiêu đoạn số ' || n END, FALSE, '',
  CASE WHEN n %% 50 = 0 THEN '' ELSE 'recommendation' END, '', NULL, '',
  CASE WHEN n %% 50 = 0 THEN '' ELSE 'Đã hướng dẫn' END, NULL, '', ''
FROM units_body b, generate_series(1, %(of)s) n,
  LATERAL (SELECT extract(year FROM now())::int - (n - 1) / %(a_year)s AS year) y,
  LATERAL (SELECT make_timestamptz(y.year, 1, 1, 8, 0, 0)
    + interval '21 minutes' * ((n - 1) %% %(a_year)s) AS came) c
  LEFT JOIN LATERAL (SELECT * FROM reception_person WHERE n %% 50 <> 0 AND id = {PERSON}) p ON TRUE
WHERE b.short_name = %(desk)s
"""
SPEAKING = f"""
INSERT INTO reception_visit_representatives (visit_id, person_id)
SELECT visit, {PERSON}
FROM (SELECT {VISIT} AS visit, n AS first FROM generate_series(1, %(of)s) n WHERE n %% 40 = 1) v,
  LATERAL (VALUES (v.first), (v.first + 1)) s (n)
"""
RAISED = f"""
INSERT INTO reception_raised (visit_id, matter_id)
SELECT {VISIT}, c.matter_id
FROM generate_series(1, %(of)s) n
JOIN (SELECT matter_id, row_number() OVER (ORDER BY matter_id) - 1 AS nth, count(*) OVER () AS many
      FROM cases_case) c ON c.nth = n %% c.many
WHERE n %% 2 = 1
"""
FILLED = (
    "reception_person", "reception_visit", "reception_visit_representatives", "reception_raised",
)  # fmt: skip


def make(scale: Scale, tell: Callable[[str], None]) -> int:
    """So many people, each with a visit, at one desk; the number of visits there are."""
    given = {
        "of": scale.matters, "desk": DESK, "a_year": A_YEAR, "surnames": list(SURNAMES),
        "middle": list(MIDDLE), "second": list(SECOND), "given": list(GIVEN),
    }  # fmt: skip
    with psycopg.connect(scale.admin, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        for statement in (PEOPLE, VISITS, SPEAKING, RAISED):
            connection.execute(psycopg.ClientCursor(connection).mogrify(statement, given))
        for table in FILLED:
            connection.execute(f"VACUUM (ANALYZE) {table}".encode())
        connection.execute("CHECKPOINT")
        found = connection.execute("SELECT count(*) FROM reception_visit").fetchone()
    tell(f"{scale.matters:,} people at one desk")
    assert found is not None
    return int(found[0])
