"""The tree read as a ratio of two polynomials, with exact fractions: the form in which 0/0 can be cancelled.

|u|, sign u, min and max are ratios too between the places where u changes its sign.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from fractions import Fraction

from calc.expression.tree import Node, Number, Operator, fold
from calc.minima.polynomials import (
    Polynomial,
    TooLong,
    add,
    common,
    derivative,
    divided,
    multiply,
    negate,
    power,
    primitive,
    sign,
    value,
    zeros,
)


class NoRatio(Exception):
    """The function is not of this form."""


class Broken(Exception):
    """It is of this form only between these places."""

    def __init__(self, places: list[Fraction]) -> None:
        super().__init__(places)
        self.places = places


@dataclass(frozen=True, slots=True)
class Ratio:
    """above / below; undefined also at the zeros of `divisors`, which may have been cancelled."""

    above: Polynomial
    below: Polynomial = (1,)
    divisors: tuple[Polynomial, ...] = ()

    def reduced(self) -> Ratio:
        """The same without common factors, and with its sign above; raises TooLong."""
        above, below = self.above, self.below
        if not above:
            return replace(self, below=(1,))
        if len(above) > 1 and len(below) > 1:
            shared = common(above, below)
            if len(shared) > 1:
                above, below = _cancelled(above, below, shared)
        return replace(self, above=above, below=below)

    def at(self, x: Fraction) -> Fraction:
        return value(self.above, x) / value(self.below, x)

    def slope(self) -> Polynomial:
        """The derivative without its denominator, the square of `below`; raises TooLong."""
        left = multiply(derivative(self.above), self.below)
        return add(left, negate(multiply(self.above, derivative(self.below))))


def _cancelled(above: Polynomial, below: Polynomial, shared: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Both divided by the shared factor, with the factor right that `divided` leaves open."""
    short = divided(above, shared), divided(below, shared)
    # above / below = (short above / short below) * scale, read from the leading coefficients.
    scale = Fraction(above[-1], below[-1]) / Fraction(short[0][-1], short[1][-1])
    return (
        tuple(c * scale.numerator for c in short[0]),
        tuple(c * scale.denominator for c in short[1]),
    )


class Ratios:
    """The algebra of ratios on the open interval between two fractions."""

    def __init__(self, low: Fraction, high: Fraction) -> None:
        self.low = low
        self.high = high

    def number(self, node: Number) -> Ratio:
        exact = node.exact
        return Ratio((exact.numerator,) if exact else (), (exact.denominator,))

    def constant(self, name: str) -> Ratio:
        raise NoRatio

    def variable(self, name: str) -> Ratio:
        return Ratio((0, 1))

    def negate(self, of: Ratio) -> Ratio:
        return replace(of, above=negate(of.above))

    def binary(self, operator: Operator, left: Ratio, right: Ratio) -> Ratio:
        if operator == "-":
            return self.binary("+", left, self.negate(right))
        if operator == "/":
            return self.binary("*", left, self._inverse(right))
        divisors = left.divisors + right.divisors
        if operator == "*":
            return Ratio(multiply(left.above, right.above), multiply(left.below, right.below), divisors)
        if left.below == right.below:
            return Ratio(add(left.above, right.above), left.below, divisors)
        above = add(multiply(left.above, right.below), multiply(right.above, left.below))
        return Ratio(above, multiply(left.below, right.below), divisors)

    def rational_power(self, base: Ratio, exponent: Fraction) -> Ratio:
        if exponent.denominator != 1:
            raise NoRatio
        if exponent < 0:
            base, exponent = self._inverse(base), -exponent
        return Ratio(power(base.above, int(exponent)), power(base.below, int(exponent)), base.divisors)

    def power(self, base: Ratio, exponent: Ratio) -> Ratio:
        raise NoRatio

    def call(self, name: str, *arguments: Ratio) -> Ratio:
        if name in ("min", "max"):
            result = arguments[0]
            for argument in arguments[1:]:
                lead = self._sign(self.binary("-", result, argument)) * (1 if name == "max" else -1)
                divisors = result.divisors + argument.divisors
                result = replace(result if lead >= 0 else argument, divisors=divisors)
            return result
        if name == "abs":
            (of,) = arguments
            return of if self._sign(of) >= 0 else self.negate(of)
        if name == "sign":
            (of,) = arguments
            one = self._sign(of)
            return Ratio((one,) if one else (), divisors=of.divisors)
        raise NoRatio

    def _inverse(self, of: Ratio) -> Ratio:
        if not of.above:
            raise NoRatio
        return Ratio(of.below, of.above, (*of.divisors, of.above))

    def _sign(self, of: Ratio) -> int:
        """The sign of a ratio that has one on the whole interval; raises Broken where it has several."""
        of = of.reduced()
        if not of.above:
            return 0
        both = primitive(multiply(of.above, of.below))
        places = zeros(both, self.low, self.high)
        if any(place.exact is None for place in places):
            raise NoRatio
        if places:
            raise Broken([place.exact for place in places if place.exact is not None])
        return sign(both, (self.low + self.high) / 2)


def ratio(root: Node, low: Fraction, high: Fraction) -> Ratio:
    """The function between two fractions, reduced; raises NoRatio, Broken or TooLong."""
    return fold(root, Ratios(low, high)).reduced()


def ratios(root: Node, low: Fraction, high: Fraction) -> list[tuple[Fraction, Fraction, Ratio]] | None:
    """The function as one ratio on each of some neighbouring intervals; None if it is of another form."""
    found: list[tuple[Fraction, Fraction, Ratio]] = []
    waiting = [(low, high)]
    try:
        while waiting:
            low, high = waiting.pop()
            try:
                found.append((low, high, ratio(root, low, high)))
            except Broken as broken:
                ends = [low, *broken.places, high]
                waiting += reversed(list(itertools.pairwise(ends)))
    except (NoRatio, TooLong):
        return None
    return found
