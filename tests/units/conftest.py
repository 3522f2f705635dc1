"""The country pack, the administrator, and a folder of place files to correct."""

import csv
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from doithoai.accounts.actors import Official
from doithoai.core.countries import Country
from doithoai.units import loading, place_files, queries
from doithoai.units.models import Place
from tests.conftest import become

AT = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)
TODAY = date(2026, 7, 15)
SHIPPED = place_files.HERE / "data"


@pytest.fixture(scope="session")
def vietnam() -> Country:
    return queries.country()


@pytest.fixture
def admin(db: None) -> Official:
    """The administrator of the province's installation."""
    return become("admin")


@pytest.fixture
def cam_lac(db: None) -> Place:
    return Place.objects.get(code_source="vn-2025", code="18748")


@pytest.fixture
def cam_binh(db: None) -> Place:
    """A commune whose villages nobody has entered."""
    return Place.objects.in_force(TODAY).get(name="Xã Cẩm Bình")


Rows = list[dict[str, str]]
Correct = Callable[[str, Callable[[Rows], Rows]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped place files."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "corrected"))


@pytest.fixture
def correct(folder: Path) -> Correct:
    """Rewrites one file of the copy."""

    def rewrite(name: str, change: Callable[[Rows], Rows]) -> None:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(change(rows))

    return rewrite


Load = Callable[[datetime], loading.Report]


@pytest.fixture
def load_folder(vietnam: Country, admin: Official, folder: Path) -> Load:
    """Loads the copy as it is at that moment."""

    def load(at: datetime) -> loading.Report:
        return loading.load(vietnam, province="Hà Tĩnh", folder=folder, by=admin, at=at)

    return load
