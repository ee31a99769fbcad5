"""What one pass over the data keeps of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from calc.backend import NUMPY, Backend, choose
from calc.descent.method import Array
from calc.numbers import written
from calc.regression.blocks import BLOCK, centred_sums
from calc.regression.columns import check, columns, value_range
from calc.regression.errors import RegressionError
from calc.regression.line import Line
from calc.regression.products import exact_difference, exact_product

OPERATIONS_PER_ROW = 12
"""Floating-point operations `summarise` spends on a row, for `backend.choose`."""

Moments: TypeAlias = tuple[float, float, float, float]
"""mean of x, mean of y, variance of x, covariance: all that the gradient of the loss depends on."""


@dataclass(frozen=True)
class Sums:
    """What one pass over n rows keeps of them: enough for the loss, its gradient and its curvature.

    Attributes:
        n: rows.
        mean_x, mean_y: the means.
        sxx, sxy, syy: the sums of (x - mean_x)^2, (x - mean_x) (y - mean_y) and (y - mean_y)^2.
        residual: the sum of the squared residuals of the least-squares line; 0 where they are nothing but rounding.
        x_low, x_high, y_low, y_high: the picture of the data; of many rows, that of some 4,000.
        backend: what added them up.
    """

    n: int
    mean_x: float
    mean_y: float
    sxx: float
    sxy: float
    syy: float
    residual: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float
    backend: Backend = NUMPY

    @property
    def moments(self) -> Moments:
        """(mean_x, mean_y, variance of x, covariance)."""
        return self.mean_x, self.mean_y, self.sxx / self.n, self.sxy / self.n

    @property
    def best(self) -> Line:
        """The least-squares line, to the precision of the sums; `least_squares` gives the last digits."""
        if self.sxx == 0:
            raise RegressionError(
                f"Every x is {written(self.mean_x, 6)}, so any slope fits equally well. Choose a column whose values "
                "differ, or add a row with another x."
            )
        slope = self.sxy / self.sxx
        return Line(slope, float(Fraction(self.mean_y) - Fraction(slope) * Fraction(self.mean_x)))

    @property
    def best_loss(self) -> float:
        """The mean squared residual of the least-squares line."""
        return self.residual / self.n


def summarise(x: ArrayLike, y: ArrayLike, *, backend: str | Backend = "auto") -> Sums:
    """Pass once over the data and keep their sums; none loses digits where the data lie far from zero.

    Where a line fits so well that the difference of the sums would lose the digits of what is left, it passes once
    more, over the residuals themselves.

    Args:
        x, y: numbers, (n,).
        backend: what does the arithmetic: "auto", "numpy", "jax" or a `Backend`.

    Raises:
        RegressionError: for fewer than two rows, columns of different lengths, a missing or infinite
            number, or numbers whose squares overflow or vanish.

    >>> summarise([1, 2, 3], [10, 20, 60]).sxy
    50.0
    """
    x, y = columns(x, y)
    work = OPERATIONS_PER_ROW * x.size
    chosen = backend if isinstance(backend, Backend) else choose(backend, work)
    with np.errstate(all="ignore"):
        mean_x, mean_y, sxx, sxy, syy = centred_sums(x, y, chosen)
        check("x", x, mean_x, sxx)
        check("y", y, mean_y, syy)
        residual = _residual(x, y, mean_x, mean_y, sxx, sxy, syy)
    (x_low, x_high), (y_low, y_high) = value_range(x), value_range(y)
    return Sums(
        n=x.size,
        mean_x=mean_x,
        mean_y=mean_y,
        sxx=sxx,
        sxy=sxy,
        syy=syy,
        residual=residual,
        x_low=x_low,
        x_high=x_high,
        y_low=y_low,
        y_high=y_high,
        backend=chosen,
    )


CANCELS = 1e-4
"""Of syy: a difference of sums that leaves no more than this has lost four digits and more."""


def _residual(x: Array, y: Array, mean_x: float, mean_y: float, sxx: float, sxy: float, syy: float) -> float:
    """The least sum of squared residuals."""
    if sxx == 0:
        return syy
    left = syy - sxy * (sxy / sxx)
    if left > CANCELS * syy:
        return left
    slope, total, moment, first = sxy / sxx, 0.0, 0.0, 0.0
    height = float(Fraction(mean_y) - Fraction(slope) * Fraction(mean_x))
    for start in range(0, x.size, BLOCK):
        rows = slice(start, start + BLOCK)
        product, error = exact_product(slope, x[rows])
        above, more = exact_difference(y[rows], product)
        # Nearly the height: the difference is exact.
        residual = (above - height) + (more - error)
        total += math.fsum(residual * residual)
        moment += math.fsum(residual * (x[rows] - mean_x))
        first += math.fsum(residual)
    # What rounding left of the height and of the slope.
    total -= first * first / x.size + moment * moment / sxx
    # The numbers themselves are rounded: residuals as small as that are none.
    unit = 2.0**-52 * max(abs(float(y.max())), abs(float(y.min())), abs(slope) * float(np.abs(x).max()))
    return total if total > x.size * unit * unit else 0.0
