"""The controls of `differentiability`: a function, one of the points found or any other, and its holes filled."""

from dataclasses import dataclass, field
from math import nan

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.differentiability import Point
from calc.expression import Expression
from pages.differentiability.presets import PRESETS
from pages.shared.charts import clicked
from pages.shared.fields import Choice, Flag, drawer
from pages.shared.function_columns import search
from pages.shared.functions import (
    AT, HIGH, LOW, OWN, SHOWN, TYPED, H, View, choose_distance, choose_function, choose_interval, titles,
)  # fmt: skip
from pages.shared.memory import kept
from pages.shared.verdict import apart, fillable, interval

F = Choice("f", "a preset, or `own`", "Function", titles(PRESETS))
FILL = Flag(
    "fill", "whether a point without a value gets the limit there as its value", "Fill the holes",
    help="Where the function has no value, but a limit, the limit becomes its value.",
)  # fmt: skip
FIELDS = (F, OWN, SHOWN, AT, FILL, LOW, HIGH, H)
LISTED = Choice("at of the list", "the same point, as one of those found", "Points without a derivative", {})
"""A second widget of `at`, which alone is in the link."""

NEAR = 0.03
"""Part of the interval: a click so near to a point that was found means that point."""


@dataclass(frozen=True)
class Setting(View):
    """What decides the pictures: with `fill` f gets its limit where it has no value; all points that were found."""

    fill: bool
    points: tuple[Point, ...] = field(repr=False)


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls and give back what they say; the list of points into `rate`."""
    slug, preset, expression = choose_function(F, PRESETS, PRESETS["corner"])
    if slug != TYPED:
        st.caption(preset.why)
    words, place = st.container(), drawer("Interval, first distance")
    with words:
        low, high = choose_interval(slug, preset.window, place)
        h = choose_distance(slug, low, high, place)
        found = search(expression, low, high)[1]
        points = () if found is None else found.points
        first = preset.at if slug != TYPED else points[0].x if points else nan
        at = AT.draw(
            default=first if low <= first <= high else (low + high) / 2, low=low, high=high,
            belongs_to=(slug, low, high), label=f"Any point, {expression.variables[0]} =", step=(high - low) / 100,
        )  # fmt: skip
        fill = FILL.draw() if any(map(fillable, points)) else False
        st.markdown(interval(expression, low, high, fill))
    setting = Setting(expression, low, high, at, h, fill, points)
    with rate:
        _list(setting)
    return setting


def _list(setting: Setting) -> None:
    """The points found, to choose from; what was chosen is the point `at`."""
    points, names = setting.points, _names(setting.expression, setting.low, setting.high, setting.fill)
    chosen = next((i for i, point in enumerate(points) if point.x == setting.at), None)
    key = LISTED.widget(chosen, points)  # type: ignore[arg-type]
    st.selectbox(
        LISTED.label, range(len(points)), chosen, key=key, on_change=_chosen, args=(key, points),
        format_func=lambda i: names[i], disabled=not points,
        placeholder="another point" if points else "none found",
    )  # fmt: skip


@kept
def _names(expression: Expression, low: float, high: float, fill: bool) -> list[str]:
    found = search(expression, low, high)[1]
    points = () if found is None else found.points
    return [
        f"{expression.variables[0]} = {x}: {point.kind}{', filled' * (fill and fillable(point))}"
        for x, point in zip(apart(*(point.x for point in points), digits=6), points, strict=True)
    ]


def _chosen(key: str, points: tuple[Point, ...]) -> None:
    number = st.session_state[key]
    if number is not None:
        AT.put(points[number].x)


def moved(setting: Setting) -> None:
    """A click on the curve moves the point there, or to the nearest one found if that is near."""
    for x in clicked("drag-curve", "x"):
        AT.put(nearest(setting, x))


def nearest(setting: Setting, x: float) -> float:
    """The point found that a click means, or where it was."""
    near = min((point.x for point in setting.points), key=lambda place: abs(place - x), default=x)
    # Rounded to four digits it may lie beyond an end.
    return (
        near
        if abs(near - x) <= NEAR * (setting.high - setting.low)
        else min(max(x, setting.low), setting.high)
    )
