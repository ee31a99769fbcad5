"""The lesson's live picture for the home page: a graph is filled in."""

import numpy as np

from calc.expression import parse_expression
from pages.automatic import charts, columns
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The graph of x² + sin x at 3, a node every so many steps."""
    whole = columns.walk(parse_expression("x^2 + sin(x)"), 3.0, False)
    data = {name: dict(rows) for name, rows in columns.drawn(whole).items()}
    pace = PICTURE_STEPS // whole.steps
    for name, column in (
        ("nodes", "at"),
        ("nodes", "back"),
        ("edges", "at"),
        ("edges", "now"),
        ("labels", "step"),
    ):
        data[name][column] = np.asarray(data[name][column]) * pace
    data["run"] = {axis: np.repeat(column, pace) for axis, column in data["run"].items()}
    show(
        charts.graph(), data, key="picture-graph", size="card",
        alt="The graph of x² + sin x: x goes into a square and a sine, both into their sum, each with its derivative.",
    )  # fmt: skip
