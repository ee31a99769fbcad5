"""The lesson's live picture for the home page: a secant becomes a tangent."""

import numpy as np

from calc.differences import quotients
from calc.expression import parse_expression
from pages.instantaneous_rate import charts
from pages.instantaneous_rate.presets import PRESETS
from pages.shared.charts import show
from pages.shared.function_columns import moving
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The secant of the car's way between 8.5 s and 16.5 s shrinks to the tangent at 12.5 s."""
    car = PRESETS["car"]
    way, x = parse_expression(car.text, ("t",)), np.linspace(*car.window, 120)
    found = quotients(way, car.at, np.linspace(4, 0.02, PICTURE_STEPS + 1))
    data = {
        "curve": {"x": x, "y": way(x)},
        "run": moving(car.at, found, left=16.2, right=16.2, mine=np.nan),
        "view": {"x0": [0], "x1": [20], "y0": [-10], "y1": [240]},
    }
    show(
        charts.secant("t in s", "distance x in m", picture=True), data, key="picture-rate", size="card",
        alt="The way of a car against time: two points of a secant come together, and it becomes the tangent.",
    )  # fmt: skip
