"""The global minimum and maximum: which points have it, why there is none, what was not proved of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from calc.expansions import Number, Unsettled, ball, sign
from calc.expansions.numbers import equal, is_infinite
from calc.expression.intervals import MINUS_INFINITE, Ball
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
    for approach in points.approaches:
        if is_infinite(approach.limit) and ball(approach.limit) == MINUS_INFINITE * turn:
            way = "fall" if turn > 0 else "rise"
            return Global(
                (),
                f"There is no global {word}: near x = {written(approach.x, 6)} the values {way} without bound.",
            )
    candidates = [each for each in points.found if each.value is not None]
    unclear = [piece for piece in pieces if piece.what is Behaviour.UNRESOLVED]
    if not candidates and not unclear and not points.unsettled and not points.approaches:
        return Global((), f"There is no global {word}: the function has no value in this interval.")
    if not candidates and not unclear and not points.unsettled:
        return _not_attained(min(points.approaches, key=lambda each: nearest_float(each.limit) * turn), word)
    if not candidates:
        return _not_settled(word, points.ends[points.low], points.ends[points.high])
    best = _least([ball(each.value) * turn for each in candidates if each.value is not None])
    for piece in unclear:
        if not _above(piece, best, turn):
            return _not_settled(word, nearest_float(piece.low), nearest_float(piece.high))
    for x, value in points.unsettled:
        if value is None or not ball(value) * turn > best:
            return _not_settled(word, x, x)
    tied = [each for each in candidates if each.value is not None and not ball(each.value) * turn > best]
    lower = _lower_limit(points, tied, best, turn)
    if lower is not None:
        return lower
    if any(not abs(ball(each.value)) < BEYOND_FLOATS for each in tied if each.value is not None):
        x = tied[0].point.x
        text = (
            f"There is no global {word} that could be found: at x = {written(x, 6)} the values are beyond 1.8e308, the "
            "largest number that is represented."
        )
        return Global((), text)
    if not _all_equal(root, tied):
        text = f"Which of the points with nearly the same value is the global {word} is not settled."
        return Global((), text, (Doubt(text, tied[0].point.x, tied[-1].point.x),))
    return Global(_without_ends([each.point for each in tied]), "")


def _least(values: list[Ball]) -> Ball:
    best = values[0]
    for value in values[1:]:
        best = best.min(value)
    return best


def _above(piece: Piece, best: Ball, turn: int) -> bool:
    """Whether all values of an unresolved piece are certainly no candidates."""
    if piece.values is None:
        return False
    return bool(piece.values.low > best) if turn > 0 else bool(-piece.values.high > best)


def _not_settled(word: str, low: float, high: float) -> Global:
    where = whereabouts(low, high)
    text = f"Whether the function has a global {word} is not settled: what it does {where} is not known."
    return Global((), text, (Doubt(text, low, high),))


def _lower_limit(points: Points, tied: list[Found], best: Ball, turn: int) -> Global | None:
    """The sentence where f comes nearer to some limit than any of its values; None if it does not."""
    word = "minimum" if turn > 0 else "maximum"
    lowest = None
    for approach in points.approaches:
        limit = ball(approach.limit) * turn
        if not limit.is_finite() or limit > best:
            continue
        if limit < best and (lowest is None or limit < ball(lowest.limit) * turn):
            lowest = approach
        elif not limit < best and not _is_value(approach.limit, tied):
            return _not_settled(word, approach.x, approach.x)
    if lowest is None:
        return None
    return _not_attained(lowest, word)


def _not_attained(lowest: Approach, word: str) -> Global:
    text = (
        f"There is no global {word}: near x = {written(lowest.x, 6)} the values come as close to "
        f"{written(nearest_float(lowest.limit), 6)} as you like, but never reach it."
    )
    return Global((), text)


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
