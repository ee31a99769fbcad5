"""Sums, products, powers and logarithms of parts."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from itertools import zip_longest

from flint import arb, fmpq

from calc.expansions import logarithms, numbers, series
from calc.expansions.forms import Forms
from calc.expansions.numbers import Number, Unsettled, ball, function, is_infinite, is_zero, sign
from calc.expansions.parts import (
    EXACT_ONE,
    EXACT_ZERO,
    Expansion,
    Exponential,
    Lead,
    Limit,
    Outside,
    Part,
    check_finite,
    expansion,
)
from calc.expression.intervals import INFINITE, MINUS_INFINITE


class Arithmetic(Forms):
    """The arithmetic of parts."""

    def scaled(self, factor: Number, u: Part) -> Part:
        if isinstance(u, Expansion):
            over = series.scale(ball(factor), u.over)
            return Expansion(u.order, series.scale(factor, u.at), over, u.vanishes, u.factor)
        s = sign(factor)
        leading, approach = (
            term and term._replace(factor=factor * term.factor) for term in (u.leading, u.approach)
        )
        logs = u.logs and [self.series(self.scaled(factor, term)) for term in u.logs]
        turned = None if u.direction is None else s * u.direction
        exponential = None
        if u.exponential:
            size = function("ln", abs(ball(factor)) if abs(ball(factor)) != 1 else EXACT_ONE)
            first, *others = u.exponential.logs
            terms = [self.series(self.sum(first, self.constant(size))), *others]
            exponential = Exponential(s * u.exponential.sign, terms)
        return Limit(factor * u.to, leading, turned, logs, exponential, approach)

    def sum(self, a: Part, b: Part) -> Part:
        if isinstance(a, Limit) or isinstance(b, Limit):
            return self.sum_of_limits(self.folded(a), self.folded(b))
        if a.vanishes or b.vanishes:
            return b if a.vanishes else a
        if a.factor is not b.factor:
            return self.sum(self.folded(a), self.folded(b))
        order = min(a.order, b.order)
        (at, over), (other_at, other_over) = self.lowered(a, order), self.lowered(b, order)
        return expansion(order, series.add(at, other_at), series.add(over, other_over), a.factor)

    def sum_of_limits(self, a: Part, b: Part) -> Part:
        p, q = self.logs(a), self.logs(b)
        if p and q:
            zero = self.constant(EXACT_ZERO)
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
        factor = a.factor if b.factor is None else b.factor if a.factor is None else a.factor * b.factor
        at, over = series.multiply(a.at, b.at), series.multiply(a.over, b.over)
        return Expansion(a.order + b.order, at, over, False, factor)

    def product_of_limits(self, a: Part, b: Part) -> Part:
        p, q = self.logs(a), self.logs(b)
        if p and q:
            terms = [self.constant(EXACT_ZERO)] * (len(p) + len(q) - 1)
            for i, u in enumerate(p):
                for k, v in enumerate(q):
                    terms[i + k] = self.series(self.sum(terms[i + k], self.product(u, v)))
            return self.of_logs(terms)
        if any(isinstance(u, Limit) and u.exponential for u in (a, b)):
            first_log, second_log = self.logarithm_of(a), self.logarithm_of(b)
            if first_log and second_log:
                total = self.sum(self.of_logs(first_log.logs), self.of_logs(second_log.logs))
                return self.exponential(first_log.sign * second_log.sign, total)
        first, second = self.lead(a), self.lead(b)
        if first and second:
            lead = Lead(first.order + second.order, first.logs + second.logs, first.factor * second.factor)
            return Limit(lead.limit, lead)
        to = ball(self.limit(a)) * ball(self.limit(b))
        if to.is_nan() or not (to.is_finite() or to in (INFINITE, MINUS_INFINITE)):
            raise Unsettled("0 times infinity")
        return Limit(to)

    def inverse(self, u: Part) -> Part:
        if isinstance(u, Limit):
            if u.exponential:
                return self.exponential(
                    u.exponential.sign, self.scaled(-EXACT_ONE, self.of_logs(u.exponential.logs))
                )
            # Elsewhere on the side 1/u might have a pole.
            self.sign(u)
            if u.leading:
                order, logs, first = u.leading
                lead = Lead(-order, -logs, 1 / first)
                return Limit(lead.limit, lead, self.turned(u))
            if is_infinite(u.to):
                return Limit(EXACT_ZERO, None, self.turned(u))
            if is_zero(u.to):
                to = INFINITE if self.sign(u) > 0 else MINUS_INFINITE
                return Limit(to, None, self.turned(u))
            sign(u.to)
            return Limit(1 / u.to)
        if u.vanishes:
            raise Outside
        factor = None if u.factor is None else 1 / u.factor
        u = self.normal(u)
        self.sign(u)
        one = self.constant(EXACT_ONE)
        at, over = series.divide(one.at[: len(u.at)], u.at), series.divide(one.over[: len(u.over)], u.over)
        check_finite(at, over)
        return Expansion(-u.order, at, over, False, factor)

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
            return self.constant(EXACT_ONE)
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
        half = self.whole_power(u, p // 2) if p > 1 else self.constant(EXACT_ONE)
        squared = self.product(half, half)
        return self.product(squared, u) if p % 2 else squared

    def power_of_limit(self, u: Limit, p: int, q: int) -> Part:
        if u.logs and q == 1 and 0 < p <= logarithms.MOST:
            return self.whole_power(u, p)
        if u.exponential and (u.exponential.sign > 0 or q % 2):
            side, terms = u.exponential
            return self.exponential(side if p % 2 else 1, self.scaled(fmpq(p, q), self.of_logs(terms)))
        # Elsewhere on the side u might be 0 or less, and the power have no value.
        if (p < 0 or q % 2 == 0) and self.sign(u) < 0 and q % 2 == 0:
            raise Outside
        # Where u is 0 the power may turn, or be level, or infinitely steep.
        turned = self.turned(u)
        rises = None if turned is None or p < 0 else -turned * (self.sign(u) if p % 2 == 0 else 1)
        if is_infinite(u.to):
            if p < 0:
                return Limit(EXACT_ZERO)
            return Limit(INFINITE if sign(u.to) > 0 or p % 2 == 0 else MINUS_INFINITE, None, rises)
        if is_zero(u.to):
            if p > 0:
                return Limit(EXACT_ZERO, None, rises)
            return Limit(INFINITE if p % 2 == 0 or self.sign(u) > 0 else MINUS_INFINITE)
        return Limit(numbers.power(u.to, p, q), None, rises)

    # Powers of ln t.

    def logs(self, u: Part) -> list[Expansion] | None:
        return [u] if isinstance(u, Expansion) else u.logs

    def of_logs(self, terms: list[Expansion]) -> Part:
        """The sum of all terms[m] (ln t)^m."""
        while len(terms) > 1 and terms[-1].vanishes:
            terms = terms[:-1]
        if len(terms) == 1:
            return terms[0]
        if len(terms) > logarithms.MOST + 1:
            raise Unsettled("a high power of a logarithm")
        terms = [self.normal(term) for term in terms]
        leads = [Lead(u.order, m, EXACT_ZERO if u.vanishes else u.at[0]) for m, u in enumerate(terms)]
        lead = logarithms.leading(leads)
        rises = logarithms.sign_of_slope([(u.order, u.over) for u in terms], self.reach)
        return Limit(lead.limit, lead, rises, terms)

    def logarithm_of(self, u: Part) -> Exponential | None:
        """The sign of a part, and the terms of ln|part|."""
        if isinstance(u, Limit):
            return u.exponential
        side = self.sign(u)
        logarithm = self.ln(self.scaled(fmpq(side), u))
        logs = self.logs(logarithm)
        return Exponential(side, logs) if logs else None

    def exponential(self, side: int, u: Part) -> Part:
        """side e^u, for a part that is no series or an infinite one."""
        logs = self.logs(u)
        if isinstance(u, Expansion) and u.order >= 0:
            return self.scaled(fmpq(side), self.composed("exp", u))
        to, rises = self.limit(u), self.direction(u)
        lead = self.lead(u)
        if is_infinite(to):
            end: Number = side * INFINITE if sign(to) > 0 else EXACT_ZERO
        else:
            end = side * function("exp", to)
        approach = lead._replace(factor=side * lead.factor) if lead and is_zero(to) else None
        turned = None if rises is None else side * rises
        return Limit(end, None, turned, None, Exponential(side, logs) if logs else None, approach)

    def slope_of_limit(self, u: Limit) -> Number | None:
        if u.exponential and is_zero(u.to):
            # e^v / t^q = e^(v - q ln t)
            side, logs = u.exponential
            with suppress(Unsettled):
                less = self.of_logs([self.constant(EXACT_ZERO), self.constant(fmpq(-self.degree))])
                return self.side * self.limit(self.exponential(side, self.sum(self.of_logs(logs), less)))
        return super().slope_of_limit(u)

    def ln(self, u: Part) -> Part:
        if isinstance(u, Limit):
            if self.sign(u) < 0:
                raise Outside
            if u.exponential:
                return self.of_logs(u.exponential.logs)
            if is_infinite(u.to):
                return Limit(INFINITE, None, u.direction)
            if is_zero(u.to):
                return Limit(MINUS_INFINITE, None, u.direction)
            return Limit(function("ln", u.to), None, u.direction)
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
            found.at[0] = function(name, self.limit(u))
        return found
