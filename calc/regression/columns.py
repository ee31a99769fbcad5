"""Two columns of numbers, checked, with an error where no line can be fitted to them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from calc.descent.method import Array
from calc.regression.errors import RegressionError

RANGE_SAMPLE = 4_000
"""Rows looked at for the picture of the data, evenly spread over them."""


def columns(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Both as contiguous floats, (n,); `check` looks at the numbers themselves, once their sums are known."""
    x = np.ascontiguousarray(x, dtype=float).ravel()
    y = np.ascontiguousarray(y, dtype=float).ravel()
    if x.size != y.size:
        raise RegressionError(f"There are {x.size} values of x but {y.size} of y: each row needs both.")
    if x.size < 2:
        raise RegressionError(f"A line needs at least 2 rows with numbers; here are {x.size}.")
    return x, y


def check(name: str, values: Array, mean: float, spread: float) -> None:
    """Raise where a column cannot be computed with; only then does it look at the rows again."""
    if not mean * mean + spread < 1e300:  # also true of nan
        wrong = np.flatnonzero(~np.isfinite(values))
        if wrong.size:
            raise RegressionError(
                f"Row {wrong[0] + 1} has no number as its {name} ({values[wrong[0]]}). Remove the rows with "
                "missing or infinite values first."
            )
        raise RegressionError(
            f"The values of {name} are so large that their squares overflow. Use a larger unit, for example "
            "millions instead of ones."
        )
    if spread < 1e-280 and values.min() < values.max():
        raise RegressionError(
            f"The values of {name} differ by so little that the squares of the differences vanish. Use a "
            "smaller unit."
        )


def value_range(values: Array) -> tuple[float, float]:
    """The least and the greatest value, of many rows those of some: exact ones would cost as much again."""
    some = values[:: 1 + values.size // RANGE_SAMPLE]
    if some.min() == some.max():
        some = values
    return float(some.min()), float(some.max())
