"""The slope that a ball feels: value and first derivatives of a tree, for NumPy and JAX alike.

Jets carry second derivatives as well, and say nan where a derivative does not exist. A descent needs only
first ones, a million times over, and must go on at a corner: there it takes the mean of the slopes on either
side, as JAX does, so that a ball in the corner of |x| stays there.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from calc.expression import Expression
from calc.expression.arrays import RECIPROCALS, Arrays, DefinedArrays
from calc.expression.names import POWERS
from calc.expression.rules import derivatives
from calc.expression.tape import record
from calc.expression.tree import (
    Binary,
    Call,
    Node,
    Number,
    Operator,
    Power,
    fold,
    rational,
    remembered,
    walk,
)

# A value and its partial derivatives, None where the variable does not occur; a bare float is a constant.
ValueAndPartials: TypeAlias = tuple[Any, tuple[Any, ...]]
Term: TypeAlias = ValueAndPartials | float
Gradient: TypeAlias = Callable[..., tuple[Any, ...]]

# What is undefined somewhere although its derivative has a value there, as 1/x beside ln(x) at -1.
RESTRICTED_DOMAIN = {"ln", "log2", "log10", "sqrt", "cbrt", "asin", "acos", "acosh", "atanh"}


def gradient(expression: Expression, xp: Any = np) -> Gradient:
    """The gradient as a function of one array for each variable, in the precision of those arrays.

    Args:
        expression: a function of n variables.
        xp: `numpy` or `jax.numpy`.

    Returns:
        A function of n arrays of one shape S; it gives n arrays of shape S. They are nan where the function
        is undefined. Where it has a value but no derivative: the mean of both sides at a corner, 0 beside a
        jump, 0 where the rules of differentiation do not find a slope.

    >>> from calc.expression import parse_expression
    >>> gradient(parse_expression("x^2 + |y|", ("x", "y")))(np.array([3.0]), np.array([0.0]))
    (array([6.]), array([0.]))
    """
    if xp is np:
        return _recorded(expression.root, expression.variables)
    return lambda *values: _slopes(expression.root, expression.variables, values, xp)


@remembered
def _recorded(root: Node, variables: tuple[str, ...]) -> Gradient:
    return record(lambda *values: _slopes(root, variables, values, np), len(variables))


def _slopes(root: Node, variables: tuple[str, ...], values: tuple[Any, ...], xp: Any) -> tuple[Any, ...]:
    """The tree read once; what comes back has the shape of the values."""
    with np.errstate(all="ignore"):
        term = fold(root, FirstDerivatives(dict(zip(variables, values, strict=True)), xp))
    value, partials = (term, (None,) * len(values)) if isinstance(term, float) else term
    zero = xp.zeros_like(values[0])
    full = [zero if part is None else zero + part if isinstance(part, float) else part for part in partials]
    if not has_domain_boundary(root) and not isinstance(value, float):
        if len(full) == 1 or not _has_pole(root):
            return tuple(full)
        return tuple(xp.where(xp.isnan(value), np.nan, part) for part in full)
    undefined = xp.isnan(value)
    return tuple(xp.where(undefined, np.nan, xp.where(xp.isnan(part), 0.0, part)) for part in full)


def has_domain_boundary(root: Node) -> bool:
    """Whether the function may be undefined, or without a slope, where its derivatives' formulas are not.

    Most functions are not, and need no test at every step.
    """
    for node in walk(root):
        if isinstance(node, Call) and node.name in RESTRICTED_DOMAIN:
            return True
        if isinstance(node, Power) and ((p := rational(node.exponent)) is None or p.denominator != 1):
            return True
    return False


def _has_pole(root: Node) -> bool:
    """Whether it may divide by 0: then all partial derivatives are nan, also those of a term without it."""
    for node in walk(root):
        if isinstance(node, Binary) and node.operator == "/" and not rational(node.right):
            return True
        if isinstance(node, Call) and node.name in RECIPROCALS:
            return True
        if isinstance(node, Power) and (rational(node.exponent) or 0) < 0:
            return True
    return False


class FirstDerivatives:
    """The algebra of values with first derivatives. `values` holds the array of each variable."""

    def __init__(self, values: dict[str, Any], xp: Any) -> None:
        self.values = values
        self.xp = xp
        self.plain = DefinedArrays(xp)
        self.slopes = Arrays(xp)

    def number(self, node: Number) -> Term:
        return node.value

    def constant(self, name: str) -> Term:
        return float(self.plain.constant(name))

    def variable(self, name: str) -> Term:
        return self.values[name], tuple(1.0 if other == name else None for other in self.values)

    def negate(self, of: Term) -> Term:
        return -of if isinstance(of, float) else (-of[0], _each(lambda part: -part, of[1]))

    def binary(self, operator: Operator, left: Term, right: Term) -> Term:
        if isinstance(left, float) and isinstance(right, float):
            return float(DefinedArrays().binary(operator, np.float64(left), np.float64(right)))
        if operator == "-":
            return self.binary("+", left, self.negate(right))
        if isinstance(left, float):
            return self._from_constant(operator, left, right)
        if isinstance(right, float):
            return self._with_constant(operator, left, right)
        (u, du), (v, dv) = left, right
        if operator == "+":
            return u + v, _added(du, dv)
        if operator == "*":
            return u * v, _added(_scaled(v, du), _scaled(u, dv))
        v = self.plain.unless_zero(v, v)
        value = u / v
        return value, _scaled(1.0 / v, _added(du, _scaled(-value, dv)))

    def _with_constant(self, operator: Operator, left: ValueAndPartials, c: float) -> Term:
        if operator == "+":
            return left[0] + c, left[1]
        if operator == "/":
            c = c or np.nan
            return left[0] / c, _each(lambda part: part / c, left[1])
        return left[0] * c, _scaled(c, left[1])

    def _from_constant(self, operator: Operator, c: float, right: Term) -> Term:
        assert not isinstance(right, float)
        if operator != "/":
            return self._with_constant(operator, right, c)
        inverse = 1.0 / self.plain.unless_zero(right[0], right[0])
        return c * inverse, _scaled(-c * inverse * inverse, right[1])

    def rational_power(self, base: Term, exponent: Fraction) -> Term:
        if isinstance(base, float):
            return float(DefinedArrays().rational_power(np.float64(base), exponent))
        u, du = base
        p = exponent.numerator
        if exponent.denominator == 1 and p >= 1:
            # By multiplication: NumPy's power is some thirty times slower.
            below = integer_power(u, p - 1)
            return (u if p == 1 else below * u), _scaled(float(p) * below, du)
        if exponent < 0:
            u = self.plain.unless_zero(u, u)
        value = self.slopes.rational_power(u, exponent)
        if exponent == Fraction(1, 2):
            return value, _scaled(0.5 / value, du)
        return value, _scaled(float(exponent) * self.slopes.rational_power(u, exponent - 1), du)

    def power(self, base: Term, exponent: Term) -> Term:
        u, du = base if not isinstance(base, float) else (base, ())
        v, dv = exponent if not isinstance(exponent, float) else (exponent, ())
        if not du and not dv:
            return float(DefinedArrays().power(np.float64(u), np.float64(v)))
        # NumPy's functions would make a bare constant 64-bit, and the whole descent with it.
        u = u if du else self.xp.full_like(v, u)
        value = self.plain.power(u, v)
        by_base = _scaled(v * self.slopes.power(u, v - 1.0), du)
        by_exponent = _scaled(value * self.xp.log(u), dv)
        return value, _added(by_base, by_exponent) if du and dv else by_base or by_exponent

    def call(self, name: str, *arguments: Term) -> Term:
        constants = [np.float64(term) for term in arguments if isinstance(term, float)]
        if len(constants) == len(arguments):
            return float(DefinedArrays().call(name, *constants))
        if name in ("min", "max"):
            result = arguments[0]
            for argument in arguments[1:]:
                result = self._extreme(name, result, argument)
            return result
        (argument,) = arguments
        assert not isinstance(argument, float)
        if name in POWERS:
            return self.rational_power(argument, POWERS[name])
        if name in RECIPROCALS:
            return self.binary("/", 1.0, self.call(RECIPROCALS[name], argument))
        u, du = argument
        value = self.plain.call(name, u)
        if name in ("sign", "floor", "ceil"):
            return value, _each(lambda part: 0.0 * part, du)
        if name == "abs":
            return value, _scaled(self.xp.sign(u), du)
        slope = value if name == "exp" else fold(derivatives(name)[0], Arrays(self.xp, {"u": u}))
        # The rules' own constants, such as ln(2), are 64-bit numbers in NumPy.
        return value, _scaled(slope.astype(u.dtype), du)

    def _extreme(self, name: str, left: Term, right: Term) -> Term:
        if isinstance(left, float) and isinstance(right, float):
            return self.call(name, left, right)
        n = len(self.values)
        u, du = left if not isinstance(left, float) else (left, (None,) * n)
        v, dv = right if not isinstance(right, float) else (right, (None,) * n)
        lead = self.xp.sign(u - v) if name == "max" else self.xp.sign(v - u)
        share = 0.5 + 0.5 * lead
        return self.plain.call(name, u, v), _added(_scaled(share, du), _scaled(1.0 - share, dv))


def integer_power(u: Any, p: int) -> Any:
    """u^p for p >= 0 by repeated squaring.

    >>> integer_power(3.0, 5)
    243.0
    """
    if p == 0:
        return 1.0
    half = integer_power(u, p // 2)
    square = u if p == 1 else half * half
    return square * u if p % 2 and p > 1 else square


def _each(change: Callable[[Any], Any], partials: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(None if part is None else change(part) for part in partials)


def _scaled(factor: Any, partials: tuple[Any, ...]) -> tuple[Any, ...]:
    """factor * each, where a bare 1 costs no multiplication."""
    return _each(lambda part: factor if isinstance(part, float) and part == 1.0 else factor * part, partials)


def _added(left: tuple[Any, ...], right: tuple[Any, ...]) -> tuple[Any, ...]:
    pairs = zip(left, right, strict=True)
    return tuple(b if a is None else a if b is None else a + b for a, b in pairs)
