"""`find`: the pieces of an interval put together to the points of a function and what was proved of them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from calc.expression import Expression
from calc.minima.candidates import Candidate, Examined, examine
from calc.minima.exact import closed_forms
from calc.minima.extremes import global_extreme
from calc.minima.flats import flat_points, looks_flat
from calc.minima.numbers import tolerance
from calc.minima.rational_search import find_rational
from calc.minima.result import Doubt, Minima, Point
from calc.minima.roots import simple_zeros
from calc.minima.scan import looks_constant, sample
from calc.minima.search import Class, Piece, scale, search
from calc.minima.taylor import proved_by_taylor

MAX_END = 1e15
"""Beyond it neighbouring floats are over 0.1 apart."""
SAMPLES = 64
"""Enough for a typical size of f; nothing is proved by them."""


def find(expression: Expression, low: float, high: float, *, exact: bool = False) -> Minima:
    """Every stationary point, corner, jump, pole and end of a function on [low, high], with its kind.

    Positions are right to 1e-10 (of x, or of the smaller of 1 and the length of the interval near 0), by
    proof: exactly for ratios of polynomials, also piece by piece, else in interval arithmetic. What could not
    be proved is listed in `.unproved`.

    Args:
        expression: a function of one variable.
        low, high: the ends of the interval, within +-1e15.
        exact: whether SymPy is asked for closed forms, in a helper process, for up to 2 s.

    Raises:
        ValueError: low >= high, ends that are not finite or too large, more than one variable.

    >>> from calc.expression import parse_expression
    >>> found = find(parse_expression("x^2 - 2x"), -1, 3)
    >>> [(point.x, point.kind) for point in found.points]
    [(-1.0, 'end maximum'), (1.0, 'local minimum'), (3.0, 'end maximum')]
    >>> found.proved
    True
    """
    low, high = _checked(expression, low, high)
    with np.errstate(all="ignore"):
        return _found(expression, low, high, exact)


def _checked(expression: Expression, low: float, high: float) -> tuple[float, float]:
    low, high = float(low), float(high)
    if len(expression.variables) != 1:
        raise ValueError("Minima are sought for functions of one variable.")
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("The ends of the interval must be numbers.")
    if low >= high:
        raise ValueError(f"The interval must begin below its end: {low:g} is not below {high:g}.")
    if max(abs(low), abs(high)) > MAX_END:
        raise ValueError(f"The ends of the interval may be at most {MAX_END:g} in size.")
    return low, high


def _found(expression: Expression, low: float, high: float, exact: bool) -> Minima:
    rational = find_rational(expression, low, high)
    doubts: list[Doubt] = []
    if rational is not None:
        pieces, seen = rational
        points = [each.point for each in seen if each.point is not None]
    else:
        pieces, seen, points, doubts = _searched(expression, low, high)
    flats, more = flat_points(expression, pieces, _by_end(seen, low, high), low, high)
    doubts += more
    points = [_named(point) for point in points + flats]
    points.sort(key=lambda point: point.x)
    notes: tuple[str, ...] = ()
    if exact:
        closed = closed_forms(expression, points, doubts, low, high)
        points, doubts, notes = closed.points, closed.doubts, closed.notes
        if closed.constant and not any(piece.corner for piece in pieces):
            points, doubts, pieces = [replace(point, proved=True) for point in points], [], []
    found = assemble(expression, pieces, points, seen, doubts, low, high)
    return replace(found, notes=notes)


def _searched(
    expression: Expression, low: float, high: float
) -> tuple[list[Piece], list[Examined], list[Point], list[Doubt]]:
    """Pieces, places, points and doubts by interval arithmetic, for a function of any form."""
    known = proved_by_taylor(expression, low, high)
    pieces = search(expression, low, high, [(each.low, each.high) for each in known])
    pieces = sorted(
        [*pieces, *(piece for each in known for piece in each.pieces)], key=lambda piece: piece.low
    )
    points, doubts = simple_zeros(expression, pieces, low, high)
    candidates, more = _candidates(expression, pieces, low, high)
    # At an end that is a hole its proof says more than samples do.
    candidates = [
        candidate for candidate in candidates if not any(candidate.low == each.seen.x for each in known)
    ]
    seen = examine(expression, candidates, low, high) + [each.seen for each in known]
    seen.sort(key=lambda each: each.candidate.low)
    doubts += more + [each.doubt for each in seen if each.doubt is not None]
    points += [each.point for each in seen if each.point is not None]
    return _cut(expression, pieces, seen), seen, _without_doubles(points, scale(low, high)), doubts


def assemble(
    expression: Expression,
    pieces: list[Piece],
    points: list[Point],
    seen: list[Examined],
    doubts: list[Doubt],
    low: float,
    high: float,
) -> Minima:
    """The result, with the global minimum and maximum among the points."""
    values = expression(np.linspace(low, high, SAMPLES)[1:-1])
    values = np.abs(values[np.isfinite(values) & (values != 0)])
    usual = float(np.median(values)) if values.size else 0.0
    least = global_extreme(expression, points, seen, pieces, usual, 1)
    greatest = global_extreme(expression, points, seen, pieces, usual, -1)
    unproved = sorted((*doubts, *least.doubts, *greatest.doubts), key=lambda doubt: doubt.low)
    return Minima(
        low=low,
        high=high,
        points=tuple(points),
        global_minimum=least.points,
        global_maximum=greatest.points,
        why_no_minimum=least.why_none,
        why_no_maximum=greatest.why_none,
        gaps=tuple((piece.low, piece.high) for piece in pieces if piece.what == Class.NOWHERE),
        unproved=tuple(unproved),
    )


def _candidates(
    expression: Expression, pieces: list[Piece], low: float, high: float
) -> tuple[list[Candidate], list[Doubt]]:
    """What has to be looked at: the doubtful pieces, both ends, and what sampling finds; in order."""
    merged = _merge_noisy(pieces)
    candidates = [
        _candidate(piece, low, high)
        for piece in merged
        if piece.what in (Class.TINY, Class.NOISY) and not looks_flat(piece, low, high)
    ]
    unclear = [piece for piece in merged if piece.what == Class.UNFINISHED or looks_flat(piece, low, high)]
    sampled, doubts = sample(expression, unclear)
    candidates += sampled
    for end, piece in ((low, pieces[0]), (high, pieces[-1])):
        if piece.what != Class.NOWHERE and not any(
            candidate.end and candidate.low <= end <= candidate.high for candidate in candidates
        ):
            undefined = piece.undefined and bool(np.isnan(expression(end)))
            candidates.append(
                Candidate(end, end, undefined, piece.jump, piece.corner, not piece.undefined, end=True)
            )
    return sorted(candidates, key=lambda candidate: candidate.low), doubts


def _cut(expression: Expression, pieces: list[Piece], seen: list[Examined]) -> list[Piece]:
    """The pieces, with those that sampling finds constant marked as noise, cut where something was seen."""
    parts = []
    for piece in pieces:
        if not (piece.what == Class.UNFINISHED and looks_constant(expression, piece)):
            parts.append(piece)
            continue
        inner = [
            each.candidate
            for each in seen
            if piece.low <= each.candidate.low and each.candidate.high <= piece.high
        ]
        ends = [(candidate.low, candidate.high) for candidate in inner if not candidate.end]
        lows, highs = [piece.low, *(high for _, high in ends)], [*(low for low, _ in ends), piece.high]
        parts += [
            replace(piece, low=low, high=high, what=Class.NOISY)
            for low, high in zip(lows, highs, strict=True)
        ]
    return parts


def _candidate(piece: Piece, low: float, high: float) -> Candidate:
    bounded = math.isfinite(piece.bottom) and math.isfinite(piece.top)
    end = piece.low <= low or piece.high >= high
    return Candidate(piece.low, piece.high, piece.undefined, piece.jump, piece.corner, bounded, end=end)


def _merge_noisy(pieces: list[Piece]) -> list[Piece]:
    """Noisy pieces with less than their own width between them, as one: the noise of one multiple zero."""
    merged: list[Piece] = []
    last: int | None = None
    for piece in pieces:
        if piece.what == Class.NOISY and last is not None:
            gap = piece.low - merged[last].high
            if gap <= max(piece.width, merged[last].width):
                before = merged[last]
                del merged[last:]
                piece = replace(
                    piece,
                    low=before.low,
                    bottom=min(before.bottom, piece.bottom),
                    top=max(before.top, piece.top),
                )
        if piece.what == Class.NOISY:
            last = len(merged)
        merged.append(piece)
    return merged


def _by_end(seen: list[Examined], low: float, high: float) -> dict[float, Examined]:
    """What was seen, by both ends of each place; the bare ends of the interval are no neighbours."""
    return {
        end: each
        for each in seen
        for end in (each.candidate.low, each.candidate.high)
        if each.candidate.low < each.candidate.high or low < end < high
    }


def _without_doubles(points: list[Point], unit: float) -> list[Point]:
    """Points that are one and the same found twice: the first found is kept."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda each: (each.x, each.error)):
        # Both ends stay, however narrow the interval.
        two_ends = kept and point.kind.startswith("end") and kept[-1].kind.startswith("end")
        close = kept and not two_ends and point.x - kept[-1].x <= float(tolerance(point.x, unit))
        if not close:
            kept.append(point)
        elif kept[-1].kind.startswith("local") and not point.kind.startswith("local"):
            kept[-1] = point
    return kept


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
