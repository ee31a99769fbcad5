"""What a heat gave, read from the outputs of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
        operations: of the derivative as it is computed at one point; 0 where they are those of the evaluations.
        result: a sample of the derivative, (k,).
    """

    build: float
    first: float
    warm: tuple[float, float, float]
    calls: int
    evaluations: int
    operations: int
    result: NDArray[np.float64] = field(repr=False)

    @property
    def lab(self) -> float:
        """As the course's lab timed it: all that has to be done once."""
        return self.build + self.first

    @property
    def finite(self) -> float:
        """The part of the results that are numbers."""
        return float(np.isfinite(self.result).mean())


@dataclass(frozen=True)
class Result:
    """The laps of a heat by contestant, and what was wrong with those that have none."""

    laps: dict[str, Lap]
    wrong: dict[str, str]


def read_result(outputs: Mapping[str, Output]) -> Result:
    """The laps that are in the outputs of a heat's cells."""
    laps, wrong = {}, {}
    for name, output in outputs.items():
        if output.error is not None:
            wrong[name] = output.error.text
        elif output.arrays.keys() >= {"times", "result", "counts"}:
            build, first, *warm = output.arrays["times"].tolist()
            low, middle, high = np.quantile(warm, [0.25, 0.5, 0.75]).tolist()
            evaluations, operations = map(int, output.arrays["counts"])
            found = output.arrays["result"]
            laps[name] = Lap(build, first, (low, middle, high), len(warm), evaluations, operations, found)
    return Result(laps, wrong)


def agreement(one: Lap, other: Lap) -> float:
    """The largest difference of two results as a part of the largest finite value; nan where none is finite.

    >>> lap = Lap(0, 0, (0, 0, 0), 1, 1, 1, np.array([1.0, 2.0]))
    >>> agreement(lap, Lap(0, 0, (0, 0, 0), 1, 1, 1, np.array([1.0, 2.5])))
    0.25
    """
    both = np.isfinite(one.result) & np.isfinite(other.result)
    if not both.any():
        return float("nan")
    size = float(np.abs(one.result[both]).max())
    away = float(np.abs(one.result[both] - other.result[both]).max())
    return away / size if size else away
