"""Where the search ran out of work: sampling, which finds much and proves nothing."""

from __future__ import annotations

import numpy as np

from calc.expression import Expression
from calc.minima.candidates import Candidate
from calc.minima.numbers import snapped
from calc.minima.result import Doubt
from calc.minima.search import Class, Flags, Floats, Piece

SAMPLES = 8000
"""Of f in all pieces together: a few milliseconds."""
MIN_SAMPLES, MAX_SAMPLES = 24, 2000
"""Of one piece: enough to see a few periods; more than a chart has pixels."""
HALVINGS = 60
"""More than the 53 bits of a float64."""
MAX_FOUND = 600
"""More points than a chart can show."""
CONSTANT_TOLERANCE = 1e-12
"""Some thousand rounding errors: f changes across the piece no more than they do."""
HOLE_WIDTH = 1e-3
"""Of the piece: beside a hole the samples show rounding errors only."""
NEGLIGIBLE = 1e-290
"""Below it squares vanish and relative errors lose their meaning."""


def sample(expression: Expression, pieces: list[Piece]) -> tuple[list[Candidate], list[Doubt]]:
    """Places where f' changes its sign, or f jumps, in these pieces, and one doubt about all unfinished."""
    if not pieces:
        return [], []
    each = int(np.clip(SAMPLES // len(pieces), MIN_SAMPLES, MAX_SAMPLES))
    pieces = pieces[: SAMPLES // MIN_SAMPLES]
    found = [_in_piece(expression, piece, each) for piece in pieces]
    brackets = np.concatenate([inside for _, inside in found], axis=1)
    owner = np.repeat(np.arange(len(pieces)), [inside.shape[1] for _, inside in found])
    brackets, owner = brackets[:, :MAX_FOUND], owner[:MAX_FOUND]
    places = [place for some, _ in found for place in some][:MAX_FOUND]
    lows, highs = _bisected(expression, *brackets)
    ends = zip(owner, lows.tolist(), highs.tolist(), strict=True)
    places += [_place(pieces[i], low, high) for i, low, high in ends]
    unfinished = [piece for piece in pieces if piece.what == Class.UNFINISHED]
    if not unfinished:
        return places, []
    low, high = unfinished[0].low, unfinished[-1].high
    text = f"Between x = {low:.6g} and {high:.6g} not everything could be proved: there may be more points."
    return places, [Doubt(text, low, high)]


def looks_constant(expression: Expression, piece: Piece) -> bool:
    """Whether samples show a constant function, or one with steps."""
    x = np.linspace(piece.low, piece.high, MAX_SAMPLES // 10)
    return bool(_flat(expression, x, piece).all())


def _flat(expression: Expression, x: Floats, piece: Piece) -> Flags:
    """Where f' is 0, or so small that it changes f across the piece no more than rounding does."""
    with np.errstate(all="ignore"):
        jet = expression.jet(x)
        flat = np.abs(jet.first) * piece.width <= CONSTANT_TOLERANCE * np.maximum(
            np.abs(jet.value), NEGLIGIBLE
        )
        return np.asarray(flat | np.isnan(jet.first))


def _in_piece(expression: Expression, piece: Piece, count: int) -> tuple[list[Candidate], Floats]:
    """The places in one piece that need no more work, and the brackets (2, m) of changes of sign of f'."""
    x = np.linspace(piece.low, piece.high, count)
    jet = expression.jet(x)
    with np.errstate(all="ignore"):
        constant = _flat(expression, x, piece).all()
        steps = np.abs(np.diff(jet.value)) > np.maximum(
            CONSTANT_TOLERANCE**0.5 * np.abs(jet.value[1:]), NEGLIGIBLE
        )
        changes = np.sign(jet.first[1:]) * np.sign(jet.first[:-1]) < 0
    if constant:
        lows, highs = _bisected_jumps(expression, x[:-1][steps], x[1:][steps])
        changes[:] = False
    else:
        lows = highs = x[jet.first == 0]
    places = [_place(piece, low, high) for low, high in zip(lows.tolist(), highs.tolist(), strict=True)]
    brackets = np.stack([x[:-1][changes], x[1:][changes]])
    hole = snapped(piece.low / 2 + piece.high / 2, piece.low, piece.high)
    if piece.undefined and np.isnan(expression(hole)):
        near = HOLE_WIDTH * piece.width
        places = [place for place in places if abs(place.low - hole) > near] + [_place(piece, hole, hole)]
        brackets = brackets[:, (brackets[1] < hole - near) | (brackets[0] > hole + near)]
    return places, brackets


def _place(piece: Piece, low: float, high: float) -> Candidate:
    bounded = bool(np.isfinite(piece.bottom) and np.isfinite(piece.top))
    return Candidate(low, high, piece.undefined, piece.jump, piece.corner, bounded, proved=False)


def _bisected(expression: Expression, a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Brackets of a change of sign of f', halved until they are as narrow as floats allow."""
    before = np.sign(expression.jet(a).first)
    for _ in range(HALVINGS):
        middle = a / 2 + b / 2
        same = np.sign(expression.jet(middle).first) == before
        a, b = np.where(same, middle, a), np.where(same, b, middle)
    return a, b


def _bisected_jumps(expression: Expression, a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Brackets of a jump between two constant values, bisected in the same way."""
    for _ in range(HALVINGS):
        middle = a / 2 + b / 2
        nearer = np.abs(expression(middle) - expression(a)) <= np.abs(expression(middle) - expression(b))
        a, b = np.where(nearer, middle, a), np.where(nearer, b, middle)
    return a, b
