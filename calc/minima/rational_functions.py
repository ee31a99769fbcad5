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
    derivative,
    divide,
    gcd,
    multiply,
    negate,
    power,
    primitive,
    sign,
    value,
    zeros,
)


class NotRationalFunction(Exception):
    """The function is not of this form."""


class Piecewise(Exception):
    """It is of this form only between these places."""

    def __init__(self, places: list[Fraction]) -> None:
        super().__init__(places)
        self.places = places


@dataclass(frozen=True, slots=True)
class RationalFunction:
    """above / below; undefined also at the zeros of `divisors`, which may have been cancelled."""

    numerator: Polynomial
    denominator: Polynomial = (1,)
    divisors: tuple[Polynomial, ...] = ()

    def reduced(self) -> RationalFunction:
        """The same without common factors, and with its sign above; raises TooLong."""
        numerator, denominator = self.numerator, self.denominator
        if not numerator:
            return replace(self, denominator=(1,))
        if len(numerator) > 1 and len(denominator) > 1:
            shared = gcd(numerator, denominator)
            if len(shared) > 1:
                numerator, denominator = _cancelled(numerator, denominator, shared)
        return replace(self, numerator=numerator, denominator=denominator)

    def at(self, x: Fraction) -> Fraction:
        return value(self.numerator, x) / value(self.denominator, x)

    def slope(self) -> Polynomial:
        """The derivative without its denominator, the square of `denominator`; raises TooLong."""
        left = multiply(derivative(self.numerator), self.denominator)
        return add(left, negate(multiply(self.numerator, derivative(self.denominator))))


def _cancelled(
    numerator: Polynomial, denominator: Polynomial, shared: Polynomial
) -> tuple[Polynomial, Polynomial]:
    """Both divided by the shared factor, with the factor right that `quotient` leaves open."""
    short = divide(numerator, shared), divide(denominator, shared)
    # above / below = (short above / short below) * scale, read from the leading coefficients.
    scale = Fraction(numerator[-1], denominator[-1]) / Fraction(short[0][-1], short[1][-1])
    return (
        tuple(c * scale.numerator for c in short[0]),
        tuple(c * scale.denominator for c in short[1]),
    )


class RationalFunctions:
    """The algebra of ratios on the open interval between two fractions."""

    def __init__(self, low: Fraction, high: Fraction) -> None:
        self.low = low
        self.high = high

    def number(self, node: Number) -> RationalFunction:
        exact = node.exact
        return RationalFunction((exact.numerator,) if exact else (), (exact.denominator,))

    def constant(self, name: str) -> RationalFunction:
        raise NotRationalFunction

    def variable(self, name: str) -> RationalFunction:
        return RationalFunction((0, 1))

    def negate(self, of: RationalFunction) -> RationalFunction:
        return replace(of, numerator=negate(of.numerator))

    def binary(self, operator: Operator, left: RationalFunction, right: RationalFunction) -> RationalFunction:
        if operator == "-":
            return self.binary("+", left, self.negate(right))
        if operator == "/":
            return self.binary("*", left, self._inverse(right))
        divisors = left.divisors + right.divisors
        if operator == "*":
            return RationalFunction(
                multiply(left.numerator, right.numerator),
                multiply(left.denominator, right.denominator),
                divisors,
            )
        if left.denominator == right.denominator:
            return RationalFunction(add(left.numerator, right.numerator), left.denominator, divisors)
        numerator = add(
            multiply(left.numerator, right.denominator), multiply(right.numerator, left.denominator)
        )
        return RationalFunction(numerator, multiply(left.denominator, right.denominator), divisors)

    def rational_power(self, base: RationalFunction, exponent: Fraction) -> RationalFunction:
        if exponent.denominator != 1:
            raise NotRationalFunction
        if exponent < 0:
            base, exponent = self._inverse(base), -exponent
        k = int(exponent)
        return RationalFunction(power(base.numerator, k), power(base.denominator, k), base.divisors)

    def power(self, base: RationalFunction, exponent: RationalFunction) -> RationalFunction:
        raise NotRationalFunction

    def call(self, name: str, *arguments: RationalFunction) -> RationalFunction:
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
            return RationalFunction((one,) if one else (), divisors=of.divisors)
        raise NotRationalFunction

    def _inverse(self, of: RationalFunction) -> RationalFunction:
        if not of.numerator:
            raise NotRationalFunction
        return RationalFunction(of.denominator, of.numerator, (*of.divisors, of.numerator))

    def _sign(self, of: RationalFunction) -> int:
        """The sign of a ratio that has one on the whole interval; raises Broken where it has several."""
        of = of.reduced()
        if not of.numerator:
            return 0
        both = primitive(multiply(of.numerator, of.denominator))
        places = zeros(both, self.low, self.high)
        if any(place.exact is None for place in places):
            raise NotRationalFunction
        if places:
            raise Piecewise([place.exact for place in places if place.exact is not None])
        return sign(both, (self.low + self.high) / 2)


def rational_function(root: Node, low: Fraction, high: Fraction) -> RationalFunction:
    """The function between two fractions, reduced; raises NoRatio, Broken or TooLong."""
    return fold(root, RationalFunctions(low, high)).reduced()


def rational_pieces(
    root: Node, low: Fraction, high: Fraction
) -> list[tuple[Fraction, Fraction, RationalFunction]] | None:
    """The function as one ratio on each of some neighbouring intervals; None if it is of another form."""
    found: list[tuple[Fraction, Fraction, RationalFunction]] = []
    waiting = [(low, high)]
    try:
        while waiting:
            low, high = waiting.pop()
            try:
                found.append((low, high, rational_function(root, low, high)))
            except Piecewise as broken:
                ends = [low, *broken.places, high]
                waiting += reversed(list(itertools.pairwise(ends)))
    except (NotRationalFunction, TooLong):
        return None
    return found
