"""Stretches on which f' = 0: flat bottoms, constant functions, the steps of floor."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calc.expression import Expression
from calc.minima.candidates import Examined, exit_direction
from calc.minima.result import Doubt, Extremum, Point
from calc.minima.search import Class, Piece

FLAT_WIDTH = 0.02
"""Of the interval: a noisy piece this wide would show in a chart as level."""


@dataclass(frozen=True, slots=True)
class FlatStretch:
    """A stretch, with what was seen at its two ends (None where nothing was looked at)."""

    low: float
    high: float
    before: Examined | None
    after: Examined | None
    proved: bool


def looks_flat(piece: Piece, low: float, high: float) -> bool:
    """A wide piece on which rounding errors are all that is left of f'."""
    return piece.what == Class.NOISY and piece.width > FLAT_WIDTH * (high - low)


def flat_points(
    expression: Expression, pieces: list[Piece], seen: dict[float, Examined], low: float, high: float
) -> tuple[list[Point], list[Doubt]]:
    """The flat stretches as points; `seen` holds what happens at each end of a piece, by position."""
    flats: list[FlatStretch] = []
    for piece in pieces:
        noisy = looks_flat(piece, low, high)
        if piece.what != Class.FLAT and not noisy:
            continue
        before, after = seen.get(piece.low), seen.get(piece.high)
        flat = FlatStretch(
            before.x if before else piece.low, after.x if after else piece.high, before, after, not noisy
        )
        if flats and _continues(expression, flats[-1], flat):
            last = flats.pop()
            flat = replace(flat, low=last.low, before=last.before, proved=flat.proved and last.proved)
        flats.append(flat)
    points = [_point(expression, flat) for flat in flats if flat.low < flat.high]
    doubts = [
        Doubt(
            f"Between x = {flat.low:.6g} and {flat.high:.6g} the function looks constant; "
            "rounding errors hide whether it is.",
            flat.low,
            flat.high,
        )
        for flat in flats
        if not flat.proved
    ]
    return points, doubts


def _continues(expression: Expression, last: FlatStretch, flat: FlatStretch) -> bool:
    between = last.after
    if between is None or between is not flat.before or between.point is not None:
        return False
    return bool(expression(_middle(last)) == expression(_middle(flat)))


def _middle(flat: FlatStretch) -> float:
    return flat.low / 2 + flat.high / 2


def _point(expression: Expression, flat: FlatStretch) -> Point:
    middle = _middle(flat)
    value = expression(middle)
    ways = set()
    if flat.before is not None and flat.before.left.defined:
        ways.add(exit_direction(value, flat.before, -1))
    if flat.after is not None and flat.after.right.defined:
        ways.add(exit_direction(value, flat.after, 1))
    extremum: Extremum | None = {1: "minimum", -1: "maximum"}.get(min(ways)) if len(ways) == 1 else None  # type: ignore[assignment]
    if not ways:
        extremum = "both"
    return Point(
        x=middle,
        value=value,
        kind="flat",
        extremum=extremum,
        left=value,
        right=value,
        stretch=(flat.low, flat.high),
        proved=flat.proved,
    )
