"""The lesson's live picture for the home page: a valley between truncation and rounding."""

import numpy as np

from calc.expression import parse_expression
from pages.shared import valley
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """The errors of the methods for sin x at 0.5, and a step that shrinks along them."""
    data = valley.columns(valley.found(parse_expression("sin(x)"), 0.5), "x")
    run = {
        name: np.repeat(column, PICTURE_STEPS // valley.PLAYED + 1) for name, column in data["run"].items()
    }
    show(
        valley.chart("x", named=False), {name: data[name] for name in ("error", "theory", "view")} | {"run": run},
        key="picture-valley", size="card",
        alt="The error of a quotient against its step: a valley between truncation and rounding.",
    )  # fmt: skip
