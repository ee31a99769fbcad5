"""Trees that are ax + b, with exact a and b: fractions and fractions of pi."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from calc.expansions import Number, is_zero
from calc.expansions.numbers import PiNumber
from calc.expansions.values import constant, fraction
from calc.expression.tree import Node, Operator, fold, remembered
from calc.expression.tree import Number as Literal


class NoLine(Exception):
    """The tree is no line, or one with other numbers."""


Line = tuple[Number, Number]
"""(a, b)"""


class _Lines:
    """The algebra of lines."""

    def number(self, node: Literal) -> Line:
        return fmpq(0), fraction(node.exact)

    def constant(self, name: str) -> Line:
        if name == "e":
            raise NoLine
        return fmpq(0), constant(name)

    def variable(self, name: str) -> Line:
        return fmpq(1), fmpq(0)

    def negate(self, of: Line) -> Line:
        return -of[0], -of[1]

    def binary(self, operator: Operator, left: Line, right: Line) -> Line:
        if operator in "+-":
            sign = 1 if operator == "+" else -1
            return left[0] + sign * right[0], left[1] + sign * right[1]
        if operator == "*" and is_zero(left[0]):
            left, right = right, left
        if not is_zero(right[0]) or (operator == "/" and is_zero(right[1])):
            raise NoLine
        found = [each * right[1] if operator == "*" else each / right[1] for each in left]
        if not all(isinstance(each, fmpq | PiNumber) for each in found):
            raise NoLine
        return found[0], found[1]

    def rational_power(self, base: Line, exponent: Fraction) -> Line:
        if exponent != 1:
            raise NoLine
        return base

    def power(self, base: Line, exponent: Line) -> Line:
        raise NoLine

    def call(self, name: str, *arguments: Line) -> Line:
        raise NoLine


@remembered
def line(root: Node) -> Line | None:
    """(a, b) of a tree that is ax + b with a that is not 0; else None.

    >>> from calc.expression import parse_expression
    >>> line(parse_expression("(x - 1)/2").root)
    (1/2, -1/2)
    """
    try:
        found = fold(root, _Lines())
    except NoLine:
        return None
    return None if is_zero(found[0]) else found
