"""The lesson's live picture for the home page: a rectangle grows, and its corner vanishes."""

import numpy as np

from pages.derivative_rules import charts, columns
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The product rule as a growing rectangle: two strips and a corner, which shrinks fastest."""
    run = columns.nudged(0.8)
    steps = np.linspace(0, columns.NUDGES, PICTURE_STEPS + 1).astype(int)
    data = {
        "run": {name: run[name][steps] for name in ("f", "g", "f2", "g2")},
        "view": {"x0": [0.0], "x1": [2.1], "y0": [0.0], "y1": [1.05]},
    }
    show(
        charts.rectangle(picture=True), data, key="picture-rules", size="card",
        alt="A rectangle that grows by two strips and a corner: the nudge shrinks, and the corner shrinks fastest.",
    )  # fmt: skip
