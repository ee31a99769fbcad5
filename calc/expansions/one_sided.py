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
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb, lcm
from typing import Any, TypeAlias

from flint import arb, fmpq

from calc.expansions import numbers, series
from calc.expansions.numbers import Number, Unsettled, ball, is_infinite, is_zero, sign
from calc.expansions.series import Series
from calc.expansions.values import QUOTIENTS, constant, fraction, whole
from calc.expression.enclosures import POWERS
from calc.expression.intervals import FAR, INFINITE, MINUS_INFINITE, ONE, ZERO, Ball
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Power, Variable, rational

NONE, UNIT = fmpq(0), fmpq(1)
ORDERS = (6, 12, 24)
"""Coefficients, tried in turn: a function may begin with that many zeros less one."""
FINEST = 12
"""The highest root of the distance that is taken: x^(1/3) + x^(1/4) needs the twelfth."""
MORE_TERMS = "more zeros than coefficients"
INCREASING = ("exp", "atan", "tanh", "sinh", "asinh")
"""Functions that are defined everywhere and rise."""


class Outside(Exception):
    """The function has no value on the whole side."""


class Finer(Exception):
    """t has to be a root of higher degree, given as the argument."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is proved of f on one side of c, up to the distance asked for.

    Attributes:
        limit: of f(x) for x towards c; infinite balls for poles.
        slope: the limit of (f(x) - limit)/(x - c); None if it is not known.
        direction: 1 if f strictly rises with x on all of the side, -1 if it falls, 0 if it is constant; None if
            it is not known.
        continuous: f(c), where it has a value, is known to be the limit.
        analytic: f is known to be a Laurent series around c, the same on both sides.
    """

    limit: Number
    slope: Number | None
    direction: int | None
    continuous: bool = True
    analytic: bool = False


@dataclass(slots=True)
class Expansion:
    """t^order g(t); `at`: the coefficients of g at 0, `over`: enclosures of those at each t of the side."""

    order: int | fmpq
    at: Series
    over: list[Ball]
    vanishes: bool = False
    """The part is 0 on all of the side."""


@dataclass(slots=True)
class Limit:
    """A part of which a limit is known, not a series.

    `leading`: (v, m, c) if it behaves like c t^v (ln t)^m; `direction`: the sign of its derivative by t on all
    of the side, None if it is not known.
    """

    to: Number
    leading: tuple[Any, int, Number] | None = None
    direction: int | None = None


Part: TypeAlias = Expansion | Limit


def _finite(*lists: Series) -> None:
    if any(isinstance(c, arb) and not c.is_finite() for each in lists for c in each):
        raise Unsettled("a bound that is infinite")


def _leading(order: Any, logs: int, factor: Number, direction: int | None = None) -> Limit:
    """A part known by its leading term."""
    if order > 0 or (order == 0 and logs < 0):
        to: Number = NONE
    elif order == 0 and logs == 0:
        to = factor
    else:
        to = INFINITE if sign(factor) * (-1) ** logs > 0 else MINUS_INFINITE
    return Limit(to, (order, logs, factor), direction)


