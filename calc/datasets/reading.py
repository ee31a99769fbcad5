"""From an uploaded file to a table: float64 columns of numbers, object columns of text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from calc.datasets.decoding import decode
from calc.datasets.errors import DatasetError, shown
from calc.datasets.numerals import MISSING, is_numeral, read_columns
from calc.datasets.records import read_records

MAX_NAME = 100
"""Longest column name, in characters."""
_HEADER_SAMPLE = 100
"""Rows enough to tell a column of numbers; reading them all would cost as much as the table."""


def read_table(raw: bytes) -> pd.DataFrame:
    """The table in an uploaded CSV file, one row for each row of the file; nothing is dropped silently.

    Columns of numbers are float64 with nan for a missing cell (numerals.MISSING), others are object with
    str and nan. Space around a cell is dropped. Columns without a name are called "column 3", a second
    "price" is "price (2)"; so are all columns when the first row has numbers in it (see _has_header).
    Raises DatasetError for everything that is not such a table or is over the limits in decoding.py,
    records.py and here.
    """
    records = read_records(decode(raw))
    columns = [[cell.strip() for cell in column] for column in zip(*(r.cells for r in records), strict=True)]
    if _has_header(columns):
        names = [column.pop(0) for column in columns]
        if not columns[0]:
            raise DatasetError(
                "The file has column names but no rows below them. Add rows of numbers and upload it again."
            )
    else:
        names = [""] * len(columns)
    labels = _labels(names)
    numbers = read_columns(columns)
    return pd.DataFrame(
        {
            label: pd.Series(_text(cells), dtype=object) if values is None else values
            for label, cells, values in zip(labels, columns, numbers, strict=True)
        }
    )


def _text(cells: list[str]) -> list[str | float]:
    return [np.nan if cell.lower() in MISSING else cell for cell in cells]


def _has_header(columns: list[list[str]]) -> bool:
    """Whether the first row holds names.

    It does if it has text in it and either no number at all, or text above a column of numbers (most
    of the next 100 cells that are not empty). So a file without names is one whose first row has a number
    and whose text columns have text all the way down.
    """
    first = [_kind(column[0]) for column in columns]
    if "text" not in first:
        return False
    if "number" not in first:
        return True
    for kind, column in zip(first, columns, strict=True):
        below = [k for k in map(_kind, column[1 : 1 + _HEADER_SAMPLE]) if k != "missing"]
        if kind == "text" and below.count("number") * 2 > len(below):
            return True
    return False


def _kind(cell: str) -> str:
    if cell.lower() in MISSING:
        return "missing"
    return "number" if is_numeral(cell) else "text"


def _labels(names: Sequence[str]) -> list[str]:
    """Unique names on one line each, of signs that can be seen, made up where there is none."""
    labels: list[str] = []
    seen = ["".join(filter(str.isprintable, " ".join(name.split()))) for name in names]
    given = set(seen)
    for position, (name, visible) in enumerate(zip(names, seen, strict=True), start=1):
        if len(name) > MAX_NAME:
            raise DatasetError(
                f"The name of column {position} is longer than {MAX_NAME} characters: {shown(name)}. "
                "The first line of the file must hold a short name for each column."
            )
        label = base = visible or f"column {position}"
        copy = 2
        while label in labels or (label != base and label in given):
            label, copy = f"{base} ({copy})", copy + 1
        labels.append(label)
    return labels
