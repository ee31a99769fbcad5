"""What `differentiability` draws, as columns: the marks, the two secants, their slopes against h."""

from math import isfinite, isnan, nan

import numpy as np

from calc.curve import Curve
from calc.differences import Quotients, halvings, quotients
from calc.differentiability import Differentiability, Point, find
from calc.expression import Expression
from calc.workers import Unanswered
from pages.differentiability.setting import Setting
from pages.differentiability.words import Verdict, judge
from pages.shared import magnifier
from pages.shared.charts import Columns
from pages.shared.function_columns import STEPS, local, window
from pages.shared.magnifier import zooms
from pages.shared.memory import kept
from pages.shared.turns import run_bounded

REACH = 0.3
"""How far a half of a secant goes, as a part of the interval."""
SWEEP = 400
"""Steps of the curves of slopes: enough for an oscillation to look like one."""
LEAVES = 6
"""Slopes that grow without bound leave their chart after so many halvings of h."""
MOST = 150
"""Marks that are drawn; more would cover each other."""


@kept
def search(expression: Expression, low: float, high: float) -> Differentiability | None:
    """Every point without a derivative; None where that takes too long."""
    try:
        return run_bounded(find, expression, low, high)
    except Unanswered:
        return None


def place(setting: Setting) -> tuple[Point, bool]:
    """The point that is looked at, and whether it is settled what f does there."""
    known = next((point for point in setting.points if point.x == setting.at), None)
    if known is not None and setting.low < setting.at < setting.high:
        return known, True
    # At the ends the search has looked at the inner side alone.
    point, sure = local(setting.expression, setting.at)
    return (point, sure) if sure or known is None else (known, True)


def secants(setting: Setting, verdict: Verdict) -> Quotients:
    """The quotients as h is halved, and at last 0."""
    return quotients(setting.expression, setting.at, halvings(setting.h, STEPS), verdict.value)


def run(setting: Setting, verdict: Verdict, found: Quotients, height: float) -> dict[str, np.ndarray]:
    """What moves, by step: both second points, the far ends of both secants, their slopes.

    Args:
        height: of the chart, beyond which a vertical tangent goes.
    """
    left, right = found.backward, found.forward
    # At last the tangents.
    left[-1], right[-1] = verdict.left, verdict.right
    reach, fixed = REACH * (setting.high - setting.low), np.full(len(found.h), setting.at)
    columns = {
        "x": fixed, "y": found.here, "left": left, "right": right,
        "xa": setting.at - found.h, "ya": found.below, "xb": setting.at + found.h, "yb": found.above,
        "zoom": zooms(found.h, setting.high - setting.low),
    }  # fmt: skip
    for side, slope, sign in (("l", left, -1), ("r", right, 1)):
        vertical = np.isinf(slope)
        rise = np.where(vertical, np.sign(slope) * height * 10, np.where(vertical, 0, slope) * reach)
        columns[f"x{side}"] = setting.at + np.where(vertical, 0.0, sign * reach)
        columns[f"y{side}"] = found.here + sign * rise
    return columns


def marks(setting: Setting, drawn: Curve) -> Columns:
    """The points found, of which so many are drawn; a pole at the bottom."""
    every = setting.points[:: -(-len(setting.points) // MOST) or 1]
    judged = [(point, judge(point, setting.fill)) for point in every]
    left = [(point, verdict) for point, verdict in judged if not verdict.differentiable]
    low, high = window(drawn.value, drawn.x)
    bottom = low + 0.05 * (high - low)
    return {
        "x": np.array([point.x for point, _ in left]),
        "y": np.array([_height(point, verdict, bottom) for point, verdict in left]),
        "kind": [str(point.kind) for point, _ in left],
        "what": ["No derivative" if verdict.continuous else "Not continuous" for _, verdict in left],
    }


def _height(point: Point, verdict: Verdict, bottom: float) -> float:
    """Where a mark stands: on the value, else on a limit, or between two."""
    limits = [limit for limit in (point.left_limit, point.right_limit) if isfinite(limit)]
    if not isnan(verdict.value):
        return verdict.value
    return float(np.mean(limits)) if limits and point.kind != "pole" else bottom


def zoomed(setting: Setting, point: Point, verdict: Verdict, h: np.ndarray) -> dict[str, Columns]:
    """What the magnifier shows: the curve, and the tangents from either side."""
    limits = [value for value in (verdict.value, point.left_limit, point.right_limit) if isfinite(value)]
    lines: Columns = {
        "slope": [verdict.left, verdict.right], "side": [-1, 1], "kind": ["From the left", "From the right"],
    }  # fmt: skip
    return magnifier.columns(setting.expression, point, h, lines, limits[0] if limits else 0.0)


def beside(setting: Setting, point: Point, verdict: Verdict, found: Quotients) -> dict[str, Columns]:
    """What both sides come to as h shrinks: the slopes, or f itself where it has no value to measure them from."""
    measured = not isnan(verdict.value)
    limits = (verdict.left, verdict.right) if measured else (point.left_limit, point.right_limit)
    both = (found.backward, found.forward) if measured else (found.below, found.above)
    left, right = (np.r_[side[:-1], limit] for side, limit in zip(both, limits, strict=True))
    sweep = _swept(setting.expression, setting.at, verdict.value, setting.h)
    return {
        "beside": sweep,
        # A log axis has no 0: at its end one more halving stands for it.
        "run": {"h": np.r_[found.h[:-1], found.h[-2] / 2], "left": left, "right": right},
        "view": _ends_beside(limits, found, sweep),
    }


@kept
def _swept(expression: Expression, x: float, value: float, h: float) -> Columns:
    """Both sides for steps between those that are shown too."""
    steps = np.geomspace(h * 0.5 ** (STEPS - 1), h, SWEEP)
    found = quotients(expression, x, steps, value)
    if isnan(value):
        return {"h": steps, "left": found.below, "right": found.above}
    return {"h": steps, "left": found.backward, "right": found.forward}


def _ends_beside(limits: tuple[float, float], found: Quotients, sweep: Columns) -> Columns:
    """The ends of the axes of that chart."""
    h = np.asarray(sweep["h"])
    shown = []
    for side, limit in zip(("left", "right"), limits, strict=True):
        values = np.asarray(sweep[side])
        # Towards a limit all of them, else the first.
        shown.append(values if isfinite(limit) else values[h >= h[-1] * 0.5**LEAVES])
    known = np.concatenate(shown)
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (nan, nan)
    if isnan(low):
        low, high = -1.0, 1.0
    room = 0.1 * (high - low) if high - low > 1e-6 * max(1.0, abs(high)) else 0.5 * max(1.0, abs(high))
    return {"x0": [found.h[-2] / 2], "x1": [1.5 * found.h[0]], "y0": [low - room], "y1": [high + room]}
