"""The sigmoid, and the classifier that takes it of a weighted sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from calc.descent.method import Array


@dataclass(frozen=True)
class Classifier:
    """p = sigmoid(weights . x + intercept), in the units of the data."""

    weights: tuple[float, ...]
    intercept: float

    def score(self, x: ArrayLike) -> Array:
        """z = weights . x + intercept for rows of features (n, d): above 0 label 1 is the likelier one."""
        z: Array = np.asarray(x, dtype=float) @ np.array(self.weights) + self.intercept
        return z

    def probability(self, x: ArrayLike) -> Array:
        """The probability of label 1 for rows of features, (n, d) to (n,).

        >>> Classifier((2.0,), -2.0).probability([[1.0]])
        array([0.5])
        """
        return sigmoid(self.score(x))


def sigmoid(z: ArrayLike) -> Array:
    r"""The sigmoid, without overflow and with all digits in both tails.

    .. math:: \sigma(z) = \frac{1}{1 + e^{-z}} = e^{-\log(1 + e^{-z})}

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    probability: Array = any_sigmoid(np.asarray(z, dtype=float))
    return probability


def any_sigmoid(z: Any) -> Any:
    """The same for NumPy and JAX arrays."""
    xp = z.__array_namespace__()
    with np.errstate(under="ignore", invalid="ignore"):
        return xp.exp(-xp.logaddexp(0.0, -z))
