"""Functions that are ratios of polynomials piece by piece: which ratio x/|x| is on an interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from calc.expression.enclosures import Enclosure
from calc.expression.tree import Binary, Call, Negate, Node, Power, walk
from calc.expression.tree import Number as Literal
from calc.minima.rational_functions import Ratio, as_ratio

KINKED = frozenset(("abs", "sign", "floor", "ceil", "min", "max"))
Enclose = Callable[[Node], Enclosure]
"""Bounds of a part over the interval."""


class NoBranch(Exception):
    """A kink or a step may lie in the interval."""


def has_branches(root: Node) -> bool:
    """Whether the function is a ratio of polynomials wherever it has no kink; steps alone need no branches."""
    if not any(isinstance(node, Call) and node.name not in ("floor", "ceil") for node in walk(root)):
        return False
    return as_ratio(root) is None and as_ratio(_replaced(root, lambda node, parts: parts[0])) is not None


def branch(root: Node, enclose: Enclose) -> Ratio | None:
    """The ratio that f is on the interval; None if it may be more than one."""
    try:
        return as_ratio(_replaced(root, lambda node, parts: _chosen(node, parts, enclose)))
    except NoBranch:
        return None


def _replaced(node: Node, choose: Callable[[Call, list[Node]], Node]) -> Node:
    """The tree with each |.|, floor, max ... replaced by what is chosen for it and its replaced parts."""
    match node:
        case Call(name, arguments):
            parts = [_replaced(each, choose) for each in arguments]
            return choose(node, parts) if name in KINKED else replace(node, arguments=tuple(parts))
        case Negate(of):
            return Negate(_replaced(of, choose))
        case Binary(operator, left, right):
            return Binary(operator, _replaced(left, choose), _replaced(right, choose))
        case Power(base, exponent):
            return Power(_replaced(base, choose), exponent)
    return node


def _chosen(node: Call, parts: list[Node], enclose: Enclose) -> Node:
    if node.name in ("min", "max"):
        return _extreme(node.name, parts, enclose)
    of = enclose(node.arguments[0])
    if of.undefined:
        raise NoBranch
    if node.name in ("floor", "ceil"):
        found = enclose(node)
        step = found.value.low.unique_fmpz()
        if found.jump or not found.value.is_point or step is None:
            raise NoBranch
        return _whole(int(step))
    if not of.value.sign:
        raise NoBranch
    if node.name == "sign":
        return _whole(of.value.sign)
    return parts[0] if of.value.sign > 0 else Negate(parts[0])


def _extreme(name: str, parts: list[Node], enclose: Enclose) -> Node:
    best = parts[0]
    for other in parts[1:]:
        if other == best:
            continue
        difference = enclose(Binary("-", best, other))
        if difference.undefined or not difference.value.sign:
            raise NoBranch
        if (difference.value.sign < 0) == (name == "max"):
            best = other
    return best


def _whole(k: int) -> Node:
    return Literal(str(k)) if k >= 0 else Negate(Literal(str(-k)))
