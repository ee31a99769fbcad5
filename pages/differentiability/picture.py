"""The lesson's live picture for the home page: two secants at a corner, which stay apart."""

import numpy as np

from calc.differences import quotients
from calc.expression import parse_expression
from pages.differentiability import charts
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The secants on either side of the corner of |x² − 1| at 1."""
    f = parse_expression("|x^2 - 1|")
    x, h = np.linspace(-1.8, 1.8, 181), np.geomspace(0.7, 0.01, PICTURE_STEPS + 1)
    found = quotients(f, 1.0, h)
    full = np.ones(len(h))
    run = {
        "x": full, "y": 0 * full, "xa": 1 - h, "ya": found.below, "xb": 1 + h, "yb": found.above,
        "xl": full - 1, "yl": -found.backward, "xr": full + 1, "yr": found.forward,
    }  # fmt: skip
    show(
        charts.secants("x", ("corner",), picture=True),
        {
            "curve": {"x": x, "y": f(x)},
            "points": {
                "x": [-1.0, 1.0],
                "y": [0.0, 0.0],
                "kind": ["corner"] * 2,
                "what": ["No derivative"] * 2,
            },
            "run": run,
            "view": {"x0": [-1.8], "x1": [1.8], "y0": [-0.2], "y1": [2.2]},
        },
        key="picture-corner",
        size="card",
        alt="A curve with two corners: at one of them the secants from the left and the right go to different lines.",
    )
