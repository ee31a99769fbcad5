"""What is false in a result of `calc.minima.find`, found out by other means than those of the product.

The judge reads the tree on balls (see `balls`), whose errors it knows, looks for places of its own (see `places`)
and for how f goes beside them (see `sides`). Floats only propose where to look. Where no precision up to 420
digits tells, the judge says nothing: what it says is false, is false.

Positions and values of a result are floats. So a statement is false if it is wrong beyond the rounding of both:
a point must lie within its `error` and two units in the last place, a value must be right to nine digits or to
what float64 can tell there; and two values are a false tie only if they differ by more than moving each point by
one unit in its last place does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np

from calc.differentiability import Differentiability
from calc.expression import Expression
from calc.minima import Minima, Point
from tests.calc.minima import balls
from tests.calc.minima.balls import Undefined, Unsure, number
from tests.calc.minima.places import Guards, Place, short, simplest
from tests.calc.minima.readings import Floats, Reading
from tests.calc.minima.sides import UNSURE, Sample, Side, side, slope, values_beside

GRID = 1999
"""Samples of the whole interval; odd, and shifted, so that few of them are simple numbers."""
BETWEEN = 40
"""Samples between two neighbouring points."""
SUSPECTS = 5
"""Steps against the trend that are looked at between two neighbouring points."""
MOST_LOOKS = 60
"""Of the dear kind, for one function: the rest of 400 poles is like the first."""
POSITION = 1e-10
"""How right a proved position is, of x or of the smaller of 1 and the length of the interval."""
BREAKS = ("pole", "hole", "jump", "edge", "vertical tangent", "corner", "corner minimum", "corner maximum")
SMALLEST = Fraction(1, 10**300)
"""What is smaller may be shown as 0."""
MOST_INFLECTIONS = 6
MOST_POINTS = 24
"""Points of one kind that are looked at: the rest of 400 poles is like the first."""


def judge(expression: Expression, found: Minima) -> list[str]:
    """Every statement of the result that is seen to be false, as sentences; none if nothing is."""
    return list(dict.fromkeys(Judge(expression, found).accusations()))


class Here:
    """What a function does at one place, worked out when it is asked for."""

    def __init__(self, reading: Reading, place: Place, low: Fraction, high: Fraction) -> None:
        self.reading, self.place, self.low, self.high = reading, place, low, high
        self.unit = Fraction(2) ** (math.frexp(float(min(1, high - low)))[1] - 1)

    @cached_property
    def value(self) -> Sample | str | None:
        """The value with its error, None if there is surely none, "unsure"."""
        if self.place.undefined:
            return None
        place = self.place
        try:
            return number(
                self.reading.at_zero(place.x, place.error) if place.error else self.reading.at(place.x)
            )
        except Undefined:
            return None
        except Unsure:
            return "unsure"

    def _samples(self, to: int) -> list[Sample | None] | None:
        return values_beside(self.reading, self.place.x, to, self.unit)

    @cached_property
    def left_samples(self) -> list[Sample | None] | None:
        return [None] * 8 if self.place.x - self.place.error <= self.low else self._samples(-1)

    @cached_property
    def right_samples(self) -> list[Sample | None] | None:
        return [None] * 8 if self.place.x + self.place.error >= self.high else self._samples(1)

    @cached_property
    def left(self) -> Side:
        return side(self.left_samples)

    @cached_property
    def right(self) -> Side:
        return side(self.right_samples)

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.left, self.right

    @cached_property
    def slopes(self) -> tuple[Side, Side]:
        """Those of the chords to both sides, as far as f is surely continuous there."""
        value = self.value
        if not isinstance(value, tuple):
            return UNSURE, UNSURE
        at = Side("limit", *value)
        found = []
        for to, each, samples in ((-1, self.left, self.left_samples), (1, self.right, self.right_samples)):
            smooth = each.what == "limit" and each.is_surely(at)
            found.append(slope(samples, value, to, self.unit) if smooth else UNSURE)
        return found[0], found[1]

    @property
    def breaks(self) -> str:
        """What surely happens here, in a word; "" if that is nothing, or not sure."""
        left, right = self.sides
        if left.what == right.what == "outside" or not (left.known and right.known):
            return ""
        if "infinite" in (left.what, right.what):
            return "pole"
        if "outside" in (left.what, right.what):
            return "edge" if self.low < self.place.x < self.high or self.value is None else ""
        if self.value is None:
            return "jump" if left.differs_surely(right) else "hole"
        if left.differs_surely(right):
            return "jump"
        if isinstance(self.value, tuple) and Side("limit", *self.value).differs_surely(left):
            return "jump"
        return self.bends

    @property
    def bends(self) -> str:
        before, after = self.slopes
        if before.what == after.what == "limit":
            return "corner" if before.differs_surely(after) else ""
        if "infinite" in (before.what, after.what) and before.known and after.known:
            return "vertical tangent" if before.what == after.what else "corner"
        return ""

    @property
    def is_cusp(self) -> bool:
        """Whether f surely comes down vertically on both sides, or goes up."""
        before, after = self.slopes
        return before.what == after.what == "infinite" and before.value != after.value

    @property
    def is_level(self) -> bool:
        """Whether f surely passes with slope 0, rising or falling on both sides."""
        before, after = self.slopes
        if not (before.what == after.what == "limit" and self.left.what == self.right.what == "limit"):
            return False
        level = all(abs(each.value) <= each.error < Fraction(1, 2**60) for each in self.slopes)
        return level and self.way(-1) * self.way(1) < 0

    @property
    def is_smooth(self) -> bool:
        """Whether f surely passes without a break, with one slope."""
        before, after = self.slopes
        return before.what == after.what == "limit" and before.is_surely(after)

    def is_flat(self, to: int) -> bool:
        """Whether f has surely the same value all along one side, as far as there is one."""
        samples = self.left_samples if to < 0 else self.right_samples
        if samples is None or not isinstance(self.value, tuple) or self.value[1]:
            return False
        return all(each is None for each in samples) or all(each == self.value for each in samples)

    def way(self, to: int) -> int:
        """Whether f surely rises (1) or falls (-1) from its value on leaving to one side; 0: not sure."""
        samples = self.left_samples if to < 0 else self.right_samples
        if samples is None or not isinstance(self.value, tuple):
            return 0
        at, error = self.value
        ways = {
            0 if each is None or abs(each[0] - at) <= error + each[1] else (1 if each[0] > at else -1)
            for each in samples[-4:]
        }
        return ways.pop() if len(ways) == 1 else 0


class Judge:
    breaks: tuple[str, ...] = BREAKS

    def __init__(self, expression: Expression, found: Minima | Differentiability) -> None:
        self.found = found
        self.reading = Reading(expression.root)
        self.low, self.high = Fraction(found.low), Fraction(found.high)
        self.unit = min(1.0, found.high - found.low)
        self.looks = 0
        self.x = self._grid()
        self.y = self.reading.coarse(self.x)
        self.guards = Guards(expression.root)
        self.places = self.guards.places(np.unique([found.low, *self.x, found.high]))
        self.known: dict[Fraction, Here] = {}
        self.local: dict[Point, list[Place] | None] = {}

    def _grid(self) -> Floats:
        low, high = self.found.low, self.found.high
        grid = low + (np.arange(GRID) + 0.5 + 0.01 * math.pi) / (GRID + 0.1) * (high - low)
        return np.unique(grid[(grid > low) & (grid < high)])

    def accusations(self) -> Iterator[str]:
        yield from self.of_form()
        for point in self.chosen_points():
            if self.found.proved or not self.doubted(point.x, point.error):
                yield from self.of_point(point)
        if self.found.proved:
            yield from self.of_gaps()
            yield from self.of_what_lies_between()
            yield from self.of_places_left_out()
            yield from self.of_inflections_left_out()
            yield from self.of_extreme(1)
            yield from self.of_extreme(-1)

    def chosen_points(self) -> list[Point]:
        """All points, or some of each kind, spread out."""
        points = self.found.points
        if len(points) <= 2 * MOST_POINTS:
            return list(points)
        chosen: set[int] = set()
        for kind in {point.kind for point in points}:
            numbers = [i for i, point in enumerate(points) if point.kind == kind]
            chosen |= {numbers[k] for k in np.linspace(0, len(numbers) - 1, MOST_POINTS).astype(int)}
        return [points[i] for i in sorted(chosen)]

    def here(self, place: Place) -> Here:
        if place.x not in self.known:
            self.known[place.x] = Here(self.reading, place, self.low, self.high)
        return self.known[place.x]

    def doubted(self, x: float, reach: float = 0.0) -> bool:
        hair = reach + 1e-9 * max(abs(x), self.unit)
        return any(doubt.low - hair <= x <= doubt.high + hair for doubt in self.found.unproved)

    def allowed(self, x: float) -> float:
        """The error allowed in a proved position."""
        return POSITION * max(abs(x), self.unit)

    def within(self, point: Point) -> Fraction:
        """How far from x the true point may lie: the error told, and two units in the last place."""
        return (
            Fraction(point.error)
            + 2 * Fraction(math.ulp(point.x))
            + Fraction(1, 10**25) * Fraction(self.unit)
        )

    # The form of the result.

    def of_form(self) -> Iterator[str]:
        found, x = self.found, [point.x for point in self.found.points]
        if x != sorted(x):
            yield "the points are not sorted"
        if any(not found.low <= each <= found.high for each in x):
            yield "a point lies outside the interval"
        if not all(
            any(each is point for point in found.points) or each in found.points
            for each in (*found.global_minimum, *found.global_maximum)
        ):
            yield "a global extreme is none of the points"
        for points, why, word in (
            (found.global_minimum, found.why_no_minimum, "minimum"),
            (found.global_maximum, found.why_no_maximum, "maximum"),
        ):
            if bool(points) == bool(why):
                yield f"there is a global {word} and a reason why there is none, or neither"
        for point in found.points:
            yield from self.of_words(point)

    def of_words(self, point: Point) -> Iterator[str]:
        """A kind, an extremum, a stretch and a value that do not fit together."""
        if point.kind.endswith(("minimum", "maximum")) and point.kind.split()[-1] != point.extremum:
            yield f"x = {point.x!r} is a {point.kind} and its extremum is {point.extremum}"
        if point.kind in ("end", "corner", "inflection") and point.extremum in ("minimum", "maximum"):
            yield f"x = {point.x!r} is a plain {point.kind}, and its extremum is {point.extremum}"
        if math.isnan(point.value) and point.extremum is not None:
            yield f"x = {point.x!r} has no value, and its extremum is {point.extremum}"
        if (point.kind == "flat") != (point.stretch is not None):
            yield f"x = {point.x!r} is {point.kind}, and its stretch {point.stretch}"
        if point.kind == "hole" and not math.isnan(point.value):
            yield f"x = {point.x!r} is a hole with a value"
        if point.kind == "pole" and not (math.isinf(point.left) or math.isinf(point.right)):
            yield f"x = {point.x!r} is a pole with finite limits"
        if point.kind.startswith("end") and point.x not in (self.found.low, self.found.high):
            yield f"x = {point.x!r} is no end of the interval"
        inside = self.found.low < point.x < self.found.high
        if (
            self.found.proved
            and inside
            and point.kind != "flat"
            and point.error > 1.01 * self.allowed(point.x)
        ):
            yield f"the error {point.error:.2g} at x = {point.x!r} is too large for a proved position"

    # One point.

    def of_point(self, point: Point) -> Iterator[str]:
        if point.kind == "flat":
            yield from self.of_stretch(point)
        elif self.looks < 4 * MOST_LOOKS:
            self.looks += 1
            if point.kind in ("local minimum", "local maximum"):
                yield from self.of_turning_point(point)
            elif point.kind == "inflection":
                yield from self.of_inflection(point)
            else:
                yield from self.of_break(point)
            yield from self.of_value(point)

    def near(self, point: Point) -> list[Place]:
        """The places within the error of a point, and a few units in the last place."""
        within = self.within(point) + 6 * Fraction(math.ulp(point.x))
        return [place for place in self.places if abs(place.x - Fraction(point.x)) <= within + place.error]

    def nearer(self, point: Point) -> list[Place] | None:
        """The places right beside a point, for those that samples leave out; None if there may be others."""
        if point not in self.local:
            try:
                self.local[point] = self.guards.near(Fraction(point.x), self.within(point))
            except Unsure:
                self.local[point] = None
        return self.local[point]

    def place_of(self, point: Point) -> Place | None:
        """The one place that the point stands for, None if there are several."""
        x = Fraction(point.x)
        if point.x in (self.found.low, self.found.high):
            return Place(x)
        near = self.near(point)
        if not near and point.kind in self.breaks:
            beside = self.nearer(point)
            if beside is None and point.error:
                # The float itself says nothing of the true place beside it.
                return None
            near = beside or []
        if not near:
            simple = x.limit_denominator(1000)
            return Place(simple if abs(simple - x) <= Fraction(math.ulp(point.x)) else x)
        return near[0] if len(near) == 1 else None

    def of_turning_point(self, point: Point) -> Iterator[str]:
        sign = 1 if point.kind == "local minimum" else -1
        within = self.within(point)
        x, a, b = Fraction(point.x), Fraction(point.x) - within, Fraction(point.x) + within
        try:
            if self.is_lower(sign, x, a) and self.is_lower(sign, x, b):
                yield from self.of_corner_called_smooth(point)
                return
            if self.is_lower(-sign, x, a) and self.is_lower(-sign, x, b):
                yield f"x = {point.x!r} is no {point.kind}, but the opposite"
                return
            inner = [a + (b - a) * k / 10 for k in range(11)]
            ways = {self.reading.compare(right, left) for left, right in pairwise(inner)}
        except Undefined:
            yield f"x = {point.x!r} is no {point.kind}: f has no value there, or just beside"
            return
        except Unsure:
            return
        if len(ways) == 1:
            yield f"there is no {point.kind} within {float(within):.2g} of x = {point.x!r}: f goes straight on"

    def is_lower(self, sign: int, x: Fraction, y: Fraction) -> bool:
        return self.reading.compare(x, y) * sign < 0

    def of_corner_called_smooth(self, point: Point) -> Iterator[str]:
        near = self.near(point)
        if len(near) == 1 and self.here(near[0]).breaks:
            yield f"x = {point.x!r} is a {self.here(near[0]).breaks}, and no smooth {point.kind}"

    def of_inflection(self, point: Point) -> Iterator[str]:
        place = self.place_of(point)
        if place is None:
            return
        here = self.here(place)
        if here.breaks:
            yield f"x = {point.x!r} is a {here.breaks}, and no inflection"
        elif here.is_smooth and not place.error:
            slopes = [each for each in here.slopes if each.what == "limit"]
            # An irrational place is a float here, and its slope is as small as that is near.
            beside = abs(slopes[0].value) if slopes else Fraction(0)
            if beside > 10 * slopes[0].error and not self.slope_vanishes_near(point):
                yield f"the slope at the inflection x = {point.x!r} is {float(slopes[0].value):.3g}, not 0"
        if here.way(-1) * here.way(1) > 0 and not place.error and self.is_simple(point):
            yield f"x = {point.x!r} is an extreme, and no inflection"

    def is_simple(self, point: Point) -> bool:
        return point.error == 0 and Fraction(point.x).denominator < 2**20

    def slope_vanishes_near(self, point: Point) -> bool:
        """Whether the slope is smaller at x than beside, as beside a zero at which it touches 0."""
        x, h = Fraction(point.x), Fraction(max(self.unit, abs(point.x))) / 10**6
        try:
            steps = [self._chord(x + k * h, h / 10**5) for k in (-1, 0, 1)]
        except (Undefined, Unsure):
            return True
        return abs(steps[1]) < 1e-6 * min(abs(steps[0]), abs(steps[2]))

    def _chord(self, x: Fraction, h: Fraction) -> Fraction:
        values = [number(self.reading.value(x + to * h, 150))[0] for to in (-1, 1)]
        return (values[1] - values[0]) / (2 * h)

    def of_break(self, point: Point) -> Iterator[str]:
        """Ends, edges, poles, holes, jumps, corners and vertical tangents."""
        place = self.place_of(point)
        if place is None:
            return
        accusations = list(self.of_here(point, self.here(place)))
        if accusations and any(not list(self.of_here(point, here)) for here in self.as_meant(point)):
            return
        yield from accusations

    def as_meant(self, point: Point) -> list[Here]:
        """An end typed as 0.3 is a float beside it: what is true of either is not false."""
        if point.x == self.found.low:
            ends = [(x, x, self.high) for x in meant(point.x)]
        elif point.x == self.found.high:
            ends = [(x, self.low, x) for x in meant(point.x)]
        else:
            ends = []
        return [Here(self.reading, Place(x), low, high) for x, low, high in ends]

    def of_here(self, point: Point, here: Here) -> Iterator[str]:
        yield from self.of_kind(point, here)
        yield from self.of_sides(point, here)
        yield from self.of_extremum(point, here)

    def of_kind(self, point: Point, here: Here) -> Iterator[str]:
        left, right = here.sides
        kind, x = point.kind, f"x = {point.x!r}"
        known = left.known and right.known
        infinite = "infinite" in (left.what, right.what)
        if kind == "pole" and known and not infinite:
            yield f"{x} is no pole: f has finite limits on its sides"
        if kind != "pole" and infinite and known:
            yield f"{x} is a {kind}, and f is unbounded there"
        if kind == "hole" and (isinstance(here.value, tuple) or left.differs_surely(right)):
            yield f"{x} is no hole: f has a value there, or its sides do not meet"
        if kind == "edge" and known and left.what == right.what == "limit":
            yield f"{x} is no edge of the domain"
        at_an_end = here.place.x in (here.low, here.high)
        if (
            kind == "edge"
            and at_an_end
            and isinstance(here.value, tuple)
            and "limit" in (left.what, right.what)
        ):
            yield f"{x} is an end of the interval with a value, and no edge"
        if kind.startswith(("corner", "vertical")) and known and "outside" in (left.what, right.what):
            yield f"{x} is an edge of the domain, and no {kind}"
        if kind == "jump" and known:
            yield from self.of_jump(point, here)
        if kind.startswith("corner"):
            yield from self.of_corner(point, here)
        if kind == "vertical tangent":
            if any(each.what == "limit" for each in here.slopes):
                yield f"{x} is no vertical tangent: the slope is finite"
            elif here.breaks in ("jump", "hole", "pole"):
                yield f"{x} is a {here.breaks}, and no vertical tangent"
            elif here.bends and here.is_cusp != ("cusp" in point.name):
                yield f"{x} is {'a' if here.is_cusp else 'no'} cusp, and named {point.name!r}"
        if kind.startswith("end") and here.value is None:
            yield f"{x} is an end with a value, and f has none there"

    def of_jump(self, point: Point, here: Here) -> Iterator[str]:
        left, right = here.sides
        same = left.is_surely(right) and isinstance(here.value, tuple)
        if same and Side("limit", *here.value).is_surely(left):  # type: ignore[misc]
            yield f"x = {point.x!r} is no jump: f is continuous there"
        elif "outside" in (left.what, right.what) or (here.value is None and left.is_surely(right)):
            yield f"x = {point.x!r} is no jump: it is {here.breaks or 'outside the domain'}"

    def of_corner(self, point: Point, here: Here) -> Iterator[str]:
        if here.breaks in ("jump", "hole", "pole", "vertical tangent"):
            yield f"x = {point.x!r} is a {here.breaks}, and no corner"
        elif here.is_smooth and (self.is_simple(point) or self.is_far_from_all(point)):
            # Beside the float of an irrational corner both slopes are those of one side.
            yield f"x = {point.x!r} is no corner: both slopes are equal"

    def is_far_from_all(self, point: Point) -> bool:
        """Whether surely no guard is 0 within the error of a point."""
        return not self.near(point) and self.nearer(point) == []

    def of_sides(self, point: Point, here: Here) -> Iterator[str]:
        """The limits that are told."""
        scale = Fraction(self.scale)
        for told, each, word in ((point.left, here.left, "left"), (point.right, here.right, "right")):
            if each.what == "infinite" and told != each.value * math.inf:
                yield f"the limit from the {word} at x = {point.x!r} is {told}, and is {int(each.value)} * inf"
            elif each.what == "outside" and not math.isnan(told):
                yield f"there is a limit {told} from the {word} of x = {point.x!r}, where f is undefined"
            elif each.what == "limit" and abs(each.value) < Fraction(10) ** 300:
                slack = each.error + abs(each.value) / 10**9 + scale / 10**12 + SMALLEST
                if not math.isfinite(told) or abs(Fraction(told) - each.value) > slack:
                    yield f"the limit from the {word} at x = {point.x!r} is {told}, and is {float(each.value)!r}"

    @cached_property
    def scale(self) -> float:
        """A typical size of the values."""
        sizes = np.abs(self.y[np.isfinite(self.y) & (self.y != 0)])
        return float(np.median(sizes)) if sizes.size else 0.0

    def of_extremum(self, point: Point, here: Here) -> Iterator[str]:
        sides = [(-1, here.left), (1, here.right)]
        ways = {here.way(to) for to, each in sides if each.what != "outside"}
        if (
            ways == {0}
            and point.extremum in ("minimum", "maximum")
            and all(here.is_flat(to) for to, _ in sides)
        ):
            yield f"f is constant about x = {point.x!r} ({point.kind}), which is told to be {point.extremum}"
        if not ways or 0 in ways:
            return
        wanted = None if len(ways) > 1 else "minimum" if ways == {1} else "maximum"
        if point.extremum != wanted:
            yield f"x = {point.x!r} ({point.kind}) is told to be {point.extremum}, and is {wanted}"

    def of_value(self, point: Point) -> Iterator[str]:
        place = self.place_of(point)
        if place is None:
            return
        accusations = list(self.of_value_at(point, self.here(place)))
        if accusations and any(not list(self.of_value_at(point, here)) for here in self.as_meant(point)):
            return
        yield from accusations

    def of_value_at(self, point: Point, here: Here) -> Iterator[str]:
        place = here.place
        value = here.value if point.kind not in ("local minimum", "local maximum") else None
        if value is None and point.kind.startswith("local"):
            value = self._plain(Fraction(point.x))
        if value == "unsure":
            return
        if value is None or isinstance(value, str):
            gone = place.undefined or self._plain(Fraction(point.x)) is None
            if not math.isnan(point.value) and gone:
                yield f"f is undefined at x = {point.x!r}, and the value {point.value} is told"
            return
        if abs(value[0]) > Fraction(10) ** 308:
            return
        if math.isnan(point.value):
            if place.error or meant(point.x)[0] == Fraction(point.x):
                yield f"no value is told at x = {point.x!r}, and f is {float(value[0])!r} there"
            return
        if math.isfinite(point.value) and abs(Fraction(point.value) - value[0]) > value[1] + self.blur(
            point, value[0]
        ):
            yield f"the value at x = {point.x!r} is {point.value!r}, and is {float(value[0])!r}"

    def _plain(self, x: Fraction) -> Sample | str | None:
        try:
            return number(self.reading.value(x))
        except Undefined:
            return None
        except Unsure:
            return "unsure"

    def blur(self, point: Point, value: Fraction) -> Fraction:
        """What may be wrong in a value: nine digits, or what float64 and the error of x leave."""
        slack = abs(value) / 10**9 + SMALLEST
        if point.kind in BREAKS or point.x in (self.found.low, self.found.high):
            return slack + Fraction(self.scale) / 10**14
        x, within = Fraction(point.x), self.within(point)
        try:
            _, e = self.reading.ball(x, 53)
            slack += 8 * Fraction(2) ** max(e, -2000)
        except (Undefined, Unsure):
            slack += Fraction(self.scale) / 10**9
        for y in (x - within, x + within):
            beside = self._plain(y) if self.low <= y <= self.high else "unsure"
            if isinstance(beside, tuple):
                slack += abs(beside[0] - value)
        return slack

    # Stretches and gaps.

    def of_stretch(self, point: Point) -> Iterator[str]:
        if point.stretch is None:
            return
        low, high = (Fraction(end) for end in point.stretch)
        inner = [low + (high - low) * part for part in (Fraction(13, 89), Fraction(48, 89), Fraction(83, 89))]
        try:
            if any(self.reading.compare(a, b) for a, b in pairwise(inner)):
                yield f"f is not constant between {float(low)!r} and {float(high)!r}"
        except Undefined:
            yield f"f is not defined everywhere between {float(low)!r} and {float(high)!r}"
        except Unsure:
            pass
        yield from self.of_value_on_stretch(point, inner[1])

    def of_value_on_stretch(self, point: Point, x: Fraction) -> Iterator[str]:
        value = self._plain(x)
        if isinstance(value, tuple) and math.isfinite(point.value):
            slack = abs(value[0]) / 10**9 + value[1] + Fraction(self.scale) / 10**12
            if abs(Fraction(point.value) - value[0]) > slack:
                yield f"the value on the stretch about x = {point.x!r} is {point.value!r}, and is {float(value[0])!r}"

    def of_gaps(self) -> Iterator[str]:
        for low, high in self.found.gaps:
            for part in (0.077, 0.3, 0.5117, 0.71, 0.93):
                x = Fraction(low) + (Fraction(high) - Fraction(low)) * Fraction(part)
                if isinstance(self._plain(x), tuple):
                    yield f"f is defined at {float(x)!r}, inside the gap {low!r} to {high!r}"
                    break

    # What was left out.

    def events(self) -> list[tuple[float, float]]:
        """All points with their errors, stretches and gaps, as intervals, sorted."""
        spans = list(self.found.gaps)
        for point in self.found.points:
            hair = float(self.within(point))
            spans.append(point.stretch or (point.x - hair, point.x + hair))
        return sorted(spans)

    def between(self) -> Iterator[tuple[float, float]]:
        """The intervals without a point, on which f must be defined, continuous and strictly monotone."""
        at = self.found.low
        for low, high in self.events():
            if low > at:
                yield at, low
            at = max(at, high)
        if at < self.found.high:
            yield at, self.found.high

    def of_what_lies_between(self) -> Iterator[str]:
        for low, high in self.between():
            if self.looks > 12 * MOST_LOOKS:
                return
            if high - low > 8 * math.ulp(max(abs(low), abs(high))):
                yield from self.of_one_between(low, high)

    def samples_between(self, low: float, high: float) -> Floats:
        inner = self.x[(self.x > low) & (self.x < high)]
        parts = (1 - np.cos(np.pi * (np.arange(BETWEEN) + 0.53) / (BETWEEN + 0.1))) / 2
        close = np.array([1e-3, 1e-5, 1e-7, 1e-9])
        x = low + np.concatenate([parts, close, 1 - close]) * (high - low)
        x = np.unique(np.concatenate([inner, x]))
        return x[(x > low) & (x < high)]

    def of_one_between(self, low: float, high: float) -> Iterator[str]:
        x = self.samples_between(low, high)
        if x.size < 3:
            return
        y = self.reading.coarse(x)
        yield from self.of_undefined(x[np.isnan(y)])
        x, y = x[np.isfinite(y)], y[np.isfinite(y)]
        if x.size < 3:
            return
        pair = self.against_the_trend(x, y)
        if pair is not None:
            yield f"f is not monotone between {low!r} and {high!r}, where nothing is told: see {pair}"

    def of_undefined(self, x: Floats) -> Iterator[str]:
        for each in x[:: max(1, x.size // 3)][:3]:
            hair = self.allowed(float(each))
            if any(low - hair <= each <= high + hair for low, high in self.found.gaps):
                continue
            if self._plain(Fraction(float(each))) is None:
                yield f"f is undefined at {float(each)!r}, where no gap is told"
                return

    def against_the_trend(self, x: Floats, y: Floats) -> str | None:
        """Two neighbouring steps that surely go opposite ways, or a step that is surely level."""
        with np.errstate(all="ignore"):
            steps = np.diff(y)
        trend = 1 if (steps > 0).sum() >= (steps < 0).sum() else -1
        ways: dict[int, str] = {}
        order = np.argsort(trend * steps, kind="stable")
        chosen = [*order[:SUSPECTS], *order[-2:], order.size // 2]
        if float(trend * steps[order[0]]) > 0:
            # Floats see nothing; a look or two at the ends all the same.
            chosen = [0, steps.size // 2, steps.size - 1]
        for i in chosen:
            self.looks += 1
            a, b = float(x[i]), float(x[i + 1])
            try:
                way = self.reading.compare(Fraction(b), Fraction(a))
            except (Undefined, Unsure):
                continue
            ways[way] = f"{a!r} to {b!r}"
            if 0 in ways:
                return f"{ways[0]}, level"
            if len(ways) > 1:
                return f"{ways[1]}, up, and {ways[-1]}, down"
        return None

    def of_places_left_out(self) -> Iterator[str]:
        for place in self.places[: 2 * MOST_LOOKS]:
            x = float(place.x)
            if not self.low < place.x < self.high or self.told_at(x):
                continue
            happens = self.here(place).breaks or ("slope of 0" if self.here(place).is_level else "")
            if happens and not self.surely_doubtful(place):
                yield f"there is a {happens} at x = {x!r}, and nothing is told there"

    def of_inflections_left_out(self) -> Iterator[str]:
        """Where the slope of the samples comes near to 0: at simple fractions and at such parts of pi."""
        with np.errstate(all="ignore"):
            slopes = np.abs(np.diff(self.y) / np.diff(self.x))
            around = np.minimum(slopes[:-10], slopes[10:])
        inner = slopes[5:-5]
        low = (inner < around / 10) & (inner <= slopes[4:-6]) & (inner <= slopes[6:-4])
        for i in np.flatnonzero(low)[:MOST_INFLECTIONS] + 5:
            low_x, high_x = Fraction(float(self.x[i - 1])), Fraction(float(self.x[i + 2]))
            for place in (Place(simplest(low_x, high_x)), part_of_pi(low_x, high_x)):
                x = float(place.x)
                if not self.told_at(x) and self.low < place.x < self.high and self.here(place).is_level:
                    yield f"the slope is 0 at x = {x!r}, and nothing is told there"

    def surely_doubtful(self, place: Place) -> bool:
        return place.x - place.error <= self.low or place.x + place.error >= self.high

    def told_at(self, x: float) -> bool:
        hair = 1.01 * self.allowed(x)
        # A stretch does not say what happens at its ends.
        if any(abs(each.x - x) <= hair + each.error for each in self.found.points if each.kind != "flat"):
            return True
        return any(low + hair < x < high - hair for low, high in self.found.gaps)

    # The global extremes.

    def of_extreme(self, sign: int) -> Iterator[str]:
        chosen = self.found.global_minimum if sign > 0 else self.found.global_maximum
        word, lower = ("minimum", "lower") if sign > 0 else ("maximum", "higher")
        extremes = _Extremes(self, sign)
        if chosen:
            yield from self.of_chosen(chosen, extremes, word, lower)
        else:
            yield from self.of_none(extremes, word)

    def of_chosen(
        self, chosen: tuple[Point, ...], extremes: _Extremes, word: str, lower: str
    ) -> Iterator[str]:
        values = [(point, extremes.value(point)) for point in chosen[:MOST_POINTS]]
        known = [(point, value) for point, value in values if value is not None]
        if not known:
            return
        best, (least, blur) = min(known, key=lambda each: each[1][0])
        for point, (value, own) in known:
            if value - least > own + blur + abs(value) / 10**15:
                yield f"x = {point.x!r} is told to be a global {word}, and x = {best.x!r} is {lower}"
        for x, value, error in extremes.rivals():
            if value + error < least - blur - abs(least) / 10**30 and not self.close_to(x, chosen):
                yield f"f is {lower} at {float(x)!r} than at the global {word} x = {best.x!r}"
                break
        for x, each in extremes.limits():
            if each.what == "infinite" or each.value + 10 * each.error < least - blur - abs(least) / 10**25:
                yield f"near {float(x)!r} f comes {lower} than at the global {word} x = {best.x!r}"
                break
        yield from self.of_ties(chosen, extremes, best, word)

    def close_to(self, x: Fraction, points: tuple[Point, ...]) -> bool:
        return any(abs(x - Fraction(point.x)) <= self.within(point) for point in points)

    def of_ties(
        self, chosen: tuple[Point, ...], extremes: _Extremes, best: Point, word: str
    ) -> Iterator[str]:
        """Points left out that are exactly as low as a chosen one."""
        stretches = [point.stretch for point in chosen if point.stretch is not None]
        for point in self.chosen_points():
            covered = any(low <= point.x <= high for low, high in stretches)
            if covered or point in chosen or not math.isfinite(point.value):
                continue
            if extremes.equal(point, best):
                yield f"x = {point.x!r} has the same value as the global {word} x = {best.x!r}, and is left out"

    def of_none(self, extremes: _Extremes, word: str) -> Iterator[str]:
        """That there is none is false if some value is below all limits, and nothing is unsure."""
        why = self.found.why_no_minimum if word == "minimum" else self.found.why_no_maximum
        values = [extremes.value(point) for point in self.chosen_points() if math.isfinite(point.value)]
        if "1.8e308" in why:
            return
        if not any(value is not None for value in values):
            yield from self.of_no_value()
            return
        least = min(value[0] for value in values if value is not None)
        sides = [each for point in self.chosen_points() for each in extremes.sides(point)]
        if all(self.is_not_beyond(each, least) for each in sides):
            value = float(extremes.sign * least)
            yield f"there is a global {word}: the value {value!r} is attained, and no limit is beyond"

    def is_not_beyond(self, each: Side, least: Fraction) -> bool:
        """Whether a limit is known well, and not below a value."""
        if each.what != "limit":
            return each.what == "outside" or (each.what == "infinite" and each.value > 0)
        sharp = each.error <= (abs(each.value) + Fraction(self.scale)) / 10**20
        return sharp and each.value + 10 * each.error + abs(least) / 10**40 >= least

    def of_no_value(self) -> Iterator[str]:
        if self.found.points:
            return
        for x in self.x[:: GRID // 20]:
            if isinstance(self._plain(Fraction(float(x))), tuple):
                yield f"f is told to have no value, and has one at {float(x)!r}"
                return


def meant(x: float) -> list[Fraction]:
    """The fractions that a person would write for a float: 1/3, or the decimals it is printed as."""
    simple, printed = Fraction(x).limit_denominator(1000), Fraction(repr(x))
    return [each for each in (simple, printed) if float(each) == x]


def part_of_pi(low: Fraction, high: Fraction) -> Place:
    """A simple multiple of pi between two numbers."""
    pi = number(balls.constant("pi", 300))[0]
    x = simplest(low / pi, high / pi) * pi
    return Place(x, abs(x) / 2**290)


class _Extremes:
    """Values and limits turned so that the global extreme is the least."""

    def __init__(self, judging: Judge, sign: int) -> None:
        self.judge, self.sign = judging, sign
        self.known: dict[int, Sample | None] = {}

    def value(self, point: Point) -> Sample | None:
        """The value at the true point with its uncertainty, None if not sure."""
        if id(point) not in self.known:
            self.known[id(point)] = self._value(point)
        return self.known[id(point)]

    def _value(self, point: Point) -> Sample | None:
        judging = self.judge
        if point.kind.startswith("local"):
            return self.turning(point)
        place = judging.place_of(point) if point.kind != "flat" else Place(Fraction(point.x))
        value = judging.here(place).value if place is not None else None
        if not isinstance(value, tuple):
            return None
        return self.sign * value[0], value[1] + self.tremor(point, value[0])

    def tremor(self, point: Point, value: Fraction) -> Fraction:
        """How much the value changes by a unit in the last place of x: an end typed as pi is a float beside it."""
        is_end = point.x in (self.judge.found.low, self.judge.found.high)
        if not is_end or Fraction(point.x).denominator < 2**30:
            return Fraction(0)
        step, most = Fraction(math.ulp(point.x)), Fraction(0)
        for x in (Fraction(point.x) - step, Fraction(point.x) + step):
            beside = self.judge._plain(x)
            if isinstance(beside, tuple):
                most = max(most, abs(beside[0] - value))
        return most

    def turning(self, point: Point) -> Sample | None:
        """The value at a turning point, by the vertices of three parabolas, each far narrower than the last."""
        x, h = Fraction(point.x), self.judge.within(point)
        change = Fraction(0)
        for _ in range(3):
            try:
                three = [number(self.judge.reading.value(x + k * h, 400)) for k in (-1, 0, 1)]
            except (Undefined, Unsure):
                return None
            a, b, c = (self.sign * value for value, _ in three)
            bend = a - 2 * b + c
            if bend <= 0:
                return b, abs(a - b) + abs(c - b)
            lowest = b - (c - a) ** 2 / (8 * bend)
            change = b - lowest + max(error for _, error in three)
            x, h = short(x - h * (c - a) / (2 * bend), h / 2**60), h / 2**20
        return lowest, change

    def equal(self, one: Point, other: Point) -> bool:
        """Whether both values are surely meant to be equal: to 30 digits at least, at their true points."""
        if not math.isclose(one.value, other.value, rel_tol=1e-6, abs_tol=1e-9 * self.judge.scale):
            return False
        return all(self._equal(a, b) for a, b in zip(self.values(one), self.values(other), strict=True))

    def values(self, point: Point) -> list[Sample | None]:
        """The value; of an end that at the float, and those at the numbers that may be meant by it."""
        if point.x not in (self.judge.found.low, self.judge.found.high) or point.kind == "flat":
            return [self.value(point)] * 3
        found = [self.judge._plain(x) for x in (Fraction(point.x), meant(point.x)[0], meant(point.x)[-1])]
        return [(self.sign * each[0], each[1]) if isinstance(each, tuple) else None for each in found]

    def _equal(self, first: Sample | None, second: Sample | None) -> bool:
        if first is None or second is None:
            return False
        size = max(abs(first[0]), abs(second[0]))
        error = first[1] + second[1]
        sharp = error <= max(size, Fraction(self.judge.scale) / 10**12) / 10**28
        return sharp and abs(first[0] - second[0]) <= error + size / 10**40

    def rivals(self) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
        """The least values of the grid, made sure."""
        judging = self.judge
        good = np.where(np.isfinite(judging.y), self.sign * judging.y, np.inf)
        for i in np.argsort(good, kind="stable")[:3]:
            x = Fraction(float(judging.x[i]))
            value = judging._plain(x)
            if isinstance(value, tuple):
                yield x, self.sign * value[0], value[1]
        for point in judging.chosen_points():
            value = self.value(point)
            if value is not None and judging.looks < 8 * MOST_LOOKS:
                judging.looks += 1
                yield Fraction(point.x), *value

    def sides(self, point: Point) -> tuple[Side, ...]:
        """Both sides of a point where there may be a break."""
        if point.kind.startswith(("local", "inflection", "flat")):
            return ()
        place = self.judge.place_of(point)
        if place is None:
            return (UNSURE,)
        here = self.judge.here(place)
        # Where f goes through, its value is the limit, and known better.
        at = Side("limit", *here.value) if isinstance(here.value, tuple) else UNSURE
        return tuple(self._turned(at if each.is_surely(at) else each) for each in here.sides)

    def _turned(self, each: Side) -> Side:
        return Side(each.what, self.sign * each.value, each.error)

    def limits(self) -> Iterator[tuple[Fraction, Side]]:
        """The limits that lie low, at all places."""
        for place in self.judge.places[:MOST_LOOKS]:
            if not self.judge.low < place.x < self.judge.high:
                continue
            for each in self.judge.here(place).sides:
                turned = self._turned(each)
                if turned.what == "limit" or (turned.what == "infinite" and turned.value < 0):
                    yield place.x, turned


__all__ = ["judge"]
