r"""Difference quotients for shrinking steps, and the curve under growing zoom.

.. math::
    \text{forward } \frac{f(x + h) - f(x)}{h}, \quad
    \text{backward } \frac{f(x) - f(x - h)}{h}, \quad
    \text{central } \frac{f(x + h) - f(x - h)}{2h}

The error of the first two shrinks like h, that of the central one like h^2; `calc.numerical` has what rounding adds.

Source: W. Press et al., "Numerical Recipes", 3rd edition, Cambridge 2007, section 5.7.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]

MAGNIFIED = 61
"""Samples of a magnified curve: a chart of 400 pixels needs no more for a smooth line."""


def halvings(h: float, count: int) -> Floats:
    """h, h/2, h/4, ..., of which there are `count`, and at last 0.

    >>> halvings(1.0, 3)
    array([1.  , 0.5 , 0.25, 0.  ])
    """
    steps: Floats = np.r_[h * 0.5 ** np.arange(count), 0.0]
    return steps


@dataclass(frozen=True, slots=True)
class Quotients:
    """f around x, and its difference quotients, each (n,); those of h = 0 are 0/0 and so nan.

    Attributes:
        h: the steps.
        below, here, above: f(x - h), f(x), f(x + h).
    """

    h: Floats
    below: Floats
    here: Floats
    above: Floats

    @property
    def forward(self) -> Floats:
        return _quotient(self.here, self.above, self.h)

    @property
    def backward(self) -> Floats:
        return _quotient(self.below, self.here, self.h)

    @property
    def central(self) -> Floats:
        return _quotient(self.below, self.above, 2 * self.h)


def _quotient(first: Floats, last: Floats, run: Floats) -> Floats:
    with np.errstate(all="ignore"):
        found: Floats = (last - first) / run
    return found


def quotients(f: Function, x: float, h: ArrayLike, value: float | None = None) -> Quotients:
    """The difference quotients of f at x in float64, for each step h.

    Args:
        f: maps arrays to arrays.
        x: the point.
        h: steps, (n,).
        value: what stands for f(x): the limit, where a hole is filled.

    >>> quotients(np.square, 3.0, [1.0, 0.5]).forward
    array([7. , 6.5])
    """
    steps = np.asarray(h, dtype=float)
    here = np.full(len(steps), f(np.array([x]))[0] if value is None else value)
    below, above = (np.where(steps == 0, here, f(x + side * steps)) for side in (-1, 1))
    return Quotients(steps, below, here, above)


def magnified(f: Function, x: float, value: float, h: Floats, reach: float = 1.5) -> tuple[Floats, Floats]:
    """The curve around (x, value) under growing zoom: u = (t - x)/h and v = (f(t) - value)/h.

    In these coordinates a line of slope m through the point is v = m u at every zoom, and a smooth curve goes over
    into its tangent.

    Args:
        h: steps, (n,), all above 0.
        reach: u goes from -reach to reach.

    Returns:
        u (m,) and v (n, m).
    """
    u = np.linspace(-reach, reach, MAGNIFIED)
    with np.errstate(all="ignore"):
        v = (f((x + np.outer(h, u)).ravel()).reshape(len(h), -1) - value) / h[:, None]
    return u, v


def distances(u: Floats, v: Floats, h: Floats, slope: float) -> Floats:
    """How far a magnified curve is from the line of a slope, at most, for |u| <= 1: in units of f, (n,).

    It falls like h^2 where f is smooth, like h at a corner.
    """
    near = np.abs(u) <= 1 + 1e-12
    with np.errstate(all="ignore"):
        found: Floats = np.max(np.abs(v[:, near] - slope * u[near]), axis=1) * h
    return found


def order(first: float, second: float) -> float:
    """p, where an error that falls like h^p goes from `first` to `second` as h is halved; nan if either is 0.

    >>> order(0.4, 0.1)
    2.0
    """
    return float(np.log2(first / second)) if first > 0 and second > 0 else float("nan")
