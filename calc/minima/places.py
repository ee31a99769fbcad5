"""What happens at a tiny interval in which nothing was proved: corner, jump, pole, multiple zero of f' ..."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from calc.expression import Expression
from calc.minima.numbers import snapped, tolerance
from calc.minima.poles import proved_poles
from calc.minima.rationals import exactly
from calc.minima.result import Doubt, Extremum, Kind, Point
from calc.minima.search import Floats
from calc.minima.sides import Side, sides

MUCH = 100.0
RELATIVE = 1e-9
REACH = 1e-2


@dataclass(frozen=True, slots=True)
class Place:
    """A tiny interval to be looked at, and what may happen in it. `sure`: found by proof, not by sampling."""

    low: float
    high: float
    undefined: bool = False
    jump: bool = False
    corner: bool = False
    bounded: bool = True
    sure: bool = True
    end: bool = False

    def x(self, low: float, high: float) -> float:
        if self.low <= low:
            return low
        if self.high >= high:
            return high
        return snapped(self.low / 2 + self.high / 2, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Seen:
    """A place with what was seen there: `point` is None if nothing happens after all."""

    place: Place
    x: float
    left: Side
    right: Side
    point: Point | None
    doubt: Doubt | None


def looked_at(expression: Expression, places: list[Place], low: float, high: float) -> list[Seen]:
    """Each place, in order, with its point and its doubt."""
    if not places:
        return []
    lows, highs = np.array([place.low for place in places]), np.array([place.high for place in places])
    reach = np.full(lows.size, REACH * (high - low))
    apart = np.concatenate([[np.inf], lows[1:] - highs[:-1], [np.inf]])
    reach = np.minimum(reach, np.minimum(apart[:-1], apart[1:]) / 4)
    x = np.array([place.x(low, high) for place in places])
    values = expression(x)
    found = []
    beside = sides(expression, lows, highs, np.maximum(reach, 0), low, high)
    for place, at, value, (left, right) in zip(places, x.tolist(), values.tolist(), beside, strict=True):
        left, right = _within_bounds(place, left), _within_bounds(place, right)
        point = _point(expression, place, at, value, left, right)
        found.append(Seen(place, at, left, right, point, None))
    return _doubted(expression, found, min(1.0, high - low))


def _doubted(expression: Expression, found: list[Seen], unit: float) -> list[Seen]:
    """The same, with what is not proved at each."""
    poles = [each for each in found if each.point is not None and each.point.kind == "pole"]
    proved: set[float] = set()
    if poles:
        ends = np.array([[each.place.low, each.place.high, each.x] for each in poles]).T
        flags = proved_poles(expression.root, expression.variables[0], *ends)
        proved = {each.x for each, is_proved in zip(poles, flags, strict=True) if is_proved}
    return [
        replace(each, doubt=_doubt(expression, each.place, each.point, unit, each.x in proved))
        for each in found
    ]


def _within_bounds(place: Place, side: Side) -> Side:
    """The side, without a limit where samples seem to grow although f is proved to be bounded."""
    return replace(side, value=float("nan")) if place.bounded and np.isinf(side.value) else side


def _point(
    expression: Expression, place: Place, x: float, value: float, left: Side, right: Side
) -> Point | None:
    if place.jump or place.undefined:
        exact = exactly(expression.root, x)
        # 20 * 0.15 is 3 and not the float just below, of which the floor would be taken.
        value = value if exact is None else float(exact.value)
    return point_at(place, x, value, left, right)


def point_at(place: Place, x: float, value: float, left: Side, right: Side) -> Point | None:
    """The point with this value and these two sides; None if nothing happens there."""
    kind, name = _kind(place, value, left, right)
    if kind is None:
        return None
    value = value if np.isfinite(value) or kind in ("end", "pole") else float("nan")
    extremum = _extremum(value, left, right, place.jump or place.undefined)
    if kind == "pole":
        value, extremum = float("nan"), None
    if extremum and kind in ("end", "corner"):
        kind = _with_extremum(kind, extremum)
    if kind == "inflection" and extremum:
        kind = "local minimum" if extremum == "minimum" else "local maximum"
    return Point(
        x=x,
        value=value,
        kind=kind,
        extremum=extremum,
        name=name,
        left=left.value,
        right=right.value,
        error=max(x - place.low, place.high - x),
        proved=place.sure,
    )


def _with_extremum(kind: Kind, extremum: Extremum) -> Kind:
    if kind == "end":
        return "end minimum" if extremum == "minimum" else "end maximum"
    return "corner minimum" if extremum == "minimum" else "corner maximum"


def _kind(place: Place, value: float, left: Side, right: Side) -> tuple[Kind | None, str]:
    """The kind, before it is known whether it is a minimum or a maximum, and a better name if it has one."""
    infinite = np.isinf(left.value) or np.isinf(right.value)
    if infinite and not place.bounded and (place.undefined or not place.end):
        return "pole", ""
    if place.end:
        return (None if np.isnan(value) and not (left.defined or right.defined) else _end(value)), ""
    if not (left.defined and right.defined):
        lonely = not left.defined and not right.defined
        if lonely and not np.isfinite(value):
            return None, ""
        return "edge", "a single point" if lonely else ""
    if place.jump or place.undefined:
        if _apart(left, right) or (np.isfinite(value) and _off(value, left) and _off(value, right)):
            return "jump", ""
        if not np.isfinite(value) and place.undefined:
            meet = not (np.isnan(left.value) or np.isnan(right.value))
            return "hole", "" if meet else "hole without a limit"
    return _continuous(place, left, right)


def _end(value: float) -> Kind:
    return "edge" if np.isnan(value) else "end"


def _continuous(place: Place, left: Side, right: Side) -> tuple[Kind | None, str]:
    """The kind where f goes through without a break."""
    if place.corner:
        if np.isinf(left.slope) or np.isinf(right.slope):
            return "vertical tangent", "cusp" if left.sign * right.sign < 0 else ""
        if abs(left.slope - right.slope) > 10 * (left.bend + right.bend) + 1e-12 * abs(left.slope):
            return "corner", ""
        still = abs(right.slope) <= 10 * right.bend and abs(left.slope) <= 10 * left.bend
        if not still and left.sign * right.sign > 0:
            return None, ""
    if left.sign == 0 or right.sign == 0:
        # A flat stretch begins, ends or goes on here: it is shown as a whole.
        return None, ""
    return "inflection", ""


def _apart(left: Side, right: Side) -> bool:
    size = max(abs(left.value), abs(right.value))
    return abs(left.value - right.value) > MUCH * (left.step + right.step) + RELATIVE * size


def _off(value: float, side: Side) -> bool:
    size = max(abs(value), abs(side.value))
    return abs(value - side.value) > MUCH * side.step + RELATIVE * size


def _extremum(value: float, left: Side, right: Side, broken: bool) -> Extremum | None:
    """Whether f rises, or falls, on leaving the point to each side where it is defined."""
    if np.isnan(value):
        return None
    ways = {_way(value, side, to, broken) for side, to in ((left, -1), (right, 1)) if side.defined}
    if ways == {1}:
        return "minimum"
    return "maximum" if ways == {-1} else None


def _way(value: float, side: Side, to: int, broken: bool) -> int:
    if broken and _off(value, side):
        return 1 if side.value > value else -1
    return side.sign * to


def _doubt(
    expression: Expression, place: Place, point: Point | None, unit: float, proved_pole: bool
) -> Doubt | None:
    """The first thing that is not proved there."""
    if point is None or point.kind.startswith("end") or not place.sure:
        # What sampling found lies in an interval that is doubtful as a whole.
        return None
    x, wide = point.x, point.error > float(tolerance(point.x, unit))
    text = ""
    if point.kind == "pole" and not proved_pole:
        text = f"That the values grow without bound at x = {x:.10g} is read from samples, not proved."
    elif point.kind == "hole":
        text = f"What happens beside the hole x = {x:.10g} is read from samples, not proved."
    elif wide:
        text = (
            f"Near x = {x:.10g} rounding errors hide what f' does: the point lies within {point.error:.1g}."
        )
    elif point.kind == "inflection" and not _exactly_zero(expression, x):
        text = f"That f' touches 0 at x = {x:.10g}, and does not just come near, could not be proved."
    settled_by_form = point.kind in ("inflection", "local minimum", "local maximum")
    return Doubt(text, place.low, place.high, local=settled_by_form) if text else None


def _exactly_zero(expression: Expression, x: float) -> bool:
    exact = exactly(expression.root, x)
    if exact is not None and exact.slope == 0:
        return True
    slope = expression.interval(x, x).first
    return bool(slope.low == 0 and slope.high == 0 and not slope.undefined)


def values_beside(seen: Seen) -> Floats:
    """The finite or infinite limits of f on the sides where it is defined."""
    return np.array([side.value for side in (seen.left, seen.right) if side.defined])


def way_out(value: float, seen: Seen, to: int) -> int:
    """Whether f rises (1) or falls (-1) on leaving a flat stretch with this value past a place at its end."""
    side = seen.left if to < 0 else seen.right
    broken = seen.place.jump or seen.place.undefined
    at = seen.point.value if seen.point is not None else value
    if broken and np.isfinite(at) and at != value and not _off(at, side):
        # The value at the break belongs to the far side.
        return 1 if at > value else -1
    return _way(value, side, to, broken)
