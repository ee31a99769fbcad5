"""Where the search ran out of work: sampling, which finds much and proves nothing."""

from __future__ import annotations

import numpy as np

from calc.expression import Expression
from calc.minima.numbers import snapped
from calc.minima.places import Place
from calc.minima.result import Doubt
from calc.minima.search import Class, Floats, Piece

SAMPLES = 8000
LEAST, MOST = 24, 2000
HALVINGS = 60
MOST_FOUND = 600
SILENT = 1e-12


def scanned(expression: Expression, pieces: list[Piece]) -> tuple[list[Place], list[Doubt]]:
    """Places where f' changes its sign in the unfinished pieces, and one doubt about all of them."""
    unfinished = [piece for piece in pieces if piece.what == Class.UNFINISHED]
    if not unfinished:
        return [], []
    each = int(np.clip(SAMPLES // len(unfinished), LEAST, MOST))
    places: list[Place] = []
    for piece in unfinished[: SAMPLES // LEAST]:
        places += _in_piece(expression, piece, each)
    low, high = unfinished[0].low, unfinished[-1].high
    text = (
        f"Between x = {low:.6g} and {high:.6g} not everything could be proved: points may be missing there."
    )
    return places[:MOST_FOUND], [Doubt(text, low, high)]


def _in_piece(expression: Expression, piece: Piece, count: int) -> list[Place]:
    hole = snapped(piece.low / 2 + piece.high / 2, piece.low, piece.high)
    undefined = piece.undefined and np.isnan(expression(hole))
    x = np.linspace(piece.low, piece.high, count)
    slope = expression.jet(x).first
    size = np.abs(expression(x))
    with np.errstate(all="ignore"):
        if np.all(np.abs(slope) * piece.width <= SILENT * np.maximum(size, 1e-300)):
            return []
        at = np.flatnonzero(np.sign(slope[1:]) * np.sign(slope[:-1]) < 0)
        exact = np.flatnonzero(slope == 0)
    lows, highs = _halved(expression, x[at], x[at + 1], np.sign(slope[at]))
    lows, highs = np.concatenate([lows, x[exact]]), np.concatenate([highs, x[exact]])
    order = np.argsort(lows)
    found = [_place(piece, a, b) for a, b in zip(lows[order].tolist(), highs[order].tolist(), strict=True)]
    if undefined:
        beside = 1e-3 * piece.width
        found = [place for place in found if abs(place.low - hole) > beside]
        found.append(_place(piece, hole, hole))
    return sorted(found, key=lambda place: place.low)


def _place(piece: Piece, low: float, high: float) -> Place:
    bounded = bool(np.isfinite(piece.bottom) and np.isfinite(piece.top))
    return Place(low, high, piece.undefined, piece.jump, piece.corner, bounded, sure=False)


def _halved(expression: Expression, a: Floats, b: Floats, before: Floats) -> tuple[Floats, Floats]:
    """Brackets of a change of sign of f', halved until they are as narrow as floats allow."""
    for _ in range(HALVINGS):
        middle = a / 2 + b / 2
        same = np.sign(expression.jet(middle).first) == before
        a, b = np.where(same, middle, a), np.where(same, b, middle)
    return a, b
