"""The controls of `differentiability`: a function, one of the points found or any other, and its holes filled."""

from dataclasses import dataclass, field
from math import inf

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.differentiability import Point
from pages.differentiability.presets import PRESETS
from pages.shared import functions
from pages.shared.charts import clicked
from pages.shared.fields import Choice, Flag, drawer
from pages.shared.function_columns import points
from pages.shared.functions import AT, OWN, SHOWN, TYPED
from pages.shared.verdict import apart, fillable, interval

F = Choice("f", "a preset, or `own`", "Function", functions.titles(PRESETS))
FILL = Flag("fill", "whether a point without a value gets the limit there as its value", "Fill the holes",
            help="Where the function has a limit but no value, the limit becomes its value.")  # fmt: skip
FIELDS = (F, OWN, SHOWN, AT, FILL, *functions.INTERVAL)

NEAR = 0.03
"""Part of the interval: a click so near to a point that was found means that point."""


@dataclass(frozen=True)
class Setting(functions.View):
    """What decides the pictures: with `fill` f gets its limit where it has no value; all points that were found."""

    fill: bool
    points: tuple[Point, ...] = field(repr=False)


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls and give back what they say; the list of points into `rate`."""
    slug, preset, expression = functions.choose_function(F, PRESETS, PRESETS["corner"])
    if slug != TYPED:
        st.caption(preset.why)
    place, t = drawer("Interval and first h"), expression.variables[0]
    low, high = functions.choose_interval(slug, preset.window, place)
    h = functions.choose_distance(slug, low, high, place)
    found = points(expression, low, high)
    first = preset.at if slug != TYPED else found[0].x if found else inf
    at = AT.draw(
        default=functions.within(low, first, high), low=low, high=high,
        belongs_to=(slug, low, high), label=f"Any point, {t} =", step=(high - low) / 100,
    )  # fmt: skip
    fill = FILL.draw() if any(map(fillable, found)) else False
    st.markdown(interval(expression, low, high, fill))
    if not found:  # The name of an empty list would be too pale.
        rate.markdown("No point without a derivative was found.")
        return Setting(expression, low, high, at, h, fill, ())
    chosen = next((i for i, point in enumerate(found) if point.x == at), None)
    x, filled = apart(*(point.x for point in found), digits=6), [fill and fillable(point) for point in found]
    AT.draw_too(
        rate.selectbox, "Points without a derivative", chosen, lambda i: found[i].x, found,
        options=range(len(found)), index=chosen, placeholder="another point",
        format_func=lambda i: f"{t} = {x[i]}: {found[i].kind}{', filled' * filled[i]}",
    )  # fmt: skip
    return Setting(expression, low, high, at, h, fill, found)


def moved(setting: Setting) -> None:
    """A click on the curve moves the point there, or to the nearest one found if that is near."""
    for x in clicked("drag-curve", "x"):
        AT.put(nearest(setting, x))


def nearest(setting: Setting, x: float) -> float:
    """The point found that a click means, or where it was."""
    near = min((point.x for point in setting.points), key=lambda place: abs(place - x), default=x)
    if abs(near - x) <= NEAR * (setting.high - setting.low):
        return near
    # Rounded to four digits it may lie beyond an end.
    return min(max(x, setting.low), setting.high)
