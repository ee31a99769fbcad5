"""Rows of numbers as a piece of a link: rows joined by "~", their numbers by "_", each as float repr has it.

"1_150000~2_245000" has two rows of two. A missing number is left empty: "3_". No character needs escaping in a URL.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from calc.datasets.errors import DatasetError, listed, shown

Rows = tuple[tuple[float | None, ...], ...]
"""Rows of one length; None for a missing number."""

MAX_POINTS = 60
"""Most rows in a link; 60 rows of two typical numbers take about 600 characters."""
_CELL = re.compile(r"(?:-?[0-9]{1,25}(?:\.[0-9]{1,25})?(?:e-?[0-9]{1,3})?)?")
"""A number of at most 57 characters, or none."""


def format_rows(rows: Sequence[Sequence[float | None]]) -> str | None:
    """Rows as text for a link, every bit of the float64 values kept.

    Args:
        rows: of one length each; None or nan is a missing number.

    Returns:
        The text; None for no rows or more than MAX_POINTS, or for an infinite value.

    >>> format_rows([(1, 150_000), (2, None)])
    '1_150000~2_'
    """
    values = [[math.nan if cell is None else float(cell) for cell in row] for row in rows]
    if not 0 < len(values) <= MAX_POINTS or any(math.isinf(value) for row in values for value in row):
        return None
    return "~".join("_".join(map(_written, row)) for row in values)


def parse_rows(text: str, columns: int) -> Rows:
    """The rows that `format_rows` wrote.

    Args:
        columns: how many numbers a row has.

    Raises:
        DatasetError: for text of another form, too many rows, or a number beyond the float64 range.

    >>> parse_rows("1_150000~3_", 2)
    ((1.0, 150000.0), (3.0, None))
    """
    advice = "Ask for the link again, or choose one of the tables of this page."
    rows = text.split("~", MAX_POINTS)
    if not text or len(rows) > MAX_POINTS:
        raise DatasetError(f"The link's table is empty, or has more than {MAX_POINTS} rows. {advice}")
    return tuple(_row(row, number, columns, advice) for number, row in enumerate(rows, start=1))


def rows_of(*columns: Iterable[float]) -> Rows:
    """Columns of one length as rows; nan becomes None.

    >>> rows_of([1, 2], [150_000, float("nan")])
    ((1.0, 150000.0), (2.0, None))
    """
    cells = ([None if math.isnan(value) else float(value) for value in column] for column in columns)
    return tuple(zip(*cells, strict=True))


def _row(text: str, number: int, columns: int, advice: str) -> tuple[float | None, ...]:
    cells = text.split("_", columns)
    if len(cells) == columns and all(map(_CELL.fullmatch, cells)):
        values = tuple(float(cell) if cell else None for cell in cells)
        if all(map(_holds, cells, values)):
            return values
    raise DatasetError(
        f"The link's table cannot be read: {listed([number])} is {shown(text)}, which should be numbers such as "
        f"{'_'.join(['3'] * columns)}. {advice}"
    )


def _holds(cell: str, value: float | None) -> bool:
    """Whether float64 has the number: neither infinite nor lost near 0."""
    mantissa = cell.partition("e")[0]
    return value is None or (math.isfinite(value) and (value != 0 or mantissa.strip("-0.") == ""))


def _written(value: float) -> str:
    """The shortest text that float() reads back to the same value; "+" would be a space in a URL."""
    if math.isnan(value):
        return ""
    return repr(value).removesuffix(".0").replace("e+", "e")
