r"""What a method does on a quadratic loss, by the eigenvalues of its iteration: which rates converge, and how.

Along an eigenvector of the Hessian with eigenvalue :math:`\lambda` the error obeys a linear recurrence that depends
on :math:`h = \eta \lambda` alone. Each root z of it is a part of the error that a step multiplies by z: it shrinks
where :math:`|z| < 1`, and it changes sides every :math:`\pi / |\arg z|` steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from calc.descent.method import Array, Method

Zone: TypeAlias = Literal["slow", "good", "oscillating", "diverging"]

SWING = 0.2
"""A part of the error of which this much is left when it changes sides is seen to swing; less is gone at once."""
OUTLASTS = 0.9
"""Swings are what a run is known for where they outlast all that does not swing by more than a tenth."""
SLOW = 0.1
"""Of the fastest decay there is: ten times as many steps."""
RATES = 2000
"""On a log scale of four decades they stand closer than pixels."""


@dataclass(frozen=True)
class Quadratic:
    """A quadratic loss, as one method sees it.

    Attributes:
        method: what descends on it.
        curvatures: the eigenvalues of its Hessian, each above 0.

    >>> from calc.descent import METHODS
    >>> bowl = Quadratic(METHODS["gradient-descent"], (2.0,))
    >>> bowl.limit, [bowl.zone(rate) for rate in (0.01, 0.5, 0.9, 1.1)]
    (1.0, ['slow', 'good', 'oscillating', 'diverging'])
    """

    method: Method
    curvatures: tuple[float, ...]

    @property
    def limit(self) -> float | None:
        """The rate above which the method diverges on it, if there is one."""
        return self.method.limit(max(self.curvatures))

    def zone(self, rate: float) -> Zone:
        """What the rate leads to; of a method with a limit only."""
        return self._zones(np.array([rate]))[0]

    def bands(self, low: float, high: float) -> list[tuple[Zone, float, float]]:
        """The zones between two rates, each with its ends, from left to right."""
        inside = [] if self.limit is None or not low < self.limit < high else [self.limit]
        edges = np.unique(np.r_[np.geomspace(low, high, RATES), inside])
        # Rounding must not move the ends.
        edges[[0, -1]] = low, high
        zones = self._zones(np.sqrt(edges[:-1]) * np.sqrt(edges[1:]))
        firsts = [0] + [i for i in range(1, len(zones)) if zones[i] != zones[i - 1]]
        lasts = [*firsts[1:], len(zones)]
        return [(zones[i], float(edges[i]), float(edges[j])) for i, j in zip(firsts, lasts, strict=True)]

    @cached_property
    def good(self) -> float:
        """The largest rate called good whose error decays as fast as that of any, but for a hundredth."""
        rates = self._grid
        decay = np.where(np.array(self._zones(rates)) == "good", self._decay(rates), 0.0)
        return float(rates[np.flatnonzero(decay >= 0.99 * decay.max())[-1]])

    @cached_property
    def _grid(self) -> Array:
        assert self.limit is not None
        # The flattest direction may ask for as much less as it is flatter.
        flat = min(self.curvatures) / max(self.curvatures)
        return np.geomspace(1e-4 * max(flat, 1e-12) * self.limit, self.limit, RATES, endpoint=False)

    @cached_property
    def _fastest(self) -> float:
        # A tenfold gain on what is there after a few steps is nothing that one could see.
        return min(1.0, float(self._decay(self._grid).max()))

    def _decay(self, rates: Array) -> Array:
        """How fast the slowest part of the error decays, -log|z| per step, at each rate."""
        return np.asarray(np.minimum(*self._decays(rates)))

    def _decays(self, rates: Array) -> tuple[Array, Array]:
        """The slowest decay of what does not swing, and of what does, at each rate; inf where there is none."""
        assert self.method.roots is not None
        roots = self.method.roots(np.multiply.outer(np.array(self.curvatures), rates).astype(complex))
        size, turn = np.abs(roots), np.abs(np.angle(roots))
        with np.errstate(all="ignore"):
            decay = np.minimum(-np.log(size), 1e3)
            swings = (turn > 0) & (size ** (np.pi / turn) > SWING)
        steady, swinging = (np.where(which, decay, np.inf).min(axis=(0, 1)) for which in (~swings, swings))
        return steady, swinging

    def _zones(self, rates: Array) -> list[Zone]:
        steady, swinging = self._decays(rates)
        zones: list[Zone] = []
        for rate, still, swing in zip(rates.tolist(), steady.tolist(), swinging.tolist(), strict=True):
            if self.limit is not None and rate > self.limit:
                zones.append("diverging")
            elif swing < OUTLASTS * still:
                zones.append("oscillating")
            else:
                zones.append("slow" if min(still, swing) < SLOW * self._fastest else "good")
        return zones
