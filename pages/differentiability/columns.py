"""What `differentiability` draws, as columns: the marks, the two secants, what both sides come to."""

from math import isfinite, isnan

import numpy as np

from calc.differences import Quotients, quotients
from calc.differentiability import Point
from calc.expression import Expression
from pages.differentiability.controls import Setting
from pages.shared.charts import Columns
from pages.shared.function_columns import STEPS, Moving, line, moving, points, window
from pages.shared.magnifier import zooms
from pages.shared.memory import kept
from pages.shared.verdict import Verdict, height, judge

UPRIGHT = 1e4
"""A vertical line is so many times steeper than one from corner to corner of its chart."""
FINE = 27
"""Steps of the curves of slopes for each of the player's: an oscillation looks like one."""
LEAVES = 6
"""Slopes that grow without bound leave their chart after so many halvings of h."""
MOST = 150
"""Marks that are drawn; more would cover each other."""


def run(setting: Setting, verdict: Verdict, found: Quotients, tall: float) -> Moving:
    """What moves in a chart so tall, by step: both second points, the slopes of both secants, at last the tangents'."""
    steep = UPRIGHT * tall / (setting.high - setting.low)
    left, right = np.r_[found.backward[:-1], verdict.left], np.r_[found.forward[:-1], verdict.right]
    slopes = {"left": left.clip(-steep, steep), "right": right.clip(-steep, steep)}
    return moving(setting.at, found) | slopes | {"zoom": zooms(setting)}


@kept
def marks(expression: Expression, low: float, high: float, fill: bool) -> Columns:
    """The points found, of which so many are drawn: on the value, else on a limit, a pole at the bottom."""
    drawn, found = line(expression, low, high), points(expression, low, high)
    judged = [(point, judge(point, fill)) for point in found[:: -(-len(found) // MOST) or 1]]
    left = [(point, verdict) for point, verdict in judged if not verdict.differentiable]
    least, most = window(drawn.value, drawn.x)
    return {
        "x": [point.x for point, _ in left],
        "y": [height(point, verdict, least + 0.05 * (most - least)) for point, verdict in left],
        "kind": [str(point.kind) for point, _ in left],
        "what": ["No derivative" if verdict.continuous else "Not continuous" for _, verdict in left],
    }


def beside(setting: Setting, point: Point, verdict: Verdict) -> dict[str, Columns]:
    """What both sides come to as h shrinks: the slopes, or f itself where it has no value to measure them from."""
    limits = (point.left_limit, point.right_limit) if isnan(verdict.value) else (verdict.left, verdict.right)
    sweep = swept(setting.expression, setting.at, verdict.value, setting.h)
    # A log axis has no 0: at its end one more halving stands for it.
    ends = {"x": sweep["x"][-1] / 2, "left": limits[0], "right": limits[1]}
    # Towards a limit all of them are shown, else the first.
    known = [sweep[side][: None if isfinite(ends[side]) else LEAVES * FINE] for side in ("left", "right")]
    low, high = window(np.concatenate(known), np.arange(sum(map(len, known))))
    return {
        "beside": sweep, "run": {name: np.r_[column[::FINE], ends[name]] for name, column in sweep.items()},
        "view": {"x0": [ends["x"]], "x1": [1.5 * setting.h], "y0": [low], "y1": [high]},
    }  # fmt: skip


@kept
def swept(expression: Expression, x: float, value: float, h: float) -> dict[str, np.ndarray]:
    """Steps from h down to the player's last, and what there is on the left and on the right."""
    found = quotients(expression, x, h * 0.5 ** (np.arange(FINE * (STEPS - 1) + 1) / FINE), value)
    left, right = (found.below, found.above) if isnan(value) else (found.backward, found.forward)
    return {"x": found.h, "left": left, "right": right}
