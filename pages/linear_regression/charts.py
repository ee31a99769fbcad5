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
    written,
)
from pages.shared.memory import kept
from pages.shared.moving import MOVED, moving, target, whole_plot

COLOURS = alt.Scale(domain=["House", "Line", "Residual", "Best line", "A", "B", "C", "D"])
"""What has which colour of the theme's palette, the same in every chart of the page."""

RUN = row("step", "run", "frame", slope=0, intercept=0)
NOW = alt.param(
    name="now",
    expr="moved ? {slope: toNumber(split(moved, ' ')[0]), intercept: toNumber(split(moved, ' ')[1])} : step",
)
"""The line of the step shown, or while the start is moved that of the start."""


@kept
def houses(x_title: str, y_title: str, spread: bool = False) -> Spec:
    """The houses' chart, its axes named by the table's columns; of many it says what was spread to be seen."""
    said = f"{x_title} (dots spread sideways; a grey line ends at a mean)" if spread else x_title
    return titled(_houses(), {"x": said, "name": x_title, "y": y_title})


@built_once
def _houses() -> Spec:
    """The houses, the line of the step shown, its residuals, what it predicts, and the least-squares line.

    While a house is moved the least-squares line follows.

    Datasets: `houses` (row, x, y, aside: of x, what it was spread by), `gaps` (row, x, y: where a residual is drawn),
    `run` (slope, intercept), `view` (one row: x0, x1, y0, y1 the axes' ends; at, the prediction's x; n, mean_x, mean_y,
    sxx, sxy; moves: whether houses can be moved).
    """
    view = row("view", "view", x0=0, x1=1, y0=0, y1=1, moves=0)
    across, up = span("view.x0", "view.x1"), span("view.y0", "view.y1")
    # As many on a large screen as on a small one: a house has no half of a bedroom.
    x, y = (
        alt.X("x:Q", title="x", scale=across, axis=alt.Axis(tickCount=10, labelExpr=NUMBERS)),
        alt.Y("y:Q", title="y", scale=up, axis=alt.Axis(labelExpr=NUMBERS)),
    )
    names = legend("House", "Line", "Residual", "Best line")
    moved = {
        axis: f"at && datum.row === held ? at[{place}] : datum.{axis}" for place, axis in enumerate("xy")
    }
    every = alt.Chart(alt.NamedData("houses")).transform_calculate(**moved, said="datum.x - datum.aside")
    told = [
        alt.Tooltip(f"{of}:Q", title=title, format=",.4~r") for of, title in (("said", "name"), ("y", "y"))
    ]
    dots = (
        every.mark_circle(
            size=60, clip=True, opacity=alt.ExprRef("length(data('houses')) > 100 ? 0.3 : 0.9"),
            cursor=alt.ExprRef("view.moves ? 'grab' : 'default'"),
        )
        .encode(x=x, y=y, tooltip=told)
        .add_params(target())
    )  # fmt: skip
    # Easier to take hold of, with a finger too.
    near = every.transform_filter("view.moves").mark_circle(
        size=500, opacity=0, clip=True, cursor="grab", tooltip=alt.ExprRef("told")
    )
    near = near.encode(x=x, y=y, tooltip=told)
    chosen = (
        here()
        .transform_filter("at || keyed")
        .transform_calculate(x="at ? at[0] : data('houses')[held].x", y="at ? at[1] : data('houses')[held].y")
    )
    chosen = chosen.mark_point(size=260, strokeWidth=2.5, clip=True).encode(x=x, y=y)
    gaps = (
        alt.Chart(alt.NamedData("gaps"))
        .transform_calculate(**moved)
        .transform_calculate(line="now.slope * datum.x + now.intercept")
        .mark_rule(size=1.5, opacity=0.7, clip=True)
        .encode(x=x, y=y, y2="line:Q")
    )
    ends = _line("now").transform_calculate(at="view.at", there="now.slope * view.at + now.intercept")
    on = {"x": alt.X("x0:Q", scale=across), "x2": "x1:Q", "y": alt.Y("left:Q", scale=up), "y2": "right:Q"}
    line = ends.mark_rule(size=3.5, clip=True).encode(**on)
    best = _line("best").mark_rule(size=2, strokeDash=[6, 4], clip=True).encode(**on)
    dot = ends.mark_point(size=130, shape="diamond", filled=True, opacity=1, clip=True).encode(
        x=alt.X("at:Q", scale=across), y=alt.Y("there:Q", scale=up), color=alt.value(alt.ExprRef("ink"))
    )
    chart = alt.layer(
        coloured(dots, "House", COLOURS, names),
        coloured(gaps, "Residual", COLOURS, names),
        coloured(line, "Line", COLOURS, names),
        coloured(best, "Best line", COLOURS, names),
        coloured(chosen, "House", COLOURS, names),
        dot,
        near,
        held("run"),
        held("view"),
    )
    made = spec(chart.add_params(FRAME, RUN, NOW, view))
    rows = "data('houses')"
    made["params"].append(MOVED)
    return moving(
        made, f"{rows}[held].x", f"{rows}[held].y", rows=f"length({rows})", able="view.moves", grab=HOUSE,
        row="event.item.datum.row", tells=BEST,
    )  # fmt: skip


