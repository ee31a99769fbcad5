"""The controls of `instantaneous-rate`: a function, a point on it, the second point, and a guess."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.numbers import written
from pages.instantaneous_rate.columns import steepest
from pages.instantaneous_rate.presets import PRESETS
from pages.instantaneous_rate.setting import Setting
from pages.shared.charts import clicked
from pages.shared.fields import Choice, Nowhere, Number, columns, drawer
from pages.shared.functions import FAR, OWN, SHOWN, TYPED, choose_function, ends, titles

F = Choice("f", "a preset, or `own`", "Function", titles(PRESETS))
AT = Number("at", "the point", "The point", -FAR, FAR, 0.0)
SIDE = Choice(
    "side", "where the second point lies", "The secant goes",
    {"around": "around the point", "right": "to the right", "left": "to the left"},
)  # fmt: skip
LOW: Number[float | None] = Number("low", "left end of the interval", "From", -FAR, FAR, None)
HIGH: Number[float | None] = Number("high", "right end of the interval", "to", -FAR, FAR, None)
H: Number[float | None] = Number(
    "h", "the first distance of the second point", "First distance h", 1e-6, FAR, None
)
MODE = Choice(
    "predict", "whether the slope is guessed first", "First",
    {"off": "watch", "guess": "predict", "compare": "compare"},
)  # fmt: skip
GUESS = Number("guess", "the slope that was guessed", "Slope of my tangent", -1e9, 1e9, 0.0)
FIELDS = (F, OWN, SHOWN, AT, SIDE, LOW, HIGH, H, MODE, GUESS)

MOVES = 400
"""Of the point from end to end of the interval: a pixel or two each."""


def choose(rate: DeltaGenerator) -> Setting:
    """Draw the controls and give back what they say; what one moves while one watches into `rate`."""
    mode, side = MODE.draw(segmented=True), SIDE.draw()
    place = drawer("Interval, first distance")
    words = st.container()
    with words:
        slug, preset, expression = choose_function(
            F, PRESETS, PRESETS["wave"], name=lambda preset: preset.name
        )
        # It may give the answer away.
        if slug != TYPED and mode != "guess":
            st.caption(preset.why)
    one, two = columns(place, 2)
    low = LOW.draw(one, belongs_to=slug, placeholder=written(preset.window[0]))
    high = HIGH.draw(two, belongs_to=slug, placeholder=written(preset.window[1]))
    h = H.draw(one, belongs_to=slug, placeholder=written(preset.h))
    with words:
        low, high = ends(
            "The interval", preset.window[0] if low is None else low, preset.window[1] if high is None else high,
            preset.window,
        )  # fmt: skip
    middle = preset.at if low <= preset.at <= high else (low + high) / 2
    most = steepest(expression, low, high)
    hidden = mode == "guess"
    # While one guesses, it is the tangent that is moved.
    at = AT.draw(
        Nowhere() if hidden else rate, default=middle, low=low, high=high, slider=True, belongs_to=slug,
        label=f"The point {expression.variables[0]} =", step=(high - low) / MOVES,
    )  # fmt: skip
    guess = GUESS.draw(
        rate if hidden else Nowhere(), low=-most, high=most, slider=True, belongs_to=(slug, low, high),
        step=most / 100,
    )  # fmt: skip
    return Setting(
        expression,
        preset,
        low,
        high,
        at,
        h or min(preset.h, (high - low) / 4),
        side,
        None if mode == "off" else guess,
        hidden,
    )


def moved() -> None:
    """A click on the curve, or a point dragged along it, moves the point there."""
    for x in clicked("drag-curve", "x"):
        AT.put(x)
