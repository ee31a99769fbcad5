"""The controls of `differentiability`: a function, one of the points found or any other, and its holes filled."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.differentiability import Point
from calc.numbers import written
from pages.differentiability.columns import search
from pages.differentiability.presets import PRESETS
from pages.differentiability.setting import Setting
from pages.differentiability.words import fillable, listed, over_the_interval
from pages.shared.charts import clicked
from pages.shared.fields import Choice, Flag, Number, columns, drawer
from pages.shared.functions import FAR, OWN, SHOWN, TYPED, choose_function, ends, titles

F = Choice("f", "a preset, or `own`", "Function", titles(PRESETS))
AT = Number("at", "the point", "The point", -FAR, FAR, 0.0)
FILL = Flag(
    "fill", "whether a point without a value gets the limit there as its value", "Fill the holes",
    help="Where the function has no value, but a limit, the limit becomes its value.",
)  # fmt: skip
LOW: Number[float | None] = Number("low", "left end of the interval", "From", -FAR, FAR, None)
HIGH: Number[float | None] = Number("high", "right end of the interval", "to", -FAR, FAR, None)
H: Number[float | None] = Number(
    "h", "the first distance of the second points", "First distance h", 1e-6, FAR, None
)
FIELDS = (F, OWN, SHOWN, AT, FILL, LOW, HIGH, H)
LISTED = Choice("at of the list", "the same point, as one of those found", "Points without a derivative", {})
"""A second widget of `at`, which alone is in the link."""

FIRST = 8
"""The first distance is this part of the interval."""
NEAR = 0.03
"""Part of the interval: a click so near to a point that was found means that point."""


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls and give back what they say; the list of points into `rate`."""
    slug, preset, expression = choose_function(F, PRESETS, PRESETS["corner"])
    words = st.container()
    place = drawer("Interval, first distance")
    one, two = columns(place, 2)
    low = LOW.draw(one, belongs_to=slug, placeholder=written(preset.window[0]))
    high = HIGH.draw(two, belongs_to=slug, placeholder=written(preset.window[1]))
    with words:
        low, high = ends(
            "The interval", preset.window[0] if low is None else low, preset.window[1] if high is None else high,
            preset.window,
        )  # fmt: skip
    found = search(expression, low, high)
    points = () if found is None else found.points
    h = H.draw(one, belongs_to=slug, placeholder=written((high - low) / FIRST))
    with words:
        if slug != TYPED:
            st.caption(preset.why)
        middle = preset.at if slug != TYPED and low <= preset.at <= high else (low + high) / 2
        if slug == TYPED and points:
            middle = points[0].x
        t = expression.variables[0]
        at = AT.draw(
            default=middle, low=low, high=high, belongs_to=(slug, low, high), label=f"Any point, {t} =",
            step=(high - low) / 100,
        )  # fmt: skip
        fill = FILL.draw() if any(map(fillable, points)) else False
        st.markdown(over_the_interval(found, fill))
    setting = Setting(expression, low, high, h or (high - low) / FIRST, at, fill, points)
    with rate:
        _list(setting)
    return setting


def _list(setting: Setting) -> None:
    """The points found, to choose from; what was chosen is the point `at`."""
    points = setting.points
    chosen = next((i for i, point in enumerate(points) if point.x == setting.at), None)
    key = LISTED.widget(chosen, points)  # type: ignore[arg-type]
    st.selectbox(
        LISTED.label, range(len(points)), chosen, key=key, on_change=_chosen, args=(key, points),
        format_func=lambda i: listed(setting.t, points[i], setting.fill, setting.digits), disabled=not points,
        placeholder="another point" if points else "none found",
    )  # fmt: skip


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
    width = setting.high - setting.low
    near = min((point.x for point in setting.points), key=lambda place: abs(place - x), default=x)
    # Rounded to four digits it may lie beyond an end.
    return near if abs(near - x) <= NEAR * width else min(max(x, setting.low), setting.high)
