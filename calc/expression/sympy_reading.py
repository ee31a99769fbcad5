"""The tree as a SymPy expression, built node by node: no text reaches SymPy, not even a name typed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from calc.expression.tree import Node, Number, Operator, fold

SAME_NAME = (
    *("sqrt", "exp", "sign", "floor", "sin", "cos", "tan", "sec", "csc", "cot"),
    *("asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
)
OTHER_NAME = {"abs": "Abs", "ceil": "ceiling", "min": "Min", "max": "Max", "ln": "log"}


class Symbolic:
    """The algebra of SymPy expressions, with exact numbers and real symbols.

    SymPy is imported with the first object, not with this module: it takes half a second.
    """

    def __init__(self) -> None:
        import sympy

        self.sympy: Any = sympy

    def number(self, node: Number) -> Any:
        return self.fraction(node.exact)

    def fraction(self, value: Fraction) -> Any:
        return self.sympy.Rational(value.numerator, value.denominator)

    def constant(self, name: str) -> Any:
        return {"pi": self.sympy.pi, "e": self.sympy.E, "tau": 2 * self.sympy.pi}[name]

    def variable(self, name: str) -> Any:
        return self.sympy.Symbol(name, real=True)

    def negate(self, of: Any) -> Any:
        return -of

    def binary(self, operator: Operator, left: Any, right: Any) -> Any:
        if operator == "+":
            return left + right
        if operator == "-":
            return left - right
        return left * right if operator == "*" else left / right

    def rational_power(self, base: Any, exponent: Fraction) -> Any:
        """base^(p/q) with the real root for odd q, in cases where the sign of the base is not known."""
        power = self.fraction(exponent)
        if exponent.denominator % 2 == 0 or exponent.denominator == 1 or base.is_nonnegative:
            return self.sympy.Pow(base, power)
        if exponent.numerator % 2 == 0:
            return self.sympy.Pow(self.sympy.Abs(base), power)
        if base.is_nonpositive:
            return -self.sympy.Pow(-base, power)
        upper, lower = self.sympy.Pow(base, power), -self.sympy.Pow(-base, power)
        return self.sympy.Piecewise((upper, base >= 0), (lower, True))

    def power(self, base: Any, exponent: Any) -> Any:
        return self.sympy.Pow(base, exponent)

    def call(self, name: str, *arguments: Any) -> Any:
        if name == "cbrt":
            return self.rational_power(arguments[0], Fraction(1, 3))
        if name in ("log2", "log10"):
            return self.sympy.log(arguments[0]) / self.sympy.log(int(name[3:]))
        known = name if name in SAME_NAME else OTHER_NAME[name]
        return getattr(self.sympy, known)(*arguments)


def to_sympy(root: Node) -> Any:
    """The SymPy expression of the tree."""
    return fold(root, Symbolic())
