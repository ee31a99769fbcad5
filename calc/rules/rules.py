"""The rules, each as one reads it on a blackboard; df is f', dg is g'."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from calc.expression.tree import Call, Constant, Node, Number, Power, Variable
from calc.rules.build import ONE, ZERO, minus, number, over, plus, power, put, times

TWO = Number("2")


def constant() -> Node:
    return ZERO


def identity() -> Node:
    return ONE


def multiple(c: Node, f: Node, df: Node) -> Node:
    return times(c, df)


def total(f: Node, g: Node, df: Node, dg: Node) -> Node:
    return plus(df, dg)


def difference(f: Node, g: Node, df: Node, dg: Node) -> Node:
    return minus(df, dg)


def product(f: Node, g: Node, df: Node, dg: Node) -> Node:
    return plus(times(df, g), times(f, dg))


def quotient(f: Node, g: Node, df: Node, dg: Node) -> Node:
    return over(minus(times(df, g), times(f, dg)), power(g, TWO))


def of_power(x: Node, n: Node) -> Node:
    return times(n, power(x, minus(n, ONE)))


def exponential(a: Node, x: Node) -> Node:
    return Power(a, x) if a == Constant("e") else times(Power(a, x), Call("ln", (a,)))


def chain(g: Node, u: Variable, df: Node, dg: Node) -> Node:
    return times(dg, put(df, u.name, g))


def of_power_of_functions(f: Node, g: Node, df: Node, dg: Node) -> Node:
    return times(Power(f, g), plus(times(dg, Call("ln", (f,))), over(times(g, df), f)))


def maximum(f: Node, g: Node, df: Node, dg: Node) -> Node:
    side = Call("sign", (minus(f, g),))
    return times(number(Fraction(1, 2)), plus(plus(df, dg), times(side, minus(df, dg))))


def minimum(f: Node, g: Node, df: Node, dg: Node) -> Node:
    return maximum(g, f, df, dg)


def from_table(known: Node) -> Node:
    return known


BY_NAME: dict[str, Callable[..., Node]] = {
    "constant": constant,
    "identity": identity,
    "constant multiple": multiple,
    "sum": total,
    "difference": difference,
    "product": product,
    "quotient": quotient,
    "power": of_power,
    "exponential": exponential,
    "chain": chain,
    "f^g": of_power_of_functions,
    "maximum": maximum,
    "minimum": minimum,
    "logarithm": from_table,
    "trigonometric": from_table,
    "inverse trigonometric": from_table,
    "hyperbolic": from_table,
    "inverse hyperbolic": from_table,
    "absolute value": from_table,
    "step": from_table,
}
"""What each rule makes of its operands and their derivatives."""
