"""What is false in a result of `calc.differentiability.find`, by the means of the judge of `calc.minima`.

It reads the tree on balls, looks where guards are 0, and takes limits and one-sided difference quotients at
distances that fall from 2^-20 to 2^-140. Where digits do not tell, it says nothing: what it says is false, is false.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from calc.differentiability import BREAKS, Differentiability, Point, at
from calc.expression import Expression
from calc.expression.tree import Call, Node, walk
from tests.calc.minima import sides
from tests.calc.minima.balls import Undefined, Unsure, number
from tests.calc.minima.judge import Here, Judge
from tests.calc.minima.places import Place
from tests.calc.minima.readings import Reading
from tests.calc.minima.sides import UNSURE, Side

DIGITS = Fraction(1, 10**9)
"""How right a slope and a limit are."""
MOST = 40
"""Points and places of one function that are looked at."""
SIMPLE = tuple(Fraction(k, 2) for k in range(-6, 7))
"""Numbers at which something may happen that floats are too coarse to see, as that 1 - x^2/2 is 1 at 0 alone."""
PARTS = (0.0131, 0.2887, 0.5641, 0.7553, 0.9817)
"""Where in the interval a derivative is compared: at places that are none of the guards'."""


@dataclass(frozen=True)
class Seen:
    """What the judge sees at a place; `kind` is "smooth" where there is a derivative, "open" at an open edge of the
    domain, "none" where f has no value around, "" where it is not sure."""

    kind: str
    left: Side = UNSURE
    right: Side = UNSURE


def seen(here: Here) -> Seen:
    """The kind of a place and its one-sided slopes."""
    outside = [each.what == "outside" for each in here.sides]
    known = all(each.known for each in here.sides)
    if known and any(each.what == "infinite" for each in here.sides):
        return Seen("pole", *slopes_at(here))
    if not known or here.value == "unsure":
        return Seen("")
    if here.value is None:
        if all(outside):
            return Seen("none")
        if any(outside):
            return Seen("hole" if here.place.x in (here.low, here.high) else "open")
        if here.left.differs_surely(here.right):
            return Seen("jump")
        return Seen("hole" if here.left.is_surely(here.right) else "")
    assert isinstance(here.value, tuple)
    left, right = slopes_at(here)
    at_place = Side("limit", *here.value)
    inner = [each for each, out in zip(here.sides, outside, strict=True) if not out]
    if not inner or any(each.differs_surely(at_place) for each in inner):
        return Seen("jump", left, right)
    if not all(each.is_surely(at_place) for each in inner):
        return Seen("", left, right)
    slopes = [each for each, out in zip((left, right), outside, strict=True) if not out]
    return Seen(_bend(slopes), left, right)


def slopes_at(here: Here) -> tuple[Side, Side]:
    """What the difference quotients come to on either side."""
    return _slope(here, here.left_samples, -1), _slope(here, here.right_samples, 1)


def _slope(here: Here, samples: list[sides.Sample | None] | None, to: int) -> Side:
    if not isinstance(here.value, tuple) or samples is None:
        return UNSURE
    value, error = here.value
    pairs = zip(samples, sides.distances(here.unit), strict=False)
    steepest = max((abs(each[0] - value) / h for each, h in pairs if each is not None), default=Fraction(0))
    # Of a place that is known to so many digits only, the distances are too.
    return sides.slope(samples, (value, error + 2 * here.place.error * steepest), to, here.unit)


def chords_beside(samples: list[sides.Sample | None] | None, to: int, unit: Fraction) -> list[sides.Sample]:
    """The slopes of chords between neighbouring samples, which need no value at the place itself."""
    found = []
    for (first, far), (second, near) in pairwise(zip(samples or [], sides.distances(unit), strict=True)):
        if first is not None and second is not None:
            run = to * (far - near)
            found.append(((first[0] - second[0]) / run, (first[1] + second[1]) / abs(run)))
    return found


def _bend(slopes: list[Side]) -> str:
    """The kind of a place where f is continuous."""
    steep = [each.value for each in slopes if each.what == "infinite"]
    if not all(each.known for each in slopes):
        return ""
    if len(steep) == len(slopes):
        return "vertical tangent" if len(set(steep)) == 1 else "cusp"
    if len(slopes) < 2 or slopes[0].is_surely(slopes[1]):
        return "smooth"
    return "corner" if slopes[0].differs_surely(slopes[1]) else ""


