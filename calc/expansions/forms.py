"""A part as t^v g(t), and what that tells: its limit, its sign, its slope."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import comb
from typing import Any

from flint import arb, fmpq

from calc.expansions import series
from calc.expansions.numbers import Number, PiNumber, TooFewTerms, Unsettled, ball, is_infinite, is_zero, sign
from calc.expansions.parts import (
    EXACT_ZERO,
    Expansion,
    Finer,
    Lead,
    Limit,
    Part,
    Side,
    check_finite,
    expansion,
)
from calc.expansions.series import Series
from calc.expansions.taylor import taylor
from calc.expression.intervals import FAR, ONE, ZERO, Ball


@dataclass
class Forms:
    """The forms that a part can take beside c.

    Args:
        c: the place.
        side: 1 for the right side, -1 for the left one.
        degree: q of x = c + side t^q.
        reach: how far t goes.
        terms: how many coefficients are kept.
    """

    c: Number
    side: int
    degree: int
    reach: Ball
    terms: int
    stepped: bool = False
    """Whether floor, ceil or sign has another value at c than beside it."""
    broken: bool = False
    """Whether some part is no Laurent series around c."""
    _exponentials: dict[Number, Ball] = field(default_factory=dict)

    def power_of_t(self, k: int) -> Ball:
        """t^k over the side."""
        return ZERO.union(self.reach**k) if k else ONE

    def monomial(self, degree: int) -> list[Ball]:
        """Taylor coefficients of t^degree over the side."""
        return [
            comb(degree, k) * self.power_of_t(degree - k) if k <= degree else ZERO for k in range(self.terms)
        ]

    def constant(self, value: Number) -> Expansion:
        rest = self.terms - 1
        return Expansion(0, [value] + [EXACT_ZERO] * rest, [ball(value)] + [ZERO] * rest, is_zero(value))

    def coordinate(self) -> Expansion:
        at: Series = [self.c] + [EXACT_ZERO] * (self.terms - 1)
        at[self.degree] = fmpq(self.side)
        over = [self.side * bound for bound in self.monomial(self.degree)]
        over[0] = over[0] + ball(self.c)
        return Expansion(0, at, over)

    def folded(self, u: Part) -> Part:
        """The same with a factor of 1."""
        if isinstance(u, Limit) or u.factor is None:
            return u
        return Expansion(u.order, series.scale(u.factor, u.at), series.scale(u.factor, u.over), u.vanishes)

    def series(self, u: Part) -> Expansion:
        """The part, if it is a series; raises Unsettled."""
        if isinstance(u, Limit):
            raise Unsettled("a part of which a limit is known only")
        return u

    def normal(self, u: Expansion) -> Expansion:
        """The same with g(0) that is not 0."""
        if u.vanishes:
            return u
        zeros = 0
        while zeros < len(u.at) and is_zero(u.at[zeros]):
            zeros += 1
        if zeros == len(u.at):
            raise TooFewTerms("more zeros than coefficients")
        sign(u.at[zeros])
        return Expansion(u.order + zeros, u.at[zeros:], u.over[zeros:], False, u.factor) if zeros else u

    def lowered(self, u: Expansion, order: Any) -> tuple[Series, list[Ball]]:
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
        at = ([EXACT_ZERO] * shift + u.at)[: len(u.at)]
        return at, series.multiply(u.over, self.monomial(shift))

    def limit(self, u: Part) -> Number:
        if isinstance(u, Limit):
            return u.to
        if u.vanishes:
            return EXACT_ZERO
        u = self.normal(u) if u.order < 0 or is_zero(u.at[0]) else u
        return Lead(u.order, 0, u.at[0]).limit

    def lead(self, u: Part) -> Lead | None:
        if isinstance(u, Limit):
            return u.leading
        u = self.normal(u)
        return None if u.vanishes else Lead(u.order, 0, u.at[0])

    def sign(self, u: Part) -> int:
        """The sign on all of the side."""
        if isinstance(u, Limit):
            if u.side is not None:
                return u.side
            if u.exponential:
                return u.exponential.sign
            s, d = sign(u.to), u.direction
            if d is None or s * d < 0:
                raise Unsettled("the sign of a part with a limit only")
            return s or d
        return 0 if u.vanishes else sign(self.normal(u).over[0])

    def direction(self, u: Part) -> int | None:
        """The sign of du/dt on all of the side."""
        if isinstance(u, Limit):
            return u.direction
        try:
            return self.slopes(u)[1]
        except Unsettled:
            return None

    def slopes(self, u: Expansion) -> tuple[Number | None, int]:
        """The limit of (u - limit)/t^degree, None at a pole; and the sign of du/dt on all of the side."""
        if u.vanishes:
            return EXACT_ZERO, 0
        if u.order < 0 or is_zero(u.at[0]):
            u = self.normal(u)
        rest, shift = u, u.order
        if u.order == 0:
            if len(u.at) > 1 and all(map(is_zero, u.at[1:])) and all(map(is_zero, u.over[1:])):
                return EXACT_ZERO, 0
            rest = self.normal(Expansion(1, u.at[1:], u.over[1:]))
            shift = rest.order
        if len(rest.over) < 2:
            raise TooFewTerms("more zeros than coefficients")
        rises = sign(shift * rest.over[0] + ZERO.union(self.reach) * rest.over[1])
        if shift < 0:
            return None, rises
        return Lead(shift - self.degree, 0, rest.at[0]).limit, rises

    def facts(self, u: Part) -> Side:
        """What is known of the part, told in x instead of t."""
        if isinstance(u, Limit):
            rises = None if u.direction is None else u.direction * self.side
            return Side(u.to, self.slope_of_limit(u), rises, not self.stepped)
        slope, rises = self.slopes(u)
        steep = None if slope is None else self.side * slope
        analytic = self.degree == 1 and not self.broken
        return Side(self.limit(u), steep, self.side * rises, not self.stepped, analytic)

    def slope_of_limit(self, u: Limit) -> Number | None:
        """The limit of (u - limit)/(x - c), if it is known."""
        approach = u.approach or (u.leading if is_zero(u.to) else None)
        if approach is None:
            return None
        return Lead(approach.order - self.degree, approach.logs, self.side * approach.factor).limit

    def may_be_singular(self, u: Part) -> bool:
        """Whether the limit is 0, or infinite, or may be."""
        try:
            to = self.limit(u)
            return is_infinite(to) or sign(to) == 0
        except Unsettled:
            return True

    def composed(self, name: str, u: Expansion) -> Expansion:
        at, over = self.lowered(u, 0)
        factor = None
        if name == "exp" and not isinstance(at[0], arb) and not is_zero(at[0]) and abs(ball(at[0])) < FAR:
            factor = self.exp(at[0])
            at, over = [EXACT_ZERO, *at[1:]], [over[0] - ball(at[0]), *over[1:]]
        at, over = taylor(name, at), taylor(name, over)
        check_finite(at, over)
        return expansion(0, at, over, factor)

    def exp(self, a: fmpq | PiNumber) -> Ball:
        """e^a, the same ball each time: what is one number is one factor."""
        if a not in self._exponentials:
            self._exponentials[a] = ball(a).exp()
        return self._exponentials[a]
