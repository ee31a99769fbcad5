"""The charts of one variable, built once and fed by name."""

import altair as alt

from pages.local_and_global_minima.marks import axis, balls, kind, of_ball, one
from pages.shared import curves
from pages.shared.charts import FRAME, NOW, Spec, built_once, held, here, row, span, spec
from pages.shared.maps import ground
from pages.shared.moving import moving, whole_plot

# A name that sticks out of the chart would make its axis shorter than that of f' below.
SIDE = "(scale('x', datum.x) < 60 * size ? {} : scale('x', datum.x) > width - 60 * size ? {} : {})"
INWARD, ASIDE = SIDE.format("'left'", "'right'", "'center'"), SIDE.format(4, -4, 0)
ABOVE = "datum.kind === 'maximum' && scale('y', datum.f) > 20 * size ? -15 * size : 18 * size"

SHAPES = alt.Scale(domain=["minimum", "maximum", "other"], range=["circle", "triangle-up", "diamond"])
VIEW = row("view", "view", x0=0, x1=1, f0=0, f1=1, s0=0, s1=1)


def x_axis(title: str | None, **options: bool) -> alt.X:
    return alt.X("x:Q", title=title, scale=span("view.x0", "view.x1"), axis=axis(tickCount=10, **options))


def y_axis(field: str, title: str, low: str, high: str, ticks: int) -> alt.Y:
    """An axis of fixed width, so that charts above each other line up."""
    width = alt.ExprRef("46 * size")
    return alt.Y(
        f"{field}:Q", title=title, scale=span(low, high),
        axis=axis(tickCount=ticks, minExtent=width, maxExtent=width),
    )  # fmt: skip


@built_once
def function() -> Spec:
    """f with its candidates and the balls; at the foot the strip of starts in the colour of where they end.

    Datasets: `curve` (x, f), `points` (x, f, kind, basin, name, shown, said), `run` (one row a step: b0, f0,
    b1, f1, ... the balls; slope under the first), `balls` (i), `strip` (x, x2, basin, faint), `view` (one row: x0,
    x1, f0, f1).
    """
    x = x_axis(None, labels=False, ticks=False)
    of_f, along = (curves.Axes(x, y_axis(field, "f(x)", "view.f0", "view.f1", 5)) for field in "fy")
    strip = (
        alt.Chart(alt.NamedData("strip"))
        .mark_rect(clip=True, y=alt.ExprRef("height - 12 * size"), y2=alt.ExprRef("height"))
        .encode(x=x, x2="x2:Q", color=kind("basin"), fillOpacity=alt.FillOpacity("faint:Q", scale=None))
    )
    ends = {"x": ("view.x0", "view.x1"), "f": ("view.f0", "view.f1")}
    rolling = one(balls("!datum.i", x=of_ball("b"), f=of_ball("f"), ends=ends), "ball").encode(x=x, y=of_f.y)
    start = "data('run')[0]"
    put = here().transform_calculate(x=f"{start}.b0", f=f"{start}.f0").transform_filter("!at")
    nearest = (
        alt.Chart(alt.NamedData("curve"))
        .transform_filter("at && isValid(datum.f)")
        .transform_calculate(away="abs(datum.x - at[0])")
        .transform_aggregate(it="argmin(away)")
        .transform_calculate(x="datum.it.x", f="datum.it.f")
    )
    rings = [
        one(of_f.put(each.mark_point(size=260, strokeWidth=2.5, opacity=1, clip=True)), "ball")
        for each in (put, nearest)
    ]
    tangent = one(curves.tangent(along, "now.b0", "now.f0", "now.slope"), "ball")
    chart = alt.layer(whole_plot(), *_curve(of_f), strip, *rings, tangent, rolling, held("run"), held("view"))
    made = spec(chart.add_params(FRAME, NOW, VIEW).properties(height=300))
    told = {"told": "{'start at x': format(pointer[0], '.3~g')}"}
    return moving(made, f"{start}.b0", "view.f0", tap=True, tells=told)


def _curve(on: curves.Axes) -> tuple[alt.Chart, ...]:
    """The curve, which says where it is, and its candidates with their names."""
    points = alt.Chart(alt.NamedData("points"))
    x, y = on
    line = one(curves.curve(on), "f")
    told = [alt.Tooltip(each.shorthand, format=".4~g") for each in on]
    targets = (
        curves.curve(on)
        .mark_circle(size=260, opacity=0, clip=True, cursor="grab", tooltip=True)
        .encode(tooltip=told)
    )
    said = alt.Tooltip("said:N", title="candidate")
    marks = (
        points.transform_filter("datum.kind !== 'hole'")
        .mark_point(size=130, filled=True, opacity=1, clip=True)
        .encode(
            x=x, y=y, color=kind("basin"), shape=alt.Shape("kind:N", scale=SHAPES, legend=None), tooltip=said
        )
    )
    holes = one(points.transform_filter("datum.kind === 'hole'"), "f").mark_point(
        size=80, opacity=1, clip=True
    )
    holes = holes.encode(x=x, y=y, tooltip=said)
    inward, aside, above = (alt.ExprRef(at) for at in (INWARD, ASIDE, ABOVE))
    names = (
        points.transform_filter("datum.shown")
        .mark_text(dx=aside, dy=above, align=inward, fontWeight="bold", clip=True)
        .encode(x=x, y=y, text="name:N")
    )
    return line, targets, marks, holes, names


@built_once
def slope() -> Spec:
    """f' on the same x-axis, with its zeros and the first ball's slope.

    Datasets: `curve` (x, slope), `zeros` (x, slope, basin), `run` and `view` as above, with s0 and s1.
    """
    x = x_axis("x")
    on, along = (curves.Axes(x, y_axis(field, "f′(x)", "view.s0", "view.s1", 3)) for field in ("slope", "y"))
    y = on.y
    zeros = alt.Chart(alt.NamedData("zeros"))
    zero = one(here().transform_calculate(slope="0").mark_rule(size=1.5), "none").encode(y=y)
    dots = zeros.mark_point(size=90, filled=True, opacity=1, clip=True).encode(x=x, y=y, color=kind("basin"))
    lines = zeros.mark_rule(strokeDash=[2, 3], opacity=0.7).encode(x=x, color=kind("basin"))
    ball = one(curves.ball(along, "now.b0", "now.slope"), "ball")
    chart = alt.layer(zero, lines, one(curves.curve(on, size=2), "f"), dots, ball, held("run"), held("view"))
    return spec(chart.add_params(FRAME, NOW, VIEW).properties(height=300))


@built_once
def start_by_rate() -> Spec:
    """Which minimum each start reaches at each rate.

    Datasets: `ground` (url), `view` (one row: x0, x1, r0, r1), `ball` (x, rate: the first one).
    """
    ends = row("view", "view", x0=0, x1=1, r0=1e-3, r1=1)
    rates = span("view.r0", "view.r1", type="log")
    y = alt.Y("rate:Q", title="learning rate η", scale=rates, axis=alt.Axis(format="~g"))
    dot = alt.Chart(alt.NamedData("ball")).mark_circle(size=190, opacity=1, clip=True)
    ball = one(dot, "ball").encode(x=x_axis("start"), y=y)
    return spec(alt.layer(ground(), ball, held("view")).add_params(ends).properties(height=300))
