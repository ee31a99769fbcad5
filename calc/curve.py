"""The curve of a function as numbers: it breaks wherever the function does, and wherever that is not settled.

Between two neighbours with a value the function is proved to have values, without a jump: by the search for its
points, or where that settled nothing by an enclosure of the stretch between them, which shows too that the line
is near to the function.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calc import differentiability
from calc.differentiability import Differentiability
from calc.expression import Expression
from calc.expression.enclosures import enclose, enclosing
from calc.minima import Minima, Point
from calc.minima.result import Kind

Floats = NDArray[np.float64]

EVEN = 500
"""Samples at even distances: two to a pixel of a phone, one to two of a desktop's chart."""
MOST_BREAKS = 50
"""Of more than so many breaks there is one in each even step: the curve is dust, and looks it."""
MOST_BENDS = 12
"""Beside so many places samples lie closer and closer, so that a pole or a vertical tangent is no chord."""
HALVINGS = 7
BESIDE = 1e-9
"""The last sample beside a break, in lengths of the interval: far below a pixel, far above rounding errors."""
FINE = 0.02
"""A line drawn where little is settled is at most this part of the curve's height away from the function."""
MOST_STEPS = 10_000
"""Steps of enclosures, 10 to 25 microseconds each."""
SAME = 1e-9
"""Limits and values that differ by less are drawn as one."""
ROUNDING = 1e-12
"""Values that differ by less than this part of them differ by rounding errors: the curve is flat."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve and its slope along x, each (n,); nan where one breaks."""

    x: Floats
    value: Floats
    slope: Floats


def curve(expression: Expression, found: Minima, marked: Iterable[Point] = ()) -> Curve:
    """f and f' along the interval of `found`.

    Args:
        found: what is known of f there.
        marked: points at which there is to be a sample, as there is a mark.

    >>> from calc.expression import parse_expression
    >>> from calc.minima import find
    >>> step = parse_expression("x/|x|")
    >>> drawn = curve(step, find(step, -1, 1))
    >>> [set(drawn.value[part].tolist()) for part in (drawn.x < 0, drawn.x > 0)]
    [{-1.0}, {1.0}]
    >>> drawn.value[drawn.x == 0].tolist()
    [nan]
    """
    torn = _torn(found)
    stretches = _unsettled(found)
    near = _nearest(found) if len(torn) <= MOST_BREAKS else 0.0
    x = np.r_[
        np.linspace(found.low, found.high, EVEN),
        [point.x for point in marked],
        torn,
        _beside(found, torn, near),
        [point.x for point in found.points if _bends(point)][:MOST_BREAKS],
        np.ravel(stretches),
    ]
    x = np.unique(x[(x >= found.low) & (x <= found.high)])
    jet = expression.jet(x)
    value, slope = jet.value.copy(), jet.first.copy()
    _correct(x, value, slope, found, near)
    breaks = np.isin(x, torn)
    for low, high in found.gaps:
        breaks |= (x > low) & (x < high)
    value[breaks] = slope[breaks] = np.nan
    return _settled(expression, Curve(x, value, slope), stretches)


def joined(expression: Expression, low: float, high: float) -> tuple[Curve, Differentiability]:
    """f and f' along an interval, and the points without a derivative by which they were drawn: of one search.

    >>> from calc.expression import parse_expression
    >>> drawn, found = joined(parse_expression("x/|x|"), -1, 1)
    >>> drawn.value[drawn.x == 0].tolist(), [point.kind for point in found.points]
    ([nan], ['jump'])
    """
    found = differentiability.find(expression, low, high)
    points = _as_minima(expression, found)
    drawn = curve(expression, points)
    # Of extremes, which may lie closer together than samples, this search knows nothing.
    if (missed := _missed(expression, drawn)).any():
        more = np.linspace(drawn.x[:-1][missed], drawn.x[1:][missed], FINER).ravel()
        drawn = curve(expression, points, [Point(x, np.nan, "flat") for x in more])
        missed = _missed(expression, drawn)
    if np.diff(drawn.x)[missed].sum() > DUST * (found.high - found.low):
        gone = np.r_[True, missed] & np.r_[missed, True]
        drawn = Curve(drawn.x, *(np.where(gone, np.nan, each) for each in (drawn.value, drawn.slope)))
    return drawn, found


