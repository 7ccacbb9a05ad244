"""Tables in plain text: in columns where they fit, else a line for each cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsletter.wrapping import finished, wrap

__all__ = ["Cell", "table_lines"]

_GAP = "  "
_WIDEST_SPAN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table."""

    text: str
    """On one line."""

    is_header: bool = False
    to_the_right: bool = False
    columns: int = 1
    """How many columns it spans."""

    rows: int = 1
    """How many rows it spans."""


def table_lines(rows: Sequence[Sequence[Cell]], width: int) -> list[str]:
    """Return the table's lines: columns that fit in the width, else „Kopf: Wert“ with an empty line between rows."""
    grid = [row for row in _grid(rows) if any(cell.text for cell in row)]
    if not grid:
        return []
    has_head = all(cell.is_header or not cell.text for cell in grid[0])
    widths = [max(len(finished(row[column].text)) for row in grid) for column in range(len(grid[0]))]
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
        lines = [_in_columns(row, widths) for row in grid]
        rule = [_GAP.join("-" * size for size in widths)] if has_head and len(grid) > 1 else []
        return [*lines[:1], *rule, *lines[1:]]
    head, body = (grid[0], grid[1:]) if has_head else ([], grid)
    if not body:
        return [line for cell in head if cell.text for line in wrap(cell.text, width)]
    names = [cell.text for cell in head] or [""] * len(widths)
    records = (list(_record(names, row, width)) for row in body)
    return "\n\n".join("\n".join(lines) for lines in records).split("\n")


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Return the rows with as many cells each: empty ones where a cell spans columns, itself again in further rows."""
    grid: list[dict[int, Cell]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[number]:
                column += 1
            for below in grid[number : number + max(cell.rows, 1)]:
                below[column] = cell
                for further in range(1, min(cell.columns, _WIDEST_SPAN)):
                    below[column + further] = Cell(text="", is_header=cell.is_header)
            column += max(1, min(cell.columns, _WIDEST_SPAN))
    columns = max((max(row, default=-1) for row in grid), default=-1) + 1
    return [[row.get(column, Cell(text="")) for column in range(columns)] for row in grid]


def _in_columns(row: Sequence[Cell], widths: Sequence[int]) -> str:
    cells = (
        finished(cell.text).rjust(size) if cell.to_the_right else finished(cell.text).ljust(size)
        for cell, size in zip(row, widths, strict=True)
    )
    return _GAP.join(cells).rstrip()


def _record(names: Sequence[str], row: Sequence[Cell], width: int) -> Iterator[str]:
    """Return a row as lines; a further line of a value is indented."""
    for name, cell in zip(names, row, strict=True):
        if cell.text:
            first, *rest = wrap(f"{name}: {cell.text}" if name else cell.text, width - len(_GAP))
            yield first
            yield from (_GAP + line for line in rest)
