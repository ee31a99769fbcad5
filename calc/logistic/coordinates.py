"""Where the descent runs: in the units of the data, or standardised."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.descent.method import Array
from calc.logistic.classifier import Classifier


@dataclass(frozen=True, eq=False)
class Coordinates:
    """Where the descent runs: (x - mean) / scale, with a column of ones last."""

    mean: Array
    scale: Array

    @classmethod
    def of(cls, x: Array, standardise: bool) -> Coordinates:
        if not standardise:
            return cls(np.zeros(x.shape[1]), np.ones(x.shape[1]))
        return cls(x.mean(axis=0), x.std(axis=0))

    def design(self, x: Array) -> Array:
        """The features in these coordinates and a one, (n, d+1)."""
        return np.column_stack([(x - self.mean) / self.scale, np.ones(len(x))])

    def from_data_units(self, start: Classifier) -> Array:
        """A classifier of the data as (weights, intercept) in these coordinates, (d+1,)."""
        weights = np.array(start.weights)
        return np.append(weights * self.scale, start.intercept + weights @ self.mean)

    def to_data_units(self, w: Array) -> tuple[Array, Array]:
        """Weights (k+1, d) and intercepts (k+1,) in the units of the data, from w (k+1, d+1)."""
        weights = w[:, :-1] / self.scale
        return weights, w[:, -1] - weights @ self.mean

    def to_classifier(self, w: Array) -> Classifier:
        weights, intercept = self.to_data_units(w[None])
        return Classifier(tuple(weights[0].tolist()), float(intercept[0]))
