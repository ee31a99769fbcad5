"""`at`: the slopes of a function at one point, from either side."""

from __future__ import annotations

from math import isinf, ulp

from flint import fmpq

from calc.differentiability.finding import SmoothPlaces, described, kind_of
from calc.differentiability.result import Point
from calc.expansions import Unsettled, ball
from calc.expression import Expression
from calc.expression.intervals import Ball, Interval
from calc.minima.numbers import meant, nearest_float
from calc.minima.places import PLACE_DENOMINATOR, TINY, Candidate

REACHES = (fmpq(1, 2**4), fmpq(1, 2**20), fmpq(1, 2**60))
"""How far the two sides are looked at, in turn: the nearer, the more is proved; at last no further than rounding."""
NARROW = 1e-20
"""So narrow an enclosure is one float64."""


def at(expression: Expression, x: float) -> Point | None:
    """What a function does at one point: its value, its one-sided slopes, and why it has no derivative there if so.

    Args:
        expression: a function of one variable.
        x: the point; 0.1 stands for 1/10, and math.pi for pi where that is a place of f, as it is of |sin x|.

    Returns:
        The point, of kind None where f has a derivative, only begins, or has no value around; None if it is not
        settled.

    >>> from calc.expression import parse_expression
    >>> at(parse_expression("x^2"), 3).slope, at(parse_expression("|x|"), 0).kind
    (6.0, 'corner')
    """
    place, exact, half = meant(x), fmpq(*x.as_integer_ratio()), fmpq(*ulp(x).as_integer_ratio()) / 2
    places = SmoothPlaces(expression.root, expression.variables[0], exact - half - 1, exact + half + 1, 1.0)
    # What people write is meant exactly.
    near = places.candidates(exact - half, exact + half) if place.q >= PLACE_DENOMINATOR else ()
    for candidate in tuple(near) or (Candidate(place),):
        middle = ball(candidate.x).mid().fmpq()
        for reach in (*REACHES, half):
            try:
                found = places.place_at(candidate, middle - reach, middle + reach)
                return _in_floats(described(found, x, kind_of(found, end=False)))
            except Unsettled:
                continue
    return None if near else _in_floats(_enclosed(places, x, ball(place)))


def _in_floats(point: Point | None) -> Point | None:
    """None for a derivative that no float64 can hold."""
    numbers = () if point is None or point.kind is not None else (point.value, point.left, point.right)
    return None if any(map(isinf, numbers)) else point


def _enclosed(places: SmoothPlaces, x: float, here: Ball) -> Point | None:
    """By enclosures alone: expansions do not end where f is constant without saying so, as |x|/x at 1."""
    around = places.enclosure(places.root, Interval(here - TINY, here + TINY))
    if around.nowhere:
        return Point(x, None)
    there = places.enclosure(places.root, Interval(here, here))
    value, slope = there.value.ball, there.first.ball
    if not around.smooth or max(value.rad(), slope.rad()) > NARROW * (1 + abs(slope) + abs(value)):
        return None
    # What can be 0 and is so narrow is called 0.
    f, m = (0.0 if number.contains(0) else nearest_float(number) for number in (value, slope))
    return Point(x, None, f, m, m, f, f, m, m)
