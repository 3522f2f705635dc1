"""Say how much of each app the tests reach, and fail where that is less than pyproject.toml asks.

Reads the data that `make coverage` has just gathered and `tool.doithoai.floors`, per cent of lines
and branches by file pattern. Below a floor, every line that was not reached is named.
"""

import io
import sys
import tomllib
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import NoDataError

ROOT = Path(__file__).resolve().parent.parent


def reached(data: Coverage, *patterns: str) -> tuple[float, str]:
    """Per cent of lines and branches, and the table of what is missing."""
    table = io.StringIO()
    try:
        share = data.report(
            include=patterns, file=table, show_missing=True, skip_covered=True, precision=2
        )
    except NoDataError:
        return 100.0, ""
    return share, table.getvalue()


def main() -> int:
    """Print both tables; 1 when a floor is not reached."""
    floors = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["doithoai"]["floors"]
    data = Coverage(config_file=str(ROOT / "pyproject.toml"))
    data.load()
    for app in sorted(path.parent.name for path in ROOT.glob("doithoai/*/__init__.py")):
        share, _ = reached(data, f"doithoai/{app}/**")
        print(f"{share:7.2f}  {app}")
    low = 0
    for name, floor in floors.items():
        share, missing = reached(data, *floor["files"])
        print(f"{share:7.2f}  {name}, at least {floor['percent']}")
        if share < floor["percent"]:
            low += 1
            print(missing)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
