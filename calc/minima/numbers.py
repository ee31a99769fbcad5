"""How exactly a position is wanted, and which number of an interval a person would write."""

from __future__ import annotations

import math
from fractions import Fraction

from flint import arb, fmpq

from calc.expansions import Number, ball
from calc.numbers import written

PRECISION = 1e-10
"""Ten digits: more than any reader asks for, and four above the rounding errors of a float64."""
WRITTEN_DENOMINATOR = 1000
"""Fractions that a person would write; a larger denominator would fit almost any float."""


def tolerance(x: float, unit: float) -> float:
    """The error allowed in a position x: 1e-10 of its size, or of the unit of length near 0."""
    return PRECISION * max(abs(x), unit)


def unit_of(low: float, high: float) -> float:
    """The unit of length of an interval: 1, or its length if that is less."""
    return min(1.0, high - low)


def meant(x: float) -> fmpq:
    """The fraction that a float stands for: 1/3 and 1/10 rather than the binary numbers next to them."""
    for value in (Fraction(x).limit_denominator(WRITTEN_DENOMINATOR), Fraction(repr(x))):
        if float(value) == x:
            return fmpq(value.numerator, value.denominator)
    value = Fraction(x)
    return fmpq(value.numerator, value.denominator)


def simplest(low: fmpq, high: fmpq) -> fmpq:
    """The fraction of [low, high] with the least denominator.

    >>> simplest(fmpq(3, 10), fmpq(9, 20))
    1/3
    """
    if low <= 0 <= high:
        return fmpq(0)
    if high < 0:
        return -simplest(-high, -low)
    above = fmpq(low.ceil())
    if above <= high:
        return above
    floor = low.floor()
    return floor + 1 / simplest(1 / (high - floor), 1 / (low - floor))


def nearest_float(a: Number) -> float:
    """The middle as a float64: infinite beyond 1.8e308, nan for what is no number."""
    a = ball(a)
    if a.is_finite():
        return float(a.mid())
    return math.inf if a > 0 else -math.inf if a < 0 else math.nan


def distance(a: Number, x: float) -> float:
    """An upper bound of how far the number may be from a float."""
    return float(abs(ball(a) - arb(x)).upper())


def whereabouts(low: float, high: float) -> str:
    """A stretch in words: near one x where its ends are as good as one.

    >>> whereabouts(-0.5, -0.5 + 1e-12), whereabouts(0, 2)
    ('near x = −0.5', 'between x = 0 and 2')
    """
    first, last = written(low, 6), written(high, 6)
    return f"near x = {first}" if high - low < 10 * tolerance(low, 1.0) else f"between x = {first} and {last}"
