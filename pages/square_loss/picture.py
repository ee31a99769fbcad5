"""The lesson's live picture for the home page: a ball in the sum of three parabolas."""

from functools import lru_cache

import altair as alt
import numpy as np

from calc.losses import square_loss
from pages.shared.charts import FRAME, NOW, Columns, Spec, built_once, held, here, show, spec
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """A ball rolls down the sum of three parabolas to the mean of their points."""
    each, total, run = _bowl()
    show(
        _parabolas(), {"each": each, "sum": total, "run": run}, key="picture-square-loss",
        alt="Three parabolas and their sum: a ball rolls down the sum to the mean of the three points.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _bowl() -> tuple[Columns, Columns, Columns]:
    loss = square_loss([1, 3, 8])
    x = np.linspace(-2, 10, 61)
    rolled = loss.descend(-1.5, rate=0.02, steps=PICTURE_STEPS)
    each = {"point": np.repeat([0, 1, 2], 61), "x": np.tile(x, 3), "y": loss.parabolas(x).ravel()}
    return each, {"x": x, "y": loss(x)}, {"x": rolled.w[:, 0], "loss": rolled.loss}


@built_once
def _parabolas() -> Spec:
    across, up = alt.Scale(domain=[-2, 10], nice=False), alt.Scale(domain=[0, 160])
    x = alt.X("x:Q", title="x", scale=across)
    y = alt.Y("y:Q", title="sum of squares", scale=up)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["sum", "ball", "each"]), legend=None)
    each = (
        alt.Chart(alt.NamedData("each"))
        .transform_calculate(kind="'each'")
        .mark_line(size=2, opacity=0.5, clip=True)
        .encode(x=x, y=y, detail="point:N", color=colour)
    )
    total = (
        alt.Chart(alt.NamedData("sum"))
        .transform_calculate(kind="'sum'")
        .mark_line(size=4, clip=True)
        .encode(x=x, y=y, color=colour)
    )
    ball = (
        here()
        .transform_calculate(x="now.x", y="now.loss", kind="'ball'")
        .mark_circle(size=220, opacity=1)
        .encode(x=x, y=y, color=colour)
    )
    return spec(alt.layer(each, total, ball, held("run")).add_params(FRAME, NOW).properties(height=300))
