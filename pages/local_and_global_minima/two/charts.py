"""The charts of two variables, and their columns."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pyarrow as pa

from calc.basins import Landscape, Saddles, Trajectories, Window
from calc.expression import Expression
from calc.numbers import written
from pages.local_and_global_minima.marks import BALLS, COLOURS, KINDS, axis, balls, kind, last_seen, of_ball
from pages.shared import theme
from pages.shared.charts import (
    FRAME,
    LARGEST,
    NOW,
    POWERS,
    Columns,
    Spec,
    built_once,
    held,
    row,
    span,
    spec,
    table,
)
from pages.shared.charts import written as in_browser
from pages.shared.maps import ground
from pages.shared.memory import kept
from pages.shared.moving import moving, whole_plot

SO_FAR = "datum.step <= frame"
DRAWN, DOTS = 200, 1000
SEEN = 0.004
"""Two steps nearer to one another than this part of the window cannot be told apart."""
FAR = 1e100
"""Further away, in such parts, a step is not drawn: a chart could not hold the number."""
SIDE = 41
"""Places each way at which the pointer finds f; between them it is interpolated."""
PRESSED = "event.item && event.item.datum && event.item.datum.handle >= 0 ? event.item.datum.handle : -1"
"""Which start is moved: -1 where none is, and one more ball is dropped."""
_CELL = [
    f"data('field')[clamp(floor(gy) + {down}, 0, {SIDE - 1}) * {SIDE} + clamp(floor(gx) + {across}, 0, {SIDE - 1})]"
    for down in (0, 1) for across in (0, 1)
]  # fmt: skip
TOLD = {
    "gx": f"{SIDE - 1} * (pointer[0] - view.x0) / (view.x1 - view.x0)",
    "gy": f"{SIDE - 1} * (pointer[1] - view.y0) / (view.y1 - view.y0)",
    "level": f"length(data('field')) ? lerp([lerp([{_CELL[0]}.f, {_CELL[1]}.f], gx - floor(gx)), "
    f"lerp([{_CELL[2]}.f, {_CELL[3]}.f], gx - floor(gx))], gy - floor(gy)) : 0",
    "told": f"{{x: {in_browser('pointer[0]', 3)}, y: {in_browser('pointer[1]', 3)}, 'f ≈': isFinite(level) ? "
    f"{in_browser('level', 3)} : 'no value'}}",
}
"""What is said of the place of the pointer."""
DECADES = 1e3
NO_ARROWS: Columns = {"x": np.empty(0), "y": np.empty(0), "angle": np.empty(0)}


LAST = "datum.i == length(data('balls')) - 1"
"""The ball of the numbers."""


def own(field: str) -> alt.Stroke:
    """The colour of the line of the ball with this number."""
    return alt.Stroke(f"{field}:N", scale=BALLS, legend=None)


def filled(field: str) -> alt.Fill:
    """The colour of the mark of the ball with this number."""
    return alt.Fill(f"{field}:N", scale=BALLS, legend=None)


@built_once
def plane() -> Spec:
    """The plane: a picture as its ground, minima and saddles, the paths so far, and the starts, which can be moved.

    Datasets: `ground` (url), `minima` and `saddles` (x, y, name; kind: a minimum's colour), `bottom` (x, y),
    `run` (one row a step: x0, y0, x1, ... the balls), `balls` (i), `path` (ball, step, x, y: as far as one
    can see them apart), `arrows` (x, y, angle), `starts` (i, x, y: the last ball's first), `field` (f on a grid of
    `SIDE` places each way), `jump` (x, y: the way of a ball over another valley), `view` (one row: x0, x1, y0, y1).
    """
    ends = row("view", "view", x0=0, x1=1, y0=0, y1=1)
    seen: dict[str, Any] = theme.on_any_ground()
    light = seen["stroke"]
    plain = axis(grid=False)
    x = alt.X("x:Q", title="x", scale=span("view.x0", "view.x1"), axis=plain)
    y = alt.Y("y:Q", title="y", scale=span("view.y0", "view.y1"), axis=plain)

    def of(dataset: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(dataset)).encode(x=x, y=y)

    downhill = of("arrows").mark_point(shape="arrow", size=160, opacity=0.8, **seen)
    arrows = downhill.encode(angle=alt.Angle("angle:Q", scale=None))
    path = of("path").transform_filter(SO_FAR)
    edge = path.mark_line(size=4.5, clip=True, color=light).encode(order="step:Q", detail="ball:N")
    line = path.mark_line(size=2.5, clip=True).encode(order="step:Q", stroke=own("ball"))
    steps = path.mark_circle(size=22, clip=True, opacity=1).encode(fill=filled("ball"))
    edges = {"x": ("view.x0", "view.x1"), "y": ("view.y0", "view.y1")}
    rims = f"'{seen['fill']}'", f"'{light}'"
    rolling = balls(LAST, x=of_ball("x"), y=of_ball("y"), ends=edges, rims=rims)
    rolling = rolling.encode(x=x, y=y, fill=filled("i"))
    cross = of("minima").mark_point(shape="cross", size=170, opacity=1, angle=45, clip=True, **seen)
    dot = of("minima").mark_circle(size=36, opacity=1, clip=True).encode(color=kind("kind"))
    spots, dot = (each.encode(tooltip=alt.Tooltip("name:N", title="minimum")) for each in (cross, dot))
    diamond = of("saddles").mark_point(shape="diamond", size=90, opacity=1, clip=True, **seen)
    passes = diamond.encode(tooltip=alt.Tooltip("name:N", title="saddle"))
    valleys = of("bottom").mark_circle(size=14, opacity=0.7, clip=True, color=seen["fill"])
    jump = [
        of("jump").mark_line(size=size, color=seen[colour], clip=True, strokeDash=dash, order=False)
        for size, colour, dash in ((5, "stroke", [1, 0]), (2.5, "fill", [7, 4]))
    ]
    jumps = of("jump").mark_circle(size=60, opacity=1, clip=True, **seen)
    moved = {axis: f"at && datum.i === held ? at[{k}] : datum.{axis}" for k, axis in enumerate("xy")}
    starts = of("starts").transform_calculate(
        **moved, handle="datum.i", ball="length(data('starts')) - 1 - datum.i"
    )
    edges_of_rings = starts.mark_point(size=200, strokeWidth=5, opacity=1, clip=True, color=light)
    rings = starts.mark_point(size=200, strokeWidth=2.5, opacity=1, clip=True).encode(stroke=own("ball"))
    near = starts.mark_circle(size=900, opacity=0, cursor="grab", clip=True, tooltip=alt.ExprRef("told"))
    chart = alt.layer(
        ground(), whole_plot(), arrows, valleys, *jump, jumps, passes, edge, line, steps, spots, dot,
        edges_of_rings, rings, rolling, near, held("view"), held("run"), held("field"),
    )  # fmt: skip
    made = spec(chart.add_params(FRAME, NOW, ends).properties(height=300))
    rows = "data('starts')"
    return moving(
        made, *(f"{rows}[max(held, 0)].{axis}" for axis in "xy"), rows=f"length({rows})", row=PRESSED, tap=True,
        first=-1, tells=TOLD,
    )  # fmt: skip


@built_once
def heights(log: bool) -> Spec:
    """The value of f by step, of every ball; on a `log` axis for one that spans decades.

    Datasets: `path` (ball, step, value), `run` (one row a step: v0, v1, ... the balls), `balls` (i), `view`
    (one row: last, low, high).
    """
    ends = row("view", "view", last=1, low=1, high=2)
    x = alt.X("step:Q", title="step", scale=span("0", "view.last"))
    scale = span("view.low", "view.high", **({"type": "log"} if log else {}))
    ticks = alt.Axis(labelExpr=POWERS, tickCount=5) if log else axis(tickCount=4)
    y = alt.Y("value:Q", title="f", scale=scale, axis=ticks)
    way = alt.Chart(alt.NamedData("path")).mark_line(size=2, opacity=0.6)
    line = way.encode(x=x, y=y, stroke=own("ball"))
    edges = {"value": ("view.low", "view.high")}
    rolling = balls(LAST, 150, False, edges, step="frame", value=of_ball("v"))
    rolling = rolling.encode(x=x, y=y, fill=filled("i"))
    chart = alt.layer(line, rolling, held("run"), held("view"))
    return spec(chart.add_params(FRAME, NOW, ends).properties(height=300))


def spans_decades(value: np.ndarray) -> bool:
    """Whether f, of every ball by step, (n, k+1), is above 0 all along and falls to less than a thousandth."""
    seen = value[np.abs(value) < LARGEST]
    return seen.size > 0 and bool(seen.min() > 0) and bool((value[:, 0] > DECADES * seen.min()).any())


def stationary(found: Landscape, passes: Saddles) -> dict[str, Columns]:
    """Minima and saddles with what a tooltip says of them, and the bottoms of valleys as rows of dots."""
    dots = found.points[found.valley[found.owner]]
    dots = dots[:: max(1, len(dots) // DOTS)]
    return {
        "minima": _named(found.minima[:DRAWN], found.values)
        | {"kind": [KINDS[min(number, len(KINDS) - 1)] for number in range(len(found.minima[:DRAWN]))]},
        "saddles": _named(passes.at[:DRAWN], passes.values),
        "bottom": {"x": dots[:, 0], "y": dots[:, 1]},
    }


def _named(at: np.ndarray, values: np.ndarray) -> dict[str, Any]:
    named = [
        f"({written(x, 4)}, {written(y, 4)}): f = {written(value, 4)}"
        for (x, y), value in zip(at, values, strict=False)
    ]
    return {"x": at[:, 0], "y": at[:, 1], "name": named}


@built_once
def shares() -> Spec:
    """Which share of the starts ends where: bars in the colours of the map, its legend.

    Datasets: `shares` (label, share, text, kind, faint: how much of the colour there is).
    """
    data = alt.Chart(alt.NamedData("shares"))
    names = alt.Axis(labelLimit=alt.ExprRef("150 * size"), ticks=False, domain=False)
    y = alt.Y("label:N", title=None, sort=None, axis=names)
    x = alt.X("share:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.45]))
    bars = data.mark_bar(strokeWidth=1, size=alt.ExprRef("18 * size")).encode(
        y=y, x=x, color=kind("kind"),
        stroke=alt.Stroke("kind:N", scale=COLOURS, legend=None),
        fillOpacity=alt.FillOpacity("faint:Q", scale=None),
    )  # fmt: skip
    numbers = data.mark_text(align="left", dx=6).encode(y=y, x=x, text="text:N")
    return spec(alt.layer(bars, numbers).properties(height=300))


@kept
def paths(rolls: Trajectories, window: Window) -> dict[str, Columns]:
    """Every ball's way: each step in one row, and a path of those that one can see apart."""
    w = rolls.w
    size = np.array([window[1] - window[0], window[3] - window[2]])
    with np.errstate(all="ignore"):
        # Half a cell off, so that no minimum at a round number lies between two cells.
        cell = np.floor(w / size / SEEN + 0.5)
    leaves = np.ones(w.shape[:2], dtype=bool)
    leaves[:, 1:] = (cell[:, 1:] != cell[:, :-1]).any(axis=2)
    ball, step = np.nonzero(leaves & (np.abs(cell) < FAR).all(axis=2))
    x, y = w[ball, step].T
    shown = last_seen(np.moveaxis(w, 1, 2))
    run = {f"{name}{ball}": shown[ball, place] for ball in range(len(w)) for place, name in enumerate("xy")}
    path = {"ball": ball, "step": step, "x": x, "y": y}
    return {"path": path, "run": run, "balls": {"i": np.arange(len(w))}}


def values(value: np.ndarray, log: bool = False, most: int = 200) -> dict[str, Columns]:
    """Every ball's value by step, (n, k+1), and the same at so many steps that the curve looks the same."""
    n, k = value.shape
    shown = np.where(np.abs(value) < LARGEST, value, np.nan)
    step = np.arange(0, k, max(1, k // most) | 1)
    seen = shown[np.isfinite(shown)]
    low, high = (seen.min(), seen.max()) if seen.size else (0.0, 1.0)
    # A run that flies off would press the others to the ground.
    high = min(high, low + 3 * (np.nanmax(shown[:, 0]) - low)) if np.isfinite(shown[:, 0]).any() else high
    margin = 0.05 * (high - low) or 1.0
    bottom, top = (low / 2, high * 2) if log else (low - margin, high + margin)
    return {
        "path": {
            "ball": np.repeat(np.arange(n), len(step)),
            "step": np.tile(step, n),
            "value": shown[:, step].ravel(),
        },
        "run": {f"v{ball}": last_seen(value)[ball] for ball in range(n)},
        "balls": {"i": np.arange(n)},
        "view": {"last": [max(k - 1, 1)], "low": [bottom], "high": [top]},
    }


def view(window: Window) -> Columns:
    return {name: [end] for name, end in zip(("x0", "x1", "y0", "y1"), window, strict=True)}


@kept
def field(expression: Expression, window: Window) -> pa.Table:
    """f on the grid in which the pointer looks it up, row by row from the bottom."""
    x, y = np.meshgrid(np.linspace(*window[:2], SIDE), np.linspace(*window[2:], SIDE))
    return table({"f": expression(x, y).ravel()})


def way(w: np.ndarray) -> Columns:
    """Places one after another, (n, 2)."""
    return {"x": w[:, 0], "y": w[:, 1]}


def leaves(rolls: Trajectories, window: Window) -> bool:
    """Whether a ball leaves the window, or has no place any more."""
    low, high = window[::2], window[1::2]
    return not bool(((low <= rolls.w) & (rolls.w <= high)).all())


def starts(at: Sequence[tuple[float, float]]) -> Columns:
    """Where the balls start, the last one first: it is the one that arrow keys move."""
    x, y = zip(*reversed(at), strict=True)
    return {"i": np.arange(len(at)), "x": x, "y": y}


@kept
def arrows(expression: Expression, window: Window, count: int = 15) -> Columns:
    """Arrows downhill, all of one length: angles clockwise from the top, as the window shows them."""
    x_low, x_high, y_low, y_high = window
    edge = 0.5 / count
    x, y = np.meshgrid(
        np.linspace(x_low + edge * (x_high - x_low), x_high - edge * (x_high - x_low), count),
        np.linspace(y_low + edge * (y_high - y_low), y_high - edge * (y_high - y_low), count),
    )
    slope = expression.derivative(x.ravel(), y.ravel())
    # A step of -slope seen in a window that stretches x and y differently.
    angle = np.degrees(np.arctan2(-slope[0] / (x_high - x_low), -slope[1] / (y_high - y_low)))
    shown = np.isfinite(angle)
    return {"x": x.ravel()[shown], "y": y.ravel()[shown], "angle": angle[shown]}
