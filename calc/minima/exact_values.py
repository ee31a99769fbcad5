"""The tree read on exact fractions: value and slope at one rational point, with no rounding at all.

It proves what intervals cannot: that f' is 0 at a double zero such as that of (x - 0.1)^3, or that a
denominator is 0 exactly at 1/3.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from calc.expression.tree import Node, Number, Operator, fold
from calc.minima.numbers import MAX_DENOMINATOR

MAX_BITS = 20_000
"""About 6,000 digits: an operation on them takes about a millisecond."""
STEP_FUNCTIONS: dict[str, Callable[[Fraction], int]] = {
    "floor": math.floor,
    "ceil": math.ceil,
    "sign": lambda value: (value > 0) - (value < 0),
}
# Where the value is a fraction too: the place, the value and the slope there.
RATIONAL_VALUES = {"exp": (0, 1, 1), "ln": (1, 0, 1), "cos": (0, 1, 0), "cosh": (0, 1, 0)} | dict.fromkeys(
    ("sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh"), (0, 0, 1)
)
POWERS = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3)}


class NotRational(Exception):
    """The value is not a fraction, or there is none, or it is too long."""


class Undefined(NotRational):
    """There is no value: something is divided by 0."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A value; its derivative, None if none is known; whether the function is known to be continuous."""

    value: Fraction
    slope: Fraction | None = Fraction(0)
    continuous: bool = True


class Rationals:
    """The algebra of exact values at the point x."""

    def __init__(self, x: Fraction) -> None:
        self.x = x

    def number(self, node: Number) -> Exact:
        return Exact(node.exact)

    def constant(self, name: str) -> Exact:
        raise NotRational

    def variable(self, name: str) -> Exact:
        return Exact(self.x, Fraction(1))

    def negate(self, of: Exact) -> Exact:
        return replace(of, value=-of.value, slope=None if of.slope is None else -of.slope)

    def binary(self, operator: Operator, left: Exact, right: Exact) -> Exact:
        if operator == "-":
            return self.binary("+", left, self.negate(right))
        if operator == "/":
            return self.binary("*", left, self.rational_power(right, Fraction(-1)))
        together = left.continuous and right.continuous
        if operator == "+":
            slope = None if left.slope is None or right.slope is None else left.slope + right.slope
            return Exact(left.value + right.value, slope, together)
        parts = _part(left, right), _part(right, left)
        slope = None if parts[0] is None or parts[1] is None else parts[0] + parts[1]
        return Exact(_short(left.value * right.value), slope, together)

    def rational_power(self, base: Exact, exponent: Fraction) -> Exact:
        value, factor = exact_power(base.value, exponent), None
        if exponent >= 1 or base.value != 0:
            factor = exponent * exact_power(base.value, exponent - 1) if exponent else Fraction(0)
        slope = None if factor is None or base.slope is None else factor * base.slope
        return Exact(value, slope, base.continuous)

    def power(self, base: Exact, exponent: Exact) -> Exact:
        raise NotRational

    def call(self, name: str, *arguments: Exact) -> Exact:
        if name in ("min", "max"):
            return _extreme(name, list(arguments))
        (u,) = arguments
        if name in POWERS:
            return self.rational_power(u, POWERS[name])
        if name == "abs":
            flipped = u if u.value >= 0 else self.negate(u)
            return flipped if u.value else replace(u, slope=Fraction(0) if u.slope == 0 else None)
        if name in ("floor", "ceil", "sign"):
            whole = u.value == 0 if name == "sign" else u.value.denominator == 1
            value = STEP_FUNCTIONS[name](u.value)
            return Exact(Fraction(value), None if whole else Fraction(0), u.continuous and not whole)
        if name not in RATIONAL_VALUES or u.value != RATIONAL_VALUES[name][0]:
            raise NotRational
        factor = Fraction(RATIONAL_VALUES[name][2])
        return Exact(
            Fraction(RATIONAL_VALUES[name][1]), None if u.slope is None else factor * u.slope, u.continuous
        )


def _part(u: Exact, v: Exact) -> Fraction | None:
    """u'v, the part of (uv)' that needs u to be differentiable."""
    if u.slope is None:
        # Where v is 0 with slope 0 or not, (uv)' = u(x) v'(x) needs u to be continuous only.
        return Fraction(0) if v.value == 0 and u.continuous and v.slope is not None else None
    return _short(u.slope * v.value)


def exact_power(base: Fraction, exponent: Fraction) -> Fraction:
    """The power of a fraction, where it is one too; raises NotRational."""
    if exponent < 0 and base == 0:
        raise Undefined
    if abs(exponent) * max(base.numerator.bit_length(), base.denominator.bit_length()) > MAX_BITS:
        raise NotRational
    if exponent.denominator == 1:
        return base ** int(exponent)
    root = _root(base, exponent.denominator)
    return root**exponent.numerator


def _root(base: Fraction, degree: int) -> Fraction:
    """The exact root of a fraction, where it is one."""
    if base < 0 and degree % 2 == 0:
        raise NotRational
    sign = -1 if base < 0 else 1
    parts = [_whole_root(part, degree) for part in (abs(base.numerator), base.denominator)]
    return Fraction(sign * parts[0], parts[1])


def _whole_root(number: int, degree: int) -> int:
    if number.bit_length() > 1000:
        raise NotRational
    root = math.isqrt(number) if degree == 2 else round(number ** (1 / degree))
    if root**degree != number:
        raise NotRational
    return root


def _extreme(name: str, arguments: list[Exact]) -> Exact:
    chosen = (min if name == "min" else max)(arguments, key=lambda argument: argument.value)
    tied = [argument for argument in arguments if argument.value == chosen.value]
    slopes = {argument.slope for argument in tied}
    together = all(argument.continuous for argument in tied)
    return Exact(chosen.value, chosen.slope if len(slopes) == 1 else None, together)


def _short(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise NotRational
    return value


def nearest_fraction(x: float) -> Fraction:
    """The fraction that a float stands for: 1/3 and 1/10 rather than the binary numbers next to them."""
    for fraction in (Fraction(x).limit_denominator(MAX_DENOMINATOR), Fraction(repr(x))):
        if float(fraction) == x:
            return fraction
    return Fraction(x)


def exact_value(root: Node, x: float) -> Exact | None:
    """Value and slope at the fraction that x stands for; None where they are no fractions."""
    try:
        return fold(root, Rationals(nearest_fraction(x)))
    except (NotRational, OverflowError):
        return None


def value_at(root: Node, x: Fraction) -> Fraction:
    """The value at a fraction; raises NotRational where it is none."""
    found: Exact = fold(root, Rationals(x))
    return found.value
