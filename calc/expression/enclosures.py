"""The tree read on an interval: bounds of value, slope and curvature, and what may happen there.

Each different part of the tree is read once, in steps. What a rule bounds it bounds for every
point of the interval; what it cannot exclude it flags.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from flint import arb

from calc.expression import intervals
from calc.expression.intervals import (
    INFINITE,
    LINE,
    MINUS_INFINITE,
    ONE,
    ONLY_ONE,
    ONLY_ZERO,
    ZERO,
    Ball,
    Interval,
    clip,
    hull,
    invert,
    number,
    point,
    power,
    square,
)
from calc.expression.names import DOMAINS, EVERYWHERE, POWERS, Domain
from calc.expression.rules import RULES, derivatives
from calc.expression.steps import Steps
from calc.expression.tree import Node, Number, Operator, remembered

TWO, TEN = arb(2), arb(10)
CONSTANTS: dict[str, Callable[[], Ball]] = {"pi": arb.pi, "e": arb.const_e, "tau": lambda: 2 * arb.pi()}
FUNCTIONS: dict[str, Callable[[Interval], Interval]] = {
    name: getattr(intervals, name) for name in RULES if not name.startswith("log")
}
FUNCTIONS |= {
    "log2": lambda a: 1 / TWO.log() * intervals.ln(a),
    "log10": lambda a: 1 / TEN.log() * intervals.ln(a),
}


@dataclass(slots=True, eq=False)
class Enclosure:
    """What is proved of a function f on an interval.

    Attributes:
        value: f(x) lies in it for every x at which f has a value.
        first, second: so do f'(x) and f''(x) wherever they exist.
        undefined: f may lack a value somewhere there; `nowhere`: it has none anywhere there.
        jump: f may be discontinuous somewhere there.
        corner: f may be continuous without a derivative somewhere there.
    """

    value: Interval
    first: Interval
    second: Interval
    undefined: bool = False
    nowhere: bool = False
    jump: bool = False
    corner: bool = False

    @property
    def smooth(self) -> bool:
        """Whether f has a value and a derivative at every point."""
        return not (self.undefined or self.jump or self.corner)

    @property
    def constant(self) -> bool:
        """Whether f is constant where it is defined."""
        return self.first.is_zero and not self.jump and not self.corner


def fixed(value: Ball) -> Enclosure:
    """A constant."""
    return Enclosure(point(value), ONLY_ZERO, ONLY_ZERO)


def moving(value: Interval) -> Enclosure:
    """The variable itself."""
    return Enclosure(value, ONLY_ONE, ONLY_ZERO)


def _flagged(found: Enclosure, *parts: Enclosure) -> Enclosure:
    """With all that may happen to its parts."""
    for part in parts:
        found.undefined |= part.undefined
        found.nowhere |= part.nowhere
        found.jump |= part.jump
        found.corner |= part.corner
    return found


def _chain(u: Enclosure, value: Interval, slope: Interval, curvature: Interval) -> Enclosure:
    """f(u) from bounds of f, f' and f'' over u."""
    second = curvature * square(u.first) + slope * u.second
    return _flagged(Enclosure(value, slope * u.first, second), u)


