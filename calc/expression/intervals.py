"""Intervals that hold every value of a part for certain: their ends are thin balls of Arb, infinite, or open.

An end is a ball of 128 bits, so that an interval holds every number above some number of its lower ball and
below some number of its upper one. Comparisons of balls are true only where they hold for every number of
both, which is what a proof needs.

Source: R. E. Moore, R. B. Kearfott and M. J. Cloud, "Introduction to Interval Analysis", SIAM 2009; F. Johansson,
"Arb: efficient arbitrary-precision midpoint-radius interval arithmetic", IEEE Trans. Comp. 66 (2017).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from flint import arb, ctx, fmpq

Ball: TypeAlias = arb
BITS = 128
"""64 prove a fifth fewer functions, 256 no more. Set once: Arb's precision is that of the whole process."""
ctx.prec = BITS

INFINITE, MINUS_INFINITE, ZERO, ONE = arb.pos_inf(), arb.neg_inf(), arb(0), arb(1)
LARGEST = arb(2) ** 100_000
"""Beyond it a bound is no bound: exponents would grow without end in e^(e^(e^x))."""
FAR = arb(2) ** 40
"""Arguments of sin and exp beyond it get the trivial bounds: reducing 1e300 by pi takes milliseconds."""


class Interval:
    """All the numbers between two ends.

    Attributes:
        low, high: balls; -inf and inf where there is no bound.
        low_open, high_open: no number of the interval reaches that end.
        sign: 1 if all numbers are above 0, -1 if all are below, else 0.
    """

    __slots__ = ("high", "high_open", "low", "low_open", "sign")

    def __init__(
        self, low: Ball, high: Ball, low_open: bool = False, high_open: bool = False, sign: int = 0
    ) -> None:
        if not low.is_finite() or low < -LARGEST:
            low, low_open = MINUS_INFINITE, True
        elif low > LARGEST:
            low, low_open = LARGEST, False
        if not high.is_finite() or high > LARGEST:
            high, high_open = INFINITE, True
        elif high < -LARGEST:
            high, high_open = -LARGEST, False
        self.low, self.high, self.low_open, self.high_open = low, high, low_open, high_open
        if not sign:
            if low > 0 or (low_open and low >= 0):
                sign = 1
            elif high < 0 or (high_open and high <= 0):
                sign = -1
        self.sign = sign

    def __repr__(self) -> str:
        return f"Interval({self.low}, {self.high}, {self.low_open}, {self.high_open}, {self.sign})"

    @property
    def is_zero(self) -> bool:
        """Whether 0 is the only number in it."""
        return bool(self.low == 0 and self.high == 0) and not self.sign

    @property
    def is_bounded(self) -> bool:
        return bool(self.low.is_finite() and self.high.is_finite())

    @property
    def is_point(self) -> bool:
        """Whether it holds exactly one number."""
        return bool(self.low == self.high)

    @property
    def ball(self) -> Ball:
        """One ball around all of it."""
        return self.low.union(self.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open, -self.sign)

    def __add__(self, b: Interval) -> Interval:
        a = self
        if a.is_zero:
            return b
        if b.is_zero:
            return a
        sign = a.sign if a.sign == b.sign else 0
        return Interval(
            a.low + b.low, a.high + b.high, a.low_open or b.low_open, a.high_open or b.high_open, sign
        )

    def __sub__(self, b: Interval) -> Interval:
        return self + -b

    def __mul__(self, b: Interval) -> Interval:
        a = self
        if (not a.sign and a.is_zero) or (not b.sign and b.is_zero):
            return ONLY_ZERO
        if not (a.low >= 0 or a.high <= 0):
            a, b = b, a
        # Which end of a matters depends on the side of 0 on which that of b lies.
        if a.low >= 0:
            low = _product(a.low if b.low >= 0 else a.high, b.low)
            high = _product(a.low if b.high <= 0 else a.high, b.high)
        elif a.high <= 0:
            low = _product(a.high if b.high <= 0 else a.low, b.high)
            high = _product(a.high if b.low >= 0 else a.low, b.low)
        else:
            low = _product(a.low, b.high).min(_product(a.high, b.low))
            high = _product(a.low, b.low).max(_product(a.high, b.high))
        sign = a.sign * b.sign
        return Interval(low, high, sign > 0 and low == 0, sign < 0 and high == 0, sign)

    def __rmul__(self, factor: Ball) -> Interval:
        return point(factor) * self


def _product(a: Ball, b: Ball) -> Ball:
    """The product of two ends; 0 times an infinite one is 0, since no number is infinite."""
    return ZERO if a == 0 or b == 0 else a * b


def point(a: Ball) -> Interval:
    """The number within a ball."""
    return Interval(a, a)


def number(a: Fraction) -> Ball:
    """A ball around a fraction, exact where it is dyadic."""
    return arb(fmpq(a.numerator, a.denominator))


ONLY_ZERO, ONLY_ONE, LINE = point(ZERO), point(ONE), Interval(MINUS_INFINITE, INFINITE)


def square(a: Interval) -> Interval:
    return power(a, Fraction(2))


def invert(a: Interval) -> Interval:
    """1/a for the numbers of a that are not 0."""
    if a.sign < 0 or (not a.sign and a.high <= 0 and a.low < 0):
        return -invert(-a)
    if a.sign > 0 or (a.low >= 0 and a.high > 0):
        far = not a.high.is_finite()
        return Interval(
            ZERO if far else ONE / a.high,
            ONE / a.low if a.low > 0 else INFINITE,
            far or a.high_open,
            a.low_open,
            1,
        )
    return LINE


