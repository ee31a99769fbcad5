"""How f behaves on each side of a tiny interval: limits of value and slope, from nearer and nearer samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.expression import Expression
from calc.minima.search import Floats, scale

SAMPLES = 12
"""Enough for the seven that `limit` needs, with some to spare where the outer ones lie outside the domain."""
STEP_RATIO = 0.2
"""At most, from one sample to the next: five times nearer each."""
MIN_DISTANCE = 1e-17
"""Of the unit of length, near 0, where the spacing of floats is no guide."""
# In widths of the place, so that its own width does not distort how the samples grow.
START_WIDTHS = 16
CONVERGED = 1e-6
"""Last change over last value below which samples have settled."""
GROWTH_RATIO = 0.9
"""Changes that shrink by less than a tenth over four samples do not add up to a limit, as those of ln x."""
UNSETTLED_RATIO = 0.95
"""Just above that of growth: changes that neither keep their sign nor shrink belong to an oscillation."""


@dataclass(frozen=True, slots=True)
class OneSidedLimit:
    """One side of a point.

    `value` and `slope` are the limits there, inf or -inf where they grow without bound; `step` and `slope_step` are
    how much value and slope still changed between the last two samples. `sign` is that of f' as far as it
    is known, 0 if f is flat there.
    """

    defined: bool
    value: float
    slope: float
    sign: int
    step: float
    slope_step: float


OUTSIDE = OneSidedLimit(False, float("nan"), float("nan"), 0, 0.0, 0.0)


def one_sided_limits(
    expression: Expression, lows: Floats, highs: Floats, reach: Floats, low: float, high: float
) -> list[tuple[OneSidedLimit, OneSidedLimit]]:
    """The left and right side of each interval [lows, highs] (n,), sampled up to `reach` (n,) away."""
    spacing = np.spacing(np.maximum(np.abs(lows), np.abs(highs)))
    nearest = START_WIDTHS * np.maximum(highs - lows, np.maximum(spacing, MIN_DISTANCE * scale(low, high)))
    farthest = np.maximum(reach, nearest / STEP_RATIO**2)
    ratio = np.minimum((nearest / farthest) ** (1 / (SAMPLES - 1)), STEP_RATIO)
    distance = nearest[:, None] / ratio[:, None] ** np.arange(SAMPLES - 1, -1, -1)
    distance = np.minimum(distance, farthest[:, None])
    x = np.stack([lows[:, None] - distance, highs[:, None] + distance])
    inside = (x >= low) & (x <= high)
    at = np.clip(x, low, high)
    jet, proven = expression.jet(at), expression.interval(at, at).first
    signs = np.where(proven.low > 0, 1, np.where(proven.high < 0, -1, 0))
    signs = np.where(proven.undefined, np.sign(np.nan_to_num(jet.first)), signs).astype(int)
    value, slope = np.where(inside, jet.value, np.nan), np.where(inside, jet.first, np.nan)
    return [
        (_side(value[0, i], slope[0, i], signs[0, i]), _side(value[1, i], slope[1, i], signs[1, i]))
        for i in range(lows.size)
    ]


def _side(values: Floats, slopes: Floats, signs: Floats) -> OneSidedLimit:
    """Samples (k,) in order of falling distance."""
    if not (~np.isnan(values[-3:])).all():
        return OUTSIDE
    value, slope = limit(values), limit(slopes)
    told = np.flatnonzero(signs[-6:])
    sign = int(signs[-6:][told[-1]]) if told.size else 0
    with np.errstate(all="ignore"):
        step, slope_step = abs(float(values[-1] - values[-2])), abs(float(slopes[-1] - slopes[-2]))
    return OneSidedLimit(True, value, slope, sign, step, slope_step)


def limit(samples: Floats) -> float:
    """The limit of samples at distances that fall geometrically.

    It is inf or -inf if they keep growing, nan if they neither grow nor settle.
    """
    last = float(samples[-1])
    good = samples[np.isfinite(samples)]
    if np.isinf(last) or good.size < 7:
        return last
    with np.errstate(all="ignore"):
        steps = np.diff(good)
        late, early = float(steps[-1]), float(steps[-5])
    moves = abs(late) > CONVERGED * abs(last)
    if moves and late * early > 0 and abs(late) >= GROWTH_RATIO * abs(early):
        return float(np.copysign(np.inf, late))
    return float("nan") if moves and abs(late) > UNSETTLED_RATIO * abs(early) else last
