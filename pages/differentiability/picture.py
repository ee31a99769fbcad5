"""The lesson's live picture for the home page: two secants at a corner, which stay apart."""

import numpy as np

from calc.differences import quotients
from calc.expression import parse_expression
from pages.differentiability import charts
from pages.shared.charts import show
from pages.shared.function_columns import moving
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The secants on either side of the corner of |x² − 1| at 1."""
    f = parse_expression("|x^2 - 1|")
    x, found = np.linspace(-1.8, 1.8, 181), quotients(f, 1.0, np.geomspace(0.7, 0.01, PICTURE_STEPS + 1))
    data = {
        "curve": {"x": x, "y": f(x)},
        "points": {"x": [-1, 1], "y": [0, 0], "kind": ["corner"] * 2, "what": ["No derivative"] * 2},
        "run": moving(1.0, found) | {"left": found.backward, "right": found.forward},
        "view": {"x0": [-1.8], "x1": [1.8], "y0": [-0.2], "y1": [2.2]},
    }
    show(
        charts.secants("x", ("corner",), picture=True), data, key="picture-corner", size="card",
        alt="A curve with two corners: at one of them the secants from the left and the right go to different lines.",
    )  # fmt: skip
