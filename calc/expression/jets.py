"""The tree read on jets: a value carried along with its first and second derivatives (forward mode).

Where the derivative does not exist it is nan. That is more than the chain rule can say: at a corner of a
part the whole may be smooth, as x|x| is at 0. So wherever the rules give nan, the function of one variable is
read again from the left and from the right, and where both agree their common derivative is taken.

Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, chapters 3 and 13.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.expression.arrays import CONSTANTS, RECIPROCALS, Arrays, noticing_poles, undefined
from calc.expression.names import POWERS
from calc.expression.rules import derivatives
from calc.expression.tree import Node, Number, Operator, fold

Floats: TypeAlias = NDArray[np.float64]
AGREEMENT = 1e-12
"""Both sides run through the same formulas, and differ by a few rounding errors only."""


@dataclass(frozen=True, slots=True, eq=False)
class Jet:
    """A value with its derivatives at points of shape S.

    One variable: all three of shape S. n variables: value S, first (n, *S), second (n, n, *S).
    All are nan where a part of the function has no value: see `calc.expression.arrays`.
    A derivative that does not exist, or that the rules cannot find, is nan; at a vertical tangent it is inf.
    """

    value: Floats
    first: Floats
    second: Floats


# A part without variables is a plain float: it has no derivative to carry.
Term: TypeAlias = Jet | float


class Jets:
    """The algebra of jets in n variables.

    `side` 0 reads the function at its points; +1 and -1 read its limits from the right and the left there,
    for one variable.
    """

    def __init__(self, points: dict[str, Floats], side: int = 0) -> None:
        self.points = points
        self.side = side
        self.plain = Arrays()

    def number(self, node: Number) -> Term:
        return node.value

    def constant(self, name: str) -> Term:
        return CONSTANTS[name]

    def variable(self, name: str) -> Term:
        value = self.points[name]
        n = len(self.points)
        first = np.zeros((n, *value.shape))
        first[list(self.points).index(name)] = 1.0
        return Jet(value, first, np.zeros((n, n, *value.shape)))

    def negate(self, of: Term) -> Term:
        return -of if isinstance(of, float) else Jet(-of.value, -of.first, -of.second)

    def binary(self, operator: Operator, left: Term, right: Term) -> Term:
        if isinstance(left, float) and isinstance(right, float):
            return float(self.plain.binary(operator, np.float64(left), np.float64(right)))
        if operator == "+":
            return _sum(left, right)
        if operator == "-":
            return _sum(left, self.negate(right))
        return _product(left, right) if operator == "*" else self.quotient(left, right)

    def quotient(self, left: Term, right: Term) -> Term:
        if isinstance(left, Jet) and isinstance(right, float):
            return Jet(left.value / right, left.first / right, left.second / right)
        if isinstance(right, float):
            raise TypeError("two constants are divided before")
        if isinstance(left, float):
            u = right.value
            return _chain(right, left / u, -left / np.square(u), 2 * left / u**3)
        value = left.value / right.value
        first = (left.first - value * right.first) / right.value
        mixed = _outer(first, right.first)
        second = (left.second - mixed - _transposed(mixed) - value * right.second) / right.value
        return Jet(value, first, second)

    def rational_power(self, base: Term, exponent: Fraction) -> Term:
        if isinstance(base, float):
            return float(self.plain.rational_power(np.float64(base), exponent))
        value = self.plain.rational_power(base.value, exponent)
        first = self._power_rule(base, exponent, Fraction(1))
        second = self._power_rule(base, exponent - 1, exponent)
        return _chain(base, value, first, second)

    def _power_rule(self, base: Jet, exponent: Fraction, factor: Fraction) -> Floats:
        """factor * exponent * u^(exponent - 1), with the sign of an infinite slope where u is 0."""
        lower = exponent - 1
        if factor * exponent == 0:
            return np.zeros_like(base.value)
        slope: Floats = float(factor * exponent) * self.plain.rational_power(base.value, lower)
        if lower < 0 and lower.numerator % 2 and lower.denominator % 2:
            at_zero = base.value == 0
            slope = np.where(at_zero, float(factor * exponent) * np.inf * self._direction(base), slope)
        return slope

    def power(self, base: Term, exponent: Term) -> Term:
        """u^v = exp(v ln u); a constant v needs no logarithm, so that u may be 0."""
        if not isinstance(base, Jet) and not isinstance(exponent, Jet):
            return float(self.plain.power(np.float64(base), np.float64(exponent)))
        if isinstance(base, Jet) and not isinstance(exponent, Jet):
            u, c = base.value, exponent
            slopes = c * self.plain.power(u, c - 1), c * (c - 1) * self.plain.power(u, c - 2)
            return _chain(base, self.plain.power(u, c), *slopes)
        inner = self.binary("*", exponent, self.call("ln", base))
        plain = [term.value if isinstance(term, Jet) else np.float64(term) for term in (base, exponent)]
        value = self.plain.power(*plain)
        return _chain(_lifted(inner), value, value, value)

    def call(self, name: str, *arguments: Term) -> Term:
        constants = [np.float64(term) for term in arguments if not isinstance(term, Jet)]
        if len(constants) == len(arguments):
            return float(self.plain.call(name, *constants))
        if name in ("min", "max"):
            result = arguments[0]
            for argument in arguments[1:]:
                result = self._extreme(name, result, argument)
            return result
        (u,) = arguments
        if isinstance(u, float):
            return u
        if name in POWERS:
            return self.rational_power(u, POWERS[name])
        if name == "cot":
            # 1/tan would lose the digits of the curvature beside a pole of tan.
            found = self.quotient(self.call("cos", u), self.call("sin", u))
            assert isinstance(found, Jet)
            return replace(found, value=self.plain.call(name, u.value))
        if name in RECIPROCALS:
            return self.quotient(1.0, self.call(RECIPROCALS[name], u))
        if name == "abs":
            return self._absolute(u)
        if name in ("sign", "floor", "ceil"):
            return self._step_function(name, u)
        slopes = (fold(tree, Arrays(np, {"u": u.value})) for tree in derivatives(name))
        return _chain(u, self.plain.call(name, u.value), *slopes)

    def _direction(self, u: Jet) -> Floats:
        """The sign that u - u(x) takes just beside x on the chosen side: nan without a side."""
        if self.side == 0:
            return np.full_like(u.value, np.nan)
        first, second = self.side * u.first[0], u.second[0, 0]
        return np.asarray(np.where(first != 0, np.sign(first), np.sign(second)))

    def _absolute(self, u: Jet) -> Jet:
        sign = np.where(u.value == 0, self._direction(u), np.sign(u.value))
        # Where u is flat, |u| is flat: this holds in each variable by itself.
        first = np.where(u.first == 0, 0.0, sign * u.first)
        return Jet(np.abs(u.value), first, sign * u.second)

    def _step_function(self, name: str, u: Jet) -> Jet:
        """sign, floor, ceil: flat, with jumps where u is 0 or whole."""
        value = self.plain.call(name, u.value)
        jump = u.value == 0 if name == "sign" else u.value == np.round(u.value)
        direction = np.where(self._direction(u) == 0, np.nan, self._direction(u))
        if self.side:
            # Beside the jump: sign is -1 or 1; floor loses 1 on the left, ceil gains 1 on the right.
            beside = {
                "sign": direction,
                "floor": value + (direction - 1) / 2,
                "ceil": value + (direction + 1) / 2,
            }
            value = np.where(jump, beside[name], value)
        flat = np.where(jump, 0 * direction, 0.0) * np.ones_like(u.value)
        return Jet(value, flat * np.ones_like(u.first), flat * np.ones_like(u.second))

    def _extreme(self, name: str, left: Term, right: Term) -> Term:
        """min or max of two: the derivatives of the one that is chosen, nan where both are equal."""
        if isinstance(left, float) and isinstance(right, float):
            return float(self.plain.call(name, np.float64(left), np.float64(right)))
        a, b = _lifted(left), _lifted(right)
        difference = _sum(a, self.negate(b))
        assert isinstance(difference, Jet)
        lead = np.where(difference.value == 0, self._direction(difference), np.sign(difference.value))
        lead = lead if name == "max" else -lead
        value = self.plain.call(name, a.value, b.value)
        undecided = np.where(np.isnan(lead), np.nan, 0.0)
        first = np.where(lead >= 0, a.first, b.first) + np.where(a.first == b.first, 0.0, undecided)
        return Jet(value, first, np.where(lead >= 0, a.second, b.second) + undecided)


def _lifted(term: Term) -> Jet:
    """A constant as a jet with zero derivatives, of a shape that fits any other."""
    return Jet(np.asarray(term), np.zeros(1), np.zeros((1, 1))) if isinstance(term, float) else term


def _sum(left: Term, right: Term) -> Term:
    if isinstance(left, Jet) and isinstance(right, Jet):
        return Jet(left.value + right.value, _add(left.first, right.first), _add(left.second, right.second))
    if not isinstance(right, Jet):
        return left + right if not isinstance(left, Jet) else Jet(left.value + right, left.first, left.second)
    return _sum(right, left)


def _add(left: Floats, right: Floats) -> Floats:
    """The sum of two derivatives, of which one may be the bare zero of a constant."""
    if left.ndim == right.ndim:
        return left + right
    return left if left.ndim > right.ndim else right


def _product(left: Term, right: Term) -> Term:
    if isinstance(left, Jet) and isinstance(right, Jet):
        mixed = _outer(left.first, right.first)
        first = left.first * right.value + left.value * right.first
        second = left.second * right.value + mixed + _transposed(mixed) + left.value * right.second
        return Jet(left.value * right.value, first, second)
    if isinstance(right, Jet):
        return _product(right, left)
    if isinstance(left, Jet):
        return Jet(left.value * right, left.first * right, left.second * right)
    return left * right


def _chain(u: Jet, value: Floats, first: Floats, second: Floats) -> Jet:
    """f(u) from f, f' and f'' at u."""
    return Jet(value, first * u.first, second * _outer(u.first, u.first) + first * u.second)


