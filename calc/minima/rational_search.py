"""Functions that are ratios of polynomials, also piece by piece: everything about them is decided exactly.

Interval arithmetic cannot decide whether f' touches 0 where rounding errors are all that is left of it, nor
see through 0/0. Sturm's theorem over whole numbers can.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from fractions import Fraction

from calc.expression import Expression
from calc.expression.tree import Node
from calc.minima import polynomials
from calc.minima.candidates import Candidate, Examined, point_at
from calc.minima.exact_values import NotRational, Undefined, nearest_fraction, value_at
from calc.minima.one_sided import OUTSIDE, OneSidedLimit
from calc.minima.polynomials import TooLong, Zero, multiply, sign
from calc.minima.rational_functions import RationalFunction, rational_pieces
from calc.minima.search import Class, Piece

CLASSES = {1: Class.RISING, -1: Class.FALLING, 0: Class.FLAT}


@dataclass(frozen=True, slots=True)
class RationalPiece:
    """An open interval on which the function is one ratio, and all places in it where something happens."""

    low: Fraction
    high: Fraction
    ratio: RationalFunction
    slope: polynomials.Polynomial
    divisors: polynomials.Polynomial
    zeros: list[Zero]

    def between(self, k: int) -> Fraction:
        """A point between the k-th zero and the one before it, or the end."""
        before = self.zeros[k - 1].high if k else self.low
        after = self.zeros[k].low if k < len(self.zeros) else self.high
        return (before + after) / 2

    def side(self, at: Fraction, beside: Fraction, pole: bool) -> OneSidedLimit:
        """The limits of value and slope towards `at`, where f' has one sign from the point `beside` on."""
        below = self.ratio.denominator
        way = sign(self.slope, beside)
        if pole:
            # Rising towards a pole on its right, or falling away from one on its left, f grows without bound.
            end = math.copysign(math.inf, way if beside < at else -way)
            return OneSidedLimit(True, end, math.copysign(math.inf, way), way, 0.0, 0.0)
        slope = polynomials.value(self.slope, at) / polynomials.value(below, at) ** 2
        return OneSidedLimit(True, _float(self.ratio.at(at)), _float(slope), way, 0.0, 0.0)


def find_rational(
    expression: Expression, low: float, high: float
) -> tuple[list[Piece], list[Examined]] | None:
    """The pieces of [low, high] and what happens between them; None for a function of another form."""
    ends = nearest_fraction(low), nearest_fraction(high)
    if not ends[0] < ends[1]:
        return None
    parts = rational_pieces(expression.root, *ends)
    if parts is None:
        return None
    try:
        stretches = [_rational_piece(*part) for part in parts]
        seen = [_junction(expression.root, None, stretches[0], low, high)]
        for k, stretch in enumerate(stretches):
            seen += [_inside(stretch, i) for i in range(len(stretch.zeros))]
            after = stretches[k + 1] if k + 1 < len(stretches) else None
            seen.append(_junction(expression.root, stretch, after, low, high))
    except (TooLong, NotRational):
        return None
    return _pieces(seen), seen


def _rational_piece(low: Fraction, high: Fraction, ratio: RationalFunction) -> RationalPiece:
    slope, divisors = ratio.slope(), polynomials.ONE
    for divisor in dict.fromkeys(ratio.divisors):
        divisors = multiply(divisors, divisor)
    both = multiply(slope, divisors) if slope else divisors
    zeros = polynomials.zeros(polynomials.primitive(both), low, high)
    return RationalPiece(low, high, ratio, slope, divisors, zeros)


def _inside(stretch: RationalPiece, k: int) -> Examined:
    """What happens at the k-th zero: a stationary point, a pole or a hole."""
    zero = stretch.zeros[k]
    pole, undefined = _vanishes(stretch.ratio.denominator, zero), _vanishes(stretch.divisors, zero)
    at = Fraction(zero.x) if zero.exact is None else zero.exact
    left, right = (stretch.side(at, stretch.between(j), pole) for j in (k, k + 1))
    low, high = zero.x, zero.x
    if zero.exact is None:
        low, high = _outward(zero.low, -1), _outward(zero.high, 1)
    place = Candidate(low, high, undefined=undefined, bounded=not pole)
    return _seen(place, zero.x, math.nan if undefined else left.value, left, right)


def _vanishes(polynomial: polynomials.Polynomial, zero: Zero) -> bool:
    if zero.exact is not None:
        return sign(polynomial, zero.exact) == 0
    return bool(polynomials.zeros(polynomial, zero.low, zero.high))


def _junction(
    root: Node, before: RationalPiece | None, after: RationalPiece | None, low: float, high: float
) -> Examined:
    """What happens where two stretches meet, or at an end; raises NotRational."""
    some = after or before
    assert some is not None
    at = after.low if after else some.high
    x = low if before is None else high if after is None else float(at)
    left, right = (
        part.side(at, part.between(k), sign(part.ratio.denominator, at) == 0) if part else OUTSIDE
        for part, k in ((before, len(before.zeros) if before else 0), (after, 0))
    )
    try:
        value, undefined = _float(value_at(root, at)), False
    except Undefined:
        value, undefined = math.nan, True
    limits = [side.value for side in (left, right) if side.defined]
    place = Candidate(
        x,
        x,
        undefined=undefined,
        jump=not undefined and any(limit != value for limit in limits),
        corner=left.slope != right.slope,
        bounded=not any(math.isinf(limit) for limit in limits),
        end=before is None or after is None,
    )
    seen = _seen(place, x, value, left, right)
    goes_on = not (place.end or place.undefined or place.jump or place.corner) and right.slope != 0
    return replace(seen, point=None) if goes_on else seen


def _seen(place: Candidate, x: float, value: float, left: OneSidedLimit, right: OneSidedLimit) -> Examined:
    point = point_at(place, x, value, left, right)
    if point is not None and point.kind == "hole" and left.value == right.value:
        point = replace(point, name=f"hole, where the limit is {left.value:.6g}")
    return Examined(place, x, left, right, point, None)


def _pieces(seen: list[Examined]) -> list[Piece]:
    """The pieces between the places: by the slope beside them f rises, falls or is flat throughout."""
    return [
        Piece(
            low=before.candidate.high,
            high=after.candidate.low,
            what=CLASSES[before.right.sign],
            bottom=-math.inf,
            top=math.inf,
            undefined=False,
            jump=False,
            corner=False,
        )
        for before, after in itertools.pairwise(seen)
    ]


def _outward(bound: Fraction, way: int) -> float:
    near = float(bound)
    return near if Fraction(near) == bound else math.nextafter(near, way * math.inf)


def _float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
