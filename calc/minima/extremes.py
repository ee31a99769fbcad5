"""The global minimum and maximum: which points have it, why there is none, what was not proved of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.expression import Expression
from calc.minima.candidates import Examined
from calc.minima.exact_values import exact_value
from calc.minima.result import Doubt, Point
from calc.minima.search import Class, Flags, Floats, Piece

TIE_TOLERANCE = 1e-12
"""Thousands of rounding errors: values that are equal in exact arithmetic differ by less."""
RELATIVE_TOLERANCE = 1e-9
"""Values are right to nine digits, or the result says that they are not."""


@dataclass(frozen=True, slots=True)
class Global:
    """The points with the least (or greatest) value, or why there is none."""

    points: tuple[Point, ...]
    why_none: str
    doubts: tuple[Doubt, ...]


def global_extreme(
    expression: Expression,
    points: list[Point],
    seen: list[Examined],
    pieces: list[Piece],
    typical_size: float,
    sign: int,
) -> Global:
    """The global minimum (sign 1) or maximum (sign -1); `typical_size`: that of f on the interval."""
    word = "minimum" if sign > 0 else "maximum"
    candidates = [point for point in points if np.isfinite(point.value)]
    reason = _unbounded(points, sign, word)
    if reason:
        return Global((), reason, ())
    if not candidates:
        return Global((), f"There is no global {word}: the function has no value in this interval.", ())
    broken = [each for each in seen if each.candidate.jump or each.candidate.undefined]
    low, high = _bounds(expression, candidates, {each.x for each in broken}, sign)
    best = float(high.min())
    size = max(abs(best), typical_size)
    tied = low <= best + TIE_TOLERANCE * abs(best)
    reason = _not_attained(broken, best, RELATIVE_TOLERANCE * size, sign, word)
    if reason:
        return Global((), reason, ())
    doubts = []
    if float((high - low)[tied].max()) > RELATIVE_TOLERANCE * size:
        text = f"Rounding errors hide the exact value of the global {word}."
        doubts.append(Doubt(text, candidates[0].x, candidates[-1].x))
    least = float(low[tied].min()) - RELATIVE_TOLERANCE * size
    jumps = {each.candidate.low for each in broken if not each.candidate.undefined and each.candidate.proved}
    pieces = [piece for piece in pieces if not (piece.what == Class.TINY and piece.low in jumps)]
    doubts += _not_excluded(pieces, least, sign, word)
    return Global(_without_ends(candidates, tied), "", tuple(doubts))


def _bounds(
    expression: Expression, points: list[Point], broken: set[float], sign: int
) -> tuple[Floats, Floats]:
    """Proven bounds of sign * f at each candidate, over all the places where it may lie."""
    x = np.array([point.x for point in points])
    value = np.array([point.value for point in points])
    error = np.array([0.0 if point.kind == "flat" or point.x in broken else point.error for point in points])
    found = expression.interval(x - error, x + error, sharp=True).value
    if error.any():
        here = expression.interval(x, x).value
        # Beyond the end of its domain f has no value, and the bounds over both say little.
        loose = found.undefined & ~here.undefined
        low, high = np.where(loose, here.low, found.low), np.where(loose, here.high, found.high)
    else:
        low, high = found.low, found.high
    bad = ~(np.isfinite(low) & np.isfinite(high))
    low, high = np.where(bad, value, low), np.where(bad, value, high)
    for i in np.flatnonzero((high - low > TIE_TOLERANCE * np.abs(value)) & (error == 0)):
        known = exact_value(expression.root, points[i].x)
        if known is not None:
            low[i], high[i] = max(low[i], float(known.value)), min(high[i], float(known.value))
    low, high = np.minimum(low, value), np.maximum(high, value)
    return (low, high) if sign > 0 else (-high, -low)


def _without_ends(candidates: list[Point], tied: Flags) -> tuple[Point, ...]:
    """The tied points; the ends of a tied flat stretch are left out."""
    chosen = [point for point, is_tied in zip(candidates, tied, strict=True) if is_tied]
    flats = [point.stretch for point in chosen if point.stretch is not None]
    return tuple(
        point
        for point in chosen
        if point.stretch is not None or not any(low <= point.x <= high for low, high in flats)
    )


def _unbounded(points: list[Point], sign: int, word: str) -> str:
    way = "fall" if sign > 0 else "rise"
    for point in points:
        sides = {sign * point.left, sign * point.right}
        if point.kind == "pole" and -np.inf in sides:
            way = way if point.proved else f"seem to {way}"
            return f"There is no global {word}: near x = {point.x:.6g} the values {way} without bound."
        if point.kind != "pole" and sign * point.value == -np.inf:
            return (
                f"There is no global {word} that could be found: at x = {point.x:.6g} the values are beyond "
                "1.8e308, the largest number that is represented."
            )
    return ""


def _not_attained(seen: list[Examined], best: float, slack: float, sign: int, word: str) -> str:
    """The sentence where f comes nearer to some limit than any of its values."""
    least, at, come = best, float("nan"), "come"
    for each in seen:
        if each.point is None:
            continue
        for side in (each.left, each.right):
            if side.defined and sign * side.value < least - slack - 4 * side.step:
                least, at = sign * side.value, each.x
                come = "come" if each.candidate.proved else "seem to come"
    if np.isnan(at):
        return ""
    return (
        f"There is no global {word}: near x = {at:.6g} the values {come} as close to {sign * least:.6g} "
        "as you like, but never reach it."
    )


def _not_excluded(pieces: list[Piece], least: float, sign: int, word: str) -> list[Doubt]:
    """Doubts about pieces on which lower values could not be excluded."""
    low_word = "lower" if sign > 0 else "higher"
    bad = [piece for piece in pieces if piece.doubtful and (piece.bottom if sign > 0 else -piece.top) < least]
    if not bad:
        return []
    low, high = bad[0].low, bad[-1].high
    where = (
        f"near x = {low:.6g}" if high - low < RELATIVE_TOLERANCE else f"between x = {low:.6g} and {high:.6g}"
    )
    return [Doubt(f"That no value {where} is {low_word} than the global {word} is not proved.", low, high)]