class Enclosures:
    """The algebra of enclosures."""

    def number(self, node: Number) -> Enclosure:
        return fixed(number(node.exact))

    def constant(self, name: str) -> Enclosure:
        return fixed(CONSTANTS[name]())

    def variable(self, name: str) -> Enclosure:
        raise NotImplementedError("each variable has a place")

    def negate(self, of: Enclosure) -> Enclosure:
        return _flagged(Enclosure(-of.value, -of.first, -of.second), of)

    def binary(self, operator: Operator, left: Enclosure, right: Enclosure) -> Enclosure:
        a, b = left, right
        if operator == "/":
            return _quotient(a, b)
        if operator == "*":
            return self.rational_power(a, Fraction(2)) if a is b else _product(a, b)
        if operator == "+":
            return _flagged(Enclosure(a.value + b.value, a.first + b.first, a.second + b.second), a, b)
        if a is b:
            return replace(a, value=ONLY_ZERO, first=ONLY_ZERO, second=ONLY_ZERO, jump=False, corner=False)
        return _flagged(Enclosure(a.value - b.value, a.first - b.first, a.second - b.second), a, b)

    def rational_power(self, base: Enclosure, exponent: Fraction) -> Enclosure:
        u, value, undefined, nowhere = base, base.value, False, False
        if exponent == 0:
            return replace(u, value=ONLY_ONE, first=ONLY_ZERO, second=ONLY_ZERO, jump=False, corner=False)
        if exponent.denominator % 2 == 0 and not (value.sign > 0 or value.low >= 0):
            undefined, nowhere = True, value.sign < 0
            value = ONLY_ONE if nowhere else clip(value, ZERO, None)
        if exponent < 0 and not value.sign:
            undefined, nowhere = True, nowhere or value.is_zero
        slope, curvature = ONLY_ONE, ONLY_ZERO
        if exponent != 1:
            slope = number(exponent) * power(value, exponent - 1)
            curvature = number(exponent * (exponent - 1)) * power(value, exponent - 2)
        found = _chain(u, power(value, exponent), slope, curvature)
        found.undefined |= undefined
        found.nowhere |= nowhere
        found.corner |= exponent < 1 and exponent.denominator > 1 and not value.sign and not u.constant
        return found

    def power(self, base: Enclosure, exponent: Enclosure) -> Enclosure:
        """a^b = exp(b ln a) for a > 0; 0^b is 0 for b > 0, and 0^0 is 1."""
        a, b = base, exponent
        if a.value.is_zero and b.value.sign > 0:
            return _flagged(fixed(ZERO), a, b)
        logarithm = _smooth_function("ln", a)
        zero_base = a.value.sign == 0
        if zero_base:
            logarithm.undefined = a.undefined or not (a.value.low >= 0 and b.value.sign > 0)
            logarithm.nowhere = a.nowhere or bool(a.value.high < 0)
            logarithm.corner = True
        found = _smooth_function("exp", self.binary("*", b, logarithm))
        if zero_base:
            found.value = hull(found.value, ONLY_ZERO if b.value.sign > 0 else Interval(ZERO, ONE))
        return found

    def call(self, name: str, *arguments: Enclosure) -> Enclosure:
        u = arguments[0]
        if name in ("min", "max"):
            for other in arguments[1:]:
                u = self._extreme(name, u, other)
            return u
        if name in POWERS:
            return self.rational_power(u, POWERS[name])
        if name == "abs":
            return self._absolute(u)
        if name in ("sign", "floor", "ceil"):
            return _step(name, u)
        if name in ("sec", "csc"):
            return _quotient(fixed(ONE), _smooth_function("cos" if name == "sec" else "sin", u))
        if name == "cot":
            return _quotient(_smooth_function("cos", u), _smooth_function("sin", u))
        return _smooth_function(name, u)

    def _absolute(self, u: Enclosure) -> Enclosure:
        if u.value.sign:
            return u if u.value.sign > 0 else self.negate(u)
        # Also where 0 is reached at an end only: the corner may lie there.
        found = _flagged(Enclosure(intervals.absolute(u.value), hull(u.first, -u.first), LINE), u)
        found.corner |= not u.constant
        return found

    def _extreme(self, name: str, a: Enclosure, b: Enclosure) -> Enclosure:
        if a is b:
            return a
        if name == "min":
            return self.negate(self._extreme("max", self.negate(a), self.negate(b)))
        if a.value.low > b.value.high or b.value.low > a.value.high:
            chosen = a if a.value.low > b.value.high else b
            undefined, nowhere = a.undefined or b.undefined, a.nowhere or b.nowhere
            return replace(chosen, undefined=undefined, nowhere=nowhere)
        value = Interval(a.value.low.max(b.value.low), a.value.high.max(b.value.high))
        same = (
            a.constant and b.constant and a.value.is_point and b.value.is_point and a.value.low == b.value.low
        )
        found = _flagged(Enclosure(value, hull(a.first, b.first), ONLY_ZERO if same else LINE), a, b)
        found.corner |= not same
        return found


def _product(a: Enclosure, b: Enclosure) -> Enclosure:
    u, v = a.value, b.value
    first = a.first * v + u * b.first
    second = a.second * v + TWO * (a.first * b.first) + u * b.second
    return _flagged(Enclosure(u * v, first, second), a, b)


def _quotient(a: Enclosure, b: Enclosure) -> Enclosure:
    if a is b:
        found = Enclosure(ONLY_ONE, ONLY_ZERO, ONLY_ZERO, a.undefined, a.nowhere)
    else:
        inverse = invert(b.value)
        value = a.value * inverse
        first = (a.first - value * b.first) * inverse
        second = (a.second - (TWO * (first * b.first) + value * b.second)) * inverse
        found = _flagged(Enclosure(value, first, second), a, b)
    found.undefined |= not b.value.sign
    found.nowhere |= b.value.is_zero
    return found


def _smooth_function(name: str, u: Enclosure) -> Enclosure:
    """A function that is smooth inside its domain."""
    domain = DOMAINS.get(name, EVERYWHERE)
    inside, undefined, nowhere, edge = _within(domain, u.value)
    slope, curvature = _slopes(name)
    found = _chain(u, FUNCTIONS[name](inside), slope(inside), curvature(inside))
    if name == "tan":
        undefined = not intervals.cos(inside).sign
    found.undefined |= undefined
    found.nowhere |= nowhere
    found.corner |= edge and not u.constant
    return found


