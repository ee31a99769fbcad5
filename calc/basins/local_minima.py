"""From places in the plane down to the minima beside them.

A compass search goes down from each place, and needs no slope; Newton's method sharpens what is smooth. A
place counts as a minimum if the function is nowhere lower on a small circle around it, and does not keep
falling as one comes closer to it, as at a pole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.expression import Expression

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

CIRCLE = np.stack([np.cos(np.arange(16) * np.pi / 8), np.sin(np.arange(16) * np.pi / 8)])
"""Sixteen directions, 22.5 degrees apart: one of them descends unless the valley is narrower than that."""
MAX_SEARCH_STEPS, COARSE_RADIUS, FINE_RADIUS = 300, 1e-7, 1e-12
"""The compass search: at most so many steps, first down to one part of the width, then to the other."""
MAX_DRIFT = 3
"""A search that leaves its surroundings, so many widths, is given up: another place is nearer."""
SUFFICIENT_DECREASE = 1e-3
"""A step must gain this part of the height around it: along a valley's level bottom, rounding would lead."""
NEWTON_STEPS = 20
"""Newton's method doubles the digits at each step: from a compass search's 7 a few do, and 20 are ample."""
LEVEL_TOLERANCE = 1e-10
"""Lower by less than this part of the height a quarter of a width away is as low."""
POLE_RATIO = 0.8
"""Where f falls by this much again for each thousandth part of the way, as a logarithm does, it has no end."""
BISECTIONS = 60
"""Halvings of a distance until it is below the last bit of a float64 (53 bits)."""


@dataclass(frozen=True, eq=False)
class LocalMinima:
    """Different minima, sorted by value.

    Attributes:
        at: the places, (p, 2).
        values: of the function, (p,).
        height: how much higher it is a quarter of a width away, at most, (p,).
        isolated: whether it is clearly higher all around, (p,): then no valley leads on from here.
        terrace: whether it is level all around, and further away goes down before it goes up, (p,).
    """

    at: Floats
    values: Floats
    height: Floats
    isolated: Flags
    terrace: Flags


def find_local_minima(expression: Expression, seeds: Floats, width: float) -> LocalMinima:
    """The minima about a `width` from the `seeds`, (2, n)."""
    with np.errstate(all="ignore"):
        at, values, found = compass_search(expression, seeds, width)
        at, values, stationary = _newton_refined(expression, at, values, width)
        kept = (found | stationary) & np.isfinite(values)
        at, values = _distinct(at[:, kept], values[kept], width)
        at, values, _ = compass_search(expression, at, width, COARSE_RADIUS, FINE_RADIUS)
        at, values = _snapped(expression, *_on_domain_boundary(expression, at, values, width), width)
        ring = _circle_values(expression, at, width / 4)
        height = np.nanmax(np.vstack([ring, values]), axis=0) - values
        lowest = np.nanmin(np.vstack([ring, np.where(np.isfinite(height), np.inf, np.nan)]), axis=0)
        # nan around a place is no objection: a minimum may lie at the edge of where the function is defined.
        kept = ~(lowest < values - LEVEL_TOLERANCE * height - rounding_error(values))
        kept &= _bounded_below(expression, at, values, width)
        at, values, height, lowest = at[:, kept], values[kept], height[kept], lowest[kept]
        terrace = _on_terrace(expression, at, values, height, width)
    return LocalMinima(at.T, values, height, lowest - values > 0.2 * height, terrace)


def rounding_error(values: Floats) -> Floats:
    """The size of rounding errors in such values."""
    return np.asarray(8 * np.finfo(float).eps * np.abs(values))


def compass_search(
    expression: Expression, at: Floats, width: float, begin: float = 0.5, end: float = COARSE_RADIUS
) -> tuple[Floats, Floats, Flags]:
    """A compass search: the best of 16 neighbours, or half the radius; it needs no slope, so corners do.

    Args:
        expression: a function of two variables.
        at: the places where it begins, (2, n).
        width: the unit of length.
        begin, end: the radius at first and at last, in widths.

    Returns:
        Where it came to (2, n), the values there (n,), and whether the radius shrank to nothing. It does not
        in a narrow valley, where the search creeps on.
    """
    seed, at = at, at.copy()
    values = expression(*at)
    radius = np.full(at.shape[1], begin * width)
    active = np.flatnonzero(np.isfinite(values))
    for _ in range(MAX_SEARCH_STEPS):
        strayed = np.abs(at[:, active] - seed[:, active]).max(axis=0) > MAX_DRIFT * width
        active = active[(radius[active] > end * width) & ~strayed]
        if not active.size:
            break
        tried = at[:, active][:, None, :] + radius[active] * CIRCLE[:, :, None]
        found = expression(*tried)
        best = np.argmin(np.where(np.isnan(found), np.inf, found), axis=0)
        column = np.arange(active.size)
        before, after = values[active], found[best, column]
        height = np.nanmax(np.vstack([found, before]), axis=0) - before
        lower = after < before - SUFFICIENT_DECREASE * np.where(np.isfinite(height), height, 0.0)
        moved = active[lower]
        at[:, moved] = tried[:, best[lower], column[lower]]
        values[moved] = after[lower]
        radius[active[~lower]] /= 2
    return at, values, radius <= end * width


