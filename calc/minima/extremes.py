"""The global minimum and maximum: which points have it, why there is none, what was not proved of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from flint import arb, fmpq

from calc.expansions import Number, Unsettled, ball, sign
from calc.expansions.numbers import equal, is_infinite
from calc.expression.intervals import Ball
from calc.expression.tree import Node
from calc.minima.numbers import nearest_float, whereabouts
from calc.minima.pieces import Behaviour, Piece
from calc.minima.points import BEYOND_FLOATS, Approach, Found, Points
from calc.minima.result import Doubt, Point
from calc.minima.symmetry import motions
from calc.numbers import written


@dataclass(frozen=True, slots=True)
class Global:
    """The points with the least (or greatest) value, or why there is none."""

    points: tuple[Point, ...]
    why_none: str
    doubts: tuple[Doubt, ...] = ()


def global_extreme(root: Node, points: Points, pieces: Sequence[Piece], turn: int) -> Global:
    """The global minimum (turn 1) or maximum (turn -1)."""
    word = "minimum" if turn > 0 else "maximum"
    none = f"There is no global {word}"
    for approach in points.approaches:
        if is_infinite(approach.limit) and sign(approach.limit) == -turn:
            way = "fall" if turn > 0 else "rise"
            return Global((), f"{none}: near x = {written(approach.x, 6)} the values {way} without bound.")
    values = [(each, ball(each.value) * turn) for each in points.found if each.value is not None]
    unclear = [piece for piece in pieces if piece.what is Behaviour.UNRESOLVED]
    if not values:
        if unclear or points.unsettled:
            return _not_settled(word, points.ends[points.low], points.ends[points.high])
        if not points.approaches:
            return Global((), f"{none}: the function has no value in this interval.")
        return _not_attained(min(points.approaches, key=lambda each: nearest_float(each.limit) * turn), none)
    best = reduce(arb.min, (value for _, value in values))
    for piece in unclear:
        if not _above(piece, best, turn):
            return _not_settled(word, nearest_float(piece.low), nearest_float(piece.high))
    for x, at in points.unsettled:
        if at is None or not ball(at) * turn > best:
            return _not_settled(word, x, x)
    values = [(each, value) for each, value in values if not value > best]
    tied = [each for each, _ in values]
    lowest = None
    for approach in points.approaches:
        limit = ball(approach.limit) * turn
        if not limit.is_finite():
            continue
        if limit < best and (lowest is None or limit < ball(lowest.limit) * turn):
            lowest = approach
        elif not (limit < best or limit > best or _is_value(approach.limit, tied)):
            return _not_settled(word, approach.x, approach.x)
    if lowest is not None:
        return _not_attained(lowest, none)
    if not all(abs(value) < BEYOND_FLOATS for _, value in values):
        at_x = f"at x = {written(tied[0].point.x, 6)} the values are beyond 1.8e308"
        return Global((), f"{none} that could be found: {at_x}, the largest number that is represented.")
    if not _all_equal(root, tied):
        text = f"Which of the points with nearly the same value is the global {word} is not settled."
        return Global((), text, (Doubt(text, tied[0].point.x, tied[-1].point.x),))
    return Global(_without_ends([each.point for each in tied]), "")


def _above(piece: Piece, best: Ball, turn: int) -> bool:
    """Whether all values of an unresolved piece are certainly no candidates."""
    if piece.values is None:
        return False
    return bool(piece.values.low > best) if turn > 0 else bool(-piece.values.high > best)


def _not_settled(word: str, low: float, high: float) -> Global:
    where = whereabouts(low, high)
    text = f"Whether the function has a global {word} is not settled: what it does {where} is not known."
    return Global((), text, (Doubt(text, low, high),))


def _not_attained(lowest: Approach, none: str) -> Global:
    limit = written(nearest_float(lowest.limit), 6)
    near = f"near x = {written(lowest.x, 6)} the values come as close to {limit} as you like"
    return Global((), f"{none}: {near}, but never reach it.")


def _is_value(limit: Number, found: list[Found]) -> bool:
    """Whether the limit is exactly the value of one of the points."""
    for each in found:
        try:
            if each.value is not None and equal(limit, each.value):
                return True
        except Unsettled:
            continue
    return False


def _all_equal(root: Node, tied: list[Found]) -> bool:
    """Whether all have one value: each the same as one before it, flat stretches first."""
    known, *others = sorted(tied, key=lambda each: each.point.stretch is None)
    group = [known]
    for each in others:
        if not any(_same_value(root, other, each) for other in group):
            return False
        group.append(each)
    return True


def _same_value(root: Node, a: Found, b: Found) -> bool:
    """Whether two values are one: exactly, or because a reflection or shift takes one point to the other."""
    assert a.value is not None
    assert b.value is not None
    if a.value is b.value or _ends(a.point, b.point) or _ends(b.point, a.point):
        return True
    try:
        return sign(a.value - b.value) == 0
    except Unsettled:
        return a.point.extremum == b.point.extremum and any(
            _reaches(motion(a.x), b) and motion.keeps(root) for motion in motions(a.x, b.x)
        )


def _ends(flat: Point, end: Point) -> bool:
    """Whether a point is the end of a flat stretch, and f is continuous there."""
    continuous = end.kind == "end" or end.kind.startswith(("corner", "vertical"))
    return flat.stretch is not None and continuous and end.x in flat.stretch


def _reaches(x: Number, found: Found) -> bool:
    """Whether x lies where the point found is the only one of its kind."""
    if isinstance(x, fmpq) and isinstance(found.x, fmpq):
        return bool(x == found.x)
    return bool(ball(x) > arb(found.low) and ball(x) < arb(found.high))


def _without_ends(tied: list[Point]) -> tuple[Point, ...]:
    """The tied points; the ends of a tied flat stretch are left out."""
    flats = [point.stretch for point in tied if point.stretch is not None]
    return tuple(
        point
        for point in tied
        if point.stretch is not None or not any(low <= point.x <= high for low, high in flats)
    )
