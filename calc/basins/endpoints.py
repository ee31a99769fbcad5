"""Which minimum each ball came to rest at.

The ends are sorted into cells as wide as the tolerance. One end of each cell, and the local minima of a grid
over the window, are the places from which the minima are searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.basins.landscape import MAX_SEEDS, Landscape, Window, grid_minima, minima_near
from calc.basins.local_minima import Floats
from calc.expression import Expression

Reals: TypeAlias = NDArray[np.floating[Any]]
Integers: TypeAlias = NDArray[np.int32]

VALLEY_REACH = 3.0
"""An end is at a valley so many widths from one of its points, or nearer."""


@dataclass(frozen=True)
class Cells:
    """A grid of square cells over the window and as much again on every side."""

    left: float
    bottom: float
    width: float
    shape: tuple[int, int]

    @classmethod
    def around(cls, window: Window, width: float) -> Cells:
        x_low, x_high, y_low, y_high = window
        sides = 3 * (y_high - y_low), 3 * (x_high - x_low)
        shape = int(sides[0] / width) + 1, int(sides[1] / width) + 1
        return cls(2 * x_low - x_high, 2 * y_low - y_high, width, shape)

    def number(self, x: Reals, y: Reals) -> Integers:
        """The number of the cell of each point, from 1; 0 outside and where a coordinate is nan."""
        rows, columns = self.shape
        # Below 2^24, so that float32 counts the rows and columns exactly; nan is not inside.
        with np.errstate(over="ignore", invalid="ignore"):
            i, j = (y - self.bottom) * (1 / self.width), (x - self.left) * (1 / self.width)
        inside = (i >= 0) & (i < rows) & (j >= 0) & (j < columns)
        i, j = np.where(inside, i, 0).astype(np.int32), np.where(inside, j, 0).astype(np.int32)
        return np.where(inside, i * np.int32(columns) + j + np.int32(1), np.int32(0))


@dataclass(frozen=True, eq=False)
class MinimaIndex:
    """The minima, and for each cell's number the place of the nearest of their points, or -1."""

    landscape: Landscape
    label: Integers

    @property
    def reach(self) -> Floats:
        """How far from each point an end may lie, squared, (p,)."""
        wide = self.landscape.valley[self.landscape.owner]
        return np.where(wide, VALLEY_REACH, 1.0) ** 2 * self.landscape.width**2


def find_minima(
    expression: Expression, window: Window, cells: Cells, number: Integers, x: Reals, y: Reals
) -> MinimaIndex:
    """The minima in the window, and those beside the ends (x, y) with their cells' numbers, flat arrays."""
    full = np.bincount(number, minlength=cells.shape[0] * cells.shape[1] + 1)
    full[0] = 0
    occupied = np.flatnonzero(full)
    if occupied.size > MAX_SEEDS:
        occupied = _thinned(occupied, full, cells)
    occupied = occupied[np.argsort(-full[occupied], kind="stable")][:MAX_SEEDS]
    # One end represents each cell.
    last = np.zeros(full.size, dtype=np.int64)
    last[number] = np.arange(number.size)
    ends = np.stack([x[last[occupied]], y[last[occupied]]]).astype(np.float64)
    seeds = np.concatenate([ends, grid_minima(expression, window)], axis=1)
    found = minima_near(expression, seeds, cells.width)
    return MinimaIndex(found, _nearest(cells, found.points))


def _thinned(occupied: NDArray[np.int64], full: NDArray[np.int64], cells: Cells) -> NDArray[np.int64]:
    """Of each square of 4 by 4 cells the fullest."""
    row, column = (occupied - 1) // cells.shape[1], (occupied - 1) % cells.shape[1]
    square = row // 4 * cells.shape[1] + column // 4
    order = np.argsort(-full[occupied], kind="stable")
    _, first = np.unique(square[order], return_index=True)
    return occupied[order[first]]


def assign(found: MinimaIndex, number: Integers, x: Reals, y: Reals) -> NDArray[np.int16]:
    """Which minimum each end, with its cell's number, lies at within the tolerance: its number, or -1."""
    points = found.landscape.points.astype(x.dtype)
    label = found.label[number]
    if not len(points):
        return np.full(x.shape, -1, dtype=np.int16)
    reach = found.reach.astype(x.dtype)
    across, up = x - points[label, 0], y - points[label, 1]
    with np.errstate(all="ignore"):
        near = across * across + up * up <= reach[label]
    return np.where(near & (label >= 0), found.landscape.owner[label], np.int16(-1))


def _nearest(cells: Cells, points: Floats) -> Integers:
    """For each cell's number the place of the nearest point, or -1 if none lies within three cells."""
    label = np.full(cells.shape, -1, dtype=np.int32)
    home = np.floor((points - [cells.left, cells.bottom]) / cells.width).astype(np.int64)
    reach = np.arange(-3, 4)
    column = (home[:, 0, None, None] + reach[:, None]) + 0 * reach
    row = (home[:, 1, None, None] + reach) + 0 * reach[:, None]
    middle_x, middle_y = cells.left + (column + 0.5) * cells.width, cells.bottom + (row + 0.5) * cells.width
    away = np.hypot(middle_x - points[:, 0, None, None], middle_y - points[:, 1, None, None])
    number = np.broadcast_to(np.arange(len(points))[:, None, None], away.shape)
    inside = (row >= 0) & (row < cells.shape[0]) & (column >= 0) & (column < cells.shape[1])
    # The nearest is written last.
    order = np.argsort(-away[inside], kind="stable")
    label[row[inside][order], column[inside][order]] = number[inside][order]
    return np.concatenate([np.array([-1], dtype=np.int32), label.ravel()])