def _outer(left: Floats, right: Floats) -> Floats:
    return np.asarray(left[:, np.newaxis] * right[np.newaxis])


def _transposed(matrix: Floats) -> Floats:
    return np.swapaxes(matrix, 0, 1)


def jet(root: Node, points: dict[str, Floats], side: int = 0) -> Jet:
    """The jet of the tree at points of one common shape S, as `Jet` describes it.

    A `side` of +1 or -1 (one variable only) gives the limits of value, slope and curvature from the right or
    the left, as far as the rules find them.
    """
    shape = next(iter(points.values())).shape
    with noticing_poles() as poles:
        found = _shaped(fold(root, Jets(points, side)), len(points), shape)
        value = found.value
        if poles and not side:
            value = np.where(undefined(root, points), np.nan, value)
        # The formulas of slopes go on where there is no value: 1/x beside ln(x) at x < 0.
        first, second = (np.where(np.isfinite(value), part, np.nan) for part in (found.first, found.second))
        if len(points) > 1:
            return Jet(value, first, second)
        found = Jet(value, np.asarray(first[0]), np.asarray(second[0, 0]))
        return found if side else _repaired(root, points, found)


def _shaped(term: Term, n: int, shape: tuple[int, ...]) -> Jet:
    if isinstance(term, float):
        return Jet(np.full(shape, term), np.zeros((n, *shape)), np.zeros((n, n, *shape)))
    return Jet(np.asarray(term.value), np.asarray(term.first), np.asarray(term.second))


def _repaired(root: Node, points: dict[str, Floats], found: Jet) -> Jet:
    """Where no derivative was found: the common one of both sides, if they agree."""
    first, second = found.first, found.second
    doubtful = (np.isnan(first) | np.isnan(second)) & np.isfinite(found.value)
    if doubtful.any():
        beside = {name: value[doubtful] for name, value in points.items()}
        left, right = jet(root, beside, -1), jet(root, beside, 1)
        value = found.value[doubtful]
        smooth = (left.value == value) & (right.value == value) & _agree(left.first, right.first)
        first[doubtful] = np.where(smooth, right.first, first[doubtful])
        second[doubtful] = np.where(smooth & _agree(left.second, right.second), right.second, np.nan)
    return Jet(found.value, first, second)


def _agree(left: Floats, right: Floats) -> NDArray[np.bool_]:
    return np.isclose(left, right, rtol=AGREEMENT, atol=0.0)
