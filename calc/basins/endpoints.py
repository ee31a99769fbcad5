"""The minima of a map, found from where its balls came to rest.

The ends are sorted into cells as wide as the tolerance. From each occupied cell one search downhill and a
Newton polish in double precision lead to a candidate, which counts if the function is nowhere lower on a
small circle around it. Minima that touch each other at the same height, as along the bottom of a round
valley, are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.expression import Expression

Floats: TypeAlias = NDArray[np.float64]
Reals: TypeAlias = NDArray[np.floating[Any]]
Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int32]

SEEDS = 4096
"""Occupied cells that are searched, the fullest first."""
CIRCLE = np.stack([np.cos(np.arange(16) * np.pi / 8), np.sin(np.arange(16) * np.pi / 8)])
SEARCH_STEPS, SEARCHED_TO = 300, 1e-7
"""The search from a cell: at most so many steps, down to this part of a cell's width."""
NEWTON_STEPS = 8
SAME_LEVEL = 1e-3
"""Touching minima are one if their values differ by less than this part of their height."""


@dataclass(frozen=True, eq=False)
class Found:
    """The minima (m, 2) with their values (m,), the lowest first, and every cell's minimum.

    `label` holds for each cell's number the place of the nearest of the `points` (p, 2), or -1; `owner` (p,)
    the minimum that each point belongs to.
    """

    minima: Floats
    values: Floats
    cells: Cells
    label: Numbers
    points: Floats
    owner: NDArray[np.int16]

    @property
    def reach(self) -> Floats:
        """How far from each point an end may lie, squared, (p,): twice as far along a valley's bottom."""
        alone = np.bincount(self.owner, minlength=1)[self.owner] == 1
        return np.where(alone, 1.0, 4.0) * self.cells.width**2


@dataclass(frozen=True)
class Cells:
    """A grid of square cells over the window and as much again on every side."""

    left: float
    bottom: float
    width: float
    shape: tuple[int, int]

    @classmethod
    def around(cls, window: tuple[float, float, float, float], width: float) -> Cells:
        x_low, x_high, y_low, y_high = window
        sides = 3 * (y_high - y_low), 3 * (x_high - x_low)
        shape = int(sides[0] / width) + 1, int(sides[1] / width) + 1
        return cls(2 * x_low - x_high, 2 * y_low - y_high, width, shape)

    def number(self, x: Reals, y: Reals) -> Numbers:
        """The number of the cell of each point, from 1; 0 outside and where a coordinate is nan."""
        rows, columns = self.shape
        # Below 2^24, so that float32 counts the rows and columns exactly; nan is not inside.
        with np.errstate(over="ignore", invalid="ignore"):
            i, j = (y - self.bottom) * (1 / self.width), (x - self.left) * (1 / self.width)
        inside = (i >= 0) & (i < rows) & (j >= 0) & (j < columns)
        i, j = np.where(inside, i, 0).astype(np.int32), np.where(inside, j, 0).astype(np.int32)
        return np.where(inside, i * np.int32(columns) + j + np.int32(1), np.int32(0))


def find_minima(expression: Expression, cells: Cells, number: Numbers, x: Reals, y: Reals) -> Found:
    """The minima beside the ends (x, y) with their cells' numbers, flat arrays."""
    full = np.bincount(number, minlength=cells.shape[0] * cells.shape[1] + 1)
    full[0] = 0
    occupied = np.flatnonzero(full)
    occupied = occupied[np.argsort(-full[occupied], kind="stable")][:SEEDS]
    # One end of each cell speaks for it.
    last = np.zeros(full.size, dtype=np.int64)
    last[number] = np.arange(number.size)
    seeds = np.stack([x[last[occupied]], y[last[occupied]]]).astype(np.float64)
    with np.errstate(all="ignore"):
        points, values, height = _true_minima(expression, seeds, cells.width)
    owner, first = _joined(points, values, height, cells.width)
    return Found(points[first], values[first], cells, _nearest(cells, points), points, owner)


def assign(found: Found, number: Numbers, x: Reals, y: Reals) -> NDArray[np.int16]:
    """Which minimum each end, with its cell's number, lies at within the tolerance: its number, or -1."""
    label = found.label[number]
    if not len(found.points):
        return np.full(x.shape, -1, dtype=np.int16)
    points, reach = found.points.astype(x.dtype), found.reach.astype(x.dtype)
    across, up = x - points[label, 0], y - points[label, 1]
    with np.errstate(all="ignore"):
        near = across * across + up * up <= reach[label]
    return np.where(near & (label >= 0), found.owner[label], np.int16(-1))


