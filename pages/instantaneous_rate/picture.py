"""The lesson's live picture for the home page: a secant becomes a tangent."""

import numpy as np

from calc.differences import quotients
from calc.expression import parse_expression
from pages.instantaneous_rate import charts
from pages.instantaneous_rate.presets import PRESETS
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The secant of the car's way between 10 s and 15 s shrinks to the tangent at 12.5 s."""
    car = PRESETS["car"]
    way = parse_expression(car.text, ("t",))
    x, h = np.linspace(*car.window, 120), np.linspace(car.h * 1.6, 0.02, PICTURE_STEPS + 1)
    found = quotients(way, car.at, h)
    full = np.full(len(h), 1.0)
    run = {
        "xa": car.at - h, "ya": found.below, "xb": car.at + h, "yb": found.above,
        "x": car.at * full, "y": found.here, "left": 16.2 * full, "right": 16.2 * full, "mine": np.nan * full,
    }  # fmt: skip
    show(
        charts.secant("t in s", "distance x in m", picture=True),
        {
            "curve": {"x": x, "y": way(x)},
            "run": run,
            "view": {"x0": [0], "x1": [20], "y0": [-10], "y1": [240]},
        },
        key="picture-rate",
        size="card",
        alt="The way of a car against time: two points of a secant come together, and it becomes the tangent.",
    )
