"""Sums of a_m(t) (ln t)^m with expansions a_m: what x ln x is beside 0."""

from __future__ import annotations

from typing import Any

from flint import arb, fmpq

from calc.expansions.numbers import is_zero
from calc.expansions.parts import Lead
from calc.expression.intervals import MINUS_INFINITE, ONLY_ZERO, Ball, Interval, point

MOST = 3
"""The highest power of ln t that is kept."""


def range_of_term(order: Any, logs: int, reach: Ball) -> Interval | None:
    """Bounds of t^order (ln t)^logs for 0 < t <= reach; None where it is not monotone up to there.

    With order > 0 it comes to 0 for t to 0, and |t^order (ln t)^logs| rises up to t = e^(-logs/order).
    """
    if logs == 0:
        return Interval(arb(0), _power(reach, order)) if order > 0 else point(arb(1))
    far = reach.log()
    if order == 0:
        return None
    if not far < -arb(logs) / arb(order):
        return None
    end = _power(reach, order) * far**logs
    return Interval(end, arb(0)) if logs % 2 else Interval(arb(0), end)


def _power(t: Ball, order: Any) -> Ball:
    return t**order if isinstance(order, int) else (t.log() * arb(order)).exp()


def sign_of_slope(terms: list[tuple[Any, list[Ball]]], reach: Ball) -> int | None:
    """The sign of the derivative on (0, reach], None if it is not known.

    Args:
        terms: for each m the order v and the enclosures of the coefficients of g, of a_m = t^v g(t).
        reach: below 1.

    Of the derivative times t, each part is an enclosure times t^k (ln t)^m; those with k > 0 are bounded, the
    others form a polynomial in ln t, which is anything below ln(reach).
    """
    if not reach < 1:
        return None
    parts: list[tuple[Any, int, Ball]] = []
    for m, (order, over) in enumerate(terms):
        parts.append((order, m, arb(order) * over[0]))
        if len(over) > 1:
            parts.append((order + 1, m, over[1]))
        if m:
            parts.append((order, m - 1, m * over[0]))
    parts = [part for part in parts if not is_zero(part[2])]
    if not parts:
        return 0
    least = min((order for order, _, _ in parts), key=lambda order: fmpq(order))
    rest, unbounded = ONLY_ZERO, [ONLY_ZERO] * (MOST + 2)
    for order, m, factor in parts:
        shift = order - least
        if shift == 0:
            unbounded[m] += point(factor)
            continue
        bounds = range_of_term(shift, m, reach)
        if bounds is None:
            return None
        rest += factor * bounds
    logarithm, found = Interval(MINUS_INFINITE, reach.log()), ONLY_ZERO
    for coefficient in reversed(unbounded):
        found = found * logarithm + coefficient
    return (found + rest).sign or None


def leading(terms: list[Lead]) -> Lead:
    """The one that is the largest near 0."""
    return min(
        (term for term in terms if not is_zero(term.factor)), key=lambda term: (fmpq(term.order), -term.logs)
    )
