"""Balls, intervals and random members of them as exact numbers, without the arithmetic of the product.

Only the ends of balls are read from Arb; all that is reckoned here is reckoned by `fractions` or mpmath.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
from flint import arb
from hypothesis import strategies as st

from calc.expression.intervals import Interval

INF = mpmath.inf
NICE = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, 0.1, -0.1, 10.0, -7.0)
WILD = (1e300, -1e300, 1e-300, -1e-300, 5e-324, 1e50, -1e50, 2.0**40, 2.0**41, -(2.0**41))
floats = st.one_of(st.sampled_from(NICE), st.sampled_from(WILD), st.floats(-20, 20), st.floats(-1e6, 1e6))
SHARES = st.sampled_from((0, 1, Fraction(1, 2), Fraction(1, 10**30), 1 - Fraction(1, 10**30), Fraction(2, 7)))


def exact(end: Any) -> mpmath.mpf:
    """A ball without radius as a number of mpmath, of any length."""
    if not end.is_finite():
        return INF if end > 0 else -INF
    mantissa, exponent = end.man_exp()
    with mpmath.workprec(max(53, int(mantissa).bit_length() + 8)):
        return mpmath.ldexp(mpmath.mpf(int(mantissa)), int(exponent))


def rim(ball: Any) -> tuple[mpmath.mpf, mpmath.mpf]:
    """The least and the greatest number of a ball."""
    if not ball.is_finite():
        return (exact(ball), exact(ball)) if not ball.is_nan() and ball.is_exact() else (-INF, INF)
    return exact(ball.lower()), exact(ball.upper())


def holds(found: Interval, value: Any, slack: Any = 0) -> bool:
    """Whether the interval holds a number, as a set: its ends, open or not, and its sign."""
    value = mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value
    low, high = rim(found.low)[0], rim(found.high)[1]
    if value < low - slack or value > high + slack:
        return False
    # With a radius the end is any number of its ball.
    if found.low_open and found.low.is_exact() and value <= low - slack:
        return False
    if found.high_open and found.high.is_exact() and value >= high + slack:
        return False
    return found.sign == 0 or (value + slack > 0 if found.sign > 0 else value - slack < 0)


def in_ball(ball: Any, value: Any, slack: Any = 0) -> bool:
    low, high = rim(ball)
    return bool(low - slack <= value <= high + slack)


@st.composite
def members(draw: st.DrawFn, ends: st.SearchStrategy[float] = floats) -> tuple[Interval, mpmath.mpf]:
    """An interval, some of whose ends may be open, infinite or fuzzy, and a number of it.

    The number is one that no wider reading of its ends would need: at an end that is not open, a hair beside one.
    """
    low, high = sorted((draw(ends), draw(ends)))
    share = draw(SHARES)
    low_open, high_open = draw(st.booleans()), draw(st.booleans())
    if low == high or share in (0, 1):
        low_open, high_open = (
            low_open and share != 0 and low != high,
            high_open and share != 1 and low != high,
        )
    with mpmath.workprec(4000):
        a, b = mpmath.mpf(low), mpmath.mpf(high)
        x = a + (b - a) * mpmath.mpf(Fraction(share).numerator) / Fraction(share).denominator
        if (low_open and x <= a) or (high_open and x >= b):
            low_open = high_open = False
    radius = draw(st.sampled_from((0, 0, 0, 2.0**-100, 2.0**-30)))
    begins, ends_ = arb(low, radius * max(1.0, abs(low))), arb(high, radius * max(1.0, abs(high)))
    far = draw(st.sampled_from(("", "", "", "", "low", "high", "both")))
    if far in ("low", "both"):
        begins = arb.neg_inf()
    if far in ("high", "both"):
        ends_ = arb.pos_inf()
    sign = draw(st.booleans()) and (x > 0) - (x < 0)
    sign = sign if (sign > 0 and low >= 0) or (sign < 0 and high <= 0) else 0
    if far or radius:
        sign = 0
    return Interval(begins, ends_, low_open, high_open, sign), x
