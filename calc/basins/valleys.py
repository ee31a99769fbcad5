"""Which minima are one: the bottom of a valley, or level ground, is a single minimum with many points.

Two points of the same level belong together if they touch, if the function is as low all along the straight
line between them, or if halfway, and halfway again, it goes down to the same level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from calc.basins.local_minima import Floats, LocalMinima, compass_search, rounding_error
from calc.expression import Expression

Pairs: TypeAlias = NDArray[np.int64]

NEIGHBOUR_DISTANCE = 2
"""Points so many widths apart are neighbours."""
LEVEL_TOLERANCE = 1e-3
"""Neighbours are at the same level if their values differ by less than this part of their height."""
PATH_TOLERANCE = 1e-6
"""And a straight line between distant points is, if it rises by less than this part."""
NEIGHBOURS, SAMPLES = 6, 15
"""Nearest points that are looked at, and samples of f on the line to each: too few would jump a ridge."""
MAX_HALVINGS, MAX_GAP = 5, 40
"""A bent valley is followed from halfway to halfway so often, over gaps of so many widths at most."""
MAX_CLUSTERS = 200
"""More valleys than this are not followed."""


@dataclass(frozen=True, eq=False)
class GroupedMinima:
    """Points (p, 2), those found on the way among them, with their values (p,) and the number of their
    minimum (p,), the lowest first."""

    at: Floats
    values: Floats
    owner: NDArray[np.int64]


def group_minima(expression: Expression, found: LocalMinima, width: float) -> GroupedMinima:
    """The points of each minimum."""
    with np.errstate(all="ignore"):
        owner = np.arange(len(found.at))
        near, distance = _neighbours(found)
        touch = distance <= NEIGHBOUR_DISTANCE * width
        owner = _merged(owner, near[:, touch])
        owner = _merged(owner, _level_segments(expression, found, near[:, ~touch & _apart(owner, near)]))
        at, values = found.at, found.values
        owner, new, new_owner = _bridged(expression, found, owner, width)
        at, values = np.vstack([at, new]), np.concatenate([values, expression(*new.T)])
        _, owner = np.unique(np.concatenate([owner, owner[new_owner]]), return_inverse=True)
    return GroupedMinima(at, values, owner)


def _neighbours(found: LocalMinima) -> tuple[Pairs, Floats]:
    """Pairs (2, n) of near points at the same level, and their distances (n,)."""
    count = len(found.at)
    wanted = min(NEIGHBOURS, count - 1)
    pairs: list[Pairs] = []
    for first in range(0, count if wanted > 0 else 0, 256):
        here = np.arange(first, min(first + 256, count))
        x, y = (np.subtract.outer(part[here], part) for part in found.at.T)
        away = x * x + y * y
        away[np.arange(here.size), here] = np.inf
        nearest = np.argpartition(away, wanted - 1, axis=1)[:, :wanted]
        pairs.append(np.stack([np.repeat(here, wanted), nearest.ravel()]))
    if not pairs:
        return np.empty((2, 0), dtype=np.int64), np.empty(0)
    near = np.concatenate(pairs, axis=1)
    near = near[:, _same_level(found, *near)]
    return near, np.abs(found.at[near[0]] - found.at[near[1]]).max(axis=1)


def _same_level(found: LocalMinima, i: Pairs, j: Pairs) -> NDArray[np.bool_]:
    apart = np.abs(found.values[i] - found.values[j])
    return np.asarray(
        apart
        <= LEVEL_TOLERANCE * np.maximum(found.height[i], found.height[j]) + rounding_error(found.values[i])
    )


def _level_segments(expression: Expression, found: LocalMinima, near: Pairs) -> Pairs:
    """The pairs between which the function is as low all along."""
    i, j = near
    part = np.linspace(0, 1, SAMPLES + 2)[1:-1, None, None]
    way = found.at[i] + part * (found.at[j] - found.at[i])
    rise = expression(way[..., 0], way[..., 1]) - np.maximum(found.values[i], found.values[j])
    allowed = PATH_TOLERANCE * np.maximum(found.height[i], found.height[j]) + rounding_error(found.values[i])
    return near[:, (rise <= allowed).all(axis=0)]


def _bridged(
    expression: Expression, found: LocalMinima, owner: Pairs, width: float
) -> tuple[Pairs, Floats, Pairs]:
    """Bent valleys: owners (p,), new points (q, 2) and for each a point of the same minimum (q,)."""
    gaps = _gaps(found, owner, width)
    a, b = found.at[gaps[0]], found.at[gaps[1]]
    level = np.maximum(found.values[gaps[0]], found.values[gaps[1]])
    height = np.maximum(found.height[gaps[0]], found.height[gaps[1]])
    which = np.arange(gaps.shape[1])
    broken = np.zeros(which.size, dtype=bool)
    points, of = [np.empty((0, 2))], [np.empty(0, dtype=np.int64)]
    for bend in range(MAX_HALVINGS + 1):
        apart = np.abs(a - b).max(axis=1)
        a, b, which, apart = (part[apart > NEIGHBOUR_DISTANCE * width] for part in (a, b, which, apart))
        if bend == MAX_HALVINGS:
            broken[which] = True
        if bend == MAX_HALVINGS or not which.size:
            break
        middle, value, _ = compass_search(expression, ((a + b) / 2).T, width)
        middle = middle.T
        level_there = value - level[which] <= LEVEL_TOLERANCE * height[which] + rounding_error(level[which])
        between = np.maximum(np.abs(middle - a).max(axis=1), np.abs(middle - b).max(axis=1)) <= 0.9 * apart
        broken[which[~(level_there & between)]] = True
        going = ~broken[which]
        points.append(middle[going])
        of.append(which[going])
        a, b = np.vstack([a[going], middle[going]]), np.vstack([middle[going], b[going]])
        which = np.concatenate([which[going]] * 2)
    new, new_of = np.vstack(points), np.concatenate(of)
    whole = ~broken[new_of]
    return _merged(owner, gaps[:, ~broken]), new[whole], gaps[0][new_of[whole]]


def _gaps(found: LocalMinima, owner: Pairs, width: float) -> Pairs:
    """The nearest pair of points of every two clusters that may be parts of one valley, (2, n)."""
    clusters = np.unique(owner[~found.isolated])
    if not 1 < clusters.size <= MAX_CLUSTERS:
        return np.empty((2, 0), dtype=np.int64)
    members = [np.flatnonzero(owner == cluster) for cluster in clusters]
    pairs: list[tuple[int, int]] = []
    for number, one in enumerate(members):
        others = np.flatnonzero(np.isin(owner, clusters[number + 1 :]))
        if not others.size:
            continue
        away = np.abs(found.at[one, None] - found.at[others]).max(axis=2)
        nearest = np.argmin(away, axis=0)
        distance = away[nearest, np.arange(others.size)]
        for cluster in np.unique(owner[others]):
            its = np.flatnonzero(owner[others] == cluster)
            best = its[np.argmin(distance[its])]
            if distance[best] <= MAX_GAP * width:
                pairs.append((int(one[nearest[best]]), int(others[best])))
    gaps = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return gaps[:, _same_level(found, *gaps)]


def _apart(owner: Pairs, pairs: Pairs) -> NDArray[np.bool_]:
    return np.asarray(owner[pairs[0]] != owner[pairs[1]])


def _merged(owner: Pairs, pairs: Pairs) -> Pairs:
    """Owners after each pair has become one: the lowest number of those that hang together."""
    owner = owner.copy()
    while pairs.size and _apart(owner, pairs).any():
        low, high = np.sort(owner[pairs], axis=0)
        np.minimum.at(owner, high, low)
        while (owner != owner[owner]).any():
            owner = owner[owner]
    return owner
