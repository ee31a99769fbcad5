"""The charts of `speed`, built once and fed by name."""

import altair as alt

from pages.shared.charts import FRAME, NUMBERS, POWERS, Spec, built_once, held, legend, row, span, spec
from pages.speed.columns import PHASES

SHAPES = alt.Scale(domain=[*PHASES], range=["square", "triangle-right", "circle"])


@built_once
def dots(ways: tuple[str, ...], picture: bool = False) -> Spec:
    """The times of each contestant at the size shown, on a log axis.

    Datasets: `laps` and `here` (step, way, phase, low, ms, high), `view` (x0, x1).
    """
    axis = alt.Axis(labelExpr=POWERS, tickCount=6)
    x = alt.X("ms:Q", title="time in ms", scale=span("view.x0", "view.x1", type="log"), axis=axis)
    # Names break at their comma.
    broken = alt.Axis(labelExpr="split(datum.label, ', ')", labelLimit=150)
    y = alt.Y("way:N", title=None, sort=[*ways], scale=alt.Scale(domain=[*ways]), axis=broken)
    colour = alt.Color("way:N", scale=alt.Scale(domain=[*ways]), legend=None)
    key = None if picture else legend(*PHASES)
    if key:
        key.symbolFillColor = key.symbolStrokeColor = alt.ExprRef("ink")
    shape = alt.Shape("phase:N", scale=SHAPES, legend=key)
    told = [alt.Tooltip("way:N"), alt.Tooltip("phase:N"), alt.Tooltip("ms:Q", format=",.3~r", title="ms")]
    now = alt.Chart(alt.NamedData("laps")).transform_filter("datum.step == frame")
    spread = now.mark_rule(size=6, opacity=0.5).encode(x="low:Q", x2="high:Q", y=y, color=colour)
    recorded = now.mark_point(size=190, filled=True, opacity=1).encode(
        x=x, y=y, color=colour, shape=shape, tooltip=told
    )
    live = alt.Chart(alt.NamedData("here")).transform_filter("datum.step == frame")
    ours = live.mark_point(size=420, strokeWidth=3, filled=False).encode(
        x=x, y=y, color=colour, shape=shape, tooltip=told
    )
    view = row("view", "view", x0=0.01, x1=1000)
    layers = alt.layer(spread, recorded, ours, held("view")).add_params(FRAME, view)
    return spec(layers.properties(height=300))


@built_once
def growth(ways: tuple[str, ...], size: str, unit: str, log: bool) -> Spec:
    """How later calls grow with the size. Datasets: `growth` (size, way, time), `run` (step, size), `view`."""
    x = alt.X(
        "size:Q", title=size, scale=span("view.x0", "view.x1", type="log" if log else "linear"),
        axis=alt.Axis(labelExpr=POWERS if log else NUMBERS, tickCount=6),
    )  # fmt: skip
    y = alt.Y(
        "time:Q", title=f"later calls, {unit}", scale=span("view.y0", "view.y1", type="log"),
        axis=alt.Axis(labelExpr=POWERS, tickCount=5),
    )  # fmt: skip
    colour = alt.Color("way:N", scale=alt.Scale(domain=[*ways]), legend=None)
    drawn = alt.Chart(alt.NamedData("growth")).mark_line(size=3, point=True).encode(x=x, y=y, color=colour)
    here = alt.Chart(alt.NamedData("run")).transform_filter("datum.step == frame")
    at = here.mark_rule(size=2, strokeDash=[6, 3], color=alt.ExprRef("ink")).encode(x=x)
    view = row("view", "view", x0=1, x1=10, y0=1, y1=10)
    return spec(alt.layer(drawn, at, held("view")).add_params(FRAME, view).properties(height=220))
