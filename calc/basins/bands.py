"""A start that falls into a valley although another one lies between: what the bands of a map are made of."""

from __future__ import annotations

import numpy as np

from calc.basins.plane import BasinMap

CANDIDATES = 48
"""Starts along each side that are looked at."""
SAMPLES = 32
"""Places between a start and its minimum."""
CLEAR = 1 / 60
"""How far from the edge of its band a start lies at least, as a part of the map's side: its mark is seen in it."""


def beyond(found: BasinMap) -> tuple[float, float, int] | None:
    """A start with another basin on the straight way to its minimum, and the number of that minimum; None for none.

    Of all such starts it is one whose way leads longest through other basins.

    Args:
        found: the map, whose minima outside the window do not count.

    Returns:
        x, y, and the row of `found.minima`.

    >>> from calc.basins import basin_map
    >>> from calc.expression import parse_expression
    >>> f = parse_expression("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", ("x", "y"))
    >>> how = {"method": "gradient-descent", "rate": 0.01, "steps": 100}
    >>> found = basin_map(f, (-6, 6, -6, 6), (60, 60), **how)
    >>> x, y, number = beyond(found)
    >>> round(x, 1), round(y, 1), found.minima[number].round()
    (1.1, -5.9, array([3., 2.]))
    """
    height, width = found.reached.shape
    rows = np.unique(np.linspace(0, height - 1, CANDIDATES).astype(int))
    columns = np.unique(np.linspace(0, width - 1, CANDIDATES).astype(int))
    row, column = (each.ravel() for each in np.meshgrid(rows, columns, indexing="ij"))
    number = found.reached[row, column]
    for down, across in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        beside = found.reached[
            np.clip(row + down * max(1, round(CLEAR * height)), 0, height - 1),
            np.clip(column + across * max(1, round(CLEAR * width)), 0, width - 1),
        ]
        number = np.where(beside == number, number, -1)
    row, column, number = (each[number >= 0] for each in (row, column, number))
    if not len(number):
        return None
    goal = found.minima[number]
    inside = (found.x[0] <= goal[:, 0]) & (goal[:, 0] <= found.x[-1])
    inside &= (found.y[0] <= goal[:, 1]) & (goal[:, 1] <= found.y[-1])
    part = np.linspace(0, 1, SAMPLES)[:, None]
    x, y = (
        found.x[column] + part * (goal[:, 0] - found.x[column]),
        found.y[row] + part * (goal[:, 1] - found.y[row]),
    )
    on_way = found.reached[_nearest(found.y, y), _nearest(found.x, x)]
    # Only another valley is jumped over: what diverges or goes nowhere is none.
    other = np.where(inside, ((on_way != number) & (on_way >= 0)).mean(axis=0), 0.0)
    best = int(other.argmax())
    return (
        (float(found.x[column[best]]), float(found.y[row[best]]), int(number[best]))
        if other[best] > 0
        else None
    )


def _nearest(grid: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The places in an even grid that are nearest."""
    place = np.rint((at - grid[0]) / (grid[1] - grid[0])).astype(int)
    inside: np.ndarray = np.clip(place, 0, len(grid) - 1)
    return inside
