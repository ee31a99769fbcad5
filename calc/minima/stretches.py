"""Pieces as stretches: what is plain or flat about a place goes to its neighbours, and equal neighbours are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calc.expansions import Side, Unsettled, sign
from calc.expansions.numbers import ends
from calc.expression.intervals import Interval, hull
from calc.minima.kinds import certainly_meets
from calc.minima.pieces import Behaviour, Piece


def stretches(pieces: Iterable[Piece]) -> list[Piece]:
    """The same interval in as few pieces as tell all that was found."""
    found: list[Piece] = []
    for piece in _parted(map(_plain, pieces)):
        last = found[-1] if found else None
        if last is not None and last.what is piece.what and piece.place is None and last.high >= piece.low:
            found[-1] = Piece(last.low, max(piece.high, last.high), piece.what, None, _hull(last, piece))
        else:
            found.append(piece)
    return found


def _plain(piece: Piece) -> Piece:
    """A place at which nothing happens is a piece like others."""
    place = piece.place
    if place is None:
        return piece
    left, right = place.left, place.right
    if left is None and right is None and place.value is None:
        return Piece(piece.low, piece.high, Behaviour.NOWHERE)
    if left is None or right is None or place.value is None or left.direction != right.direction:
        return piece
    if left.direction == 0:
        joined = all(certainly_meets(place, side) for side in (left, right))
        return Piece(piece.low, piece.high, Behaviour.FLAT) if joined else piece
    steep = _is_steep(left) or _is_steep(right)
    return Piece(piece.low, piece.high, Behaviour(left.direction)) if place.smooth and steep else piece


def _is_steep(side: Side) -> bool:
    """Whether the slope is certainly not 0."""
    try:
        return side.slope is not None and sign(side.slope) != 0
    except Unsettled:
        return False


def _parted(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Sides of places on which f is constant, or has no value, as pieces of their own."""
    for piece in pieces:
        low, high, place = piece.low, piece.high, piece.place
        if place is None:
            yield piece
            continue
        first, last = ends(place.x)
        before, after = _beside(place.left), _beside(place.right)
        if before is not None and first > low:
            yield Piece(low, first, before)
            low = first
        parted = after is not None and last < high
        yield Piece(low, last if parted else high, piece.what, place)
        if after is not None and last < high:
            yield Piece(last, high, after)


def _beside(side: Side | None) -> Behaviour | None:
    """What a side is as a piece of its own; None for one on which f rises or falls."""
    if side is None:
        return Behaviour.NOWHERE
    return Behaviour.FLAT if side.direction == 0 else None


def _hull(a: Piece, b: Piece) -> Interval | None:
    return None if a.values is None or b.values is None else hull(a.values, b.values)
