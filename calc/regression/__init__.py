r"""A line fitted to points by descent on the square loss, and exactly by least squares.

.. math:: L(m, c) = \frac{1}{n} \sum_i (y_i - (m x_i + c))^2

Expanded around the means, the loss needs the data only through n, two means and three centred sums:

.. math:: L(m, c) = \mathrm{var}_y - 2 m \, \mathrm{cov}_{xy} + m^2 \, \mathrm{var}_x
          + (\bar y - m \bar x - c)^2

so after one pass over the data (`sums`) a step (`gradients`) costs the same for ten rows and for ten million.
"""

from calc.regression.blocks import BLOCK
from calc.regression.errors import RegressionError
from calc.regression.exact import least_squares
from calc.regression.fitting import DescentSettings, fit, fit_sums
from calc.regression.hessian import Curvature, curvature
from calc.regression.line import Line
from calc.regression.result import Fit
from calc.regression.starts import random_start
from calc.regression.sums import Moments, Sums, summarise

__all__ = [
    "BLOCK",
    "Curvature",
    "DescentSettings",
    "Fit",
    "Line",
    "Moments",
    "RegressionError",
    "Sums",
    "curvature",
    "fit",
    "fit_sums",
    "least_squares",
    "random_start",
    "summarise",
]
