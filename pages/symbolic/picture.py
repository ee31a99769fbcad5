"""The lesson's live picture for the home page: what becomes of a hill that is put into itself."""

from calc.expression import parse_expression
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS
from pages.symbolic import charts, columns


def draw() -> None:
    """4x(1 − x) in itself, up to six times, with its slope."""
    curves, _ = columns.composed(parse_expression("4x(1 - x)"), 0.0, 1.0)
    show(
        charts.functions(PICTURE_STEPS // (columns.MOST - 1), picture=True), curves,
        key="picture-symbolic", size="card",
        alt="A hill that is put into itself again and again, with its slope: ever more hills, ever steeper.",
    )  # fmt: skip
