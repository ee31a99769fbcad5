"""What `instantaneous-rate` draws, as columns: the secants, what the magnifier shows."""

from math import nan

import numpy as np

from calc.differences import Quotients
from calc.differentiability import Point
from pages.instantaneous_rate.controls import Setting
from pages.shared import magnifier
from pages.shared.charts import Columns
from pages.shared.function_columns import moving
from pages.shared.verdict import Verdict


def run(setting: Setting, point: Point, found: Quotients) -> dict[str, np.ndarray]:
    """What moves, by step; while the answer is hidden nothing but the zoom."""
    columns = moving(setting.at, found)
    columns["secant"] = {"around": found.central, "right": found.forward, "left": found.backward}[
        setting.side
    ]
    # The end that stays at the point.
    if setting.side != "around":
        fixed = "a" if setting.side == "right" else "b"
        columns |= {f"x{fixed}": columns["x"], f"y{fixed}": columns["y"]}
    tangents = {"slope": point.slope, "left": point.left, "right": point.right}
    columns |= {name: np.full(len(found.h), value) for name, value in tangents.items()}
    if setting.hidden:
        columns |= {name: np.full(len(found.h), nan) for name in columns if name not in ("x", "y")}
    mine = nan if setting.guess is None else setting.guess
    return columns | {"mine": np.full(len(found.h), mine), "zoom": magnifier.zooms(setting)}


def zoomed(setting: Setting, point: Point, verdict: Verdict) -> dict[str, Columns]:
    """What the magnifier shows: the curve, with the tangents from either side and the one that was guessed."""
    lines = [] if setting.hidden else [(point.left, -1, "Tangent"), (point.right, 1, "Tangent")]
    lines += [] if setting.guess is None else [(setting.guess, 0, "My tangent")]
    names = ("slope", "side", "kind")
    return magnifier.columns(
        setting, point, verdict, {name: [line[i] for line in lines] for i, name in enumerate(names)}
    )
