"""How exactly a position is wanted, and which number of an interval a person would write."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

PRECISION = 1e-10
"""Ten digits: more than any reader asks for, and four above the rounding errors of a float64."""
MAX_DENOMINATOR = 1000
"""Fractions that a person would write; a larger denominator would fit almost any float."""


def tolerance(x: NDArray[np.float64] | float, unit: float) -> NDArray[np.float64]:
    """The error allowed in a position x: 1e-10 of its size, or of the unit of length near 0."""
    return np.asarray(PRECISION * np.maximum(np.abs(x), unit))


def snapped(x: float, low: float, high: float) -> float:
    """A simple number of [low, high] - 0, a small fraction, a short decimal - or x if there is none.

    It moves x only within what its proof allows: 1.0000000000000002 becomes 1.
    """
    if low <= 0 <= high:
        return 0.0
    fraction = float(Fraction(x).limit_denominator(MAX_DENOMINATOR))
    if fraction and low <= fraction <= high:
        return fraction
    for digits in range(4, 9):
        decimal = float(f"{x:.{digits}g}")
        if low <= decimal <= high:
            return decimal
    return float(x)
