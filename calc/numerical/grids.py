r"""A derivative from values on a grid, as `np.gradient` takes it, and what noise in them does to it.

Inside, :math:`(y_{i+1} - y_{i-1}) / 2\Delta x`; at the ends a difference of two values (edge order 1) or
:math:`(-3 y_0 + 4 y_1 - y_2) / 2\Delta x` (edge order 2). Of values with independent noise of the standard
deviation :math:`\sigma` a sum :math:`\sum w_i y_i` has the variance :math:`\sigma^2 \sum w_i^2`: inside
:math:`\sigma^2 / 2\Delta x^2`, for a forward difference :math:`2 \sigma^2 / \Delta x^2`.

Source: the documentation of `numpy.gradient`; P. Bevington and D. Robinson, "Data Reduction and Error Analysis", 3rd
edition, 2003, chapter 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calc.expression import Expression

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Gradient:
    """A function on a grid and its slopes there, each (n,).

    Attributes:
        x, y: the grid, and the values that were differentiated, noise and all.
        found: np.gradient of them.
        exact: f'(x); nan where there is none.
    """

    x: Floats
    y: Floats
    found: Floats
    exact: Floats

    @property
    def spacing(self) -> float:
        return float(self.x[1] - self.x[0])

    @property
    def furthest(self) -> tuple[float, float]:
        """How far it is from f' at most, inside and at the two ends; -inf where there is nothing to compare.

        >>> from calc.expression import parse_expression
        >>> gradient(parse_expression("x^2"), 0.0, 3.0, 4).furthest
        (0.0, 1.0)
        """
        away = np.abs(self.found - self.exact)
        inside, ends = (
            float(np.max(part[np.isfinite(part)], initial=-np.inf)) for part in (away[1:-1], away[[0, -1]])
        )
        return inside, ends


def gradient(
    expression: Expression,
    low: float,
    high: float,
    points: int,
    edge_order: int = 1,
    noise: float = 0.0,
    seed: int = 1,
) -> Gradient:
    """`np.gradient` of f on a grid of equal distances, in float64.

    Args:
        expression: a function of one variable.
        low, high: the ends.
        points: of the grid, 3 or more.
        edge_order: 1 or 2.
        noise: the standard deviation of what is added to each value; the same draws at any size of it.
        seed: of these draws.

    >>> from calc.expression import parse_expression
    >>> gradient(parse_expression("|x|"), -1.5, 1.5, 4).found
    array([-1. , -0.5,  0.5,  1. ])
    """
    x = np.linspace(low, high, points)
    y = expression(x) + noise * np.random.default_rng(seed).standard_normal(points)
    with np.errstate(all="ignore"):
        found = np.gradient(y, x, edge_order=2 if edge_order == 2 else 1)
    return Gradient(x, y, found, expression.derivative(x))


def noise_weights(points: int, spacing: float, edge_order: int = 1) -> Floats:
    """The weights w with which each value goes into each slope, (n, n): a row a slope.

    >>> noise_weights(4, 0.5)[1]
    array([-1.,  0.,  1.,  0.])
    """
    weights = np.zeros((points, points))
    inside = np.arange(1, points - 1)
    weights[inside, inside - 1], weights[inside, inside + 1] = -0.5, 0.5
    end = [-1.0, 1.0] if edge_order == 1 else [-1.5, 2.0, -0.5]
    weights[0, : len(end)] = end
    weights[-1, -len(end) :] = [-weight for weight in reversed(end)]
    return weights / spacing


def noise_deviation(noise: float, points: int, spacing: float, edge_order: int = 1) -> Floats:
    """The standard deviation of each slope that noise in the values makes, (n,).

    >>> noise_deviation(1.0, 4, 0.5) ** 2
    array([8., 2., 2., 8.])
    """
    found: Floats = noise * np.sqrt((noise_weights(points, spacing, edge_order) ** 2).sum(axis=1))
    return found