def differs(told: float, true: Side, scale: Fraction = Fraction(0), digits: Fraction = DIGITS) -> bool:
    """Whether a slope or a limit is surely another one than is told."""
    if true.what == "infinite":
        return bool(told != true.value * math.inf)
    if true.what != "limit" or abs(true.value) > Fraction(10) ** 300:
        return False
    slack = 10 * true.error + (abs(true.value) + scale) * digits + Fraction(1, 10**300)
    return not math.isfinite(told) or abs(Fraction(told) - true.value) > slack


def shown(side: Side) -> str:
    """A limit for a reader."""
    return f"{float(side.value):.12g} ({side.what})"


def judge(expression: Expression, found: Differentiability) -> list[str]:
    """Every statement of the result that is seen to be false, as sentences; none if nothing is."""
    return list(dict.fromkeys(DerivativeJudge(expression, found).accusations()))


class DerivativeJudge(Judge):
    breaks = ("corner", "cusp", "vertical tangent", "jump", "hole", "pole", "oscillation")
    found: Differentiability  # type: ignore[assignment]

    def __init__(self, expression: Expression, found: Differentiability) -> None:
        super().__init__(expression, found)
        self.expression = expression

    def accusations(self) -> Iterator[str]:
        points = self.found.points
        if [point.x for point in points] != sorted({point.x for point in points}):
            yield "the points are not sorted, or one is listed twice"
        for point in points[:: max(1, len(points) // MOST)]:
            yield from self.of_listed(point)
        yield from self.of_properties()
        yield from self.of_gaps()
        if self.found.proved:
            yield from self.of_left_out()
            yield from self.of_undefined(self.x)
            yield from self.of_derivatives()

    def of_listed(self, point: Point) -> Iterator[str]:
        if not self.found.low <= point.x <= self.found.high:
            yield f"x = {point.x!r} lies outside the interval"
        if self.found.proved and point.error > 1.01 * self.allowed(point.x):
            yield f"the error {point.error:.2g} at x = {point.x!r} is too large for a proved position"
        place = self.place_of(point)  # type: ignore[arg-type]
        if place is None:
            return
        accusations = list(self.of_point_here(point, self.here(place)))
        meant = self.as_meant(point)  # type: ignore[arg-type]
        if accusations and any(not list(self.of_point_here(point, here)) for here in meant):
            return
        yield from accusations

    def of_point_here(self, point: Point, here: Here) -> Iterator[str]:
        true = seen(here)
        x = f"x = {point.x!r}"
        if point.kind == "oscillation":
            if not oscillates(self.reading.root, here):
                yield f"{x} is no oscillation: no sine turns for ever faster there"
        elif true.kind and point.kind != true.kind:
            yield f"{x} is {true.kind}, and told to be {point.kind}"
        yield from self.of_limits(point, here)
        if here.value == "unsure":
            return
        for told, slope, side, word in (
            (point.left, true.left, here.left, "left"),
            (point.right, true.right, here.right, "right"),
        ):
            if (here.value is None or side.what == "outside") and not math.isnan(told):
                yield f"there is a slope {told} to the {word} of {x}, and nothing to measure it from"
            elif here.value is not None and differs(told, slope):
                yield f"the slope to the {word} of {x} is {told}, and is {shown(slope)}"

    def of_limits(self, point: Point, here: Here) -> Iterator[str]:
        scale = Fraction(self.scale)
        told = ((point.left_limit, here.left), (point.right_limit, here.right))
        for limit, side in told:
            if side.what == "outside" and not math.isnan(limit):
                yield f"a limit {limit} is told beside x = {point.x!r}, where f has no value"
            elif point.kind != "oscillation" and differs(limit, side, scale / 1000):
                yield f"a limit at x = {point.x!r} is {limit}, and is {shown(side)}"
        if isinstance(here.value, tuple) and differs(point.value, Side("limit", *here.value), scale / 1000):
            yield f"the value at x = {point.x!r} is {point.value}, and is {float(here.value[0])}"
        if here.value is None and not math.isnan(point.value):
            yield f"a value {point.value} is told at x = {point.x!r}, where f has none"
        yield from self.of_filled(point, here)

    def of_filled(self, point: Point, here: Here) -> Iterator[str]:
        """Slopes from the limits; nan says nothing."""
        for told, side, samples, to in (
            (point.left_filled, here.left, here.left_samples, -1),
            (point.right_filled, here.right, here.right_samples, 1),
        ):
            slope = sides.limit(chords_beside(samples, to, here.unit)) if side.what == "limit" else UNSURE
            if not math.isnan(told) and differs(told, slope):
                yield f"the filled slope at x = {point.x!r} is {told}, and is {shown(slope)}"

    def of_properties(self) -> Iterator[str]:
        found, kinds = self.found, [self.kind_at(place) for place in self.places[:MOST]]
        broken = any(kind in (*BREAKS, "open", "none") for kind in kinds)
        if found.continuous and broken:
            yield "f is told to be continuous, and is not"
        if found.differentiable and any(kind not in ("", "smooth") for kind in kinds):
            yield "f is told to be differentiable, and is not"
        if found.continuous is False and not (found.gaps or any(p.kind in BREAKS for p in found.points)):
            yield "f is told not to be continuous, and nothing is told why"
        if found.differentiable is False and not (found.gaps or found.points):
            yield "f is told not to be differentiable, and nothing is told why"
        if found.proved and None in (found.continuous, found.differentiable):
            yield "all is proved, and a property is not settled"

    def kind_at(self, place: Place) -> str:
        return seen(self.here(place)).kind if self.low <= place.x <= self.high else ""

    def of_left_out(self) -> Iterator[str]:
        """Places of guards at which something happens, and nothing is told."""
        ends = [Place(self.low), Place(self.high)]
        simple = [Place(x) for x in SIMPLE if self.low < x < self.high]
        for place in (*self.places[:: max(1, len(self.places) // MOST)], *simple, *ends):
            x = float(place.x)
            hair = 1e-9 * max(abs(x), self.unit)
            if any(abs(point.x - x) <= hair + point.error for point in self.found.points):
                continue
            if any(low + hair < x < high - hair for low, high in self.found.gaps):
                continue
            kind = self.kind_at(place)
            if kind in ("open", "none") and any(
                low - hair <= x <= high + hair for low, high in self.found.gaps
            ):
                continue
            at_end = not self.low < place.x < self.high
            if kind not in ("", "smooth") and not (at_end and (place not in ends or self.end_is_doubtful(x))):
                yield f"there is a {kind} at x = {x!r}, and nothing is told there"

    def end_is_doubtful(self, x: float) -> bool:
        """Whether an end is a float beside what is meant by it."""
        return Fraction(repr(x)) != Fraction(x)

    def of_derivatives(self) -> Iterator[str]:
        """`at` beside the difference quotients, where nothing is told."""
        for part in PARTS:
            x = self.found.low + part * (self.found.high - self.found.low)
            hair = 1e-6 * self.unit
            if any(low - hair <= x <= high + hair for low, high in self.found.gaps) or any(
                abs(point.x - x) < hair for point in self.found.points
            ):
                continue
            told, slope = at(self.expression, x), self.central(Fraction(repr(x)))
            if told is None or slope is None:
                continue
            if told.kind is not None:
                yield f"{told.kind} is told at x = {x!r} by `at`, and nothing by `find`"
            elif differs(told.slope, Side("limit", *slope), digits=Fraction(1, 10**12)):
                yield f"the slope at x = {x!r} is {told.slope}, and is {float(slope[0])}"

    def central(self, x: Fraction) -> tuple[Fraction, Fraction] | None:
        """The derivative by central differences with an estimate of the error, where f is smooth."""
        quotients = []
        for k in (60, 80):
            h = Fraction(self.unit) / 2**k
            try:
                above, below = (number(self.reading.value(x + to * h, 240)) for to in (1, -1))
            except (Undefined, Unsure):
                return None
            quotients.append(((above[0] - below[0]) / (2 * h), (above[1] + below[1]) / h))
        (first, _), (second, noise) = quotients
        return second, abs(second - first) + noise


def oscillates(root: Node, here: Here) -> bool:
    """Whether the argument of a sine is surely, or may be, infinite beside a place."""
    for node in walk(root):
        if isinstance(node, Call) and node.name in ("sin", "cos"):
            of = Here(Reading(node.arguments[0]), here.place, here.low, here.high)
            if any(each.what in ("infinite", "unsure") for each in of.sides):
                return True
    return False
