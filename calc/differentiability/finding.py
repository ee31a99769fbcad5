"""`find`: the places of an interval at which a function has no derivative, by the search of `calc.minima`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf, nan

from flint import arb, fmpq

from calc.differentiability.result import Differentiability, Kind, Point
from calc.differentiability.waves import Wave, wave
from calc.expansions import Number, Side, Unsettled, ball, expand
from calc.expansions.numbers import equal, is_infinite
from calc.expression import Expression
from calc.expression.enclosures import Enclosure
from calc.expression.intervals import Ball, Interval
from calc.expression.tree import Node
from calc.minima.finding import checked, pieces_of
from calc.minima.numbers import distance, meant, nearest_float, tolerance, whereabouts
from calc.minima.pieces import Behaviour, Piece, Place
from calc.minima.places import TINY, Candidate, Places
from calc.minima.result import Doubt
from calc.minima.search import Search
from calc.numbers import written


def find(expression: Expression, low: float, high: float) -> Differentiability:
    r"""Every point of an interval at which a function has no derivative, with its kind and one-sided slopes.

    .. math:: f'_\pm(x) = \lim_{h \to 0^\pm} \frac{f(x + h) - f(x)}{h}

    has to exist on both sides and to be the same finite number. Proved as `calc.minima.find` is: by enclosures
    between the places, and by one-sided expansions at them.

    Args:
        expression: a function of one variable.
        low, high: the ends of the interval, within +-1e15.

    Raises:
        ValueError: low >= high, ends that are not finite or too large, more than one variable.

    >>> from calc.expression import parse_expression
    >>> found = find(parse_expression("|x| + cbrt(x - 1)"), -1, 2)
    >>> [(point.x, point.kind, round(point.left, 3), round(point.right, 3)) for point in found.points]
    [(0.0, 'corner', -0.667, 1.333), (1.0, 'vertical tangent', inf, inf)]
    >>> found.proved, found.continuous, found.differentiable
    (True, True, False)
    """
    low, high = checked(expression, low, high)
    search = SmoothSearch(expression.root, expression.variables[0], meant(low), meant(high))
    findings = _Findings(search, low, high)
    for piece in pieces_of(expression, search):
        findings.add(piece)
    return Differentiability(low, high, tuple(findings.points), tuple(findings.gaps), tuple(findings.doubts))


class _Findings:
    """Points, gaps and doubts, collected from the pieces of the interval in order."""

    def __init__(self, search: SmoothSearch, low: float, high: float) -> None:
        self.ends = {search.low: low, search.high: high}
        self.unit = search.unit
        self.points: list[Point] = []
        self.gaps: list[tuple[float, float]] = []
        self.doubts: list[Doubt] = []

    def add(self, piece: Piece) -> None:
        low, high = self._float(piece.low), self._float(piece.high)
        if piece.what is Behaviour.NOWHERE:
            self._gap(low, high)
        elif piece.what is Behaviour.UNRESOLVED:
            self._doubt(f"What the function does {whereabouts(low, high)} is not settled.", low, high)
        elif piece.place is not None:
            x = self._float(piece.place.x)
            if piece.place.left is None:
                self._gap(low, x)
            self._place(piece.place, x, low, high)
            if piece.place.right is None:
                self._gap(x, high)

    def _float(self, x: Number) -> float:
        return self.ends.get(x, nearest_float(x)) if isinstance(x, fmpq) else nearest_float(x)

    def _place(self, place: Place, x: float, low: float, high: float) -> None:
        try:
            kind = kind_of(place, end=isinstance(place.x, fmpq) and place.x in self.ends)
            point = described(place, x, kind)
        except Unsettled:
            self._doubt(f"Whether there is a derivative at x = {written(x, 6)} is not settled.", low, high)
            return
        if kind is not None:
            self.points.append(point)
            if point.error > tolerance(x, self.unit):
                what = f"Where the {kind} near x = {written(x, 6)} lies is not known to ten digits."
                self._doubt(what, low, high)

    def _gap(self, low: float, high: float) -> None:
        """A stretch without values, together with the one that it continues."""
        if low >= high:
            return
        # Between the two there may be a single value.
        parted = bool(self.points) and self.points[-1].x == low
        if self.gaps and self.gaps[-1][1] >= low and not parted:
            low = self.gaps.pop()[0]
        self.gaps.append((low, high))

    def _doubt(self, what: str, low: float, high: float) -> None:
        self.doubts.append(Doubt(what, low, high))


class SmoothSearch(Search):
    """Pieces on which f has a derivative everywhere, whatever its sign, and the places between them."""

    def __init__(self, root: Node, variable: str, low: fmpq, high: fmpq) -> None:
        super().__init__(root, variable, low, high)
        self.places = SmoothPlaces(root, variable, low, high, self.unit)

    def _piece(self, low: fmpq, high: fmpq) -> Piece:
        pole = self.places.simple_pole(low, high)
        return pole or Piece(low, high, _behaviour(self.enclosure(low, high)))


def _behaviour(found: Enclosure) -> Behaviour:
    if found.nowhere:
        return Behaviour.NOWHERE
    return Behaviour.SMOOTH if found.smooth else Behaviour.UNRESOLVED


class SmoothPlaces(Places):
    """Settles places beside which f has a derivative, where it need neither rise nor fall."""

    def _side(self, candidate: Candidate, side: int, end: fmpq) -> Side | None:
        x = ball(candidate.x)
        all_of_it = abs(x - arb(end)).upper()

        def read(part: Node, reach: Ball = all_of_it) -> Side | None:
            self._cost += self._size
            return expand(part, self.variable, candidate.x, side, reach, candidate.known)

        try:
            found = read(self.root)
        except Unsettled:
            found = self._beside(read)
        if found is not None and found.direction is None:
            stretch = Interval(x, arb(end), True) if side > 0 else Interval(arb(end), x, False, True)
            if not self.enclosure(self.root, stretch).smooth:
                raise Unsettled("what lies on one side")
        return found

    def _beside(self, read: Callable[..., Side | None]) -> Side:
        """What is known right beside the place alone."""
        try:
            found = read(self.root, TINY)
        except Unsettled:
            return wave(self.root, read)
        if found is None:
            raise Unsettled("whether there are values on all of one side")
        return replace(found, direction=None)


def described(place: Place, x: float, kind: Kind | None) -> Point:
    """A place at x in floats. Raises Unsettled where a limit cannot be told from the value."""
    left, right, value = place.left, place.right, place.value
    return Point(
        x,
        kind,
        nan if value is None else nearest_float(value),
        _slope(place, left, -1),
        _slope(place, right, 1),
        nan if left is None else nearest_float(left.limit),
        nan if right is None else nearest_float(right.limit),
        nan if left is None or left.slope is None else nearest_float(left.slope),
        nan if right is None or right.slope is None else nearest_float(right.slope),
        distance(place.x, x),
        all(map(_is_told, (left, right))),
    )


def _is_told(side: Side | None) -> bool:
    """Whether the slope of a side, measured from its limit, is known, or known not to exist."""
    if side is None or side.slope is not None or is_infinite(side.limit):
        return True
    return isinstance(side, Wave) and (side.swings or not side.has_limit)


def kind_of(place: Place, end: bool) -> Kind | None:
    """Why f has no derivative at a place; None where it has one, or f only begins there. Raises Unsettled.

    Args:
        place: with what is known on either side.
        end: whether it is an end of the interval.
    """
    sides = [side for side in (place.left, place.right) if side is not None]
    if not sides:
        # A single value, or none, between two stretches without any.
        return "jump" if place.value is not None else None
    if any(is_infinite(side.limit) for side in sides):
        return "pole"
    waves = [side for side in sides if isinstance(side, Wave)]
    if waves and not (place.value is not None and all(side.has_limit for side in waves)):
        return "oscillation"
    if place.value is None:
        if len(sides) < 2:
            # An open edge of the domain; at an end of the interval a value is missing.
            return "hole" if end else None
        same = all(side.analytic for side in sides) or equal(sides[0].limit, sides[1].limit)
        return "hole" if same else "jump"
    if not all(_meets(place, side, place.value) for side in sides):
        return "jump"
    if place.smooth:
        return None
    slopes = [side.slope for side in sides if side.slope is not None]
    if len(slopes) < len(sides):
        raise Unsettled("the slopes beside it are not known")
    return _bend(slopes)


def _bend(slopes: list[Number]) -> Kind | None:
    """The kind of a place at which f is continuous, by its one or two one-sided slopes. Raises Unsettled."""
    steep = [slope for slope in slopes if is_infinite(slope)]
    if len(steep) == len(slopes):
        return "vertical tangent" if equal(steep[0], steep[-1]) else "cusp"
    if len(slopes) < 2 or (not steep and equal(*slopes)):
        return None
    return "corner"


def _meets(place: Place, side: Side, value: Number) -> bool:
    """Whether f has its value as the limit of that side. Raises Unsettled."""
    return side.continuous or place.continuous or equal(side.limit, value)


def _slope(place: Place, side: Side | None, direction: int) -> float:
    """The slope from one side, measured from f(x). Raises Unsettled."""
    if side is None or place.value is None or (isinstance(side, Wave) and not side.has_limit):
        return nan
    if _meets(place, side, place.value):
        return nan if side.slope is None else nearest_float(side.slope)
    above = ball(side.limit - place.value if not is_infinite(side.limit) else side.limit) > 0
    return inf if above == (direction > 0) else -inf