HOUSE = "event.item && event.item.datum && event.item.datum.row >= 0"
BEST = {
    "dx": "at && view.moves ? at[0] - data('houses')[held].x : 0",
    "dy": "at && view.moves ? at[1] - data('houses')[held].y : 0",
    "ox": "at ? data('houses')[held].x - view.mean_x : 0",
    "oy": "at ? data('houses')[held].y - view.mean_y : 0",
    "tilt": "(view.sxy + dx * oy + dy * ox + dx * dy * (1 - 1 / view.n))"
    " / (view.sxx + 2 * dx * ox + dx * dx * (1 - 1 / view.n))",
    "best": "{slope: tilt, intercept: view.mean_y + dy / view.n - tilt * (view.mean_x + dx / view.n)}",
}
"""The least-squares line while the house `held` is at `at`: the data's sums, as far as that changes them."""


def _line(of: str) -> alt.Chart:
    """The ends of a line with slope and intercept, at both ends of the picture."""
    lines: alt.Chart = here().transform_calculate(
        x0="view.x0", left=f"{of}.slope * view.x0 + {of}.intercept",
        x1="view.x1", right=f"{of}.slope * view.x1 + {of}.intercept",
    )  # fmt: skip
    return lines


@built_once
def contour(x_title: str, y_title: str) -> Spec:
    """Rings of equal loss over slope and intercept, the path so far, the least-squares point, the start to be moved.

    Datasets: `rings` (ring, i, u, v), `run` (u, v at every step), `path` (step, u, v as far as one can see
    them apart), `best` (u, v), `levels` (u, v, loss: written beside its ring), `kept` (run, step, u, v), `view` (one
    row: u0, u1, v0, v1; round: whether both axes have the scale of v; start_u, start_v; s_x, s_y, mean_x, mean_y: what
    the descent's coordinates are scaled by; s, m and least: the
    loss is least + s_y² ((s du)² + (dv + m du)²) at (du, dv) from its minimum at best_u, best_v).
    """
    view = row("view", "view", u0=0, u1=1, v0=0, v1=1, round=0)
    now = row("now", "run", "frame", u=0, v=0)
    # So that what is round looks round.
    wide = "(view.round ? (view.v1 - view.v0) * width / height : view.u1 - view.u0) / 2"
    sides = [
        alt.param(name=name, expr=f"(view.u0 + view.u1) / 2 {sign} {wide}")
        for name, sign in (("left", "-"), ("right", "+"))
    ]
    u = alt.X("u:Q", title=x_title, scale=span("left", "right"), axis=FEW)
    v = alt.Y("v:Q", title=y_title, scale=span("view.v0", "view.v1"), axis=FEW)
    letter = alt.Color("run:N", scale=COLOURS, legend=None)
    rings = (
        alt.Chart(alt.NamedData("rings"))
        .mark_line(interpolate="linear-closed", clip=True, size=1.5, opacity=0.45)
        .encode(x=u, y=v, order="i:Q", detail="ring:N", stroke=alt.value(alt.ExprRef("ink")))
    )
    levels = (
        alt.Chart(alt.NamedData("levels"))
        .mark_text(
            dy=-8,
            clip=True,
            opacity=0.8,
            align=alt.ExprRef(WHOLE),
        )
        .encode(x=u, y=v, text="loss:N")
    )
    kept = alt.Chart(alt.NamedData("kept")).transform_filter("datum.step <= frame")
    lines = kept.mark_line(clip=True, size=2, opacity=0.9).encode(x=u, y=v, order="step:Q", color=letter)
    others = kept.transform_aggregate(now="argmax(step)", groupby=["run"])
    path = (
        alt.Chart(alt.NamedData("path"))
        .transform_filter("datum.step <= frame")
        .mark_line(clip=True, size=2, point=alt.OverlayMarkDef(size=16, opacity=1))
        .encode(x=u, y=v, order="step:Q")
    )
    balls = _at_the_edge(others, "datum.now").mark_point(size=110, filled=True, opacity=1, clip=True)
    ball = _at_the_edge(here(), "now").mark_point(size=190, filled=True, opacity=1, strokeWidth=2, clip=True)
    balls, ball = (each.encode(x=u, y=v, shape=SHAPE, angle=ANGLE) for each in (balls, ball))
    best = (
        alt.Chart(alt.NamedData("best"))
        .mark_point(shape="cross", size=170, filled=True, opacity=1, angle=45)
        .encode(x=u, y=v)
    )
    start = here().transform_calculate(u="at ? at[0] : view.start_u", v="at ? at[1] : view.start_v")
    handle = start.mark_point(
        size=260, strokeWidth=2.5, opacity=1, clip=True, cursor="grab", tooltip=TELL
    ).encode(x=u, y=v)
    runs = alt.layer(
        coloured(handle, "Line", COLOURS),
        lines,
        coloured(path, "Line", COLOURS),
        balls.encode(color=letter),
        coloured(ball, "Line", COLOURS).encode(stroke=alt.value(alt.ExprRef("ink"))),
        coloured(best, "Best line", COLOURS),
    )
    chart = alt.layer(rings, levels, whole_plot(), runs, held("view"), held("run")).resolve_scale(
        color="independent"
    )
    made = spec(chart.add_params(FRAME, now, view, *sides))
    slope = "at[0] * view.s_y / view.s_x"
    line = f"{slope} + ' ' + (view.mean_y + at[1] * view.s_y - {slope} * view.mean_x)"
    return moving(made, "view.start_u", "view.start_v", tap=True, tells=TOLD, others=line)


