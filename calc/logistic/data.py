"""The features and labels, checked, with an error where no classifier can be fitted to them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from calc.descent.method import Array
from calc.logistic.errors import LogisticError
from calc.numbers import written

MAX_MAGNITUDE = 1e100
"""Squares of such numbers, and their sums, stay finite."""
MAX_ROWS = 1_000_000
"""A step of the descent over that many rows takes about a tenth of a second."""
MAX_FEATURES = 50
"""As many columns as `calc.datasets` reads."""


def check(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Features (n, d) and labels (n,) as floats, or a sentence.

    Args:
        x: features, (n, d), or (n,) for one.
        y: labels 0 and 1, (n,).

    Raises:
        LogisticError: for labels other than 0 and 1, only one of them, missing or infinite numbers, a
            feature that is the same in every row, fewer than 2 rows, columns of different lengths.
    """
    try:
        x, y = np.array(x, dtype=float), np.array(y, dtype=float).ravel()
    except (TypeError, ValueError, OverflowError) as error:
        raise LogisticError("Every feature and every label must be a number.") from error
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or not 1 <= x.shape[1] <= MAX_FEATURES:
        raise LogisticError(f"The features must be a table with 1 to {MAX_FEATURES} columns.")
    if len(x) != y.size:
        raise LogisticError(f"There are {len(x)} rows of features but {y.size} labels: each row needs both.")
    if not 2 <= y.size <= MAX_ROWS:
        raise LogisticError(f"A classifier needs 2 to {MAX_ROWS:,} rows; here are {y.size}.")
    _check_features(x)
    _check_labels(y)
    return x, y


def _check_features(x: Array) -> None:
    wrong = np.flatnonzero(~np.isfinite(x).all(axis=1))
    if wrong.size:
        raise LogisticError(
            f"Row {wrong[0] + 1} has a missing or infinite feature. Remove the rows with missing numbers."
        )
    if np.abs(x).max() > MAX_MAGNITUDE:
        raise LogisticError(
            f"Features must lie between {written(-MAX_MAGNITUDE)} and {written(MAX_MAGNITUDE)}. Use a larger unit."
        )
    for column in range(x.shape[1]):
        spread = x[:, column].std()
        if x[:, column].min() == x[:, column].max() or not spread > 1e-100:
            raise LogisticError(
                f"Feature {column + 1} is {written(x[0, column], 6)} in every row, so it tells nothing about labels. "
                "Choose a column whose values differ."
            )


def _check_labels(y: Array) -> None:
    wrong = np.flatnonzero((y != 0) & (y != 1))
    if wrong.size:
        label = y[wrong[0]]
        what = "no label" if np.isnan(label) else f"the label {written(label, 6)}"
        raise LogisticError(
            f"Row {wrong[0] + 1} has {what}; every label must be 0 or 1. Choose a column "
            "of zeros and ones, or code the two classes so."
        )
    if y.min() == y.max():
        raise LogisticError(
            f"Every label is {written(y[0], 6)}: there is nothing to tell apart. "
            f"Add rows with the label {written(1 - y[0], 6)}."
        )
