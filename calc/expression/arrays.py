"""The tree read on arrays: NumPy and jax.numpy share every line, since they share their functions' names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from calc.expression.tree import Node, Number, Operator, fold

CONSTANTS = {"pi": np.pi, "e": np.e, "tau": 2 * np.pi}

# The functions whose name in NumPy is not ours.
NUMPY_NAMES = {"ln": "log", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh"}
NUMPY_NAMES |= {"acosh": "arccosh", "atanh": "arctanh", "min": "minimum", "max": "maximum"}
RECIPROCALS = {"sec": "cos", "csc": "sin", "cot": "tan"}


class Arrays:
    """The algebra of arrays. `xp` is numpy or jax.numpy; `values` holds the array of each variable.

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
            return self.xp.divide(1.0, self.call(RECIPROCALS[name], *arguments))
        function: Callable[..., Any] = getattr(self.xp, NUMPY_NAMES.get(name, name))
        result = function(*arguments[:2])
        for argument in arguments[2:]:
            result = function(result, argument)
        return result


def evaluate(root: Node, values: Mapping[str, Any]) -> Any:
    """The values of the tree on NumPy arrays; nan and inf where NumPy says so, without a warning."""
    with np.errstate(all="ignore"):
        return fold(root, Arrays(np, values))
