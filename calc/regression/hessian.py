"""How steeply the loss bends, and the rates that follow."""

from __future__ import annotations

import math
from dataclasses import dataclass

from calc.regression.coordinates import Coordinates
from calc.regression.sums import Sums


@dataclass(frozen=True)
class Curvature:
    r"""How steeply the loss bends: the eigenvalues of its Hessian, and the rates that follow from them.

    .. math:: H = 2 \begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}

    Attributes:
        lambda_min, lambda_max: the eigenvalues of H; lambda_min is 0 where all x are equal.
    """

    lambda_min: float
    lambda_max: float

    @property
    def condition(self) -> float:
        """lambda_max / lambda_min: how much longer than wide the loss's valley is, squared."""
        return self.lambda_max / self.lambda_min if self.lambda_min > 0 else math.inf

    @property
    def diverges_above(self) -> float:
        """The rate above which gradient descent diverges, 2 / lambda_max."""
        return 2 / self.lambda_max

    @property
    def best_rate(self) -> float:
        """The fixed rate with which gradient descent converges fastest, 2 / (lambda_min + lambda_max)."""
        return 2 / (self.lambda_min + self.lambda_max)


def curvature(sums: Sums, *, standardise: bool = False) -> Curvature:
    """The curvature of the loss over (slope, intercept), raw or in standardised coordinates.

    Where all x are equal it is flat along one direction: lambda_min = 0.

    >>> from calc.regression.sums import summarise
    >>> curvature(summarise([1, 2, 3], [0, 0, 1]), standardise=True).condition
    1.0
    """
    mean_x, _, var_x, _ = Coordinates.of(sums, standardise).moments
    # (trace ± sqrt(trace² - 4 det)) / 2, where the root is of a sum of squares; the smaller eigenvalue
    # as det / lambda_max, since the difference would cancel.
    square_x = var_x + mean_x * mean_x
    lambda_max = (square_x + 1) + math.hypot(square_x - 1, 2 * mean_x)
    return Curvature(lambda_min=4 * var_x / lambda_max, lambda_max=lambda_max)
