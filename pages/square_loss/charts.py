"""The charts of `square-loss`, built once and fed by name."""

import altair as alt

from pages.shared.charts import FRAME, NOW, NUMBERS, Spec, built_once, held, here, row, span, spec

COLOURS = alt.Scale(domain=["Sum", "Ball", "Each point", "Mean", "Outlier", "Median"])
"""What has which colour of the theme's palette, the same in every chart of the page."""

HEIGHT = 275
FEW = alt.Axis(labelExpr=NUMBERS, tickCount=5)


def colour(legend: alt.Legend | None = None) -> alt.Color:
    return alt.Color("kind:N", scale=COLOURS, legend=legend)


def coloured(chart: alt.Chart, name: str, legend: alt.Legend | None = None) -> alt.Chart:
    return chart.transform_calculate(kind=f"'{name}'").encode(color=colour(legend=legend))


@built_once
def loss(title: str, column: str, best: str, extra: bool) -> Spec:
    """Each point's loss faint, their sum, the ball on it and where it is least; `extra`: there is an outlier.

    Datasets: `each` (point, x, y, kind), `sum` (x, y), `points` (x, kind), `best` (from, to, name), `run`
    (x, slope, left, right and the loss's `column`), `view` (one row: x0, x1, y0, y1).
    """
    view = row("view", "view", x0=0, x1=1, y0=0, y1=1)
    across, up = span("view.x0", "view.x1"), span("view.y0", "view.y1")
    x = alt.X("x:Q", title="x", scale=across, axis=FEW)
    y = alt.Y("y:Q", title=title, scale=up, axis=FEW)
    legend = alt.Legend(
        title=None,
        orient="top",
        offset=2,
        symbolOpacity=1,
        values=["Sum", "Each point", *(["Outlier"] if extra else []), best],
    )
    drop = alt.selection_point(name="drop", fields=["x"], nearest=True, on="click", empty=False)
    each = (
        alt.Chart(alt.NamedData("each"))
        .mark_line(size=1.5, opacity=0.45, clip=True)
        .encode(x=x, y=y, detail="point:N", color=colour(legend=legend))
    )
    total = coloured(
        alt.Chart(alt.NamedData("sum")).mark_line(size=4, clip=True).encode(x=x, y=y), "Sum", legend
    )
    points = (
        alt.Chart(alt.NamedData("points"))
        .transform_calculate(y="0")
        .mark_circle(size=110, opacity=1, clip=True)
        .encode(x=x, y=y, color=colour(legend=legend))
    )
    middle = alt.Chart(alt.NamedData("best"))
    band = coloured(
        middle.mark_rect(opacity=0.25).encode(x=alt.X("from:Q", scale=across), x2="to:Q"), best, legend
    )
    rule = coloured(
        middle.mark_rule(size=2, strokeDash=[6, 4]).encode(x=alt.X("from:Q", scale=across)), best, legend
    )
    name = coloured(
        middle.mark_text(
            dx=alt.ExprRef("scale('x', datum.from) > width / 2 ? -6 : 6"),
            align=alt.ExprRef("scale('x', datum.from) > width / 2 ? 'right' : 'left'"),
            y=10, size=14, fontWeight="bold",
        ).encode(x=alt.X("from:Q", scale=across), text="name:N"),
        best,
        legend,
    )  # fmt: skip
    marks = [band, rule, each, total, points, name, *_ball(column, across, up, legend)]
    if column == "square":
        targets = alt.Chart(alt.NamedData("sum")).mark_point(opacity=0, size=60, clip=True)
        marks.append(targets.encode(x=x, y=y).add_params(drop))
    chart = alt.layer(*marks, held("run"), held("view"))
    return spec(chart.add_params(FRAME, NOW, view).properties(height=HEIGHT))


