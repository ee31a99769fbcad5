"""The nodes of the graph: one operation on its parents u and v, with its derivative by each of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from calc.expression.limits import WRITTEN
from calc.expression.names import POWERS
from calc.expression.parser import parse
from calc.expression.rules import RULES, blackboard, derivatives
from calc.expression.text import canonical
from calc.expression.tree import Binary, Call, Constant, Negate, Power, Variable, rational, walk
from calc.expression.tree import Node as Tree
from calc.rules.build import number, power, times

U, V = Variable("u"), Variable("v")

SLOPES = {
    "+": ("1", "1"),
    "-": ("1", "-1"),
    "*": ("v", "u"),
    "/": ("1/v", "-(u/v)/v"),
    "^": ("v u^(v - 1)", "u^v ln(u)"),
    "max": ("(1 + (u - v)/|u - v|)/2", "(1 - (u - v)/|u - v|)/2"),
    "min": ("(1 - (u - v)/|u - v|)/2", "(1 + (u - v)/|u - v|)/2"),
    "floor": ("0/(u - floor(u))",),
    "ceil": ("0/(ceil(u) - u)",),
}
"""The derivative of u + v by u and by v, and so on. At a corner or a jump they are 0/0: there is none."""


@dataclass(frozen=True, slots=True)
class Node:
    """One operation.

    Attributes:
        operation: "+", "^3", "sin"; the name of a variable; a constant as one writes it.
        parents: the places of the nodes that it is made of; all of them come before it.
        whole: what it stands for, as a tree of the function's variables.
        rule: the operation as a tree of its parents, u and v.
        slopes: its derivative by each parent, as trees of the same.
        varies: whether it depends on a variable.
    """

    operation: str
    parents: tuple[int, ...]
    whole: Tree
    rule: Tree
    slopes: tuple[Tree, ...]
    varies: bool


def taken_apart(tree: Tree) -> tuple[str, tuple[Tree, ...], Tree]:
    """The operation at the top of a tree: its name, what it is done to, and the same of u and v."""
    if not any(isinstance(part, Variable) for part in walk(tree)):
        return canonical(tree), (), tree
    match tree:
        case Negate(of):
            return "-", (of,), Negate(U)
        case Binary(operator, left, right):
            return operator, (left, right), Binary(operator, U, V)
        case Power(Constant("e"), exponent):
            return "exp", (exponent,), Call("exp", (U,))
        case Power(base, exponent) if rational(exponent) is not None:
            return canonical(Power(U, exponent))[1:], (base,), Power(U, exponent)
        case Power(base, exponent):
            return "^", (base, exponent), Power(U, V)
        case Call(name, (*first, last)) if first:
            # The largest of three is the larger of the larger of two, and the third.
            left = first[0] if len(first) == 1 else Call(name, tuple(first))
            return name, (left, last), Call(name, (U, V))
        case Call(name, (of,)):
            return name, (of,), Call(name, (U,))
    return canonical(tree), (), tree


def local_slopes(rule: Tree) -> tuple[Tree, ...]:
    """The derivative of an operation by each of its parents; functions from the table of `calc.expression`."""
    match rule:
        case Negate():
            return (number(Fraction(-1)),)
        case Power(_, exponent) if (n := rational(exponent)) is not None:
            return (_power_rule(n),)
        case Call(name) if name in POWERS:
            return (_power_rule(POWERS[name]),)
        case Call(name) if name in RULES:
            return (derivatives(name)[0],)
        case Binary(name) | Call(name) if name in SLOPES:
            return tuple(map(_written, SLOPES[name]))
        case Power():
            return tuple(map(_written, SLOPES["^"]))
        case Call(name):
            return (blackboard(name),)
    return ()


def _power_rule(n: Fraction) -> Tree:
    """n u^(n-1)"""
    return times(number(n), power(U, number(n - 1)))


@cache
def _written(text: str) -> Tree:
    return parse(text, ("u", "v"), WRITTEN)[0]
