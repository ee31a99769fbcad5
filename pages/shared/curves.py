"""A function's curve, points on it, its tangents and secants: layers on one pair of axes.

What moves is named by an expression of the row `now`, that of the dataset `run` at the step shown: "now.x".
`charts.coloured` gives a layer its colour, and `chart` puts layers together:

>>> on = axes("x", "f(x)")
>>> layers = curve(on), tangent(on, "now.x", "now.f", "now.slope"), ball(on, "now.x", "now.f")
>>> [layer["mark"]["type"] for layer in chart(*layers)["layer"][:3]]
['line', 'rule', 'circle']
"""

from typing import Any, NamedTuple

import altair as alt

from pages.shared.charts import (
    FEW,
    FRAME,
    NOW,
    NUMBERS,
    AnyChart,
    Spec,
    built_once,
    coloured,
    drag,
    held,
    here,
    legend,
    row,
    span,
    spec,
)

VIEW = row("view", "view", x0=0, x1=1, y0=0, y1=1)
REACH = "(view.x1 - view.x0) / 9"
"""How far a tangent goes to each side: far enough for its slope to be seen, near enough to be this point's."""


class Axes(NamedTuple):
    """The two encodings that all layers of a chart have."""

    x: alt.X
    y: alt.Y

    def put(self, marks: alt.Chart) -> alt.Chart:
        """The marks at x and y of their rows."""
        placed: alt.Chart = marks.encode(x=self.x, y=self.y)
        return placed


def axes(x: str | None, y: str | None, *, ticks: int = 5, **axis: Any) -> Axes:
    """Two axes by their titles, whose ends are in the dataset `view`; `axis`: more about the one of y."""
    up = alt.Axis(labelExpr=NUMBERS, tickCount=ticks, **axis)
    return Axes(
        alt.X("x:Q", title=x, scale=span("view.x0", "view.x1"), axis=FEW),
        alt.Y("y:Q", title=y, scale=span("view.y0", "view.y1"), axis=up),
    )


def curve(on: Axes, dataset: str = "curve", size: float = 3) -> alt.Chart:
    """A line through a dataset's rows (x, y), which stand in the order of x."""
    return on.put(alt.Chart(alt.NamedData(dataset)).mark_line(size=size, clip=True, strokeCap="round"))


def draggable(on: Axes, seen: float = 0.5) -> alt.Chart:
    """The curve as something to click on or to drag a point along, which `charts.clicked` reads; last of the layers.

    Args:
        seen: how clearly the point is seen while it is dragged.
    """
    picked = drag()
    told = [alt.Tooltip(each.shorthand, format=".4~g") for each in on]
    opacity = alt.condition(picked, alt.value(seen), alt.value(0))
    circles = curve(on).mark_circle(size=260, clip=True).encode(opacity=opacity, tooltip=told)
    made: alt.Chart = circles.add_params(picked)
    return made


def marked(on: Axes, points: alt.Chart, opacity: float = 1) -> alt.Chart:
    """The rows (x, y) of a chart as points."""
    return on.put(points.mark_circle(size=110, opacity=opacity, clip=True))


def upright(on: Axes, dataset: str) -> alt.Chart:
    """Dashed lines from bottom to top at a dataset's x."""
    line: alt.Chart = alt.Chart(alt.NamedData(dataset)).mark_rule(size=2, strokeDash=[6, 4]).encode(x=on.x)
    return line


def ball(on: Axes, x: str, y: str) -> alt.Chart:
    """The point (x, y) of the step shown."""
    return on.put(here().transform_calculate(x=x, y=y).mark_circle(size=200, opacity=1, clip=True))


def tangent(on: Axes, x: str, y: str, slope: str, sides: tuple[float, float] = (-1, 1)) -> alt.Chart:
    """The line of a slope through (x, y); none where there is no slope.

    Args:
        sides: (-1, 0) for the half to the left, (0, 1) for that to the right: one-sided slopes at a corner.
    """
    low, high = (f"{x} + {side} * {REACH}" for side in sides)
    return _line(on, x, y, slope, low, high)


def secant(on: Axes, x: str, y: str, x2: str, y2: str) -> alt.Chart:
    """The line through (x, y) and (x2, y2), from end to end of the chart; none where the two are one."""
    return _line(on, x, y, f"(({y2}) - ({y})) / (({x2}) - ({x}))", "view.x0", "view.x1")


def _line(on: Axes, x: str, y: str, slope: str, low: str, high: str) -> alt.Chart:
    start, end = (f"({y}) + ({slope}) * (({at}) - ({x}))" for at in (low, high))
    ends = here().transform_calculate(x=low, y=start, x2=high, y2=end)
    there = ends.transform_filter("isFinite(datum.y) && isFinite(datum.y2)").encode(x2="x2:Q", y2="y2:Q")
    return on.put(there.mark_rule(size=2, strokeDash=[6, 3], clip=True))


def chart(*layers: AnyChart, moves: bool = True) -> Spec:
    """The finished chart. Datasets beside those of its layers: `run` (a row a step), `view` (x0, x1, y0, y1).

    Args:
        moves: whether the player moves it; without, there is no `run`.
    """
    data = [held("run"), held("view")] if moves else [held("view")]
    whole = alt.layer(*layers, *data).add_params(*((FRAME, NOW, VIEW) if moves else (VIEW,)))
    # The home page's pictures are of this height; a lesson gives its charts a share of the screen.
    return spec(whole.properties(height=300))


@built_once
def compared(x: str, y: str, truth: str, computed: str) -> Spec:
    """What was computed at some points beside the true curve.

    Datasets: `exact` (x, y), `grid` (x, y), `band` (x, y, y2: between what noise may make of it), `view`.

    Args:
        truth, computed: the names of both.
    """
    on, colours, key = axes(x, y), alt.Scale(domain=[truth, computed]), legend(truth, computed)
    grid, band = (alt.Chart(alt.NamedData(name)) for name in ("grid", "band"))
    layers = (
        on.put(band.mark_area(opacity=0.25, clip=True)).encode(y2="y2:Q"), on.put(grid.mark_line(size=1.5, clip=True)),
        on.put(grid.mark_circle(size=45, opacity=1, clip=True)),
    )  # fmt: skip
    drawn = [coloured(layer, computed, colours, key) for layer in layers]
    exact = coloured(curve(on, "exact", size=5), truth, colours, key)
    return chart(drawn[0], exact, *drawn[1:], moves=False)
