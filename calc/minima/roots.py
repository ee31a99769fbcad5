"""The simple zeros of f': pieces on which f' is strictly monotone hold at most one each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.expression import Expression
from calc.minima.numbers import snapped, tolerance
from calc.minima.result import Doubt, Point
from calc.minima.search import Class, Flags, Floats, Piece, scale

NEWTON_STEPS = 80
"""Halving alone reaches the last bit of a float64 in 64 steps from most brackets."""
# Distances at which a change of sign is looked for, as parts of the tolerance, after the smallest possible.
BRACKET_WIDTHS = (1e-4, 1e-2, 0.1, 1.0)


@dataclass(frozen=True, slots=True)
class Zeros:
    """Zeros of f' and what is known of each: all arrays (n,); `proved` that the zero lies in x +- error."""

    x: Floats
    error: Floats
    proved: Flags


def simple_zeros(
    expression: Expression, pieces: list[Piece], low: float, high: float
) -> tuple[list[Point], list[Doubt]]:
    """The minima and maxima on the pieces where f'' has one sign, and what is doubtful of them."""
    bent = [piece for piece in pieces if piece.what in (Class.CONVEX, Class.CONCAVE)]
    if not bent:
        return [], []
    lows, highs = np.array([[piece.low, piece.high] for piece in bent]).T
    curve = np.array([1.0 if piece.what == Class.CONVEX else -1.0 for piece in bent])
    unit = scale(low, high)
    before, after = _slope_signs(expression, lows) * curve, _slope_signs(expression, highs) * curve
    # Where rounding hides the sign at an end, the zero lies at that end or a sign shows just inside.
    inner_low = np.minimum(lows + tolerance(lows, unit), highs)
    inner_high = np.maximum(highs - tolerance(highs, unit), lows)
    before_inside = np.where(before == 0, _slope_signs(expression, inner_low) * curve, before)
    after_inside = np.where(after == 0, _slope_signs(expression, inner_high) * curve, after)
    # Beside a piece full of rounding errors such a zero is the one that is sought there already.
    noisy = [piece for piece in pieces if piece.what in (Class.NOISY, Class.UNFINISHED)]
    ends, starts = {piece.high for piece in noisy}, {piece.low for piece in noisy}
    beside = np.array([[piece.low in ends, piece.high in starts] for piece in bent]).T
    hidden = beside & np.stack([before_inside == 0, after_inside == 0])
    at = np.flatnonzero((before_inside <= 0) & (after_inside >= 0) & ~hidden.any(axis=0))
    if not at.size:
        return [], []
    zeros = _refined(expression, lows[at], highs[at], curve[at], unit)
    points, doubts = [], []
    values = expression(zeros.x)
    for i, value, x, error, proved in zip(at, values, zeros.x, zeros.error, zeros.proved, strict=True):
        lowest = bool(curve[i] > 0)
        certain = bool(proved) and before_inside[i] < 0 < after_inside[i]
        if not certain:
            word = "minimum" if lowest else "maximum"
            text = f"There seems to be a {word} near x = {x:.10g}; rounding errors hide its exact place."
            doubts.append(Doubt(text, float(lows[i]), float(highs[i]), local=True))
        points.append(
            Point(
                x=float(x),
                value=float(value),
                kind="local minimum" if lowest else "local maximum",
                extremum="minimum" if lowest else "maximum",
                error=float(error),
                proved=certain,
            )
        )
    return points, doubts


def _slope_signs(expression: Expression, x: Floats) -> Floats:
    """The proven sign of f' at points (n,): -1, 1, or 0 where rounding hides it."""
    slope = expression.interval(x, x).first
    return np.where(slope.undefined, 0.0, np.where(slope.low > 0, 1.0, np.where(slope.high < 0, -1.0, 0.0)))


def _refined(expression: Expression, lows: Floats, highs: Floats, curve: Floats, unit: float) -> Zeros:
    x = newton(expression, lows, highs, curve)
    error, proved = _bracketed(expression, x, lows, highs, unit)
    x = np.array([snapped(at, max(low, at - e), min(high, at + e)) for at, low, high, e in
                  zip(x, lows, highs, error, strict=True)])  # fmt: skip
    return Zeros(x, error, proved)


def newton(expression: Expression, lows: Floats, highs: Floats, curve: Floats) -> Floats:
    """The zero of f' in each [low, high], where curve * f' rises: Newton's steps, else halving."""
    a, b = lows.copy(), highs.copy()
    x = a / 2 + b / 2
    with np.errstate(all="ignore"):
        for _ in range(NEWTON_STEPS):
            jet = expression.jet(x)
            rising = curve * jet.first
            a, b = np.where(rising <= 0, x, a), np.where(rising >= 0, x, b)
            step = x - jet.first / jet.second
            new = np.where((step > a) & (step < b), step, a / 2 + b / 2)
            new = np.where(rising == 0, x, new)
            if (np.abs(new - x) <= np.spacing(np.abs(x))).all():
                return np.asarray(new)
            x = new
    return x


def _bracketed(
    expression: Expression, x: Floats, lows: Floats, highs: Floats, unit: float
) -> tuple[Floats, Flags]:
    """The smallest distance tried at which f' has proven opposite signs on both sides of each zero."""
    allowed = tolerance(x, unit)
    least = 4 * np.spacing(np.maximum(np.abs(x), unit * 1e-3))
    distances = np.stack([np.minimum(least, allowed), *(part * allowed for part in BRACKET_WIDTHS)])
    left, right = np.maximum(x - distances, lows), np.minimum(x + distances, highs)
    crossed = _slope_signs(expression, left) * _slope_signs(expression, right) < 0
    first = np.where(crossed.any(axis=0), crossed.argmax(axis=0), len(distances) - 1)
    return np.take_along_axis(distances, first[None], axis=0)[0], np.asarray(crossed.any(axis=0))
