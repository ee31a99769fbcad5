"""How a function goes on one side of a place, from samples at distances that fall by 2^-20 each, to 2^-140."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from tests.calc.minima.balls import Undefined, Unsure, number
from tests.calc.minima.readings import Reading

STEPS = tuple(range(20, 141, 20))
"""The exponents of the distances: 1e-6 to 1e-42."""
SETTLING = Fraction(7, 10)
"""Changes that shrink by this factor each time have a limit; x^0.03 does."""
LEVEL = Fraction(1, 2**40)
"""Changes that stay equal up to this do not add up to one: those of ln x; those of x^1e-10 shrink by 1e-9 each."""
GROWTH = Fraction(5, 4)
"""Values that grow by this factor each time have none."""

What = Literal["outside", "limit", "infinite", "unsure"]


@dataclass(frozen=True)
class Side:
    """`value`: the limit, right to `error`; 1 or -1 if infinite."""

    what: What
    value: Fraction = Fraction(0)
    error: Fraction = Fraction(0)

    @property
    def known(self) -> bool:
        return self.what != "unsure"

    def is_surely(self, other: Side) -> bool:
        """Whether both are the same limit, as far as digits tell."""
        if self.what != other.what or not self.known:
            return False
        if self.what != "limit":
            return self.value == other.value
        return abs(self.value - other.value) <= self.error + other.error

    def differs_surely(self, other: Side) -> bool:
        if not (self.known and other.known):
            return False
        if self.what != other.what:
            return True
        if self.what != "limit":
            return self.value != other.value
        return abs(self.value - other.value) > 10 * (self.error + other.error)


UNSURE, OUTSIDE = Side("unsure"), Side("outside")
Sample = tuple[Fraction, Fraction]
"""A value and its error."""


def sample(reading: Reading, x: Fraction, bits: int = 60) -> Sample | None:
    """The value at x, None if it has surely none."""
    try:
        return number(reading.value(x, bits))
    except Undefined:
        return None


def distances(unit: Fraction) -> list[Fraction]:
    return [unit / 2**k for k in STEPS]


def values_beside(reading: Reading, x: Fraction, to: int, unit: Fraction) -> list[Sample | None] | None:
    """The samples on one side, None if one of them cannot be told."""
    try:
        return [sample(reading, x + to * h, 240) for h in distances(unit)]
    except Unsure:
        return None


def side(samples: list[Sample | None] | None) -> Side:
    """What the samples of one side come to."""
    if samples is None:
        return UNSURE
    last = samples[-4:]
    if all(each is None for each in last):
        return OUTSIDE
    if any(each is None for each in last):
        return UNSURE
    good = [each for each in samples if each is not None]
    return limit(good)


def limit(samples: list[Sample]) -> Side:
    """What values at distances that fall by one factor come to."""
    values, noise = [value for value, _ in samples], max(error for _, error in samples[-4:])
    if len(values) < 5:
        return UNSURE
    grown = [abs(b) >= GROWTH * abs(a) and a * b > 0 for a, b in zip(values[-5:], values[-4:], strict=False)]
    # Errors divided by ever smaller distances grow too.
    if all(grown) and all(abs(value) > 1000 * error for value, error in samples[-5:]):
        return Side("infinite", Fraction(1 if values[-1] > 0 else -1))
    steps = [b - a for a, b in zip(values[-5:], values[-4:], strict=False)]
    if noise > max(max(abs(value) for value in values) / 2**40, Fraction(1, 2**100)):
        return UNSURE
    if all(abs(step) <= 2 * noise for step in steps):
        return Side("limit", values[-1], 4 * noise)
    pairs = list(pairwise(steps))
    if all(abs(later) <= SETTLING * abs(step) + 4 * noise for step, later in pairs):
        return Side("limit", values[-1], 8 * abs(steps[-1]) + 4 * noise)
    if all(later * step > 0 and abs(later - step) <= LEVEL * abs(step) for step, later in pairs):
        return Side("infinite", Fraction(1 if steps[-1] > 0 else -1))
    return UNSURE


def slope(samples: list[Sample | None] | None, at: Sample, to: int, unit: Fraction) -> Side:
    """What the slopes of the chords from the place, where the value is `at`, come to."""
    if samples is None or any(each is None for each in samples[-5:]):
        return UNSURE
    chords = []
    for each, h in zip(samples, distances(unit), strict=True):
        if each is not None:
            chords.append(((each[0] - at[0]) / (to * h), (each[1] + at[1]) / h))
    return limit(chords)
