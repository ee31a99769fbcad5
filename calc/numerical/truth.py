"""The derivative to 30 digits and more, at the very number that a float is: what every error is measured against.

It is read off a Taylor series over balls of Arb, which prove their digits. They share no code with any of the methods
that are judged by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan

import numpy as np
from flint import arb
from numpy.typing import NDArray

from calc.expression import Expression
from calc.expression.taylor import Undecided, taylor_series
from calc.numerical.precision import Floats

TERMS = 10
"""As many as `taylor_series` gives. A central difference of sin(x^2) at 0 sees nothing but the sixth."""
PROVED = 2.0**-80
"""How far the derivative may be from what is said, as a part of the numbers that it is made of."""


@dataclass(frozen=True)
class Truth:
    """f around x.

    Attributes:
        x: the point, exactly.
        slope, rest: f'(x) as the nearest float64, and what is left; both nan where there is no derivative or none
            was proved.
        coefficients: f(x), f'(x), f''(x)/2, ...: `TERMS` Taylor coefficients; () where they are not known.
    """

    x: float
    slope: float = nan
    rest: float = nan
    coefficients: tuple[float, ...] = ()

    @property
    def known(self) -> bool:
        return isfinite(self.slope)

    def errors(self, found: Floats) -> NDArray[np.float64]:
        """|found - f'(x)|, also where a float64 could not tell the two apart.

        >>> Truth(0.0, 1.0, 1e-20).errors(np.array([1.0, 1.5]))
        array([1.e-20, 5.e-01])
        """
        with np.errstate(all="ignore"):
            away: NDArray[np.float64] = np.abs((np.asarray(found, dtype=float) - self.slope) - self.rest)
        return away


def truth(expression: Expression, x: float, settled: float = nan) -> Truth:
    """What f does at x, taken as the exact number that the float is.

    Args:
        expression: a function of one variable.
        x: the point.
        settled: f'(x) as it is known otherwise, which stands where no series is found, as for x|x| at 0.

    >>> from calc.expression import parse_expression
    >>> found = truth(parse_expression("sin(x)"), 0.5)
    >>> found.slope, abs(found.rest) < 1e-16
    (0.8775825618903728, True)
    """
    try:
        found = taylor_series(expression.root, expression.variables[0])(arb(x), TERMS)
    except Undecided:
        return Truth(x, settled, 0.0)
    f, slope = found[0], found[1]
    if float(slope.rad()) > PROVED * (abs(float(slope.mid())) + abs(float(f.mid()))):
        return Truth(x, settled, 0.0)
    near = float(slope.mid())
    if not isfinite(near):
        return Truth(x, settled, 0.0)
    rest = float((slope.mid() - arb(near)).mid())
    return Truth(x, near, rest, tuple(_size(found[k]) for k in range(TERMS)))


def _size(coefficient: arb) -> float:
    """0 for what cannot be told from it."""
    return 0.0 if coefficient.contains(0) else float(coefficient.mid())
