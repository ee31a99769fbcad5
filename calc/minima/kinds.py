"""What kind of point lies at a place: by the limits, slopes and directions on either side of it."""

from __future__ import annotations

from calc.expansions import Number, Side, Unsettled, ball, sign
from calc.expansions.numbers import equal, is_infinite
from calc.minima.numbers import nearest_float
from calc.minima.pieces import Place
from calc.minima.result import Extremum
from calc.numbers import written


def kind_of(place: Place, end: bool) -> tuple[str | None, Extremum | None]:
    """What lies at a place, None for an ordinary point, and whether it is an extremum. Raises Unsettled.

    Args:
        place: with what is known on either side.
        end: whether it is an end of the interval.
    """
    left, right, value = place.left, place.right, place.value
    sides = [side for side in (left, right) if side is not None]
    if any(is_infinite(side.limit) for side in sides):
        return "pole", None if value is None else _extremum(place, value)
    if value is None:
        if end or len(sides) < 2:
            return "edge", None
        removable = all(side.analytic for side in sides) or equal(sides[0].limit, sides[1].limit)
        return ("hole" if removable else "jump"), None
    jump = any(not _meets(place, side, value) for side in sides)
    extremum = _extremum(place, value)
    if end:
        return ("end" if extremum in (None, "both") else f"end {extremum}"), extremum
    if left is None or right is None:
        return "edge", extremum
    return ("jump" if jump else _kind_between(place, left, right, extremum)), extremum


def _kind_between(place: Place, left: Side, right: Side, extremum: Extremum | None) -> str | None:
    """The kind of a point inside the interval, at which f is continuous."""
    suffix = f" {extremum}" if extremum in ("minimum", "maximum") else ""
    a, b = left.slope, right.slope
    if not place.smooth:
        if a is None or b is None:
            raise Unsettled("the slopes beside it are not known")
        if is_infinite(a) and is_infinite(b):
            return "vertical tangent"
        if not equal(a, b):
            return f"corner{suffix}"
    if 0 in (left.direction, right.direction):
        # A stretch on which f is constant begins or ends smoothly there: the stretch says it.
        return None
    if suffix:
        return f"local{suffix}"
    slope = a if a is not None else b
    if slope is None:
        raise Unsettled("the slope there is not known")
    return "inflection" if sign(slope) == 0 else None


def _meets(place: Place, side: Side, value: Number) -> bool:
    """Whether f has its value as the limit of that side."""
    return side.continuous or place.continuous or equal(side.limit, value)


def certainly_meets(place: Place, side: Side) -> bool:
    """Whether f has a value there that is known to be the limit of that side."""
    if place.value is None:
        return False
    try:
        return _meets(place, side, place.value)
    except Unsettled:
        return False


def step_beyond(side: Side, outward: int, value: Number, meets: bool) -> int:
    """Whether f is above (1) or below (-1) a value on a side; `meets`: the value is known to be the limit."""
    if is_infinite(side.limit):
        return sign(side.limit)
    step = 0 if meets else sign(side.limit - value)
    return step or (side.direction or 0) * outward


def extremum_of(steps: set[int]) -> Extremum | None:
    """What a value is, from whether f is above or below it on each side; "both" where there is none."""
    if len(steps) != 1:
        return None if steps else "both"
    return "minimum" if 1 in steps else "maximum" if -1 in steps else None


def _extremum(place: Place, value: Number) -> Extremum | None:
    """Whether f(x) is the least or the greatest of the values beside it."""
    return extremum_of(
        {
            step_beyond(side, outward, value, _meets(place, side, value))
            for side, outward in ((place.left, -1), (place.right, 1))
            if side is not None
        }
    )


def name_of(place: Place, kind: str) -> str:
    """What the kind alone does not say; "" if it says all."""
    left, right = place.left, place.right
    if left is None or right is None:
        return ""
    if kind == "hole":
        return f"hole, where the limit is {written(nearest_float(left.limit), 6)}"
    slopes = [side.slope for side in (left, right) if side.slope is not None]
    if kind == "vertical tangent" and len(slopes) == 2 and ball(slopes[0]) == -ball(slopes[1]):
        return "cusp"
    return ""
