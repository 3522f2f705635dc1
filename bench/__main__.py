"""`make bench`: every part in turn, a table, var/bench.json; exit code 1 when a target is missed.

python -m bench [--quick] [--only PART …]
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from bench import ground, scale, visits
from bench.figures import Figure, table, taken_over, write
from doithoai.config.databases import Addresses
from doithoai.config.environment import VAR
from doithoai.config.trouble import Trouble

SIZES = (10_000, 100_000, 1_000_000)
PARTS = ("clock", "importing", "intake", "pages", "reception", "partitions")
ALONE = {"clock"}  # needs no database
GROWN = {"pages": scale.make, "reception": visits.make}  # asked at each size
Tell = Callable[[str], None]
BY_DEFAULT = PARTS[:-1]  # the measurement behind ADR 2 is made again only when asked for


def main(argv: list[str]) -> int:
    """Measure, show, keep. Raises Trouble when a part does not come to its end."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Speed and memory.")
    parser.add_argument("--quick", action="store_true", help="without the million matters")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(BY_DEFAULT))
    chosen = parser.parse_args(argv)
    sizes = SIZES[:-1] if chosen.quick else SIZES
    figures: list[Figure] = []
    with ground.server() as server:
        for name in chosen.only:
            _tell(f"{name} …")
            figures += _part(name, server, sizes)
            write(figures, VAR / "bench.json")  # a later part that breaks off loses nothing
    print(table(figures))
    return 0 if all(figure.met for figure in figures) else 1


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _part(name: str, server: Addresses, sizes: Sequence[int]) -> list[Figure]:
    if name in ALONE:
        return _run(name, {})
    if name in GROWN:
        with _grown(server, sizes, GROWN[name]) as environment:
            return _run(name, environment)
    with ground.database(server, f"bench_{name}") as at:
        return _run(name, ground.environment_of(at))


@contextmanager
def _grown(
    server: Addresses, sizes: Sequence[int], make: Callable[[scale.Scale, Tell], int]
) -> Iterator[Mapping[str, str]]:
    """A database for each size, all there at once so that they are asked in turns."""
    with ExitStack() as kept:
        made = {n: kept.enter_context(ground.database(server, f"bench_{n}")) for n in sizes}
        for size, at in made.items():
            there = make(scale.Scale(at.admin, size), _tell)
            _tell(f"{there:,} are there")
        addresses = {size: at.app for size, at in made.items()}
        yield {**ground.environment_of(made[sizes[0]]), "BENCH_SIZES": json.dumps(addresses)}


def _run(name: str, environment: Mapping[str, str]) -> list[Figure]:
    """A part in a process of its own, so that none finds what another kept in memory."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.part", name],
        env=environment or None,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Trouble(f"The part {name} of the bench did not come to its end.")
    return taken_over(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