BETWEEN = 0.3819660, 0.5, 0.7071068
"""Where a line is looked at: parts that no frequency of a typed function meets at zeros alone."""
BESIDES = 8
"""Lines to either side of a wrong one, which may be right by chance."""
FINER = 5
"""Samples in the place of two, where a line is wrong."""
DUST = 0.05
"""In so small a part of the interval a function that turns faster than any pixel is drawn as the dust that it is."""
KINDS: dict[differentiability.Kind, Kind] = {
    "corner": "corner", "cusp": "corner", "vertical tangent": "vertical tangent", "jump": "jump", "hole": "hole",
    "pole": "pole", "oscillation": "jump",
}  # fmt: skip


def _as_minima(expression: Expression, found: Differentiability) -> Minima:
    """What a curve is drawn by, of a search that looks for no minima."""
    points = [
        Point(each.x, each.value, KINDS[each.kind], left=each.left_limit, right=each.right_limit, error=each.error)
        for each in found.points if each.kind is not None
    ]  # fmt: skip
    inside = {end for gap in found.gaps for end in gap} - {
        found.low,
        found.high,
        *(each.x for each in points),
    }
    points += [Point(x, float(expression(np.array([x]))[0]), "edge") for x in inside]
    doubts = tuple(replace(doubt, local=True) for doubt in found.unproved)
    return Minima(found.low, found.high, tuple(points), (), (), gaps=found.gaps, unproved=doubts)


def _missed(expression: Expression, drawn: Curve) -> NDArray[np.bool_]:
    """Which lines the function leaves between two samples, and which lie beside them."""
    x, value = drawn.x, drawn.value
    away = np.zeros(len(x) - 1, dtype=bool)
    if not np.isfinite(value).any():
        return away
    low, high = np.minimum(value[:-1], value[1:]), np.maximum(value[:-1], value[1:])
    room = _room(x, value)
    for part in BETWEEN:
        there = expression(x[:-1] + part * np.diff(x))
        away |= (there < low - room) | (there > high + room)
    near: NDArray[np.bool_] = np.convolve(away, np.ones(2 * BESIDES + 1), "same") > 0
    return near


def spread(values: Floats, x: Floats, part: float = 0.05) -> tuple[float, float]:
    """The ends of what is left of finite values without so large a part of the interval at either end.

    Each counts as much as the room around it: samples that lie close together beside a pole do not decide.
    """
    room = np.gradient(x)
    known = np.isfinite(values)
    order = np.argsort(values[known])
    share = np.cumsum(room[known][order])
    first, last = np.searchsorted(share, [part * share[-1], (1 - part) * share[-1]])
    ordered = values[known][order]
    return float(ordered[first]), float(ordered[min(last, len(ordered) - 1)])


def _torn(found: Minima) -> Floats:
    """Where the curve is to have no value: also where it has one that is a point of its own."""
    points = [point.x for point in found.points if _breaks(point)]
    torn = np.array([*points, *(low + (high - low) / 2 for low, high in found.gaps)])
    if len(torn) <= MOST_BREAKS:
        return torn
    steps = np.floor((torn - found.low) / (found.high - found.low) * (EVEN - 1))
    first: Floats = torn[np.unique(steps, return_index=True)[1]]
    return first


def _breaks(point: Point) -> bool:
    """Whether there is no value, or one that is not the limit of some side: a jump, an end that jumps."""
    if np.isnan(point.value) or point.kind in ("jump", "pole"):
        return True
    sides = [side for side in (point.left, point.right) if not np.isnan(side)]
    return any(abs(side - point.value) > SAME * max(1.0, abs(point.value)) for side in sides)


def _bends(point: Point) -> bool:
    """Whether f is continuous without a derivative."""
    return point.kind == "vertical tangent" or point.kind.startswith("corner")


def _nearest(found: Minima) -> float:
    """How near to a break the last sample lies."""
    error = max((point.error for point in found.points), default=0.0)
    size = max(abs(found.low), abs(found.high))
    return float(max(BESIDE * (found.high - found.low), 4 * error, 8 * np.spacing(size)))


