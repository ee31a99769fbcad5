"""What `find` and `at` answer: where a function has no derivative, why, and the slopes from either side."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan
from typing import Literal, TypeAlias

from calc.minima import Doubt

Kind: TypeAlias = Literal["corner", "cusp", "vertical tangent", "jump", "hole", "pole", "oscillation"]
BREAKS: tuple[Kind, ...] = ("jump", "hole", "pole", "oscillation")
"""Where a function is not continuous either."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point at which a function has no derivative, or with kind None one at which it has.

    Attributes:
        x: where.
        kind: see `Kind`. A "cusp" has the slopes inf and -inf, a "vertical tangent" one of them twice, or at an end
            of the domain once; a "jump" is also a value beside the limit, or all alone; "oscillation" is beside a
            sine that turns for ever faster.
        value: f(x); nan where f has none.
        left, right: the one-sided slopes, the limits of (f(x + h) - f(x))/h for h from below and from above; inf or
            -inf where they grow without bound, nan where there is none, or f has no value to measure from.
        left_limit, right_limit: the limits of f; inf or -inf at a pole, nan where there is none.
        left_filled, right_filled: the one-sided slopes measured from those limits, as if the gap were filled; nan
            also where they are not known.
        error: the true point lies within this distance of x.
        filled_known: whether a nan among those slopes says that there is none, and not only that it is not known.
    """

    x: float
    kind: Kind | None
    value: float = nan
    left: float = nan
    right: float = nan
    left_limit: float = nan
    right_limit: float = nan
    left_filled: float = nan
    right_filled: float = nan
    error: float = 0.0
    filled_known: bool = True

    @property
    def continuous(self) -> bool:
        """Whether f is continuous there."""
        return self.kind not in BREAKS

    @property
    def slope(self) -> float:
        """The derivative; at an end of the domain the one-sided one, nan where there is none."""
        sides = [slope for slope in (self.left, self.right) if not isnan(slope)]
        return sides[0] if self.kind is None and sides else nan


@dataclass(frozen=True, slots=True)
class Differentiability:
    """Where a function on [low, high] has no derivative.

    At an end of the interval, or of the domain, what counts is the side that there is.

    Attributes:
        points: sorted by x.
        gaps: intervals inside [low, high] on which f has no value at all.
        unproved: what could not be settled; each prints as a plain sentence.
    """

    low: float
    high: float
    points: tuple[Point, ...]
    gaps: tuple[tuple[float, float], ...] = ()
    unproved: tuple[Doubt, ...] = ()

    @property
    def proved(self) -> bool:
        """No point was left out, none is listed that is none, and every position is right to 1e-10."""
        return not self.unproved

    @property
    def continuous(self) -> bool | None:
        """Whether f is continuous on all of [low, high]; None where that is not settled."""
        if self.gaps or not all(point.continuous for point in self.points):
            return False
        return True if self.proved else None

    @property
    def differentiable(self) -> bool | None:
        """Whether f has a derivative on all of [low, high], at the ends a one-sided one; None as above."""
        if self.gaps or self.points:
            return False
        return True if self.proved else None
