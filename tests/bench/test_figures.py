"""What the bench prints and keeps."""

import json
from pathlib import Path

from bench.figures import Figure, p95, shown, table, taken_over, write

RATIO = Figure("intake", "ratio", 0.12, at_least=0.15)
QUERIES = Figure("inbox", "queries", 9, at_most=10)


def test_a_missed_target_is_marked() -> None:
    first, second = table([RATIO, QUERIES]).splitlines()[2:]
    assert first.endswith("MISSED")
    assert second.endswith("ok")


def test_a_figure_without_a_target_is_always_met() -> None:
    assert Figure("import", "rows", 20).met


def test_numbers_are_shown_as_people_read_them() -> None:
    assert [shown(n) for n in (582309.4, 27.44, 0.1534, 9.0)] == ["582,309", "27.4", "0.153", "9"]


def test_p95_is_the_time_that_five_in_a_hundred_exceed() -> None:
    assert p95([n / 1000 for n in range(1, 101)]) == 95.0


def test_the_file_says_of_each_figure_whether_its_target_is_met(tmp_path: Path) -> None:
    write([RATIO, QUERIES], tmp_path / "var" / "bench.json")
    kept = json.loads((tmp_path / "var" / "bench.json").read_text())
    assert [row["met"] for row in kept] == [False, True]


def test_a_bench_that_was_not_run_again_keeps_what_it_found(tmp_path: Path) -> None:
    write([RATIO, QUERIES], tmp_path / "bench.json")
    write([Figure("intake", "ratio", 0.2, at_least=0.15)], tmp_path / "bench.json")
    kept = {row["bench"]: row["value"] for row in json.loads((tmp_path / "bench.json").read_text())}
    assert kept == {"inbox": 9, "intake": 0.2}


def test_figures_come_back_from_a_part_as_they_were() -> None:
    line = json.dumps([vars(RATIO), vars(QUERIES)])
    assert taken_over(line) == [RATIO, QUERIES]
