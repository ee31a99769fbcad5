"""The minima of a function of two variables, as many as a search from many places finds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.basins.local_minima import Floats, find_local_minima, rounding_error
from calc.basins.valleys import group_minima
from calc.expression import Expression

Window: TypeAlias = tuple[float, float, float, float]

RELATIVE_TOLERANCE = 1 / 250
"""The tolerance, if none is given, as a part of the window's diagonal."""
GRID = 200
"""Places along each side of the window from which minima are searched: those no higher than all around."""
MAX_SEEDS = 4096
"""Bounds the time of the local searches; a 200 by 200 grid has that many local minima only on level ground."""
VALLEY_EXTENT = 4
"""A minimum whose points lie further apart than so many widths is a valley."""


@dataclass(frozen=True, eq=False)
class Landscape:
    """Minima, the lowest first.

    Attributes:
        minima: (m, 2). A valley whose whole bottom is equally low is one, shown by a point in its middle.
        values: of the function there, (m,).
        valley: whether it is such a valley, or level ground, (m,).
        points: places at the bottom, (p, 2): one for most minima, many for a valley.
        owner: the number of the minimum that each point belongs to, (p,).
        width: places nearer to one another than this may be taken for one.
    """

    minima: Floats
    values: Floats
    valley: NDArray[np.bool_]
    points: Floats
    owner: NDArray[np.int16]
    width: float

    def inside(self, window: Window) -> Landscape:
        """The part that lies in a window."""
        x_low, x_high, y_low, y_high = window
        x, y = self.points.T
        seen = (x >= x_low) & (x <= x_high) & (y >= y_low) & (y <= y_high)
        return _grouped(self.points[seen], self.values[self.owner[seen]], self.owner[seen], self.width)


def landscape(expression: Expression, window: Window) -> Landscape:
    """The minima in a window: local minima of a grid of places, sharpened.

    Args:
        expression: a function of two variables.
        window: (x_low, x_high, y_low, y_high).

    Returns:
        What was found, inside the window. It is not proved that there are no others: a well narrower than a
        200th part of the window may be missed.

    >>> from calc.expression import parse_expression
    >>> landscape(parse_expression("(x^2 - 1)^2 + y^2", ("x", "y")), (-2, 2, -2, 2)).minima
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    width = tolerance(window)
    return minima_near(expression, grid_minima(expression, window), width).inside(window)


SAME_LEVEL = 1e-12, 1e-9
"""Two minima are alike whose values differ by less than the first, or than the second as a part of them."""


def tolerance(window: Window) -> float:
    """The usual length within which two places are taken for one."""
    return math.hypot(window[1] - window[0], window[3] - window[2]) * RELATIVE_TOLERANCE


def grid_minima(expression: Expression, window: Window) -> Floats:
    """The places of a grid over the window at which the function is no higher than all around, (2, n)."""
    x_low, x_high, y_low, y_high = window
    # One place more on every side: a minimum at the edge of the window has neighbours too.
    part = np.arange(-1, GRID + 2) / GRID
    x, y = np.meshgrid(x_low + part * (x_high - x_low), y_low + part * (y_high - y_low))
    with np.errstate(all="ignore"):
        value = expression(x, y)
    value = np.where(np.isnan(value), np.inf, value)
    lowest = np.isfinite(value)[1:-1, 1:-1]
    n = GRID + 1
    for i in range(3):
        for j in range(3):
            lowest &= value[1:-1, 1:-1] <= value[i : i + n, j : j + n]
    row, column = np.nonzero(lowest)
    if row.size > MAX_SEEDS:
        # Level ground: every fourth place of every fourth row will do.
        sparse = (row % 4 == 0) & (column % 4 == 0)
        row, column = row[sparse], column[sparse]
    return np.stack([x[row + 1, column + 1], y[row + 1, column + 1]])[:, :MAX_SEEDS]


def minima_near(expression: Expression, seeds: Floats, width: float) -> Landscape:
    """The minima about a `width` from the `seeds`, (2, n)."""
    found = find_local_minima(expression, seeds, width)
    whole = group_minima(expression, found, width)
    # Level ground from which it goes down anywhere is no minimum, even where one does not see it.
    stairs = np.unique(whole.owner[: len(found.at)][found.terrace])
    kept = ~np.isin(whole.owner, stairs)
    return _grouped(whole.at[kept], whole.values[kept], whole.owner[kept], width)


def _grouped(points: Floats, values: Floats, owner: NDArray[np.integer], width: float) -> Landscape:
    """One minimum for each owner, the lowest first; valleys stand at the point nearest to their middle."""
    places, levels, wide = [], [], []
    for number in np.unique(owner):
        own = owner == number
        its = points[own]
        extent = np.ptp(its, axis=0).max()
        from_middle = np.abs(its - its.mean(axis=0)).sum(axis=1)
        deepest = values[own] <= values[own].min() + rounding_error(values[own])
        middle = np.argmin(np.where(deepest | (extent > VALLEY_EXTENT * width), from_middle, np.inf))
        places.append(its[middle])
        levels.append(values[own][middle])
        wide.append(extent > VALLEY_EXTENT * width)
    order = _order(np.array(places).reshape(-1, 2), np.array(levels), width)
    rank = np.argsort(order)
    _, dense = np.unique(owner, return_inverse=True)
    return Landscape(
        np.array(places).reshape(-1, 2)[order], np.array(levels)[order], np.array(wide, dtype=bool)[order],
        points, rank[dense].astype(np.int16) if len(points) else np.empty(0, np.int16), width,
    )  # fmt: skip


def _order(places: Floats, levels: Floats, width: float) -> NDArray[np.intp]:
    """The lowest first; those that are alike but for rounding from left to right, however they were found."""
    rising = np.argsort(levels, kind="stable")
    low, high = levels[rising][:-1], levels[rising][1:]
    group = np.empty(len(levels))
    group[rising] = np.cumsum(
        np.r_[0.0, high - low > SAME_LEVEL[0] + SAME_LEVEL[1] * np.abs(high)][: len(levels)]
    )
    x, y = np.round(places / width).T
    return np.lexsort((y, x, group))
