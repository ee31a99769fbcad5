"""`find`: the pieces of an interval put together to the points of a function and what was proved of them."""

from __future__ import annotations

import math
from dataclasses import replace

from calc.expression import Expression
from calc.minima import rational_functions
from calc.minima.exact import closed_forms, is_constant
from calc.minima.extremes import global_extreme
from calc.minima.numbers import meant
from calc.minima.pieces import Behaviour, Piece
from calc.minima.points import Points
from calc.minima.rational_functions import NotRational, as_ratio
from calc.minima.result import Minima, Point
from calc.minima.search import Search

MAX_END = 1e15
"""Beyond it neighbouring floats are over 0.1 apart."""


def find(expression: Expression, low: float, high: float, *, exact: bool = False) -> Minima:
    """Every stationary point, corner, jump, pole and end of a function on [low, high], with its kind.

    Positions are right to 1e-10 (of x, or of the smaller of 1 and the length of the interval near 0), by
    proof: exactly for ratios of polynomials, else in interval arithmetic of 128 bits. What could not be proved
    is listed in `.unproved`. With `exact`, a smooth function of which SymPy finds that f' is 0 is constant.
    An end is the decimal or the small fraction that the float stands for: 0.1, 1/3.

    Args:
        expression: a function of one variable.
        low, high: the ends of the interval, within +-1e15.
        exact: whether SymPy is asked for closed forms, in a helper process, for up to 4 s.

    Raises:
        ValueError: low >= high, ends that are not finite or too large, more than one variable.

    >>> from calc.expression import parse_expression
    >>> found = find(parse_expression("x^2 - 2x"), -1, 3)
    >>> [(point.x, point.kind) for point in found.points]
    [(-1.0, 'end maximum'), (1.0, 'local minimum'), (3.0, 'end maximum')]
    >>> found.proved
    True
    """
    low, high = checked(expression, low, high)
    search = Search(expression.root, expression.variables[0], meant(low), meant(high))
    pieces = pieces_of(expression, search)
    if exact and all(piece.smooth for piece in pieces) and is_constant(expression, low, high):
        # As sin(x)^2 + cos(x)^2, of which bounds see only that f' may be 0.
        pieces = [Piece(search.low, search.high, Behaviour.FLAT)]
    points = Points(search, low, high)
    points.collect(pieces)
    least = global_extreme(expression.root, points, pieces, 1)
    greatest = global_extreme(expression.root, points, pieces, -1)
    doubts = sorted((*points.doubts, *least.doubts, *greatest.doubts), key=lambda doubt: doubt.low)
    named = {id(each.point): _named(each.point) for each in points.found}
    found = Minima(
        low=low,
        high=high,
        points=tuple(named.values()),
        global_minimum=tuple(named[id(point)] for point in least.points),
        global_maximum=tuple(named[id(point)] for point in greatest.points),
        why_no_minimum=least.why_none,
        why_no_maximum=greatest.why_none,
        gaps=tuple(points.gaps),
        unproved=tuple(doubts),
    )
    return closed_forms(expression, found) if exact else found


def checked(expression: Expression, low: float, high: float) -> tuple[float, float]:
    """The ends of an interval; raises ValueError where they are none, or the function is not of one variable."""
    low, high = float(low), float(high)
    if len(expression.variables) != 1:
        raise ValueError("Only functions of one variable are examined.")
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("The ends of the interval must be numbers.")
    if low >= high:
        raise ValueError(f"The interval must begin below its end: {low:g} is not below {high:g}.")
    if max(abs(low), abs(high)) > MAX_END:
        raise ValueError(f"The ends of the interval may be at most {MAX_END:g} in size.")
    return low, high


def pieces_of(expression: Expression, search: Search) -> list[Piece]:
    """The pieces of the interval: exactly those of a ratio of polynomials, else what a search finds."""
    ratio = as_ratio(expression.root)
    if ratio is not None:
        try:
            return rational_functions.pieces(ratio, search.low, search.high)
        except NotRational:
            pass
    return search.run()


def _named(point: Point) -> Point:
    """The point with its kind in words."""
    name = point.name or {"inflection": "inflection with slope 0", "edge": "edge of the domain"}.get(
        point.kind, point.kind
    )
    if point.extremum == "both":
        return replace(point, name="flat")
    if point.extremum and point.extremum not in name:
        local = "flat" if point.kind == "flat" else f"{name}, local"
        name = f"{local} {point.extremum}"
    return replace(point, name=name)
