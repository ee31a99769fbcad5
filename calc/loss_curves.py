"""The curves of `calc.losses` as numbers to draw: where along x, and the sum with its corners."""

from __future__ import annotations

import numpy as np

from calc.descent.method import Array
from calc.losses import AbsoluteLoss, SquareLoss

Points = tuple[float, ...]
EVEN = 121
"""Samples at even distances: a parabola is smooth with fewer."""
SAME = 1e-12
"""Points that differ by less than this part of them differ by rounding: they leave an axis no number to write."""


def window(points: Points, start: float) -> tuple[float, float]:
    """The ends of an axis that holds all points, and the start of a run unless it is far out.

    >>> window((0.0, 10.0), 5.0)
    (-1.2, 11.2)
    """
    low, high = min(points), max(points)
    largest = max(abs(low), abs(high))
    size = high - low if high - low > SAME * largest else max(1.0, largest / 10)
    low, high = min(low, max(start, low - 3 * size)), max(high, min(start, high + 3 * size))
    room = 0.12 * max(high - low, size)
    return low - room, high + room


def beside(points: Points) -> float:
    """A start to the left of all points.

    >>> beside((0.0, 10.0))
    -4.0
    """
    low, high = min(points), max(points)
    return low - 0.4 * (high - low or max(1.0, abs(low) / 10))


def curve(loss: SquareLoss | AbsoluteLoss, low: float, high: float) -> tuple[Array, Array]:
    """x and the loss there, (n,) each: evenly, and at each point and minimiser, where it may have a corner."""
    x = np.unique(np.r_[np.linspace(low, high, EVEN), loss.a, loss.minimisers])
    return x, loss(x)