def _ball(column: str, across: alt.Scale, up: alt.Scale, legend: alt.Legend) -> tuple[alt.Chart, ...]:
    """The ball at the step shown, with its tangent; at a corner there are two slopes, and both are drawn."""
    x, y = alt.X("x:Q", scale=across), alt.Y("y:Q", scale=up)
    ball = (
        here()
        .transform_calculate(x="now.x", y=f"now.{column}")
        .mark_circle(size=220, opacity=1, clip=True)
        .encode(x=x, y=y)
    )
    lines = []
    for slope in ("slope",) if column == "square" else ("left", "right"):
        reach = "(view.x1 - view.x0) / 9"
        line = (
            here()
            .transform_calculate(
                x=f"now.x - {reach}",
                x2=f"now.x + {reach}",
                y=f"now.{column} - {reach} * now.{slope}",
                y2=f"now.{column} + {reach} * now.{slope}",
            )
            .mark_rule(size=2, strokeDash=[6, 3], clip=True)
            .encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
        )
        lines.append(coloured(line, "Ball", legend))
    return (*lines, coloured(ball, "Ball", legend))


@built_once
def pulls() -> Spec:
    """What each point adds to the slope at the ball, as bars, and the slope as their sum below.

    Datasets: `bars` (row, a, kind), `total` (row), `size` (one row: rows, far), `run` (x, slope).
    """
    size = row("size", "size", rows=2, far=1)
    across, down = span("-size.far", "size.far"), span("size.rows - 0.5", "-0.5")
    x = alt.X("pull:Q", title="2(x − aᵢ): what each point adds to the slope", scale=across, axis=FEW)
    y = alt.Y("row:Q", title=None, scale=down, axis=None)
    thick = alt.ExprRef("max(2, 0.7 * height / size.rows)")
    each = alt.Chart(alt.NamedData("bars")).transform_calculate(pull="2 * (now.x - datum.a)", zero="0")
    bars = each.mark_rule(strokeWidth=thick, clip=True).encode(x=x, x2="zero:Q", y=y, color=colour())
    names = (
        each.transform_calculate(text="'a = ' + format(datum.a, '.4~g')", pull="0")
        .mark_text(
            dx=alt.ExprRef("now.x < datum.a ? 6 : -6"),
            align=alt.ExprRef("now.x < datum.a ? 'left' : 'right'"),
            size=12,
            opacity=alt.ExprRef("size.rows > 13 ? 0 : 1"),
        )
        .encode(x=x, y=y, text="text:N", color=colour())
    )
    total = alt.Chart(alt.NamedData("total")).transform_calculate(pull="now.slope", zero="0")
    slope = total.mark_rule(strokeWidth=thick, clip=True).encode(x=x, x2="zero:Q", y=y)
    label = (
        total.transform_calculate(text="'sum = slope'", pull="0")
        .mark_text(
            dx=alt.ExprRef("now.slope < 0 ? 6 : -6"),
            align=alt.ExprRef("now.slope < 0 ? 'left' : 'right'"),
            size=13,
            fontWeight="bold",
        )
        .encode(x=x, y=y, text="text:N")
    )
    zero = here().transform_calculate(pull="0").mark_rule(size=1.5).encode(x=x)
    chart = alt.layer(
        coloured(zero, "Each point"),
        bars,
        names,
        coloured(slope, "Sum"),
        coloured(label, "Sum"),
        held("run"),
        held("size"),
    )
    return spec(chart.add_params(FRAME, NOW, size).properties(height=HEIGHT - 90))


@built_once
def moved() -> Spec:
    """Mean and median against the place of one more point. Datasets: `moved` (x, y, kind), `now` (x, y, kind)."""
    x = alt.X("x:Q", title="where the outlier lies", axis=FEW, scale=alt.Scale(nice=False))
    y = alt.Y("y:Q", title="mean, median", axis=FEW, scale=alt.Scale(zero=False))
    legend = alt.Legend(title=None, orient="top", offset=2, values=["Mean", "Median"])
    lines = alt.Chart(alt.NamedData("moved")).mark_line(size=3).encode(x=x, y=y, color=colour(legend=legend))
    dots = (
        alt.Chart(alt.NamedData("now"))
        .mark_circle(size=160, opacity=1)
        .encode(x=x, y=y, color=colour(legend=legend))
    )
    return spec(alt.layer(lines, dots).properties(height=HEIGHT - 40))
