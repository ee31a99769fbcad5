"""The charts of `local-and-global-minima`, built once and fed by name."""

import altair as alt

from pages.shared.charts import FRAME, NOW, NUMBERS, Spec, built_once, held, here, row, span, spec

BALLS = 20
TOP = 215
BASINS = 5
COLOURS = alt.Scale(domain=["f", "ball", "none", "0", "1", "2", "3", "4"])
"""The curve, the ball, starts that reach no minimum; then the minima and their basins, in turn."""

# A name that sticks out of the chart would make its axis shorter than that of f' below.
SIDE = "(scale('x', datum.x) < 60 ? {} : scale('x', datum.x) > width - 60 ? {} : {})"
INWARD, ASIDE = SIDE.format("'left'", "'right'", "'center'"), SIDE.format(4, -4, 0)
ABOVE = "datum.kind === 'maximum' && scale('y', datum.f) > 20 ? -15 : 18"

KINDS = ["minimum", "maximum", "other"]
SHAPES = alt.Scale(domain=KINDS, range=["circle", "triangle-up", "diamond"])


def x_axis(title: str | None) -> alt.X:
    return alt.X("x:Q", title=title, scale=span("view.x0", "view.x1"), axis=alt.Axis(labelExpr=NUMBERS))


def kind(name: str) -> alt.Color:
    return alt.Color(f"{name}:N", scale=COLOURS, legend=None)


VIEW = row("view", "view", x0=0, x1=1, f0=0, f1=1, s0=0, s1=1, reach=1)


def y_axis(field: str, title: str, low: str, high: str, ticks: int) -> alt.Y:
    """An axis of fixed width, so that charts above each other line up."""
    axis = alt.Axis(labelExpr=NUMBERS, tickCount=ticks, minExtent=42, maxExtent=42)
    return alt.Y(f"{field}:Q", title=title, scale=span(low, high), axis=axis)


@built_once
def function() -> Spec:
    """f with its candidates and the balls; at the foot the strip of starts in the colour of where they end.

    Datasets: `curve` (x, f), `points` (x, f, kind, basin, name, shown, side), `run` (one row a step: b0, f0,
    b1, f1, ... the balls; slope under the first), `balls` (i), `strip` (x, x2, basin), `view` (one row: x0,
    x1, f0, f1, reach).
    """
    x, y = (
        x_axis(None).axis(alt.Axis(labels=False, ticks=False)),
        y_axis("f", "f(x)", "view.f0", "view.f1", 5),
    )
    drop = alt.selection_point(name="drop", fields=["x"], nearest=True, on="click", empty=False)
    strip = (
        alt.Chart(alt.NamedData("strip"))
        .mark_rect(clip=True, y=alt.ExprRef("height - 12"), y2=alt.ExprRef("height"))
        .encode(x=x, x2="x2:Q", color=kind("basin"))
    )
    chart = alt.layer(*_curve(x, y, drop), strip, *_balls(x, y), held("run"), held("view"))
    return spec(chart.add_params(FRAME, NOW, VIEW).properties(height=TOP))


def _curve(x: alt.X, y: alt.Y, drop: alt.Parameter) -> tuple[alt.Chart, ...]:
    curve = alt.Chart(alt.NamedData("curve"))
    line = (
        curve.transform_calculate(kind="'f'")
        .mark_line(size=3, clip=True)
        .encode(x=x, y=y, color=kind("kind"))
    )
    targets = curve.mark_point(opacity=0, size=60, clip=True).encode(x=x, y=y).add_params(drop)
    points = alt.Chart(alt.NamedData("points"))
    marks = points.mark_point(size=130, filled=True, opacity=1, clip=True).encode(
        x=x, y=y, color=kind("basin"), shape=alt.Shape("kind:N", scale=SHAPES, legend=None),
        tooltip=[alt.Tooltip("name:N"), alt.Tooltip("x:Q", format=".6g"), alt.Tooltip("f:Q", format=".6g")],
    )  # fmt: skip
    names = (
        points.transform_filter("datum.shown")
        .mark_text(
            dx=alt.ExprRef(ASIDE),
            dy=alt.ExprRef(ABOVE),
            align=alt.ExprRef(INWARD),
            size=14,
            fontWeight="bold",
            clip=True,
        )
        .encode(x=x, y=y, text="name:N", color=kind("basin"))
    )
    return line, marks, names, targets


