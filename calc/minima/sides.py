"""How f behaves on each side of a tiny interval: limits of value and slope, read from ever nearer samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.expression import Expression
from calc.minima.search import Floats, scale

SAMPLES = 12
NEARER = 0.2
NEAREST = 1e-17
# In widths of the place, so that its own width does not distort how the samples grow.
NEARBY = 16
STILL = 1e-6
KEEPS_GROWING = 0.9
UNSETTLED = 0.95


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a point.

    `value` and `slope` are the limits there, inf or -inf where they grow without bound; `step` and `bend` are
    how much value and slope still changed between the last two samples. `sign` is that of f' as near as it
    can be told, 0 if f is flat there.
    """

    defined: bool
    value: float
    slope: float
    sign: int
    step: float
    bend: float


OUTSIDE = Side(False, float("nan"), float("nan"), 0, 0.0, 0.0)


def sides(
    expression: Expression, lows: Floats, highs: Floats, reach: Floats, low: float, high: float
) -> list[tuple[Side, Side]]:
    """The left and right side of each interval [lows, highs] (n,), sampled up to `reach` (n,) away."""
    spacing = np.spacing(np.maximum(np.abs(lows), np.abs(highs)))
    nearest = NEARBY * np.maximum(highs - lows, np.maximum(spacing, NEAREST * scale(low, high)))
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
        step, bend = abs(float(values[-1] - values[-2])), abs(float(slopes[-1] - slopes[-2]))
    return Side(True, value, slope, sign, step, bend)


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
    moves = abs(late) > STILL * abs(last)
    if moves and late * early > 0 and abs(late) >= KEEPS_GROWING * abs(early):
        return float(np.copysign(np.inf, late))
    return float("nan") if moves and abs(late) > UNSETTLED * abs(early) else last
