"""`find`: the places of an interval at which a function has no derivative, by the search of `calc.minima`."""

from __future__ import annotations

from math import inf, nan

from flint import arb, fmpq

from calc.differentiability.result import Differentiability, Kind, Point
from calc.differentiability.waves import Wave, wave
from calc.expansions import Number, Side, Unsettled, ball, expand
from calc.expansions.numbers import equal, is_infinite
from calc.expression import Expression
from calc.expression.enclosures import Enclosure
from calc.expression.intervals import Interval
from calc.expression.tree import Node
from calc.minima.finding import checked, pieces_of
from calc.minima.numbers import distance, meant, nearest_float, tolerance, whereabouts
from calc.minima.pieces import Behaviour, Piece, Place
from calc.minima.places import Candidate, Places
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
    ends = {search.low: low, search.high: high}

    def shown(x: Number) -> float:
        return ends.get(x, nearest_float(x)) if isinstance(x, fmpq) else nearest_float(x)

    points: list[Point] = []
    gaps: list[tuple[float, float]] = []
    doubts: list[Doubt] = []
    for piece in pieces_of(expression, search):
        stretch = shown(piece.low), shown(piece.high)
        if piece.what is Behaviour.NOWHERE:
            _append(gaps, stretch)
        elif piece.what is Behaviour.UNRESOLVED:
            doubts.append(Doubt(f"What the function does {whereabouts(*stretch)} is not settled.", *stretch))
        elif piece.place is not None:
            place, x = piece.place, shown(piece.place.x)
            try:
                kind = kind_of(place, isinstance(place.x, fmpq) and place.x in ends)
                if kind is not None:
                    points.append(described(place, x, kind))
                    if points[-1].error > tolerance(x, search.unit):
                        raise Unsettled("a position that is not known to ten digits")
            except Unsettled:
                what = f"Whether there is a derivative at x = {written(x, 6)} is not settled."
                doubts.append(Doubt(what, *stretch))
            for side, a, b in ((place.left, stretch[0], x), (place.right, x, stretch[1])):
                if side is None and a < b:
                    _append(gaps, (a, b))
    return Differentiability(low, high, tuple(points), tuple(gaps), tuple(doubts))


def _append(gaps: list[tuple[float, float]], stretch: tuple[float, float]) -> None:
    """A stretch without values, together with the one that it continues."""
    if gaps and gaps[-1][1] >= stretch[0]:
        stretch = (gaps.pop()[0], stretch[1])
    gaps.append(stretch)


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

        def read(part: Node) -> Side | None:
            return expand(part, self.variable, candidate.x, side, abs(x - arb(end)).upper(), candidate.known)

        self._cost += self._size
        try:
            found = read(self.root)
        except Unsettled:
            found = wave(self.root, read)
        if found is not None and found.direction is None:
            stretch = Interval(x, arb(end), True) if side > 0 else Interval(arb(end), x, False, True)
            if not self._enclosure(self.root, stretch).smooth:
                raise Unsettled("what lies on one side")
        return found


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
    )


def kind_of(place: Place, end: bool) -> Kind | None:
    """Why f has no derivative at a place; None where it has one, or f only begins there. Raises Unsettled."""
    sides = [side for side in (place.left, place.right) if side is not None]
    if not sides:
        # A single value, or none, between two stretches without any.
        return "jump" if place.value is not None else None
    if any(is_infinite(side.limit) for side in sides):
        return "pole"
    if any(isinstance(side, Wave) for side in sides):
        return "oscillation"
    if place.value is None:
        if len(sides) < 2:
            # An open edge of the domain; at an end of the interval a value is missing.
            return "hole" if end else None
        same = all(side.analytic for side in sides) or equal(sides[0].limit, sides[1].limit)
        return "hole" if same else "jump"
    if not all(place.continuous or side.continuous or equal(side.limit, place.value) for side in sides):
        return "jump"
    if place.smooth:
        return None
    slopes = [side.slope for side in sides if side.slope is not None]
    if len(slopes) < len(sides):
        raise Unsettled("the slopes beside it are not known")
    steep = [slope for slope in slopes if is_infinite(slope)]
    if len(steep) == len(slopes):
        return "vertical tangent" if len({ball(slope) > 0 for slope in slopes}) == 1 else "cusp"
    if len(slopes) < 2 or (not steep and equal(*slopes)):
        return None
    return "corner"


def _slope(place: Place, side: Side | None, direction: int) -> float:
    """The slope from one side, measured from f(x)."""
    if side is None or place.value is None:
        return nan
    if (
        place.continuous
        or side.continuous
        or (not is_infinite(side.limit) and equal(side.limit, place.value))
    ):
        return nan if side.slope is None else nearest_float(side.slope)
    above = ball(side.limit) > 0 if is_infinite(side.limit) else ball(side.limit - place.value) > 0
    return inf if above == (direction > 0) else -inf
