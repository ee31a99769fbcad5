"""What Taylor's series proves at a fraction: holes such as that of sin(x)/x at 0, where f rises or falls all the
way to them, and multiple zeros of f' such as that of x - sin x at 0, which no bounds of f' can tell from a
near miss.

If f', ..., f^(m-1) are exactly 0 at c and f^(m) is nowhere 0 on a box around it, then f' has the sign of
f^(m) (x - c)^(m-1) there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from calc.expression import Expression
from calc.expression.intervals import Interval
from calc.expression.tree import Binary, Call, Node, Power, rational, walk
from calc.minima.candidates import Candidate, Examined, point_at
from calc.minima.exact_values import nearest_fraction
from calc.minima.one_sided import OUTSIDE, OneSidedLimit
from calc.minima.polynomials import TooLong, zeros
from calc.minima.rational_functions import NotRationalFunction, Piecewise, rational_function
from calc.minima.search import Class, Piece
from calc.minima.series import Coefficient, Series, taylor_series

# Enough for f, f' and f'' where the third power of x - c cancels, as in (x - sin x)/x^3, and for (1 - cos x)^3.
COEFFICIENTS = 7
MAX_SIMPLE_ORDER = 2
"""Simple zeros of f' (order 2 of f) are proved by the search already."""
ZERO_TOLERANCE = 1e-12
"""Candidates only: Taylor's series then decides exactly."""
HALVINGS = 30
"""Boxes from the interval down to a 1e-9th of it, the width that the search calls fine."""
MAX_POINTS = 8
"""Each takes a few milliseconds."""
COMMON_FRACTIONS = (Fraction(0), Fraction(1), Fraction(-1))
"""Where typed functions have their holes and multiple zeros, if not at a rational zero of a divisor."""


@dataclass(frozen=True, slots=True)
class ProvedPoint:
    """A point whose neighbourhood is settled: the pieces beside it, and what was seen."""

    pieces: tuple[Piece, ...]
    seen: Examined

    @property
    def low(self) -> float:
        return self.pieces[0].low

    @property
    def high(self) -> float:
        return self.pieces[-1].high


def proved_by_taylor(expression: Expression, low: float, high: float) -> list[ProvedPoint]:
    """The holes and the multiple zeros of f' on [low, high] about which everything is proved, in order."""
    gaps = _divided_by_zero(expression, nearest_fraction(low), nearest_fraction(high))
    places = sorted({*gaps, *_multiple_zeros(expression, low, high)})
    found: list[ProvedPoint] = []
    for k, c in enumerate(places):
        # Half way to its neighbours, so that no two of them overlap.
        left = (float(places[k - 1]) + float(c)) / 2 if k else low
        right = (float(c) + float(places[k + 1])) / 2 if k + 1 < len(places) else high
        known = _proved(expression, c, c in gaps, max(left, low), min(right, high), (low, high))
        if known is not None:
            found.append(known)
    return found


def _multiple_zeros(expression: Expression, low: float, high: float) -> list[Fraction]:
    """Of the usual fractions inside the interval those where f' and f'' seem to be 0."""
    usual = [c for c in COMMON_FRACTIONS if low < c < high]
    jet = expression.jet([float(c) for c in usual])
    zero = (np.abs(jet.first) <= ZERO_TOLERANCE) & (np.abs(jet.second) <= ZERO_TOLERANCE)
    return [c for c, is_zero in zip(usual, zero, strict=True) if is_zero]


def _divided_by_zero(expression: Expression, low: Fraction, high: Fraction) -> list[Fraction]:
    """Fractions at which something is, or seems to be, divided by 0."""
    found: set[Fraction] = set()
    usual = [c for c in {*COMMON_FRACTIONS, low, high} if low <= c <= high]
    for divisor in dict.fromkeys(_divisors(expression.root)):
        values = replace(expression, root=divisor)(np.array([float(c) for c in usual]))
        found |= {c for c, value in zip(usual, values, strict=True) if value == 0}
        try:
            places = zeros(rational_function(divisor, low, high).numerator, low, high)
        except (NotRationalFunction, Piecewise, TooLong):
            continue
        found |= {place.exact for place in places if place.exact is not None}
    return sorted(found)[:MAX_POINTS]


def _divisors(root: Node) -> Iterator[Node]:
    for node in walk(root):
        match node:
            case Binary("/", _, below) if rational(below) is None:
                yield below
            case Power(base, exponent) if (rational(exponent) or 0) < 0:
                yield base
            case Call("cot" | "csc", (of,)):
                yield Call("sin", (of,))


def _proved(
    expression: Expression, c: Fraction, hole: bool, left: float, right: float, ends: tuple[float, float]
) -> ProvedPoint | None:
    """The point at c, with as much beside it, within [left, right], as can be settled."""
    at = float(c)
    sizes = (ends[1] - ends[0]) / 2.0 ** np.arange(HALVINGS)
    lows, highs = np.maximum(at - sizes, left), np.minimum(at + sizes, right)
    no = np.zeros(sizes.shape, dtype=bool)
    # The float need not be the fraction: 0.1 lies above 1/10.
    box = Interval(np.nextafter(lows, -np.inf), np.nextafter(highs, np.inf), no, no)
    series = taylor_series(expression.root, expression.variables[0], c, box, COEFFICIENTS, cancels=hole)
    order = next((k for k, each in enumerate(series or ()) if k and each.exact != 0), None)
    value = math.nan if hole else float(expression(at))
    if (
        series is None
        or order is None
        or (not hole and (order <= MAX_SIMPLE_ORDER or not math.isfinite(value)))
    ):
        return None
    bounds = series[order].bounds
    defined = ~np.any([each.bounds.undefined | no for each in series[: order + 1]], axis=0)
    for sign, definite in ((1, bounds.low > 0), (-1, bounds.high < 0)):
        good = np.flatnonzero(defined & definite)
        if good.size:
            signs = -sign if order % 2 == 0 else sign, sign
            first = good[0]
            return _settled(series, signs, at, value, (float(lows[first]), float(highs[first])), ends)
    return None


def _settled(
    series: Series,
    signs: tuple[int, int],
    x: float,
    value: float,
    box: tuple[float, float],
    ends: tuple[float, float],
) -> ProvedPoint:
    """The point x with f' of these signs to its left and right, all over the box; a hole's value is nan."""
    hole = math.isnan(value)
    limit, slope = (_value(c) for c in series[:2])
    left, right = (
        OneSidedLimit(True, limit, slope, sign, 0.0, 0.0) if defined else OUTSIDE
        for sign, defined in zip(signs, (x > box[0], x < box[1]), strict=True)
    )
    place = Candidate(x, x, undefined=hole, end=x in ends)
    point = point_at(place, x, value, left, right)
    assert point is not None
    if hole:
        point = replace(point, name=f"{point.kind}, where the limit is {limit:.6g}")
    pieces = tuple(
        Piece(
            low, high, Class.RISING if sign > 0 else Class.FALLING, -math.inf, math.inf, False, False, False
        )
        for low, high, sign in ((box[0], x, signs[0]), (x, box[1], signs[1]))
        if low < high
    )
    return ProvedPoint(pieces, Examined(place, x, left, right, point, None))


def _value(coefficient: Coefficient) -> float:
    if coefficient.exact is not None:
        return float(coefficient.exact)
    # The last box is the smallest; a constant has the same bounds in all.
    low, high = (np.ravel(end)[-1] for end in (coefficient.bounds.low, coefficient.bounds.high))
    return float(low / 2 + high / 2)