@dataclass
class Reader:
    """Reads the parts of a tree on one side of c.

    Args:
        c: the place.
        side: 1 for the right side, -1 for the left one.
        degree: q of x = c + side t^q.
        reach: how far t goes.
        terms: how many coefficients are kept.
        known: nodes whose value at c is known exactly.
    """

    c: Number
    side: int
    degree: int
    reach: Ball
    terms: int
    known: Mapping[Node, Number]
    stepped: bool = False
    """Whether floor, ceil or sign has another value at c than beside it."""
    broken: bool = False
    """Whether some part is no Laurent series around c."""
    _done: dict[Node, Part] = field(default_factory=dict)

    # The forms that a part can take.

    def _power_of_t(self, k: int) -> Ball:
        """t^k over the side."""
        return ZERO.union(self.reach**k) if k else ONE

    def _monomial(self, degree: int) -> list[Ball]:
        """Taylor coefficients of t^degree over the side."""
        return [
            comb(degree, k) * self._power_of_t(degree - k) if k <= degree else ZERO for k in range(self.terms)
        ]

    def _constant(self, value: Number) -> Expansion:
        rest = self.terms - 1
        return Expansion(0, [value] + [NONE] * rest, [ball(value)] + [ZERO] * rest, is_zero(value))

    def _variable(self) -> Expansion:
        at: Series = [self.c] + [NONE] * (self.terms - 1)
        at[self.degree] = fmpq(self.side)
        over = [self.side * bound for bound in self._monomial(self.degree)]
        over[0] = over[0] + ball(self.c)
        return Expansion(0, at, over)

    def _normal(self, u: Expansion) -> Expansion:
        """The same with g(0) that is not 0."""
        if u.vanishes:
            return u
        zeros = 0
        while zeros < len(u.at) and is_zero(u.at[zeros]):
            zeros += 1
        if zeros == len(u.at):
            raise Unsettled(MORE_TERMS)
        sign(u.at[zeros])
        return Expansion(u.order + zeros, u.at[zeros:], u.over[zeros:]) if zeros else u

    def _lowered(self, u: Expansion, order: Any) -> tuple[Series, list[Ball]]:
        """The coefficients of t^-order u, for an order of u or less."""
        shift = u.order - order
        if shift == 0:
            return u.at, u.over
        if isinstance(shift, fmpq):
            if shift.q != 1:
                raise Finer(int(shift.q))
            shift = int(shift.p)
        if shift < 0:
            raise Unsettled("a pole")
        at = ([NONE] * shift + u.at)[: len(u.at)]
        return at, series.multiply(u.over, self._monomial(shift))

    def _limit(self, u: Part) -> Number:
        if isinstance(u, Limit):
            return u.to
        if u.vanishes:
            return NONE
        u = self._normal(u) if u.order < 0 or is_zero(u.at[0]) else u
        if u.order > 0:
            return NONE
        if u.order == 0:
            return u.at[0]
        return INFINITE if sign(u.at[0]) > 0 else MINUS_INFINITE

    def _lead(self, u: Part) -> tuple[Any, int, Number] | None:
        if isinstance(u, Limit):
            return u.leading
        u = self._normal(u)
        return None if u.vanishes else (u.order, 0, u.at[0])

    def _sign(self, u: Part) -> int:
        """The sign on all of the side."""
        if isinstance(u, Limit):
            s, d = sign(u.to), u.direction
            if d is None or s * d < 0:
                raise Unsettled("the sign of a part with a limit only")
            return s or d
        return 0 if u.vanishes else sign(self._normal(u).over[0])

    def _direction(self, u: Part) -> int | None:
        """The sign of du/dt on all of the side."""
        if isinstance(u, Limit):
            return u.direction
        try:
            return self._slopes(u)[1]
        except Unsettled:
            return None

    def _slopes(self, u: Expansion) -> tuple[Number | None, int]:
        """The limit of (u - limit)/t^degree, None at a pole; and the sign of du/dt on all of the side."""
        if u.vanishes:
            return NONE, 0
        if u.order < 0 or is_zero(u.at[0]):
            u = self._normal(u)
        rest, shift = u, u.order
        if u.order == 0:
            if len(u.at) > 1 and all(map(is_zero, u.at[1:])) and all(map(is_zero, u.over[1:])):
                return NONE, 0
            rest = self._normal(Expansion(1, u.at[1:], u.over[1:]))
            shift = rest.order
        if len(rest.over) < 2:
            raise Unsettled(MORE_TERMS)
        rises = sign(shift * rest.over[0] + ZERO.union(self.reach) * rest.over[1])
        if shift < 0:
            return None, rises
        if shift > self.degree:
            return NONE, rises
        if shift == self.degree:
            return rest.at[0], rises
        return (INFINITE if sign(rest.at[0]) > 0 else MINUS_INFINITE), rises

    def facts(self, u: Part) -> Side:
        """What is known of the part, told in x instead of t."""
        if isinstance(u, Limit):
            rises = None if u.direction is None else u.direction * self.side
            return Side(u.to, None, rises, not self.stepped)
        slope, rises = self._slopes(u)
        steep = None if slope is None else self.side * slope
        analytic = self.degree == 1 and not self.broken
        return Side(self._limit(u), steep, self.side * rises, not self.stepped, analytic)

    # The tree.

    def read(self, node: Node) -> Part:
        if node not in self._done:
            found = self._read(node)
            if node in self.known and isinstance(found, Expansion) and found.order == 0:
                value = self.known[node]
                found = Expansion(0, [value, *found.at[1:]], found.over, found.vanishes)
            self._done[node] = found
        return self._done[node]

    def _read(self, node: Node) -> Part:
        exact = rational(node)
        if exact is not None:
            return self._constant(fraction(exact))
        match node:
            case Constant(name):
                return self._constant(constant(name))
            case Variable():
                return self._variable()
            case Negate(of):
                return self._scaled(-UNIT, self.read(of))
            case Binary("+", left, right):
                return self._sum(self.read(left), self.read(right))
            case Binary("-", left, right):
                return self._difference(left, right)
            case Binary("*", left, right):
                return self._product(self.read(left), self.read(right))
            case Binary("/", left, right):
                inverse = self._inverse(self.read(right))
                return self._constant(UNIT) if left == right else self._product(self.read(left), inverse)
            case Power(Constant("e"), exponent):
                return self._function("exp", self.read(exponent))
            case Power(base, exponent):
                power = rational(exponent)
                if power is not None:
                    return self._power(self.read(base), power)
                return self._general_power(self.read(base), self.read(exponent))
            case Call(name, arguments):
                return self._call(name, arguments)
        raise NotImplementedError(f"no expansion of {node!r}")

    def _call(self, name: str, arguments: tuple[Node, ...]) -> Part:
        if name in ("min", "max"):
            return self._extreme(name, arguments)
        (of,) = arguments
        if name in QUOTIENTS:
            above, below = QUOTIENTS[name]
            inverse = self._inverse(self.read(Call(below, arguments)))
            return self._product(self.read(Call(above, arguments)), inverse) if above else inverse
        u = self.read(of)
        if name in POWERS:
            return self._power(u, POWERS[name])
        if name == "ln":
            return self._ln(u)
        if name in ("log2", "log10"):
            return self._logarithm(name, u)
        if name == "abs":
            self.broken |= self._vanishes_at(u)
            return self._scaled(fmpq(self._sign(u)), u) if self._sign(u) else u
        if name == "sign":
            side = self._sign(u)
            self.broken |= self._vanishes_at(u)
            self.stepped |= side != 0 and not is_infinite(self._limit(u)) and sign(self._limit(u)) == 0
            return self._constant(fmpq(side))
        if name in ("floor", "ceil"):
            return self._whole(name, of, u)
        if name in ("asin", "acos", "acosh"):
            return self._inverse_function(name, u)
        return self._function(name, u)

    def _vanishes_at(self, u: Part) -> bool:
        """Whether the limit is 0, or infinite, or may be."""
        try:
            to = self._limit(u)
            return is_infinite(to) or sign(to) == 0
        except Unsettled:
            return True

    # Arithmetic.

    def _scaled(self, factor: Number, u: Part) -> Part:
        if isinstance(u, Expansion):
            return Expansion(u.order, series.scale(factor, u.at), series.scale(ball(factor), u.over), u.vanishes)
        s = sign(factor)
        leading = u.leading and (u.leading[0], u.leading[1], factor * u.leading[2])
        return Limit(factor * u.to, leading, None if u.direction is None else s * u.direction)

    def _difference(self, left: Node, right: Node) -> Part:
        a = self.read(left)
        return self._constant(NONE) if left == right else self._sum(a, self._scaled(-UNIT, self.read(right)))

    def _sum(self, a: Part, b: Part) -> Part:
        if isinstance(a, Limit) or isinstance(b, Limit):
            return self._sum_of_limits(a, b)
        if a.vanishes or b.vanishes:
            return b if a.vanishes else a
        order = min(a.order, b.order)
        (at, over), (other_at, other_over) = self._lowered(a, order), self._lowered(b, order)
        found = Expansion(order, series.add(at, other_at), series.add(over, other_over))
        # g is 0 at 0, and so is its slope everywhere.
        found.vanishes = all(map(is_zero, found.at)) and all(map(is_zero, found.over[1:])) and len(found.over) > 1
        return found

    def _sum_of_limits(self, a: Part, b: Part) -> Part:
        first, second = self._direction(a), self._direction(b)
        together = first if first == second or second == 0 else second if first == 0 else None
        p, q = self._lead(a), self._lead(b)
        if p and q:
            # The term of the lower order, or of the higher power of ln t, is the larger one near 0.
            if (p[0], -p[1]) != (q[0], -q[1]):
                order, logs, factor = min(p, q, key=lambda lead: (lead[0], -lead[1]))
                return _leading(order, logs, factor, together)
            if sign(p[2] + q[2]):
                return _leading(p[0], p[1], p[2] + q[2], together)
        to = ball(self._limit(a)) + ball(self._limit(b))
        if to.is_nan():
            raise Unsettled("infinity minus infinity")
        return Limit(to, None, together)

    def _product(self, a: Part, b: Part) -> Part:
        for u in (a, b):
            if isinstance(u, Expansion) and u.vanishes:
                return u
        if isinstance(a, Limit) or isinstance(b, Limit):
            return self._product_of_limits(a, b)
        return Expansion(a.order + b.order, series.multiply(a.at, b.at), series.multiply(a.over, b.over))

    def _product_of_limits(self, a: Part, b: Part) -> Part:
        p, q = self._lead(a), self._lead(b)
        if p and q:
            return _leading(p[0] + q[0], p[1] + q[1], p[2] * q[2])
        to = ball(self._limit(a)) * ball(self._limit(b))
        if to.is_nan() or not (to.is_finite() or to == INFINITE or to == MINUS_INFINITE):
            raise Unsettled("0 times infinity")
        return Limit(to)

    def _inverse(self, u: Part) -> Part:
        if isinstance(u, Limit):
            if u.leading:
                return _leading(-u.leading[0], -u.leading[1], 1 / u.leading[2])
            if is_infinite(u.to):
                return Limit(NONE, None, self._turned(u))
            if is_zero(u.to):
                return Limit(INFINITE if self._sign(u) > 0 else MINUS_INFINITE)
            sign(u.to)
            return Limit(1 / u.to)
        if u.vanishes:
            raise Outside
        u = self._normal(u)
        self._sign(u)
        one = self._constant(UNIT)
        at, over = series.divide(one.at[: len(u.at)], u.at), series.divide(one.over[: len(u.over)], u.over)
        _finite(at, over)
        return Expansion(-u.order, at, over)

    def _turned(self, u: Limit) -> int | None:
        """The direction of 1/u, if u does not come to 0 on the side."""
        try:
            self._sign(u)
        except Unsettled:
            return None
        return None if u.direction is None else -u.direction

    def _power(self, u: Part, exponent: Fraction) -> Part:
        p, q = exponent.numerator, exponent.denominator
        if p == 0:
            return self._constant(UNIT)
        if isinstance(u, Limit):
            return self._power_of_limit(u, p, q)
        if u.vanishes:
            if p < 0:
                raise Outside
            return u
        try:
            u = self._normal(u)
            side = self._sign(u)
        except Unsettled:
            if q > 1 or p < 0:
                raise
            return self._whole_power(u, p)
        if side < 0 and q % 2 == 0:
            raise Outside
        self.broken |= q > 1 and u.order != 0
        order = fmpq(u.order) * fmpq(p, q)
        first, bound = numbers.power(u.at[0], p, q), numbers.power(u.over[0], p, q)
        at = series.power(u.at, first, fmpq(p, q))
        over = series.power(u.over, bound, fmpq(p, q))
        _finite(at, over)
        return Expansion(int(order.p) if order.q == 1 else order, at, over)

    def _whole_power(self, u: Part, p: int) -> Part:
        """By squaring: no sign of u is needed."""
        half = self._whole_power(u, p // 2) if p > 1 else self._constant(UNIT)
        squared = self._product(half, half)
        return self._product(squared, u) if p % 2 else squared

    def _general_power(self, base: Part, exponent: Part) -> Part:
        """a^b = exp(b ln a), with the exact value where b is a fraction there."""
        if isinstance(base, Expansion) and base.vanishes:
            side = self._sign(exponent)
            if side < 0:
                raise Outside
            self.broken = True
            return self._constant(NONE if side else UNIT)
        found = self._function("exp", self._product(exponent, self._ln(base)))
        if isinstance(found, Expansion) and isinstance(base, Expansion):
            a, b = self._limit(base), self._limit(exponent)
            if isinstance(a, fmpq) and isinstance(b, fmpq) and a != 0:
                found.at[0] = numbers.power(a, int(b.p), int(b.q))
        return found

    def _power_of_limit(self, u: Limit, p: int, q: int) -> Part:
        side = None
        if q % 2 == 0:
            side = self._sign(u)
            if side < 0:
                raise Outside
        rises = None if u.direction is None or p < 0 or (p % 2 == 0 and side is None) else u.direction
        if is_infinite(u.to):
            if p < 0:
                return Limit(NONE)
            return Limit(INFINITE if u.to > 0 or p % 2 == 0 else MINUS_INFINITE, None, rises)
        if is_zero(u.to):
            if p > 0:
                return Limit(NONE, None, rises)
            return Limit(INFINITE if p % 2 == 0 or self._sign(u) > 0 else MINUS_INFINITE)
        found = numbers.power(u.to, p, q)
        if found is None:
            raise Unsettled("a root of a negative limit")
        return Limit(found, None, rises)

    # Functions.

    def _ln(self, u: Part) -> Part:
        if isinstance(u, Limit):
            if self._sign(u) < 0:
                raise Outside
            if is_infinite(u.to):
                return Limit(INFINITE, None, u.direction)
            if is_zero(u.to):
                return Limit(MINUS_INFINITE, None, u.direction)
            return Limit(_at("ln", u.to), None, u.direction)
        if u.vanishes:
            raise Outside
        u = self._normal(u)
        if self._sign(u) < 0:
            raise Outside
        if u.order:
            self.broken = True
            return _leading(0, 1, fmpq(u.order), self._direction(u))
        return self._composed("ln", u)

    def _logarithm(self, name: str, u: Part) -> Part:
        found = self._scaled(1 / arb(int(name[3:])).log(), self._ln(u))
        if isinstance(found, Expansion) and isinstance(u, Expansion):
            found.at[0] = _at(name, self._limit(u))
        return found

    def _function(self, name: str, u: Part) -> Part:
        """A function that is smooth wherever it is defined."""
        if isinstance(u, Expansion) and u.order < 0:
            u = self._normal(u)
        if isinstance(u, Limit) or u.order < 0:
            return self._far(name, u)
        return self._composed(name, u)

    def _composed(self, name: str, u: Expansion) -> Expansion:
        at, over = self._lowered(u, 0)
        at, over = _taylor(name, at), _taylor(name, over)
        _finite(at, over)
        return Expansion(0, at, over)

    def _far(self, name: str, u: Part) -> Part:
        """A function of a part that is infinite there, or of which a limit is known only."""
        self.broken = True
        to = self._limit(u)
        rises = self._direction(u) if name in INCREASING else None
        if not is_infinite(to):
            if name == "atanh":
                raise Unsettled("atanh of a limit")
            return Limit(_at(name, to), None, rises)
        up = 1 if to > 0 else -1
        if name == "atan" and isinstance(u, Expansion):
            # atan u = +-pi/2 - atan(1/u)
            inverse = self._composed("atan", self._inverse(u))
            return self._sum(self._constant(numbers.pi_times(fmpq(up, 2))), self._scaled(-UNIT, inverse))
        limits: dict[str, Number] = {
            "exp": INFINITE if up > 0 else NONE,
            "atan": numbers.pi_times(fmpq(up, 2)),
            "tanh": fmpq(up),
            "sinh": to,
            "asinh": to,
            "cosh": INFINITE,
        }
        if name not in limits:
            raise Unsettled(f"{name} of what grows without bound")
        return Limit(limits[name], None, rises)

    def _whole(self, name: str, of: Node, u: Part) -> Part:
        to = self._limit(u)
        if is_infinite(to):
            raise Unsettled("steps without end")
        if isinstance(to, fmpq) and to.q == 1:
            # Beside a whole number: the value on this side depends on where the part goes.
            rest = self._sum(u, self._constant(-to)) if isinstance(u, Expansion) else Limit(NONE, None, u.direction)
            side = self._sign(rest)
            value = to if side == 0 or (side > 0) == (name == "floor") else to - 1 if name == "floor" else to + 1
            if isinstance(rest, Expansion) and side and not abs(self._lowered(self._normal(rest), 0)[1][0]) < 1:
                raise Unsettled("a part that leaves its step")
            if isinstance(rest, Limit):
                raise Unsettled("a step of a limit")
            self.stepped |= value != to
            self.broken = True
            return self._constant(value)
        value = whole(name, to)
        if isinstance(u, Limit):
            raise Unsettled("a step of a limit")
        bound = self._lowered(u, 0)[1][0]
        low = value if name == "floor" else value - 1
        if not (bound > arb(low) and bound < arb(low + 1)):
            raise Unsettled("a part that leaves its step")
        return self._constant(value)

    def _extreme(self, name: str, nodes: tuple[Node, ...]) -> Part:
        best = nodes[0]
        for node in nodes[1:]:
            difference = self.read(Binary("-", best, node))
            self.broken |= self._vanishes_at(difference)
            side = self._sign(difference)
            if (side < 0) == (name == "max") and side:
                best = node
        return self.read(best)

    def _inverse_function(self, name: str, u: Part) -> Part:
        """asin, acos and acosh, also at the edge of their domain, where they are roots of what is left."""
        if isinstance(u, Limit):
            raise Unsettled("an inverse function of a limit")
        to = self._limit(u)
        edges = (UNIT,) if name == "acosh" else (UNIT, -UNIT)
        for edge in edges:
            if isinstance(to, fmpq) and to == edge:
                return self._at_edge(name, u, edge)
        if self._outside(name, u):
            raise Outside
        return self._composed(name, u)

    def _outside(self, name: str, u: Expansion) -> bool:
        """Whether u lies outside the domain on all of the side."""
        if u.order < 0:
            if name == "acosh" and self._sign(u) > 0:
                raise Unsettled("acosh of what grows without bound")
            u = self._inverse(u)
            if name == "acosh" or abs(self._lowered(u, 0)[1][0]) < 1:
                return True
            raise Unsettled("the edge of a domain")
        bound = self._lowered(u, 0)[1][0]
        if name == "acosh":
            return sign(bound - 1) < 0
        return sign(bound - 1) > 0 or sign(bound + 1) < 0

    def _at_edge(self, name: str, u: Expansion, edge: fmpq) -> Part:
        """asin u = pi/2 - 2 asin sqrt((1 - u)/2) for u near 1; acosh u = 2 asinh sqrt((u - 1)/2)."""
        self.broken = True
        inward = -1 if name == "acosh" else 1
        left = self._sum(self._constant(UNIT), self._scaled(-edge, u))
        half = self._power(self._scaled(fmpq(inward, 2), left), Fraction(1, 2))
        if isinstance(half, Limit):
            raise Unsettled("the edge of a domain")
        arc = self._scaled(fmpq(2), self._composed("asinh" if name == "acosh" else "asin", half))
        if name == "acosh":
            return arc
        quarter = self._constant(numbers.pi_times(fmpq(1, 2)))
        asin = self._scaled(edge, self._sum(quarter, self._scaled(-UNIT, arc)))
        return asin if name == "asin" else self._sum(quarter, self._scaled(-UNIT, asin))


def _at(name: str, a: Number) -> Number:
    """The function's value; raises Unsettled, also outside its domain."""
    if name in ("exp", "sinh", "cosh", "sin", "cos") and not abs(ball(a)) < FAR:
        raise Unsettled("an argument beyond all bounds")
    found = numbers.function(name, a)
    if found is None:
        raise Unsettled("the edge of a domain")
    return found


def _taylor(name: str, a: Series) -> Series:
    """Taylor coefficients of a function of a part, from those of the part."""
    if name == "exp":
        return series.exp(a, _at("exp", a[0]))
    if name in ("sin", "cos"):
        return series.waves(a, (_at("sin", a[0]), _at("cos", a[0])), -1)[name == "cos"]
    if name in ("sinh", "cosh", "tanh"):
        odd, even = series.waves(a, (_at("sinh", a[0]), _at("cosh", a[0])), 1)
        return series.divide(odd, even) if name == "tanh" else odd if name == "sinh" else even
    first = _at(name, a[0])
    if len(a) == 1:
        return [first]
    slope = series.differentiate(a)
    if name == "ln":
        return series.integrate(series.divide(slope, a), first)
    squared = series.multiply(a, a)
    if name == "atan":
        return series.integrate(series.divide(slope, [1 + squared[0], *squared[1:]]), first)
    if name == "atanh":
        return series.integrate(series.divide(slope, [1 - squared[0], *(-c for c in squared[1:])]), first)
    below = [1 + squared[0], *squared[1:]] if name == "asinh" else [1 - squared[0], *(-c for c in squared[1:])]
    if name == "acosh":
        below = [-c for c in below]
    start = numbers.power(below[0], -1, 2)
    if start is None:
        raise Unsettled("the edge of a domain")
    slope = series.multiply(slope, series.power(below, start, fmpq(-1, 2)))
    return series.integrate([-c for c in slope] if name == "acos" else slope, first)


def expand(
    root: Node, variable: str, c: Number, side: int, reach: Ball | float, known: Mapping[Node, Number] | None = None
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
    degree = 1
    while degree <= FINEST:
        # The same distance in x, whatever the degree.
        t = arb(reach) if degree == 1 else arb(reach).root(degree)
        try:
            return _expand(root, c, side, degree, t, known or {})
        except Outside:
            return None
        except Finer as finer:
            degree = lcm(degree, degree * finer.args[0])
    raise Unsettled("roots of too many degrees")


def _expand(root: Node, c: Number, side: int, degree: int, reach: Ball, known: Mapping[Node, Number]) -> Side:
    for terms in ORDERS:
        try:
            reader = Reader(c, side, degree, reach, max(terms, degree + 4), known)
            return reader.facts(reader.read(root))
        except Unsettled as unsettled:
            if terms == ORDERS[-1] or unsettled.args[0] != MORE_TERMS:
                raise
    raise AssertionError("the last order raises")
