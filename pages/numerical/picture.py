"""The lesson's live picture for the home page: a valley between truncation and rounding."""

import numpy as np

from calc.expression import parse_expression
from pages.numerical import charts, columns
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The errors of the methods for sin x at 0.5, and a step that shrinks along them."""
    found = columns.found(parse_expression("sin(x)"), 0.5, "float64")
    data = columns.valley(found, "x")
    # The curves have a few more steps than every picture has.
    at = np.linspace(0, len(found.h) - 1, PICTURE_STEPS + 1).round().astype(int)
    low = data["view"]["y0"][0]
    run = {
        "h": found.h[at],
        **{name: np.clip(error[at], low, None) for name, error in found.errors.items()},
    }
    show(
        charts.valley("x", picture=True),
        {name: data[name] for name in ("error", "theory", "view")} | {"run": run},
        key="picture-valley",
        alt="The error of a quotient against its step, on log axes: a valley between truncation and rounding.",
    )  # fmt: skip
