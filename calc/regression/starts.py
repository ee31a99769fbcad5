"""The line that a descent starts from."""

from __future__ import annotations

import math

import numpy as np

from calc.regression.errors import RegressionError
from calc.regression.line import Line
from calc.regression.sums import Sums


def start_line(sums: Sums, start: Line | tuple[float, float] | None, seed: int) -> Line:
    """The first line of a descent."""
    if start is None:
        return random_start(sums, seed)
    line = start if isinstance(start, Line) else Line(*map(float, start))
    if not (math.isfinite(line.slope) and math.isfinite(line.intercept)):
        raise RegressionError("The slope and the intercept to start from must be finite numbers.")
    return line


def random_start(sums: Sums, seed: int = 0) -> Line:
    """A line that crosses the picture of the data at random heights, and visibly misses them.

    Its heights at the least and the greatest x are drawn from the range of y, until one of them is at least a third of
    that range away from the least-squares line, and their mean at least a fifth: both numbers have a way to go.

    Raises:
        RegressionError: where all x are equal.
    """
    generator = np.random.default_rng(seed)
    low, height = sums.y_low, sums.y_high - sums.y_low
    if height == 0:
        height = abs(low) or 1.0
        low -= height / 2
    ends = np.array([sums.x_low, sums.x_high])
    aim = sums.best.predict(ends)
    heights = aim
    while np.abs(heights - aim).max() < height / 3 or abs((heights - aim).mean()) < height / 5:
        heights = low + height * generator.random(2)
    slope = float((heights[1] - heights[0]) / (ends[1] - ends[0]))
    return Line(slope, float(heights[0] - slope * ends[0]))