def _balls(x: alt.X, y: alt.Y) -> tuple[alt.Chart, ...]:
    balls = (
        alt.Chart(alt.NamedData("balls"))
        .transform_calculate(x="now['b' + datum.i]", f="now['f' + datum.i]", kind="'ball'")
        .mark_circle(opacity=1, size=alt.ExprRef("length(data('balls')) > 1 ? 90 : 220"), clip=True)
        .encode(x=x, y=y, color=kind("kind"))
    )
    ends = here().transform_calculate(
        a="now.b0 - view.reach",
        b="now.b0 + view.reach",
        fa="now.f0 - view.reach * now.slope",
        fb="now.f0 + view.reach * now.slope",
        kind="'ball'",
    )
    tangent = ends.mark_rule(size=2, clip=True, strokeDash=[6, 3]).encode(
        x=alt.X("a:Q", scale=span("view.x0", "view.x1")),
        x2="b:Q",
        y=alt.Y("fa:Q", scale=span("view.f0", "view.f1")),
        y2="fb:Q",
        color=kind("kind"),
    )
    return tangent, balls


@built_once
def slope() -> Spec:
    """f' on the same x-axis, with its zeros and the first ball's slope.

    Datasets: `curve` (x, slope), `zeros` (x, slope, basin), `run` and `view` as above, with s0 and s1.
    """
    x, y = x_axis("x"), y_axis("slope", "f′(x)", "view.s0", "view.s1", 3)
    curve = (
        alt.Chart(alt.NamedData("curve"))
        .transform_calculate(kind="'f'")
        .mark_line(size=2, clip=True)
        .encode(x=x, y=y, color=kind("kind"))
    )
    zeros = alt.Chart(alt.NamedData("zeros"))
    axis = (
        here()
        .transform_calculate(slope="0", kind="'none'")
        .mark_rule(size=1.5)
        .encode(y=y, color=kind("kind"))
    )
    dots = zeros.mark_point(size=90, filled=True, opacity=1, clip=True).encode(x=x, y=y, color=kind("basin"))
    lines = zeros.mark_rule(strokeDash=[2, 3], opacity=0.7).encode(x=x, color=kind("basin"))
    ball = (
        here()
        .transform_calculate(x="now.b0", slope="now.slope", kind="'ball'")
        .mark_circle(size=130, opacity=1, clip=True)
        .encode(x=x, y=y, color=kind("kind"))
    )
    chart = alt.layer(axis, lines, curve, dots, ball, held("run"), held("view"))
    return spec(chart.add_params(FRAME, NOW, VIEW).properties(height=150))


@built_once
def start_by_rate() -> Spec:
    """Which minimum each start reaches at each rate.

    Datasets: `ground` (url), `view` (one row: x0, x1, r0, r1), `here` (x, rate: the first ball).
    """
    ends = row("view", "view", x0=0, x1=1, r0=1e-3, r1=1)
    x = alt.X("x:Q", title="start", scale=span("view.x0", "view.x1"), axis=alt.Axis(labelExpr=NUMBERS))
    rates = span("view.r0", "view.r1", type="log")
    y = alt.Y("rate:Q", title="learning rate η", scale=rates, axis=alt.Axis(format="~g"))
    ball = (
        alt.Chart(alt.NamedData("ball"))
        .transform_calculate(kind="'ball'")
        .mark_circle(size=190, opacity=1, clip=True)
        .encode(x=x, y=y, color=kind("kind"))
    )
    return spec(alt.layer(ground(), ball, held("view")).add_params(ends).properties(height=260))


def ground() -> alt.Chart:
    """A picture that fills the chart. Dataset: `ground` (url)."""
    picture: alt.Chart = alt.Chart(alt.NamedData("ground")).mark_image(
        aspect=False, x=0, y=0, align="left", baseline="top",
        width=alt.ExprRef("width"), height=alt.ExprRef("height"),
    ).encode(url="url:N")  # fmt: skip
    return picture
