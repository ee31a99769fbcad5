"""Sums, products and powers of trees, in which constants are collected and nothing else: 1 u is u, 3 (2 u) is 6 u."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from calc.expression.tree import Binary, Call, Negate, Node, Number, Power, Variable, children, rational, walk

ZERO, ONE = Number("0"), Number("1")
MOST_PLACES = 12
"""More of them are read less easily than a fraction."""


def number(value: Fraction, decimal: bool = False) -> Node:
    """A constant: whole, or as a decimal if it ends and one is wanted, else as a fraction."""
    if value < 0:
        return Negate(number(-value, decimal))
    if value.denominator == 1:
        return Number(str(value.numerator))
    if decimal and (text := _decimal(value)):
        return Number(text)
    return Binary("/", Number(str(value.numerator)), Number(str(value.denominator)))


def _decimal(value: Fraction) -> str:
    """The decimal of a fraction whose decimal ends after a few places, else ""."""
    if 10**MOST_PLACES % value.denominator:
        return ""
    return f"{Decimal(value.numerator) / value.denominator:f}"


def _constant(value: Fraction, *of: Node) -> Node:
    """A constant computed of others, a decimal if one of them is."""
    decimal = any(
        isinstance(part, Number) and not part.text.isdecimal() for node in of for part in walk(node)
    )
    return number(value, decimal)


def negative(u: Node) -> Node:
    """-u"""
    return times(Negate(ONE), u)


def plus(u: Node, v: Node) -> Node:
    """u + v"""
    a, b = rational(u), rational(v)
    if a is not None and b is not None:
        return _constant(a + b, u, v)
    if a == 0:
        return v
    if b == 0:
        return u
    less = _positive(v)
    return Binary("+", u, v) if less is None else Binary("-", u, less)


def minus(u: Node, v: Node) -> Node:
    """u - v"""
    return plus(u, negative(v))


def _positive(u: Node) -> Node | None:
    """-u, if u begins with a minus; else None."""
    value = rational(u)
    if value is not None:
        return _constant(-value, u) if value < 0 else None
    if isinstance(u, Negate):
        return u.of
    if isinstance(u, Binary) and u.operator in "*/":
        left = _positive(u.left)
        return None if left is None else times(left, u.right) if u.operator == "*" else over(left, u.right)
    return None


def times(u: Node, v: Node) -> Node:
    """u v, with the constants of both in front."""
    a, left = _parted(u)
    b, right = _parted(v)
    value, rest = a * b, _joined(left, right)
    if value == 0:
        return ZERO
    if rest is None:
        return _constant(value, u, v)
    if abs(value) == 1:
        return rest if value == 1 else Negate(rest)
    factor = _constant(abs(value), u, v)
    match factor, rest:
        case Binary("/", p, q), Binary("/", top, bottom):
            found: Node = Binary("/", times(p, top), times(q, bottom))
        case _, Binary("/", top, bottom):
            found = Binary("/", times(factor, top), bottom)
        case _:
            signed = factor if value > 0 else Negate(factor)
            return _joined(signed, rest) or ONE
    return found if value > 0 else Negate(found)


def _joined(u: Node | None, v: Node | None) -> Node | None:
    """u v, whose factors are multiplied from left to right, as one reads them; None is 1."""
    if u is None or v is None:
        return u or v
    if isinstance(v, Binary) and v.operator == "*":
        return Binary("*", _joined(u, v.left) or ONE, v.right)
    return Binary("*", u, v)


def _parted(u: Node) -> tuple[Fraction, Node | None]:
    """The constant factor of a product or quotient, and what is left; None for nothing."""
    value = rational(u)
    if value is not None:
        return value, None
    match u:
        case Negate(of):
            a, rest = _parted(of)
            return -a, rest
        case Binary("*", left, right):
            (a, first), (b, second) = _parted(left), _parted(right)
            return a * b, _joined(first, second)
        case Binary("/", left, right):
            (a, top), (b, bottom) = _parted(left), _parted(right)
            if b:
                return a / b, top if bottom is None else Binary("/", top or ONE, bottom)
    return Fraction(1), u


def over(u: Node, v: Node) -> Node:
    """u/v"""
    divisor = rational(v)
    if divisor:
        return times(_constant(1 / divisor, u, v), u)
    if rational(u) == 0:
        return ZERO
    if isinstance(u, Negate):
        return Negate(over(u.of, v))
    return Binary("/", u, v)


def power(u: Node, n: Node) -> Node:
    """u^n"""
    exponent = rational(n)
    if exponent == 0:
        return ONE
    return u if exponent == 1 else Power(u, n)


def put(node: Node, name: str, instead: Node) -> Node:
    """The tree with another one in the place of a variable."""
    return replaced(node, Variable(name), instead)


def replaced(node: Node, old: Node, new: Node) -> Node:
    """The tree with a new part wherever the old one stands."""
    if node == old:
        return new
    parts = tuple(replaced(child, old, new) for child in children(node))
    match node:
        case Negate():
            return Negate(*parts)
        case Binary(operator):
            return Binary(operator, *parts)
        case Power():
            return Power(*parts)
        case Call(called):
            return Call(called, parts)
    return node
