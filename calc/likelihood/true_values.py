"""The true values: f, f', log|f| and its derivative with as many digits as they need, by mpmath."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np

from calc.expression.rules import derivatives
from calc.expression.tree import Number, Operator, fold
from calc.likelihood.product import Product

AGREEING_DIGITS = 25
"""Digits on which two precisions must agree."""
LARGEST_MAGNITUDE = 128
"""Functions are read of arguments up to 2^128; e to that has more digits than can be written."""
PRECISIONS = (50, 100, 200, 400, 800)
"""Doubled until two agree; 800 digits outlast the cancellation that a typed product can cause."""
ROOTS = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3)}
RECIPROCALS = {"sec": "cos", "csc": "sin", "cot": "tan"}


@dataclass(frozen=True)
class TrueValues:
    """What is true at one p: mpmath numbers, right to 25 digits; nan where undefined.

    Attributes:
        value, derivative: of f, never overflowing.
        log_abs, log_derivative: of log|f|; nan where f is zero.
    """

    value: Any
    derivative: Any
    log_abs: Any
    log_derivative: Any

    @property
    def log10(self) -> float:
        """log10|f|, for charts whose axis no float reaches; -inf where f is zero."""
        if self.value != self.value:
            return float("nan")
        if self.value == 0:
            return -float("inf")
        return float(self.log_abs) / float(np.log(10))


@dataclass(frozen=True)
class DualNumber:
    """A value and its derivative by p."""

    value: Any
    slope: Any


class DualNumbers:
    """The algebra of dual numbers in mpmath, in a context of its own (mpmath's shared one has no lock).

    Where a function has no real value it is nan. Without `slopes` functions carry no derivative: the
    derivatives themselves are read that way.
    """

    def __init__(self, context: Any, p: Any, slopes: bool = True) -> None:
        self.mp = context
        self.p = p
        self.slopes = slopes

    def flat(self, value: Any) -> DualNumber:
        return DualNumber(value, self.mp.zero)

    def number(self, node: Number) -> DualNumber:
        exact = node.exact
        return self.flat(self.mp.mpf(exact.numerator) / exact.denominator)

    def constant(self, name: str) -> DualNumber:
        return self.flat({"pi": +self.mp.pi, "e": +self.mp.e, "tau": 2 * self.mp.pi}[name])

    def variable(self, name: str) -> DualNumber:
        return DualNumber(self.p, self.mp.one)

    def negate(self, of: DualNumber) -> DualNumber:
        return DualNumber(-of.value, -of.slope)

    def binary(self, operator: Operator, left: DualNumber, right: DualNumber) -> DualNumber:
        if operator == "+":
            return DualNumber(left.value + right.value, left.slope + right.slope)
        if operator == "-":
            return DualNumber(left.value - right.value, left.slope - right.slope)
        if operator == "*":
            return DualNumber(left.value * right.value, left.slope * right.value + left.value * right.slope)
        if right.value == 0:
            return DualNumber(self.mp.nan, self.mp.nan)
        value = left.value / right.value
        return DualNumber(value, (left.slope - value * right.slope) / right.value)

    def rational_power(self, base: DualNumber, exponent: Fraction) -> DualNumber:
        value = self.real_power(base.value, exponent)
        if exponent == 0 or base.slope == 0:
            return DualNumber(value, self.mp.zero if value == value else self.mp.nan)
        factor = self.mp.mpf(exponent.numerator) / exponent.denominator
        return DualNumber(value, factor * self.real_power(base.value, exponent - 1) * base.slope)

    def real_power(self, base: Any, exponent: Fraction) -> Any:
        """base^exponent with the real root for odd denominators; nan where there is none."""
        if base != base or (base < 0 and exponent.denominator % 2 == 0) or (base == 0 and exponent < 0):
            return self.mp.nan
        if exponent.denominator == 1:
            return base ** int(exponent)
        if base == 0:
            return base
        root = self.mp.mpf(exponent.numerator) / exponent.denominator
        size = self.real("exp", root * self.mp.log(abs(base)))
        return -size if base < 0 and exponent.numerator % 2 else size

    def power(self, base: DualNumber, exponent: DualNumber) -> DualNumber:
        if not base.value > 0:
            return DualNumber(self.mp.nan, self.mp.nan)
        logarithm = self.mp.log(base.value)
        value = self.real("exp", exponent.value * logarithm)
        inner = exponent.slope * logarithm + exponent.value * base.slope / base.value
        return DualNumber(value, value * inner)

    def call(self, name: str, *arguments: DualNumber) -> DualNumber:
        if name in ("min", "max"):
            return self.extreme(name, arguments)
        (u,) = arguments
        if name in ROOTS:
            return self.rational_power(u, ROOTS[name])
        if name in RECIPROCALS:
            return self.binary("/", self.flat(self.mp.one), self.call(RECIPROCALS[name], u))
        if u.value != u.value:
            return u
        if name == "abs":
            slope = self.mp.sign(u.value) * u.slope if u.value != 0 or u.slope == 0 else self.mp.nan
            return DualNumber(abs(u.value), slope)
        if name in ("sign", "floor", "ceil"):
            value = getattr(self.mp, name)(u.value)
            jump = u.slope != 0 and u.value == (0 if name == "sign" else value)
            return DualNumber(value, self.mp.nan if jump else self.mp.zero)
        value = self.real(name, u.value)
        if not self.slopes or value != value:
            return DualNumber(value, self.mp.nan)
        rule = fold(derivatives(name)[0], DualNumbers(self.mp, u.value, slopes=False))
        return DualNumber(value, rule.value * u.slope)

    def real(self, name: str, value: Any) -> Any:
        """A function of mpmath; nan where its value is no real number, or too large to work out.

        mpmath would spend hours on exp or sin of a number with millions of digits before the point.
        """
        if self.mp.mag(value) > LARGEST_MAGNITUDE:
            return self.mp.nan
        try:
            if name in ("log2", "log10"):
                result = self.mp.log(value) / self.mp.log(int(name[3:]))
            else:
                result = getattr(self.mp, name)(value)
        except (ValueError, ZeroDivisionError):
            return self.mp.nan
        real = isinstance(result, self.mp.mpf) and self.mp.isfinite(result)
        return result if real else self.mp.nan

    def extreme(self, name: str, arguments: tuple[DualNumber, ...]) -> DualNumber:
        best = (min if name == "min" else max)(arguments, key=lambda u: u.value)
        tied = any(u.value == best.value and u.slope != best.slope for u in arguments)
        return DualNumber(best.value, self.mp.nan if tied else best.slope)


def true_values(product: Product, p: float) -> TrueValues:
    """The truth at p, taken as the exact number that the float is.

    It is computed with 50 and 100 digits, and with twice as many until 25 digits agree.

    >>> from calc.likelihood.product import course_product
    >>> float(true_values(course_product(), 0.5).log_derivative).__round__(2)
    -51.95
    """
    before = _with(product, p, PRECISIONS[0])
    for digits in PRECISIONS[1:]:
        now = _with(product, p, digits)
        if all(_agree(a, b) for a, b in zip(_numbers(before), _numbers(now), strict=True)):
            return now
        before = now
    return before


def true_values_at(product: Product, p: Iterable[float]) -> list[TrueValues]:
    """The truth at each p."""
    return [true_values(product, float(at)) for at in p]


def _numbers(true_values: TrueValues) -> tuple[Any, ...]:
    return true_values.value, true_values.derivative, true_values.log_abs, true_values.log_derivative


def _agree(a: Any, b: Any) -> bool:
    if a != a or b != b:
        return bool(a != a and b != b)
    return bool(abs(a - b) <= abs(b) * b.context.mpf(10) ** -AGREEING_DIGITS)


def _with(product: Product, p: float, digits: int) -> TrueValues:
    mp = mpmath.MPContext()
    mp.dps = digits
    algebra = DualNumbers(mp, mp.mpf(p))
    powers, rises, log_abs, log_derivative = [], [], mp.zero, mp.zero
    for factor in product.factors:
        base = fold(factor.base.root, algebra)
        raised = algebra.rational_power(base, factor.exponent)
        powers.append(raised.value)
        rises.append(raised.slope)
        if factor.exponent != 0:
            k = mp.mpf(factor.exponent.numerator) / factor.exponent.denominator
            usable = base.value == base.value and base.value != 0
            log_abs += k * mp.log(abs(base.value)) if usable else mp.nan
            log_derivative += k * base.slope / base.value if usable else mp.nan
    value = mp.fprod(powers)
    nonzero = value == value and value != 0
    nan = mp.nan
    return TrueValues(
        value, _product_rule(mp, powers, rises), *((log_abs, log_derivative) if nonzero else (nan, nan))
    )


def _product_rule(mp: Any, powers: list[Any], rises: list[Any]) -> Any:
    """The sum of rises_i times all other powers, from the products of those before and behind."""
    total, before = mp.zero, mp.one
    behind = [mp.one]
    for value in reversed(powers):
        behind.append(behind[-1] * value)
    for index, (value, rise) in enumerate(zip(powers, rises, strict=True)):
        total += before * rise * behind[len(powers) - 1 - index]
        before *= value
    return total
