"""What happens at a tiny interval in which nothing was proved: corner, jump, pole, multiple zero of f' ..."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from calc.expression import Expression
from calc.minima.exact_values import exact_value
from calc.minima.numbers import snapped, tolerance
from calc.minima.one_sided import OneSidedLimit, one_sided_limits
from calc.minima.poles import proved_poles
from calc.minima.result import Doubt, Extremum, Kind, Point

JUMP_FACTOR = 100.0
"""Times the last change between samples: a limit that still settles is no jump."""
RELATIVE_TOLERANCE = 1e-9
"""Well above the rounding errors of f, well below a jump that a chart could show."""
SAMPLING_REACH = 1e-2
"""Of the interval: near enough that a neighbouring point seldom disturbs the samples."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tiny interval to be looked at, and what may happen in it. `proved`: found by proof, not by sampling."""

    low: float
    high: float
    undefined: bool = False
    jump: bool = False
    corner: bool = False
    bounded: bool = True
    proved: bool = True
    end: bool = False

    def x(self, low: float, high: float) -> float:
        if self.low <= low:
            return low
        if self.high >= high:
            return high
        return snapped(self.low / 2 + self.high / 2, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Examined:
    """A place with what was seen there: `point` is None if nothing happens after all."""

    candidate: Candidate
    x: float
    left: OneSidedLimit
    right: OneSidedLimit
    point: Point | None
    doubt: Doubt | None


def examine(expression: Expression, candidates: list[Candidate], low: float, high: float) -> list[Examined]:
    """Each place, in order, with its point and its doubt."""
    if not candidates:
        return []
    lows, highs = (
        np.array([candidate.low for candidate in candidates]),
        np.array([candidate.high for candidate in candidates]),
    )
    reach = np.full(lows.size, SAMPLING_REACH * (high - low))
    apart = np.concatenate([[np.inf], lows[1:] - highs[:-1], [np.inf]])
    reach = np.minimum(reach, np.minimum(apart[:-1], apart[1:]) / 4)
    x = np.array([candidate.x(low, high) for candidate in candidates])
    values = expression(x)
    found = []
    beside = one_sided_limits(expression, lows, highs, np.maximum(reach, 0), low, high)
    for candidate, at, value, (left, right) in zip(
        candidates, x.tolist(), values.tolist(), beside, strict=True
    ):
        left, right = _within_bounds(candidate, left), _within_bounds(candidate, right)
        point = _point(expression, candidate, at, value, left, right)
        found.append(Examined(candidate, at, left, right, point, None))
    return _doubted(expression, found, min(1.0, high - low))


def _doubted(expression: Expression, found: list[Examined], unit: float) -> list[Examined]:
    """The same, with what is not proved at each."""
    poles = [each for each in found if each.point is not None and each.point.kind == "pole"]
    proved: set[float] = set()
    if poles:
        ends = np.array([[each.candidate.low, each.candidate.high, each.x] for each in poles]).T
        flags = proved_poles(expression.root, expression.variables[0], *ends)
        proved = {each.x for each, is_proved in zip(poles, flags, strict=True) if is_proved}
    return [
        replace(each, doubt=_doubt(expression, each.candidate, each.point, unit, each.x in proved))
        for each in found
    ]


def _within_bounds(candidate: Candidate, side: OneSidedLimit) -> OneSidedLimit:
    """The side, without a limit where samples seem to grow although f is proved to be bounded."""
    return replace(side, value=float("nan")) if candidate.bounded and np.isinf(side.value) else side


def _point(
    expression: Expression,
    candidate: Candidate,
    x: float,
    value: float,
    left: OneSidedLimit,
    right: OneSidedLimit,
) -> Point | None:
    if candidate.jump or candidate.undefined:
        exact = exact_value(expression.root, x)
        # 20 * 0.15 is 3 and not the float just below, of which the floor would be taken.
        value = value if exact is None else float(exact.value)
    return point_at(candidate, x, value, left, right)


def point_at(
    candidate: Candidate, x: float, value: float, left: OneSidedLimit, right: OneSidedLimit
) -> Point | None:
    """The point with this value and these two sides; None if nothing happens there."""
    kind, name = _kind(candidate, value, left, right)
    if kind is None:
        return None
    value = value if np.isfinite(value) or kind in ("end", "pole") else float("nan")
    extremum = _extremum(value, left, right, candidate.jump or candidate.undefined)
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
        error=max(x - candidate.low, candidate.high - x),
        proved=candidate.proved,
    )


