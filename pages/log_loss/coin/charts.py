"""The chart of the coin's three curves, built once for each and fed by name."""

import altair as alt

from pages.log_loss.colours import COLOURS
from pages.shared.charts import FRAME, NOW, NUMBERS, Spec, built_once, coloured, held, here, row, span, spec


@built_once
def curve(title: str, column: str, kind: str, height: int) -> Spec:
    """One of the coin's three curves with its tangent at the p shown.

    Datasets: `curve` (p and `column`), `best` (p), `run` (p, `column`, its slope as `column`_slope), `view`
    (one row: low, high).
    """
    view = row("view", "view", low=0, high=1)
    across, up = span("0", "1"), span("view.low", "view.high")
    x = alt.X("p:Q", title="p" if kind == "log" else None, scale=across, axis=alt.Axis(tickCount=10))
    axis = alt.Axis(labelExpr=NUMBERS, tickCount=3, minExtent=48, maxExtent=48)
    y = alt.Y(f"{column}:Q", title=title, scale=up, axis=axis)
    curve = alt.Chart(alt.NamedData("curve")).mark_line(size=3, clip=True).encode(x=x, y=y)
    best = alt.Chart(alt.NamedData("best")).mark_rule(size=2, strokeDash=[6, 4]).encode(x=x)
    ball = (
        here()
        .transform_calculate(p="now.p", **{column: f"now.{column}"})
        .mark_circle(size=170, opacity=1, clip=True)
        .encode(x=x, y=y)
    )
    tangent = (
        here()
        .transform_calculate(
            p="now.p - 0.12",
            p2="now.p + 0.12",
            a=f"now.{column} - 0.12 * now.{column}_slope",
            b=f"now.{column} + 0.12 * now.{column}_slope",
        )
        .mark_rule(size=2, clip=True, strokeDash=[6, 3])
        .encode(x=x, x2="p2:Q", y=alt.Y("a:Q", scale=up), y2="b:Q")
    )
    chart = alt.layer(
        coloured(best, "best", COLOURS),
        coloured(curve, kind, COLOURS),
        coloured(tangent, "ball", COLOURS),
        coloured(ball, "ball", COLOURS),
        held("run"),
        held("view"),
    )
    return spec(chart.add_params(FRAME, NOW, view).properties(height=height))
