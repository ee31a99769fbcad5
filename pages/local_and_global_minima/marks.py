"""The marks that the charts of one and of two variables share."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np

from pages.shared.charts import LARGEST, NUMBERS, coloured

COLOURS = alt.Scale(domain=["f", "ball", "none", "0", "1", "2", "3", "4"])
"""The curve, the ball, starts that reach no minimum; then the minima and their basins, in turn."""


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
    size: str, clip: bool = True, ends: Mapping[str, tuple[str, str]] | None = None, **places: str
) -> alt.Chart:
    """Every ball of the dataset `balls` (i); one outside the picture hollow, at its edge.

    Args:
        size: an expression.
        ends: of axes with edges, each two expressions.
        places: by the names of the fields that are encoded, each an expression: see `of_ball`.
    """
    dots, out = alt.Chart(alt.NamedData("balls")), "false"
    for axis, (low, high) in (ends or {}).items():
        raw, rim = places[axis], f"{RIM} * ({high} - {low}) / {'width' if axis == 'x' else 'height'}"
        beyond = f"({raw} < {low} || {raw} > {high})"
        places[axis] = f"{beyond} ? clamp({raw}, {low} + {rim}, {high} - {rim}) : {raw}"
        out = f"{out} || {beyond}"
    marks = dots.transform_calculate(**places, out=out, rim="'ball'").mark_point(
        size=alt.ExprRef(size), filled=True, opacity=1, strokeWidth=2.5, clip=clip
    )
    hollow = alt.condition("datum.out", alt.value(0), alt.value(1))
    return one(marks, "ball").encode(
        fillOpacity=hollow, stroke=alt.Stroke("rim:N", scale=COLOURS, legend=None)
    )


def last_seen(values: np.ndarray) -> np.ndarray:
    """By step (the last axis); where there is no number, or one too large for a chart, the last one before it."""
    seen = np.where(np.abs(values) < LARGEST, np.arange(values.shape[-1]), 0)
    found: np.ndarray = np.take_along_axis(values, np.maximum.accumulate(seen, axis=-1), axis=-1)
    return found


def of_ball(column: str) -> str:
    """An expression: the ball's column of the dataset `run`, whose name ends with its number, at the step shown."""
    return f"now['{column}' + datum.i]"
