"""A table as it stands in a file, whatever the kind of file."""

from dataclasses import dataclass
from datetime import date

Cell = str | date | float | bool | None


@dataclass(frozen=True)
class Row:
    """One line of a table.

    `line` is counted from 1 as the file's own program counts it. `breaks` keeps, for cells that
    had line breaks, their lines (index of the cell, lines), because `cells` holds them joined.
    `wide` tells that the first filled cell covers three columns or more.
    """

    line: int
    cells: tuple[Cell, ...]
    breaks: tuple[tuple[int, tuple[str, ...]], ...] = ()
    wide: bool = False

    def cell(self, index: int | None) -> Cell:
        """The cell at an index; nothing beyond the end or without an index."""
        if index is None or not 0 <= index < len(self.cells):
            return None
        return self.cells[index]

    def text(self, index: int | None) -> str:
        """The cell as a person would read it."""
        return as_text(self.cell(index))

    def lines(self, index: int | None) -> tuple[str, ...]:
        """The lines inside a cell."""
        for place, lines in self.breaks:
            if place == index:
                return lines
        text = self.text(index)
        return (text,) if text else ()

    def filled(self) -> tuple[int, ...]:
        """Where this row has anything."""
        return tuple(index for index in range(len(self.cells)) if self.text(index))


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook, one CSV file or one table of a Word document.

    `title` is the sheet's name, the file's name, or the text above the table in Word.
    """

    title: str
    rows: tuple[Row, ...]


def as_text(cell: Cell) -> str:
    """A cell in words: dates as 30/9/2026, whole numbers without a decimal part."""
    if cell is None or isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, date):
        return day_text(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return cell


def day_text(day: date) -> str:
    """A day as clerks write it: 30/9/2026, but 05/8/2026 is read the same."""
    return f"{day.day}/{day.month}/{day.year}"
