"""What `instantaneous-rate` draws, as columns: what the player moves."""

from math import nan

import numpy as np

from calc.differences import Quotients
from calc.differentiability import Point
from pages.instantaneous_rate.controls import Setting
from pages.shared.function_columns import moving
from pages.shared.magnifier import zooms


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
    return columns | {"mine": np.full(len(found.h), mine), "zoom": zooms(setting)}
