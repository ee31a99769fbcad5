r"""Whether a line, or a plane, separates two classes of points: then logistic weights grow without end.

.. math:: s_i \, (w \cdot x_i + b) \ge 0 \text{ for all } i, \text{ and not all of them } 0,
          \quad s_i = \pm 1

If such (w, b) exists, going on along it never makes the log loss larger: the loss has no minimum. If none
does (and no feature is a combination of the others) it has exactly one.

Reference: A. Albert and J. A. Anderson, On the existence of maximum likelihood estimates in logistic
regression models, Biometrika 71 (1984), 1-10.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np

from calc.descent.method import Array

Point: TypeAlias = tuple[float, float]
Direction: TypeAlias = tuple[Fraction, ...]
FILTER_TOLERANCE = 1e-14
"""Relative size under which the sign of a float determinant is found again in exact fractions."""


@dataclass(frozen=True)
class Separation:
    """Whether the classes can be separated without a mistake.

    Attributes:
        kind: "complete": all points lie strictly on their sides; "quasi-complete": some lie on the boundary, the
            others on their sides; "none".
        weights, intercept: a boundary that does it, pointing to class 1; none for "none".
        proved: that the answer is exact, as it is for one and two features.
    """

    kind: Literal["none", "complete", "quasi-complete"]
    weights: tuple[float, ...] = ()
    intercept: float = 0.0
    proved: bool = True

    @property
    def separable(self) -> bool:
        """Whether the weights grow without end."""
        return self.kind != "none"


def separate(x: Array, y: Array) -> Separation:
    """Tell exactly whether a boundary separates the classes, for one or two features.

    Args:
        x: features, (n, d), d = 1 or 2.
        y: labels 0 or 1, (n,), both there.

    >>> separate(np.array([[1.0], [2.0], [3.0]]), np.array([0.0, 0.0, 1.0])).kind
    'complete'
    """
    ones, zeros = np.unique(x[y == 1], axis=0), np.unique(x[y == 0], axis=0)
    if x.shape[1] == 1:
        candidates: list[Direction] = [(Fraction(1),), (Fraction(-1),)]
        first, second = _ends(ones), _ends(zeros)
    else:
        first, second = hull([(a, b) for a, b in ones.tolist()]), hull([(a, b) for a, b in zeros.tolist()])
        candidates = _separating_directions(first, second)
    best = Separation("none")
    for direction in candidates:
        found = _separation_along(direction, first, second)
        if found.kind == "complete":
            return found
        best = found if found.separable else best
    return best


def _ends(values: Array) -> list[tuple[float, ...]]:
    return [(float(values.min()),), (float(values.max()),)]


def hull(points: list[Point]) -> list[tuple[float, ...]]:
    """The corners of the convex hull, counter-clockwise; of points on one line the two ends.

    Reference: A. M. Andrew, Another efficient algorithm for convex hulls in two dimensions, Information
    Processing Letters 9 (1979), 216-219.

    >>> hull([(0, 0), (2, 0), (1, 1), (1, 0.5)])
    [(0, 0), (2, 0), (1, 1)]
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return list(ordered)
    lower, upper = _half_hull(ordered), _half_hull(ordered[::-1])
    return [*lower[:-1], *upper[:-1]]


def _half_hull(ordered: list[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in ordered:
        while len(chain) > 1 and orientation(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def orientation(a: Point, b: Point, c: Point) -> int:
    """1 where a, b, c turn left, -1 where they turn right, 0 on one line: exact."""
    left, right = (b[0] - a[0]) * (c[1] - a[1]), (b[1] - a[1]) * (c[0] - a[0])
    if abs(left - right) > FILTER_TOLERANCE * (abs(left) + abs(right)) > 1e-280:
        return 1 if left > right else -1
    (ax, ay), (bx, by), (cx, cy) = (tuple(map(Fraction, point)) for point in (a, b, c))
    exact = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    return (exact > 0) - (exact < 0)


def _separating_directions(
    first: list[tuple[float, ...]], second: list[tuple[float, ...]]
) -> list[Direction]:
    """Directions among which one separates two convex polygons, if any does.

    The polygons are apart if 0 lies outside their Minkowski difference, whose sides are sides of the two.
    The line through a corner of each, and along the sides, serves where the polygons are flat.
    """
    pairs = [(first[0], second[0])]
    for polygon in (first, second):
        pairs += list(zip(polygon, polygon[1:] + polygon[:1], strict=True))
    axes: list[Direction] = []
    for a, b in pairs:
        dx, dy = Fraction(b[0]) - Fraction(a[0]), Fraction(b[1]) - Fraction(a[1])
        if dx or dy:
            axes += [(-dy, dx), (dy, -dx), (dx, dy), (-dx, -dy)]
    return axes


def _separation_along(
    direction: Direction, first: list[tuple[float, ...]], second: list[tuple[float, ...]]
) -> Separation:
    """Whether class 1 (the corners `first`) lies beyond class 0 in this direction."""
    ones, zeros = _projections(direction, first), _projections(direction, second)
    if min(ones) < max(zeros) or max(ones) == min(zeros):
        return Separation("none")
    largest = max(abs(part) for part in direction)
    weights = tuple(float(part / largest) for part in direction)
    middle = float((min(ones) + max(zeros)) / (2 * largest))
    return Separation("complete" if min(ones) > max(zeros) else "quasi-complete", weights, -middle)


def _projections(direction: Direction, corners: list[tuple[float, ...]]) -> list[Fraction]:
    return [
        sum((part * Fraction(at) for part, at in zip(direction, corner, strict=True)), Fraction(0))
        for corner in corners
    ]
