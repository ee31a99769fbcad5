"""From pieces to points: the kind, the value and the position of everything that happens."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from calc.expansions import Number, Unsettled, ball, value_at
from calc.expression.enclosures import moving
from calc.expression.intervals import INFINITE, MINUS_INFINITE, Interval
from calc.expression.tree import Node
from calc.minima.kinds import certainly_meets, extremum_of, kind_of, name_of, step_beyond
from calc.minima.numbers import distance, nearest_float, tolerance, whereabouts
from calc.minima.pieces import Behaviour, Piece
from calc.minima.result import Doubt, Extremum, Point
from calc.minima.search import Search
from calc.minima.stretches import stretches
from calc.minima.turning import exactly_stationary, is_level, slope_sign, turning_point, value_between
from calc.numbers import written

BEYOND_FLOATS = arb(2) ** 1024
"""The first power of two that no float64 holds."""
VALUE_PRECISION = arb(1e-10)
"""Of a value: what a reader is shown holds to nine digits."""
NEAR_ZERO = arb(1e-12)
"""Of the largest value: what is smaller is 0 to every reader."""


@dataclass(frozen=True, slots=True)
class Found:
    """A point with what a float cannot say: where it lies, its value, the stretch on which it is the only one."""

    point: Point
    x: Number
    value: Number | None
    low: fmpq
    high: fmpq


@dataclass(frozen=True, slots=True)
class Approach:
    """A limit of f that is not its value there."""

    limit: Number
    x: float


class Points:
    """The points of a function, from the pieces that a search found on the interval from `low` to `high`."""

    def __init__(self, search: Search, low: float, high: float) -> None:
        self.search = search
        self.ends = {search.low: low, search.high: high}
        self.low, self.high = search.low, search.high
        self.found: list[Found] = []
        self.approaches: list[Approach] = []
        self.unsettled: list[tuple[float, Number | None]] = []
        """Where a place lies of unknown kind, and its value."""
        self.doubts: list[Doubt] = []
        self.gaps: list[tuple[float, float]] = []

    def collect(self, pieces: Sequence[Piece]) -> None:
        pieces = stretches(pieces)
        for before, piece, after in zip([None, *pieces], pieces, [*pieces[1:], None], strict=False):
            if piece.what in (Behaviour.CONVEX, Behaviour.CONCAVE):
                self._turning(piece)
            elif piece.what is Behaviour.FLAT:
                self._flat(piece, before, after)
            elif piece.what is Behaviour.NOWHERE:
                self.gaps.append((self._float(piece.low), self._float(piece.high)))
            elif piece.what is Behaviour.PLACE:
                self._place(piece)
            elif piece.what is Behaviour.UNRESOLVED:
                where = whereabouts(nearest_float(piece.low), nearest_float(piece.high))
                self._doubt(f"What the function does {where} is not settled.", piece.low, piece.high, True)
        self._end(self.low, pieces[0], 1)
        self._end(self.high, pieces[-1], -1)
        self.found.sort(key=lambda each: each.point.x)
        self._check_digits()

    def _check_digits(self) -> None:
        """Doubts about values that rounding leaves fewer than nine digits of."""
        values = [(each.point.x, ball(each.value)) for each in self.found if each.value is not None]
        values = [(x, value) for x, value in values if value.is_finite()]
        size = max((abs(value).upper() for _, value in values), default=arb(0))
        for x, value in values:
            if value.rad() > VALUE_PRECISION * abs(value.mid()).max(NEAR_ZERO * size):
                self._doubt(f"The value at x = {written(x, 6)} is not known to nine digits.", arb(x), arb(x))

    def _float(self, x: Number) -> float:
        return self.ends.get(x, nearest_float(x)) if isinstance(x, fmpq) else nearest_float(x)

    def _doubt(self, text: str, low: Number, high: Number, local: bool = False) -> None:
        first, last = (
            min(max(nearest_float(x), self.ends[self.low]), self.ends[self.high]) for x in (low, high)
        )
        self.doubts.append(Doubt(text, first, last, local))

    def _add(
        self,
        kind: str,
        extremum: Extremum | None,
        x: Number,
        value: Number | None,
        limits: tuple[Number | None, Number | None],
        piece: Piece,
        name: str = "",
    ) -> None:
        """A point, with the limits of f on its two sides, and a doubt if it does not lie near enough to a float."""
        shown, left, right = (math.nan if a is None else nearest_float(a) for a in (value, *limits))
        at = self._float(x)
        error = distance(x, at)
        if error > tolerance(at, self.search.unit):
            text = f"Where the {kind} near x = {written(at, 6)} lies is not known to ten digits."
            self._doubt(text, piece.low, piece.high, local=True)
        point = Point(at, shown, kind, extremum, name, left=left, right=right, error=error)  # type: ignore[arg-type]
        self.found.append(Found(point, x, value, piece.low, piece.high))

    def _value(self, x: Number, known: Mapping[Node, Number] | None = None) -> Number | None:
        """f(x); infinite where it is beyond all floats, None, with a doubt, where it is not known."""
        try:
            return value_at(self.search.root, x, known)
        except Unsettled:
            value = self.search.enclosing(moving(Interval(ball(x), ball(x)))).value
            if value.is_bounded:
                return value.ball
            if value.low > BEYOND_FLOATS or value.high < -BEYOND_FLOATS:
                return INFINITE if value.low > 0 else MINUS_INFINITE
            self._doubt(f"The value at x = {written(nearest_float(x), 6)} is not known.", x, x)
            self.unsettled.append((nearest_float(x), None))
            return None

    def _flat(self, piece: Piece, before: Piece | None, after: Piece | None) -> None:
        low, high = self._float(piece.low), self._float(piece.high)
        middle = (piece.low + piece.high) / 2
        value = self._value(middle)
        if value is None:
            return
        try:
            extremum = extremum_of({self._beyond(before, -1, value), self._beyond(after, 1, value)} - {0})
        except Unsettled:
            self._doubt("Whether a flat stretch is a minimum is not settled.", piece.low, piece.high)
            extremum = None
        shown = nearest_float(value)
        # The middle of what is shown: (0 + 3)/2.
        x = low + (high - low) / 2
        flat = Point(x, shown, "flat", extremum, left=shown, right=shown, stretch=(low, high))
        self.found.append(Found(flat, middle, value, piece.low, piece.high))

    def _beyond(self, piece: Piece | None, side: int, value: Number) -> int:
        """Whether f is above (1) or below (-1) a flat stretch beyond its end; 0 also if it has no value there."""
        place = None if piece is None else piece.place
        if place is None:
            return 0
        flat, beyond = (place.right, place.left) if side < 0 else (place.left, place.right)
        if beyond is None:
            return 0
        joined = flat is not None and certainly_meets(place, flat) and certainly_meets(place, beyond)
        return step_beyond(beyond, side, value, joined)

    def _turning(self, piece: Piece) -> None:
        """The minimum of a convex piece, or the maximum of a concave one, if it has one."""
        try:
            around = turning_point(self.search, piece)
        except Unsettled as unsettled:
            self._doubt(str(unsettled), piece.low, piece.high, local=True)
            return
        if around is None:
            return
        exact = exactly_stationary(self.search, *around)
        if exact is not None:
            x, value = exact.x, self._value(exact.x, exact.known)
        else:
            x, value = arb(around[0]).union(arb(around[1])), value_between(self.search, *around)
        if value is not None:
            extremum: Extremum = "minimum" if piece.what is Behaviour.CONVEX else "maximum"
            self._add(f"local {extremum}", extremum, x, value, (value, value), piece)

    def _end(self, x: fmpq, piece: Piece, inward: int) -> None:
        """An end of the interval that is no place of its own."""
        direction = self._direction(x, piece, inward)
        value = None if direction is None else self._value(x)
        if direction is not None and value is not None:
            extremum = extremum_of({direction * inward})
            limits = (None, value) if inward > 0 else (value, None)
            self._add(
                f"end {extremum}" if extremum else "end", extremum, x, value, limits, Piece(x, x, piece.what)
            )

    def _direction(self, x: fmpq, piece: Piece, inward: int) -> int | None:
        """Whether f rises or falls at an end; None where that is not known, or the end is no point of its own."""
        if piece.what in (Behaviour.NOWHERE, Behaviour.UNRESOLVED):
            return None
        if piece.place is not None:
            side = piece.place.left if inward > 0 else piece.place.right
            itself = isinstance(piece.place.x, fmpq) and piece.place.x == x
            return None if itself or side is None else side.direction
        if piece.what not in (Behaviour.CONVEX, Behaviour.CONCAVE):
            return int(piece.what.value)
        direction = slope_sign(self.search, x)
        if not direction and not is_level(self.search, x, inward):
            self._doubt(f"Rounding errors hide the slope at the end x = {written(self.ends[x], 6)}.", x, x)
        # Where the slope is 0 the curvature decides.
        return direction or (inward if piece.what is Behaviour.CONVEX else -inward)

    def _place(self, piece: Piece) -> None:
        place = piece.place
        assert place is not None
        x = self._float(place.x)
        sides = (place.left, place.right)
        try:
            kind, extremum = kind_of(place, isinstance(place.x, fmpq) and place.x in self.ends)
        except Unsettled as unsettled:
            text = f"What kind of point lies at x = {written(x, 6)} is not settled: {unsettled}."
            self._doubt(text, piece.low, piece.high)
            self.unsettled.append((x, place.value))
            kind, extremum = None, None
        for side in sides:
            # On a flat side the limit is a value.
            if side is not None and side.direction != 0 and not certainly_meets(place, side):
                self.approaches.append(Approach(side.limit, x))
        if kind is not None:
            left, right = (None if side is None else side.limit for side in sides)
            self._add(kind, extremum, place.x, place.value, (left, right), piece, name_of(place, kind))
