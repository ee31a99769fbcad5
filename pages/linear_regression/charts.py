"""The charts of `linear-regression`, built once and fed by name."""

import altair as alt

from pages.shared.charts import (
    FEW,
    FRAME,
    NUMBERS,
    POWERS,
    Spec,
    built_once,
    coloured,
    held,
    here,
    legend,
    row,
    span,
    spec,
    titled,
)
from pages.shared.memory import kept

COLOURS = alt.Scale(domain=["House", "Line", "Residual", "Prediction", "A", "B", "C", "D"])
"""What has which colour of the theme's palette, the same in every chart of the page."""

NOW = row("now", "run", "frame", slope=0, intercept=0)


@kept
def houses(x_title: str, y_title: str) -> Spec:
    """The houses' chart, its axes named by the table's columns."""
    return titled(_houses(), {"x": x_title, "y": y_title})


@built_once
def _houses() -> Spec:
    """The houses, the line of the step shown, its residuals and its prediction.

    Datasets: `houses` (x, y, shown), `gaps` (x, y: where a residual is drawn), `run` (slope,
    intercept), `view` (one row: x0, x1, y0, y1 the axes' ends; at the prediction).
    """
    view = row("view", "view", x0=0, x1=1, y0=0, y1=1)
    across, up = span("view.x0", "view.x1"), span("view.y0", "view.y1")
    x = alt.X("x:Q", title="x", scale=across)
    y = alt.Y("y:Q", title="y", scale=up, axis=alt.Axis(labelExpr=NUMBERS))
    names = legend("House", "Line", "Residual", "Prediction")
    dots = (
        alt.Chart(alt.NamedData("houses"))
        .mark_circle(size=45, clip=True, opacity=alt.ExprRef("length(data('houses')) > 100 ? 0.3 : 0.9"))
        .encode(x=x, y=y)
    )
    gaps = (
        alt.Chart(alt.NamedData("gaps"))
        .transform_calculate(line="now.slope * datum.x + now.intercept")
        .mark_rule(size=1.5, opacity=0.7, clip=True)
        .encode(x=x, y=y, y2="line:Q")
    )
    ends = here().transform_calculate(
        x0="view.x0",
        left="now.slope * view.x0 + now.intercept",
        x1="view.x1",
        right="now.slope * view.x1 + now.intercept",
        at="view.at",
        there="now.slope * view.at + now.intercept",
    )
    line = ends.mark_rule(size=3.5, clip=True).encode(
        x=alt.X("x0:Q", scale=across), x2="x1:Q", y=alt.Y("left:Q", scale=up), y2="right:Q"
    )
    dot = ends.mark_point(size=130, shape="diamond", filled=True, opacity=1, clip=True).encode(
        x=alt.X("at:Q", scale=across), y=alt.Y("there:Q", scale=up)
    )
    chart = alt.layer(
        coloured(gaps, "Residual", COLOURS, names),
        coloured(dots, "House", COLOURS, names),
        coloured(line, "Line", COLOURS, names),
        coloured(dot, "Prediction", COLOURS, names),
        held("run"),
        held("view"),
    )
    return spec(chart.add_params(FRAME, NOW, view))


