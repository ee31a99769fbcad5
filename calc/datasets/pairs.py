"""Two columns of a table, as the arrays to fit a line to; the table may be one that was edited by hand."""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calc.datasets.errors import DatasetError, listed, shown
from calc.datasets.numerals import MISSING, first_text, read_columns
from calc.numbers import written

MAX_MAGNITUDE = 1e100
"""Largest absolute value; squares of such numbers, and sums of 50,000 of them, stay finite."""
MIN_SPREAD = 1e-100
"""Least distance of the largest x from the smallest; below it squared distances come out as 0."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LeftOut:
    """Rows without a value for x or y: their numbers (from 1) and a sentence, empty if there are none."""

    rows: tuple[int, ...]
    sentence: str


def numeric_columns(table: pd.DataFrame) -> list[str]:
    """The names of the columns that hold at least one number, and otherwise only missing cells.

    >>> numeric_columns(pd.DataFrame({"price": ["$5", ""], "street": ["Elm", "Oak"]}))
    ['price']
    """
    read = {str(name): _read(table[name]) for name in table.columns if list(table.columns).count(name) == 1}
    return [name for name, values in read.items() if values is not None and not np.isnan(values).all()]


def missing(table: pd.DataFrame, columns: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each of the columns, of numbers or text, the rows (from 1) that have no value in it.

    Raises DatasetError for an unknown column.
    """
    return {name: _row_numbers(_gaps(_column(table, name))) for name in columns}


def _gaps(column: pd.Series) -> NDArray[np.bool_]:
    values = _read(column)
    if values is not None:
        return np.isnan(values)
    plain = [_plain(cell) for cell in column.tolist()]
    return np.array([cell != cell or str(cell).lower() in MISSING for cell in plain], dtype=np.bool_)


def left_out(table: pd.DataFrame, x: str, y: str) -> LeftOut:
    """The rows that xy(table, x, y) leaves out, e.g. "Rows 4 and 17 have no price: they are left out ..."."""
    gaps = {name: rows for name, rows in missing(table, (x, y)).items() if rows}
    rows = tuple(sorted(set().union(*gaps.values())))
    if not rows:
        return LeftOut((), "")
    if len(gaps) == 2 and gaps[x] == gaps[y]:
        text = f"{listed(rows)} {_have(rows)} neither {_bare(x)} nor {_bare(y)}"
    else:
        text = " and ".join(f"{listed(r)} {_have(r)} no {_bare(name)}" for name, r in gaps.items())
    ending = "it is left out of the fit." if len(rows) == 1 else "they are left out of the fit."
    return LeftOut(rows, f"{text[0].upper()}{text[1:]}: {ending}")


def xy(table: pd.DataFrame, x: str, y: str) -> tuple[Floats, Floats]:
    """The columns x and y as float64 arrays (n,), in the order of the rows that have both; n >= 2.

    Args:
        table: its cells may be numbers, None, or text that reads as a number ("250,000"), as an editable
            table gives.
        x, y: the names of two columns.

    Raises:
        DatasetError: for a column that is unknown, chosen twice or holds text, for fewer than two complete
            rows, for values beyond MAX_MAGNITUDE and for an x that is the same in every row.

    >>> xy(pd.DataFrame({"bedrooms": [1, 2, None], "price": ["150,000", "250,000", "9"]}), "bedrooms", "price")
    (array([1., 2.]), array([150000., 250000.]))
    """
    if x == y:
        raise DatasetError(f"The column {shown(x)} is chosen for both axes. Choose two different columns.")
    both = {name: numbers_of(table, name) for name in (x, y)}
    for name, values in both.items():
        _check_magnitude(name, values)
    complete = ~np.isnan(both[x]) & ~np.isnan(both[y])
    if complete.sum() < 2:
        raise _too_few(int(complete.sum()), x, y)
    xs, ys = both[x][complete], both[y][complete]
    if np.ptp(xs) < MIN_SPREAD:
        raise DatasetError(
            f"Every row has {_bare(x)} = {xs[0]:,.10g}: with one value of {_bare(x)} every slope fits "
            f"equally well. Choose another column, or add a row with a different {_bare(x)}."
        )
    return xs, ys


def _have(rows: tuple[int, ...]) -> str:
    return "has" if len(rows) == 1 else "have"


def _bare(name: str) -> str:
    return shown(name)[1:-1]


def _row_numbers(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple((np.flatnonzero(mask) + 1).tolist())


def _too_few(count: int, x: str, y: str) -> DatasetError:
    have = "No row has" if count == 0 else "Only one row has"
    return DatasetError(
        f"{have} both {_bare(x)} and {_bare(y)}. A line needs at least two rows with both: "
        "add rows, or choose other columns."
    )


def _check_magnitude(name: str, values: Floats) -> None:
    beyond = _row_numbers(np.abs(values) > MAX_MAGNITUDE)
    if beyond:
        raise DatasetError(
            f"The column {shown(name)} has a number too large to square in {listed(beyond)}: "
            f"{written(values[beyond[0] - 1], 3)}. Correct it there, or choose other units."
        )


def numbers_of(table: pd.DataFrame, name: str) -> Floats:
    """The column as float64 (n,), missing cells nan; DatasetError if it is unknown or holds text."""
    column = _column(table, name)
    values = _read(column)
    if values is None:
        raise _holds_text(name, column)
    return values


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    if list(table.columns).count(name) != 1:
        known = ", ".join(_bare(c) for c in table.columns[:10])
        problem = "more than one" if name in table.columns else "no"
        raise DatasetError(f"The table has {problem} column called {shown(name)}. Its columns are: {known}.")
    return table[name]


def _read(column: pd.Series) -> Floats | None:
    """The column as float64 (n,), missing cells nan; None if it holds text.

    Numbers stay as they are; cells of text are read with one decimal mark for the whole column.
    """
    if pd.api.types.is_float_dtype(column) or pd.api.types.is_integer_dtype(column):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    cells = [_plain(cell) for cell in column.tolist()]
    texts = _texts(cells)
    read = read_columns([list(texts.values())])[0]
    if read is None:
        return None
    values = np.array([np.nan if isinstance(cell, str) else cell for cell in cells], dtype=np.float64)
    values[list(texts)] = read
    return values


def _texts(cells: list[float | str]) -> dict[int, str]:
    """The cells that are text, by position."""
    return {position: cell for position, cell in enumerate(cells) if isinstance(cell, str)}


def _plain(cell: object) -> float | str:
    """The cell as a float (missing: nan) or as stripped text."""
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return np.nan
    if isinstance(cell, numbers.Real | Decimal) and not isinstance(cell, bool):
        try:
            return float(cell)
        except OverflowError:
            return np.inf
        except ValueError:
            return np.nan
    return str(cell).strip()


def _holds_text(name: str, column: pd.Series) -> DatasetError:
    texts = _texts([_plain(cell) for cell in column.tolist()])
    position = first_text(list(texts.values()))
    if position is None:
        return DatasetError(
            f"The column {shown(name)} mixes different signs, such as $ and €, so its numbers cannot be "
            "compared. Convert them to one currency, or choose another column."
        )
    row, cell = list(texts.items())[position]
    return DatasetError(
        f"The column {shown(name)} holds text, not only numbers: row {row + 1} has {shown(cell)}. "
        "Choose a column of numbers, or correct that cell."
    )
