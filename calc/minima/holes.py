"""Holes such as that of sin(x)/x at 0: a proof that f rises or falls all the way to them, on both sides."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from calc.expression import Expression
from calc.expression.intervals import Interval
from calc.expression.tree import Binary, Call, Node, Power, rational, walk
from calc.minima.places import Place, Seen, point_at
from calc.minima.polynomials import TooLong, zeros
from calc.minima.rationals import meant
from calc.minima.ratios import Broken, NoRatio, ratio
from calc.minima.search import Class, Piece
from calc.minima.series import Coefficient, Series, expanded
from calc.minima.sides import OUTSIDE, Side

# Enough for f, f' and f'' where the third power of x - c cancels, as in (x - sin x)/x^3.
COEFFICIENTS = 6
HALVINGS = 30
MOST = 8
USUAL = (Fraction(0), Fraction(1), Fraction(-1))


@dataclass(frozen=True, slots=True)
class Hole:
    """A point without a value, whose neighbourhood is settled: the pieces beside it, and what was seen."""

    pieces: tuple[Piece, ...]
    seen: Seen

    @property
    def low(self) -> float:
        return self.pieces[0].low

    @property
    def high(self) -> float:
        return self.pieces[-1].high


def holes(expression: Expression, low: float, high: float) -> list[Hole]:
    """The holes of [low, high] about which everything is proved, in order."""
    places = _candidates(expression, meant(low), meant(high))
    found: list[Hole] = []
    for k, c in enumerate(places):
        # Half way to its neighbours, so that no two of them overlap.
        left = (float(places[k - 1]) + float(c)) / 2 if k else low
        right = (float(c) + float(places[k + 1])) / 2 if k + 1 < len(places) else high
        hole = _hole(expression, c, max(left, low), min(right, high), (low, high))
        if hole is not None:
            found.append(hole)
    return found


def _candidates(expression: Expression, low: Fraction, high: Fraction) -> list[Fraction]:
    """Fractions at which something is, or seems to be, divided by 0."""
    found: set[Fraction] = set()
    usual = [c for c in {*USUAL, low, high} if low <= c <= high]
    for divisor in dict.fromkeys(_divisors(expression.root)):
        values = replace(expression, root=divisor)(np.array([float(c) for c in usual]))
        found |= {c for c, value in zip(usual, values, strict=True) if value == 0}
        try:
            places = zeros(ratio(divisor, low, high).above, low, high)
        except (NoRatio, Broken, TooLong):
            continue
        found |= {place.exact for place in places if place.exact is not None}
    return sorted(found)[:MOST]


def _divisors(root: Node) -> Iterator[Node]:
    for node in walk(root):
        match node:
            case Binary("/", _, below) if rational(below) is None:
                yield below
            case Power(base, exponent) if (rational(exponent) or 0) < 0:
                yield base
            case Call("cot" | "csc", (of,)):
                yield Call("sin", (of,))


def _hole(
    expression: Expression, c: Fraction, left: float, right: float, ends: tuple[float, float]
) -> Hole | None:
    """The hole at c, with as much beside it, within [left, right], as can be settled."""
    at = float(c)
    sizes = (ends[1] - ends[0]) / 2.0 ** np.arange(HALVINGS)
    lows, highs = np.maximum(at - sizes, left), np.minimum(at + sizes, right)
    no = np.zeros(sizes.shape, dtype=bool)
    # The float need not be the fraction: 0.1 lies above 1/10.
    box = Interval(np.nextafter(lows, -np.inf), np.nextafter(highs, np.inf), no, no)
    series = expanded(expression.root, expression.variables[0], c, box, COEFFICIENTS)
    if series is None or len(series) < 3:
        return None
    for way in _ways(series):
        good = np.flatnonzero(way.proved)
        if good.size:
            first = good[0]
            return _settled(series, way, at, (float(lows[first]), float(highs[first])), ends)
    return None


@dataclass(frozen=True, slots=True)
class Way:
    """The signs of f' to the left and the right of a hole, and on which of the boxes they are proved."""

    left: int
    right: int
    proved: np.ndarray


def _ways(series: Series) -> list[Way]:
    first, second = series[1], series[2]
    defined = ~(series[0].bounds.undefined | first.bounds.undefined | second.bounds.undefined)
    ways = [Way(1, 1, defined & (first.bounds.low > 0)), Way(-1, -1, defined & (first.bounds.high < 0))]
    if first.exact == 0:
        ways += [
            Way(-1, 1, defined & (second.bounds.low > 0)),
            Way(1, -1, defined & (second.bounds.high < 0)),
        ]
    return ways


def _settled(series: Series, way: Way, x: float, box: tuple[float, float], ends: tuple[float, float]) -> Hole:
    limit, slope = (_value(c) for c in series[:2])
    left, right = (
        Side(True, limit, slope, sign, 0.0, 0.0) if defined else OUTSIDE
        for sign, defined in ((way.left, x > box[0]), (way.right, x < box[1]))
    )
    place = Place(x, x, undefined=True, end=x in ends)
    point = point_at(place, x, math.nan, left, right)
    assert point is not None
    point = replace(point, name=f"{point.kind}, where the limit is {limit:.6g}")
    pieces = tuple(
        Piece(
            low, high, Class.RISING if sign > 0 else Class.FALLING, -math.inf, math.inf, False, False, False
        )
        for low, high, sign in ((box[0], x, way.left), (x, box[1], way.right))
        if low < high
    )
    return Hole(pieces, Seen(place, x, left, right, point, None))


def _value(coefficient: Coefficient) -> float:
    if coefficient.exact is not None:
        return float(coefficient.exact)
    # The last box is the smallest.
    return float(coefficient.bounds.low[-1] / 2 + coefficient.bounds.high[-1] / 2)
