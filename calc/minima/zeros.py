"""A zero of a function that rises or falls on an interval, by interval Newton steps.

Source: R. E. Moore, R. B. Kearfott and M. J. Cloud, "Introduction to Interval Analysis", SIAM 2009, section 8.1.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, fmpq

from calc.expression.intervals import Ball

MAX_STEPS = 200
"""Each at least halves the interval: from 1e15 to 1e-40 takes 180 halvings."""
SHARP_BITS = 90
"""What the 128 bits of Arb leave after a few rounding errors."""
DOUBLE_BITS = 60
"""Enough for a position as a float64, which holds 53."""

Bounds = Callable[[fmpq, fmpq], tuple[Ball, Ball]]
"""Balls around the function and around its slope over [low, high]; not finite where there are no bounds."""


def newton(
    bounds: Bounds, low: fmpq, high: fmpq, unit: float, rises: int, bits: int = SHARP_BITS
) -> tuple[fmpq, fmpq]:
    """The only zero in [low, high], within ends as near as the rounding errors allow.

    Args:
        bounds: of the function, whose slope has one sign on [low, high].
        low, high: where it has opposite signs, or 0.
        unit: the length to which the zero is wanted to so many `bits`, unless it is larger itself.
        rises: 1 if the function rises, -1 if it falls.
    """
    for _ in range(MAX_STEPS):
        if float(arb(high - low)) <= 2.0**-bits * max(unit, abs(float(arb(low)))):
            break
        middle = _short((low + high) / 2, high - low)
        value, _ = bounds(middle, middle)
        if value == 0:
            return middle, middle
        below, above = low, high
        _, slope = bounds(low, high)
        step = value / slope
        if step.is_finite():
            root = middle - step
            below, above = max(low, root.lower().fmpq()), min(high, root.upper().fmpq())
        if above < below or (above - below) * 2 > high - low:
            if not (value > 0 or value < 0):
                break
            below, above = (low, middle) if bool(value > 0) == (rises > 0) else (middle, high)
        low, high = below, above
    return low, high


def _short(x: fmpq, width: fmpq) -> fmpq:
    """A binary number near x, well inside an interval of that width."""
    bits = 16 - (width.p.bit_length() - width.q.bit_length())
    return fmpq((x * 2**bits).floor(), 2**bits) if bits > 0 else x
