"""One variable: which minimum each start of an interval reaches, at one rate or at many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc.basins.codes import DIVERGED, DIVERGENCE_RADIUS, OUTSIDE, UNDECIDED
from calc.basins.settling import REST_TOLERANCE, final_points, settle
from calc.basins.trajectories import check_settings
from calc.descent.method import Method
from calc.expression import Expression

Floats = NDArray[np.float64]

RELATIVE_TOLERANCE_1D = 1 / 500
"""The tolerance as a part of the interval's length."""
TILE = 4000
"""Starts of a rate map that descend together."""


@dataclass(frozen=True, eq=False)
class Basins1D:
    """Which minimum each start of an interval reaches.

    Attributes:
        starts: (n,), ascending: the middles of n equal parts of the interval.
        reached: int16, (n,): the number of the minimum, or DIVERGED, UNDECIDED, LEFT.
        ends: (n,), where each ball is after the last step; not finite where it has left.
        stays: (n,), whether an undecided ball has slope 0 there, and another step leaves it where it is.
    """

    starts: Floats
    reached: NDArray[np.int16]
    ends: Floats
    stays: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class RateMap:
    """The same at many rates: an image with one row for each.

    Attributes:
        starts: (n,), ascending.
        rates: (r,), ascending, equally far apart on a logarithmic scale.
        reached: int16, (r, n).
    """

    starts: Floats
    rates: Floats
    reached: NDArray[np.int16]


def basins_1d(
    expression: Expression,
    low: float,
    high: float,
    minima_x: ArrayLike,
    *,
    method: str | Method,
    rate: float,
    steps: int,
    count: int = 600,
    tolerance: float | None = None,
) -> Basins1D:
    """Let a ball roll from every part of an interval.

    Args:
        expression: a function of one variable.
        low, high: the interval.
        minima_x: the minima, (m,), in any order; a ball may end at one outside the interval.
        method: any but "stochastic".
        rate: the learning rate, above 0.
        steps: how many steps each ball makes.
        count: how many starts.
        tolerance: how near to a minimum a ball must end to have reached it; otherwise a 500th of the
            interval.

    Raises:
        ValueError: for an empty interval, or for numbers that make no sense.

    >>> from calc.expression import parse_expression
    >>> well = parse_expression("(x^2 - 1)^2")
    >>> basins_1d(well, -2, 2, [-1, 1], method="gradient-descent", rate=0.02, steps=200, count=6).reached
    array([0, 0, 0, 1, 1, 1], dtype=int16)
    """
    check_settings(method, rate, steps)
    starts = _starts(low, high, count)
    reached, ends = _reached(expression, (low, high), starts, minima_x, method, rate, steps, tolerance)
    stays = reached == UNDECIDED
    stays[stays] = expression.jet(ends[stays]).first == 0
    near = _tolerance(low, high, tolerance)
    (later,) = final_points(
        expression, (starts[stays],), method=method, rate=rate, steps=steps + 1, tolerance=near
    )
    # A ball with momentum slides on where the slope is 0; the descent ends where all move by less than this.
    stays[stays] = np.abs(later - ends[stays]) <= REST_TOLERANCE * near
    return Basins1D(starts, reached, ends, stays)


def rate_map(
    expression: Expression,
    low: float,
    high: float,
    minima_x: ArrayLike,
    *,
    method: str | Method,
    rates: tuple[float, float],
    steps: int,
    size: tuple[int, int] = (200, 80),
    tolerance: float | None = None,
) -> RateMap:
    """The same for `size[1]` rates from `rates[0]` to `rates[1]`, with `size[0]` starts each.

    Args:
        rates: the lowest and the highest, above 0; the rows lie equally far apart on a logarithmic scale.
        size: how many starts, and how many rates.
        expression, low, high, minima_x, method, steps, tolerance: as for `basins_1d`.

    Raises:
        ValueError: as `basins_1d`, and for rates that are not ascending.

    >>> from calc.expression import parse_expression
    >>> well = parse_expression("(x^2 - 1)^2")
    >>> how = {"method": "gradient-descent", "rates": (0.02, 0.05), "steps": 200, "size": (4, 2)}
    >>> rate_map(well, -2, 2, [-1, 1], **how).reached.tolist()
    [[0, 0, 1, 1], [0, 0, 1, 1]]
    """
    check_settings(method, rates[0], steps)
    check_settings(method, rates[1], steps)
    if rates[0] >= rates[1]:
        raise ValueError("The lower rate comes first.")
    starts, row = _starts(low, high, size[0]), np.geomspace(*rates, size[1])
    reached = np.empty((size[1], size[0]), dtype=np.int16)
    # A few rows at a time stay in the processor's cache, and end once all their balls rest.
    high_tile = max(1, TILE // size[0])
    for first in range(0, size[1], high_tile):
        here = slice(first, first + high_tile)
        grid = np.tile(starts, (len(row[here]), 1))
        reached[here] = _reached(
            expression, (low, high), grid, minima_x, method, row[here, None], steps, tolerance
        )[0]
    return RateMap(starts, row, reached)


def _starts(low: float, high: float, count: int) -> Floats:
    if not (np.isfinite([low, high]).all() and low < high):
        raise ValueError("The interval's low end must lie below its high end.")
    if count < 1:
        raise ValueError(f"There must be a start, not {count}.")
    return np.asarray(low + (np.arange(count) + 0.5) * ((high - low) / count), dtype=np.float64)


def _tolerance(low: float, high: float, given: float | None) -> float:
    return (high - low) * RELATIVE_TOLERANCE_1D if given is None else float(given)


def _reached(
    expression: Expression,
    interval: tuple[float, float],
    starts: Floats,
    minima_x: ArrayLike,
    method: str | Method,
    rate: Any,
    steps: int,
    tolerance: float | None,
) -> tuple[NDArray[np.int16], Floats]:
    low, high = interval
    near = _tolerance(low, high, tolerance)
    middle, far = (low + high) / 2, DIVERGENCE_RADIUS * (high - low)
    (end,) = final_points(expression, (starts,), method=method, rate=rate, steps=steps, tolerance=near)
    lost = ~np.isfinite(end)
    code = np.full(starts.shape, UNDECIDED, dtype=np.int16)
    with np.errstate(invalid="ignore"):
        code[np.abs(end - middle) > far] = DIVERGED
    if lost.any():
        # Those that overflowed were seen far away before; the others came to where f is not defined.
        _, last = settle(
            expression,
            (starts[lost],),
            method=method,
            rate=np.broadcast_to(rate, starts.shape)[lost],
            steps=steps,
            middle=(middle,),
            tolerance=near,
            far=far,
        )
        code[lost] = np.where(last > 0, DIVERGED, OUTSIDE)
    minima = np.asarray(minima_x, dtype=float).ravel()
    best = np.full(starts.shape, near)
    for number, x in enumerate(minima):
        away = np.abs(end - x)
        # Never for nan.
        nearer = away <= best
        code[nearer], best[nearer] = number, away[nearer]
    return code, end