def _true_minima(expression: Expression, seeds: Floats, width: float) -> tuple[Floats, Floats, Floats]:
    """The seeds' minima within about a cell, (p, 2), different and sorted by value.

    Also their values (p,), and how much higher the function is a quarter of a cell away, at most (p,).
    """
    at, values, found = _downhill(expression, seeds, width)
    at, values, stationary = _polished(expression, at, values, width)
    around = expression(*(at[:, None, :] + width / 4 * CIRCLE[:, :, None]))
    rounding = 8 * np.finfo(float).eps * np.abs(values)
    # nan around the point is no objection: a minimum may lie at the edge of where the function is defined.
    kept = (found | stationary) & ~(around < values - rounding).any(axis=0) & np.isfinite(values)
    kept = np.flatnonzero(kept)[np.argsort(values[kept], kind="stable")]
    at, values, height = at[:, kept], values[kept], np.nanmax(around[:, kept], axis=0) - values[kept]
    _, first = np.unique(np.round(at / (1e-3 * width)), axis=1, return_index=True)
    first.sort()
    return at[:, first].T, values[first], height[first] + rounding[kept][first]


def _downhill(expression: Expression, at: Floats, width: float) -> tuple[Floats, Floats, Flags]:
    """A compass search: the best of 16 neighbours, or half the radius; it needs no slope, so corners do.

    It succeeds where the radius shrinks to nothing, and not in a narrow valley, where it creeps on. A search
    that leaves its cell's surroundings is given up: an end that is at a minimum lies within a cell of it.
    """
    seed = at.copy()
    values = expression(*at)
    radius = np.full(at.shape[1], width / 2)
    active = np.flatnonzero(np.isfinite(values))
    for _ in range(SEARCH_STEPS):
        strayed = np.abs(at[:, active] - seed[:, active]).max(axis=0) > 3 * width
        active = active[(radius[active] > SEARCHED_TO * width) & ~strayed]
        if not active.size:
            break
        tried = at[:, active][:, None, :] + radius[active] * CIRCLE[:, :, None]
        found = expression(*tried)
        best = np.argmin(np.where(np.isnan(found), np.inf, found), axis=0)
        column = np.arange(active.size)
        lower = found[best, column] < values[active]
        moved = active[lower]
        at[:, moved] = tried[:, best[lower], column[lower]]
        values[moved] = found[best[lower], column[lower]]
        radius[active[~lower]] /= 2
    return at, values, radius <= SEARCHED_TO * width


def _polished(
    expression: Expression, at: Floats, values: Floats, width: float
) -> tuple[Floats, Floats, Flags]:
    """Newton's method on the slope, kept where it goes no further than a cell and no higher.

    It succeeds where its last step is small and the curvature positive.
    """
    start = at
    for _ in range(NEWTON_STEPS):
        jet = expression.jet(*at)
        (a, b), (_, c) = jet.second
        p, q = jet.first
        det = a * c - b * b
        change = -np.stack([c * p - b * q, a * q - b * p]) / det
        new = at + change
        value = expression(*new)
        allowed = 4 * np.finfo(float).eps * np.abs(values)
        near = np.abs(new - start).max(axis=0) <= width
        better = near & (value <= values + allowed) & (det > 0) & (a > 0)
        stationary = (np.abs(change).max(axis=0) <= 1e-3 * width) & (det > 0) & (a > 0)
        at, values = np.where(better, new, at), np.where(better, value, values)
    return at, values, stationary


def _joined(
    points: Floats, values: Floats, height: Floats, width: float
) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    """Points that touch at the same height are one minimum: (p,) its number, and its first point, (m,)."""
    group = np.full(len(points), -1, dtype=np.int16)
    first: list[int] = []
    for i in range(len(points)):
        if group[i] >= 0:
            continue
        group[i] = len(first)
        first.append(i)
        front = [i]
        while front:
            j = front.pop()
            apart = np.abs(points - points[j]).max(axis=1)
            level = np.abs(values - values[j]) <= SAME_LEVEL * np.maximum(height, height[j])
            touching = (group < 0) & (apart <= 2 * width) & level
            group[touching] = group[i]
            front.extend(np.flatnonzero(touching).tolist())
    return group, np.array(first, dtype=np.int64)


def _nearest(cells: Cells, points: Floats) -> Numbers:
    """For each cell's number the place of the nearest point, or -1 if none lies within two cells."""
    label = np.full(cells.shape, -1, dtype=np.int32)
    home = np.floor((points - [cells.left, cells.bottom]) / cells.width).astype(np.int64)
    reach = np.arange(-2, 3)
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
