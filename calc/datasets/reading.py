"""From an uploaded file to a table: float64 columns of numbers, object columns of text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from calc.datasets.cells import DECIMAL_MARKS, MISSING, clean, is_numeral, why_not
from calc.datasets.choosing import best_pair
from calc.datasets.decoding import decode
from calc.datasets.errors import DatasetError, listed, shown
from calc.datasets.numerals import Reading, readings
from calc.datasets.records import read_records
from calc.datasets.vocabulary import CURRENCIES, TOTALS, UNITS, unit_of_name

MAX_NAME = 100
"""Longest column name, in characters."""
MOST_CELLS = 3
"""So many cells of a column are named; the rows of the others are counted."""
MOST_TOTALS = 2
"""A sum and a mean."""
_IN_A_HEADER = {*UNITS, *UNITS.values(), *CURRENCIES}
"""Words for units, also m: in the header it is metres."""
_MARKS = {".": "point", ",": "comma"}
_HEADER_SAMPLE = 100
"""Rows enough to tell a column of numbers; reading them all would cost as much as the table."""


@dataclass(frozen=True)
class Upload:
    """A file as it was read, with all that is said of its columns.

    Attributes:
        cells: every column's stripped cells, by its name.
        columns: the columns of numbers, by their names; some of their cells may be refused.
        totals: the rows (from 0) that say the sum or the mean of the others.
    """

    cells: Mapping[str, Sequence[str]]
    columns: Mapping[str, Reading]
    totals: tuple[int, ...] = ()

    def table(self) -> pd.DataFrame:
        """One row for each row of the file; a column with a single cell that is no number is text."""
        whole = {name: reading.values for name, reading in self.columns.items() if reading.whole}
        return pd.DataFrame(
            {
                name: whole[name] if name in whole else pd.Series(_text(cells), dtype=object)
                for name, cells in self.cells.items()
            }
        )

    def numbers(self, mark: str = "") -> pd.DataFrame:
        """The columns of numbers, nan for cells that are refused and in rows of totals.

        Args:
            mark: the decimal mark of the columns that leave it open; "" for the likelier one.
        """
        values = {}
        for name, reading in self.columns.items():
            other = reading.other is not None and mark not in ("", reading.mark)
            values[name] = np.array(reading.other if other else reading.values)
            values[name][list(self.totals)] = np.nan
        return pd.DataFrame(values, index=range(len(next(iter(self.cells.values())))))

    def open(self, names: Collection[str]) -> Mapping[str, Reading]:
        """Those of the columns in which nothing tells the decimal mark, so that one has to ask."""
        return {name: self.columns[name] for name in names if self.columns[name].other is not None}

    def unit(self, name: str) -> str:
        """The unit of a column, by its cells or its name; "" for none."""
        return self.columns[name].unit or unit_of_name(name)

    def refused(self, names: Collection[str]) -> list[str]:
        """A sentence for each of the columns that has cells which are no numbers, and one for the rows of totals."""
        said = [
            _refused(name, rows, self.columns[name], self.cells[name])
            for name in names
            if (rows := sorted(self.columns[name].refused.keys() - set(self.totals)))
        ]
        if self.totals:
            rows = [row + 1 for row in self.totals]
            said.append(
                f"{listed(rows).capitalize()} of the file {'is' if len(rows) == 1 else 'are'} a total: left out."
            )
        return said

    @property
    def names(self) -> list[str]:
        """The columns that can be chosen: those with at least one number."""
        return [name for name in self.cells if self.has_numbers(name)]

    @cached_property
    def best_pair(self) -> tuple[str, str]:
        """The columns to begin with as x and y, of two or more."""
        return best_pair(self.numbers()[self.names])

    def example_of_text(self) -> str:
        """Why one of the others is none of numbers, as a sentence to add; "" if there is none."""
        return next((f" Now {shown(name)} is none: {why}." for name, why in self.left_out().items()), "")

    def left_out(self) -> dict[str, str]:
        """Why each other column cannot be chosen: "row 1 has "Elm Street", which is not a number"."""
        return {name: _why_text(cells) for name, cells in self.cells.items() if not self.has_numbers(name)}

    def has_numbers(self, name: str) -> bool:
        return name in self.columns and not bool(np.isnan(self.columns[name].values).all())


def read_table(raw: bytes) -> pd.DataFrame:
    """The table in an uploaded CSV file, one row for each row of the file; nothing is dropped silently.

    Columns of numbers are float64 with nan for a missing cell (cells.MISSING), others are object with
    str and nan. Space around a cell is dropped. Columns without a name are called "column 3", a second
    "price" is "price (2)"; so are all columns when the first row has numbers in it (see _has_header).
    Raises DatasetError for everything that is not such a table or is over the limits in decoding.py,
    records.py and here.
    """
    return read_upload(raw).table()


def read_upload(raw: bytes) -> Upload:
    """The same file with what is said of its columns and cells; raises DatasetError as `read_table` does."""
    records, separator = read_records(decode(raw))
    columns = [[cell.strip() for cell in column] for column in zip(*(r.cells for r in records), strict=True)]
    if _has_header(columns):
        names = [column.pop(0) for column in columns]
        if not columns[0]:
            raise DatasetError(
                "The file has column names but no rows below them. Add rows of numbers and upload it again."
            )
    else:
        names = [""] * len(columns)
    names = _with_units(names, columns)
    labels = _labels(names)
    found = readings(columns, separator)
    return Upload(
        dict(zip(labels, columns, strict=True)),
        {label: reading for label, reading in zip(labels, found, strict=True) if reading},
        _totals(columns),
    )


def _with_units(names: list[str], columns: list[list[str]]) -> list[str]:
    """The names with the units of a second line of the header, such as (m²) and €, which is taken away."""
    line = [column[0].strip("()[] ") for column in columns]
    known = [{cell, cell.lower()} & _IN_A_HEADER != set() for cell in line]
    if (
        len(columns[0]) < 2
        or not any(known)
        or not all(k or cell in ("", "-", "#") for k, cell in zip(known, line, strict=True))
    ):
        return names
    for column in columns:
        del column[0]
    return [
        f"{name} ({unit})" if is_unit else name
        for name, unit, is_unit in zip(names, line, known, strict=True)
    ]


def _totals(columns: list[list[str]]) -> tuple[int, ...]:
    """The last rows in which a cell says "Total" or the like."""
    found = []
    for row in reversed(range(len(columns[0]))):
        cells = [column[row] for column in columns]
        if any(cell.lower().rstrip(": ") in TOTALS for cell in cells):
            found.append(row)
        elif any(cells):
            break
    # More of them are the names of something else.
    return tuple(reversed(found)) if len(found) <= MOST_TOTALS < len(columns[0]) else ()


def _refused(name: str, rows: Sequence[int], reading: Reading, cells: Sequence[str]) -> str:
    why = [(row, reading.refused[row] or _why_no_number(cells[row], reading)) for row in rows[:MOST_CELLS]]
    named = "; ".join(f"row {row + 1} says {shown(cells[row])}, which {words}" for row, words in why)
    more = f"; {len(rows) - MOST_CELLS:,} more cells are no numbers either" if len(rows) > MOST_CELLS else ""
    left = "This row is left out: to use it" if len(rows) == 1 else "These rows are left out: to use them"
    return f"In the column {shown(name)} {named}{more}. {left}, write one number there."


def _why_no_number(cell: str, reading: Reading) -> str:
    if not is_numeral(cell):
        return why_not(cell)
    one, other = _MARKS[reading.mark], _MARKS[DECIMAL_MARKS.replace(reading.mark, "")]
    return f"has a decimal {other}, where most cells have a decimal {one}"


def _why_text(cells: Sequence[str]) -> str:
    """What keeps a column from being one of numbers, as the end of a sentence."""
    firsts: dict[str, int] = {}
    for row, shape in enumerate(clean(list(cells))[1]):
        firsts.setdefault(shape, row)
    marks: dict[str, int] = {}
    units: dict[str, int] = {}
    for row in firsts.values():
        cell = cells[row]
        if cell.lower() in MISSING:
            continue
        if not is_numeral(cell):
            return f"row {row + 1} has {shown(cell)}, which {why_not(cell)}"
        (reading,) = readings([[cell]])
        if reading and reading.unit:
            units.setdefault(reading.unit, row)
        read_by = [mark for mark in DECIMAL_MARKS if is_numeral(cell, mark)]
        if len(read_by) == 1:
            marks.setdefault(read_by[0], row)
    for what, found in (("decimal marks", marks), ("units", units)):
        if len(found) > 1:
            one, other = list(found.values())[:2]
            return (
                f"row {one + 1} has {shown(cells[one])} and row {other + 1} has {shown(cells[other])}, "
                f"whose {what} differ"
            )
    return "it has no values" if not units and not marks else "its cells are of several kinds"


def _text(cells: Sequence[str]) -> list[str | float]:
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
