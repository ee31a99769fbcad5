"""What `differentiability` draws, as columns: the marks, the two secants, their slopes against h."""

from math import isfinite, isnan

import numpy as np

from calc.differences import Quotients, halvings, quotients
from calc.differentiability import Point
from calc.expression import Expression
from pages.differentiability.controls import Setting
from pages.shared import magnifier
from pages.shared.charts import Columns
from pages.shared.function_columns import STEPS, local, moving, search, window
from pages.shared.memory import kept
from pages.shared.verdict import Verdict, judge

UPRIGHT = 1e4
"""A vertical line is so many times steeper than from corner to corner of its chart."""
SWEEP = 400
"""Steps of the curves of slopes: enough for an oscillation to look like one."""
LEAVES = 6
"""Slopes that grow without bound leave their chart after so many halvings of h."""
MOST = 150
"""Marks that are drawn; more would cover each other."""


def place(setting: Setting) -> tuple[Point, bool]:
    """The point that is looked at, and whether it is settled what f does there."""
    known = next((point for point in setting.points if point.x == setting.at), None)
    if known is not None and setting.low < setting.at < setting.high:
        return known, True
    # At the ends the search has looked at the inner side alone.
    point, sure = local(setting.expression, setting.at)
    return (point, sure) if sure or known is None else (known, True)


def run(setting: Setting, verdict: Verdict, found: Quotients, height: float) -> dict[str, np.ndarray]:
    """What moves, by step: both second points, the slopes of both secants, at last the tangents'.

    Args:
        height: of the chart.
    """
    steep = UPRIGHT * height / (setting.high - setting.low)
    slopes = {"left": (found.backward, verdict.left), "right": (found.forward, verdict.right)}
    return moving(setting.at, found) | {"zoom": magnifier.zooms(setting)} | {
        side: np.nan_to_num(np.r_[secants[:-1], tangent], nan=np.nan, posinf=steep, neginf=-steep)
        for side, (secants, tangent) in slopes.items()
    }  # fmt: skip


@kept
def marks(expression: Expression, low: float, high: float, fill: bool) -> dict[str, list]:
    """The points found, of which so many are drawn; a pole at the bottom."""
    drawn, found = search(expression, low, high)
    points = () if found is None else found.points
    judged = [(point, judge(point, fill)) for point in points[:: -(-len(points) // MOST) or 1]]
    left = [(point, verdict) for point, verdict in judged if not verdict.differentiable]
    least, most = window(drawn.value, drawn.x)
    return {
        "x": [point.x for point, _ in left],
        "y": [_height(point, verdict, least + 0.05 * (most - least)) for point, verdict in left],
        "kind": [str(point.kind) for point, _ in left],
        "what": ["No derivative" if verdict.continuous else "Not continuous" for _, verdict in left],
    }


def _height(point: Point, verdict: Verdict, bottom: float) -> float:
    """Where a mark stands: on the value, else on a limit, or between two."""
    limits = [limit for limit in (point.left_limit, point.right_limit) if isfinite(limit)]
    if not isnan(verdict.value):
        return verdict.value
    return float(np.mean(limits)) if limits and point.kind != "pole" else bottom


def zoomed(setting: Setting, point: Point, verdict: Verdict) -> dict[str, Columns]:
    """What the magnifier shows: the curve, and the tangents from either side."""
    lines = {
        "slope": [verdict.left, verdict.right],
        "side": [-1, 1],
        "kind": ["From the left", "From the right"],
    }
    return magnifier.columns(setting, point, verdict, lines)


def beside(setting: Setting, point: Point, verdict: Verdict) -> dict[str, Columns]:
    """What both sides come to as h shrinks: the slopes, or f itself where it has no value to measure them from."""
    limits = (point.left_limit, point.right_limit) if isnan(verdict.value) else (verdict.left, verdict.right)
    h = halvings(setting.h, STEPS)[:-1]
    of_steps = _sides(setting.expression, setting.at, verdict.value, h)
    sweep = _swept(setting.expression, setting.at, verdict.value, setting.h)
    # Towards a limit all of them are shown, else the first.
    first = sweep["h"] >= setting.h * 0.5**LEAVES
    shown = [
        sweep[side][first | isfinite(limit)] for side, limit in zip(("left", "right"), limits, strict=True)
    ]
    known = np.concatenate(shown)
    low, high = window(known, np.arange(len(known)))
    steps = {
        side: np.r_[of_steps[side], limit] for side, limit in zip(("left", "right"), limits, strict=True)
    }
    return {
        "beside": sweep,
        # A log axis has no 0: at its end one more halving stands for it.
        "run": {"h": np.r_[h, h[-1] / 2], **steps},
        "view": {"x0": [h[-1] / 2], "x1": [1.5 * h[0]], "y0": [low], "y1": [high]},
    }


@kept
def _swept(expression: Expression, x: float, value: float, h: float) -> dict[str, np.ndarray]:
    """Both sides for steps between those that are shown too."""
    steps = np.geomspace(h * 0.5 ** (STEPS - 1), h, SWEEP)
    return {"h": steps, **_sides(expression, x, value, steps)}


def _sides(expression: Expression, x: float, value: float, h: np.ndarray) -> dict[str, np.ndarray]:
    found = quotients(expression, x, h, value)
    left, right = (found.below, found.above) if isnan(value) else (found.backward, found.forward)
    return {"left": left, "right": right}