def _within(domain: Domain, u: Interval) -> tuple[Interval, bool, bool, bool]:
    """The part of u in the domain; whether some of u, or all of it, may lie outside; whether it meets an edge."""
    undefined = nowhere = edge = False
    for inward, bound, end, end_open, beyond in (
        (1, domain.low, u.low, u.low_open, u.high),
        (-1, domain.high, u.high, u.high_open, u.low),
    ):
        if bound is None:
            continue
        past, on = bool(inward * end > inward * bound), bool(inward * end >= inward * bound)
        undefined |= not (past or (on and (end_open or not domain.open)))
        gone = inward * beyond
        nowhere |= bool(gone < inward * bound) or (domain.open and bool(gone <= inward * bound))
        edge |= not domain.open and not (past or (on and end_open))
    if nowhere:
        return (point(TWO if domain.high is None else ONE / 2), True, True, False)
    return (clip(u, domain.low, domain.high) if undefined else u), undefined, False, edge


def _step(name: str, u: Enclosure) -> Enclosure:
    """sign, floor, ceil: flat unless a jump may lie in the interval."""
    value = u.value
    if name == "sign":
        low = ONE if value.sign > 0 else ZERO if value.low >= 0 else -ONE
        high = -ONE if value.sign < 0 else ZERO if value.high <= 0 else ONE
        jump = not value.sign
    else:
        low, high, jump = _whole_steps(name, value)
    jump = jump and not u.constant
    slope = LINE if jump else ONLY_ZERO
    found = Enclosure(Interval(low, high), slope, slope, u.undefined, u.nowhere, jump=jump)
    # Where u itself jumps, within one step or not.
    found.jump |= u.jump and not found.value.is_point
    if found.jump:
        found.first = found.second = LINE
    return found


def _whole_steps(name: str, value: Interval) -> tuple[Ball, Ball, bool]:
    """Bounds of floor or ceil, and whether there may be a step at or between them."""
    if not value.is_bounded:
        return MINUS_INFINITE, INFINITE, True
    if name == "ceil":
        low, high, jump = _whole_steps("floor", -value)
        return -high, -low, jump
    low, high = value.low.floor().lower(), value.high.floor().upper()
    if value.high_open and value.high == high:
        high = high - 1
    on_step = bool(low == value.low) and not value.low_open
    return low, high, on_step or not bool(low == high)


class _Intervals:
    """The algebra of bounds of values alone: what the rules of differentiation need."""

    def number(self, node: Number) -> Interval:
        return point(number(node.exact))

    def constant(self, name: str) -> Interval:
        raise NotImplementedError("no rule has a named constant")

    variable = constant

    def negate(self, of: Interval) -> Interval:
        return -of

    def binary(self, operator: Operator, left: Interval, right: Interval) -> Interval:
        if operator in "+-":
            return left + right if operator == "+" else left - right
        return left * (right if operator == "*" else invert(right))

    def rational_power(self, base: Interval, exponent: Fraction) -> Interval:
        return power(base, exponent)

    def power(self, base: Interval, exponent: Interval) -> Interval:
        raise NotImplementedError("no rule has a variable in an exponent")

    def call(self, name: str, *arguments: Interval) -> Interval:
        (of,) = arguments
        return power(of, POWERS[name]) if name in POWERS else FUNCTIONS[name](of)


@cache
def _slopes(name: str) -> tuple[Steps[Interval], Steps[Interval]]:
    """The derivatives of a function, of intervals."""
    first, second = (Steps(tree, ("u",), _Intervals()) for tree in derivatives(name))
    return first, second


@remembered
def enclosing(root: Node, variables: tuple[str, ...]) -> Steps[Enclosure]:
    """A tree as a function of the enclosures of its variables; that of a tree in use is kept."""
    return Steps(root, variables, Enclosures())


def enclose(root: Node, variable: str, low: float, high: float) -> Enclosure:
    """f over [low, high]. Raises ValueError for low > high and for ends that are not finite."""
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("the ends of an interval are finite numbers")
    if low > high:
        raise ValueError("an interval begins at its lower end")
    return enclosing(root, (variable,))(moving(Interval(arb(low), arb(high))))


def undefined_at(root: Node, variables: tuple[str, ...], values: Sequence[float]) -> bool:
    """Whether a function of several variables certainly has no value at a point."""
    return enclosing(root, variables)(*(fixed(arb(value)) for value in values)).nowhere
