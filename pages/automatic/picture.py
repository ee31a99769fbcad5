"""The lesson's live picture for the home page: a graph is filled in."""

from calc.expression import parse_expression
from pages.automatic import columns
from pages.shared.charts import show
from pages.shared.graph import charts
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The graph of x² + sin x at 3, a node every so many steps."""
    expression = parse_expression("x^2 + sin(x)")
    walk = columns.walk(expression, 3.0, False)
    data = columns.walked(expression, walk, PICTURE_STEPS // walk.steps)
    show(
        charts.graph(card=True), data, key="picture-graph", size="card",
        alt="The graph of x² + sin x: x goes into a square and a sine, both into their sum, each with its derivative.",
    )  # fmt: skip
