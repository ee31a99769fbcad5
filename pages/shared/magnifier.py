"""A curve under a magnifier that zooms in as the player goes, beside straight lines through the point.

Both axes are stretched alike, so that a slope keeps its angle: a smooth curve goes over into its tangent.
"""

from collections.abc import Sequence

import altair as alt
import numpy as np

from calc.differences import distances, halvings, magnified, order
from calc.differentiability import Point
from calc.expression import Expression
from calc.numbers import written
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
    show,
    span,
    spec,
)
from pages.shared.function_columns import STEPS
from pages.shared.functions import View
from pages.shared.memory import kept
from pages.shared.verdict import Verdict, height

REACH = 1.5
"""How far the magnifier shows the curve, in steps h."""
STEEPEST = 3.0
"""Slopes up to so many times those beside the point have room; a vertical tangent leaves every window."""
EPSILON = float(np.finfo(float).eps)
POWERS = {2: "²", 3: "³", 4: "⁴"}
LOOKS_STRAIGHT = 1.3
"""A distance that falls like a higher power of h than this is soon too small to be seen in the magnifier."""
LOST = 1e-9
"""Part of f and its slope: a smaller distance may be rounding alone."""
SUDDEN = 1e3
"""A distance that falls by so much as h is halved has left a straight piece behind: h⁴ falls by 16."""


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
    said = (
        "view.empty ? 'No curve here: it is beyond every window' : 'magnified × ' + format(now.zoom, ',.3~r')"
    )
    words = here().transform_calculate(words=said)
    zoom = words.mark_text(x=alt.ExprRef("width / 2"), y=8, baseline="top", fontWeight="bold")
    layers = (
        lines.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", color=colour), drawn.encode(x=x, y=y), zoom.encode(text="words:N"),
        held("run"), held("view"),
    )  # fmt: skip
    view = row("view", "view", x0=-1, x1=1, y0=-1, y1=1, last=0, empty=0)
    return spec(alt.layer(*layers).add_params(FRAME, row("now", "run", "frame"), view).properties(height=300))


@kept
def _magnified(expression: Expression, x: float, value: float, h: float) -> tuple[np.ndarray, ...]:
    """The steps, and u and v of `calc.differences.magnified`."""
    steps = halvings(h, STEPS)[:-1]
    return steps, *magnified(expression, x, value, steps, REACH)


def draw(
    view: View,
    point: Point,
    verdict: Verdict,
    run: Columns,
    lines: Sequence[tuple[float, int, str]],
    names: tuple[str, ...],
    looks: str,
) -> None:
    """Draw the curve at the zoom of the step shown, beside lines through the point.

    Args:
        run: what moves, with `zoom`.
        lines: the slope of each, -1 or 1 for half a line or 0 for both halves, and its name.
        names: as `glass` has them, the curve's first.
        looks: how straight it looks.
    """
    told = f"The curve around {view.t} = {written(view.at)} under a magnifier, beside its tangents. {looks}"
    data = columns(view, point, verdict, lines) | {"run": run}
    show(glass(names, names[0], view.t), data, key="magnifier", size="main", alt=told)


def columns(
    view: View, point: Point, verdict: Verdict, lines: Sequence[tuple[float, int, str]]
) -> dict[str, Columns]:
    """What `glass` draws."""
    here = height(point, verdict, 0.0)
    steps, u, v = _magnified(view.expression, view.at, here, view.h)
    if point.kind == "jump":
        u, v = _torn(u, v, (point.left_limit - here) / steps, (point.right_limit - here) / steps)
    slopes, side = (np.array([line[i] for line in lines], dtype=float) for i in (0, 1))
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
            "kind": [kind for _, _, kind in lines],
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


def zooms(view: View) -> np.ndarray:
    """How many times larger the magnifier shows things than a chart of the interval, by step; the last stays."""
    h = halvings(view.h, STEPS)
    return (view.high - view.low) / (2 * REACH * np.where(h > 0, h, h[-2]))


def straight(view: View, point: Point, verdict: Verdict) -> str:
    """How fast the curve nears its tangent under the magnifier: whether it is locally straight."""
    slopes = verdict.slopes
    if np.isnan(verdict.value) or not slopes:
        return ""
    if point.kind == "vertical tangent":
        return "Under the magnifier the curve gets ever steeper. A vertical line has no slope."
    line = sum(slopes) / len(slopes)
    if not np.isfinite(line):
        return "No straight line fits this point, however far you zoom in."
    steps, u, v = _magnified(view.expression, view.at, verdict.value, view.h)
    # A hole that is filled is a point of the curve too.
    v = np.where(np.abs(u) < 1e-9, 0.0, v)
    away = distances(u, v, steps, line)
    whole = np.flatnonzero(np.isfinite(away))
    if not len(whole):
        return ""
    # What 16 digits of x and of f leave.
    rounding = 4 * EPSILON * (abs(verdict.value) + abs(line * view.at) + steps * (1 + np.abs(v).max(axis=1)))
    first, last = whole[0], min(whole[0] + 4, len(steps) - 1)
    falls = (
        f"is up to {written(float(away[first]), 3)} away from {{}} at × {written(zooms(view)[first], 3)}, and up to "
        f"{written(float(away[last]), 3)} at × {written(zooms(view)[last], 3)}"
    )
    if not verdict.differentiable:
        return (
            f"At a corner no line fits: the curve {falls.format('the best one')}. That shrinks "
            "like h, just as the picture does, so the corner looks the same at every zoom."
        )
    seen = np.flatnonzero(away > 100 * rounding)
    # What grows as h shrinks are the digits that f itself has lost.
    lost = away[whole[-1]] >= away[first] and away[whole].max() < LOST * (abs(verdict.value) + abs(line))
    if not len(seen) or lost:
        return "As far as 16 digits tell, the curve is a straight line here: its own tangent."
    falls = f"The curve {falls.format('its tangent')}"
    deep = seen[-1]
    fast = order(float(away[deep - 1]), float(away[deep])) if deep > first else np.nan
    if deep + 1 < len(away) and away[deep + 1] < away[deep] / SUDDEN:
        return f"{falls}. Zoom in further and the two are one, as far as 16 digits tell."
    if fast > LOOKS_STRAIGHT:
        shrinks = f"That shrinks like h{_power(fast)}, and the picture only like h"
        return f"{falls}. {shrinks}: the curve looks ever straighter, it is locally straight."
    return f"{falls}. That shrinks no faster than the picture does: the curve does not look straight yet."


def _power(fast: float) -> str:
    near = round(fast)
    return POWERS[near] if abs(fast - near) < 0.1 and near in POWERS else f" to the power {written(fast, 2)}"


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