def _with_extremum(kind: Kind, extremum: Extremum) -> Kind:
    if kind == "end":
        return "end minimum" if extremum == "minimum" else "end maximum"
    return "corner minimum" if extremum == "minimum" else "corner maximum"


def _kind(
    candidate: Candidate, value: float, left: OneSidedLimit, right: OneSidedLimit
) -> tuple[Kind | None, str]:
    """The kind, before it is known whether it is a minimum or a maximum, and a better name if it has one."""
    infinite = np.isinf(left.value) or np.isinf(right.value)
    if infinite and not candidate.bounded and (candidate.undefined or not candidate.end):
        return "pole", ""
    if candidate.end:
        return (None if np.isnan(value) and not (left.defined or right.defined) else _end(value)), ""
    if not (left.defined and right.defined):
        lonely = not left.defined and not right.defined
        if lonely and not np.isfinite(value):
            return None, ""
        return "edge", "a single point" if lonely else ""
    if candidate.jump or candidate.undefined:
        if _sides_differ(left, right) or (
            np.isfinite(value) and _differs(value, left) and _differs(value, right)
        ):
            return "jump", ""
        if not np.isfinite(value) and candidate.undefined:
            meet = not (np.isnan(left.value) or np.isnan(right.value))
            return "hole", "" if meet else "hole without a limit"
    return _continuous(candidate, left, right)


def _end(value: float) -> Kind:
    return "edge" if np.isnan(value) else "end"


def _continuous(candidate: Candidate, left: OneSidedLimit, right: OneSidedLimit) -> tuple[Kind | None, str]:
    """The kind where f goes through without a break."""
    if candidate.corner:
        if np.isinf(left.slope) or np.isinf(right.slope):
            return "vertical tangent", "cusp" if left.sign * right.sign < 0 else ""
        if abs(left.slope - right.slope) > 10 * (left.slope_step + right.slope_step) + 1e-12 * abs(
            left.slope
        ):
            return "corner", ""
        still = abs(right.slope) <= 10 * right.slope_step and abs(left.slope) <= 10 * left.slope_step
        if not still and left.sign * right.sign > 0:
            return None, ""
    if left.sign == 0 or right.sign == 0:
        # A flat stretch begins, ends or goes on here: it is shown as a whole.
        return None, ""
    return "inflection", ""


def _sides_differ(left: OneSidedLimit, right: OneSidedLimit) -> bool:
    size = max(abs(left.value), abs(right.value))
    return abs(left.value - right.value) > JUMP_FACTOR * (left.step + right.step) + RELATIVE_TOLERANCE * size


def _differs(value: float, side: OneSidedLimit) -> bool:
    size = max(abs(value), abs(side.value))
    return abs(value - side.value) > JUMP_FACTOR * side.step + RELATIVE_TOLERANCE * size


def _extremum(value: float, left: OneSidedLimit, right: OneSidedLimit, broken: bool) -> Extremum | None:
    """Whether f rises, or falls, on leaving the point to each side where it is defined."""
    if np.isnan(value):
        return None
    ways = {_direction(value, side, to, broken) for side, to in ((left, -1), (right, 1)) if side.defined}
    if ways == {1}:
        return "minimum"
    return "maximum" if ways == {-1} else None


def _direction(value: float, side: OneSidedLimit, to: int, broken: bool) -> int:
    if broken and _differs(value, side):
        return 1 if side.value > value else -1
    return side.sign * to


def _doubt(
    expression: Expression, candidate: Candidate, point: Point | None, unit: float, proved_pole: bool
) -> Doubt | None:
    """The first thing that is not proved there."""
    if point is None or point.kind.startswith("end") or not candidate.proved:
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
    return Doubt(text, candidate.low, candidate.high, local=settled_by_form) if text else None


def _exactly_zero(expression: Expression, x: float) -> bool:
    exact = exact_value(expression.root, x)
    if exact is not None and exact.slope == 0:
        return True
    slope = expression.interval(x, x).first
    return bool(slope.low == 0 and slope.high == 0 and not slope.undefined)


def exit_direction(value: float, seen: Examined, to: int) -> int:
    """Whether f rises (1) or falls (-1) on leaving a flat stretch with this value past a place at its end."""
    side = seen.left if to < 0 else seen.right
    broken = seen.candidate.jump or seen.candidate.undefined
    at = seen.point.value if seen.point is not None else value
    if broken and np.isfinite(at) and at != value and not _differs(at, side):
        # The value at the break belongs to the far side.
        return 1 if at > value else -1
    return _direction(value, side, to, broken)
