"""What `instantaneous-rate` draws, as columns: the curve and its slope, the secants, what the magnifier shows."""

from dataclasses import dataclass
from math import log10, nan

import numpy as np

from calc.differences import Quotients, halvings, quotients
from calc.differentiability import Point
from calc.expression import Expression
from pages.instantaneous_rate.setting import Setting
from pages.shared import magnifier
from pages.shared.charts import Columns
from pages.shared.function_columns import STEPS, line
from pages.shared.magnifier import zooms
from pages.shared.memory import kept


@kept
def steepest(expression: Expression, low: float, high: float) -> float:
    """A round slope, beyond that of most tangents; the same for all points, so that it tells nothing of one."""
    drawn = line(expression, low, high)
    known = np.abs(drawn.slope[np.isfinite(drawn.slope)])
    most = 1.5 * float(np.quantile(known, 0.98)) if len(known) else 1.0
    most = min(max(most, 1e-6), 1e9)
    decade = 10.0 ** np.floor(log10(most))
    return float(next(each * decade for each in (1, 2, 5, 10) if each * decade >= most))


@dataclass(frozen=True)
class Secants:
    """The secants as h is halved, and at last 0; each column by step, (STEPS + 1,).

    Attributes:
        xa, ya, xb, yb: the two points through which the secant goes.
        slope: its slope, nan at h = 0.
    """

    quotients: Quotients
    xa: np.ndarray
    ya: np.ndarray
    xb: np.ndarray
    yb: np.ndarray
    slope: np.ndarray


def secants(expression: Expression, x: float, h: float, side: str) -> Secants:
    """The secants through the point and one to its right or left, or through the two around it."""
    found = quotients(expression, x, halvings(h, STEPS))
    here = np.full(STEPS + 1, x), found.here
    below, above = (x - found.h, found.below), (x + found.h, found.above)
    first, last, slope = {
        "around": (below, above, found.central),
        "right": (here, above, found.forward),
        "left": (below, here, found.backward),
    }[side]
    return Secants(found, *first, *last, slope)


def run(setting: Setting, point: Point, found: Secants) -> dict[str, np.ndarray]:
    """What moves, by step; all of it nan while the answer is hidden, but for the point and the guess."""
    h = found.quotients.h
    fixed = {"x": setting.at, "y": point.value, "mine": nan if setting.guess is None else setting.guess}
    shown = {
        "xa": found.xa, "ya": found.ya, "xb": found.xb, "yb": found.yb, "secant": found.slope,
        **{name: np.full(len(h), value) for name, value in (
            ("slope", point.slope), ("left", point.left), ("right", point.right),
        )},
    }  # fmt: skip
    shown = {name: np.full(len(h), nan) if setting.hidden else column for name, column in shown.items()}
    return {
        **{name: np.full(len(h), value) for name, value in fixed.items()}, **shown,
        "zoom": zooms(h, setting.high - setting.low),
    }  # fmt: skip


def zoomed(setting: Setting, point: Point, found: Secants) -> dict[str, Columns]:
    """What the magnifier shows: the curve, with the tangents from either side and the one that was guessed."""
    mine = [] if setting.guess is None else [(setting.guess, 0, "My tangent")]
    tangents = [] if setting.hidden else [(point.left, -1, "Tangent"), (point.right, 1, "Tangent")]
    slope, side, kind = zip(*tangents, *mine, strict=True) if tangents or mine else ((), (), ())
    return magnifier.columns(
        setting.expression, point, found.quotients.h, {"slope": slope, "side": side, "kind": kind}
    )


def fan() -> dict[str, Columns]:
    """Lines through the origin."""
    slopes = {"2": 2.0, "1/2": 0.5, "0": 0.0, "−1/2": -0.5, "−2": -2.0}
    x = np.tile([-1.0, 1.0], len(slopes))
    name = np.repeat([f"slope {name}" for name in slopes], 2)
    y = x * np.repeat([*slopes.values()], 2)
    return {"lines": {"x": x, "y": y, "name": name}, "ends": {"x": x[1::2], "y": y[1::2], "name": name[1::2]}}
