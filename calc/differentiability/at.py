"""`at`: the slopes of a function at one point, from either side."""

from __future__ import annotations

from flint import fmpq

from calc.differentiability.finding import SmoothPlaces, described, kind_of
from calc.differentiability.result import Point
from calc.expansions import Unsettled
from calc.expression import Expression
from calc.minima.numbers import meant
from calc.minima.places import Candidate

REACHES = (fmpq(1, 2**4), fmpq(1, 2**20), fmpq(1, 2**60))
"""How far the two sides are looked at, in turn: the nearer, the more is proved."""


def at(expression: Expression, x: float) -> Point | None:
    """What a function does at one point: its value, its one-sided slopes, and why it has no derivative there if so.

    Args:
        expression: a function of one variable.
        x: the point; 0.1 stands for 1/10.

    Returns:
        The point, of kind None where f has a derivative, or has values nowhere around; None if it is not settled.

    >>> from calc.expression import parse_expression
    >>> at(parse_expression("x^2"), 3).slope, at(parse_expression("|x|"), 0).kind
    (6.0, 'corner')
    """
    place = meant(x)
    for reach in REACHES:
        low, high = place - reach, place + reach
        places = SmoothPlaces(expression.root, expression.variables[0], low, high, 1.0)
        try:
            found = places.place_at(Candidate(place), low, high)
            return described(found, x, kind_of(found, False))
        except Unsettled:
            continue
    return None
