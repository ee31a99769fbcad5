"""From pieces to points: the kind, the value and the position of everything that happens."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from calc.expansions import Number, Side, Undefined, Unsettled, ball, expand, is_zero, sign, value_at
from calc.expansions.numbers import is_infinite
from calc.expression.enclosures import moving
from calc.expression.intervals import INFINITE, MINUS_INFINITE, Ball, Interval, hull
from calc.expression.tree import Node
from calc.minima.kinds import certainly_meets, kind_of, name_of
from calc.minima.numbers import distance, nearest_float, tolerance, whereabouts
from calc.minima.pieces import Behaviour, Piece, Place
from calc.minima.places import Candidate
from calc.minima.result import Doubt, Extremum, Kind, Point
from calc.minima.search import Search
from calc.minima.zeros import DOUBLE_BITS, newton
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
    """Collects the points of a function from its pieces."""

    def __init__(self, search: Search, root: Node, low: float, high: float) -> None:
        self.search, self.root = search, root
        self.ends = {search.low: low, search.high: high}
        self.low, self.high = search.low, search.high
        self.found: list[Found] = []
        self.approaches: list[Approach] = []
        self.unsettled: list[tuple[float, Number | None]] = []
        """Where a place lies of unknown kind, and its value."""
        self.doubts: list[Doubt] = []
        self.gaps: list[tuple[float, float]] = []

    def collect(self, pieces: Sequence[Piece]) -> None:
        pieces = merged(self._parted(self._plain(piece) for piece in pieces))
        for before, piece, after in zip([None, *pieces], pieces, [*pieces[1:], None], strict=False):
            if piece.what in (Behaviour.CONVEX, Behaviour.CONCAVE):
                self._turning(piece)
            elif piece.what is Behaviour.FLAT:
                self._flat(piece, before, after)
            elif piece.what is Behaviour.NOWHERE:
                self.gaps.append((self._float(piece.low), self._float(piece.high)))
            elif piece.what is Behaviour.PLACE:
                self._at_place(piece)
            elif piece.what is Behaviour.UNRESOLVED:
                self._unresolved(piece)
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
                self.doubts.append(
                    Doubt(f"The value at x = {written(x, 6)} is not known to nine digits.", x, x)
                )

    def _float(self, x: fmpq) -> float:
        return self.ends.get(x, nearest_float(x))

    def _doubt(self, text: str, low: Number, high: Number, local: bool = False) -> None:
        first, last = (
            min(max(nearest_float(x), self.ends[self.low]), self.ends[self.high]) for x in (low, high)
        )
        self.doubts.append(Doubt(text, first, last, local))

    # Pieces.

    def _plain(self, piece: Piece) -> Piece:
        """A place at which nothing happens is a piece like others."""
        place = piece.place
        if place is None:
            return piece
        left, right = place.left, place.right
        if left is None and right is None and place.value is None:
            return Piece(piece.low, piece.high, Behaviour.NOWHERE)
        if left is None or right is None or place.value is None or left.direction != right.direction:
            return piece
        if left.direction == 0:
            joined = all(certainly_meets(place, side) for side in (left, right))
            return Piece(piece.low, piece.high, Behaviour.FLAT) if joined else piece
        steep = any(side.slope is not None and sign_or_zero(side.slope) for side in (left, right))
        return Piece(piece.low, piece.high, Behaviour(left.direction)) if place.smooth and steep else piece

    def _parted(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Sides of places on which f is constant, or has no value, as pieces of their own."""
        parts: list[Piece] = []
        for piece in pieces:
            low, high, place = piece.low, piece.high, piece.place
            if place is not None:
                first, last = ball(place.x).lower().fmpq(), ball(place.x).upper().fmpq()
                if isinstance(place.x, fmpq):
                    first = last = place.x
                before, after = _beside(place.left), _beside(place.right)
                if before is not None and first > low:
                    parts.append(Piece(low, first, before))
                    low = first
                if after is not None and last < high:
                    parts += [Piece(low, last, piece.what, place), Piece(last, high, after)]
                    continue
            parts.append(Piece(low, high, piece.what, place, piece.values))
        return parts

    def _unresolved(self, piece: Piece) -> None:
        where = whereabouts(nearest_float(piece.low), nearest_float(piece.high))
        self._doubt(f"What the function does {where} is not settled.", piece.low, piece.high, local=True)

    def _flat(self, piece: Piece, before: Piece | None, after: Piece | None) -> None:
        low, high = self._float(piece.low), self._float(piece.high)
        middle = (piece.low + piece.high) / 2
        value = self._value(middle)
        if value is None:
            return
        try:
            beside = {self._beyond(before, -1, value), self._beyond(after, 1, value)} - {None, 0}
        except Unsettled:
            self._doubt("Whether a flat stretch is a minimum is not settled.", piece.low, piece.high)
            beside = {0}
        extremum: Extremum | None = "both" if not beside else None
        if len(beside) == 1:
            extremum = {1: "minimum", -1: "maximum"}.get(beside.pop() or 0)  # type: ignore[assignment]
        shown = nearest_float(value)
        # The middle of what is shown: (0 + 3)/2.
        x = low + (high - low) / 2
        flat = Point(x, shown, "flat", extremum, left=shown, right=shown, stretch=(low, high))
        self.found.append(Found(flat, middle, value, piece.low, piece.high))

    def _beyond(self, piece: Piece | None, side: int, value: Number) -> int | None:
        """Whether f is above (1) or below (-1) a flat stretch beyond its end; None if it has no value there."""
        if piece is None or piece.place is None:
            return None
        beyond = piece.place.left if side < 0 else piece.place.right
        if beyond is None:
            return None
        if is_infinite(beyond.limit):
            return 1 if ball(beyond.limit) > 0 else -1
        joined = certainly_meets(piece.place, beyond) and self._joins(piece.place, -side)
        step = 0 if joined else sign(beyond.limit - value)
        return step or (beyond.direction or 0) * side

    def _joins(self, place: Place, side: int) -> bool:
        """Whether f has its value at a place as its limit on the flat side."""
        flat = place.left if side < 0 else place.right
        return place.value is not None and flat is not None and certainly_meets(place, flat)

    def _value(self, x: Number, known: Mapping[Node, Number] | None = None) -> Number | None:
        """f(x); infinite where it is beyond all floats, None, with a doubt, where it is not known."""
        try:
            return value_at(self.root, x, known)
        except (Unsettled, Undefined):
            around = ball(x)
            value = self.search.enclosing(moving(Interval(around, around))).value
            if value.is_bounded:
                return value.ball
            if value.low > BEYOND_FLOATS or value.high < -BEYOND_FLOATS:
                return INFINITE if value.low > 0 else MINUS_INFINITE
            self._doubt(f"The value at x = {written(nearest_float(x), 6)} is not known.", x, x)
            self.unsettled.append((nearest_float(x), None))
            return None

    def _turning(self, piece: Piece) -> None:
        """The minimum of a convex piece, or the maximum of a concave one, if it has one."""
        turn = 1 if piece.what is Behaviour.CONVEX else -1
        low, high = piece.low, piece.high
        first, last = self._slope_sign(low) * turn, self._slope_sign(high) * turn
        if first > 0 or last < 0:
            return
        if first == 0 or last == 0:
            inside = self._inside(piece, turn)
            if inside is None:
                return
            low, high = inside

        low, high = newton(
            lambda a, b: self.search.derivatives(a, b)[1:], low, high, self.search.unit, turn, DOUBLE_BITS
        )
        self._stationary(piece, low, high, "minimum" if turn > 0 else "maximum")

    def _inside(self, piece: Piece, turn: int) -> tuple[fmpq, fmpq] | None:
        """A little inside the ends, where the slope at one of them cannot be told from 0; None if it is one."""
        step = (piece.high - piece.low) * fmpq(1, 2**60)
        low, high = piece.low + step, piece.high - step
        first, last = self._slope_sign(low) * turn, self._slope_sign(high) * turn
        if first < 0 < last:
            return low, high
        end = piece.low if first >= 0 else piece.high
        if not (end in self.ends and self._is_level(end, 1 if end == self.low else -1)):
            self._doubt("Rounding errors hide the sign of a slope.", piece.low, piece.high, local=True)
        return None

    def _stationary(self, piece: Piece, low: fmpq, high: fmpq, extremum: Extremum) -> None:
        exact = self._exactly_stationary(low, high)
        place: Number = arb(low).union(arb(high)) if exact is None else exact.x
        x = nearest_float(place)
        error = distance(place, x)
        if error > tolerance(x, self.search.unit):
            self._doubt(
                f"Where the {extremum} near x = {written(x, 6)} lies is not known to ten digits.",
                low,
                high,
                True,
            )
        value = self._bounds_of_value(low, high) if exact is None else self._value(exact.x, exact.known)
        if value is None:
            return
        shown = nearest_float(value)
        kind: Kind = f"local {extremum}"  # type: ignore[assignment]
        found = Point(x, shown, kind, extremum, left=shown, right=shown, error=error)
        self.found.append(Found(found, place, value, piece.low, piece.high))

    def _exactly_stationary(self, low: fmpq, high: fmpq) -> Candidate | None:
        """A place of exact numbers in the only one that [low, high] holds, at which the slope is exactly 0."""
        room = fmpq(1, 2**40) * (self.high - self.low)
        for candidate in self.search.places.candidates(
            max(low - room, self.low), min(high + room, self.high)
        ):
            if not (ball(candidate.x) > arb(low - room) and ball(candidate.x) < arb(high + room)):
                continue
            try:
                reach = arb(2) ** -60
                side = expand(self.root, self.search.variable, candidate.x, 1, reach, candidate.known)
            except Unsettled:
                continue
            if side is not None and side.analytic and side.slope is not None and is_zero(side.slope):
                return candidate
        return None

    def _bounds_of_value(self, low: fmpq, high: fmpq) -> Ball:
        """f between two ends that are very near to one another, by the mean value form."""
        middle = (low + high) / 2
        around, slope, _ = self.search.derivatives(low, high)
        sharp = self.search.derivatives(middle, middle)[0] + slope * (arb(low).union(arb(high)) - arb(middle))
        return sharp if sharp.is_finite() and sharp.rad() < around.rad() else around

    def _slope_sign(self, x: fmpq) -> int:
        slope = self.search.derivatives(x, x)[1]
        return int(slope > 0) - int(slope < 0)

    # Ends of the interval.

    def _end(self, x: fmpq, piece: Piece, inward: int) -> None:
        """An end that is no place of its own."""
        if piece.what in (Behaviour.NOWHERE, Behaviour.UNRESOLVED):
            return
        if piece.what is Behaviour.PLACE:
            assert piece.place is not None
            if isinstance(piece.place.x, fmpq) and piece.place.x == x:
                return
            side = piece.place.left if inward > 0 else piece.place.right
            if side is None:
                return
            direction = side.direction
        elif piece.what in (Behaviour.CONVEX, Behaviour.CONCAVE):
            direction = self._slope_sign(x)
            if not direction:
                if not self._is_level(x, inward):
                    self._doubt(
                        f"Rounding errors hide the slope at the end x = {written(self.ends[x], 6)}.", x, x
                    )
                # Where the slope is 0 the curvature decides.
                direction = inward if piece.what is Behaviour.CONVEX else -inward
        else:
            direction = piece.what.value
        assert isinstance(direction, int)
        extremum: Extremum | None = {1: "minimum", -1: "maximum"}.get(direction * inward)  # type: ignore[assignment]
        value = self._value(x)
        if value is None:
            return
        kind: Kind = f"end {extremum}" if extremum else "end"  # type: ignore[assignment]
        shown = nearest_float(value)
        left, right = (math.nan, shown) if inward > 0 else (shown, math.nan)
        self.found.append(
            Found(Point(self.ends[x], shown, kind, extremum, left=left, right=right), x, value, x, x)
        )

    def _is_level(self, x: fmpq, inward: int) -> bool:
        """Whether the slope at an end is exactly 0."""
        if self.search.enclosure(x, x).first.is_zero:
            return True
        try:
            side = expand(self.root, self.search.variable, x, inward, arb(2) ** -60)
        except Unsettled:
            return False
        return side is not None and side.slope is not None and is_zero(side.slope)

    # Places.

    def _at_place(self, piece: Piece) -> None:
        place = piece.place
        assert place is not None
        end = isinstance(place.x, fmpq) and place.x in self.ends
        x = self._float(place.x) if isinstance(place.x, fmpq) else nearest_float(place.x)
        try:
            kind, extremum = kind_of(place, end)
        except Unsettled as unsettled:
            self._doubt(
                f"What kind of point lies at x = {written(x, 6)} is not settled: {unsettled}.",
                piece.low,
                piece.high,
            )
            self.unsettled.append((x, place.value))
            kind, extremum = None, None
        for side in (place.left, place.right):
            # On a flat side the limit is a value.
            if side is not None and side.direction != 0 and not certainly_meets(place, side):
                self.approaches.append(Approach(side.limit, x))
        if kind is None:
            return
        left, right = (
            math.nan if side is None else nearest_float(side.limit) for side in (place.left, place.right)
        )
        value = math.nan if place.value is None else nearest_float(place.value)
        error = distance(place.x, x)
        if error > tolerance(x, self.search.unit):
            self._doubt(
                f"Where the {kind} near x = {written(x, 6)} lies is not known to ten digits.",
                piece.low,
                piece.high,
            )
        name = name_of(place, kind)
        found = Point(x, value, kind, extremum, name, left=left, right=right, error=error)  # type: ignore[arg-type]
        self.found.append(Found(found, place.x, place.value, piece.low, piece.high))


def _beside(side: Side | None) -> Behaviour | None:
    """What a side is as a piece of its own; None for one on which f rises or falls."""
    if side is None:
        return Behaviour.NOWHERE
    return Behaviour.FLAT if side.direction == 0 else None


def sign_or_zero(a: Number) -> int:
    """The sign, 0 where it is not known."""
    try:
        return sign(a)
    except Unsettled:
        return 0


def merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of the same behaviour as one piece."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.what is piece.what and piece.place is None and last.high >= piece.low:
            found[-1] = Piece(last.low, max(piece.high, last.high), piece.what, None, _hull(last, piece))
        else:
            found.append(piece)
    return found


def _hull(a: Piece, b: Piece) -> Interval | None:
    return None if a.values is None or b.values is None else hull(a.values, b.values)
