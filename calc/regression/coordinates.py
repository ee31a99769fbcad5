"""Where the descent runs: in the units of the data, or standardised."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from calc.descent.method import Array
from calc.regression.line import Line
from calc.regression.sums import Moments, Sums


@dataclass(frozen=True)
class Coordinates:
    """Where the descent runs: (x - mean_x) / s_x and (y - mean_y) / s_y. Raw: means 0, scales 1."""

    mean_x: float
    s_x: float
    mean_y: float
    s_y: float
    moments: Moments

    @classmethod
    def of(cls, sums: Sums, standardise: bool) -> Coordinates:
        if not standardise:
            return cls(0.0, 1.0, 0.0, 1.0, sums.moments)
        # Equal values have no spread to divide by; any scale serves.
        s_x, s_y = math.sqrt(sums.sxx / sums.n) or 1.0, math.sqrt(sums.syy / sums.n) or 1.0
        variance = 1.0 if sums.sxx > 0 else 0.0
        correlation = sums.sxy / sums.n / s_x / s_y
        return cls(sums.mean_x, s_x, sums.mean_y, s_y, (0.0, 0.0, variance, correlation))

    def from_data_units(self, line: Line) -> Array:
        """A line of the data as (slope, intercept) in these coordinates."""
        height = line.slope * self.mean_x + line.intercept - self.mean_y
        return np.array([line.slope * self.s_x, height]) / self.s_y

    def to_data_units(self, w: Array) -> tuple[Array, Array]:
        """Slopes and intercepts in the units of the data, from w (k+1, 2)."""
        slope = w[:, 0] * (self.s_y / self.s_x)
        return slope, self.mean_y + self.s_y * w[:, 1] - slope * self.mean_x
