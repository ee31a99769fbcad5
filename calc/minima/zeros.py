"""A zero of a function that rises or falls on an interval, by interval Newton steps.

Source: R. E. Moore, R. B. Kearfott and M. J. Cloud, "Introduction to Interval Analysis", SIAM 2009, section 8.1.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, fmpq

from calc.expression.intervals import Interval, add, invert, multiply, negate, point

MAX_STEPS = 200
"""Each at least halves the interval: from 1e15 to 1e-40 takes 180 halvings."""
SHARP_BITS = 90
"""What the 128 bits of Arb leave after a few rounding errors; a float64 holds 53."""

Bounds = Callable[[fmpq, fmpq], tuple[Interval, Interval]]
"""Of the function and of its slope over [low, high]."""


def newton(bounds: Bounds, low: fmpq, high: fmpq, unit: float, rises: int) -> tuple[fmpq, fmpq]:
    """The only zero in [low, high], within ends as near as the rounding errors allow.

    Args:
        bounds: of the function, whose slope has one sign on [low, high].
        low, high: where it has opposite signs, or 0.
        unit: the length to which the zero is wanted to 90 bits, unless it is larger itself.
        rises: 1 if the function rises, -1 if it falls.
    """
    for _ in range(MAX_STEPS):
        if float(arb(high - low)) <= 2.0**-SHARP_BITS * max(unit, abs(float(arb(low)))):
            break
        middle = (low + high) / 2
        value, _ = bounds(middle, middle)
        if value.is_zero:
            return middle, middle
        _, slope = bounds(low, high)
        step = add(point(arb(middle)), negate(multiply(value, invert(slope))))
        below = max(low, step.low.lower().fmpq()) if step.low.is_finite() else low
        above = min(high, step.high.upper().fmpq()) if step.high.is_finite() else high
        if above < below or (above - below) * 2 > high - low:
            side = value.sign * rises
            if not side:
                break
            below, above = (low, middle) if side > 0 else (middle, high)
        low, high = below, above
    return low, high
