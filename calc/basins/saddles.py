"""The saddles of a function of two variables, as many as a search from the cells of a grid finds.

Both slopes are 0 at a saddle. So Newton's method begins in each cell of a grid on whose corners both change
sign, and where none does but the gradient is shorter than all around.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.basins.gradients import gradient
from calc.basins.landscape import GRID, MAX_SEEDS, Window
from calc.basins.local_minima import Flags, Floats
from calc.expression import Expression

NEWTON_STEPS, MAX_DRIFT = 15, 3
"""From inside the cell 4 to 8 steps do. What strays so many cells is given up: another cell is nearer."""
AT_REST, SHARP = 1e-7, 1e-12
"""Parts of a cell: with a last step above the first a place does not count, with one below the second it is
done. Where the Hessian is singular, 15 steps at best halve the distance each: to 3e-5."""
STRIDE = 1e-4
"""How far away the slopes are compared, as a part of a cell: far above AT_REST, far below what a grid shows."""
ROUNDING = 1e-10
"""An eigenvalue below this part of the Hessian may be the rounding error of a 0."""
APART = 1e-3
"""Places nearer than this part of a cell are one."""


@dataclass(frozen=True, eq=False)
class Saddles:
    """Saddles, the lowest first.

    Attributes:
        at: the places, (s, 2).
        values: of the function there, (s,).
    """

    at: Floats
    values: Floats


def saddles(expression: Expression, window: Window) -> Saddles:
    """The saddles in a window: the gradient is 0 there, and the Hessian has eigenvalues of both signs.

    Args:
        expression: a function of two variables.
        window: (x_low, x_high, y_low, y_high).

    Returns:
        What was found, inside the window; there may be others. None is claimed where the Hessian does not
        exist, or may be singular.

    >>> from calc.expression import parse_expression
    >>> saddles(parse_expression("(x^2 - 1)^2 + y^2", ("x", "y")), (-2, 2, -2, 2)).at
    array([[0., 0.]])

    Source: J. Nocedal and S. J. Wright, "Numerical Optimization", 2nd ed., Springer 2006, section 11.1.
    """
    low, high = (np.array(window[end::2], dtype=float)[:, None] for end in (0, 1))
    cell = (high - low) / GRID
    with np.errstate(all="ignore"):
        at = _stationary(expression, _seeds(expression, low, cell), cell)
        at = _distinct(at[:, ((at >= low) & (at <= high)).all(axis=0)], cell)
        at = at[:, _indefinite(expression, at, cell)]
        # 0 rather than 1e-33.
        at = np.where(np.abs(at) <= SHARP * cell, 0.0, at)
    values = expression(*at)
    order = np.argsort(values, kind="stable")
    return Saddles(at.T[order], values[order])


def _seeds(expression: Expression, low: Floats, cell: Floats) -> Floats:
    """Where Newton's method begins, (2, n)."""
    # One place more on every side: a saddle at the edge of the window has neighbours too.
    x, y = low + cell * np.arange(-1, GRID + 2)
    slopes = np.stack(gradient(expression)(*np.meshgrid(x, y))) * cell[:, :, None]
    corners = [slopes[:, i : i + GRID + 2, j : j + GRID + 2] for i in (0, 1) for j in (0, 1)]
    crossed = ((np.fmin.reduce(corners) <= 0) & (np.fmax.reduce(corners) >= 0)).all(axis=0)
    length = np.hypot(*slopes)
    around = [length[i : i + GRID + 1, j : j + GRID + 1] for i in range(3) for j in range(3)]
    shortest = length[1:-1, 1:-1] <= np.fmin.reduce(around)
    shortest &= ~(crossed[1:, 1:] | crossed[1:, :-1] | crossed[:-1, 1:] | crossed[:-1, :-1])
    places = np.concatenate([np.argwhere(crossed) - 0.5, np.argwhere(shortest)]).T[::-1]
    # Level ground has far more of them than saddles, and some of them will do.
    seeds: Floats = low + cell * places[:, :: 1 + places.shape[1] // MAX_SEEDS]
    return seeds


def _derivatives(expression: Expression, at: Floats, cell: Floats) -> tuple[Floats, Floats]:
    """Gradient (2, n) and Hessian (2, 2, n), the cell being the unit of length."""
    jet = expression.jet(*at)
    return jet.first * cell, jet.second * cell[:, None] * cell


def _stationary(expression: Expression, seeds: Floats, cell: Floats) -> Floats:
    """Where Newton's method for a gradient of 0 comes to rest near the seeds, (2, n)."""
    at, resting = seeds.copy(), np.zeros(seeds.shape[1], dtype=bool)
    active = np.arange(seeds.shape[1])
    for _ in range(NEWTON_STEPS):
        slopes, hessian = _derivatives(expression, at[:, active], cell)
        # Products of two of them would vanish far out in e^(-x^2 - y^2).
        size = np.abs(hessian).max(axis=(0, 1))
        (p, q), ((a, b), (_, c)) = slopes / size, hessian / size
        step = np.stack([b * q - c * p, b * p - a * q]) / (a * c - b * b)
        at[:, active] += cell * step
        length = np.abs(step).max(axis=0)
        resting[active] = length <= AT_REST
        near = (np.abs(at - seeds)[:, active] <= MAX_DRIFT * cell).all(axis=0)
        active = active[near & (length > SHARP)]
        if not active.size:
            break
    return at[:, resting]


def _distinct(at: Floats, cell: Floats) -> Floats:
    """One of the places that are nearly the same."""
    # Two that a rounding parts on an axis, it does not part after a shift: on two axes, after one of two.
    for shift in (0, 1 / 3, 2 / 3):
        _, first = np.unique(np.round(at / (APART * cell) + shift), axis=1, return_index=True)
        at = at[:, np.sort(first)]
    return at


def _indefinite(expression: Expression, at: Floats, cell: Floats) -> Flags:
    """Whether the Hessian has eigenvalues of both signs, whatever its errors.

    By Weyl's inequality no eigenvalue differs by more than the Hessians do from that of another Hessian: of
    the change of the gradient nearby. They differ by rounding errors, and much where it is singular at the
    place alone, as that of x^3 - 3xy^2 at 0.
    """
    slopes, hessian = _derivatives(expression, at, cell)
    beside = [_derivatives(expression, at + STRIDE * cell * axis, cell)[0] for axis in np.eye(2)[:, :, None]]
    error = np.abs((np.stack(beside) - slopes) / STRIDE - hessian).sum(axis=(0, 1))
    a, b, c = hessian[0, 0], hessian[0, 1], hessian[1, 1]
    middle, radius = (a + c) / 2, np.hypot((a - c) / 2, b)
    error += ROUNDING * (np.abs(middle) + radius)
    return np.asarray((middle - radius < -error) & (middle + radius > error))
