"""The tree read on arrays: NumPy and jax.numpy share every line, since they share their functions' names.

A function has a value only where each part of it has one. Where a part divides by 0, takes the logarithm of 0
or less, an even root of a negative number, a negative power of 0, atanh of 1 and so on, the whole is nan, also
where a limit exists: atan(1/x), e^(-1/x), x*(1/x) and (1/x)^0 have no value at 0. An infinity only ever means
a number beyond 1.8e308, so that 1/(1 + e^1000) is 0. As usual 0^0 is 1.

Floating point alone would go on with an infinity from some of these. NumPy says when it made one, and only
then is the tree read again to see where: what meets no pole costs nothing more. Each part is judged as it is
rounded, so that 1/sin(pi) has a value: sin(pi) is 1.2e-16. But a number too small for float64 is not 0, and
1/e^-800 is defined, if only as infinity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc.expression.tree import Node, Number, Operator, fold

CONSTANTS = {"pi": np.pi, "e": np.e, "tau": 2 * np.pi}

# The functions whose name in NumPy is not ours.
NUMPY_NAMES = {"ln": "log", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh"}
NUMPY_NAMES |= {"acosh": "arccosh", "atanh": "arctanh", "min": "minimum", "max": "maximum"}
RECIPROCALS = {"sec": "cos", "csc": "sin", "cot": "tan"}
LOGARITHMS = ("ln", "log2", "log10")
SMALLEST = 5e-324
"""The float64 above 0."""


class Arrays:
    """The algebra of arrays in plain floating point, where 1/0 and ln 0 are infinite.

    `xp` is numpy or jax.numpy; `values` holds the array of each variable.

    Constants are Python floats, so JAX keeps the precision of the arrays.
    """

    def __init__(self, xp: Any = np, values: Mapping[str, Any] | None = None) -> None:
        self.xp = xp
        self.values = values or {}

    def number(self, node: Number) -> Any:
        return node.value

    def constant(self, name: str) -> Any:
        return CONSTANTS[name]

    def variable(self, name: str) -> Any:
        return self.values[name]

    def negate(self, of: Any) -> Any:
        return -of

    def binary(self, operator: Operator, left: Any, right: Any) -> Any:
        if operator == "+":
            return left + right
        if operator == "-":
            return left - right
        if operator == "*":
            return left * right
        return self.xp.divide(left, right)

    def rational_power(self, base: Any, exponent: Fraction) -> Any:
        """base^(p/q): for odd q also of a negative base, as the real root; for even q nan there."""
        xp, p, q = self.xp, exponent.numerator, exponent.denominator
        if exponent == 0:
            return xp.where(xp.isnan(base), base, xp.ones_like(base))
        if q == 1:
            return xp.square(base) if p == 2 else xp.power(base, p)
        if q == 3 and p == 1:
            return xp.cbrt(base)
        if q == 2 and p == 1:
            return xp.sqrt(base)
        if q % 2 == 0:
            return xp.power(base, p / q)
        size = xp.power(xp.abs(base), p / q)
        return size if p % 2 == 0 else xp.where(xp.less(base, 0), -size, size)

    def power(self, base: Any, exponent: Any) -> Any:
        """base^exponent for base >= 0; nan for a negative base, and where either is nan."""
        xp = self.xp
        bad = xp.less(base, 0) | xp.isnan(base) | xp.isnan(exponent)
        return xp.where(bad, np.nan, xp.power(xp.abs(base), exponent))

    def call(self, name: str, *arguments: Any) -> Any:
        if name in RECIPROCALS:
            return self.binary("/", 1.0, self.call(RECIPROCALS[name], *arguments))
        function: Callable[..., Any] = getattr(self.xp, NUMPY_NAMES.get(name, name))
        result = function(*arguments[:2])
        for argument in arguments[2:]:
            result = function(result, argument)
        return result


class DefinedArrays(Arrays):
    """The algebra of arrays that are nan where a part has no value.

    What is too small for the arrays' precision counts as 0.
    """

    def unless_zero(self, divisor: Any, value: Any) -> Any:
        """`value`, but nan where `divisor` is 0."""
        if isinstance(divisor, float) and divisor != 0:
            return value
        if self.xp is np:
            # Many times faster than np.where on arrays that fit the cache.
            return value + np.divide(0.0, divisor)
        return self.xp.where(self.xp.equal(divisor, 0), np.nan, value)

    def binary(self, operator: Operator, left: Any, right: Any) -> Any:
        return super().binary(operator, left, self.unless_zero(right, right) if operator == "/" else right)

    def rational_power(self, base: Any, exponent: Fraction) -> Any:
        return super().rational_power(self.unless_zero(base, base) if exponent < 0 else base, exponent)

    def power(self, base: Any, exponent: Any) -> Any:
        xp = self.xp
        pole = xp.equal(base, 0) & xp.less(exponent, 0)
        return xp.where(pole, np.nan, super().power(base, exponent))

    def call(self, name: str, *arguments: Any) -> Any:
        u = arguments[0]
        if name in LOGARITHMS:
            return super().call(name, self.unless_zero(u, u))
        if name == "atanh":
            return super().call(name, self.unless_zero(1.0 - self.xp.abs(u), u))
        return super().call(name, *arguments)


class UnroundedZeros(DefinedArrays):
    """The same in NumPy, where nothing but 0 becomes 0: these arrays show where there is a value, not which."""

    def binary(self, operator: Operator, left: Any, right: Any) -> Any:
        found = super().binary(operator, left, right)
        if operator in "+-":
            return found
        return _unrounded(found, (left == 0) | ((right == 0) & (operator == "*")))

    def rational_power(self, base: Any, exponent: Fraction) -> Any:
        return _unrounded(super().rational_power(base, exponent), base == 0)

    def power(self, base: Any, exponent: Any) -> Any:
        return _unrounded(super().power(base, exponent), base == 0)

    def call(self, name: str, *arguments: Any) -> Any:
        found = super().call(name, *arguments)
        return _unrounded(found, False) if name == "exp" else found


def _unrounded(found: Any, zero: Any) -> Any:
    """What was found, but the smallest number of its sign where it should be 0 by rounding alone."""
    return np.where((found == 0) & np.logical_not(zero), np.copysign(SMALLEST, found), found)


@contextmanager
def noticing_poles() -> Iterator[list[str]]:
    """Keeps NumPy silent; the list is empty until it divides by 0, takes the logarithm of 0 or the like."""
    poles: list[str] = []
    with np.errstate(all="ignore", divide="call", call=lambda kind, _: poles.append(kind)):
        yield poles


def undefined(root: Node, values: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Where on NumPy arrays the tree, or a part of it, has no value; also where it is nan by overflow."""
    with np.errstate(all="ignore"):
        return np.asarray(np.isnan(fold(root, UnroundedZeros(np, values))))


def evaluate(root: Node, values: Mapping[str, Any]) -> Any:
    """The values of the tree on NumPy arrays; nan where a part has none, without a warning."""
    with noticing_poles() as poles:
        found = fold(root, Arrays(np, values))
    return np.where(undefined(root, values), np.nan, found) if poles else found
