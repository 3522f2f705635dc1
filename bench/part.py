"""One part of the bench in a process of its own: `python -m bench.part NAME`, figures as JSON."""

import sys
from importlib import import_module

from bench.figures import hand_over
from doithoai.config.cli import set_up_django

NEED_NO_DATABASE = {"clock"}


def main(argv: list[str]) -> int:
    """Run the part and hand its figures over."""
    (name,) = argv
    set_up_django(with_database=name not in NEED_NO_DATABASE)
    part = import_module(f"bench.{name}")
    hand_over(part.run())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
