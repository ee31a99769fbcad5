"""The least-squares line, to the last digits."""

from __future__ import annotations

from fractions import Fraction

from numpy.typing import ArrayLike

from calc.backend import NUMPY
from calc.regression.blocks import BLOCK
from calc.regression.columns import columns
from calc.regression.line import Line
from calc.regression.products import exact_product
from calc.regression.sums import summarise


def least_squares(x: ArrayLike, y: ArrayLike) -> Line:
    r"""The line with the least mean squared residual.

    .. math:: m = \frac{\sum (x_i - \bar x)(y_i - \bar y)}{\sum (x_i - \bar x)^2}, \quad
              c = \bar y - m \bar x

    Where the data lie far from zero, c is a small difference of large numbers and even the rounding of
    m shows in it. So one more pass finds what rounding left of m, from residuals that are exact.

    Args:
        x, y: numbers, (n,).

    Raises:
        RegressionError: as `summarise`, and where all x are equal.

    >>> least_squares([1, 2, 3], [150_000, 250_000, 350_000])
    Line(slope=100000.0, intercept=50000.0)
    """
    x, y = columns(x, y)
    sums = summarise(x, y, backend=NUMPY)
    slope = sums.best.slope
    correlated = residual = shift = 0.0
    for first in range(0, sums.n, BLOCK):
        rows = slice(first, first + BLOCK)
        dx, dy = x[rows] - sums.mean_x, y[rows] - sums.mean_y
        product, error = exact_product(slope, dx)
        left = (dy - product) - error
        correlated += float(dx @ left)
        residual += float(left.sum())
        shift += float(dx.sum())
    more = (correlated - shift * residual / sums.n) / sums.sxx
    exact = Fraction(slope) + Fraction(more)
    height = Fraction(sums.mean_y) + Fraction(residual / sums.n) - Fraction(more * shift / sums.n)
    return Line(float(exact), float(height - exact * Fraction(sums.mean_x)))
