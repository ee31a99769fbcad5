"""Branch and bound: [low, high] cut into pieces on each of which interval arithmetic proves something.

Every box ends in one class: f strictly rises or falls there; f' is strictly monotone, so that it has at most
one zero; f is flat; f is defined nowhere; or nothing could be proved ("doubtful": too small to go on, f' lost
in rounding errors, or no work left). Neighbours of one class are then joined: closed boxes share their ends,
so what holds on both holds on the whole.

Source: E. Hansen and G. W. Walster, "Global Optimization Using Interval Analysis", 2nd ed., Dekker 2004,
chapters 9 and 12.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.expression import Enclosure, Expression
from calc.expression.tree import walk

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

FIRST_BOXES = 160
"""Few enough for one call of a millisecond, enough that most functions need few rounds."""
# Off the middle, so that the zeros and corners a class types (0, 1, 1/2) lie inside boxes and not on ends.
SHIFT = 0.2137
# One unit of work is one box times one node of the tree: about a microsecond.
WORK_BUDGET = 300_000
MIN_BOXES = 2500
"""For long formulas too: fewer could not even enclose each point of interest."""
MAX_ACTIVE = 4096
"""More at a time means that splitting does not help: it would only use up the memory."""
TARGET_BOXES = 384
"""NumPy's overhead makes a call on fewer boxes cost as much."""
MIN_WIDTH = 1e-16
"""Of the unit of length, near 0: elsewhere the spacing of floats is the limit."""
NOISE_FACTOR = 3.0
"""Bounds of f' within thrice those at a single point are wide from rounding, and splitting leaves them so."""
MAX_FINE_RUN = 64
"""A simple point leaves a handful of fine boxes; so many in a row surround something that does not resolve."""
FINE_WIDTH = 1e-9
"""Of the interval: nobody sees what happens on less."""


class Class(IntEnum):
    """What is proved on a box. The last three are doubtful: nothing is."""

    ACTIVE = 0
    RISING = 1
    FALLING = 2
    CONVEX = 3
    CONCAVE = 4
    FLAT = 5
    NOWHERE = 6
    TINY = 7
    NOISY = 8
    UNFINISHED = 9


@dataclass(frozen=True, slots=True)
class Piece:
    """A maximal run of boxes of one class; of doubtful boxes the worst class of the run.

    `bottom` and `top` bound the values of f on it; `undefined`, `jump` and `corner` may happen there.
    """

    low: float
    high: float
    what: Class
    bottom: float
    top: float
    undefined: bool
    jump: bool
    corner: bool

    @property
    def doubtful(self) -> bool:
        return self.what >= Class.TINY

    @property
    def width(self) -> float:
        return self.high - self.low


def scale(low: float, high: float) -> float:
    """The length that counts as 1 near x = 0: short intervals are looked at more closely."""
    return min(1.0, high - low)