@built_once
def contour(x_title: str, y_title: str) -> Spec:
    """Rings of equal loss over slope and intercept, the path so far, the least-squares point.

    Datasets: `rings` (ring, i, u, v), `run` (u, v at every step), `path` (step, u, v as far as one can see
    them apart), `best` (u, v), `levels` (u, v, loss: written beside its ring), `kept` (run, step, u, v), `view` (one
    row: u0, u1, v0, v1; round: whether both axes have the scale of v).
    """
    view = row("view", "view", u0=0, u1=1, v0=0, v1=1, round=0)
    now = row("now", "run", "frame", u=0, v=0)
    # So that what is round looks round.
    wide = "(view.round ? (view.v1 - view.v0) * width / height : view.u1 - view.u0) / 2"
    ends = (f"(view.u0 + view.u1) / 2 {sign} {wide}" for sign in "-+")
    u = alt.X("u:Q", title=x_title, scale=span(*ends), axis=FEW)
    v = alt.Y("v:Q", title=y_title, scale=span("view.v0", "view.v1"), axis=FEW)
    rings = (
        alt.Chart(alt.NamedData("rings"))
        .mark_line(interpolate="linear-closed", clip=True, size=1.5, opacity=0.45)
        .encode(x=u, y=v, order="i:Q", detail="ring:N", stroke=alt.value(alt.ExprRef("ink")))
    )
    levels = (
        alt.Chart(alt.NamedData("levels"))
        .mark_text(dy=-8, clip=True, opacity=0.8)
        .encode(x=u, y=v, text="loss:N")
    )
    kept = (
        alt.Chart(alt.NamedData("kept"))
        .transform_filter("datum.step <= frame")
        .mark_line(clip=True, size=2, opacity=0.9)
        .encode(x=u, y=v, order="step:Q", color=alt.Color("run:N", scale=COLOURS, legend=None))
    )
    path = (
        alt.Chart(alt.NamedData("path"))
        .transform_filter("datum.step <= frame")
        .mark_line(clip=True, size=2, point=alt.OverlayMarkDef(size=16, opacity=1))
        .encode(x=u, y=v, order="step:Q")
    )
    ball = (
        here()
        .transform_calculate(u="now.u", v="now.v")
        .mark_circle(size=170, clip=True, opacity=1)
        .encode(x=u, y=v)
    )
    best = (
        alt.Chart(alt.NamedData("best"))
        .mark_point(shape="cross", size=170, filled=True, opacity=1, angle=45)
        .encode(x=u, y=v)
    )
    runs = alt.layer(
        kept,
        coloured(path, "Line", COLOURS),
        coloured(ball, "Line", COLOURS),
        coloured(best, "Prediction", COLOURS),
    )
    chart = alt.layer(rings, levels, runs, held("view"), held("run")).resolve_scale(color="independent")
    return spec(chart.add_params(FRAME, now, view))


@built_once
def loss() -> Spec:
    """The loss by step, on a log scale, beside the least-squares loss and the kept runs.

    Datasets: `run` (loss at every step), `path` (step, loss as far as one can see them apart), `best`
    (loss), `kept` (run, step, loss), `view` (one row: last, low, high: the ends of the axes).
    """
    view = row("view", "view", last=1, low=1, high=10)
    x = alt.X("step:Q", title="step", scale=span("0", "view.last"), axis=alt.Axis(tickMinStep=1))
    y = alt.Y(
        "loss:Q",
        title="loss",
        scale=span("view.low", "view.high", type="log"),
        axis=alt.Axis(labelExpr=POWERS),
    )
    now = row("now", "run", "frame", loss=1)
    path = alt.Chart(alt.NamedData("path"))
    ahead = path.mark_line(size=1.5, opacity=0.35).encode(x=x, y=y)
    so_far = path.transform_filter("datum.step <= frame").mark_line(size=3).encode(x=x, y=y)
    ball = (
        here()
        .transform_calculate(step="frame", loss="now.loss")
        .mark_circle(size=120, opacity=1)
        .encode(x=x, y=y)
    )
    floor = alt.Chart(alt.NamedData("best")).mark_rule(strokeDash=[6, 4], size=1.5).encode(y=y)
    kept = alt.Chart(alt.NamedData("kept"))
    letter = alt.Color("run:N", scale=COLOURS, legend=None)
    lines = kept.mark_line(size=2).encode(x=x, y=y, color=letter)
    names = (
        kept.transform_aggregate(last="argmax(step)", groupby=["run"])
        .transform_calculate(step="datum.last.step", loss="datum.last.loss")
        .mark_text(align="right", dy=-8, size=15, fontWeight="bold")
        .encode(x=x, y=y, text="run:N", color=letter)
    )
    chart = alt.layer(
        coloured(floor, "Prediction", COLOURS),
        lines,
        names,
        coloured(ahead, "Line", COLOURS),
        coloured(so_far, "Line", COLOURS),
        coloured(ball, "Line", COLOURS),
        held("run"),
        held("view"),
    )
    return spec(chart.add_params(FRAME, now, view))
