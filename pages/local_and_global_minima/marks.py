"""The marks that the charts of one and of two variables share."""

from typing import Any

import altair as alt

from pages.shared.charts import NUMBERS, coloured

COLOURS = alt.Scale(domain=["f", "ball", "none", "0", "1", "2", "3", "4"])
"""The curve, the ball, starts that reach no minimum; then the minima and their basins, in turn."""


def one(chart: alt.Chart, name: str) -> alt.Chart:
    """Marks in the one colour that `COLOURS` has for this name."""
    return coloured(chart, name, COLOURS)


def kind(field: str) -> alt.Color:
    """The colour that a dataset's column names."""
    return alt.Color(f"{field}:N", scale=COLOURS, legend=None)


def axis(**options: Any) -> alt.Axis:
    """An axis of numbers."""
    return alt.Axis(labelExpr=NUMBERS, **options)


def balls(size: str, clip: bool = True, **places: str) -> alt.Chart:
    """Every ball of the dataset `balls` (i).

    Args:
        size: an expression.
        places: by the names of the fields that are encoded, each an expression: see `of_ball`.
    """
    dots = alt.Chart(alt.NamedData("balls")).transform_calculate(**places)
    return one(dots.mark_circle(size=alt.ExprRef(size), opacity=1, clip=clip), "ball")


def of_ball(column: str) -> str:
    """An expression: the ball's column of the dataset `run`, whose name ends with its number, at the step shown."""
    return f"now['{column}' + datum.i]"
