"""The marks that the charts of one and of two variables share."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np

from pages.shared.charts import LARGEST, NUMBERS, coloured

COLOURS = alt.Scale(domain=["f", "ball", "none", "0", "1", "2", "3", "4"])
"""The curve, the ball, starts that reach no minimum; then the minima and their basins, in turn."""


BALLS = alt.Scale(domain=[1, 0, 2, 7, 5, 4, 6, 3])
"""Of several balls each has a colour of its own: the first is orange, and the global minimum's green comes last."""
KINDS = ("0", "1", "2", "3", "f")
"""The colours of the minima of the plane, the lowest first; the last is that of all others."""


def one(chart: alt.Chart, name: str) -> alt.Chart:
    """Marks in the one colour that `COLOURS` has for this name."""
    return coloured(chart, name, COLOURS)


def kind(field: str) -> alt.Color:
    """The colour that a dataset's column names."""
    return alt.Color(f"{field}:N", scale=COLOURS, legend=None)


def axis(**options: Any) -> alt.Axis:
    """An axis of numbers."""
    return alt.Axis(labelExpr=NUMBERS, **options)


RIM = 9
"""Pixels from the edge at which a ball is shown that is beyond it."""


def balls(
    marked: str,
    size: int = 220,
    clip: bool = True,
    ends: Mapping[str, tuple[str, str]] | None = None,
    rims: tuple[str, str] = ("ink", "ink"),
    **places: str,
) -> alt.Chart:
    """Every ball of the dataset `balls` (i); one outside the picture is a triangle at its edge that points to it.

    Args:
        marked: an expression, whether this ball is the one that the numbers are of.
        size: of that one.
        ends: of axes with edges, each two expressions.
        rims: the expressions of the colours of the edge, of the marked one and of the others.
        places: by the names of the fields that are encoded, each an expression: see `of_ball`.
    """
    dots, out, beyond = alt.Chart(alt.NamedData("balls")), "false", {"width": "0", "height": "0"}
    for axis, (low, high) in (ends or {}).items():
        raw, long = places[axis], "width" if axis == "x" else "height"
        rim = f"{RIM} * ({high} - {low}) / {long}"
        outside = f"({raw} < {low} || {raw} > {high})"
        beyond[long] = f"({raw} - clamp({raw}, {low}, {high})) / ({high} - {low}) * {long}"
        places[axis] = f"{outside} ? clamp({raw}, {low} + {rim}, {high} - {rim}) : {raw}"
        out = f"{out} || {outside}"
    angle = f"atan2({beyond['width']}, {beyond['height']}) * 180 / PI"
    marks: alt.Chart = (
        dots.transform_calculate(**places, out=out)
        .transform_calculate(angle=f"datum.out ? {angle} : 0")
        .mark_point(
            size=alt.ExprRef(f"{marked} ? {size} : {0.4 * size}"), filled=True, opacity=1, clip=clip,
            stroke=alt.ExprRef(f"{marked} ? {rims[0]} : {rims[1]}"), strokeWidth=alt.ExprRef(f"{marked} ? 2.5 : 1"),
        )
        .encode(shape=EDGE, angle=alt.Angle("angle:Q", scale=None))
    )  # fmt: skip
    return marks


EDGE = alt.condition("datum.out", alt.value("triangle-up"), alt.value("circle"))


def last_seen(values: np.ndarray) -> np.ndarray:
    """By step (the last axis); where there is no number, or one too large for a chart, the last one before it."""
    seen = np.where(np.abs(values) < LARGEST, np.arange(values.shape[-1]), 0)
    found: np.ndarray = np.take_along_axis(values, np.maximum.accumulate(seen, axis=-1), axis=-1)
    return found


def of_ball(column: str) -> str:
    """An expression: the ball's column of the dataset `run`, whose name ends with its number, at the step shown."""
    return f"now['{column}' + datum.i]"