TOLD = {
    "level": "view.least + view.s_y * view.s_y * (pow(view.s * (pointer[0] - view.best_u), 2)"
    " + pow(pointer[1] - view.best_v + view.m * (pointer[0] - view.best_u), 2))",
    "told": "{slope: format(pointer[0], ',.4~r'), intercept: format(pointer[1], ',.4~r'), "
    f"'loss f': {written('level')}}}",
}
TELL = alt.ExprRef("told")
SHAPE = alt.condition("datum.out", alt.value("triangle-up"), alt.value("circle"))
ROOM = "width - scale('x', datum.u)"
WHOLE = f"{ROOM} < 0 ? 'left' : {ROOM} < 50 * size ? 'right' : 'center'"
"""How a label is aligned that is either whole in the picture or not there."""
RIM = 9
"""Pixels from the edge at which a ball is shown that is beyond it."""
ANGLE = alt.Angle("angle:Q", scale=None)


def _at_the_edge(marks: alt.Chart, place: str) -> alt.Chart:
    """The marks at u and v of `place`: one outside the picture at its edge, with the direction in which it is."""
    inside: alt.Chart = (
        marks.transform_calculate(
            a=f"(({place}.u - left) / (right - left) - 0.5) * width",
            b=f"(({place}.v - view.v0) / (view.v1 - view.v0) - 0.5) * height",
        )
        .transform_calculate(
            out="abs(datum.a) > width / 2 || abs(datum.b) > height / 2",
            x=f"clamp(datum.a, {RIM} - width / 2, width / 2 - {RIM})",
            y=f"clamp(datum.b, {RIM} - height / 2, height / 2 - {RIM})",
        )
        .transform_calculate(
            angle="datum.out ? atan2(datum.a - datum.x, datum.b - datum.y) * 180 / PI : 0",
            u=f"datum.out ? left + (datum.x / width + 0.5) * (right - left) : {place}.u",
            v=f"datum.out ? view.v0 + (datum.y / height + 0.5) * (view.v1 - view.v0) : {place}.v",
        )
    )
    return inside


@built_once
def loss() -> Spec:
    """The loss by step, on a log scale, beside the least-squares loss and the kept runs.

    Datasets: `run` (loss at every step), `path` (step, loss as far as one can see them apart), `best` (loss), `kept`
    (run, step, loss), `names` (run, step, loss: where its letter stands), `view` (one row: last, low, high: the ends of
    the axes).
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
        .mark_circle(size=120, opacity=1, strokeWidth=2)
        .encode(x=x, y=y, stroke=alt.value(alt.ExprRef("ink")))
    )
    floor = alt.Chart(alt.NamedData("best")).mark_rule(strokeDash=[6, 4], size=1.5).encode(y=y)
    kept = alt.Chart(alt.NamedData("kept"))
    letter = alt.Color("run:N", scale=COLOURS, legend=None)
    lines = kept.mark_line(size=2).encode(x=x, y=y, color=letter)
    names = (
        alt.Chart(alt.NamedData("names"))
        .mark_text(dy=-10, size=15, fontWeight="bold")
        .encode(x=x, y=y, text="run:N", color=letter)
    )
    others = kept.transform_filter("datum.step <= frame").transform_aggregate(
        now="argmax(step)", groupby=["run"]
    )
    others = others.transform_calculate(step="datum.now.step", loss="datum.now.loss")
    balls = others.mark_circle(size=80, opacity=1).encode(x=x, y=y, color=letter)
    chart = alt.layer(
        coloured(floor, "Best line", COLOURS),
        lines,
        names,
        balls,
        coloured(ahead, "Line", COLOURS),
        coloured(so_far, "Line", COLOURS),
        coloured(ball, "Line", COLOURS),
        held("run"),
        held("view"),
    )
    return spec(chart.add_params(FRAME, now, view))
