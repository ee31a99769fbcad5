"""Sums, products, powers and logarithms of parts."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from itertools import zip_longest

from flint import arb, fmpq

from calc.expansions import logarithms, numbers, series
from calc.expansions.forms import Forms
from calc.expansions.numbers import Number, Unsettled, ball, is_infinite, is_zero, sign
from calc.expansions.parts import (
    NONE,
    UNIT,
    Expansion,
    Limit,
    Outside,
    Part,
    check_finite,
    expansion,
    led_by,
)
from calc.expansions.taylor import value_of
from calc.expression.intervals import INFINITE, MINUS_INFINITE


class Arithmetic(Forms):
    """The arithmetic of parts."""

    def scaled(self, factor: Number, u: Part) -> Part:
        if isinstance(u, Expansion):
            over = series.scale(ball(factor), u.over)
            return Expansion(u.order, series.scale(factor, u.at), over, u.vanishes, u.unit)
        s = sign(factor)
        leading = u.leading and (u.leading[0], u.leading[1], factor * u.leading[2])
        logs = u.logs and [self.series(self.scaled(factor, term)) for term in u.logs]
        turned = None if u.direction is None else s * u.direction
        exponent = None
        if u.exponent:
            size = value_of("ln", abs(ball(factor)) if abs(ball(factor)) != 1 else UNIT)
            terms = [self.series(self.sum(u.exponent[1][0], self.constant(size))), *u.exponent[1][1:]]
            exponent = (s * u.exponent[0], terms)
        approach = u.approach and (u.approach[0], u.approach[1], factor * u.approach[2])
        return Limit(factor * u.to, leading, turned, logs, exponent, approach)

    def sum(self, a: Part, b: Part) -> Part:
        if isinstance(a, Limit) or isinstance(b, Limit):
            return self.sum_of_limits(self.folded(a), self.folded(b))
        if a.vanishes or b.vanishes:
            return b if a.vanishes else a
        if a.unit is not b.unit:
            return self.sum(self.folded(a), self.folded(b))
        order = min(a.order, b.order)
        (at, over), (other_at, other_over) = self.lowered(a, order), self.lowered(b, order)
        return expansion(order, series.add(at, other_at), series.add(over, other_over), a.unit)

    def sum_of_limits(self, a: Part, b: Part) -> Part:
        p, q = self.logs(a), self.logs(b)
        if p and q:
            zero = self.constant(NONE)
            pairs = zip_longest(p, q, fillvalue=zero)
            return self.of_logs([self.series(self.sum(u, v)) for u, v in pairs])
        first, second = self.direction(a), self.direction(b)
        together = first if first == second or second == 0 else second if first == 0 else None
        to = ball(self.limit(a)) + ball(self.limit(b))
        if to.is_nan():
            raise Unsettled("infinity minus infinity")
        return Limit(to, None, together)

    def product(self, a: Part, b: Part) -> Part:
        for u in (a, b):
            if isinstance(u, Expansion) and u.vanishes:
                return u
        if isinstance(a, Limit) or isinstance(b, Limit):
            a, b = self.folded(a), self.folded(b)
            for u, v in ((a, b), (b, a)):
                if isinstance(u, Expansion) and u.order == 0 and all(map(is_zero, u.over[1:])):
                    return self.scaled(u.at[0], v)
            return self.product_of_limits(a, b)
        unit = a.unit if b.unit is None else b.unit if a.unit is None else a.unit * b.unit
        at, over = series.multiply(a.at, b.at), series.multiply(a.over, b.over)
        return Expansion(a.order + b.order, at, over, False, unit)

    def product_of_limits(self, a: Part, b: Part) -> Part:
        p, q = self.logs(a), self.logs(b)
        if p and q:
            terms = [self.constant(NONE)] * (len(p) + len(q) - 1)
            for i, u in enumerate(p):
                for k, v in enumerate(q):
                    terms[i + k] = self.series(self.sum(terms[i + k], self.product(u, v)))
            return self.of_logs(terms)
        if (isinstance(a, Limit) and a.exponent) or (isinstance(b, Limit) and b.exponent):
            first_log, second_log = self.logarithm_of(a), self.logarithm_of(b)
            if first_log and second_log:
                total = self.sum(self.sum_of_terms(first_log[1]), self.sum_of_terms(second_log[1]))
                return self.exponential(first_log[0] * second_log[0], total)
        first, second = self.lead(a), self.lead(b)
        if first and second:
            return led_by(first[0] + second[0], first[1] + second[1], first[2] * second[2])
        to = ball(self.limit(a)) * ball(self.limit(b))
        if to.is_nan() or not (to.is_finite() or to in (INFINITE, MINUS_INFINITE)):
            raise Unsettled("0 times infinity")
        return Limit(to)

    def inverse(self, u: Part) -> Part:
        if isinstance(u, Limit):
            if u.exponent:
                side, terms = u.exponent
                return self.exponential(side, self.scaled(-UNIT, self.sum_of_terms(terms)))
            # Elsewhere on the side 1/u might have a pole.
            self.sign(u)
            if u.leading:
                order, logs, factor = u.leading
                return led_by(-order, -logs, 1 / factor, self.turned(u))
            if is_infinite(u.to):
                return Limit(NONE, None, self.turned(u))
            if is_zero(u.to):
                to = INFINITE if self.sign(u) > 0 else MINUS_INFINITE
                return Limit(to, None, self.turned(u))
            sign(u.to)
            return Limit(1 / u.to)
        if u.vanishes:
            raise Outside
        unit = None if u.unit is None else 1 / u.unit
        u = self.normal(u)
        self.sign(u)
        one = self.constant(UNIT)
        at, over = series.divide(one.at[: len(u.at)], u.at), series.divide(one.over[: len(u.over)], u.over)
        check_finite(at, over)
        return Expansion(-u.order, at, over, False, unit)

    def turned(self, u: Limit) -> int | None:
        """The direction of 1/u, if it is known that u is not 0 on the side."""
        try:
            self.sign(u)
        except Unsettled:
            return None
        return None if u.direction is None else -u.direction

    def power(self, u: Part, exponent: Fraction) -> Part:
        p, q = exponent.numerator, exponent.denominator
        if p == 0:
            return self.constant(UNIT)
        if isinstance(u, Limit):
            return self.power_of_limit(u, p, q)
        if u.vanishes:
            if p < 0:
                raise Outside
            return u
        try:
            u = self.normal(u)
            side = self.sign(u)
        except Unsettled:
            if q > 1 or p < 0:
                raise
            return self.whole_power(u, p)
        if side < 0 and q % 2 == 0:
            raise Outside
        self.broken |= q > 1 and u.order != 0
        order = fmpq(u.order) * fmpq(p, q)
        first, bound = numbers.power(u.at[0], p, q), numbers.power(u.over[0], p, q)
        at = series.power(u.at, first, fmpq(p, q))
        over = series.power(u.over, bound, fmpq(p, q))
        check_finite(at, over)
        return Expansion(int(order.p) if order.q == 1 else order, at, over)

    def whole_power(self, u: Part, p: int) -> Part:
        """By squaring: no sign of u is needed."""
        half = self.whole_power(u, p // 2) if p > 1 else self.constant(UNIT)
        squared = self.product(half, half)
        return self.product(squared, u) if p % 2 else squared

    def power_of_limit(self, u: Limit, p: int, q: int) -> Part:
        if u.logs and q == 1 and 0 < p <= logarithms.MOST:
            return self.whole_power(u, p)
        if u.exponent and (u.exponent[0] > 0 or q % 2):
            side, terms = u.exponent
            return self.exponential(side if p % 2 else 1, self.scaled(fmpq(p, q), self.sum_of_terms(terms)))
        # Elsewhere on the side u might be 0 or less, and the power have no value.
        if (p < 0 or q % 2 == 0) and self.sign(u) < 0 and q % 2 == 0:
            raise Outside
        # Where u is 0 the power may turn, or be level, or infinitely steep.
        turned = self.turned(u)
        rises = None if turned is None or p < 0 else -turned * (self.sign(u) if p % 2 == 0 else 1)
        if is_infinite(u.to):
            if p < 0:
                return Limit(NONE)
            return Limit(INFINITE if sign(u.to) > 0 or p % 2 == 0 else MINUS_INFINITE, None, rises)
        if is_zero(u.to):
            if p > 0:
                return Limit(NONE, None, rises)
            return Limit(INFINITE if p % 2 == 0 or self.sign(u) > 0 else MINUS_INFINITE)
        found = numbers.power(u.to, p, q)
        if found is None:
            raise Unsettled("a root of a negative limit")
        return Limit(found, None, rises)

    # Powers of ln t.

    def logs(self, u: Part) -> list[Expansion] | None:
        return [u] if isinstance(u, Expansion) else u.logs

    def of_logs(self, terms: list[Expansion]) -> Part:
        """The sum of all terms[m] (ln t)^m."""
        while len(terms) > 1 and terms[-1].vanishes:
            terms.pop()
        if len(terms) == 1:
            return terms[0]
        if len(terms) > logarithms.MOST + 1:
            raise Unsettled("a high power of a logarithm")
        terms = [self.normal(term) for term in terms]
        order, logs, factor = logarithms.leading([(u.order, NONE if u.vanishes else u.at[0]) for u in terms])
        rises = logarithms.sign_of_slope([(u.order, u.over) for u in terms], self.reach)
        found = led_by(order, logs, factor, rises)
        found.logs = terms
        return found

    def sum_of_terms(self, terms: list[Expansion]) -> Part:
        return terms[0] if len(terms) == 1 else self.of_logs(list(terms))

    def logarithm_of(self, u: Part) -> tuple[int, list[Expansion]] | None:
        """The sign of a part, and the terms of ln|part|."""
        if isinstance(u, Limit):
            return u.exponent
        side = self.sign(u)
        logarithm = self.ln(self.scaled(fmpq(side), u))
        logs = self.logs(logarithm)
        return (side, logs) if logs else None

    def exponential(self, side: int, u: Part) -> Part:
        """side e^u, for a part that is no series or an infinite one."""
        logs = self.logs(u)
        if isinstance(u, Expansion) and u.order >= 0:
            return self.scaled(fmpq(side), self.composed("exp", u))
        to, rises = self.limit(u), self.direction(u)
        lead = self.lead(u)
        if is_infinite(to):
            end: Number = side * INFINITE if sign(to) > 0 else NONE
        else:
            end = side * value_of("exp", to)
        approach = None if lead is None or not is_zero(to) else (lead[0], lead[1], side * lead[2])
        turned = None if rises is None else side * rises
        return Limit(end, None, turned, None, (side, logs) if logs else None, approach)

    def slope_of_limit(self, u: Limit) -> Number | None:
        if u.exponent and is_zero(u.to):
            # e^v / t^q = e^(v - q ln t)
            side, terms = u.exponent
            with suppress(Unsettled):
                less = self.of_logs([self.constant(NONE), self.constant(fmpq(-self.degree))])
                return self.side * self.limit(
                    self.exponential(side, self.sum(self.sum_of_terms(terms), less))
                )
        return super().slope_of_limit(u)

    def ln(self, u: Part) -> Part:
        if isinstance(u, Limit):
            if self.sign(u) < 0:
                raise Outside
            if u.exponent:
                return self.sum_of_terms(u.exponent[1])
            if is_infinite(u.to):
                return Limit(INFINITE, None, u.direction)
            if is_zero(u.to):
                return Limit(MINUS_INFINITE, None, u.direction)
            return Limit(value_of("ln", u.to), None, u.direction)
        if u.vanishes:
            raise Outside
        u = self.normal(u)
        if self.sign(u) < 0:
            raise Outside
        if u.order:
            self.broken = True
            rest = self.composed("ln", Expansion(0, u.at, u.over))
            found = self.of_logs([rest, self.constant(fmpq(u.order))])
            if isinstance(found, Limit) and found.direction is None:
                found.direction = self.direction(u)
            return found
        return self.composed("ln", u)

    def logarithm(self, name: str, u: Part) -> Part:
        found = self.scaled(1 / arb(int(name[3:])).log(), self.ln(u))
        if isinstance(found, Expansion) and isinstance(u, Expansion):
            found.at[0] = value_of(name, self.limit(u))
        return found
