"""Trees that are ax + b, with exact a and b: fractions and fractions of pi."""

from __future__ import annotations

from flint import fmpq

from calc.expansions import Number, is_zero
from calc.expansions.numbers import PiNumber
from calc.expansions.values import constant, fraction
from calc.expression.tree import Binary, Constant, Negate, Node, Power, Variable, rational, remembered


class NoLine(Exception):
    """The tree is no line, or one with other numbers."""


Line = tuple[Number, Number]
"""(a, b)"""


@remembered
def line(root: Node) -> Line | None:
    """(a, b) of a tree that is ax + b with a that is not 0; else None.

    >>> from calc.expression import parse_expression
    >>> line(parse_expression("(x - 1)/2").root)
    (1/2, -1/2)
    """
    try:
        found = _line(root)
    except NoLine:
        return None
    return None if is_zero(found[0]) else found


def _line(node: Node) -> Line:
    exact = rational(node)
    if exact is not None:
        return fmpq(0), fraction(exact)
    match node:
        case Constant("pi" | "tau"):
            return fmpq(0), constant(node.name)
        case Variable():
            return fmpq(1), fmpq(0)
        case Negate(of):
            a, b = _line(of)
            return -a, -b
        case Binary("+" | "-", left, right):
            (a, b), (c, d) = _line(left), _line(right)
            return (a + c, b + d) if node.operator == "+" else (a - c, b - d)
        case Binary(operator, left, right):
            (a, b), (c, d) = _line(left), _line(right)
            if operator == "*" and is_zero(a):
                a, b, c, d = c, d, a, b
            if is_zero(c) and (operator == "*" or not is_zero(d)):
                found = (a * d, b * d) if operator == "*" else (a / d, b / d)
                if all(isinstance(each, fmpq | PiNumber) for each in found):
                    return found
        case Power(base, exponent) if rational(exponent) == 1:
            return _line(base)
    raise NoLine
