"""A line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Line:
    """y = slope * x + intercept, in the units of the data."""

    slope: float
    intercept: float

    def predict(self, x: ArrayLike) -> Any:
        """The line's height at x: a float for a number, an array for an array.

        >>> Line(100_000.0, 50_000.0).predict(9)
        950000.0
        """
        height = self.slope * np.asarray(x, dtype=float) + self.intercept
        return float(height) if np.isscalar(x) else height