def search(
    expression: Expression, low: float, high: float, without: Sequence[tuple[float, float]] = ()
) -> list[Piece]:
    """The pieces of [low, high], in order; each begins where the one before it ends.

    Nothing is said of the intervals `without`.
    """
    nodes = sum(1 for _ in walk(expression.root))
    boxes_left = max(MIN_BOXES, WORK_BUDGET // nodes)
    unit = scale(low, high)
    lows, highs = _first_boxes(low, high, without)
    if not lows.size:
        return []
    done: list[tuple[Floats, ...]] = []
    while lows.size:
        boxes_left -= lows.size
        found = expression.interval(lows, highs, sharp=True)
        what = _classes(found)
        active = what == Class.ACTIVE
        smallest = np.maximum(4 * np.spacing(np.maximum(np.abs(lows), np.abs(highs))), MIN_WIDTH * unit)
        what[active & (highs - lows <= smallest)] = Class.TINY
        what = _noisy(expression, lows, highs, what, found)
        what = _overlong_runs(lows, highs, what, high - low)
        active = what == Class.ACTIVE
        pieces = int(np.clip(TARGET_BOXES // max(1, active.sum()), 2, 16))
        if active.sum() * pieces > min(boxes_left, MAX_ACTIVE):
            what[active] = Class.UNFINISHED
            active[:] = False
        columns = (lows, highs, what, found.value.low, found.value.high)
        flags = (found.undefined, found.jump, found.corner)
        done.append(tuple(np.asarray(column, dtype=float)[~active] for column in (*columns, *flags)))
        lows, highs = _split(lows[active], highs[active], pieces)
    return _joined(done)


def _first_boxes(low: float, high: float, without: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    inside = low + (high - low) * ((np.arange(FIRST_BOXES) + SHIFT) / FIRST_BOXES)
    borders = np.array([end for interval in without for end in interval])
    ends = np.unique(np.concatenate([[low], inside[(inside > low) & (inside < high)], borders, [high]]))
    wanted = np.ones(ends.size - 1, dtype=bool)
    for begin, end in without:
        wanted &= (ends[1:] <= begin) | (ends[:-1] >= end)
    return ends[:-1][wanted], ends[1:][wanted]


def _classes(found: Enclosure) -> NDArray[np.int64]:
    smooth = ~found.corner
    first, second = found.first, found.second
    choices = [
        (found.nowhere, Class.NOWHERE),
        (smooth & (first.low > 0), Class.RISING),
        (smooth & (first.high < 0), Class.FALLING),
        (smooth & (first.low == 0) & (first.high == 0), Class.FLAT),
        (smooth & (second.low > 0), Class.CONVEX),
        (smooth & (second.high < 0), Class.CONCAVE),
    ]
    conditions, labels = zip(*choices, strict=True)
    return np.select(list(conditions), [int(label) for label in labels], int(Class.ACTIVE)).astype(np.int64)


def _noisy(
    expression: Expression, lows: Floats, highs: Floats, what: NDArray[np.int64], found: Enclosure
) -> NDArray[np.int64]:
    """Marks boxes on which the bounds of f' are wide from rounding errors alone: splitting them would not help."""
    at = np.flatnonzero((what == Class.ACTIVE) & ~found.corner)
    if not at.size:
        return what
    middle = lows[at] / 2 + highs[at] / 2
    noise = expression.interval(middle, middle).first
    with np.errstate(all="ignore"):
        hopeless = found.first.high[at] - found.first.low[at] <= NOISE_FACTOR * (noise.high - noise.low)
    what[at[hopeless]] = Class.NOISY
    return what


def _overlong_runs(lows: Floats, highs: Floats, what: NDArray[np.int64], whole: float) -> NDArray[np.int64]:
    """Gives up on long runs of very fine boxes, so that one dense region does not use up the work budget."""
    at = np.flatnonzero((what == Class.ACTIVE) & (highs - lows < FINE_WIDTH * whole))
    if at.size <= MAX_FINE_RUN:
        return what
    at = at[np.argsort(lows[at])]
    runs = np.split(at, np.flatnonzero(lows[at[1:]] != highs[at[:-1]]) + 1)
    for run in runs:
        if run.size > MAX_FINE_RUN:
            what[run] = Class.UNFINISHED
    return what


def _split(lows: Floats, highs: Floats, pieces: int) -> tuple[Floats, Floats]:
    parts = np.arange(pieces + 1) / pieces
    ends = lows[:, None] * (1 - parts) + highs[:, None] * parts
    ends = np.clip(ends, lows[:, None], highs[:, None])
    ends[:, 0], ends[:, -1] = lows, highs
    new_lows, new_highs = ends[:, :-1].ravel(), ends[:, 1:].ravel()
    real = new_lows < new_highs
    return new_lows[real], new_highs[real]


def _joined(done: list[tuple[Floats, ...]]) -> list[Piece]:
    columns = [np.concatenate(parts) for parts in zip(*done, strict=True)]
    order = np.argsort(columns[0])
    lows, highs, what, bottom, top, undefined, jump, corner = (column[order] for column in columns)
    group = np.minimum(what, Class.TINY)
    # Rounding may let neighbours overlap slightly: only a gap separates them.
    apart = (group[1:] != group[:-1]) | (lows[1:] > np.maximum.accumulate(highs)[:-1])
    starts = np.flatnonzero(np.concatenate([[True], apart]))
    lasts = np.concatenate([starts[1:], [group.size]]) - 1
    worst, top = np.maximum.reduceat(what, starts), np.maximum.reduceat(top, starts)
    bottom = np.minimum.reduceat(bottom, starts)
    flags = [np.logical_or.reduceat(flag > 0, starts) for flag in (undefined, jump, corner)]
    return [
        Piece(
            low=float(lows[start]),
            high=float(highs[last]),
            what=Class(int(worst[i])),
            bottom=float(bottom[i]),
            top=float(top[i]),
            undefined=bool(flags[0][i]),
            jump=bool(flags[1][i]),
            corner=bool(flags[2][i]),
        )
        for i, (start, last) in enumerate(zip(starts, lasts, strict=True))
    ]
