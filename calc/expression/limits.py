"""How large a typed function may be: judged on the tree, before any library sees it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from calc.expression.arrays import Arrays, DefinedArrays
from calc.expression.errors import ExpressionError
from calc.expression.tree import Call, Node, Number, Power, Variable, apply, children, rational


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest tree that is read. `degree` bounds the product of exponents inside one another."""

    characters: int = 200
    nodes: int = 80
    levels: int = 25
    functions: int = 5
    powers: int = 3
    exponent: int = 100
    degree: int = 1000
    digits: int = 15
    constant: float = 1e30
    exponent_nodes: int = 80


TYPED = Limits()
# For text that the program itself wrote: the canonical form, a derivative from the symbolic worker.
WRITTEN = Limits(
    characters=8000, nodes=500, levels=60, functions=10, powers=8, exponent=1000, degree=10**6, digits=40,
    constant=1e200,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a subtree: its value if it holds no variable, and how deep it is nested."""

    value: float | None
    nodes: int = 1
    functions: int = 0
    powers: int = 0
    degree: float = 1.0


def check(root: Node, where: dict[int, int], limits: Limits) -> None:
    """Raises ExpressionError at the first node that is too large.

    `where` gives the offset in the text for the id of each node.
    """
    # A long sum or product is a deep tree: it is walked without recursion.
    nodes: list[Node] = []
    waiting = [root]
    while waiting:
        nodes.append(waiting.pop())
        waiting += children(nodes[-1])
    facts: dict[int, _Facts] = {}
    for node in reversed(nodes):
        below = [facts[id(child)] for child in children(node)]
        facts[id(node)] = _measured(node, below, where, limits)
    if len(nodes) > limits.nodes:
        raise ExpressionError(f"this formula has {len(nodes)} parts; at most {limits.nodes} are read", None)


def _measured(node: Node, below: list[_Facts], where: dict[int, int], limits: Limits) -> _Facts:
    position = where.get(id(node))
    functions = max((facts.functions for facts in below), default=0) + isinstance(node, Call)
    powers = max((facts.powers for facts in below), default=0) + isinstance(node, Power)
    if functions > limits.functions:
        raise ExpressionError(f"at most {limits.functions} functions inside one another are read", position)
    if powers > limits.powers:
        raise ExpressionError(f"at most {limits.powers} powers inside one another are read", position)
    degree = max((facts.degree for facts in below), default=1.0)
    if isinstance(node, Power):
        degree = _degree_of_power(node, below, position, limits)
    value = _value(node, below, position, limits)
    return _Facts(value, 1 + sum(facts.nodes for facts in below), functions, powers, degree)


def _degree_of_power(node: Power, below: list[_Facts], position: int | None, limits: Limits) -> float:
    base, exponent = below
    if exponent.value is None:
        return max(base.degree, exponent.degree)
    if exponent.nodes > limits.exponent_nodes:
        message = f"an exponent of up to {limits.exponent_nodes} parts is read: write it as one number"
        raise ExpressionError(message, position)
    if abs(exponent.value) > limits.exponent:
        raise ExpressionError(f"exponents up to {limits.exponent} are read: this one is larger", position)
    fraction = rational(node.exponent)
    if fraction is not None and fraction.denominator > 10**limits.digits:
        raise ExpressionError("this exponent is too fine a fraction: write it with fewer digits", position)
    degree = base.degree * max(1.0, abs(exponent.value))
    if degree > limits.degree:
        message = (
            f"powers inside powers are read up to a total exponent of {limits.degree}: this one is larger"
        )
        raise ExpressionError(message, position)
    return degree


def _value(node: Node, below: list[_Facts], position: int | None, limits: Limits) -> float | None:
    """The value of a subtree without variables; None with one."""
    values = [facts.value for facts in below if facts.value is not None]
    if isinstance(node, Variable) or len(values) < len(below):
        return None
    with np.errstate(all="ignore"):
        numbers = [np.float64(v) for v in values]
        value, plain = (float(apply(node, numbers, algebra)) for algebra in (DefinedArrays(), Arrays()))
    if math.isnan(value) and math.isinf(plain) and 0.0 in values:
        raise ExpressionError(
            "this part has no value: it divides by zero or takes the logarithm of 0", position
        )
    if math.isnan(value):
        raise ExpressionError("this part has no real value, whatever the variable is", position)
    if abs(value) > limits.constant:
        raise ExpressionError(f"constants up to {limits.constant:.0e} are read: this one is larger", position)
    too_small = isinstance(node, Number) and node.text != "0" and value < 1 / limits.constant
    vanished = isinstance(node, Power) and value == 0 and values[0] != 0
    if too_small or vanished:
        raise ExpressionError("this constant is too small to be told from 0", position)
    return value
