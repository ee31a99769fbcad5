"""The value of a tree at one exact point: exact wherever that is simple, else a ball around it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import arb, fmpq

from calc.expansions.numbers import (
    Number,
    PiNumber,
    Undefined,
    Unsettled,
    ball,
    function,
    is_infinite,
    power,
    sign,
)
from calc.expression.intervals import LARGEST
from calc.expression.names import POWERS
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Power, Variable, children, rational

QUOTIENTS = {"tan": ("sin", "cos"), "cot": ("cos", "sin"), "sec": (None, "cos"), "csc": (None, "sin")}


def fraction(a: Fraction) -> fmpq:
    return fmpq(a.numerator, a.denominator)


def constant(name: str) -> Number:
    if name == "e":
        return arb.const_e()
    return PiNumber(fmpq(0), fmpq(1 if name == "pi" else 2))


class Values:
    """Reads trees at the point x.

    Args:
        x: the point.
        known: nodes whose value there is known exactly, as that 2 - x^2 is 0 at a ball around its root.
    """

    def __init__(self, x: Number, known: Mapping[Node, Number]) -> None:
        self.x = x
        self._done: dict[Node, Number] = dict(known)

    def __call__(self, node: Node) -> Number:
        """The value; raises Undefined, or Unsettled where the numbers cannot decide."""
        if node not in self._done:
            # A part that is undefined makes the whole so, even where its value would not matter.
            for child in children(node):
                self(child)
            found = self._value(node)
            if is_infinite(found) or not abs(ball(found)) < LARGEST:
                raise Unsettled("a number beyond all bounds")
            self._done[node] = found
        return self._done[node]

    def _value(self, node: Node) -> Number:
        exact = rational(node)
        if exact is not None:
            return fraction(exact)
        match node:
            case Constant(name):
                return constant(name)
            case Variable():
                return self.x
            case Negate(of):
                return -self(of)
            case Binary("+", left, right):
                return self(left) + self(right)
            case Binary("-", left, right):
                return fmpq(0) if left == right else self(left) - self(right)
            case Binary("*", left, right):
                return self(left) * self(right)
            case Binary("/", left, right):
                found = _quotient(self(left), self(right))
                return fmpq(1) if left == right else found
            case Power(Constant("e"), exponent):
                return function("exp", self(exponent))
            case Power(base, exponent):
                return self._power(base, exponent)
            case Call(name, arguments):
                return self._call(name, [self(argument) for argument in arguments], arguments)
        raise NotImplementedError(f"no value of {node!r}")

    def _power(self, base: Node, exponent: Node) -> Number:
        known, a = rational(exponent), self(base)
        if known is not None:
            return power(a, known.numerator, known.denominator)
        b = self(exponent)
        side = sign(a)
        if side < 0 or (side == 0 and sign(b) < 0):
            raise Undefined("a power")
        if side == 0:
            return fmpq(0 if sign(b) else 1)
        if isinstance(a, fmpq) and isinstance(b, fmpq):
            return power(a, int(b.p), int(b.q))
        return function("exp", b * function("ln", a))

    def _call(self, name: str, values: list[Number], nodes: tuple[Node, ...]) -> Number:
        u = values[0]
        if name in ("min", "max"):
            return self._extreme(name, nodes)
        if name in POWERS:
            return power(u, POWERS[name].numerator, POWERS[name].denominator)
        if name in QUOTIENTS:
            above, below = QUOTIENTS[name]
            return _quotient(function(above, u) if above else fmpq(1), function(below, u))
        if name == "sign":
            return fmpq(sign(u))
        if name == "abs":
            return -u if sign(u) < 0 else u
        if name in ("floor", "ceil"):
            return whole(name, u)
        return function(name, u)

    def _extreme(self, name: str, nodes: tuple[Node, ...]) -> Number:
        best = nodes[0]
        for node in nodes[1:]:
            # Read as a node, since it is the difference that may be known.
            difference = self(Binary("-", best, node))
            if (sign(difference) < 0) == (name == "max"):
                best = node
        return self(best)


def _quotient(a: Number, b: Number) -> Number:
    if sign(b) == 0:
        raise Undefined("a quotient")
    return a / b


def whole(name: str, a: Number) -> fmpq:
    """floor or ceil; raises Unsettled."""
    if isinstance(a, fmpq):
        return fmpq(a.floor() if name == "floor" else a.ceil())
    found = (ball(a).floor() if name == "floor" else ball(a).ceil()).unique_fmpz()
    if found is None:
        raise Unsettled("a number that cannot be told from a whole one")
    return fmpq(found)


def value_at(root: Node, x: Number, known: Mapping[Node, Number] | None = None) -> Number:
    """The value of a tree of one variable at x; raises Undefined and Unsettled.

    >>> from calc.expression import parse_expression
    >>> value_at(parse_expression("sqrt(2 + x)").root, fmpq(2))
    2
    """
    return Values(x, known or {})(root)
