"""A curve under a magnifier that zooms in as the player goes, beside straight lines through the point.

Both axes are stretched alike, so that a slope keeps its angle: a smooth curve goes over into its tangent.
"""

import altair as alt
import numpy as np

from calc.differences import magnified
from calc.differentiability import Point
from calc.expression import Expression
from pages.shared.charts import (
    FRAME,
    NUMBERS,
    Columns,
    Spec,
    built_once,
    coloured,
    held,
    here,
    row,
    span,
    spec,
)

REACH = 1.5
"""How far the magnifier shows the curve, in steps h."""
STEEPEST = 3.0
"""Slopes up to so many times those beside the point have room; a vertical tangent leaves every window."""


@built_once
def glass(names: tuple[str, ...], curve: str, letter: str) -> Spec:
    """The curve at the zoom of the step shown, and lines of fixed slopes.

    Datasets: `zoom` (step, x, y), `lines` (x, y, x2, y2, kind), `run` (with `zoom`), `view` (x0, x1, y0,
    y1, last, empty).

    Args:
        names: what has which colour of the palette, in its order: the kinds of lines, and the `curve`.
        letter: the variable.
    """
    colours = alt.Scale(domain=list(names))
    axis = alt.Axis(labelExpr=NUMBERS, tickCount=5)
    x = alt.X("x:Q", title=f"Δ{letter}/h", scale=span("view.x0", "view.x1"), axis=axis)
    y = alt.Y("y:Q", title="Δf/h", scale=span("view.y0", "view.y1"), axis=axis)
    zoomed = alt.Chart(alt.NamedData("zoom")).transform_filter("datum.step == min(frame, view.last)")
    drawn = coloured(zoomed.mark_line(size=4, clip=True), curve, colours)
    lines = alt.Chart(alt.NamedData("lines")).mark_rule(size=2, strokeDash=[6, 3], clip=True)
    colour = alt.Color("kind:N", scale=colours, legend=None)
    said = "view.empty ? 'The curve leaves every window' : '× ' + format(now.zoom, ',.3~r')"
    words = here().transform_calculate(words=said)
    zoom = words.mark_text(x=alt.ExprRef("width / 2"), y=8, baseline="top", fontWeight="bold")
    layers = (
        lines.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", color=colour), drawn.encode(x=x, y=y), zoom.encode(text="words:N"),
        held("run"), held("view"),
    )  # fmt: skip
    view = row("view", "view", x0=-1, x1=1, y0=-1, y1=1, last=0, empty=0)
    return spec(alt.layer(*layers).add_params(FRAME, row("now", "run", "frame"), view).properties(height=300))


def columns(
    expression: Expression, point: Point, h: np.ndarray, lines: Columns, value: float | None = None
) -> dict[str, Columns]:
    """What `glass` draws.

    Args:
        h: by step; the last may be 0, where the zoom stays.
        lines: `slope`, `kind` and `side` (-1 or 1 for half a line, 0 for both halves) of each.
        value: what stands for f at the point.
    """
    steps = h[h > 0]
    here = point.value if value is None else value
    u, v = magnified(expression, point.x, here, steps, REACH)
    if point.kind == "jump":
        u, v = _torn(u, v, (point.left_limit - here) / steps, (point.right_limit - here) / steps)
    slopes = np.asarray(lines["slope"], dtype=float)
    side = np.asarray(lines["side"])
    finite = np.isfinite(slopes)
    first, last = np.where(side > 0, 0.0, -REACH), np.where(side < 0, 0.0, REACH)
    # Vertical where the slope is infinite.
    rise, steep = np.where(finite, slopes, 0.0), np.sign(np.nan_to_num(slopes, nan=0.0)) * 1e6
    tall = _height(v, slopes)
    return {
        "zoom": {"step": np.repeat(np.arange(len(steps)), len(u)), "x": np.tile(u, len(steps)), "y": v.ravel()},
        "lines": {
            "x": np.where(finite, first, 0.0), "x2": np.where(finite, last, 0.0),
            "y": np.where(finite, rise * first, np.where(side < 0, -steep, 0.0)),
            "y2": np.where(finite, rise * last, np.where(side < 0, 0.0, steep)),
            "kind": lines["kind"],
        },
        "view": {
            "x0": [-REACH], "x1": [REACH], "y0": [-tall], "y1": [tall], "last": [len(steps) - 1],
            "empty": [point.kind == "pole"],
        },
    }  # fmt: skip


def _torn(u: np.ndarray, v: np.ndarray, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The curve as two, each up to its own limit: no line joins the sides of a jump."""
    middle = len(u) // 2
    at = [middle, middle, middle + 1, middle + 1]
    nothing = np.full(len(v), np.nan)
    return np.insert(u, at, 0.0), np.insert(v, at, np.c_[left, nothing, nothing, right], axis=1)


def zooms(h: np.ndarray, width: float) -> np.ndarray:
    """How many times larger the magnifier shows things than a chart of this width, by step."""
    return width / (2 * REACH * np.where(h > 0, h, h[h > 0].min()))


def _height(v: np.ndarray, slopes: np.ndarray) -> float:
    """Half the height of the window: room for the curve at all zooms, but not for what grows without bound."""
    known, first = (np.abs(part[np.isfinite(part)]) for part in (v, v[0]))
    least = REACH * float(np.max(np.abs(slopes[np.isfinite(slopes)]), initial=0.0))
    most = float(known.max(initial=0.0))
    if least > 0 and not np.isinf(slopes).any():
        most = min(most, STEEPEST * least)
    elif len(first):
        most = min(most, STEEPEST * float(np.median(first)) or float(first.max()))
    return 1.1 * max(least, most) or 1.0
