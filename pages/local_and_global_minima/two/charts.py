"""The charts of two variables, and their columns."""

from typing import Any

import altair as alt
import numpy as np

from calc.basins import Landscape, Saddles, Trajectories, Window
from calc.expression import Expression
from calc.numbers import written
from pages.local_and_global_minima.marks import COLOURS, axis, balls, kind, of_ball, one
from pages.shared import theme
from pages.shared.charts import FRAME, LARGEST, NOW, Columns, Spec, built_once, drop, held, row, span, spec
from pages.shared.maps import ground
from pages.shared.memory import kept

SO_FAR = "datum.step <= frame"
DRAWN, DOTS = 200, 1000
SEEN = 0.004
"""Two steps nearer to one another than this part of the window cannot be told apart."""
FAR = 1e100
"""Further away, in such parts, a step is not drawn: a chart could not hold the number."""
NO_ARROWS: Columns = {"x": np.empty(0), "y": np.empty(0), "angle": np.empty(0)}


@built_once
def plane() -> Spec:
    """The plane: a picture as its ground, minima and saddles, the paths so far, and targets for a click.

    Datasets: `ground` (url), `minima` and `saddles` (x, y, name), `bottom` (x, y),
    `run` (one row a step: x0, y0, x1, ... the balls), `balls` (i), `path` (ball, step, x, y: as far as one
    can see them apart), `arrows` (x, y, angle), `targets` (x, y), `view` (one row: x0, x1, y0, y1).
    """
    ends = row("view", "view", x0=0, x1=1, y0=0, y1=1)
    seen: dict[str, Any] = theme.on_any_ground()
    plain = axis(grid=False)
    x = alt.X("x:Q", title="x", scale=span("view.x0", "view.x1"), axis=plain)
    y = alt.Y("y:Q", title="y", scale=span("view.y0", "view.y1"), axis=plain)
    downhill = alt.Chart(alt.NamedData("arrows")).mark_point(shape="arrow", size=160, opacity=0.8, **seen)
    arrows = downhill.encode(x=x, y=y, angle=alt.Angle("angle:Q", scale=None))
    path = alt.Chart(alt.NamedData("path")).transform_filter(SO_FAR)
    line = one(path.mark_line(size=2.5, clip=True), "ball").encode(x=x, y=y, order="step:Q", detail="ball:N")
    steps = one(path.mark_circle(size=22, clip=True, opacity=1), "ball").encode(x=x, y=y)
    rolling = balls("190", x=of_ball("x"), y=of_ball("y")).encode(x=x, y=y)
    cross = alt.Chart(alt.NamedData("minima")).mark_point(
        shape="cross", size=170, opacity=1, angle=45, clip=True, **seen
    )
    spots = cross.encode(x=x, y=y, tooltip=alt.Tooltip("name:N", title="minimum"))
    diamond = alt.Chart(alt.NamedData("saddles")).mark_point(
        shape="diamond", size=90, opacity=1, clip=True, **seen
    )
    passes = diamond.encode(x=x, y=y, tooltip=alt.Tooltip("name:N", title="saddle"))
    bottom = alt.Chart(alt.NamedData("bottom")).mark_circle(
        size=14, opacity=0.7, clip=True, color=seen["fill"]
    )
    valleys = bottom.encode(x=x, y=y)
    targets = (
        alt.Chart(alt.NamedData("targets"))
        .mark_point(opacity=0, size=30)
        .encode(x=x, y=y)
        .add_params(drop("x", "y"))
    )
    chart = alt.layer(
        ground(), arrows, valleys, passes, line, steps, spots, rolling, targets, held("view"), held("run")
    )
    return spec(chart.add_params(FRAME, NOW, ends).properties(height=300))


@built_once
def heights() -> Spec:
    """The value of f by step, of every ball.

    Datasets: `path` (ball, step, value), `run` (one row a step: v0, v1, ... the balls), `balls` (i), `view`
    (one row: last, low, high).
    """
    ends = row("view", "view", last=1, low=0, high=1)
    x = alt.X("step:Q", title="step", scale=span("0", "view.last"))
    y = alt.Y("value:Q", title="f", scale=span("view.low", "view.high"), axis=axis(tickCount=4))
    way = alt.Chart(alt.NamedData("path")).mark_line(size=2, opacity=0.6)
    line = one(way, "ball").encode(x=x, y=y, detail="ball:N")
    rolling = balls("110", clip=False, step="frame", value=of_ball("v")).encode(x=x, y=y)
    chart = alt.layer(line, rolling, held("run"), held("view"))
    return spec(chart.add_params(FRAME, NOW, ends).properties(height=300))


def stationary(found: Landscape, passes: Saddles) -> dict[str, Columns]:
    """Minima and saddles with what a tooltip says of them, and the bottoms of valleys as rows of dots."""
    dots = found.points[found.valley[found.owner]]
    dots = dots[:: max(1, len(dots) // DOTS)]
    return {
        "minima": _named(found.minima[:DRAWN], found.values),
        "saddles": _named(passes.at[:DRAWN], passes.values),
        "bottom": {"x": dots[:, 0], "y": dots[:, 1]},
    }


def _named(at: np.ndarray, values: np.ndarray) -> Columns:
    named = [
        f"({written(x, 6)}, {written(y, 6)}): f = {written(value, 6)}"
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
    run = {f"{name}{ball}": w[ball, :, place] for ball in range(len(w)) for place, name in enumerate("xy")}
    path = {"ball": ball, "step": step, "x": x, "y": y}
    return {"path": path, "run": run, "balls": {"i": np.arange(len(w))}}


def values(value: np.ndarray, most: int = 200) -> dict[str, Columns]:
    """Every ball's value by step, (n, k+1), and the same at so many steps that the curve looks the same."""
    n, k = value.shape
    shown = np.where(np.abs(value) < LARGEST, value, np.nan)
    step = np.arange(0, k, max(1, k // most) | 1)
    seen = shown[np.isfinite(shown)]
    low, high = (seen.min(), seen.max()) if seen.size else (0.0, 1.0)
    # A run that flies off would press the others to the ground.
    high = min(high, low + 3 * (np.nanmax(shown[:, 0]) - low)) if np.isfinite(shown[:, 0]).any() else high
    margin = 0.05 * (high - low) or 1.0
    return {
        "path": {
            "ball": np.repeat(np.arange(n), len(step)),
            "step": np.tile(step, n),
            "value": shown[:, step].ravel(),
        },
        "run": {f"v{ball}": shown[ball] for ball in range(n)},
        "balls": {"i": np.arange(n)},
        "view": {"last": [max(k - 1, 1)], "low": [low - margin], "high": [high + margin]},
    }


def view(window: Window) -> Columns:
    return {name: [end] for name, end in zip(("x0", "x1", "y0", "y1"), window, strict=True)}


@kept
def targets(window: Window, count: int = 41) -> Columns:
    """A grid of places that a click can choose."""
    x, y = np.meshgrid(np.linspace(*window[:2], count), np.linspace(*window[2:], count))
    return {"x": x.ravel(), "y": y.ravel()}


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
