"""How f behaves on each side of a tiny interval: limits of value and slope, read from ever nearer samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.expression import Expression
from calc.minima.search import Floats

SAMPLES = 12
NEARER = 0.2
STILL = 1e-6
KEEPS_GROWING = 0.9


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a point. `step` is how much the value still changed between the last two samples.

    `sign` is the sign of f' as near as it can be told, times nothing: the slope in the direction of rising x;
    0 if f is flat there. `value` and `slope` are limits, inf or -inf where they grow without bound.
    """

    defined: bool
    value: float
    slope: float
    sign: int
    step: float


OUTSIDE = Side(False, float("nan"), float("nan"), 0, 0.0)


def sides(
    expression: Expression, lows: Floats, highs: Floats, reach: Floats, low: float, high: float
) -> list[tuple[Side, Side]]:
    """The left and right side of each interval [lows, highs] (n,), sampled up to `reach` (n,) away."""
    nearest = 2 * np.maximum(highs - lows, np.spacing(np.maximum(np.abs(lows), np.abs(highs))))
    farthest = np.maximum(reach, nearest / NEARER**2)
    ratio = np.minimum((nearest / farthest) ** (1 / (SAMPLES - 1)), NEARER)
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


def _side(values: Floats, slopes: Floats, signs: Floats) -> Side:
    """Samples (k,) in order of falling distance."""
    if not (~np.isnan(values[-3:])).all():
        return OUTSIDE
    value, slope = limit(values), limit(slopes)
    told = np.flatnonzero(signs[-6:])
    sign = int(signs[-6:][told[-1]]) if told.size else 0
    with np.errstate(all="ignore"):
        step = abs(float(values[-1] - values[-2]))
    return Side(True, value, slope, sign, step)


def limit(samples: Floats) -> float:
    """The limit of samples at distances that fall geometrically: inf or -inf if they keep growing."""
    last = float(samples[-1])
    good = samples[np.isfinite(samples)]
    if np.isinf(last) or good.size < 7:
        return last
    with np.errstate(all="ignore"):
        steps = np.diff(good)
        late, early = float(steps[-1]), float(steps[-5])
    grows = late * early > 0 and abs(late) >= KEEPS_GROWING * abs(early)
    if grows and late * last > 0 and abs(late) > STILL * abs(last):
        return float(np.copysign(np.inf, late))
    return last
