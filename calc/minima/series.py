"""The tree read on Taylor series at a point c, exactly there and as bounds around it: for 0/0 that has a limit.

Over a box that holds c, the k-th coefficient bounds f^(k)(x)/k! for every x of the box. If the first m
coefficients of both are exactly 0 at c, then u/v = (u/(x-c)^m) / (v/(x-c)^m), and the coefficients of
u/(x-c)^m are bounded by those of u from the m-th on: Taylor's formula with the remainder as an integral.

Source: W. Tucker, "Validated Numerics", Princeton 2011, chapters 4 and 5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from calc.expression import intervals
from calc.expression.intervals import (
    ONE,
    POWERS,
    ZERO,
    Interval,
    Intervals,
    add,
    multiply,
    negate,
    reciprocal,
)
from calc.expression.rules import RULES, derivatives
from calc.expression.tree import Node, Number, Operator, fold
from calc.minima.exact_values import Exact, NotRational, Rationals, exact_power


@dataclass(frozen=True, slots=True)
class Coefficient:
    """f^(k)/k!: its exact value at c, None if it is no fraction, and bounds over each of some boxes around c."""

    exact: Fraction | None
    bounds: Interval

    def __add__(self, other: Coefficient) -> Coefficient:
        known = self.exact is not None and other.exact is not None
        exact = self.exact + other.exact if known else None  # type: ignore[operator]
        return Coefficient(exact, add(self.bounds, other.bounds))

    def __neg__(self) -> Coefficient:
        return Coefficient(None if self.exact is None else -self.exact, negate(self.bounds))

    def __mul__(self, other: Coefficient) -> Coefficient:
        if self.exact == 0 or other.exact == 0:
            exact: Fraction | None = Fraction(0)
        else:
            exact = None if self.exact is None or other.exact is None else self.exact * other.exact
        return Coefficient(exact, multiply(self.bounds, other.bounds))

    def __truediv__(self, other: Coefficient) -> Coefficient:
        if other.exact == 0:
            raise NotRational
        inverse = None if other.exact is None else 1 / other.exact
        # Where the divisor may be 0 the bounds say so.
        return self * Coefficient(inverse, reciprocal(other.bounds))


Series = tuple[Coefficient, ...]
ZERO_COEFFICIENT = Coefficient(Fraction(0), ZERO)
ONE_COEFFICIENT = Coefficient(Fraction(1), ONE)


def constant(value: Fraction) -> Coefficient:
    return Coefficient(value, intervals.fraction(value))


class TaylorSeries:
    """The algebra of series; each operation keeps as many coefficients as its parts have in common."""

    def __init__(self, values: Mapping[str, Series]) -> None:
        self.values = values
        self.length = max(len(series) for series in values.values())
        self.cancelled = False

    def number(self, node: Number) -> Series:
        return (constant(node.exact), *(ZERO_COEFFICIENT,) * (self.length - 1))

    def constant(self, name: str) -> Series:
        value = Coefficient(None, Intervals({}).constant(name))
        return (value, *(ZERO_COEFFICIENT,) * (self.length - 1))

    def variable(self, name: str) -> Series:
        return self.values[name]

    def negate(self, of: Series) -> Series:
        return tuple(-c for c in of)

    def binary(self, operator: Operator, left: Series, right: Series) -> Series:
        if operator == "+":
            return tuple(u + v for u, v in zip(left, right, strict=False))
        if operator == "-":
            return self.binary("+", left, self.negate(right))
        if operator == "*":
            return tuple(_product(left, right, k) for k in range(min(len(left), len(right))))
        zeros = _shared_zeros(left, right)
        self.cancelled |= zeros > 0
        left, right = left[zeros:], right[zeros:]
        quotient: list[Coefficient] = []
        for k in range(min(len(left), len(right))):
            rest = left[k]
            for j in range(1, k + 1):
                rest += -(right[j] * quotient[k - j])
            quotient.append(rest / right[0])
        return tuple(quotient)

    def rational_power(self, base: Series, exponent: Fraction) -> Series:
        if exponent < 0:
            one = (ONE_COEFFICIENT, *(ZERO_COEFFICIENT,) * (len(base) - 1))
            return self.binary("/", one, self.rational_power(base, -exponent))
        if exponent.denominator == 1:
            power = (ONE_COEFFICIENT, *(ZERO_COEFFICIENT,) * (len(base) - 1))
            for digit in f"{int(exponent):b}":
                power = self.binary("*", power, power)
                power = self.binary("*", power, base) if digit == "1" else power
            return power
        bounds = intervals.rational_power(base[0].bounds, exponent)
        power = (Coefficient(_exactly(lambda u: exact_power(u, exponent), base[0]), bounds),)
        for k in range(1, len(base)):
            total = ZERO_COEFFICIENT
            for j in range(1, k + 1):
                total += constant(exponent * j - (k - j)) * base[j] * power[k - j]
            power += (total / (constant(Fraction(k)) * base[0]),)
        return power

    def power(self, base: Series, exponent: Series) -> Series:
        return self.call("exp", self.binary("*", exponent, self.call("ln", base)))

    def call(self, name: str, *arguments: Series) -> Series:
        u = arguments[0]
        if name in POWERS:
            return self.rational_power(u, POWERS[name])
        if name in ("sec", "csc", "cot"):
            above = self.call("cos", u) if name == "cot" else self.number(Number("1"))
            return self.binary("/", above, self.call("cos" if name == "sec" else "sin", u))
        if name not in RULES:
            raise NotRational
        exact = _exactly(lambda of: Rationals(of).call(name, Exact(of)).value, u[0])
        first = Coefficient(exact, intervals.function(name, u[0].bounds))
        if len(u) == 1:
            return (first,)
        # f(u)' = f'(u) u', and f'(u) is needed to one order less.
        slope = fold(derivatives(name)[0], TaylorSeries({"u": u[:-1]}))
        inner = tuple(constant(Fraction(k)) * c for k, c in enumerate(u))[1:]
        rest = (_product(slope, inner, k) for k in range(len(u) - 1))
        return (first, *(c / constant(Fraction(k)) for k, c in enumerate(rest, start=1)))


def _exactly(function: Callable[[Fraction], Fraction], of: Coefficient) -> Fraction | None:
    """The exact value of a function at a coefficient, where it is known."""
    try:
        return None if of.exact is None else function(of.exact)
    except NotRational:
        return None


def _product(left: Series, right: Series, k: int) -> Coefficient:
    """The k-th coefficient of a product."""
    total = left[0] * right[k]
    for j in range(1, k + 1):
        total += left[j] * right[k - j]
    return total


def _shared_zeros(left: Series, right: Series) -> int:
    """How often x - c can be cancelled; raises NotRational where 0 is left to divide by."""
    zeros = next((k for k, c in enumerate(right) if c.exact != 0), len(right))
    if zeros and (zeros >= min(len(left), len(right)) or any(c.exact != 0 for c in left[:zeros])):
        raise NotRational
    return zeros


def taylor_series(
    root: Node, name: str, c: Fraction, box: Interval, length: int, *, cancels: bool
) -> Series | None:
    """The series at c, over boxes (n,) that hold c.

    None if none is found, or if it is not as expected: that 0/0 cancels where c is a hole, and nowhere else.
    """
    algebra = TaylorSeries(
        {name: (Coefficient(c, box), ONE_COEFFICIENT, *(ZERO_COEFFICIENT,) * (length - 2))}
    )
    try:
        found = fold(root, algebra)
    except (NotRational, OverflowError):
        return None
    return found if algebra.cancelled == cancels else None