def _beside(found: Minima, torn: Floats, near: float) -> Floats:
    """Samples on either side of all breaks, and of bends."""
    if not near:
        return np.array([])
    bends = [point for point in found.points if point.kind == "edge" or _bends(point)]
    places = np.array([*torn, *(point.x for point in bends[:MOST_BREAKS])])
    away = np.array([near])
    if len(places) <= MOST_BENDS:
        away = np.r_[near, (found.high - found.low) / EVEN * 0.5 ** np.arange(1, HALVINGS)]
    beside: Floats = (places[:, None] + np.r_[-away, away]).ravel()
    return beside


def _correct(x: Floats, value: Floats, slope: Floats, found: Minima, near: float) -> None:
    """Proved values and limits in the place of rounding errors: (1 - cos x)/x^2 beside 0, the end of a domain.

    Where there are two slopes there is none.
    """
    for point in found.points:
        if _bends(point):
            slope[x == point.x] = np.nan
        known = [(point.x, point.value)]
        if _breaks(point):
            known += [(point.x - near, point.left), (point.x + near, point.right)]
        for place, at in known:
            i = int(np.searchsorted(x, place))
            if i < len(x) and x[i] == place and np.isfinite(at):
                value[i] = at
                slope[i] = slope[i] if place == point.x else np.nan


def _unsettled(found: Minima) -> list[tuple[float, float]]:
    """The stretches of which it is not settled what the function does; neighbours are one."""
    step = (found.high - found.low) / EVEN
    stretches: list[tuple[float, float]] = []
    for doubt in sorted(found.unproved, key=lambda doubt: doubt.low):
        # A long one that is not local is about which of several points is the lowest.
        if doubt.low == doubt.high or not (doubt.local or doubt.high - doubt.low < step):
            continue
        if stretches and doubt.low - stretches[-1][1] < step / 8:
            stretches[-1] = stretches[-1][0], max(doubt.high, stretches[-1][1])
        else:
            stretches.append((doubt.low, doubt.high))
    return stretches


def _settled(expression: Expression, drawn: Curve, stretches: list[tuple[float, float]]) -> Curve:
    """The curve without the lines, in these stretches, of which nothing is proved."""
    x, value = drawn.x, drawn.value
    doubtful = np.zeros(len(x) - 1, dtype=bool)
    inside = np.zeros(len(x), dtype=bool)
    for low, high in stretches:
        doubtful |= (x[:-1] < high) & (x[1:] > low)
        inside |= (x >= low) & (x <= high)
    if not doubtful.any():
        return drawn
    cut = doubtful & ~_joined(expression, x, value, doubtful)
    # A sample without a line on either side would look like a point.
    lonely = inside & np.r_[True, cut] & np.r_[cut, True]
    after = np.flatnonzero(cut)
    middle = x[after] + (x[after + 1] - x[after]) / 2
    gone = np.where(lonely, np.nan, value), np.where(lonely, np.nan, drawn.slope)
    return Curve(np.insert(x, after + 1, middle), *(np.insert(each, after + 1, np.nan) for each in gone))


def _room(x: Floats, value: Floats) -> float:
    """How far a line may be away from the function."""
    low, high = spread(value, x)
    flat = high - low <= ROUNDING * max(abs(low), abs(high))
    return FINE * (max(1.0, abs(high)) if flat else high - low)


def _joined(expression: Expression, x: Floats, value: Floats, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of which of the lines between neighbours it is proved that the function is near them, and does not break."""
    joined = np.zeros(len(x) - 1, dtype=bool)
    known = np.isfinite(value)
    if not known.any():
        return joined
    root, (variable,) = expression.root, expression.variables
    near = _room(x, value)
    lines = np.flatnonzero(asked & known[:-1] & known[1:])
    most = max(1, MOST_STEPS // (len(enclosing(root, (variable,)).steps) + 1))
    # Of too many some are looked at together.
    for part in np.array_split(lines, min(most, max(1, len(lines)))):
        if not len(part):
            continue
        first, last = part[0], part[-1] + 1
        found = enclose(root, variable, x[first], x[last])
        if found.undefined or found.jump or not found.value.is_bounded:
            continue
        height = float((found.value.high - found.value.low).upper())
        if found.first.is_bounded and not found.corner:
            height = min(height, float(found.first.ball.abs_upper()) * (x[last] - x[first]))
        joined[part] = height <= near + np.ptp(value[first : last + 1][known[first : last + 1]])
    return joined
