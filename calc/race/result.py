"""What a heat gave, read from the outputs of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calc.cells import Output


@dataclass(frozen=True)
class Lap:
    """What one contestant needed; times in seconds.

    Attributes:
        build: to make the derivative: the formula, its program, or what is compiled.
        first: of the first call.
        warm: of later calls: their lower quartile, median and upper quartile.
        calls: how many later calls there were.
        evaluations: of the function, for a derivative at one point.
        operations: of the derivative at one point, as it is computed.
        finite: the part of the derivatives that are numbers.
        away: the largest difference from the first contestant, as a part of the largest derivative.
    """

    build: float
    first: float
    warm: tuple[float, float, float]
    calls: int
    evaluations: int
    operations: int
    finite: float
    away: float

    @property
    def lab(self) -> float:
        """As the course's lab timed it: all that has to be done once."""
        return self.build + self.first


Result = dict[str, Lap]
"""The laps of a heat by contestant."""


def read_result(outputs: Mapping[str, Output]) -> Result:
    """The laps that are in the outputs of a heat's cells."""
    laps: Result = {}
    standard: NDArray[np.float64] | None = None
    for name, output in outputs.items():
        if not output.arrays.keys() >= {"times", "result", "counts"}:
            continue
        build, first, *warm = output.arrays["times"].tolist()
        low, middle, high = np.quantile(warm, [0.25, 0.5, 0.75]).tolist()
        evaluations, operations = map(int, output.arrays["counts"])
        found = output.arrays["result"]
        standard = found if standard is None else standard
        laps[name] = Lap(
            build, first, (low, middle, high), len(warm), evaluations, operations,
            float(np.isfinite(found).mean()), difference(standard, found),
        )  # fmt: skip
    return laps


def difference(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The largest difference as a part of the largest finite value of the first; nan where none is finite.

    >>> difference(np.array([1.0, 2.0]), np.array([1.0, 2.5]))
    0.25
    """
    both = np.isfinite(one) & np.isfinite(other)
    if not both.any():
        return float("nan")
    size, away = float(np.abs(one[both]).max()), float(np.abs(one[both] - other[both]).max())
    return away / size if size else away
