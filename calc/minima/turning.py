"""Where f has slope 0: on a convex or concave piece by Newton steps, and exactly where it is a simple number."""

from __future__ import annotations

from flint import arb, fmpq

from calc.expansions import Side, Unsettled, ball, expand, is_zero
from calc.expression.intervals import Ball
from calc.minima.pieces import Behaviour, Piece
from calc.minima.places import Candidate
from calc.minima.search import Search
from calc.minima.zeros import DOUBLE_BITS, newton

ROOM = fmpq(1, 2**40)
"""Of the interval, around a zero: what lies within is the exact number that is meant."""
NEAR = arb(2) ** -60
"""The side on which an expansion has to hold when only its slope is wanted."""


def turning_point(search: Search, piece: Piece) -> tuple[fmpq, fmpq] | None:
    """Two ends near one another, around the only stationary point of a convex or concave piece; None if it has none.

    Raises Unsettled where rounding errors hide the sign of the slope at an end.
    """
    turn = 1 if piece.what is Behaviour.CONVEX else -1
    low, high = piece.low, piece.high
    first, last = slope_sign(search, low) * turn, slope_sign(search, high) * turn
    if first > 0 or last < 0:
        return None
    if first == 0 or last == 0:
        # A little inside the slope may be told from 0.
        step = (high - low) * fmpq(1, 2**60)
        low, high = low + step, high - step
        first, last = slope_sign(search, low) * turn, slope_sign(search, high) * turn
        if not first < 0 < last:
            end, inward = (piece.low, 1) if first >= 0 else (piece.high, -1)
            if end in (search.low, search.high) and is_level(search, end, inward):
                return None
            raise Unsettled("Rounding errors hide the sign of a slope.")
    return newton(lambda a, b: search.derivatives(a, b)[1:], low, high, search.unit, turn, DOUBLE_BITS)


def exactly_stationary(search: Search, low: fmpq, high: fmpq) -> Candidate | None:
    """The place of exact numbers at which the slope is exactly 0, where [low, high] holds the only one."""
    room = ROOM * (search.high - search.low)
    a, b = low - room, high + room
    for candidate in search.places.candidates(max(a, search.low), min(b, search.high)):
        if arb(a) < ball(candidate.x) < arb(b):
            side = _level_side(search, candidate, 1)
            if side is not None and side.analytic:
                return candidate
    return None


def value_between(search: Search, low: fmpq, high: fmpq) -> Ball:
    """f between two ends that are very near to one another, by the mean value form."""
    middle = (low + high) / 2
    around, slope, _ = search.derivatives(low, high)
    sharp = search.derivatives(middle, middle)[0] + slope * (arb(low).union(arb(high)) - arb(middle))
    return sharp if sharp.is_finite() and sharp.rad() < around.rad() else around


def slope_sign(search: Search, x: fmpq) -> int:
    """The sign of f'(x), 0 where it is not known."""
    slope = search.derivatives(x, x)[1]
    return int(slope > 0) - int(slope < 0)


def is_level(search: Search, x: fmpq, inward: int) -> bool:
    """Whether the slope at an end of the interval is exactly 0."""
    return search.enclosure(x, x).first.is_zero or _level_side(search, Candidate(x), inward) is not None


def _level_side(search: Search, candidate: Candidate, side: int) -> Side | None:
    """What is known of f on one side of a place, if its slope there is exactly 0."""
    try:
        found = expand(search.root, search.variable, candidate.x, side, NEAR, candidate.known)
    except Unsettled:
        return None
    return found if found is not None and found.slope is not None and is_zero(found.slope) else None
