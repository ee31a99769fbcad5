"""The log loss and the square loss of one point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from calc.descent.method import Array
from calc.logistic.classifier import sigmoid
from calc.logistic.errors import LogisticError

Loss: TypeAlias = Literal["log", "square"]

CURVATURE = {"log": 0.25, "square": 0.1540704}
"""The largest second derivative of a point's loss by z: 1/4 for the log loss, for the square loss that at
sigma = (15 - sqrt(33)) / 24."""


@dataclass(frozen=True, eq=False)
class PointLoss:
    """The losses of one point by its score z, under both losses; all of z's shape.

    Attributes:
        probability: of label 1.
        log, square: the point's loss.
        log_gradient, square_gradient: its derivative by z; that by a weight is this times the feature.
    """

    probability: Array
    log: Array
    square: Array
    log_gradient: Array
    square_gradient: Array


def point_loss(z: ArrayLike, label: ArrayLike) -> PointLoss:
    r"""Both losses of points and their gradients by the score z: why the log loss is used.

    .. math:: \frac{d}{dz} \log(1 + e^{-s z}) = -s \, \sigma(-s z), \quad
              \frac{d}{dz} (\sigma(z) - y)^2 = -2 s \, \sigma(s z) \, \sigma(-s z)^2

    For a confident wrong answer, s z far below 0, the first tends to -s and the second to 0: the worse the
    mistake, the less the square loss corrects it.

    Args:
        z: scores, of any shape.
        label: 0 or 1, broadcast with z.

    >>> wrong = point_loss(-20.0, 1)
    >>> float(wrong.log_gradient.round(6)), float(wrong.square_gradient.round(6))
    (-1.0, -0.0)
    """
    z, y = np.broadcast_arrays(np.asarray(z, dtype=float), np.asarray(label, dtype=float))
    if not ((y == 0) | (y == 1)).all():
        raise LogisticError("A label is 0 or 1.")
    sign = 2 * y - 1
    with np.errstate(under="ignore", over="ignore"):
        wrong, right = sigmoid(-sign * z), sigmoid(sign * z)
        return PointLoss(
            probability=sigmoid(z),
            log=np.logaddexp(0.0, -sign * z),
            square=wrong**2,
            log_gradient=-sign * wrong,
            square_gradient=-2 * sign * right * wrong**2,
        )


def loss_of(loss: Loss) -> Callable[[Array], Array]:
    """A point's loss as a function of its margin s z."""
    if loss == "log":
        return lambda margin: np.logaddexp(0.0, -margin)
    return lambda margin: sigmoid(-margin) ** 2
