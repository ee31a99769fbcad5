"""A table that is typed in place: its cells as text, so that none is made into another number before it is read.

Its decimal mark is the point, as everywhere on the pages: 1.125 is a little over one, $900,000 nine hundred thousand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from calc.datasets.cells import clean, recipe_of, value, why_not
from calc.datasets.errors import shown
from calc.datasets.links import Cell, Typed

_OTHER_MARK = str.maketrans(",.", ".,")
LONGEST_CELL = 60
"""Characters of a cell that the link carries."""


def read_cell(cell: object) -> Cell:
    """The number that a cell says, None if it is empty, or its text if it says no number that a float can hold.

    >>> read_cell("$900,000"), read_cell("600k"), read_cell(""), read_cell("1e400")
    (900000.0, 600000.0, None, '1e400')
    """
    if cell is None or cell is pd.NA or cell is pd.NaT or cell != cell:
        return None
    text = str(cell).strip()
    (cleaned,), (shape,) = clean([text])
    number = value(cleaned, recipe_of(shape, "."), ".")
    if number is not None and not math.isinf(number):
        return None if math.isnan(number) else number
    # The link carries the beginning of a long text never as a number.
    seen = visible(text)
    return (seen if len(seen) <= LONGEST_CELL else f"{seen[: LONGEST_CELL - 1]}…") or None


def visible(text: str) -> str:
    """The text with what can be seen of it, and single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def typed_rows(table: pd.DataFrame, names: Sequence[str]) -> Typed:
    """The rows of these columns, with the text of cells that are no numbers."""
    return tuple(zip(*(map(read_cell, table[name].tolist()) for name in names), strict=True))


def as_frame(rows: Typed, names: Sequence[str]) -> pd.DataFrame:
    """The rows as float columns under these names, nan for missing cells and for those that are no numbers."""
    numbers = [[math.nan if cell is None or isinstance(cell, str) else cell for cell in row] for row in rows]
    return pd.DataFrame(numbers, columns=list(names), dtype=float)


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it is edited: numbers as the shortest text that is read back to the same value."""
    return table.map(_written).astype("string").reset_index(drop=True)


def _written(cell: object) -> object:
    if cell is None or cell is pd.NA or cell != cell:
        return pd.NA
    return repr(float(cell)).removesuffix(".0") if isinstance(cell, float | int) else str(cell)


def refused(
    rows: Iterable[Sequence[Cell]],
    names: Sequence[str],
    then: str = ": its row is left out",
    instead: Mapping[str, str] | None = None,
) -> str:
    """What is wrong with the first of the cells that are no numbers, and what to do; "" if there is none.

    Args:
        then: what becomes of it.
        instead: of columns that take other numbers than most, what to write there.
    """
    cells = (
        (row, name, cell) for row, each in enumerate(rows, 1) for name, cell in zip(names, each, strict=True)
    )
    wrong = [(row, name, cell) for row, name, cell in cells if isinstance(cell, str)]
    if not wrong:
        return ""
    row, name, cell = wrong[0]
    number = read_cell(cell.translate(_OTHER_MARK))
    why = "is beyond what can be computed with" if _is_large(cell) else why_not(cell)
    write = (instead or {}).get(name, "a number such as 250000 or 2.5")
    write = f"{number:.15g}" if isinstance(number, float) else write
    more = (
        f" {len(wrong) - 1} more {'cell is no number' if len(wrong) == 2 else 'cells are no numbers'}."
        if len(wrong) > 1
        else ""
    )
    said = f"Row {row} of the column {shown(name)} says {shown(cell)}, which {why}{then}."
    return f"{said} Write {write} there.{more}"


def _is_large(cell: str) -> bool:
    (cleaned,), (shape,) = clean([cell])
    number = value(cleaned, recipe_of(shape, "."), ".")
    return number is not None and math.isinf(number)
