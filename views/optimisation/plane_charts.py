"""The charts of two variables, and their columns."""

import altair as alt
import numpy as np

from calc.expression import Expression
from views.optimisation.minima_charts import kind
from views.shared.charts import FRAME, NUMBERS, Columns, Spec, built_once, held, row, span, spec

HEIGHT = 390
NO_ARROWS: Columns = {"x": np.empty(0), "y": np.empty(0), "angle": np.empty(0)}


@built_once
def plane() -> Spec:
    """The plane: a picture as its ground, the minima, the paths so far, and targets for a click.

    Datasets: `ground` (url), `minima` (x, y, name), `run` (ball, step, x, y), `arrows` (x, y, angle),
    `targets` (x, y), `view` (one row: x0, x1, y0, y1).
    """
    ends = row("view", "view", x0=0, x1=1, y0=0, y1=1)
    x = alt.X(
        "x:Q", title="x", scale=span("view.x0", "view.x1"), axis=alt.Axis(labelExpr=NUMBERS, grid=False)
    )
    y = alt.Y(
        "y:Q", title="y", scale=span("view.y0", "view.y1"), axis=alt.Axis(labelExpr=NUMBERS, grid=False)
    )
    drop = alt.selection_point(name="drop", fields=["x", "y"], nearest=True, on="click", empty=False)
    ground = (
        alt.Chart(alt.NamedData("ground"))
        .mark_image(
            aspect=False, x=0, y=0, align="left", baseline="top",
            width=alt.ExprRef("width"), height=alt.ExprRef("height"),
        )
        .encode(url="url:N")
    )  # fmt: skip
    arrows = (
        alt.Chart(alt.NamedData("arrows"))
        .mark_point(shape="arrow", size=160, filled=True, opacity=0.8)
        .encode(x=x, y=y, angle=alt.Angle("angle:Q", scale=None), color=kind("kind"))
        .transform_calculate(kind="'4'")
    )
    run = alt.Chart(alt.NamedData("run")).transform_calculate(kind="'ball'")
    so_far = run.transform_filter("datum.step <= frame")
    path = so_far.mark_line(size=2.5, clip=True).encode(
        x=x, y=y, order="step:Q", detail="ball:N", color=kind("kind")
    )
    steps = so_far.mark_circle(size=22, clip=True, opacity=1).encode(x=x, y=y, color=kind("kind"))
    here = (
        run.transform_filter("datum.step == frame")
        .mark_circle(size=190, clip=True, opacity=1, strokeWidth=2)
        .encode(x=x, y=y, color=kind("kind"))
    )
    spots = (
        alt.Chart(alt.NamedData("minima"))
        .transform_calculate(kind="'4'")
        .mark_point(shape="cross", size=150, filled=True, opacity=1, angle=45, clip=True)
        .encode(x=x, y=y, color=kind("kind"), tooltip=alt.Tooltip("name:N", title="minimum"))
    )
    targets = (
        alt.Chart(alt.NamedData("targets")).mark_point(opacity=0, size=30).encode(x=x, y=y).add_params(drop)
    )
    chart = alt.layer(ground, arrows, path, steps, spots, here, targets, held("view"))
    return spec(chart.add_params(FRAME, ends).properties(height=HEIGHT))


@built_once
def heights() -> Spec:
    """The value of f by step, of every ball. Datasets: `run` (ball, step, value)."""
    x = alt.X("step:Q", title="step", scale=alt.Scale(nice=False))
    y = alt.Y(
        "value:Q", title="f", scale=alt.Scale(zero=False), axis=alt.Axis(labelExpr=NUMBERS, tickCount=4)
    )
    run = alt.Chart(alt.NamedData("run")).transform_calculate(kind="'ball'")
    line = run.mark_line(size=2, opacity=0.6).encode(x=x, y=y, detail="ball:N", color=kind("kind"))
    now = run.transform_filter("datum.step == frame")
    here = now.mark_circle(size=110, opacity=1).encode(x=x, y=y, color=kind("kind"))
    return spec(alt.layer(line, here).add_params(FRAME).properties(height=150))


def minima(places: np.ndarray, values: np.ndarray) -> Columns:
    """The minima with what a tooltip says of them."""
    names = [f"({x:.6g}, {y:.6g}): f = {value:.6g}" for (x, y), value in zip(places, values, strict=True)]
    return {"x": places[:, 0], "y": places[:, 1], "name": names}


def paths(w: np.ndarray) -> Columns:
    """Every ball's way, (n, k+1, 2), as rows; places that are no numbers are left out."""
    n, k, _ = w.shape
    x, y = w[..., 0].ravel(), w[..., 1].ravel()
    shown = np.isfinite(x) & np.isfinite(y) & (np.abs(x) < 1e100) & (np.abs(y) < 1e100)
    ball, step = np.repeat(np.arange(n), k), np.tile(np.arange(k), n)
    return {"ball": ball[shown], "step": step[shown], "x": x[shown], "y": y[shown]}


def values(value: np.ndarray) -> Columns:
    """Every ball's value by step, (n, k+1), as rows."""
    n, k = value.shape
    flat = value.ravel()
    shown = np.isfinite(flat) & (np.abs(flat) < 1e100)
    return {
        "ball": np.repeat(np.arange(n), k)[shown],
        "step": np.tile(np.arange(k), n)[shown],
        "value": flat[shown],
    }


def view(window: tuple[float, float, float, float]) -> Columns:
    return {name: [end] for name, end in zip(("x0", "x1", "y0", "y1"), window, strict=True)}


def targets(window: tuple[float, float, float, float], count: int = 41) -> Columns:
    """A grid of places that a click can choose."""
    x, y = np.meshgrid(np.linspace(*window[:2], count), np.linspace(*window[2:], count))
    return {"x": x.ravel(), "y": y.ravel()}


def arrows(expression: Expression, window: tuple[float, float, float, float], count: int = 15) -> Columns:
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