def hull(a: Interval, b: Interval) -> Interval:
    """The least interval that holds both."""
    sign = a.sign if a.sign == b.sign else 0
    return Interval(
        a.low.min(b.low), a.high.max(b.high), a.low_open and b.low_open, a.high_open and b.high_open, sign
    )


def clip(a: Interval, low: Ball | int | None, high: Ball | int | None) -> Interval:
    """The numbers of a between two bounds that belong to it."""
    return Interval(
        a.low if low is None else a.low.max(low),
        a.high if high is None else a.high.min(high),
        a.low_open and (low is None or bool(a.low >= low)),
        a.high_open and (high is None or bool(a.high <= high)),
        a.sign,
    )


def increasing(
    function: Callable[[Ball], Ball], a: Interval, below: Ball, above: Ball, sign: int = 0
) -> Interval:
    """A strictly increasing function of a, with bounds of all its values.

    The function may give what is not finite for a ball that lies over the edge of its domain: the bound is then
    that at the outer rim of the ball, or the last one, `below` or `above`.
    """
    low, high = below, above
    if a.low.is_finite():
        low = function(a.low)
        if not low.is_finite():
            low = function(a.low.lower())
    if a.high.is_finite():
        high = function(a.high)
        if not high.is_finite():
            high = function(a.high.upper())
    low = low if low.is_finite() else below
    high = high if high.is_finite() else above
    return Interval(low, high, a.low_open, a.high_open, sign)


def absolute(a: Interval) -> Interval:
    if a.low >= 0:
        return a
    if a.high <= 0:
        return -a
    return Interval(ZERO, a.high.max(-a.low), False, False, abs(a.sign))


def root(a: Interval, degree: int) -> Interval:
    """The real root; for an even degree of the numbers from 0 on."""

    def of(x: Ball) -> Ball:
        return -(-x).root(degree) if x < 0 and degree % 2 else ZERO if x == 0 else x.root(degree)

    below = MINUS_INFINITE if degree % 2 else ZERO
    return a if degree == 1 else increasing(of, a, below, INFINITE, a.sign)


def power(a: Interval, exponent: Fraction) -> Interval:
    """a^(p/q), for even q of a >= 0, for a negative exponent of the numbers that are not 0."""
    p, q = exponent.numerator, exponent.denominator
    if p == 0:
        return ONLY_ONE
    if p < 0:
        return invert(power(a, -exponent))
    a = root(a, q)
    if p == 1:
        return a
    if p % 2 == 0:
        a = absolute(a)
    return increasing(lambda x: x**p, a, MINUS_INFINITE, INFINITE, a.sign**p)


def exp(a: Interval) -> Interval:
    low = LARGEST if a.low >= FAR else a.low.exp() if a.low > -FAR else ZERO
    high = a.high.max(-FAR).exp() if a.high < FAR else INFINITE
    return Interval(low, high, a.low_open or not a.low > -FAR, a.high_open, 1)


def ln(a: Interval) -> Interval:
    """ln of the numbers above 0."""
    return increasing(arb.log, a, MINUS_INFINITE, INFINITE)


def _wave(a: Interval, function: Callable[[Ball], Ball]) -> Interval:
    if not a.is_bounded or not a.high - a.low <= 7 or not abs(a.low) < FAR:
        return Interval(-ONE, ONE)
    ball = function(a.ball)
    return Interval(ball.lower().max(-ONE), ball.upper().min(ONE))


def sin(a: Interval) -> Interval:
    return _wave(a, arb.sin)


def cos(a: Interval) -> Interval:
    return _wave(a, arb.cos)


def tan(a: Interval) -> Interval:
    """Increasing where cos has no zero."""
    if not cos(a).sign or not a.is_bounded:
        return LINE
    return increasing(arb.tan, a, MINUS_INFINITE, INFINITE)


def sinh(a: Interval) -> Interval:
    return increasing(_within_reach(arb.sinh), a, MINUS_INFINITE, INFINITE, a.sign)


def cosh(a: Interval) -> Interval:
    return increasing(_within_reach(arb.cosh), absolute(a), ONE, INFINITE, 1)


def _within_reach(function: Callable[[Ball], Ball]) -> Callable[[Ball], Ball]:
    return lambda x: function(x) if abs(x) < FAR else INFINITE


def tanh(a: Interval) -> Interval:
    return increasing(arb.tanh, a, -ONE, ONE, a.sign)


def atan(a: Interval) -> Interval:
    return increasing(arb.atan, a, -arb.pi() / 2, arb.pi() / 2, a.sign)


def asinh(a: Interval) -> Interval:
    return increasing(arb.asinh, a, MINUS_INFINITE, INFINITE, a.sign)


def asin(a: Interval) -> Interval:
    """asin of the numbers of [-1, 1]."""
    return increasing(arb.asin, a, -arb.pi() / 2, arb.pi() / 2, a.sign)


def acos(a: Interval) -> Interval:
    """acos of the numbers of [-1, 1]."""
    return clip(point(arb.pi() / 2) - asin(a), ZERO, None)


def acosh(a: Interval) -> Interval:
    """acosh of the numbers from 1 on."""
    return increasing(arb.acosh, a, ZERO, INFINITE)


def atanh(a: Interval) -> Interval:
    """atanh of the numbers between -1 and 1."""
    return increasing(arb.atanh, a, MINUS_INFINITE, INFINITE, a.sign)
