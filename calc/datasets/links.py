"""Rows of numbers as a piece of a link: rows joined by "~", their numbers by "_", each as float repr has it.

"1_150000~2_245000" has two rows of two. A missing number is left empty: "3_". No character needs escaping in a URL.
A cell in which something else was typed is carried as its text, a point before it: "3_.about%2020".
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import cast
from urllib.parse import quote, unquote

from calc.datasets.errors import DatasetError, listed, shown

Cell = float | str | None
Rows = tuple[tuple[float | None, ...], ...]
"""Rows of one length; None for a missing number."""
Typed = tuple[tuple[Cell, ...], ...]
"""The same with the text of cells in which something else than a number was typed."""
Column = tuple[Cell, ...]
"""A column of such cells."""

MAX_POINTS = 60
"""Most rows in a link; 60 rows of two typical numbers take about 600 characters."""
NONE = "none"
"""A column without cells: an empty parameter would be none."""
_CELL = re.compile(r"(?:-?[0-9]{1,25}(?:\.[0-9]{1,25})?(?:e-?[0-9]{1,3})?)?")
"""A number of at most 57 characters, or none."""
_TEXT = re.compile(r"\.[0-9A-Za-z%.-]{1,720}")
"""The text of a cell of at most 60 characters, four bytes each."""


def format_rows(rows: Sequence[Sequence[Cell]]) -> str | None:
    """Rows as text for a link, every bit of the float64 values kept.

    Args:
        rows: of one length each; None or nan is a missing number.

    Returns:
        The text; None for no rows or more than MAX_POINTS, or for an infinite value.

    >>> format_rows([(1, 150_000), (2, None)])
    '1_150000~2_'
    """
    values = [
        [math.nan if cell is None else cell if isinstance(cell, str) else float(cell) for cell in row]
        for row in rows
    ]
    if not 0 < len(values) <= MAX_POINTS or any(
        value in (math.inf, -math.inf) for row in values for value in row
    ):
        return None
    return "~".join("_".join(map(_written, row)) for row in values)


def parse_rows(text: str, columns: int) -> Rows:
    """The rows of numbers that `format_rows` wrote.

    Args:
        columns: how many numbers a row has.

    Raises:
        DatasetError: for text of another form, too many rows, or a number beyond the float64 range.

    >>> parse_rows("1_150000~3_", 2)
    ((1.0, 150000.0), (3.0, None))
    """
    return cast(Rows, _parsed(text, columns, _value))


def parse_typed(text: str, columns: int) -> Typed:
    """The same, also with cells that are no numbers.

    >>> parse_typed("1_.about%2020", 2)
    ((1.0, 'about 20'),)
    """
    return _parsed(text, columns, _typed_value)


def format_column(cells: Sequence[Cell] | None) -> str | None:
    """A column of numbers as text for a link, without missing cells; None for no column, or as `format_rows`.

    >>> format_column([1, 3, 7]), format_column([])
    ('1~3~7', 'none')
    """
    known = [(cell,) for cell in cells or () if cell is not None]
    return format_rows(known) if known or cells is None else NONE


def parse_column(text: str) -> Column:
    """The cells that `format_column` wrote, none of them missing; raises DatasetError as `parse_rows`."""
    cells = () if text == NONE else tuple(cell for (cell,) in parse_typed(text, 1) if cell is not None)
    if len(cells) != (0 if text == NONE else text.count("~") + 1):
        raise DatasetError("The link's column has an empty cell. Ask for the link again.")
    return cells


def _parsed(text: str, columns: int, read: Callable[[str], Cell]) -> Typed:
    advice = "Ask for the link again, or choose one of the tables of this page."
    rows = text.split("~", MAX_POINTS)
    if not text or len(rows) > MAX_POINTS:
        raise DatasetError(f"The link's table is empty, or has more than {MAX_POINTS} rows. {advice}")
    return tuple(_row(row, number, columns, read, advice) for number, row in enumerate(rows, start=1))


def rows_of(*columns: Iterable[float]) -> Rows:
    """Columns of one length as rows; nan becomes None.

    >>> rows_of([1, 2], [150_000, float("nan")])
    ((1.0, 150000.0), (2.0, None))
    """
    cells = ([None if math.isnan(value) else float(value) for value in column] for column in columns)
    return tuple(zip(*cells, strict=True))


def _row(text: str, number: int, columns: int, read: Callable[[str], Cell], advice: str) -> tuple[Cell, ...]:
    cells = text.split("_", columns)
    try:
        if len(cells) == columns:
            return tuple(map(read, cells))
    except ValueError:
        pass
    raise DatasetError(
        f"The link's table cannot be read: {listed([number])} is {shown(text)}, which should be numbers such as "
        f"{'_'.join(['3'] * columns)}. {advice}"
    )


def _value(cell: str) -> float | None:
    """The number, or None; ValueError for other text, and for what float64 takes for infinite or for 0."""
    value = float(cell) if _CELL.fullmatch(cell) and cell else None
    vanishes = value == 0 and cell.partition("e")[0].strip("-0.") != ""
    if not _CELL.fullmatch(cell) or (value is not None and math.isinf(value)) or vanishes:
        raise ValueError(cell)
    return value


def _typed_value(cell: str) -> Cell:
    """The number, None, or the text of a cell; ValueError for what nobody can have typed."""
    if not _TEXT.fullmatch(cell):
        return _value(cell)
    text = unquote(cell[1:], errors="replace")
    if text != text.strip() or not text or not text.isprintable():
        raise ValueError(cell)
    return text


def _plain(cell: Cell) -> float | str:
    if cell is None:
        return math.nan
    return cell if isinstance(cell, str) else float(cell)


def _written(value: float | str) -> str:
    """The shortest text that float() reads back to the same value; "+" would be a space in a URL."""
    if isinstance(value, str):
        return "." + quote(value, safe="", errors="replace").replace("_", "%5F").replace("~", "%7E")
    if math.isnan(value):
        return ""
    return repr(value).removesuffix(".0").replace("e+", "e")
