"""A classifier's descent, every step of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from calc.backend import Backend
from calc.descent import Run, Status
from calc.descent.method import Array
from calc.logistic.boundary import boundaries
from calc.logistic.classifier import Classifier, sigmoid
from calc.logistic.losses import Loss
from calc.separation import Separation


@dataclass(frozen=True, eq=False)
class LogisticFit:
    """A classifier's descent to the data: every step, in the units of the data.

    Attributes:
        weights: (k+1, d); intercept: (k+1,).
        loss: the mean loss of each step, (k+1,): of the kind `kind`, "log" or "square".
        run: the descent in its own coordinates (x - mean) / scale: w (k+1, d+1), the intercept last.
        mean, scale: those coordinates, (d,): means and standard deviations, or 0 and 1.
        rate, method, standardise, batch: as used; `batch` is None for full-batch methods.
        safe_below: gradient descent cannot diverge at rates below this, 2 / curvature.
        curvature: a bound on the loss's curvature in those coordinates, valid everywhere.
        separation: whether the classes can be separated.
        status: how the run ended, and what to try.
        x, y: the data, (n, d) and (n,).
    """

    weights: Array
    intercept: Array
    loss: Array
    run: Run
    mean: Array
    scale: Array
    rate: float
    method: str
    standardise: bool
    batch: int | None
    kind: Loss
    safe_below: float
    curvature: float
    separation: Separation
    status: Status
    x: Array
    y: Array
    backend: Backend

    @property
    def classifier(self) -> Classifier:
        """The classifier after the last step."""
        return self.at(-1)

    def at(self, step: int) -> Classifier:
        """The classifier after that many steps."""
        return Classifier(tuple(self.weights[step].tolist()), float(self.intercept[step]))

    def probability(self, x: ArrayLike) -> Array:
        """The probability of label 1 at rows of features (p, d) at each step, (k+1, p)."""
        with np.errstate(all="ignore"):
            return sigmoid(self.weights @ np.asarray(x, dtype=float).T + self.intercept[:, None])

    def accuracy(self) -> Array:
        """The share of rows on their side of the boundary at each step, (k+1,)."""
        return self._accuracy

    @cached_property
    def _accuracy(self) -> Array:
        with np.errstate(all="ignore"):
            scores = self.weights @ self.x.T + self.intercept[:, None]
        return np.asarray(((scores > 0) == (self.y == 1)).mean(axis=1))

    def boundaries(self, box: tuple[tuple[float, float], tuple[float, float]]) -> Array:
        """For two features: the boundary of each step as a line's two ends in the box; see `boundaries`."""
        return boundaries(self.weights, self.intercept, box)
