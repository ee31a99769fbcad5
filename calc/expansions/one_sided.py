"""A tree read on one side of a place c, as a series: f(c + s t^q) = t^v g(t) for 0 < t <= d, with g(0) known.

Two lists say what is known of g: its Taylor coefficients at 0, exact where the numbers allow, and enclosures
of its Taylor coefficients at every t of [0, d]. The first give limits and slopes, the second prove what holds
on the whole side: that a part has one sign, that f rises. A 0/0 is a shift of both lists, so nothing cancels.

Where there is no such series (x ln x, e^(1/x)) only a limit is kept, and the way in which it is approached.

Source: J. Shackell, "Symbolic Asymptotics", Springer 2004, chapter 2, for the series; M. Neher, "Geometric
series bounds for the local errors of Taylor methods", 2001, for enclosures of the coefficients.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from math import lcm

from flint import arb, fmpq

from calc.expansions.functions import Functions
from calc.expansions.numbers import Number, TooFewTerms, Unsettled, ball, is_infinite, sign
from calc.expansions.parts import EXACT_ONE, EXACT_ZERO, Expansion, Finer, Limit, Outside, Part, Side
from calc.expansions.values import QUOTIENTS, constant, fraction, whole
from calc.expression.enclosures import enclosing, moving
from calc.expression.intervals import Ball, Interval
from calc.expression.names import POWERS
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Power, Variable, rational

ORDERS = (6, 12, 24)
"""Coefficients, tried in turn: a function may begin with that many zeros less one."""
FINEST = 12
"""The highest root of the distance that is taken: x^(1/3) + x^(1/4) needs the twelfth."""


@dataclass
class Reader(Functions):
    """Reads the parts of a tree on one side of c.

    Args:
        variable: its name.
        known: nodes whose value at c is known exactly.
    """

    variable: str = "x"
    known: Mapping[Node, Number] = field(default_factory=dict)
    _done: dict[Node, Part] = field(default_factory=dict)

    def read(self, node: Node) -> Part:
        """The part, with a factor of 1."""
        return self.folded(self.with_factor(node))

    def with_factor(self, node: Node) -> Part:
        if node not in self._done:
            found = self.part_of(node)
            if node in self.known and isinstance(found, Expansion) and found.order == 0:
                value = self.known[node]
                found = self.folded(found)
                assert isinstance(found, Expansion)
                found = Expansion(0, [value, *found.at[1:]], found.over, found.vanishes)
            self._done[node] = found
        return self._done[node]

    def part_of(self, node: Node) -> Part:
        exact = rational(node)
        if exact is not None:
            return self.constant(fraction(exact))
        match node:
            case Constant("e"):
                one = self.constant(EXACT_ONE)
                return Expansion(0, one.at, one.over, False, self.exp(EXACT_ONE))
            case Constant(name):
                return self.constant(constant(name))
            case Variable():
                return self.coordinate()
            case Negate(of):
                return self.scaled(-EXACT_ONE, self.with_factor(of))
            case Binary("+", left, right):
                return self.sum(self.with_factor(left), self.with_factor(right))
            case Binary("-", left, right):
                a, b = self.with_factor(left), self.with_factor(right)
                return self.constant(EXACT_ZERO) if left == right else self.sum(a, self.scaled(-EXACT_ONE, b))
            case Binary("*", left, right):
                return self.product(self.with_factor(left), self.with_factor(right))
            case Binary("/", left, right):
                inverse = self.inverse(self.signed(right))
                return (
                    self.constant(EXACT_ONE)
                    if left == right
                    else self.product(self.with_factor(left), inverse)
                )
            case Power(Constant("e"), exponent):
                return self.function("exp", self.read(exponent))
            case Power(base, exponent):
                power = rational(exponent)
                if power is not None:
                    return self.power(self.folded(self.signed(base)), power)
                return self.general_power(self.read(base), self.read(exponent))
            case Call(name, arguments):
                return self.call(name, arguments)
        raise NotImplementedError(f"no expansion of {node!r}")

    def call(self, name: str, arguments: tuple[Node, ...]) -> Part:
        if name in ("min", "max"):
            return self.extreme(name, arguments)
        (of,) = arguments
        if name in QUOTIENTS:
            above, below = QUOTIENTS[name]
            inverse = self.inverse(self.read(Call(below, arguments)))
            return self.product(self.read(Call(above, arguments)), inverse) if above else inverse
        u = self.read(of)
        if name in POWERS:
            return self.power(u, POWERS[name])
        if name == "ln":
            return self.ln(u)
        if name in ("log2", "log10"):
            return self.logarithm(name, u)
        if name in ("abs", "sign"):
            self.broken |= self.may_be_singular(u)
            side = self.sign_of(of)
            if name == "abs":
                return self.scaled(fmpq(side), u) if side else u
            self.stepped |= side != 0 and not is_infinite(self.limit(u)) and sign(self.limit(u)) == 0
            return self.constant(fmpq(side))
        if name in ("floor", "ceil"):
            return self.whole(name, u)
        if name in ("asin", "acos", "acosh"):
            return self.inverse_function(name, u)
        return self.function(name, u)

    def signed(self, node: Node) -> Part:
        """A part, with its sign on all of the side where only a limit is known of it."""
        u = self.with_factor(node)
        if isinstance(u, Limit) and u.side is None:
            with suppress(Unsettled):
                u.side = self.sign_of(node)
        return u

    def sign_of(self, node: Node) -> int:
        """The sign of a part on all of the side, by its expansion or by its enclosure."""
        try:
            return self.sign(self.read(node))
        except Unsettled:
            x = ball(self.c)
            end = x + self.side * self.reach**self.degree
            stretch = Interval(x, end, True) if self.side > 0 else Interval(end, x, False, True)
            found = enclosing(node, (self.variable,))(moving(stretch))
            if found.undefined or not found.value.sign:
                raise
            return found.value.sign

    def extreme(self, name: str, nodes: tuple[Node, ...]) -> Part:
        best = nodes[0]
        for node in nodes[1:]:
            difference = self.read(Binary("-", best, node))
            self.broken |= self.may_be_singular(difference)
            side = self.sign_of(Binary("-", best, node))
            if (side < 0) == (name == "max") and side:
                best = node
        return self.read(best)

    def whole(self, name: str, u: Part) -> Part:
        to = self.limit(u)
        if isinstance(u, Limit) or is_infinite(to):
            raise Unsettled("a step of a limit, or steps without end")
        value = whole(name, to)
        if isinstance(to, fmpq) and to.q == 1:
            # Beside a whole number: the value on this side depends on where the part goes.
            rest = self.series(self.sum(u, self.constant(-to)))
            side = self.sign(rest)
            value += side if side == (-1 if name == "floor" else 1) else 0
            inside = side == 0 or abs(self.lowered(self.normal(rest), 0)[1][0]) < 1
            self.stepped |= value != to
            self.broken |= side != 0
        else:
            low, bound = value - (name == "ceil"), self.lowered(u, 0)[1][0]
            inside = bound > arb(low) and bound < arb(low + 1)
        if not inside:
            raise Unsettled("a part that leaves its step")
        return self.constant(value)


def expand(
    root: Node,
    variable: str,
    c: Number,
    side: int,
    reach: Ball | float,
    known: Mapping[Node, Number] | None = None,
) -> Side | None:
    """f on one side of c: its limit, slope and direction; None if it has no value anywhere there.

    Args:
        root: f, of the one variable.
        c: the place.
        side: 1 for the right, -1 for the left.
        reach: the distance up to which `direction` is proved.
        known: parts of f whose value at c is known exactly.

    Raises:
        Unsettled: the numbers cannot decide.
    """
    degree, more = 1, 0
    while degree <= FINEST:
        # The same distance in x, whatever the degree.
        t = arb(reach) if degree == 1 else arb(reach).root(degree)
        terms = max(ORDERS[more], degree + 4)
        reader = Reader(c, side, degree, t, terms, variable=variable, known=known or {})
        try:
            return reader.facts(reader.read(root))
        except Outside:
            return None
        except Finer as finer:
            degree, more = lcm(degree, degree * finer.args[0]), 0
        except TooFewTerms:
            more += 1
            if more == len(ORDERS):
                raise
    raise Unsettled("roots of too many degrees")