def _newton_refined(
    expression: Expression, at: Floats, values: Floats, width: float
) -> tuple[Floats, Floats, Flags]:
    """Newton's method on the slope, kept where it comes to rest no higher, at a positive curvature."""
    new = at
    for _ in range(NEWTON_STEPS):
        jet = expression.jet(*new)
        (a, b), (_, c) = jet.second
        p, q = jet.first
        det = a * c - b * b
        change = -np.stack([c * p - b * q, a * q - b * p]) / det
        new = new + change
        # Written so that nan, which goes nowhere, counts as there.
        if not (np.abs(change) > 1e-12 * width).any():
            break
    value = expression(*new)
    stationary = (np.abs(change).max(axis=0) <= 1e-6 * width) & (det > 0) & (a > 0)
    stationary &= value <= values + rounding_error(values)
    return np.where(stationary, new, at), np.where(stationary, value, values), stationary


def _distinct(at: Floats, values: Floats, width: float) -> tuple[Floats, Floats]:
    """One of the places that are nearly the same, the lowest first."""
    order = np.argsort(values, kind="stable")
    _, first = np.unique(np.round(at[:, order] / (1e-3 * width)), axis=1, return_index=True)
    order = order[np.sort(first)]
    return at[:, order], values[order]


def _on_domain_boundary(
    expression: Expression, at: Floats, values: Floats, width: float
) -> tuple[Floats, Floats]:
    """Places beside the edge of where the function is defined, moved onto it if that is no higher."""
    radius = 2 * FINE_RADIUS * width
    outside = np.isnan(_circle_values(expression, at, radius))
    beside = np.flatnonzero(outside.any(axis=0))
    inner = at[:, beside]
    outer = inner + radius * CIRCLE[:, np.argmax(outside[:, beside], axis=0)]
    for _ in range(BISECTIONS if beside.size else 0):
        middle = (inner + outer) / 2
        defined = ~np.isnan(expression(*middle))
        inner, outer = np.where(defined, middle, inner), np.where(defined, outer, middle)
    edge = expression(*inner)
    lower = np.isfinite(edge) & (edge <= values[beside])
    at, values = at.copy(), values.copy()
    at[:, beside[lower]], values[beside[lower]] = inner[:, lower], edge[lower]
    return at, values


def _snapped(expression: Expression, at: Floats, values: Floats, width: float) -> tuple[Floats, Floats]:
    """Places very near to short decimals are moved there, if that is no higher: 0 rather than 1e-13.

    Where there is no value, but there are all around, the place is left out: the lowest point is missing.
    """
    short = np.round(at, int(np.clip(3 - np.log10(width), 0, 300))) + 0.0
    short = np.where(np.abs(short - at) <= 1e-7 * width, short, at)
    value = expression(*short)
    lower = np.isfinite(value) & (value <= values + rounding_error(values))
    around = _circle_values(expression, short, FINE_RADIUS * width)
    kept = ~np.isnan(value) | np.isnan(around).any(axis=0)
    return np.where(lower, short, at)[:, kept], np.where(lower, value, values)[kept]


def _circle_values(expression: Expression, at: Floats, radius: float) -> Floats:
    """The values on a circle around each place, (16, n)."""
    found: Floats = expression(*(at[:, None, :] + radius * CIRCLE[:, :, None]))
    return found


def _bounded_below(expression: Expression, at: Floats, values: Floats, width: float) -> Flags:
    """Whether the function stops falling as one comes closer: 1/x and ln(x) do not at 0."""
    near = [_low_around(expression, at, values, radius * width) for radius in (1e-3, 1e-6, 1e-9)]
    further = near[1] - near[2]
    falls = (further > rounding_error(values)) & (further > POLE_RATIO * (near[0] - near[1]))
    return ~(falls | np.isinf(near[2]))


def _low_around(expression: Expression, at: Floats, values: Floats, radius: float) -> Floats:
    """A low value on each circle, that of its lowest third: on the other side of a pole it may rise."""
    ordered = np.sort(np.vstack([_circle_values(expression, at, radius), values]), axis=0)
    third = (~np.isnan(ordered)).sum(axis=0) // 3
    low: Floats = np.take_along_axis(ordered, third[None], axis=0)[0]
    return low


def _on_terrace(expression: Expression, at: Floats, values: Floats, height: Floats, width: float) -> Flags:
    """Places on level ground, such as a step of floor(x), from which it goes down first."""
    undecided = np.flatnonzero(height <= rounding_error(values))
    down = np.zeros(values.shape, dtype=bool)
    radius = width / 4
    while undecided.size and radius < 1000 * width:
        away = _circle_values(expression, at[:, undecided], radius) - values[undecided]
        error = rounding_error(values[undecided])
        down[undecided] = (away < -error).any(axis=0)
        undecided = undecided[~(np.abs(away) > error).any(axis=0)]
        radius *= 2
    return down
